package vocabulary_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

func TestCheckNamesListAndCode(t *testing.T) {
	book := defaults(t).Retiring(vocabulary.Themes, "werk")
	for _, test := range []struct {
		codes []domain.Code
		at    string
		code  string
	}{
		{[]domain.Code{"huisvesting"}, "", ""},
		{[]domain.Code{"huisvesting", "bestaat-niet"}, "/themes/1", "bestaat-niet"},
		{[]domain.Code{"werk"}, "/themes/0", "werk"},       // retired
		{[]domain.Code{"Mevrouw Iemand"}, "/themes/0", ""}, // a refusal repeats no text
	} {
		err := book.CheckAll(vocabulary.Themes, test.codes, "/themes")
		if test.at == "" {
			if err != nil {
				t.Errorf("%v: %v", test.codes, err)
			}
			continue
		}
		refusal, ok := errors.AsType[*domain.Refusal](err)
		if !ok || !errors.Is(err, vocabulary.ErrUnknownCode) || refusal.Field != test.at ||
			refusal.With["list"] != "theme" || refusal.With["code"] != test.code {
			t.Errorf("%v: %#v", test.codes, refusal)
		}
	}
}

// A refusal names codes; what is written otherwise may be anything.
func TestRefusalsRepeatNothingThatWasTyped(t *testing.T) {
	book := defaults(t)
	for _, err := range []error{book.Check("Een lijst", "Een mens", "/code"), book.CheckForum("Een mens", "/forum")} {
		refusal, _ := errors.AsType[*domain.Refusal](err)
		if refusal == nil || len(refusal.With) > 0 {
			t.Errorf("%+v", refusal)
		}
	}
	named, _ := errors.AsType[*domain.Refusal](book.CheckForum("kaartclub", "/forum"))
	if named == nil || named.With["code"] != "kaartclub" || named.Field != "/forum" {
		t.Errorf("%+v", named)
	}
}

func TestRetiredTermsKeepTheirLabel(t *testing.T) {
	book := defaults(t).Retiring(vocabulary.Themes, "werk")
	if book.Has(vocabulary.Themes, "werk") || book.Label(vocabulary.Themes, "werk") != "Werk" {
		t.Error("retired: want not offered, and still called Werk")
	}
	if !book.Offering(vocabulary.Themes, "werk").Has(vocabulary.Themes, "werk") {
		t.Error("offering it again did not help")
	}
	if book.Offering(vocabulary.Themes, "bestaat-niet").Has(vocabulary.Themes, "bestaat-niet") {
		t.Error("offering made a term up")
	}
}

func TestCrosswalkInForce(t *testing.T) {
	pairs := func(to domain.Code) []vocabulary.Pair { return []vocabulary.Pair{{From: "werk", To: to}} }
	book := vocabulary.Book{}.
		WithCrosswalk(vocabulary.Crosswalk{From: "theme", To: "report-theme", Since: 200, Pairs: pairs("b")}).
		WithCrosswalk(vocabulary.Crosswalk{From: "theme", To: "report-theme", Since: 100, Pairs: pairs("a")}).
		WithCrosswalk(vocabulary.Crosswalk{From: "theme", To: "report-theme", Since: 200, Pairs: pairs("c")}).
		WithCrosswalk(vocabulary.Crosswalk{From: "theme", To: "report-theme", Since: 50, Pairs: pairs("e")}).
		WithCrosswalk(vocabulary.Crosswalk{From: "activity", To: "report-theme", Since: 150, Pairs: pairs("x")}).
		WithCrosswalk(vocabulary.Crosswalk{From: "theme", To: "function", Since: 150, Pairs: pairs("y")})
	for on, want := range map[domain.Date]domain.Code{49: "", 99: "e", 100: "a", 199: "a", 200: "c", 300: "c"} {
		crosswalk, ok := book.Crosswalk("theme", "report-theme", on)
		if ok != (want != "") || ok && crosswalk.Pairs[0].To != want {
			t.Errorf("day %d: %+v, want %q", on, crosswalk, want)
		}
	}
}

