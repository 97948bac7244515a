package accounts

import (
	"context"
	"errors"
	"iter"
	"slices"
	"testing"
)

func dumped(t *testing.T, a *Accounts) (records []string) {
	t.Helper()
	err := a.Dump(t.Context(), func(record []byte) error {
		records = append(records, string(record))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return records
}

func each(records ...string) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for _, record := range records {
			if !yield([]byte(record), nil) {
				return
			}
		}
	}
}

// Whoever could sign in can in what a dump was restored to, wherever the two are kept; who was signed in is not.
func TestDump(t *testing.T) {
	everywhere(t, func(t *testing.T, open replica) {
		everywhere(t, func(t *testing.T, openCopy replica) {
			ctx, from, to := t.Context(), open(), openCopy()
			for range 3 {
				from.Add(ctx, "harelbeke-centrum", Worker)
			}
			first, err := from.First(ctx)
			if err != nil {
				t.Fatal(err)
			}
			last, token, _ := from.Add(ctx, "zillebeke", Coordinator)
			session, _, err := from.OpenSession(ctx, linked(t, from, last), now)
			if err != nil {
				t.Fatal(err)
			}
			records := dumped(t, from)
			if err := to.Fill(ctx, each(records...)); err != nil {
				t.Fatal(err)
			}
			if actor, err := to.First(ctx); err != nil || actor != first {
				t.Errorf("first %v: %v", actor, err)
			}
			if actor, err := to.ByToken(ctx, token); err != nil || actor != last {
				t.Errorf("by token %v: %v", actor, err)
			}
			if _, err := to.BySession(ctx, session, now); !errors.Is(err, ErrNobody) {
				t.Errorf("by session: %v", err)
			}
			if again := dumped(t, to); !slices.Equal(again, records) {
				t.Errorf("dumped again: %d records, not %d", len(again), len(records))
			}
			linked(t, to, last) // who signs in since is no other actor
			if err := to.Fill(ctx, each(records...)); err != nil {
				t.Errorf("asked again: %v", err)
			}
			if err := to.Fill(ctx, each(records[1:]...)); !errors.Is(err, ErrOther) {
				t.Errorf("others: %v", err)
			}
		})
	})
}

func TestFillRefuses(t *testing.T) {
	const good = "6f1c4c1e-9a52-4a55-b2d5-8b0c86b4c4a1 harelbeke-centrum worker " +
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
	everywhere(t, func(t *testing.T, open replica) {
		a := open()
		for _, record := range []string{"", "x", good[1:], good + "00", good + " x", "6f1c4c1e-9a52-4a55-b2d5-8b0c86b4c4a1 harelbeke-centrum king " + good[62:]} {
			if err := a.Fill(t.Context(), each(good, record)); !errors.Is(err, ErrDump) {
				t.Errorf("%q: %v", record, err)
			}
		}
		if _, err := a.First(context.Background()); !errors.Is(err, ErrNobody) {
			t.Errorf("somebody is there: %v", err)
		}
	})
}
