package domain_test

import (
	"errors"
	"testing"
	"time"

	"signaalboek/domain"
)

func TestCheckPlannedDay(t *testing.T) {
	on := domain.DateOf(2026, time.March, 14)
	for _, test := range []struct {
		day  domain.Date
		want error
	}{
		{0, domain.ErrNoPlannedDay},
		{domain.DateOf(1999, time.December, 31), domain.ErrPlannedDay},
		{domain.DateOf(2000, time.January, 1), nil},
		{on, nil},
		{domain.DateOf(2031, time.December, 31), nil},
		{domain.DateOf(2032, time.January, 1), domain.ErrPlannedDay},
	} {
		if err := domain.CheckPlannedDay(test.day, on, "/day"); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", test.day, err, test.want)
		}
	}
}
