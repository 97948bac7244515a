package bundle_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"signaalboek/domain"
	"signaalboek/domain/bundle"
	"signaalboek/domain/pursuit"
)

// world is a practice whose signals are raised, answered, told of, bundled, unbundled and split at random. Beside the
// debts it keeps what must hold whatever happens, worked out the slow way.
type world struct {
	state    bundle.State
	debts    pursuit.Debts
	at       domain.Position
	log      []domain.Entry
	raised   map[domain.StreamID]map[pursuit.Setting]bool // by the signal itself
	promised map[debt]bool                                // owed to those who raised the signal that was answered
}

// debt is one outcome that one setting was not told.
type debt struct {
	signal  domain.StreamID // that was answered, or that was part of what was answered
	setting pursuit.Setting
	outcome domain.Position
}

func signals() []domain.StreamID {
	var all []domain.StreamID
	for i := range 6 {
		all = append(all, domain.StreamID(fmt.Sprintf("signal-%d", i)))
	}
	return all
}

var exist = func() bundle.Facts {
	f := bundle.Facts{Signals: map[domain.StreamID]pursuit.SignalFact{}}
	for _, id := range signals() {
		f.Signals[id] = pursuit.SignalFact{}
	}
	return f
}()

func newWorld() *world {
	return &world{raised: map[domain.StreamID]map[pursuit.Setting]bool{}, promised: map[debt]bool{}}
}

// tick is the next place in the log.
func (w *world) tick() domain.Position {
	w.at.Commit++
	return w.at
}

func (w *world) record(t *rapid.T, command bundle.Command) {
	events, err := bundle.Decider.Decide(w.state, exist, command)
	if err != nil {
		return
	}
	for _, e := range events {
		entry := domain.Entry{Stream: "bundles-x", Position: w.tick(), Event: e}
		w.log = append(w.log, entry)
		w.debts.Apply(entry)
		w.state = bundle.Decider.Evolve(w.state, e)
	}
	again, err := bundle.Decider.Decide(w.state, exist, command)
	if err != nil || len(again) > 0 {
		t.Fatalf("%T repeated: %d events, %v", command, len(again), err)
	}
}

// whole is a signal and all that is bundled into it.
func (w *world) whole(id domain.StreamID) []domain.StreamID {
	return append(w.state.Members(id), id)
}

func (w *world) step(t *rapid.T) {
	id := rapid.SampledFrom(signals()).Draw(t, "signal")
	some := rapid.SliceOfN(rapid.SampledFrom(signals()), 1, 3).Draw(t, "others")
	setting := pursuit.Setting{Kind: pursuit.InSurvey, Year: rapid.IntRange(2020, 2022).Draw(t, "year")}
	switch rapid.IntRange(0, 5).Draw(t, "what") {
	case 0:
		w.raise(id, setting)
	case 1:
		w.answer(w.state.Top(id))
	case 2:
		w.tell(w.state.Top(id), setting)
	case 3:
		w.record(t, bundle.Bundle{Signals: some, Into: id})
	case 4:
		w.record(t, bundle.Unbundle{Signal: id})
	case 5:
		w.record(t, bundle.SplitUp{Signal: id, Into: some})
	}
}

func (w *world) raise(id domain.StreamID, s pursuit.Setting) {
	w.tick()
	w.debts.Raise(id, s)
	if w.raised[id] == nil {
		w.raised[id] = map[pursuit.Setting]bool{}
	}
	w.raised[id][s] = true
}

func (w *world) answer(top domain.StreamID) {
	at := w.tick()
	w.debts.Outcome(top, at, 1)
	for _, member := range w.whole(top) {
		for s := range w.raised[member] {
			w.promised[debt{member, s, at}] = true
		}
	}
}

func (w *world) tell(top domain.StreamID, s pursuit.Setting) {
	w.debts.Told(top, s)
	for _, member := range w.whole(top) {
		for owed := range w.promised {
			if owed.signal == member && owed.setting == s {
				delete(w.promised, owed)
			}
		}
	}
}

// check holds the laws of rule 2 and 3.
func (w *world) check(t *rapid.T) {
	for _, id := range signals() {
		top := w.state.Top(id)
		if w.debts.Top(id) != top {
			t.Fatalf("%s leads to %s in the bundles and to %s in the debts", id, top, w.debts.Top(id))
		}
		if slices.Contains(w.state.Members(id), id) || slices.Contains(w.state.Parts(id), id) {
			t.Fatalf("%s goes into itself", id)
		}
		w.checkSettings(t, id, top)
	}
	for owed := range w.promised {
		w.checkOwed(t, owed)
	}
}

// checkSettings holds that no evidence is lost: who raised a signal counts for whatever it became.
func (w *world) checkSettings(t *rapid.T, id, top domain.StreamID) {
	for s := range w.raised[id] {
		for _, became := range append(w.state.Parts(top), top) {
			if !slices.Contains(w.debts.Settings(w.debts.Top(became)), s) {
				t.Fatalf("%s was raised in %v, which %s does not know", id, s, became)
			}
		}
	}
}

// checkOwed holds that no debt is lost: it stands with whatever the signal is pursued through.
func (w *world) checkOwed(t *rapid.T, owed debt) {
	top := w.state.Top(owed.signal)
	for _, standing := range w.debts.Owed(top) {
		if standing.Setting == owed.setting && !owed.outcome.Before(standing.Oldest.At) {
			return
		}
	}
	t.Fatalf("%v is owed outcome %v of %s, and %s does not know: %+v", owed.setting, owed.outcome, owed.signal, top, w.debts.Owed(top))
}

func TestRule2And3BundlingLosesNothingAndFormsNoCircle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld()
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			w.step(t)
			w.check(t)
		}
	})
}

func TestReplayEqualsIncremental(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld()
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			w.step(t)
		}
		replayed := bundle.State{}
		for _, e := range w.log {
			replayed = bundle.Decider.Evolve(replayed, e.Event.(bundle.Event))
		}
		for _, id := range signals() {
			if replayed.Top(id) != w.state.Top(id) || !slices.Equal(replayed.Members(id), w.state.Members(id)) ||
				!slices.Equal(replayed.Kin(id), w.state.Kin(id)) {
				t.Fatalf("%s stands elsewhere when replayed", id)
			}
		}
	})
}
