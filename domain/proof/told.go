package proof

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Told is the fields that are shown of an event, as a line of a history tells them: one object, days coarsened to months.
// An event that shows none is told of with nothing.
func (d Disclosed) Told() (jsontext.Value, error) {
	if len(d.Fields) == 0 {
		return nil, nil
	}
	told := map[string]jsontext.Value{}
	for _, field := range d.Fields {
		told[field.Name] = coarse(jsontext.Value(field.Value))
	}
	raw, err := json.Marshal(told, json.Deterministic(true))
	if err != nil {
		return nil, fmt.Errorf("tell event %s: %w", d.ID, err)
	}
	return raw, nil
}

// monthForm is how a month is written.
const monthForm = "2006-01"

// coarse is a value that is disclosed as a line shows it: a day as its month, anything else as it was recorded.
func coarse(value jsontext.Value) jsontext.Value {
	var text string
	if json.Unmarshal(value, &text) != nil {
		return value
	}
	if _, err := time.Parse(time.DateOnly, text); err != nil {
		return value
	}
	return jsontext.Value(`"` + text[:len(monthForm)] + `"`)
}

// checkShown holds the lines of what is shown by itself against the proofs: each tells what one event shows, of a month of the
// half-year in which that was recorded, and each event is told of once. Otherwise wrong is the name of the first that is not.
func (h History) checkShown() (wrong string, err error) {
	lines, proofs := map[string][]HistoryLine{}, map[string][]time.Time{}
	for _, line := range h.Lines {
		if line.Shown {
			said := line.Name + string(line.Fields)
			lines[said] = append(lines[said], line)
		}
	}
	for _, proven := range h.Proofs {
		told, err := proven.Event.Told()
		said := proven.Event.Name + string(told)
		if err != nil || len(proofs[said]) == len(lines[said]) {
			return proven.Event.Name, ErrNotProven
		}
		proofs[said] = append(proofs[said], proven.Event.At)
	}
	for _, said := range slices.Sorted(maps.Keys(lines)) {
		if !sameMonths(lines[said], proofs[said]) {
			return lines[said][0].Name, ErrNotProven
		}
	}
	return "", nil
}

// sameMonths reports whether lines that say the same can be of months in the half-years that begin at these moments, wherever
// on earth: a reader need not know what time it was there.
func sameMonths(lines []HistoryLine, at []time.Time) bool {
	if len(lines) != len(at) {
		return false
	}
	slices.SortFunc(lines, func(a, b HistoryLine) int { return strings.Compare(a.Month, b.Month) })
	slices.SortFunc(at, time.Time.Compare)
	for i, line := range lines {
		earliest, latest := at[i].Add(-farWest).Format(monthForm), at[i].AddDate(0, 6, 0).Add(farEast).Format(monthForm)
		if line.Month < earliest || line.Month > latest {
			return false
		}
	}
	return true
}

// How far clocks are from UTC, at most.
const (
	farWest = 12 * time.Hour
	farEast = 14 * time.Hour
)
