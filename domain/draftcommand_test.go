package domain_test

import (
	"errors"
	"testing"

	"github.com/google/uuid"

	"signaalboek/domain"
)

func TestDraftCommandsAreSavedOverWhatTheirAuthorSaw(t *testing.T) {
	first := domain.DraftCommand{
		ID: uuid.UUID{1}, Practice: "harelbeke", Author: uuid.UUID{2}, Subject: "signal-a", Path: "note", Body: []byte("{}"),
	}
	kept := first
	kept.Revision = 1
	if saved, err := first.SavedOver(domain.DraftCommand{}); err != nil || saved.Revision != 1 {
		t.Fatalf("saved as revision %d, %v", saved.Revision, err)
	}
	for name, c := range map[string]struct {
		change   func(*domain.DraftCommand)
		revision int
		want     error
	}{
		"the same twice":        {func(d *domain.DraftCommand) { d.Revision = 0 }, 1, nil},
		"a next one":            {func(*domain.DraftCommand) {}, 2, nil},
		"by a colleague":        {func(d *domain.DraftCommand) { d.Author = uuid.UUID{3} }, 2, nil},
		"twice, by a colleague": {func(d *domain.DraftCommand) { d.Revision, d.Author = 0, uuid.UUID{3} }, 0, domain.ErrDraftChanged},
		"twice, otherwise":      {func(d *domain.DraftCommand) { d.Revision, d.Body = 0, []byte("[]") }, 0, domain.ErrDraftChanged},
		"of another practice":   {func(d *domain.DraftCommand) { d.Practice = "elders" }, 0, domain.ErrNoDraft},
		"about another thing":   {func(d *domain.DraftCommand) { d.Subject = "signal-b" }, 0, domain.ErrDraftChanged},
		"as another command":    {func(d *domain.DraftCommand) { d.Path = "word" }, 0, domain.ErrDraftChanged},
		"over one not seen":     {func(d *domain.DraftCommand) { d.Revision = 2 }, 0, domain.ErrDraftChanged},
	} {
		draft := kept
		c.change(&draft)
		saved, err := draft.SavedOver(kept)
		if !errors.Is(err, c.want) || c.want == nil && saved.Revision != c.revision {
			t.Errorf("%s: revision %d, %v, want %d, %v", name, saved.Revision, err, c.revision, c.want)
		}
	}
}
