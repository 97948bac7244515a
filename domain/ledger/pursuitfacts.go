package ledger

import (
	"context"
	"fmt"
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/bundle"
	"signaalboek/domain/catalog"
	"signaalboek/domain/contact"
	"signaalboek/domain/focusgroep"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/recommendation"
	"signaalboek/domain/signal"
)

// BundlesOf is the stream of a practice's bundles.
func BundlesOf(practice domain.PracticeID) domain.StreamID {
	return domain.NewStreamID(bundle.Decider.Category, string(practice))
}

func (l *Ledger) signalFacts(ctx context.Context, at circumstances, _ signal.State, command signal.Command) (signal.Facts, error) {
	return l.signalFactsFor(ctx, at, signal.NeedsOf(command))
}

func (l *Ledger) signalFactsFor(ctx context.Context, at circumstances, needs pursuit.Needs) (signal.Facts, error) {
	book, err := l.book(ctx, at.meta.Practice)
	if err != nil {
		return signal.Facts{}, err
	}
	facts := signal.Facts{Stream: at.stream, On: at.meta.On, Book: book}
	if facts.Contact, err = l.contactFact(ctx, at.meta.Practice, needs.Contacts); err != nil {
		return facts, err
	}
	if facts.MeetingHeld, err = l.meetingHeld(ctx, at.meta.Practice, needs.Meetings); err != nil {
		return facts, err
	}
	if len(needs.Sessions) > 0 {
		if facts.SessionHeld, err = l.sessionStands(ctx, at.meta.Practice, needs.Sessions[0]); err != nil {
			return facts, err
		}
	}
	if facts.Signals, err = l.signalsNamed(ctx, at.meta.Practice, needs.Signals); err != nil {
		return facts, err
	}
	return facts, l.lookAround(ctx, at, needs, &facts)
}

// lookAround finds what a signal is one with, and to whom it owes an answer.
func (l *Ledger) lookAround(ctx context.Context, at circumstances, needs pursuit.Needs, facts *signal.Facts) error {
	if !needs.Bundles {
		return nil
	}
	bundles, err := elsewhere(ctx, l, bundle.Decider, at.meta.Practice, BundlesOf(at.meta.Practice))
	if err != nil {
		return err
	}
	facts.Into, facts.Split = bundles.Into(at.stream), bundles.IsSplit(at.stream)
	if needs.Members {
		named, err := l.signalsNamed(ctx, at.meta.Practice, bundles.Members(at.stream))
		if err != nil {
			return err
		}
		for _, member := range bundles.Members(at.stream) {
			facts.Members = append(facts.Members, named[member])
		}
	}
	if needs.Debts {
		facts.Standings, err = l.standings(ctx, at, bundles, at.stream)
	}
	return err
}

// standings is how things stand with everybody who raised a thing: from its own stream, those of the given signals and
// of all that they ever were one with, and the bundles.
func (l *Ledger) standings(ctx context.Context, at circumstances, bundles bundle.State, signals ...domain.StreamID) ([]pursuit.Standing, error) {
	streams := []domain.StreamID{at.stream, BundlesOf(at.meta.Practice)}
	for _, id := range signals {
		streams = append(streams, bundles.Kin(id)...)
	}
	slices.Sort(streams)
	var histories [][]domain.Entry
	for _, stream := range slices.Compact(streams) {
		entries, err := l.entries(ctx, stream)
		if err != nil {
			return nil, err
		}
		histories = append(histories, entries)
	}
	return pursuit.DebtsOf(histories...).Standings(at.stream), nil
}

func (l *Ledger) entries(ctx context.Context, stream domain.StreamID) (entries []domain.Entry, err error) {
	for recorded, err := range l.store.ReadStream(ctx, stream, 0) {
		var entry domain.Entry
		if err == nil {
			entry, err = catalog.Decode(recorded)
		}
		if err != nil {
			return nil, fmt.Errorf("look at %s: %w", stream, err)
		}
		entries = append(entries, entry)
	}
	return entries, nil
}

