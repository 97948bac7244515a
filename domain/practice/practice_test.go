package practice_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"signaalboek/domain"
	"signaalboek/domain/domaintest"
	"signaalboek/domain/practice"
	"signaalboek/domain/vocabulary"
)

type spec = domaintest.Spec[practice.State, practice.Facts, practice.Command, practice.Event]

var (
	opened = practice.Opened{Name: "Harelbeke Centrum", Defaults: vocabulary.Harelbeke2022}
	today  = practice.Facts{On: domain.DateOf(2023, time.January, 1)}
)

func given(t *testing.T, events ...practice.Event) spec {
	t.Helper()
	return domaintest.Given(t, practice.Decider, today, append([]practice.Event{opened}, events...)...)
}

func never(t *testing.T) spec {
	t.Helper()
	return domaintest.Given(t, practice.Decider, today)
}

func book(events ...practice.Event) vocabulary.Book {
	return practice.Decider.Fold(practice.State{}, append([]practice.Event{opened}, events...)...).Book()
}

func TestOpen(t *testing.T) {
	open := practice.Open{Name: " Harelbeke Centrum ", Defaults: vocabulary.Harelbeke2022}
	never(t).When(open).Then(opened)
	given(t).When(open).Nothing()
	given(t).When(practice.Open{Name: "Anders", Defaults: vocabulary.Harelbeke2022}).Refused(practice.ErrOpened)
	never(t).When(practice.Open{Defaults: vocabulary.Harelbeke2022}).Refused(practice.ErrName)
	never(t).When(practice.Open{Name: "twee\nregels", Defaults: vocabulary.Harelbeke2022}).Refused(practice.ErrName)
	never(t).When(practice.Open{Name: "Elders", Defaults: "elders-1999"}).Refused(practice.ErrUnknownDefaults)
	never(t).When(practice.RetireTerm{List: "theme", Code: "werk"}).Refused(practice.ErrNotOpened)
	if stream := practice.StreamOf("harelbeke-centrum"); stream != "practice-harelbeke-centrum" || !stream.Valid() {
		t.Errorf("stream %q", stream)
	}
}

func TestAddTerm(t *testing.T) {
	energie := vocabulary.Term{Code: "energie", Label: "Energie", Aliases: []string{"gas"}, Core: "huisvesting"}
	add := practice.AddTerm{List: "theme", Term: energie}
	untidy := energie
	untidy.Label, untidy.Aliases, untidy.Retired = " Energie ", []string{"gas", "gas", "", "Energie"}, true
	given(t).When(practice.AddTerm{List: "theme", Term: untidy}).Then(practice.TermAdded(add))
	given(t, practice.TermAdded(add)).When(add).Nothing()
	given(t).When(practice.AddTerm{List: "eigen-lijst", Term: vocabulary.Term{Code: "a", Label: "A"}}).
		Then(practice.TermAdded{List: "eigen-lijst", Term: vocabulary.Term{Code: "a", Label: "A"}})

	for name, test := range map[string]struct {
		add  practice.AddTerm
		want *domain.Refusal
		at   string
	}{
		"list":      {practice.AddTerm{List: "Thema", Term: energie}, practice.ErrCode, "/list"},
		"code":      {term("Energie!", "Energie"), practice.ErrCode, "/term/code"},
		"no label":  {term("energie", " "), practice.ErrLabel, "/term/label"},
		"unreadble": {term("energie", "?!"), practice.ErrLabel, "/term/label"},
		"long":      {term("energie", strings.Repeat("é", 121)), practice.ErrLabel, "/term/label"},
		"exists":    {term("werk", "Iets anders"), practice.ErrTermExists, "/term/code"},
		"taken":     {term("arbeid", "WERK"), practice.ErrLabelTaken, "/term/label"},
		"alias":     {term("energie", "Energie", "gas", "\x00"), practice.ErrAlias, "/term/aliases/1"},
		"core": {practice.AddTerm{List: "theme", Term: vocabulary.Term{Code: "a", Label: "A", Core: "b"}},
			vocabulary.ErrUnknownCode, "/term/core"},
	} {
		t.Run(name, func(t *testing.T) {
			if refusal := given(t).When(test.add).Refused(test.want); refusal.Field != test.at {
				t.Errorf("at %q, want %q", refusal.Field, test.at)
			}
		})
	}
}

func term(code domain.Code, label string, aliases ...string) practice.AddTerm {
	return practice.AddTerm{List: "theme", Term: vocabulary.Term{Code: code, Label: label, Aliases: aliases}}
}

