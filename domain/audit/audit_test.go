package audit

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"signaalboek/domain/catalog"
)

// counted is the events of which only their number is shown: of people, or of how a practice works. A new event must be
// put here or among those that are shown by themselves; nothing is shown that nobody thought of.
var counted = []string{
	"bundles.bundled.v1", "bundles.split.v1", "bundles.unbundled.v1",
	"contact.corrected.v1", "contact.registered.v1", "contact.request-followed-up.v1", "contact.withdrawn.v1",
	"focusgroep.cancelled.v1", "focusgroep.closed.v1", "focusgroep.held.v1", "focusgroep.planned.v1", "focusgroep.theme-discussed.v1",
	"practice.cards-merged.v1", "practice.crosswalk-set.v1", "practice.figure-defined.v1", "practice.forum-changed.v1",
	"practice.forum-registered.v1", "practice.forum-retired.v1", "practice.opened.v1", "practice.term-added.v1",
	"practice.term-relabelled.v1", "practice.term-retired.v1", "practice.texts-erased.v1", "practice.year-closed.v1",
	"referral.arrived.v1", "referral.completed.v1", "referral.lapsed.v1", "referral.made.v1", "referral.missed.v1",
	"releases.foreign-recorded.v1", "releases.foreign-withdrawn.v1",
	"session.corrected.v1", "session.held.v1", "session.withdrawn.v1",
	"signal.evidence-linked.v1", "signal.noted.v1", "signal.picked-up.v1", "signal.reaction-heard.v1", "signal.recognised.v1",
	"signal.reopened.v1",
}

func TestEveryEventHasASort(t *testing.T) {
	known := map[string]bool{}
	for _, schema := range catalog.Schemas() {
		known[schema.Name] = true
		if IsPolicy(schema.Name) == slices.Contains(counted, schema.Name) {
			t.Errorf("%s is shown by itself: %t, and counted: the other way round; choose", schema.Name, IsPolicy(schema.Name))
		}
	}
	for name := range policy {
		if !known[name] {
			t.Errorf("%s is shown, and no such event is in the catalog", name)
		}
	}
}

// never is what no auditor sees, whatever event it stands in.
var never = []string{
	"setting", "evidence", "recognition", "present", "newcomers", "howMany", "contact", "request", "origin", "by", "texts",
	"actor", "themes", "thresholds", "targetGroups",
}

// A field that is disclosed exists, holds no text that is sealed, and nothing of people.
func TestWhatIsDisclosed(t *testing.T) {
	for _, schema := range catalog.Schemas() {
		members := example(t, schema.Name)
		for _, field := range policy[schema.Name] {
			switch {
			case members[field] == nil:
				t.Errorf("%s has no field %s", schema.Name, field)
			case slices.Contains(schema.Texts, "/"+field):
				t.Errorf("%s of %s is sealed", field, schema.Name)
			case slices.Contains(never, field):
				t.Errorf("%s of %s is of people", field, schema.Name)
			}
		}
	}
}

// example is the members of the frozen examples of an event, also of those that it got later.
func example(t *testing.T, name string) map[string]jsontext.Value {
	t.Helper()
	folder := filepath.Join("..", "catalog", "testdata")
	later, err := filepath.Glob(filepath.Join(folder, "later", name+".*.json"))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]jsontext.Value{}
	for _, path := range append(later, filepath.Join(folder, name+".json")) {
		raw, err := os.ReadFile(path)
		if err == nil {
			err = json.Unmarshal(raw, &all)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}

func TestPseudonyms(t *testing.T) {
	one, two := KeyFrom([]byte("one session")), KeyFrom([]byte("another"))
	said := one.Pseudonym("signal-1")
	if words := strings.Split(said, "-"); len(words) != 3 || said != one.Pseudonym("signal-1") {
		t.Errorf("signal-1 is %q, then %q", said, one.Pseudonym("signal-1"))
	}
	if said == two.Pseudonym("signal-1") || said == one.Pseudonym("signal-2") {
		t.Error("two sessions, or two signals, can be joined")
	}
}
