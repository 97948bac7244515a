package projections

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"testing"
)

// chain is the events behind what was proposed.
func (d *diary) chain(of Edited) []ChainStep {
	set, err := Before(context.Background(), d.store, d.vault, of.Release.Counted)
	d.check(err)
	chain, err := set.Chain(context.Background(), of)
	d.check(err)
	return chain
}

// Every step that is printed has its event, and what leads up to the first of them has none: who was heard where is not
// shown. Of two feedbacks in one half-year, which stand there as one, there is the first.
func TestTheChainBehindAnEdition(t *testing.T) {
	d := openedDiary(t)
	busRoad(d)
	var got []string
	for _, step := range d.chain(d.propose(day(400))) {
		got = append(got, string(step.Of)+" "+step.Name)
		for event, err := range d.store.ReadStream(context.Background(), step.Stream, step.Revision) {
			d.check(err)
			if event.Position != step.Position || event.Name != step.Name {
				t.Errorf("%s/%d is %s at %s", step.Stream, step.Revision, event.Name, event.Position)
			}
			break
		}
	}
	want := []string{"S1 signal.scheduled.v1", "S1 signal.discussed.v1", "S1 signal.scheduled.v1", "S1 signal.decided.v1", "S1 signal.fed-back.v1"}
	if !slices.Equal(got, want) {
		t.Errorf("behind it stand %s", got)
	}
}

// What was recorded after the proposal is not behind it, and neither is what no edition tells.
func TestTheChainEndsAtTheProposal(t *testing.T) {
	d := openedDiary(t)
	busRoad(d)
	d.write(day(20), signalNo(2), picked(partner("caw"), "werk"))
	d.write(day(21), signalNo(2), scheduled("team-opstap", day(30)))
	of := d.propose(day(400))
	before := d.chain(of)
	d.write(day(401), signalNo(1), fedBack(inFocusgroep(1)))
	if after := d.chain(of); len(before) != 5 || !reflect.DeepEqual(before, after) {
		t.Errorf("%d events, and then %d", len(before), len(after))
	}
	if _, err := d.set().Chain(context.Background(), of); !errors.Is(err, ErrNotBefore) {
		t.Errorf("of a set that stands elsewhere: %v", err)
	}
}
