package vocabulary_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

func defaults(t testing.TB) vocabulary.Book {
	t.Helper()
	book, ok := vocabulary.Defaults(vocabulary.Harelbeke2022)
	if !ok {
		t.Fatal("no defaults")
	}
	return book
}

func TestDefaultsAreWhatTheFieldUses(t *testing.T) {
	book := defaults(t)
	var counts []string
	for _, list := range book.Lists() {
		counts = append(counts, fmt.Sprintf("%s %d", list, len(book.Terms(list))))
	}
	want := []string{
		"activity 12", "theme 13", "approach 6", "service 16", "function 4", "condition 4", "threshold 9",
		"initiative 4", "place 3", "relation 4", "circle-level 3", "circle-goal 3", "priority 4", "feedback-channel 7",
		"strategy 3", "target-group 6", "report-theme 8", "phase 8", "role 4", "forum-level 6",
		"gender 3", "origin 2", "household 3",
	}
	if !slices.Equal(counts, want) {
		t.Errorf("lists\n got %q\nwant %q", counts, want)
	}
	if n := len(book.Forums()); n != 21 {
		t.Errorf("%d forums, want 21", n)
	}
}

func TestDefaultLabelsAreSpelledExactlySo(t *testing.T) {
	book := defaults(t)
	for _, test := range []struct{ list, code, label string }{
		{"activity", "cc-spoor", "CC 't Spoor"},
		{"activity", "praattafel-schoolbabbel", "Praattafel/Schoolbabbel"},
		{"activity", "soep-met-babbels", "Soep met Babbels"},
		{"theme", "nt2", "NT2"},
		{"approach", "opgepikt-als-signaal", "Opgepikt als signaal"},
		{"approach", "mogelijke-verontrusting", "Mogelijke verontrusting"},
		{"service", "school-ligo-cvo", "School/Ligo/CVO ..."},
		{"service", "shm-svk-woonclub", "SHM / SVK / Woonclub ..."},
		{"service", "kind-en-gezin", "Kind & Gezin"},
		{"threshold", "financieel", "Financiële drempel"},
		{"report-theme", "buitenschoolse-vrije-tijd", "Buitenschoolse activiteiten kinderen, vrije tijd in de vakantie"},
		{"role", "coordinator", "Coördinator"},
		{"role", "afgeschaft", "afgeschaft"}, // not there: called by its code
	} {
		if label := book.Label(domain.Code(test.list), domain.Code(test.code)); label != test.label {
			t.Errorf("%s %s: %q, want %q", test.list, test.code, label, test.label)
		}
	}
	opstap, _ := book.Forum("team-opstap")
	if opstap.Label != "Team Opstap" || opstap.Kind != vocabulary.TeamForum || opstap.Level != "huis-van-welzijn" {
		t.Errorf("team-opstap: %+v", opstap)
	}
	if label := book.ForumLabel("raadscommissie-welzijn"); label != "Raadscommissie Welzijn" {
		t.Errorf("raadscommissie-welzijn: %q", label)
	}
}

// The program refers to lists and codes by name; they must be there.
func TestDefaultsHoldWhatTheProgramRefersTo(t *testing.T) {
	book := defaults(t)
	for _, list := range []domain.Code{
		vocabulary.Activities, vocabulary.Themes, vocabulary.Approaches, vocabulary.Services, vocabulary.Thresholds,
		vocabulary.TargetGroups, vocabulary.Initiatives, vocabulary.Places, vocabulary.Relations,
		vocabulary.FeedbackChannels, vocabulary.Roles, vocabulary.ReportThemes, vocabulary.Phases, vocabulary.ForumLevels,
	} {
		if len(book.Offered(list)) == 0 {
			t.Errorf("list %s is empty", list)
		}
	}
	for _, approach := range []domain.Code{vocabulary.Referring, vocabulary.TakenUpAsSignal, vocabulary.PossibleConcern} {
		if !book.Has(vocabulary.Approaches, approach) {
			t.Errorf("no approach %s", approach)
		}
	}
	if !book.Has(vocabulary.Activities, vocabulary.ActivityFocusgroep) {
		t.Error("no activity focusgroep")
	}
}

func TestEveryThemeIsReported(t *testing.T) {
	book := defaults(t)
	crosswalk, ok := book.Crosswalk(vocabulary.Themes, vocabulary.ReportThemes, domain.Date(1))
	if !ok {
		t.Fatal("no crosswalk")
	}
	for _, theme := range book.Terms(vocabulary.Themes) {
		if !slices.ContainsFunc(crosswalk.Pairs, func(p vocabulary.Pair) bool { return p.From == theme.Code }) {
			t.Errorf("theme %s is in no reporting group", theme.Code)
		}
	}
}

// Rule 8: a figure has a version, and where its definition changed the series breaks.
func TestRule8DefaultFigures(t *testing.T) {
	for year, want := range map[int]string{
		2019: "",
		2020: "contacten/1 unieke-contacten/1 nieuwe-contacten/1 gekend-bij-sociale-dienst/1 hulpvragen/1 signalen/1",
		2021: "contacten/1 unieke-contacten/1 nieuwe-contacten/1 gekend-bij-sociale-dienst/1 hulpvragen/1 signalen/1",
		2022: "contacten/1 unieke-contacten/1 nieuwe-contacten/1 gekend-bij-sociale-dienst/1 hulpvragen/2 " +
			"soep-met-babbels-unieke-bezoekers/1 soep-met-babbels-deelnemers-per-moment/1 signalen/1",
	} {
		var got []string
		for _, figure := range defaults(t).Figures(year) {
			got = append(got, fmt.Sprintf("%s/%d", figure.Code, figure.Version))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%d: %s\nwant %s", year, strings.Join(got, " "), want)
		}
	}
	versions := defaults(t).FigureVersions("hulpvragen")
	if len(versions) != 2 || versions[1].Label != "Individuele hulpvragen" ||
		!slices.Equal(versions[1].Without, []domain.Code{"digipunt", "soep-met-babbels"}) {
		t.Errorf("hulpvragen: %+v", versions)
	}
}

func TestOtherDefaults(t *testing.T) {
	if _, ok := vocabulary.Defaults("elders-1999"); ok {
		t.Error("defaults that do not exist")
	}
}
