package projections

import (
	"context"
	"sync"

	"signaalboek/domain"
)

// Set is every projection over one log, up to one position. Its queries may be asked by several goroutines at once,
// also while it runs. It is made by New, AsOf or ReadSnapshot.
type Set struct {
	Words     *Words
	Contacts  *Contacts
	Sessions  *Sessions
	Signals   *Signals
	Themes    *Themes
	Forums    *Forums
	Debts     *Debts
	Referrals *Referrals
	Figures   *Figures
	Overviews *Overviews
	Releases  *Releases
	Search    *Search

	vault domain.Vault
	store domain.Store
	names *names

	lock     *sync.RWMutex // guards all below, and everything in the projections, which share it
	position domain.Position
	forgot   int           // how many times a year or texts were let go of since the set was made
	moved    chan struct{} // closed, and made anew, whenever position moves or the set stops
	caughtUp bool
	stopped  error // why Run ended, if it did
	fed      []fed
}

// projection is one part of a set. Its methods are called with the set's lock held for writing; its exported queries
// take that lock for reading, and call only each other's unexported parts.
type projection interface {
	name() string                 // in Frontiers and in faults
	apply(reading *Reading) error // one event, in log order; one that is none of its business changes nothing
	settle()                      // a batch was applied and queries may come: what is cheaper done once for many events
	code(c *coder)                // writes all state to a snapshot, or reads it: see snapshot.go
}

// New makes an empty set of a log: it knows no event yet. What is opened is opened by vault.
func New(store domain.Store, vault domain.Vault) *Set {
	lock := new(sync.RWMutex)
	names := newNames()
	signals := newSignals(lock, names, newTexts(store))
	words, contacts, sessions := newWords(lock), newContacts(lock, names), newSessions(lock, names)
	s := &Set{
		Words:     words,
		Contacts:  contacts,
		Sessions:  sessions,
		Signals:   signals,
		Themes:    newThemes(lock, names, signals),
		Forums:    newForums(lock, names, signals),
		Debts:     &Debts{lock: lock, signals: signals},
		Referrals: newReferrals(lock, names, words, contacts),
		Figures:   newFigures(lock, names, words, contacts, sessions, signals),
		Overviews: newOverviews(lock, names, words, contacts, signals),
		Releases:  newReleases(lock),
		Search:    newSearch(lock, names, words, signals, vault),
		vault:     vault,
		store:     store,
		names:     names,
		lock:      lock,
		moved:     make(chan struct{}),
	}
	for _, p := range []projection{
		words, contacts, sessions, signals, s.Themes, s.Forums, s.Referrals, s.Figures, s.Overviews, s.Releases, s.Search,
	} {
		s.fed = append(s.fed, fed{projection: p})
	}
	return s
}

// Position is that of the last event that every query sees.
func (s *Set) Position() domain.Position {
	s.lock.RLock()
	defer s.lock.RUnlock()
	return s.position
}

// CaughtUp reports whether the set has seen everything that stood in the log when Run began.
func (s *Set) CaughtUp() bool {
	s.lock.RLock()
	defer s.lock.RUnlock()
	return s.caughtUp
}

// Err is why Run stopped; nil while it runs or has not begun.
func (s *Set) Err() error {
	s.lock.RLock()
	defer s.lock.RUnlock()
	return s.stopped
}

// Wait returns when every query sees the event at position: read your own writes. It fails with the context's error, or
// with that of Run if it stopped before.
func (s *Set) Wait(ctx context.Context, position domain.Position) error {
	for {
		moved, done, err := s.seen(position)
		if done || err != nil {
			return err
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (s *Set) seen(position domain.Position) (moved <-chan struct{}, done bool, err error) {
	s.lock.RLock()
	defer s.lock.RUnlock()
	if !s.position.Before(position) {
		return nil, true, nil
	}
	return s.moved, false, s.stopped
}

// apply feeds a batch of events to every projection. After an error the set is of no more use: it may hold half a batch.
func (s *Set) apply(batch []Reading, end domain.Position) error {
	s.lock.Lock()
	defer s.lock.Unlock()
	for i := range batch {
		if err := s.feed(&batch[i]); err != nil {
			return err
		}
	}
	for _, p := range s.fed {
		p.settle()
	}
	s.caughtUp = s.caughtUp || !s.position.Before(end)
	s.announce()
	return nil
}

func (s *Set) feed(reading *Reading) error {
	next := stride{mark: reading.mark}
	for i := range s.fed {
		if err := s.fed[i].take(reading, &next); err != nil {
			return err
		}
	}
	s.position = reading.Position
	return nil
}

// announce wakes whoever waits.
func (s *Set) announce() {
	close(s.moved)
	s.moved = make(chan struct{})
}

func (s *Set) stop(err error) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.stopped = err
	s.announce()
}
