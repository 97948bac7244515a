package ledger_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/ledger"
	"signaalboek/domain/proof"
	"signaalboek/domain/signal"
)

func wanted(names ...string) func(string) bool {
	return func(name string) bool { return slices.Contains(names, name) }
}

// Whatever the revision, an event is shown as it was recorded, with the fields that are wanted and no others.
func TestDisclosing(t *testing.T) {
	d := newDesk(t)
	id := d.pickedUp()
	d.must(id, signal.Note{Wording: "Te ver."}, signal.Word{Statement: "Het is te ver."})
	for revision, recorded := range d.eventsOf(id) {
		shown, at, err := d.Disclose(t.Context(), id, domain.Revision(revision), wanted("@practice", "version", "themes"))
		if err != nil {
			t.Fatal(err)
		}
		leaf, err := proof.Leaf(recorded)
		if err != nil || shown.Frame().Leaf() != leaf || at != recorded.Position || shown.Check() != nil {
			t.Errorf("revision %d: another event is shown, or its fields are not its own: %v", revision, err)
		}
		if _, said := shown.Field("@actor"); said || len(shown.Fields) == 0 || len(shown.Fields) == len(shown.Commitments) {
			t.Errorf("revision %d shows %d fields of %d", revision, len(shown.Fields), len(shown.Commitments))
		}
		if practice, _ := shown.Field("@practice"); string(practice) != `"harelbeke-centrum"` {
			t.Errorf("revision %d is of %s", revision, practice)
		}
	}
	if _, _, err := d.Disclose(t.Context(), id, 99, wanted()); !errors.Is(err, ledger.ErrUnknown) {
		t.Errorf("an event that there is not: %v", err)
	}
}

// What was forgotten is not shown any more; what was recorded since, under a new seed, is.
func TestWhatWasForgottenIsNotDisclosed(t *testing.T) {
	d := newDesk(t)
	id := d.pickedUp()
	keys, err := d.Keys(t.Context(), harelbeke, id)
	if err == nil {
		err = d.vault.ForgetSubject(t.Context(), harelbeke, id, keys...)
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.Disclose(t.Context(), id, 0, wanted("themes")); !errors.Is(err, domain.ErrForgotten) || strings.Contains(err.Error(), "werk") {
		t.Errorf("what was forgotten: %v", err)
	}
	d.must(id, signal.Note{Wording: "Te ver."})
	if _, _, err := d.Disclose(t.Context(), id, 1, wanted("@practice")); err != nil {
		t.Errorf("what was recorded since: %v", err)
	}
}

// eventsOf is what was recorded of one stream.
func (d *desk) eventsOf(stream domain.StreamID) (all []domain.Recorded) {
	for _, r := range d.events() {
		if r.Stream == stream {
			all = append(all, r)
		}
	}
	return all
}

// Steps of signals and recommendations are shown under their ids and those of their streams, which do not tell when they
// were recorded, or first heard; a repeated command still makes the same ones.
func TestIdsThatOutsidersSeeTellNoTime(t *testing.T) {
	d := newDesk(t)
	command := uuid.Must(uuid.NewV7())
	begins := func(stream domain.StreamID) bool {
		_, id, _ := strings.Cut(string(stream), "-")
		return strings.HasPrefix(id, command.String()[:13])
	}
	if !begins(d.Contacts.NewStream(harelbeke, command)) {
		t.Error("contacts would not stand in order of time")
	}
	for _, stream := range []domain.StreamID{d.Signals.NewStream(harelbeke, command), d.Recommendations.NewStream(harelbeke, command)} {
		if begins(stream) || !stream.Valid() {
			t.Errorf("%s tells when it was made", stream)
		}
	}
	meta := d.meta()
	meta.Command = command
	for range 2 {
		receipt, err := d.Signals.Create(t.Context(), pickUp(), meta)
		if err != nil || receipt.Stream != d.Signals.NewStream(harelbeke, command) {
			t.Errorf("created %s, %v", receipt.Stream, err)
		}
		for _, event := range d.eventsOf(receipt.Stream) {
			if event.ID.Version() == 7 || strings.HasPrefix(event.ID.String(), command.String()[:13]) {
				t.Errorf("%s tells when it was made", event.ID)
			}
		}
	}
}
