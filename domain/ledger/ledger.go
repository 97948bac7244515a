// Package ledger is the only writer. It reads a stream, folds it, lets its aggregate decide, has the guard read every
// text, seals the texts, commits to every field, and appends.
//
//	read → already recorded? → facts → decide → guard → seal → encode and commit → append; on conflict: read again
//
// What holds, whatever happens. The same command id records once, however often it arrives, also when the answer to
// an earlier try was lost: the ids of its events, and of the stream that it creates, derive from it and its practice.
// The same id with another body is refused, unless something was forgotten since: then the id alone tells that it is the
// same, and the answer is that of the first. What a refused command asked, and one that asked for what is so already, is
// not remembered: under the same id it is decided anew. A key is durable before the event that needs it; an event is
// durable before the answer. If the process dies in between, a key is left that opens nothing.
//
// Every text comes in here, whichever door it came through: forms, programs, corrections, drafts. So here stands the guard
// (admit.go). What it asks about is recorded when somebody else than the author answers for it: see Confirmed.
//
// What belongs to another practice reads as if it were not there, so that nobody learns what others have.
package ledger

import (
	"context"
	"time"

	"signaalboek/domain"
	"signaalboek/domain/bundle"
	"signaalboek/domain/contact"
	"signaalboek/domain/focusgroep"
	"signaalboek/domain/forum"
	"signaalboek/domain/guard"
	"signaalboek/domain/practice"
	"signaalboek/domain/recommendation"
	"signaalboek/domain/referral"
	"signaalboek/domain/release"
	"signaalboek/domain/session"
	"signaalboek/domain/signal"
)

// Ledger takes commands, for every aggregate.
type Ledger struct {
	store domain.Store
	vault domain.Vault
	zone  *time.Location // where the days of this ledger are
	books books

	Practices       Aggregate[practice.State, practice.Facts, practice.Command, practice.Event]
	Contacts        Aggregate[contact.State, contact.Facts, contact.Command, contact.Event]
	Sessions        Aggregate[session.State, session.Facts, session.Command, session.Event]
	Focusgroepen    Aggregate[focusgroep.State, focusgroep.Facts, focusgroep.Command, focusgroep.Event]
	Signals         Aggregate[signal.State, signal.Facts, signal.Command, signal.Event]
	Bundles         Aggregate[bundle.State, bundle.Facts, bundle.Command, bundle.Event]
	Referrals       Aggregate[referral.State, referral.Facts, referral.Command, referral.Event]
	Forums          Aggregate[forum.State, forum.Facts, forum.Command, forum.Event]
	Recommendations Aggregate[recommendation.State, recommendation.Facts, recommendation.Command, recommendation.Event]
	Releases        Aggregate[release.State, release.Facts, release.Command, release.Event]
}

// New is the ledger over a store and a vault. Days are those of zone: a contact at half past midnight in Brussels
// happened today, whatever UTC says.
func New(store domain.Store, vault domain.Vault, zone *time.Location) *Ledger {
	l := &Ledger{store: store, vault: vault, zone: zone}
	l.Practices = aggregate(l, practice.Decider, l.practiceFacts).withoutCreation()
	l.Contacts = aggregate(l, contact.Decider, l.contactFacts).dated(contact.Dates)
	l.Sessions = aggregate(l, session.Decider, l.sessionFacts).dated(session.Dates)
	l.Focusgroepen = aggregate(l, focusgroep.Decider, l.focusgroepFacts)
	l.Signals = aggregate(l, signal.Decider, l.signalFacts).withoutTime()
	l.Bundles = aggregate(l, bundle.Decider, l.bundleFacts).withoutCreation()
	l.Referrals = aggregate(l, referral.Decider, l.referralFacts).withoutCreation()
	l.Forums = aggregate(l, forum.Decider, l.forumFacts).withoutCreation()
	l.Recommendations = aggregate(l, recommendation.Decider, l.recommendationFacts).withoutTime()
	l.Releases = aggregate(l, release.Decider, l.releaseFacts).withoutCreation()
	return l
}

// Today is the day that it is at a moment, where this ledger is kept.
func (l *Ledger) Today(at time.Time) domain.Date { return domain.DayOf(at.In(l.zone)) }

