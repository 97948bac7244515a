package domaintest

import (
	"errors"
	"reflect"
	"testing"

	"signaalboek/domain"
)

// Spec is one sentence about an aggregate: given what happened, when somebody asks this, then that happens.
//
//	domaintest.Given(t, signal.Decider, facts, pickedUp, worded).When(signal.Schedule{…}).Then(signal.Scheduled{…})
//	domaintest.Given(t, signal.Decider, facts, pickedUp).When(signal.Schedule{…}).Refused(signal.ErrNotWorded)
type Spec[S, F, C any, E domain.Event] struct {
	t       testing.TB
	decider domain.Decider[S, F, C, E]
	facts   F
	given   []E
}

// Given begins a sentence: an aggregate, the facts it is told, and the events that happened so far.
func Given[S, F, C any, E domain.Event](
	t testing.TB, decider domain.Decider[S, F, C, E], facts F, events ...E,
) Spec[S, F, C, E] {
	t.Helper()
	return Spec[S, F, C, E]{t: t, decider: decider, facts: facts, given: events}
}

// When asks command of the aggregate.
func (s Spec[S, F, C, E]) When(command C) Answer[E] {
	s.t.Helper()
	events, err := s.decider.Decide(s.decider.Fold(s.decider.Initial, s.given...), s.facts, command)
	if err != nil && len(events) > 0 {
		s.t.Errorf("when %T: answered with a refusal and events at once", command)
	}
	return Answer[E]{t: s.t, command: command, events: events, err: err}
}

// Answer is what an aggregate answered: events, nothing, or a refusal.
type Answer[E domain.Event] struct {
	t       testing.TB
	command any
	events  []E
	err     error
}

// Then requires exactly these events, in this order.
func (a Answer[E]) Then(want ...E) {
	a.t.Helper()
	if a.err != nil {
		a.t.Fatalf("when %T: %v, want events", a.command, a.err)
	}
	if len(a.events) != len(want) {
		a.t.Fatalf("when %T: %d events, want %d: %+v", a.command, len(a.events), len(want), a.events)
	}
	for i := range want {
		if !reflect.DeepEqual(a.events[i], want[i]) {
			a.t.Errorf("when %T: event %d\n got %#v\nwant %#v", a.command, i, a.events[i], want[i])
		}
	}
}

// Nothing requires that it was so already: no event, no refusal.
func (a Answer[E]) Nothing() {
	a.t.Helper()
	a.Then()
}

// Refused requires this refusal, whatever the values it names, and returns it to look at those.
func (a Answer[E]) Refused(want *domain.Refusal) *domain.Refusal {
	a.t.Helper()
	if !errors.Is(a.err, want) {
		a.t.Fatalf("when %T: got %d events and error %v, want %v", a.command, len(a.events), a.err, want)
	}
	refusal, _ := errors.AsType[*domain.Refusal](a.err)
	return refusal
}