func TestRelabelledTermIsStillFoundByItsOldName(t *testing.T) {
	relabel := practice.RelabelTerm{List: "theme", Code: "huisvesting", Label: " Wonen en huren ", Aliases: []string{"huur"}}
	relabelled := practice.TermRelabelled{List: "theme", Code: "huisvesting", Label: "Wonen en huren", Aliases: []string{"huur"}}
	given(t).When(relabel).Then(relabelled)
	given(t, relabelled).When(relabel).Nothing()
	for _, text := range []string{"wonen en huren", "Huisvesting", "wonen", "huur"} {
		if code, _ := book(relabelled).Match("theme", text); code != "huisvesting" {
			t.Errorf("%q: %q", text, code)
		}
	}
	given(t).When(practice.RelabelTerm{List: "theme", Code: "weg", Label: "Weg"}).Refused(vocabulary.ErrUnknownCode)
	given(t).When(practice.RelabelTerm{List: "theme", Code: "werk"}).Refused(practice.ErrLabel)
	given(t).When(practice.RelabelTerm{List: "theme", Code: "werk", Label: "Mobiliteit"}).Refused(practice.ErrLabelTaken)
}

func TestRetiredTermComesBackWhenAddedAgain(t *testing.T) {
	retire := practice.RetireTerm{List: "theme", Code: "werk"}
	retired := practice.TermRetired(retire)
	given(t).When(retire).Then(retired)
	given(t, retired).When(retire).Nothing()
	given(t).When(practice.RetireTerm{List: "theme", Code: "weg"}).Refused(vocabulary.ErrUnknownCode)
	given(t, retired).When(practice.RelabelTerm{List: "theme", Code: "werk", Label: "Job"}).Refused(vocabulary.ErrUnknownCode)

	back := term("werk", "Job")
	given(t, retired).When(back).Then(practice.TermAdded(back))
	given(t, retired, practice.TermAdded(back)).When(back).Nothing()
	if words := book(retired, practice.TermAdded(back)); !words.Has("theme", "werk") || words.Label("theme", "werk") != "Job" {
		t.Error("did not come back as Job")
	}
}

// Rule 10: forums change kind, level and name over time.
func TestRule10ForumsChange(t *testing.T) {
	stuurgroep := vocabulary.Forum{Code: "stuurgroep", Label: "Interne opvolging", Kind: vocabulary.InternalForum, Level: "praktijk"}
	changed := practice.ForumChanged{Forum: stuurgroep}
	given(t).When(practice.ChangeForum{Forum: stuurgroep}).Then(changed)
	given(t, changed).When(practice.ChangeForum{Forum: stuurgroep}).Nothing()
	if code, _ := book(changed).MatchForum("Stuurgroep"); code != "stuurgroep" {
		t.Errorf("its old name leads to %q", code)
	}

	nieuw := vocabulary.Forum{Code: "wijkraad", Label: "Wijkraad", Kind: vocabulary.ConsultingForum, Level: "stad"}
	registered := practice.ForumRegistered{Forum: nieuw}
	given(t).When(practice.RegisterForum{Forum: nieuw}).Then(registered)
	given(t, registered).When(practice.RegisterForum{Forum: nieuw}).Nothing()
	given(t).When(practice.ChangeForum{Forum: nieuw}).Refused(vocabulary.ErrUnknownForum)
	given(t).When(practice.RegisterForum{Forum: stuurgroep}).Refused(practice.ErrForumExists)

	long := nieuw // its calendar is a stream, also of the practice with the longest name
	long.Code = domain.Code(strings.Repeat("x", 57))
	given(t).When(practice.RegisterForum{Forum: long}).Then(practice.ForumRegistered{Forum: long})
	if calendar := domain.NewStreamID("forum", strings.Repeat("p", domain.MaxCode)+"."+string(long.Code)); !calendar.Valid() {
		t.Errorf("%s names no stream", calendar)
	}
	long.Code += "x"
	given(t).When(practice.RegisterForum{Forum: long}).Refused(practice.ErrCode)

	retired := practice.ForumRetired{Code: "stuurgroep"}
	given(t).When(practice.RetireForum(retired)).Then(retired)
	given(t, retired).When(practice.RetireForum(retired)).Nothing()
	given(t, retired).When(practice.ChangeForum{Forum: stuurgroep}).Refused(vocabulary.ErrUnknownForum)
	given(t, retired).When(practice.RegisterForum{Forum: stuurgroep}).Then(practice.ForumRegistered{Forum: stuurgroep})
	given(t).When(practice.RetireForum{Code: "weg"}).Refused(vocabulary.ErrUnknownForum)

	successor, asked := nieuw, nieuw // takes over the name of a forum that meets no more
	successor.Label, asked.Label, asked.Retired = "Stuurgroep", "Stuurgroep", true
	given(t, retired).When(practice.RegisterForum{Forum: asked}).Then(practice.ForumRegistered{Forum: successor})

	for want, change := range map[*domain.Refusal]func(*vocabulary.Forum){
		practice.ErrCode:          func(f *vocabulary.Forum) { f.Code = "Wijk raad" },
		practice.ErrLabel:         func(f *vocabulary.Forum) { f.Label = "" },
		practice.ErrAlias:         func(f *vocabulary.Forum) { f.Aliases = []string{"..."} },
		practice.ErrForumKind:     func(f *vocabulary.Forum) { f.Kind = "feest" },
		vocabulary.ErrUnknownCode: func(f *vocabulary.Forum) { f.Level = "wereld" },
		practice.ErrRemark:        func(f *vocabulary.Forum) { f.Cadence = strings.Repeat("x", 121) },
		practice.ErrLabelTaken:    func(f *vocabulary.Forum) { f.Label = "gemeenteraad" },
	} {
		wrong := nieuw
		change(&wrong)
		given(t).When(practice.RegisterForum{Forum: wrong}).Refused(want)
	}
}

