package release_test

import (
	"encoding/binary"
	"errors"
	"reflect"
	"slices"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"signaalboek/domain"
	"signaalboek/domain/release"
	"signaalboek/domain/vocabulary"
)

// world is a practice whose coordinator and colleague ask anything of its releases, in any order. Texts are sealed as
// the ledger does, each under a key of its own.
type world struct {
	book   vocabulary.Book
	state  release.State
	events []release.Event
	states []release.State // before each event
	asked  uint64
	keys   uint64
}

// next is an id that nothing had before.
func next(count *uint64, kind byte) uuid.UUID {
	*count++
	id := uuid.UUID{0: kind}
	binary.BigEndian.PutUint64(id[8:], *count)
	return id
}

func (w *world) sealed(event release.Event) release.Event {
	if e, ok := event.(release.SentenceWritten); ok && !e.Text.IsZero() {
		e.Text = domain.Sealed{Key: next(&w.keys, 't'), Box: "box"}
		return e
	}
	return event
}

// draw is any command, with fields that often can be meant.
func (w *world) draw(t *rapid.T) release.Command {
	ids := []release.ID{{1: 1}}
	for _, r := range w.state.Releases() {
		ids = append(ids, r.ID)
	}
	slices.Reverse(ids) // the last one is the likeliest
	id := rapid.SampledFrom(ids).Draw(t, "release")
	period := rapid.SampledFrom([]release.Period{half, whole, {Year: 2025, Part: release.WholeYear}, {}}).Draw(t, "period")
	b := w.built(t, id)
	write := release.Write{
		Release: id, Edition: release.Council, Place: rapid.SampledFrom([]release.Place{release.Opening, release.Closing, release.Heard}).Draw(t, "place"),
		Text: rapid.SampledFrom([]string{"", "Een zin."}).Draw(t, "text"),
	}
	reason := rapid.SampledFrom([]release.WithdrawalReason{release.ErasedText, release.Mistaken, ""}).Draw(t, "reason")
	return rapid.SampledFrom([]release.Command{
		release.Propose{Period: period}, release.Propose{Period: period}, write, release.Publish{Release: id, Built: b},
		release.Publish{Release: id, Built: b}, release.Publish{Release: id, Built: b}, release.Drop{Release: id},
		release.Withdraw{Release: id, Reason: reason}, release.Anchor{Release: id, Proof: proven(int64(len(w.events) + 1))},
		release.RecordForeign{ForeignTable: elsewhere}, release.WithdrawForeign{Foreign: w.anyForeign(t)},
	}).Draw(t, "command")
}

// anyForeign is a foreign table that was recorded, if there is one.
func (w *world) anyForeign(t *rapid.T) release.ForeignID {
	ids := []release.ForeignID{{1: 1}}
	for _, event := range w.events {
		if e, ok := event.(release.ForeignRecorded); ok {
			ids = append(ids, e.Foreign)
		}
	}
	return rapid.SampledFrom(ids).Draw(t, "foreign")
}

// built is files for a release, in any widths, or in those of an earlier one.
func (w *world) built(t *rapid.T, id release.ID) release.Built {
	width := rapid.SampledFrom([]release.Width{release.Exact, release.ByFive, release.ByTen, release.ByTwenty, release.Unpublished})
	b := built(width.Draw(t, "headline"), width.Draw(t, "themes"), w.texts(t, id)...)
	if _, out := w.history(id); len(out) > 0 && rapid.Bool().Draw(t, "as before") {
		b.Widths = rapid.SampledFrom(out).Draw(t, "before").Widths
	}
	return b
}

// texts is the keys of what is said in a release, or of less.
func (w *world) texts(t *rapid.T, id release.ID) (keys []uuid.UUID) {
	r, _ := w.state.Release(id)
	for _, sentence := range r.Sentences {
		keys = append(keys, sentence.Text.Key)
	}
	slices.SortFunc(keys, func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) })
	if len(keys) > 0 && rapid.IntRange(0, 3).Draw(t, "one less") == 0 {
		keys = keys[1:]
	}
	return keys
}

