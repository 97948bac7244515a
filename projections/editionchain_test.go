package projections

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"

	"signaalboek/domain"
	"signaalboek/domain/catalog"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/signal"
)

// chain is the events behind what was proposed, and as what each was recorded.
func (d *diary) chain(of Edited) (chain []ChainStep, recorded []string) {
	set, err := Before(context.Background(), d.store, d.vault, of.Release.Counted)
	d.check(err)
	chain, err = set.Chain(context.Background(), of)
	d.check(err)
	for _, step := range chain {
		for event, err := range d.store.ReadStream(context.Background(), step.Stream, step.Revision) {
			d.check(err)
			if event.Position != step.Position {
				d.t.Fatalf("%s/%d stands at %s, not %s", step.Stream, step.Revision, event.Position, step.Position)
			}
			recorded = append(recorded, event.Name)
			break
		}
	}
	return chain, recorded
}

// Every step that is printed has its event, and what leads up to the first of them has none: who was heard where is not
// shown. Of two feedbacks in one half-year, which stand there as one, there is the first.
func TestTheChainBehindAnEdition(t *testing.T) {
	d := openedDiary(t)
	busRoad(d)
	chain, recorded := d.chain(d.propose(day(400)))
	want := []string{"signal.scheduled.v1", "signal.discussed.v1", "signal.scheduled.v1", "signal.decided.v1", "signal.fed-back.v1"}
	if !slices.Equal(recorded, want) {
		t.Errorf("behind it stand %s", recorded)
	}
	printed := [][]string{{"forum"}, {"forum", "outcome", "forwardedTo"}, {"forum"}, {"forum", "verdict", "reference"}, nil}
	for i, step := range chain {
		if step.Of != "S1" || !reflect.DeepEqual(step.Printed, printed[i]) {
			t.Errorf("of %s, %s shows %s", step.Of, recorded[i], step.Printed)
		}
	}
}

// What was recorded after the proposal is not behind it, and neither is what no edition tells.
func TestTheChainEndsAtTheProposal(t *testing.T) {
	d := openedDiary(t)
	busRoad(d)
	d.write(day(20), signalNo(2), picked(partner("caw"), "werk"))
	d.write(day(21), signalNo(2), scheduled("team-opstap", day(30)))
	of := d.propose(day(400))
	before, _ := d.chain(of)
	d.write(day(401), signalNo(1), fedBack(inFocusgroep(1)))
	if after, _ := d.chain(of); len(before) != 5 || !reflect.DeepEqual(before, after) {
		t.Errorf("%d events, and then %d", len(before), len(after))
	}
	if _, err := d.set().Chain(context.Background(), of); !errors.Is(err, ErrNotBefore) {
		t.Errorf("of a set that stands elsewhere: %v", err)
	}
}

// What is shown of an event is a member of it, and neither a text nor a day.
func TestPrintedFieldsAreMembers(t *testing.T) {
	for _, event := range []domain.Event{
		signal.Scheduled{Scheduled: pursuit.Scheduled{Forum: "college", Meeting: day(1)}},
		signal.Unscheduled{Unscheduled: pursuit.Unscheduled{Forum: "college"}},
		signal.WentUnanswered{WentUnanswered: pursuit.WentUnanswered{Forum: "college", Since: day(1)}},
		signal.Discussed{Discussed: pursuit.Discussed{Forum: "college", Outcome: pursuit.Forwarded, ForwardedTo: "gemeenteraad"}},
		signal.Decided{Decided: pursuit.Decided{Forum: "college", Verdict: pursuit.Adopted, Reference: &pursuit.Reference{URI: "https://besluit.example"}}},
	} {
		raw, err := catalog.Default.Encode(event)
		if err != nil {
			t.Fatal(err)
		}
		var members map[string]any
		if err := json.Unmarshal(raw, &members); err != nil {
			t.Fatal(err)
		}
		for _, name := range printedOf(event) {
			if members[name] == nil {
				t.Errorf("%s says nothing in %s", event.EventName(), name)
			}
			if said, is := members[name].(string); is && strings.HasPrefix(said, "2") {
				t.Errorf("%s shows a day: %s", event.EventName(), name)
			}
		}
	}
}
