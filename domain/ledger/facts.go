package ledger

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"signaalboek/domain"
	"signaalboek/domain/contact"
	"signaalboek/domain/focusgroep"
	"signaalboek/domain/forum"
	"signaalboek/domain/guard"
	"signaalboek/domain/practice"
	"signaalboek/domain/referral"
	"signaalboek/domain/session"
	"signaalboek/domain/vocabulary"
)

// Facts are what a rule looks at beyond its own stream. They are read just before deciding; what belongs to another
// practice counts as not there.

func (l *Ledger) practiceFacts(ctx context.Context, at circumstances, state practice.State, command practice.Command) (practice.Facts, error) {
	if at.stream != practice.StreamOf(at.meta.Practice) {
		return practice.Facts{}, ErrUnknown
	}
	merging, err := l.merge(ctx, at.meta, practice.NeedsOf(state, command))
	return practice.Facts{On: at.meta.On, Merging: merging}, err
}

func (l *Ledger) sessionFacts(ctx context.Context, at circumstances, _ session.State, _ session.Command) (session.Facts, error) {
	book, err := l.book(ctx, at.meta.Practice)
	return session.Facts{On: at.meta.On, Book: book, EarlierOn: at.dated}, err
}

func (l *Ledger) focusgroepFacts(ctx context.Context, at circumstances, _ focusgroep.State, _ focusgroep.Command) (focusgroep.Facts, error) {
	book, err := l.book(ctx, at.meta.Practice)
	return focusgroep.Facts{On: at.meta.On, Book: book}, err
}

func (l *Ledger) forumFacts(ctx context.Context, at circumstances, _ forum.State, _ forum.Command) (forum.Facts, error) {
	owner, code, ok := forum.OwnerOf(at.stream)
	if !ok || owner != at.meta.Practice {
		return forum.Facts{}, ErrUnknown
	}
	book, err := l.book(ctx, at.meta.Practice)
	return forum.Facts{Forum: code, On: at.meta.On, Book: book, MeetingID: forum.NewMeetingID(at.meta.Command)}, err
}

func (l *Ledger) contactFacts(ctx context.Context, at circumstances, state contact.State, command contact.Command) (contact.Facts, error) {
	owner, err := l.practice(ctx, at.meta.Practice)
	if err != nil {
		return contact.Facts{}, err
	}
	facts := contact.Facts{
		Practice: at.meta.Practice, On: at.meta.On, Book: owner.Book(), EarlierOn: at.dated,
		YearClosed: owner.Closed(at.meta.On.Year()) || !at.dated.IsZero() && owner.Closed(at.dated.Year()),
	}
	if facts.YearClosed { // the key of that year may be gone: there is nothing to ask the vault
		return facts, nil
	}
	needs := contact.NeedsOf(state, facts.Book, command)
	if facts.Recognition, err = l.recognise(ctx, at.meta, needs.Card, needs.Activity); err != nil {
		return contact.Facts{}, err
	}
	facts.Earlier, err = l.openRecognition(ctx, needs.Earlier)
	return facts, err
}

// recognise asks the vault what a contact may say of a card; nothing, if there is no such card or it was forgotten.
func (l *Ledger) recognise(ctx context.Context, meta domain.Meta, card *domain.CardID, activity domain.Code) (*domain.Recognition, error) {
	if card == nil {
		return nil, nil
	}
	recognition, err := l.vault.Recognise(ctx, meta.Practice, *card, meta.On, activity)
	switch {
	case errors.Is(err, domain.ErrNoCard), errors.Is(err, domain.ErrForgotten):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("recognise a card for command %s: %w", meta.Command, err)
	}
	return &recognition, nil
}

// openRecognition is what was sealed; nothing, if there was nothing or it was forgotten.
func (l *Ledger) openRecognition(ctx context.Context, sealed domain.Sealed) (*domain.Recognition, error) {
	if sealed.IsZero() {
		return nil, nil
	}
	raw, err := l.vault.Open(ctx, sealed)
	switch {
	case errors.Is(err, domain.ErrForgotten):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("open the recognition in event %s: %w", sealed.Place.Event, err)
	}
	recognition := new(domain.Recognition)
	return recognition, recognition.UnmarshalBinary(raw)
}