func (w *world) step(t *rapid.T) {
	facts := by(rapid.SampledFrom([]domain.ActorID{coordinator, colleague}).Draw(t, "actor"))
	facts.Release, facts.Foreign, facts.Book = next(&w.asked, 'r'), next(&w.asked, 'f'), w.book
	command := w.draw(t)
	events, err := release.Decider.Decide(w.state, facts, command)
	if _, refused := errors.AsType[*domain.Refusal](err); err != nil && (!refused || len(events) > 0) {
		t.Fatalf("%#v: %v, and %d events", command, err, len(events))
	}
	for _, event := range events {
		w.check(t, facts, event)
		w.states, w.events = append(w.states, w.state), append(w.events, w.sealed(event))
		w.state = release.Decider.Evolve(w.state, w.events[len(w.events)-1])
	}
	if write, ok := command.(release.Write); len(events) == 0 || ok && write.Text != "" {
		return // a text that is sent twice is written twice
	}
	if again, err := release.Decider.Decide(w.state, facts, command); err != nil || len(again) > 0 {
		t.Fatalf("%#v, asked again: events %v, error %v", command, again, err)
	}
}

// check holds an event against what happened before it, worked out from the events alone.
func (w *world) check(t *rapid.T, facts release.Facts, event release.Event) {
	e, ok := event.(release.Published)
	if !ok {
		w.checkForeign(t, event)
		return
	}
	proposal, out := w.history(e.Release)
	for _, other := range out {
		if earlier, _ := w.history(other.Release); earlier.Period != proposal.Period {
			if proposal.Again == (release.ID{}) && earlier.Period == whole && proposal.Period == half {
				t.Fatal("a half year is published after the year that it is half of")
			}
			w.checkWidths(t, proposal, e, other)
		} else if !w.withdrawn(other.Release) {
			t.Fatalf("%v is published twice", proposal.Period)
		} else if !reflect.DeepEqual(e.Widths, other.Widths) {
			t.Fatalf("%v is published again with other figures", proposal.Period)
		}
	}
	if proposal.By == facts.Actor {
		t.Fatal("one person published")
	}
}

// checkForeign holds that what others published moves while nothing waits to be confirmed.
func (w *world) checkForeign(t *rapid.T, event release.Event) {
	switch event.(type) {
	case release.ForeignRecorded, release.ForeignWithdrawn:
		for _, r := range w.state.Releases() {
			if r.Phase == release.IsProposed {
				t.Fatalf("%s while %s is proposed", event.EventName(), r.Period)
			}
		}
	}
}

// checkWidths holds that a table never tells more than it told before, unless it tells what it told already.
func (w *world) checkWidths(t *rapid.T, proposal release.Proposed, e, other release.Published) {
	for i := range e.Widths {
		if e.Widths[i].Width.Narrower(other.Widths[i].Width) && proposal.Again == (release.ID{}) {
			t.Fatalf("%v after %v", e.Widths, other.Widths)
		}
	}
}

func (w *world) history(id release.ID) (proposal release.Proposed, out []release.Published) {
	for _, event := range w.events {
		switch e := event.(type) {
		case release.Proposed:
			if e.Release == id {
				proposal = e
			}
		case release.Published:
			out = append(out, e)
		}
	}
	return proposal, out
}

func (w *world) withdrawn(id release.ID) bool {
	return slices.ContainsFunc(w.events, func(event release.Event) bool {
		e, ok := event.(release.Withdrawn)
		return ok && e.Release == id
	})
}

// Whatever is tried in whatever order: no two releases of a period stand, one person publishes nothing, no table ever
// tells more than before, and what was folded before is not changed by what follows, so that replay equals incremental.
func TestWhateverIsTried(t *testing.T) {
	words := book(t)
	rapid.Check(t, func(t *rapid.T) {
		w := &world{book: words}
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			w.step(t)
		}
		for n, state := range append(w.states, w.state) {
			if replayed := release.Decider.Fold(release.Decider.Initial, w.events[:n]...); !reflect.DeepEqual(state, replayed) {
				t.Fatalf("after %d events %#v, replayed %#v", n, state, replayed)
			}
		}
	})
}