// What the ledger itself refuses, before any aggregate is asked.
var (
	ErrUnknown    = domain.Refuse(domain.NotFound, "unknown")
	ErrStale      = domain.Refuse(domain.Stale, "stale")
	ErrReused     = domain.Refuse(domain.Reused, "command-reused")
	ErrBusy       = domain.Refuse(domain.Away, "busy")
	ErrNoCommand  = domain.Refuse(domain.Invalid, "command-id-missing")
	ErrNoPractice = domain.Refuse(domain.Invalid, "practice-missing")
	ErrNotOpened  = domain.Refuse(domain.NotFound, "practice-not-opened")
	ErrNoDate     = domain.Refuse(domain.Invalid, "date-missing").At("/on")
	ErrFuture     = domain.Refuse(domain.Invalid, "date-in-future").At("/on")
	ErrLongAgo    = domain.Refuse(domain.Invalid, "date-long-ago").At("/on")
)

// earliest is the first day on which something recorded here can have happened; earlier is a slip of the pen.
var earliest = domain.DateOf(2000, time.January, 1)

// check refuses a command that cannot be meant, whatever its aggregate.
func (l *Ledger) check(meta domain.Meta) error {
	switch {
	case meta.Command == domain.CommandID{}:
		return ErrNoCommand
	case !meta.Practice.Valid():
		return ErrNoPractice
	case meta.On.IsZero():
		return ErrNoDate
	case meta.On > l.Today(meta.At):
		return ErrFuture.Naming("today", l.Today(meta.At).String())
	case meta.On < earliest:
		return ErrLongAgo.Naming("earliest", earliest.String())
	}
	return nil
}

// Receipt says where a command was recorded.
type Receipt struct {
	Stream   domain.StreamID
	Revision domain.Revision // of the last event of the stream
	Position domain.Position // of the last event that this command recorded; wait for it to read your own write
	Events   int             // how many it recorded, now or when it came before; 0 if what it asked was already so
	Repeated bool            // it came before
}

// Target is the stream that a command is for.
type Target struct {
	Stream   domain.StreamID
	Revision *domain.Revision // that its sender looked at; the command is refused if the stream has moved on
}

// Aggregate takes the commands of one kind of thing.
type Aggregate[S, F, C any, E domain.Event] struct {
	ledger    *Ledger
	decider   domain.Decider[S, F, C, E]
	facts     func(context.Context, circumstances, S, C) (F, error)
	dates     func(E) bool // which events say on which day the thing itself was; nil: none is asked for
	uncreated bool         // its streams are there from the start: nobody creates them
	timeless  bool         // the ids of its streams and of their events do not tell when they were made
	confirmed guard.Override
}

// circumstances are what facts are looked up under.
type circumstances struct {
	meta   domain.Meta
	stream domain.StreamID
	dated  domain.Date // the day of the last event that dates the thing
}

func aggregate[S, F, C any, E domain.Event](
	l *Ledger, decider domain.Decider[S, F, C, E], facts func(context.Context, circumstances, S, C) (F, error),
) Aggregate[S, F, C, E] {
	return Aggregate[S, F, C, E]{ledger: l, decider: decider, facts: facts}
}

func (a Aggregate[S, F, C, E]) withoutCreation() Aggregate[S, F, C, E] {
	a.uncreated = true
	return a
}

// withoutTime is for what outsiders are shown steps of, under its id: when it was first heard they are not told, because
// somebody may have seen to whom a worker spoke then.
func (a Aggregate[S, F, C, E]) withoutTime() Aggregate[S, F, C, E] {
	a.timeless = true
	return a
}

func (a Aggregate[S, F, C, E]) dated(by func(E) bool) Aggregate[S, F, C, E] {
	a.dates = by
	return a
}

// Confirmed takes the same commands, each written by its actor and confirmed by somebody else, who may answer for what
// the guard asks about. Every event tells who that was, and about what.
func (a Aggregate[S, F, C, E]) Confirmed(by guard.Override) Aggregate[S, F, C, E] {
	a.confirmed = by
	return a
}

// State is a thing as it is now, for whoever wants to know what could be asked of it: the initial state, if there is no
// such thing in the practice.
func (a Aggregate[S, F, C, E]) State(ctx context.Context, owner domain.PracticeID, stream domain.StreamID) (S, error) {
	return elsewhere(ctx, a.ledger, a.decider, owner, stream)
}