// contactFact is what is asked of a contact; nothing, if there is no such contact.
func (l *Ledger) contactFact(ctx context.Context, owner domain.PracticeID, named []domain.StreamID) (*signal.ContactFact, error) {
	if len(named) == 0 {
		return nil, nil
	}
	state, err := elsewhere(ctx, l, contact.Decider, owner, named[0])
	if err != nil || !state.Registered() {
		return nil, err
	}
	return &signal.ContactFact{Withdrawn: !state.Stands(), Requests: state.Requests()}, nil
}

func (l *Ledger) meetingHeld(ctx context.Context, owner domain.PracticeID, named []domain.StreamID) (bool, error) {
	if len(named) == 0 {
		return false, nil
	}
	state, err := elsewhere(ctx, l, focusgroep.Decider, owner, named[0])
	return state.Held(), err
}

// signalsNamed is what is asked of other signals: of those that there are.
func (l *Ledger) signalsNamed(ctx context.Context, owner domain.PracticeID, named []domain.StreamID) (map[domain.StreamID]pursuit.SignalFact, error) {
	found := map[domain.StreamID]pursuit.SignalFact{}
	for _, id := range named {
		state, err := elsewhere(ctx, l, signal.Decider, owner, id)
		if err != nil {
			return nil, err
		}
		if fact, ok := state.Fact(); ok {
			found[id] = fact
		}
	}
	return found, nil
}

func (l *Ledger) bundleFacts(ctx context.Context, at circumstances, _ bundle.State, command bundle.Command) (bundle.Facts, error) {
	if at.stream != BundlesOf(at.meta.Practice) {
		return bundle.Facts{}, ErrUnknown
	}
	signals, err := l.signalsNamed(ctx, at.meta.Practice, bundle.NeedsOf(command).Signals)
	return bundle.Facts{Signals: signals}, err
}

func (l *Ledger) recommendationFacts(
	ctx context.Context, at circumstances, state recommendation.State, command recommendation.Command,
) (recommendation.Facts, error) {
	book, err := l.book(ctx, at.meta.Practice)
	if err != nil {
		return recommendation.Facts{}, err
	}
	facts := recommendation.Facts{On: at.meta.On, Book: book}
	needs := recommendation.NeedsOf(state, command)
	if facts.MeetingHeld, err = l.meetingHeld(ctx, at.meta.Practice, needs.Meetings); err != nil {
		return facts, err
	}
	if !needs.Wholes && !needs.Debts {
		return facts, nil
	}
	bundles, err := elsewhere(ctx, l, bundle.Decider, at.meta.Practice, BundlesOf(at.meta.Practice))
	if err != nil {
		return facts, err
	}
	if needs.Wholes {
		if facts.Signals, err = l.wholes(ctx, at.meta.Practice, bundles, needs.Signals); err != nil {
			return facts, err
		}
	}
	if needs.Debts {
		facts.Standings, err = l.standings(ctx, at, bundles, needs.Signals...)
	}
	return facts, err
}

// wholes is what is asked of signals, and of all that is pursued with each: of those that there are.
func (l *Ledger) wholes(
	ctx context.Context, owner domain.PracticeID, bundles bundle.State, named []domain.StreamID,
) (map[domain.StreamID]pursuit.Whole, error) {
	wholes := map[domain.StreamID]pursuit.Whole{}
	for _, id := range named {
		streams := bundles.Whole(id)
		found, err := l.signalsNamed(ctx, owner, streams)
		if err != nil {
			return nil, err
		}
		if _, ok := found[streams[0]]; !ok {
			continue
		}
		whole := pursuit.Whole{SignalFact: found[streams[0]]}
		for _, other := range streams[1:] {
			whole.Others = append(whole.Others, found[other])
		}
		wholes[id] = whole
	}
	return wholes, nil
}
