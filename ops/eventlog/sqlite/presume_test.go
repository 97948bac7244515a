package sqlite_test

import (
	"errors"
	"testing"

	"signaalboek/domain"
	"signaalboek/ops/eventlog/sqlite"
)

// Given a log that was just opened and knows no stream yet, when drafts come for a stream that should have none, then it is
// found out whether it has: the same ones were recorded before, others are a conflict, and an id of another stream is taken
// and leaves nothing behind.
func TestAStreamIsOnlyPresumedToBeNew(t *testing.T) {
	old, borrowed := drafts(2), drafts(2)
	borrowed[1].ID = old[0].ID
	for name, when := range map[string]struct {
		stream domain.StreamID
		drafts []domain.Draft
		want   error
	}{
		"the same again":                {"thing-old", old, nil},
		"the first again":               {"thing-old", old[:1], nil},
		"the same and more":             {"thing-old", append(old[:2:2], drafts(1)...), domain.ErrConflict},
		"others":                        {"thing-old", drafts(1), domain.ErrConflict},
		"its own second id first":       {"thing-old", old[1:], domain.ErrConflict},
		"an id of another stream":       {"thing-new", old[1:], domain.ErrTaken},
		"such an id, and not the first": {"thing-new", borrowed, domain.ErrTaken},
	} {
		t.Run(name, func(t *testing.T) {
			path := fresh(t)
			first := open(t, path, sqlite.Options{})
			there, err := first.Append(t.Context(), "thing-old", domain.NoStream, old)
			if err = errors.Join(err, first.Close()); err != nil {
				t.Fatal(err)
			}
			log := open(t, path, sqlite.Options{})
			answer, err := log.Append(t.Context(), when.stream, domain.NoStream, when.drafts)
			if !errors.Is(err, when.want) {
				t.Errorf("got error %v, want %v", err, when.want)
			}
			if whole := len(when.drafts) == 2; err == nil && whole != (answer == there) {
				t.Errorf("it stands at %v, and its whole at %v", answer, there)
			}
			if end, err := log.End(t.Context()); err != nil || end != there {
				t.Errorf("the log ends at %v, and ended at %v: %v", end, there, err)
			}
			if _, err := log.Append(t.Context(), "thing-next", domain.NoStream, drafts(1)); err != nil {
				t.Fatal(err)
			}
			if err := log.Check(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
}
