package domaintest

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"
	"signaalboek/domain"
)

var draftingTests = map[string]func(*testing.T, domain.Vault){
	"a draft is kept and changed":           draftsChanged,
	"a draft saved twice is saved once":     draftsOnce,
	"a draft that moved on is not overrun":  draftsNotOverrun,
	"a draft stays what it is about":        draftsStay,
	"a draft of one's own practice":         draftsOfPractice,
	"a dropped draft is gone":               draftsDropped,
	"of all who change a draft, one does":   draftsContended,
	"a draft goes with what it is about":    draftsForgotten,
	"what is handed out is the asker's own": draftsHandedOut,
}

func someDraft() domain.DraftCommand {
	return domain.DraftCommand{
		ID: uuid.New(), Practice: ownPractice, Author: uuid.New(), Subject: "signal-1", Path: "signal/note",
		Body: []byte(`{"text":"De bus rijdt niet na zes uur."}`),
	}
}

func mustSave(t *testing.T, v domain.Vault, draft domain.DraftCommand) domain.DraftCommand {
	t.Helper()
	revision, err := v.SaveDraft(t.Context(), draft)
	noFault(t, err)
	draft.Revision = revision
	return draft
}

// holds asks for a draft by its id and from the list, and wants exactly that.
func holds(t *testing.T, v domain.Vault, want domain.DraftCommand) {
	t.Helper()
	got, err := v.Draft(t.Context(), want.Practice, want.ID)
	noFault(t, err)
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("another draft than the one at revision %d", want.Revision)
	}
	all, err := v.Drafts(t.Context(), want.Practice)
	noFault(t, err)
	for _, listed := range all {
		if listed.ID == want.ID && fmt.Sprint(listed) == fmt.Sprint(want) {
			return
		}
	}
	t.Errorf("the draft is not listed as it is")
}

func draftsChanged(t *testing.T, v domain.Vault) {
	draft := someDraft()
	for n := range 3 {
		draft.Body, draft.Author = fmt.Append(nil, "versie ", n), uuid.New()
		draft = mustSave(t, v, draft)
		if draft.Revision != n+1 {
			t.Errorf("saved %d times it is at revision %d", n+1, draft.Revision)
		}
		holds(t, v, draft)
	}
	empty := someDraft()
	empty.Body = nil
	holds(t, v, mustSave(t, v, empty))
}

func draftsOnce(t *testing.T, v domain.Vault) {
	draft := someDraft()
	first := mustSave(t, v, draft)
	if again := mustSave(t, v, draft); again.Revision != first.Revision {
		t.Errorf("saved again it is at revision %d", again.Revision)
	}
	first.Body = []byte("anders")
	second := mustSave(t, v, first)
	if again := mustSave(t, v, first); again.Revision != second.Revision {
		t.Errorf("changed again it is at revision %d", again.Revision)
	}
	if all, err := v.Drafts(t.Context(), ownPractice); err != nil || len(all) != 1 {
		t.Errorf("%d drafts: %v", len(all), err)
	}
}

func draftsNotOverrun(t *testing.T, v domain.Vault) {
	draft := someDraft()
	kept := mustSave(t, v, mustSave(t, v, draft))
	for _, at := range []int{0, 1, 3, -1} {
		stale := draft
		stale.Revision, stale.Body = at, []byte("te laat")
		if _, err := v.SaveDraft(t.Context(), stale); !errors.Is(err, domain.ErrDraftChanged) {
			t.Errorf("saved over revision 2 as if it were %d: %v", at, err)
		}
	}
	unknown := someDraft()
	unknown.Revision = 1
	if _, err := v.SaveDraft(t.Context(), unknown); !errors.Is(err, domain.ErrDraftChanged) {
		t.Errorf("changed a draft that never was: %v", err)
	}
	holds(t, v, kept)
}