func TestFigureInForceReplacesTheOneBefore(t *testing.T) {
	one := vocabulary.Figure{Code: "contacten", Version: 1, FromYear: 2020}
	two := vocabulary.Figure{Code: "contacten", Version: 2, FromYear: 2022}
	book := vocabulary.Book{}.WithFigure(one).WithFigure(two).WithFigure(vocabulary.Figure{Code: "hulpvragen", Version: 1, FromYear: 2022})
	for year, want := range map[int][]int{2019: nil, 2021: {1}, 2022: {2, 1}} {
		var versions []int
		for _, figure := range book.Figures(year) {
			versions = append(versions, figure.Version)
		}
		if !slices.Equal(versions, want) {
			t.Errorf("%d: versions %v in force, want %v", year, versions, want)
		}
	}
}

// A name that was used once is remembered once, and never beside the same label.
func TestEarlierNamesAreRemembered(t *testing.T) {
	book := vocabulary.Book{}.WithTerm("theme", vocabulary.Term{Code: "a", Label: "Wonen", Aliases: []string{"huis"}}).
		WithLabel("theme", "a", "Huisvesting", []string{"huis"}).WithLabel("theme", "a", "Wonen", nil)
	if term, _ := book.Term("theme", "a"); !slices.Equal(term.Aliases, []string{"Huisvesting", "huis"}) {
		t.Errorf("aliases %q", term.Aliases)
	}
	book = book.WithForum(vocabulary.Forum{Code: "raad", Label: "Raad"}).WithForum(vocabulary.Forum{Code: "raad", Label: "Gemeenteraad"})
	if forum, _ := book.Forum("raad"); forum.Label != "Gemeenteraad" || !slices.Equal(forum.Aliases, []string{"Raad"}) {
		t.Errorf("forum %+v", forum)
	}
}

func TestOneLine(t *testing.T) {
	for text, want := range map[string]bool{
		"": true, "één regel": true, strings.Repeat("é", 20): true, strings.Repeat("é", 21): false, "twee\nregels": false,
		"geen \xff tekst": false,
	} {
		if vocabulary.OneLine(text, 20) != want {
			t.Errorf("%q: not %t", text, want)
		}
	}
}

func TestMatch(t *testing.T) {
	book := defaults(t).Retiring(vocabulary.Themes, "werk")
	for _, test := range []struct {
		list domain.Code
		text string
		want domain.Code
	}{
		{"activity", "CC ’T SPOOR", "cc-spoor"},
		{"activity", "cc het spoor", "cc-spoor"},
		{"activity", "  soep  met-babbels ", "soep-met-babbels"},
		{"activity", "Huis van het Kind", "huis-van-het-kind"},
		{"threshold", "financiele drempel", "financieel"},
		{"threshold", "Financie\u0308le drempel", "financieel"}, // the accent written apart
		{"service", "SHM/SVK", "shm-svk-woonclub"},
		{"service", "kind-en-gezin", "kind-en-gezin"},
		{"theme", "arbeid", ""}, // retired
		{"service", "SHM svk  woonclub", "shm-svk-woonclub"},
		{"theme", "nt3", ""}, // digits count
		{"theme", "", ""},
		{"theme", "!?", ""},
		{"theme", "iets anders", ""},
	} {
		if code, ok := book.Match(test.list, test.text); code != test.want || ok != (test.want != "") {
			t.Errorf("%s %q: %q %v, want %q", test.list, test.text, code, ok, test.want)
		}
	}
	if code, _ := book.MatchForum("team op stap"); code != "team-opstap" {
		t.Errorf("team op stap: %q", code)
	}
	if code, ok := book.MatchForum("Overleg"); ok {
		t.Errorf("Overleg: %q", code)
	}
}

func TestMatchLabelWinsAndTwoMeanNeither(t *testing.T) {
	book := vocabulary.Book{}.
		WithTerm("theme", vocabulary.Term{Code: "a", Label: "Wonen", Aliases: []string{"huis"}}).
		WithTerm("theme", vocabulary.Term{Code: "b", Label: "Bouwen", Aliases: []string{"wonen", "huis"}})
	if code, _ := book.Match("theme", "wonen"); code != "a" {
		t.Errorf("wonen: %q", code)
	}
	if code, _ := book.Match("theme", "B"); code != "b" {
		t.Errorf("by its code: %q", code)
	}
	if code, ok := book.Match("theme", "huis"); ok {
		t.Errorf("huis: %q", code)
	}
}

