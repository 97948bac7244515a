package esdbtest

import (
	"slices"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"
)

// Given a write that was under way when its node crashed, when it reaches the log after the crash, even after a restart,
// then nothing is persisted.
func TestNothingIsPersistedAfterACrash(t *testing.T) {
	n := Start(t)
	late := n.life.Load()
	for _, state := range []struct {
		name  string
		enter func()
	}{{"crashed", n.Crash}, {"restarted", n.Restart}} {
		state.enter()
		before, _ := n.cluster.log.seen(n.reach)
		_, _, err := n.cluster.log.append(write{"s", expectNoStream, []proposal{{id: uuid.New()}}}, late.mayWrite)
		after, _ := n.cluster.log.seen(n.reach)
		if err == nil || len(after) != len(before) {
			t.Errorf("%s: %d records became %d, %v", state.name, len(before), len(after), err)
		}
	}
}

// Given writers who each expect what they last saw, and who ask again at random, because they were not answered, then
// each of their events stands in the log once, and in their order.
func TestRetriesAddNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		log, may := newEventLog(), func() error { return nil }
		var sent []write
		var want []uuid.UUID
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			w := write{stream: "s", expected: int64(len(want)) - 1}
			again := len(sent) > 0 && rapid.Bool().Draw(t, "again")
			if again {
				w = rapid.SampledFrom(sent).Draw(t, "which")
			} else {
				for range rapid.IntRange(1, 3).Draw(t, "events") {
					w.events = append(w.events, proposal{id: uuid.New()})
					want = append(want, w.events[len(w.events)-1].id)
				}
				sent = append(sent, w)
			}
			if rapid.IntRange(0, 9).Draw(t, "restart") == 0 {
				log.forget()
			}
			last, _, err := log.append(w, may)
			if end := w.expected + int64(len(w.events)); err != nil || int64(last.revision) != end {
				t.Fatalf("asked again %v: got %+v, %v; want revision %d", again, last, err, end)
			}
		}
		got, _ := log.seenOf("s", func() int { return len(log.records) })
		if !slices.EqualFunc(got, want, func(r *record, id uuid.UUID) bool { return r.id == id }) {
			t.Fatalf("stored %d events, want %d in their order", len(got), len(want))
		}
	})
}
