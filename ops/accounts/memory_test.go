package accounts

import (
	"errors"
	"testing"
)

// Who is no longer welcome is forgotten, and what is over does not pile up.
func TestMemory(t *testing.T) {
	var m memory
	one, other := []byte("one"), []byte("other")
	worker := Actor{Practice: "harelbeke-centrum", Role: Worker}
	seen := sighting{actor: worker, until: now.Add(SessionLife)}
	if _, err := m.confirm(one, sighting{}, now, ErrAway); !errors.Is(err, ErrAway) {
		t.Errorf("a stranger: %v", err)
	}
	if _, err := m.confirm(one, seen, now, nil); err != nil {
		t.Fatal(err)
	}
	if got, err := m.confirm(one, sighting{}, now, ErrAway); err != nil || got != worker {
		t.Errorf("who was seen: %+v, %v", got, err)
	}
	if _, err := m.confirm(one, sighting{}, now, errors.New("fault")); err == nil {
		t.Error("a fault is taken for an outage")
	}
	if _, err := m.confirm(one, sighting{}, now, ErrNobody); !errors.Is(err, ErrNobody) {
		t.Errorf("who is refused: %v", err)
	}
	if _, err := m.confirm(one, sighting{}, now, ErrAway); !errors.Is(err, ErrAway) {
		t.Errorf("who was refused before the outage: %v", err)
	}
	m.confirm(one, seen, now, nil)
	m.confirm(other, seen, seen.until, nil)
	if len(m.seen) != 1 {
		t.Errorf("%d are remembered, want the one whose session lives", len(m.seen))
	}
}