func TestSetCrosswalk(t *testing.T) {
	pair := func(from, to domain.Code) vocabulary.Pair { return vocabulary.Pair{From: from, To: to} }
	crosswalk := vocabulary.Crosswalk{
		From: "theme", To: "report-theme", Since: domain.DateOf(2023, time.January, 1),
		Pairs: []vocabulary.Pair{pair("nt2", "administratieve-vragen")},
	}
	set := practice.CrosswalkSet{Crosswalk: crosswalk}
	given(t).When(practice.SetCrosswalk(set)).Then(set)
	given(t, set).When(practice.SetCrosswalk(set)).Nothing()
	given(t, practice.TermRetired{List: "theme", Code: "nt2"}).When(practice.SetCrosswalk(set)).Then(set)
	for want, pairs := range map[*domain.Refusal][]vocabulary.Pair{
		practice.ErrCrosswalk:     nil,
		practice.ErrPairTwice:     {pair("nt2", "mobiliteit"), pair("nt2", "huisvesting")},
		vocabulary.ErrUnknownCode: {pair("nt2", "weg")},
	} {
		wrong := crosswalk
		wrong.Pairs = pairs
		given(t).When(practice.SetCrosswalk{Crosswalk: wrong}).Refused(want)
	}
	circle := crosswalk
	circle.To = "theme"
	given(t).When(practice.SetCrosswalk{Crosswalk: circle}).Refused(practice.ErrCrosswalk)
}

// Rule 8: a figure has a definition and a version; another definition is another version, and breaks the series.
func TestRule8FigureVersions(t *testing.T) {
	third := vocabulary.Figure{
		Code: "hulpvragen", Version: 3, Label: "Hulpvragen zonder Digipunt", Unit: vocabulary.CountRequests,
		Without: []domain.Code{"digipunt"}, FromYear: 2023, Definition: "Hulpvragen zonder die van Digipunt.",
	}
	defined := practice.FigureDefined{Figure: third}
	given(t).When(practice.DefineFigure(defined)).Then(defined)
	given(t, defined).When(practice.DefineFigure(defined)).Nothing()
	if inForce := book(defined).Figures(2022); !slices.ContainsFunc(inForce, func(f vocabulary.Figure) bool {
		return f.Code == "hulpvragen" && f.Version == 2
	}) {
		t.Error("2022 changed its definition afterwards")
	}
	given(t, practice.YearClosed{Year: 2023}).When(practice.DefineFigure(defined)).Refused(practice.ErrFromYear)
	for want, change := range map[*domain.Refusal]func(*vocabulary.Figure){
		practice.ErrVersion:       func(f *vocabulary.Figure) { f.Version = 4 },
		practice.ErrFromYear:      func(f *vocabulary.Figure) { f.FromYear = 2021 },
		practice.ErrCode:          func(f *vocabulary.Figure) { f.Code = "" },
		practice.ErrLabel:         func(f *vocabulary.Figure) { f.Label = "" },
		practice.ErrUnit:          func(f *vocabulary.Figure) { f.Unit = "apples" },
		practice.ErrOnlyWithout:   func(f *vocabulary.Figure) { f.Only = []domain.Code{"huisbezoek"} },
		practice.ErrDefinition:    func(f *vocabulary.Figure) { f.Definition = "" },
		vocabulary.ErrUnknownCode: func(f *vocabulary.Figure) { f.Without = []domain.Code{"weg"} },
	} {
		wrong := third
		change(&wrong)
		given(t).When(practice.DefineFigure{Figure: wrong}).Refused(want)
	}
}

