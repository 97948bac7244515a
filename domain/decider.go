package domain

import "iter"

// Decider is an aggregate: how its events fold into a state, and how a command, given that state and the facts it
// looks up elsewhere, becomes new events. S holds what decisions need, never what pages need.
//
// Decide is pure and idempotent: asked for what is already so, it yields no events. It answers with events or with a
// *Refusal, never both. Evolve cannot fail.
type Decider[S, F any, C any, E Event] struct {
	Category string // of the streams that this aggregate owns
	Initial  S
	Decide   func(S, F, C) ([]E, error)
	Evolve   func(S, E) S
}

// Fold is the state after events.
func (d Decider[S, F, C, E]) Fold(state S, events ...E) S {
	for _, e := range events {
		state = d.Evolve(state, e)
	}
	return state
}

// FoldEntries is the state after a stream that is read entry by entry, and the revision of the last one. An event
// that is not of this aggregate is an error: half a history is never taken for a whole one.
func (d Decider[S, F, C, E]) FoldEntries(state S, entries iter.Seq2[Entry, error]) (S, Revision, error) {
	last := NoStream
	for entry, err := range entries {
		if err != nil {
			return state, last, err
		}
		event, ok := entry.Event.(E)
		if !ok {
			return state, last, &ForeignEvent{Stream: entry.Stream, Name: entry.Event.EventName()}
		}
		state, last = d.Evolve(state, event), entry.Revision
	}
	return state, last, nil
}

// ForeignEvent is the fault of an event in a stream of another category.
type ForeignEvent struct {
	Stream StreamID
	Name   string
}

func (f *ForeignEvent) Error() string {
	return "event " + f.Name + " does not belong in " + string(f.Stream)
}
