package ledger

import (
	"context"

	"signaalboek/domain"
	"signaalboek/domain/release"
)

// ErrReserved is a command in the name of all practices together, who only publish.
var ErrReserved = domain.Refuse(domain.Invalid, "practice-reserved")

// check refuses a command that cannot be meant.
func (a Aggregate[S, F, C, E]) check(meta domain.Meta) error {
	if meta.Practice == release.Together && a.decider.Category != release.Decider.Category {
		return ErrReserved
	}
	return a.ledger.check(meta)
}

func (l *Ledger) releaseFacts(
	ctx context.Context, at circumstances, _ release.State, _ release.Command,
) (release.Facts, error) {
	if at.stream != release.StreamOf(at.meta.Practice) {
		return release.Facts{}, ErrUnknown
	}
	facts := release.Facts{
		Release: release.NewID(at.meta.Command), Foreign: release.NewForeignID(at.meta.Command),
		Actor: at.meta.Actor, On: at.meta.On, Together: at.meta.Practice == release.Together,
	}
	if facts.Together { // they have no words of their own: nobody opened them
		return facts, nil
	}
	var err error
	facts.Book, err = l.book(ctx, at.meta.Practice)
	return facts, err
}