func FuzzFold(f *testing.F) {
	f.Add("Financiële drempel")
	f.Add("İstanbul")
	f.Add("\xff\xfe ")
	f.Fuzz(func(t *testing.T, text string) {
		folded := vocabulary.Fold(text)
		if again := vocabulary.Fold(folded); again != folded {
			t.Fatalf("%q folds to %q and then to %q", text, folded, again)
		}
		if folded != strings.TrimSpace(folded) || strings.Contains(folded, "  ") {
			t.Fatalf("%q folds to %q", text, folded)
		}
	})
}

// Whatever a practice does to its words, nothing that was recorded with them becomes unreadable, and the Book from
// which it began is as it was.
func TestBookNeverLosesAWord(t *testing.T) {
	lists := rapid.SampledFrom([]domain.Code{"theme", "activity", "eigen-lijst"})
	codes := rapid.SampledFrom([]domain.Code{"werk", "huisvesting", "digipunt", "nieuw", "x"})
	labels := rapid.SampledFrom([]string{"Werk", "Wonen", "Arbeid", "Anders"})
	rapid.Check(t, func(t *rapid.T) {
		book := defaultBook
		for range rapid.IntRange(1, 20).Draw(t, "steps") {
			before := book
			offered := len(before.Offered("theme"))
			list, code, label := lists.Draw(t, "list"), codes.Draw(t, "code"), labels.Draw(t, "label")
			switch rapid.IntRange(0, 4).Draw(t, "change") {
			case 0:
				book = book.WithTerm(list, vocabulary.Term{Code: code, Label: label})
			case 1:
				book = book.WithLabel(list, code, label, nil)
			case 2:
				book = book.Retiring(list, code)
			case 3:
				book = book.Offering(list, code)
			case 4:
				book = book.WithForum(vocabulary.Forum{Code: code, Label: label}).RetiringForum(code)
			}
			keepsAll(t, before, book)
			if len(before.Offered("theme")) != offered {
				t.Fatal("an earlier book changed")
			}
		}
	})
}

var defaultBook, _ = vocabulary.Defaults(vocabulary.Harelbeke2022)

func keepsAll(t *rapid.T, before, after vocabulary.Book) {
	for _, list := range before.Lists() {
		for _, term := range before.Terms(list) {
			kept, ok := after.Term(list, term.Code)
			if !ok {
				t.Fatalf("%s %s is gone", list, term.Code)
			}
			for _, name := range append([]string{term.Label}, term.Aliases...) {
				if kept.Label != name && !slices.Contains(kept.Aliases, name) {
					t.Fatalf("%s %s is no longer called %q: %+v", list, term.Code, name, kept)
				}
			}
		}
	}
	if len(after.Forums()) < len(before.Forums()) {
		t.Fatal("a forum is gone")
	}
}

func TestBookKeepsInASnapshot(t *testing.T) {
	book := defaults(t).WithLabel("theme", "werk", "Arbeid", nil).Retiring("activity", "digipunt").
		WithCrosswalk(vocabulary.Crosswalk{From: "theme", To: "function", Since: 1})
	raw, err := book.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	var read vocabulary.Book
	if err := read.UnmarshalJSON(raw); err != nil {
		t.Fatal(err)
	}
	again, _ := read.MarshalJSON()
	if string(again) != string(raw) || read.Label("theme", "werk") != "Arbeid" || read.Has("activity", "digipunt") {
		t.Error("another book came back")
	}
	if len(read.Figures(2022)) != len(book.Figures(2022)) || len(read.Forums()) != len(book.Forums()) {
		t.Error("figures or forums are missing")
	}
	if !slices.EqualFunc(read.Crosswalks(), book.Crosswalks(), vocabulary.Crosswalk.Equal) {
		t.Error("crosswalks are missing")
	}
}