func draftsStay(t *testing.T, v domain.Vault) {
	kept := mustSave(t, v, someDraft())
	for name, tt := range map[string]struct {
		change func(*domain.DraftCommand)
		want   error
	}{
		"another subject":  {func(d *domain.DraftCommand) { d.Subject = "signal-2" }, domain.ErrDraftChanged},
		"another command":  {func(d *domain.DraftCommand) { d.Path = "signal/word" }, domain.ErrDraftChanged},
		"another practice": {func(d *domain.DraftCommand) { d.Practice = otherPractice }, domain.ErrNoDraft},
	} {
		other := kept
		tt.change(&other)
		if _, err := v.SaveDraft(t.Context(), other); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	holds(t, v, kept)
}

func draftsOfPractice(t *testing.T, v domain.Vault) {
	var want []string
	for _, subject := range []domain.StreamID{"signal-1", "signal-2", "signal-3"} {
		draft := someDraft()
		draft.Subject = subject
		want = append(want, fmt.Sprint(mustSave(t, v, draft)))
	}
	all, err := v.Drafts(t.Context(), ownPractice)
	noFault(t, err)
	if len(all) != len(want) {
		t.Fatalf("%d drafts, not %d", len(all), len(want))
	}
	for i, draft := range all {
		if fmt.Sprint(draft) != want[i] {
			t.Errorf("draft %d is not the one about %s", i, draft.Subject)
		}
	}
	if none, err := v.Drafts(t.Context(), otherPractice); err != nil || len(none) != 0 {
		t.Errorf("drafts of another practice: %d, %v", len(none), err)
	}
	for _, ask := range []func() error{
		func() error { _, err := v.Draft(t.Context(), otherPractice, all[0].ID); return err },
		func() error { _, err := v.Draft(t.Context(), ownPractice, uuid.New()); return err },
		func() error { return v.DropDraft(t.Context(), otherPractice, all[0].ID) },
		func() error { return v.DropDraft(t.Context(), ownPractice, uuid.New()) },
	} {
		if err := ask(); !errors.Is(err, domain.ErrNoDraft) {
			t.Errorf("a draft of another practice, or none: %v", err)
		}
	}
}

func draftsDropped(t *testing.T, v domain.Vault) {
	asked := someDraft()
	kept, stays := mustSave(t, v, asked), mustSave(t, v, someDraft())
	noFault(t, v.DropDraft(t.Context(), ownPractice, kept.ID))
	noFault(t, v.DropDraft(t.Context(), ownPractice, kept.ID))
	gone(t, v, asked)
	holds(t, v, stays)
}

// gone wants a draft to be nowhere, and not to come back when its first saving is repeated late.
func gone(t *testing.T, v domain.Vault, asked domain.DraftCommand) {
	t.Helper()
	if _, err := v.SaveDraft(t.Context(), asked); !errors.Is(err, domain.ErrNoDraft) {
		t.Errorf("saved when it was gone: %v", err)
	}
	if _, err := v.Draft(t.Context(), asked.Practice, asked.ID); !errors.Is(err, domain.ErrNoDraft) {
		t.Errorf("a draft that is gone: %v", err)
	}
	all, err := v.Drafts(t.Context(), asked.Practice)
	noFault(t, err)
	for _, draft := range all {
		if draft.ID == asked.ID {
			t.Error("a draft that is gone is listed")
		}
	}
}

func draftsContended(t *testing.T, v domain.Vault) {
	kept := mustSave(t, v, someDraft())
	var all sync.WaitGroup
	var saved atomic.Int32
	for i := range 8 {
		all.Go(func() {
			mine := kept
			mine.Body = fmt.Append(nil, "versie van ", i)
			switch _, err := v.SaveDraft(t.Context(), mine); {
			case err == nil:
				saved.Add(1)
			case !errors.Is(err, domain.ErrDraftChanged):
				t.Errorf("fault: %v", err)
			}
		})
	}
	all.Wait()
	if saved.Load() != 1 {
		t.Errorf("%d were told that their change of one revision is kept", saved.Load())
	}
}

func draftsForgotten(t *testing.T, v domain.Vault) {
	asked, other := someDraft(), someDraft()
	other.Subject = "signal-2"
	mustSave(t, v, asked)
	stays := mustSave(t, v, other)
	noFault(t, v.ForgetSubject(t.Context(), ownPractice, asked.Subject))
	gone(t, v, asked)
	holds(t, v, stays)
}

func draftsHandedOut(t *testing.T, v domain.Vault) {
	mine := someDraft()
	kept := mustSave(t, v, mine)
	got, err := v.Draft(t.Context(), ownPractice, mine.ID)
	noFault(t, err)
	kept.Body = append([]byte(nil), kept.Body...)
	got.Body[0], mine.Body[0] = 'x', 'y'
	holds(t, v, kept)
}
