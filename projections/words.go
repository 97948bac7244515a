package projections

import (
	"cmp"
	"fmt"
	"slices"
	"sync"

	"signaalboek/domain"
	"signaalboek/domain/practice"
	"signaalboek/domain/vocabulary"
)

// PracticeName is a practice and what it is called.
type PracticeName struct {
	ID   domain.PracticeID
	Name string
}

// Practices lists every practice that was opened, by name.
func (w *Words) Practices() []PracticeName {
	w.lock.RLock()
	defer w.lock.RUnlock()
	var all []PracticeName
	for id, of := range w.practices {
		all = append(all, PracticeName{id, of.name})
	}
	slices.SortFunc(all, func(a, b PracticeName) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
	return all
}

// Practice is one practice. False if it was never opened.
func (w *Words) Practice(id domain.PracticeID) (PracticeName, bool) {
	w.lock.RLock()
	defer w.lock.RUnlock()
	of := w.practices[id]
	if of == nil {
		return PracticeName{}, false
	}
	return PracticeName{id, of.name}, true
}

// Book is the words of a practice as they stand now: code lists, forums, crosswalks, definitions of figures. A practice
// that was never opened has none.
func (w *Words) Book(id domain.PracticeID) vocabulary.Book {
	w.lock.RLock()
	defer w.lock.RUnlock()
	return w.book(id)
}

// Revision is the revision of the stream of a practice: what a command that changes its words expects.
// domain.NoStream if it was never opened.
func (w *Words) Revision(id domain.PracticeID) domain.Revision {
	w.lock.RLock()
	defer w.lock.RUnlock()
	of := w.practices[id]
	if of == nil {
		return domain.NoStream
	}
	return domain.Revision(len(of.events)) - 1
}

// Words is what each practice said of its words, folded by the practice's own Decider. The events are kept: a snapshot
// holds them, not what they fold to.
type Words struct {
	lock      *sync.RWMutex // of the set
	practices map[domain.PracticeID]*practiceWords
}

type practiceWords struct {
	name     string
	defaults string // their version
	events   []practice.Event
	state    practice.State
}

func newWords(lock *sync.RWMutex) *Words {
	return &Words{lock: lock, practices: map[domain.PracticeID]*practiceWords{}}
}

func (w *Words) name() string { return "words" }

func (w *Words) settle() {}

func (w *Words) apply(reading *Reading) error {
	event, ok := reading.Event.(practice.Event)
	if !ok {
		return nil
	}
	of := w.practices[reading.Meta.Practice]
	if of == nil {
		of = &practiceWords{}
		w.practices[reading.Meta.Practice] = of
	}
	if int(reading.Revision) != len(of.events) {
		return fmt.Errorf("words of %s stand at %d", reading.Stream, len(of.events)-1)
	}
	of.take(event)
	return nil
}

func (of *practiceWords) take(event practice.Event) {
	if opened, ok := event.(practice.Opened); ok {
		of.name, of.defaults = opened.Name, opened.Defaults
	}
	of.events = append(of.events, event)
	of.state = practice.Decider.Evolve(of.state, event)
}

// book is the words of a practice; none if it was never opened.
func (w *Words) book(id domain.PracticeID) vocabulary.Book {
	if of := w.practices[id]; of != nil {
		return of.state.Book()
	}
	return vocabulary.Book{}
}
