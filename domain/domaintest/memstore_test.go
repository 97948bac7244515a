package domaintest_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/domaintest"
)

func TestMemStoreKeepsTheContract(t *testing.T) {
	domaintest.StoreSuite(t, func(t *testing.T) domain.Store { return domaintest.NewMemStore(t) })
}

// complaints is a Reporter that remembers instead of failing.
type complaints []string

func (c *complaints) Errorf(format string, args ...any) {
	*c = append(*c, fmt.Sprintf(format, args...))
}

func draft() domain.Draft {
	return domain.Draft{
		ID: uuid.New(), Name: "thing.happened.v1", At: time.Unix(1_650_000_000, 123_000).UTC(), Payload: []byte(`{}`),
	}
}

func draftWith(change func(*domain.Draft)) []domain.Draft {
	d := draft()
	change(&d)
	return []domain.Draft{d}
}

func TestMemStoreFailsTheTestOfWhoeverBreaksARule(t *testing.T) {
	twice := draft()
	for name, call := range map[string]struct {
		stream   domain.StreamID
		expected domain.Revision
		drafts   []domain.Draft
	}{
		"stream without a category": {"thing", domain.NoStream, []domain.Draft{draft()}},
		"stream in capitals":        {"thing-A", domain.NoStream, []domain.Draft{draft()}},
		"impossible revision":       {"thing-a", -2, []domain.Draft{draft()}},
		"no drafts":                 {"thing-a", domain.NoStream, nil},
		"one id twice":              {"thing-a", domain.NoStream, []domain.Draft{twice, twice}},
		"zero id":                   {"thing-a", domain.NoStream, draftWith(func(d *domain.Draft) { d.ID = uuid.Nil })},
		"name without a version": {"thing-a", domain.NoStream, draftWith(func(d *domain.Draft) {
			d.Name = "thing.happened"
		})},
		"no moment": {"thing-a", domain.NoStream, draftWith(func(d *domain.Draft) { d.At = time.Time{} })},
		"moment elsewhere": {"thing-a", domain.NoStream, draftWith(func(d *domain.Draft) {
			d.At = d.At.In(time.FixedZone("elsewhere", 3600))
		})},
		"moment too fine": {"thing-a", domain.NoStream, draftWith(func(d *domain.Draft) { d.At = d.At.Add(1) })},
		"empty payload":   {"thing-a", domain.NoStream, draftWith(func(d *domain.Draft) { d.Payload = nil })},
	} {
		t.Run(name, func(t *testing.T) {
			var heard complaints
			store := domaintest.NewMemStore(&heard)
			if _, err := store.Append(t.Context(), call.stream, call.expected, call.drafts); err == nil {
				t.Error("the append was accepted")
			}
			if len(heard) != 1 {
				t.Errorf("heard %q, want one complaint", heard)
			}
			if end, _ := store.End(t.Context()); !end.IsZero() {
				t.Error("something was recorded")
			}
		})
	}
}

func TestMemStoreFailsTheTestThatReusesAnIDForAnotherEvent(t *testing.T) {
	var heard complaints
	store := domaintest.NewMemStore(&heard)
	first := draft()
	second := first
	second.Name = "thing.ended.v1"
	for _, d := range []domain.Draft{first, second} {
		if _, err := store.Append(t.Context(), "thing-a", domain.NoStream, []domain.Draft{d}); err != nil {
			t.Fatal(err)
		}
	}
	if len(heard) != 1 {
		t.Errorf("heard %q, want one complaint", heard)
	}
}

func appendOne(t *testing.T, store domain.Store, d domain.Draft) error {
	t.Helper()
	_, err := store.Append(t.Context(), "thing-a", domain.NoStream, []domain.Draft{d})
	return err
}

func count(t *testing.T, store domain.Store) (events int, ended error) {
	t.Helper()
	for _, err := range store.ReadAll(t.Context(), domain.Position{}) {
		if err != nil {
			return events, err
		}
		events++
	}
	return events, nil
}

func TestMemStoreLosesReplies(t *testing.T) {
	store, d := domaintest.NewMemStore(t), draft()
	store.LoseReplies(2)
	for range 2 {
		if err := appendOne(t, store, d); !errors.Is(err, domain.ErrUnknown) {
			t.Fatalf("got error %v", err)
		}
	}
	if err := appendOne(t, store, d); err != nil {
		t.Fatal(err)
	}
	if n, _ := count(t, store); n != 1 {
		t.Errorf("recorded %d times", n)
	}
}

func TestMemStoreLosesAppends(t *testing.T) {
	store := domaintest.NewMemStore(t)
	store.LoseAppends(1)
	if err := appendOne(t, store, draft()); !errors.Is(err, domain.ErrUnknown) {
		t.Fatalf("got error %v", err)
	}
	if n, _ := count(t, store); n != 0 {
		t.Errorf("recorded %d events", n)
	}
}

func TestMemStoreStormsConflicts(t *testing.T) {
	store, d := domaintest.NewMemStore(t), draft()
	store.StormConflicts(3)
	for range 3 {
		if err := appendOne(t, store, d); !errors.Is(err, domain.ErrConflict) {
			t.Fatalf("got error %v", err)
		}
	}
	if err := appendOne(t, store, d); err != nil {
		t.Errorf("after the storm: %v", err)
	}
}

func TestMemStoreLetsARivalGoFirst(t *testing.T) {
	store := domaintest.NewMemStore(t)
	store.BeforeAppend(func() {
		if err := appendOne(t, store, draft()); err != nil {
			t.Errorf("the rival: %v", err)
		}
	})
	if err := appendOne(t, store, draft()); !errors.Is(err, domain.ErrConflict) {
		t.Errorf("got error %v, want a conflict with the rival", err)
	}
}

func TestMemStoreFailsAReadInTheMiddle(t *testing.T) {
	store, fault := domaintest.NewMemStore(t), errors.New("the disk is gone")
	if _, err := store.Append(t.Context(), "thing-a", domain.NoStream,
		[]domain.Draft{draft(), draft(), draft()}); err != nil {
		t.Fatal(err)
	}
	for _, after := range []int{0, 2, 3} {
		store.FailRead(after, fault)
		if n, err := count(t, store); n != after || !errors.Is(err, fault) {
			t.Errorf("got %d events and %v, want %d and the fault", n, err, after)
		}
	}
	if n, err := count(t, store); n != 3 || err != nil {
		t.Errorf("afterwards: got %d events and %v", n, err)
	}
}
