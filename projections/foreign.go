package projections

import (
	"fmt"
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/disclosure"
	"signaalboek/domain/release"
)

// ForeignTable is what others published about the people of a practice, as somebody recorded it.
type ForeignTable struct {
	release.Foreign
	Recorded   Act
	Ended      Act           // when it was withdrawn; zero if it stands
	Motivation domain.Sealed // of that
}

// ForeignTables lists what others published about the people of a practice, the last recorded first; also what was
// withdrawn.
func (r *Releases) ForeignTables(practice domain.PracticeID) []ForeignTable {
	r.lock.RLock()
	defer r.lock.RUnlock()
	all := slices.Clone(r.of(practice).foreign)
	slices.Reverse(all)
	return all
}

// Foreign is what the gate is told of it: what stands, count by count.
func (r *Releases) Foreign(practice domain.PracticeID) (told []disclosure.Foreign) {
	r.lock.RLock()
	defer r.lock.RUnlock()
	for _, table := range r.of(practice).state.Foreign() {
		told = append(told, table.Told()...)
	}
	return told
}

// takeForeign folds an event about what others published.
func (of *practiceReleases) takeForeign(act releaseAct) error {
	switch event := act.event.(type) {
	case release.ForeignRecorded:
		recorded := release.Foreign{ID: event.Foreign, ForeignTable: event.ForeignTable, Document: event.Document}
		of.foreign = append(of.foreign, ForeignTable{Foreign: recorded, Recorded: act.act})
		return nil
	case release.ForeignWithdrawn:
		i := slices.IndexFunc(of.foreign, func(f ForeignTable) bool { return f.ID == event.Foreign })
		if i < 0 {
			return fmt.Errorf("foreign table %s was never recorded", event.Foreign)
		}
		of.foreign[i].Withdrawn, of.foreign[i].Ended, of.foreign[i].Motivation = true, act.act, event.Motivation
		return nil
	}
	return fmt.Errorf("nobody knows what becomes of a release by %s", act.event.EventName())
}