func (l *Ledger) referralFacts(ctx context.Context, at circumstances, _ referral.State, command referral.Command) (referral.Facts, error) {
	book, err := l.book(ctx, at.meta.Practice)
	if err != nil {
		return referral.Facts{}, err
	}
	facts := referral.Facts{Stream: at.stream, Book: book}
	needs := referral.NeedsOf(command)
	if needs.Origin != nil {
		origin, err := elsewhere(ctx, l, contact.Decider, at.meta.Practice, needs.Origin.Contact)
		if err != nil {
			return referral.Facts{}, err
		}
		facts.OriginHolds = origin.Refers(needs.Origin.Request, needs.Origin.Service)
	}
	facts.SessionHolds, err = l.sessionStands(ctx, at.meta.Practice, needs.Session)
	return facts, err
}

func (l *Ledger) sessionStands(ctx context.Context, owner domain.PracticeID, stream domain.StreamID) (bool, error) {
	held, err := elsewhere(ctx, l, session.Decider, owner, stream)
	return held.Stands(), err
}

// elsewhere is the state of another stream: the initial one, if it has no events or belongs to another practice.
func elsewhere[S, F, C any, E domain.Event](
	ctx context.Context, l *Ledger, decider domain.Decider[S, F, C, E], owner domain.PracticeID, stream domain.StreamID,
) (S, error) {
	if stream == "" || !stream.Valid() || stream.Category() != decider.Category {
		return decider.Initial, nil
	}
	past := history[S]{stream: stream}
	state, _, err := decider.FoldEntries(decider.Initial, past.watch(l.store.ReadStream(ctx, stream, 0)))
	switch {
	case err != nil:
		return decider.Initial, fmt.Errorf("look at %s: %w", stream, err)
	case past.practice != owner:
		return decider.Initial, nil
	}
	return state, nil
}

// books is the practices as they were last read: almost every command looks at one, and they seldom change.
type books struct {
	mu   sync.Mutex
	read map[domain.PracticeID]bookmark // guarded by mu
}

// bookmark is how far the stream of a practice was folded, what it came to, and the guard with these words.
type bookmark struct {
	state    practice.State
	revision domain.Revision
	guard    *guard.Guard
}

func (b *books) of(id domain.PracticeID) bookmark {
	b.mu.Lock()
	defer b.mu.Unlock()
	if mark, ok := b.read[id]; ok {
		return mark
	}
	return bookmark{practice.Decider.Initial, domain.NoStream, nil}
}

// keep remembers the furthest that anybody read.
func (b *books) keep(id domain.PracticeID, mark bookmark) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.read == nil {
		b.read = map[domain.PracticeID]bookmark{}
	}
	if before, ok := b.read[id]; !ok || before.revision < mark.revision {
		b.read[id] = mark
	}
}

// book is the words of a practice as they are now.
func (l *Ledger) book(ctx context.Context, id domain.PracticeID) (vocabulary.Book, error) {
	owner, err := l.practice(ctx, id)
	return owner.Book(), err
}

// practice is a practice as it is now: it reads on from where it last was.
func (l *Ledger) practice(ctx context.Context, id domain.PracticeID) (practice.State, error) {
	mark, err := l.bookmark(ctx, id)
	return mark.state, err
}

func (l *Ledger) bookmark(ctx context.Context, id domain.PracticeID) (bookmark, error) {
	mark := l.books.of(id)
	past := history[practice.State]{stream: practice.StreamOf(id)}
	state, last, err := practice.Decider.FoldEntries(mark.state, past.watch(l.store.ReadStream(ctx, past.stream, mark.revision+1)))
	switch {
	case err != nil:
		return bookmark{}, fmt.Errorf("look at %s: %w", past.stream, err)
	case last > mark.revision:
		mark = bookmark{state, last, guard.New(state.Book())}
		l.books.keep(id, mark)
	case mark.revision == domain.NoStream:
		return bookmark{}, ErrNotOpened
	}
	return mark, nil
}
