package domain_test

import (
	"testing"
	"time"

	"signaalboek/domain"
)

func TestDays(t *testing.T) {
	leap := domain.DateOf(2024, time.February, 29)
	if leap.String() != "2024-02-29" || leap.Year() != 2024 || leap+1 != domain.DateOf(2024, time.March, 1) {
		t.Errorf("%s of %d", leap, leap.Year())
	}
	if before := domain.DateOf(1969, time.December, 31); before != -1 || before.String() != "1969-12-31" {
		t.Errorf("the day before the first is %d, %s", before, before)
	}
	late := time.Date(2024, 2, 29, 23, 30, 0, 0, time.FixedZone("", -3*60*60))
	if domain.DayOf(late) != leap {
		t.Errorf("%s is the day %s", late, domain.DayOf(late))
	}
	for _, day := range []domain.Date{0, leap} {
		text, err := day.MarshalText()
		read := domain.Date(1)
		if err != nil || read.UnmarshalText(text) != nil || read != day {
			t.Errorf("%s written as %q, %v, read as %s", day, text, err, read)
		}
	}
	for _, text := range []string{"2023-02-29", "29-02-2024", "2024-2-9", "20240229", "vandaag"} {
		if day, err := domain.ParseDate(text); err == nil {
			t.Errorf("%q read as %s", text, day)
		}
	}
}
