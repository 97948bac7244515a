package accounts

import (
	"errors"
	"sync"
	"time"
)

// memory is who signed in at this replica, for when the database is away: they read on. The database decides as long
// as it answers, and what it refuses is forgotten. So a session that was closed at another replica can be used here
// again only if the database went away before it was asked for here, until it comes back or the session expires.
type memory struct {
	mu   sync.Mutex
	seen map[string]sighting // guarded by mu; by digest
}

// sighting is an actor as the database last knew them.
type sighting struct {
	actor Actor
	until time.Time // zero: for ever
}

func (s sighting) over(now time.Time) bool { return !s.until.IsZero() && !now.Before(s.until) }

// confirm is what to answer when the database said so, or failed with an error.
func (m *memory) confirm(key []byte, fresh sighting, now time.Time, err error) (Actor, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	old, known := m.seen[string(key)]
	switch {
	case err == nil:
		m.remember(string(key), fresh, now)
		return fresh.actor, nil
	case errors.Is(err, ErrNobody):
		delete(m.seen, string(key))
	case errors.Is(err, ErrAway) && known && !old.over(now):
		return old.actor, nil
	}
	return Actor{}, err
}

// remember keeps a sighting; a new one sweeps out those that are over. The caller holds mu.
func (m *memory) remember(key string, fresh sighting, now time.Time) {
	if m.seen == nil {
		m.seen = map[string]sighting{}
	}
	if _, known := m.seen[key]; !known {
		for other, old := range m.seen {
			if old.over(now) {
				delete(m.seen, other)
			}
		}
	}
	m.seen[key] = fresh
}

// forget is for who signs out here.
func (m *memory) forget(key []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.seen, string(key))
}
