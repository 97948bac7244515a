package ledger

import (
	"context"

	"signaalboek/domain"
)

// Ask is what commands would be answered now, each by itself, without recording anything: nil or a refusal. A command
// without fields that is refused with domain.Conflict need not be offered; the refusal says why.
//
// The error is that of the look itself: a fault, or no such thing.
func (a Aggregate[S, F, C, E]) Ask(ctx context.Context, stream domain.StreamID, meta domain.Meta, commands ...C) ([]error, error) {
	past, err := a.load(ctx, stream, meta)
	if err != nil {
		return nil, err
	}
	if err := past.check(Target{Stream: stream}, a.uncreated); err != nil {
		return nil, err
	}
	answers := make([]error, len(commands))
	for i, command := range commands {
		facts, err := a.facts(ctx, circumstances{meta, stream, past.dated}, past.state, command)
		if err != nil {
			return nil, err
		}
		_, answers[i] = a.decider.Decide(past.state, facts, command)
	}
	return answers, nil
}

// Rehearse is what Execute, or Create for a stream that the command would create, would answer now: the events that it
// would record, or a refusal. A refusal of the guard comes with the events that it is about, still in the clear. Nothing
// is recorded.
func (a Aggregate[S, F, C, E]) Rehearse(ctx context.Context, target Target, command C, meta domain.Meta) ([]E, error) {
	if err := a.check(meta); err != nil {
		return nil, err
	}
	past, err := a.load(ctx, target.Stream, meta)
	if err != nil || past.repeated != nil {
		return nil, err
	}
	creates := a.uncreated || target.Stream == a.NewStream(meta.Practice, meta.Command)
	events, err := a.decide(ctx, past, target, command, creates)
	if err != nil {
		return nil, err
	}
	return events, a.admit(ctx, events, meta)
}
