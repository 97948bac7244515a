package domaintest

import (
	"errors"
	"fmt"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"signaalboek/domain"
)

// Laws is what must hold for every aggregate, whatever it is asked and in whatever order.
type Laws[S, F, C any, E domain.Event] struct {
	Decider  domain.Decider[S, F, C, E]
	Commands *rapid.Generator[C]

	// Facts is what the aggregate is told at one step, given what it was told before.
	Facts func(t *rapid.T, before F, state S, command C) F

	// After is what those facts become once events are recorded; nil if they stay.
	After func(facts F, events []E) F
}

// Check asks random commands, one after the other, and requires of each answer:
//
//   - it is events or a refusal, never both, and nothing panics;
//   - asked the same again, the aggregate answers that it is so already;
//   - no state that was folded before is changed by what follows, so that replay equals incremental.
func (l Laws[S, F, C, E]) Check(t *testing.T) {
	t.Helper()
	rapid.Check(t, func(t *rapid.T) {
		var facts F
		var history []E
		states, seen := []S{l.Decider.Initial}, []string{fmt.Sprintf("%+v", l.Decider.Initial)}
		for _, command := range rapid.SliceOfN(l.Commands, 1, 30).Draw(t, "commands") {
			state := states[len(states)-1]
			facts = l.Facts(t, facts, state, command)
			events := l.ask(t, state, facts, command)
			if len(events) == 0 {
				continue
			}
			for _, e := range events {
				state = l.Decider.Evolve(state, e)
				history, states, seen = append(history, e), append(states, state), append(seen, fmt.Sprintf("%+v", state))
			}
			if l.After != nil {
				facts = l.After(facts, events)
			}
			if again, err := l.Decider.Decide(state, facts, command); err != nil || len(again) > 0 {
				t.Fatalf("%#v, asked again: events %v, error %v", command, again, err)
			}
		}
		for n, state := range states {
			if now := fmt.Sprintf("%+v", state); now != seen[n] {
				t.Fatalf("state after %d events changed afterwards: %s, was %s", n, now, seen[n])
			}
			if replayed := l.Decider.Fold(l.Decider.Initial, history[:n]...); !reflect.DeepEqual(state, replayed) {
				t.Fatalf("state after %d events: %#v, replayed %#v", n, state, replayed)
			}
		}
	})
}

func (l Laws[S, F, C, E]) ask(t *rapid.T, state S, facts F, command C) []E {
	events, err := l.Decider.Decide(state, facts, command)
	if _, refused := errors.AsType[*domain.Refusal](err); err != nil && !refused {
		t.Fatalf("%#v: fault %v", command, err)
	}
	if err != nil && len(events) > 0 {
		t.Fatalf("%#v: a refusal and events at once", command)
	}
	return events
}
