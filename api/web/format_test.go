package web

import (
	"testing"

	"signaalboek/domain"
)

func TestDaysAreReadAsPeopleWriteThem(t *testing.T) {
	want := domain.DateOf(2027, 3, 5)
	for _, text := range []string{"2027-03-05", "05/03/2027", "5/3/2027", " 5-3-2027 ", "5.3.2027"} {
		if got, err := ParseDay(text); got != want || err != nil {
			t.Errorf("%q is %v, %v", text, got, err)
		}
	}
	if got, err := ParseDay(""); !got.IsZero() || err != nil {
		t.Errorf("no text is %v, %v", got, err)
	}
	for _, text := range []string{"31/02/2027", "2027", "morgen", "03/2027", "5/3/27"} {
		if _, err := ParseDay(text); err == nil {
			t.Errorf("%q is a day", text)
		}
	}
}

func TestNumbersAreWrittenAsHere(t *testing.T) {
	for want, value := range map[string]any{
		"0": 0, "999": 999, "1\u00a0000": 1000, "-12\u00a0345": -12345, "1\u00a0234\u00a0567": 1234567, "2,5": 2.5,
	} {
		if got := number(value); got != want {
			t.Errorf("%v is written %q, want %q", value, got, want)
		}
	}
	if got := Date(domain.DateOf(2027, 3, 5)); got != "05/03/2027" {
		t.Errorf("a day is written %q", got)
	}
	if got := join([]string{"a", "b", "c"}); got != "a, b en c" {
		t.Errorf("a list is written %q", got)
	}
}

func TestAFormFindsWhatWasSaidOfAField(t *testing.T) {
	form := NewForm("/x", domain.CommandID{1}).Refused("/requests/0/themes/1", "Kies.").Refused("", "Alles.")
	if form.Error("requests/0/themes") != "Kies." || form.Error("requests/0") != "Kies." || form.Error("requests/1") != "" {
		t.Error("the sentence does not stand at its field")
	}
	problems := form.Problems()
	if want := "#" + FieldID(form.Command, "requests/0/themes"); problems[0].Href != want || problems[1].Href != "" {
		t.Errorf("problems lead to %v", problems)
	}
}

func TestAside(t *testing.T) {
	tests := map[string][]string{
		"":            nil,
		"Coördinator": {"coördinator"},
		"Één keer":    {"één keer."},
		"Uitkomst: opgenomen · door medewerkers": {"Uitkomst: opgenomen.", "door medewerkers"},
	}
	for want, details := range tests {
		if got := aside(details); got != want {
			t.Errorf("%q is said as %q, not %q", details, got, want)
		}
	}
}
