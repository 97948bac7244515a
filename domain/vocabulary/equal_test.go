package vocabulary_test

import (
	"testing"

	"signaalboek/domain"
	"signaalboek/domain/domaintest"
	"signaalboek/domain/vocabulary"
)

// Whoever says less than the whole does not say the whole, whichever field it lacks.
func TestEveryFieldIsCompared(t *testing.T) {
	term := vocabulary.Term{Code: "a", Label: "A", Aliases: []string{"aa"}, Core: "b", Remark: "Zo.", Retired: true}
	compare(t, term, vocabulary.Term.Says)
	compare(t, vocabulary.Forum{
		Code: "a", Label: "A", Aliases: []string{"aa"}, Kind: vocabulary.TeamForum, Level: "stad", Cadence: "maandelijks",
		Remark: "Zo.", Retired: true,
	}, vocabulary.Forum.Says)
	compare(t, vocabulary.Crosswalk{From: "a", To: "b", Since: 1, Pairs: []vocabulary.Pair{{From: "c", To: "d"}}},
		vocabulary.Crosswalk.Equal)
	where := vocabulary.TraitIn{Trait: vocabulary.Gender, Classes: []domain.Code{"vrouw"}}
	compare(t, where, vocabulary.TraitIn.Equal)
	compare(t, vocabulary.Figure{
		Code: "a", Version: 1, Label: "A", Unit: vocabulary.CountNew, Only: []domain.Code{"b"}, Without: []domain.Code{"c"},
		Where: []vocabulary.TraitIn{where}, FromYear: 2022, Definition: "Zo.",
	}, vocabulary.Figure.Equal)

	fewer := term
	fewer.Aliases = nil
	if !term.Says(fewer) {
		t.Error("who knows an alias more says it all the same")
	}
}

func compare[T any](t *testing.T, whole T, same func(T, T) bool) {
	t.Helper()
	if !same(whole, whole) {
		t.Errorf("%+v is not itself", whole)
	}
	for field, lacking := range domaintest.EachLacking(t, whole) {
		if same(lacking, whole) {
			t.Errorf("%T without %s is taken for the whole", whole, field)
		}
	}
}

func TestKindsAndUnits(t *testing.T) {
	weighing := map[vocabulary.ForumKind]bool{
		vocabulary.TeamForum: true, vocabulary.InternalForum: true, vocabulary.ProjectForum: true,
		vocabulary.ConsultingForum: false, vocabulary.ServiceForum: false, vocabulary.NetworkForum: false,
		vocabulary.CommitteeForum: false, vocabulary.GoverningForum: false,
	}
	for kind, weighs := range weighing {
		if !kind.Valid() || kind.Weighs() != weighs {
			t.Errorf("%s: valid %t, weighs %t", kind, kind.Valid(), kind.Weighs())
		}
	}
	counting := map[vocabulary.Unit]bool{
		vocabulary.CountContacts: false, vocabulary.CountUnique: true, vocabulary.CountNew: true,
		vocabulary.CountNewHere: true, vocabulary.CountKnown: true, vocabulary.CountRequests: false,
		vocabulary.CountSessions: false, vocabulary.CountPresent: false, vocabulary.CountMeanPresent: false,
		vocabulary.CountSignals: false,
	}
	for unit, people := range counting {
		if !unit.Valid() || unit.CountsPeople() != people {
			t.Errorf("%s: valid %t, counts people %t", unit, unit.Valid(), unit.CountsPeople())
		}
	}
	if vocabulary.ForumKind("feest").Valid() || vocabulary.Unit("appels").Valid() {
		t.Error("what is none is taken for a kind or a unit")
	}
}
