package practice

import (
	"bytes"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"signaalboek/domain"
)

// ErrMonth refuses a month that there is none of.
var ErrMonth = domain.Refuse(domain.Invalid, "month-invalid")

// TextsErased: in a month these keys were destroyed, for good. It is recorded when the month is over, for all of its
// erasures together and without a day, and also when there were none: so neither the event nor its absence points at
// anybody. The ids of keys stand for nobody.
type TextsErased struct {
	Month string      `json:"month"` // "2026-11"
	Keys  []uuid.UUID `json:"keys"`  // in the order of their ids
}

// EventName implements domain.Event.
func (TextsErased) EventName() string { return "practice.texts-erased.v1" }

func (e TextsErased) evolve(s State) State {
	s.erased = append(slices.Clip(s.erased), e)
	return s
}

// Erased is the keys of all erasures that were recorded. A vault destroys them again when it is opened.
func (s State) Erased() (keys []uuid.UUID) {
	for _, batch := range s.erased {
		keys = append(keys, batch.Keys...)
	}
	return keys
}

// MonthRecorded reports whether the erasures of a month were recorded.
func (s State) MonthRecorded(month string) bool {
	return slices.ContainsFunc(s.erased, func(e TextsErased) bool { return e.Month == month })
}

// RecordErasures records what was erased up to the end of a month and is not recorded yet. A month is recorded once,
// unless keys are still owed: then they are recorded beside it, each key once.
type RecordErasures struct {
	Month string      `json:"month"`
	Keys  []uuid.UUID `json:"keys"`
}

func (c RecordErasures) decide(s State, _ Facts) ([]Event, error) {
	if _, err := time.Parse("2006-01", c.Month); err != nil {
		return nil, ErrMonth.At("/month")
	}
	known := s.Erased()
	keys := []uuid.UUID{}
	for _, key := range c.Keys {
		if !slices.Contains(known, key) && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	if len(keys) == 0 && s.MonthRecorded(c.Month) {
		return nil, nil
	}
	slices.SortFunc(keys, func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
	return []Event{TextsErased{Month: c.Month, Keys: keys}}, nil
}

// MonthOf names the month of a day, as events do.
func MonthOf(day domain.Date) string { return fmt.Sprintf("%.7s", day) }