// Rule 7: not recorded is not zero. Every figure of a year is recorded when it is closed, also as not recorded.
func TestRule7CloseYear(t *testing.T) {
	figures := closing(2022)
	zero := 0.0
	figures[1].Value = &zero
	closed := practice.YearClosed{Year: 2022, Figures: figures}
	given(t).When(practice.CloseYear(closed)).Then(closed)
	given(t, closed).When(practice.CloseYear(closed)).Nothing()

	other := practice.CloseYear{Year: 2022, Figures: closing(2022)} // zero became not recorded: not the same
	given(t, closed).When(other).Refused(practice.ErrYearClosed)
	given(t).When(practice.CloseYear{Year: 2023, Figures: closing(2023)}).Refused(practice.ErrYearNotOver)
	given(t).When(practice.CloseYear{Year: 22}).Refused(practice.ErrYear)
	given(t).When(practice.CloseYear{Year: 2022, Figures: closing(2022)[1:]}).Refused(practice.ErrYearFigures)
	given(t).When(practice.CloseYear{Year: 2022, Figures: append(closing(2022), closing(2022)[0])}).Refused(practice.ErrYearFigure)
	given(t).When(practice.CloseYear{Year: 2022, Figures: closing(2021)}).Refused(practice.ErrYearFigure) // hulpvragen/1
	negative := closing(2022)
	minusOne := -1.0
	negative[0].Value = &minusOne
	given(t).When(practice.CloseYear{Year: 2022, Figures: negative}).Refused(practice.ErrYearFigure)
	half, someone := closing(2022), 41.5
	half[0].Value = &someone
	given(t).When(practice.CloseYear{Year: 2022, Figures: half}).Refused(practice.ErrYearFigure)

	state := practice.Decider.Fold(practice.State{}, opened, closed)
	if !state.Closed(2022) || state.Closed(2021) {
		t.Error("2022 is closed, 2021 is not")
	}
}

func closing(year int) []practice.ClosedFigure {
	var figures []practice.ClosedFigure
	for _, figure := range book().Figures(year) {
		figures = append(figures, practice.ClosedFigure{Figure: figure.Code, Version: figure.Version})
	}
	return figures
}

// Rule 12: asked again, nothing is recorded twice; and the other laws of domaintest.Laws.
func TestRule12AndOtherLaws(t *testing.T) {
	domaintest.Laws[practice.State, practice.Facts, practice.Command, practice.Event]{
		Decider:  practice.Decider,
		Commands: rapid.Custom(drawCommand),
		Facts: func(t *rapid.T, _ practice.Facts, _ practice.State, c practice.Command) practice.Facts {
			f := practice.Facts{On: domain.DateOf(rapid.IntRange(2020, 2025).Draw(t, "year"), time.May, 1)}
			return drawMerging(t, f, c)
		},
		After: recordedPairs,
	}.Check(t)
}

func drawCommand(t *rapid.T) practice.Command {
	list := rapid.SampledFrom([]domain.Code{"theme", "activity", "eigen", ""}).Draw(t, "list")
	code := rapid.SampledFrom([]domain.Code{"werk", "a", "b", "stuurgroep", "hulpvragen", "X"}).Draw(t, "code")
	label := rapid.SampledFrom([]string{"Werk", " A ", "Bé", "Mobiliteit", ""}).Draw(t, "label")
	aliases := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "Bé", "Werk", " "}), 0, 3).Draw(t, "aliases")
	number := rapid.IntRange(1, 4).Draw(t, "number")
	forum := vocabulary.Forum{Code: code, Label: label, Aliases: aliases, Kind: "team", Level: "stad"}
	switch rapid.IntRange(0, 10).Draw(t, "command") {
	case 0:
		return practice.AddTerm{List: list, Term: vocabulary.Term{Code: code, Label: label, Aliases: aliases}}
	case 1:
		return practice.RelabelTerm{List: list, Code: code, Label: label, Aliases: aliases}
	case 2:
		return practice.RetireTerm{List: list, Code: code}
	case 3:
		return practice.RegisterForum{Forum: forum}
	case 4:
		return practice.ChangeForum{Forum: forum}
	case 5:
		return practice.RetireForum{Code: code}
	case 6:
		return practice.SetCrosswalk{Crosswalk: vocabulary.Crosswalk{
			From: list, To: "report-theme", Pairs: []vocabulary.Pair{{From: code, To: "mobiliteit"}},
		}}
	case 7:
		return practice.DefineFigure{Figure: vocabulary.Figure{
			Code: code, Version: number, Label: label, Unit: "requests", FromYear: 2019 + number, Definition: label,
		}}
	case 8:
		return practice.MergeCards{Keep: redBike, Other: rapid.SampledFrom([]domain.CardID{redBike, blueHat}).Draw(t, "other")}
	case 9:
		return practice.CloseYear{Year: 2018 + number, Figures: closing(2018 + number)}
	default:
		return practice.Open{Name: "Harelbeke", Defaults: vocabulary.Harelbeke2022}
	}
}
