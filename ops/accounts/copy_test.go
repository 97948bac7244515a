package accounts

import (
	"errors"
	"testing"
)

// Everybody who could sign in, or was signed in, can and is in the copy, wherever the two are kept; the first actor is
// still the first.
func TestCopy(t *testing.T) {
	everywhere(t, func(t *testing.T, open replica) {
		everywhere(t, func(t *testing.T, openCopy replica) {
			ctx, from, to := t.Context(), open(), openCopy()
			for range 5 {
				from.Add(ctx, "harelbeke-centrum", Worker)
			}
			first, err := from.First(ctx)
			if err != nil {
				t.Fatal(err)
			}
			last, token, _ := from.Add(ctx, "harelbeke-centrum", Coordinator)
			used, link := linked(t, from, last), linked(t, from, last)
			session, _, err := from.OpenSession(ctx, used, now)
			if err != nil {
				t.Fatal(err)
			}
			for range 2 {
				if err := from.CopyTo(ctx, to); err != nil {
					t.Fatal(err)
				}
			}
			if actor, err := to.First(ctx); err != nil || actor != first {
				t.Errorf("first %v: %v", actor, err)
			}
			if actor, err := to.ByToken(ctx, token); err != nil || actor != last {
				t.Errorf("by token %v: %v", actor, err)
			}
			if actor, err := to.BySession(ctx, session, now); err != nil || actor != last {
				t.Errorf("by session %v: %v", actor, err)
			}
			if _, _, err := to.OpenSession(ctx, used, now); !errors.Is(err, ErrNobody) {
				t.Errorf("a used link: %v", err)
			}
			if _, actor, err := to.OpenSession(ctx, link, now); err != nil || actor != last {
				t.Errorf("by link %v: %v", actor, err)
			}
		})
	})
}

// Accounts of others are refused, and stay as they are.
func TestCopyReplacesNobody(t *testing.T) {
	everywhere(t, func(t *testing.T, open replica) {
		everywhere(t, func(t *testing.T, openCopy replica) {
			ctx, from, to := t.Context(), open(), openCopy()
			from.Add(ctx, "harelbeke-centrum", Coordinator)
			somebody, token, _ := to.Add(ctx, "zillebeke", Worker)
			if err := from.CopyTo(ctx, to); !errors.Is(err, ErrOther) {
				t.Errorf("copied over: %v", err)
			}
			if actor, err := to.ByToken(ctx, token); err != nil || actor != somebody {
				t.Errorf("somebody became %v: %v", actor, err)
			}
		})
	})
}
