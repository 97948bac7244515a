package ledger_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/ledger"
	"signaalboek/domain/signal"
)

// forget has the vault forget something that no command of these tests is about.
func (d *desk) forget() {
	d.t.Helper()
	if err := d.vault.Forget(d.t.Context(), uuid.New()); err != nil {
		d.t.Fatal(err)
	}
}

// Given a command that was recorded, when something is forgotten and the command comes once more, then the answer is that
// of the first time, and nothing is recorded. So it is if it asks something else now: nobody can tell.
func TestCommandComesAgainAfterAForgetting(t *testing.T) {
	d := newDesk(t)
	create, note := d.meta(), d.meta()
	created, err := d.Signals.Create(t.Context(), pickUp(), create)
	if err != nil {
		t.Fatal(err)
	}
	noted, err := d.Signals.Execute(t.Context(), ledger.Target{Stream: created.Stream}, signal.Note{Wording: "Te ver."}, note)
	if err != nil {
		t.Fatal(err)
	}
	recorded := len(d.events())
	d.forget()
	elsewhere := pickUp()
	elsewhere.Themes = []domain.Code{"werk"}
	again := func(want ledger.Receipt, got ledger.Receipt, err error) {
		t.Helper()
		want.Revision, want.Repeated = noted.Revision, true
		if err != nil || got != want {
			t.Errorf("%+v, %v, and not %+v", got, err, want)
		}
	}
	for _, asked := range []signal.PickUp{pickUp(), elsewhere} {
		got, err := d.Signals.Create(t.Context(), asked, create)
		again(created, got, err)
	}
	got, err := d.Signals.Execute(t.Context(), ledger.Target{Stream: created.Stream}, signal.Note{Wording: "Te ver."}, note)
	again(noted, got, err)
	if now := len(d.events()); now != recorded {
		t.Errorf("%d events more", now-recorded)
	}
}

// Given that something was forgotten, when a command that was recorded since comes once more, then it is the same only if
// it asks the same.
func TestCommandSinceAForgettingIsCompared(t *testing.T) {
	d := newDesk(t)
	d.forget()
	meta := d.meta()
	meta.At = time.Now().Add(time.Minute)
	if _, err := d.Signals.Create(t.Context(), pickUp(), meta); err != nil {
		t.Fatal(err)
	}
	if again, err := d.Signals.Create(t.Context(), pickUp(), meta); err != nil || !again.Repeated {
		t.Errorf("%+v, %v", again, err)
	}
	other := pickUp()
	other.Themes = []domain.Code{"werk"}
	_, err := d.Signals.Create(t.Context(), other, meta)
	d.refused(ledger.ErrReused, err)
}

// Given a command whose answers are lost, and a forgetting in between, then it is still found, and recorded once.
func TestLostAnswersAndAForgetting(t *testing.T) {
	d := newDesk(t)
	recorded := len(d.events())
	d.store.LoseReplies(1)
	d.store.BeforeAppend(d.forget)
	if receipt, err := d.Signals.Create(t.Context(), pickUp(), d.meta()); err != nil || receipt.Events != 1 {
		t.Errorf("%+v, %v", receipt, err)
	}
	if now := len(d.events()); now != recorded+1 {
		t.Errorf("%d events more", now-recorded)
	}
}
