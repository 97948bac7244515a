package practice_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/domaintest"
	"signaalboek/domain/practice"
	"signaalboek/domain/vocabulary"
)

var raad = vocabulary.Forum{
	Code: "wijkraad", Label: "Wijkraad", Aliases: []string{"raad"}, Kind: vocabulary.ConsultingForum, Level: "stad",
	Cadence: "maandelijks", Remark: "Sinds dit jaar.",
}

var visits = vocabulary.Figure{
	Code: "bezoeken", Version: 1, Label: "Bezoeken", Unit: vocabulary.CountContacts, Only: []domain.Code{"huisbezoek"},
	FromYear: 2023, Definition: "Contacten thuis.",
}

// What is typed untidily is recorded tidily: on one line, every word once.
func TestWordsAreTidied(t *testing.T) {
	untidy := raad
	untidy.Label, untidy.Cadence, untidy.Remark = " Wijkraad ", " maandelijks", "Sinds dit jaar.\n"
	untidy.Aliases = []string{"raad", " raad ", "", "Wijkraad"}
	given(t).When(practice.RegisterForum{Forum: untidy}).Then(practice.ForumRegistered{Forum: raad})

	wide := visits
	wide.Label, wide.Definition, wide.Only = " Bezoeken", "Contacten thuis. ", []domain.Code{"huisbezoek", "huisbezoek"}
	given(t).When(practice.DefineFigure{Figure: wide}).Then(practice.FigureDefined{Figure: visits})
	without := visits
	without.Only, without.Without = nil, []domain.Code{"digipunt"}
	wide = without
	wide.Without = []domain.Code{"digipunt", "digipunt"}
	given(t).When(practice.DefineFigure{Figure: wide}).Then(practice.FigureDefined{Figure: without})
}

func TestLimitsOfWords(t *testing.T) {
	var names []string
	for n := range 21 {
		names = append(names, "naam "+strconv.Itoa(n))
	}
	full := term("energie", strings.Repeat("é", vocabulary.MaxLabel), names[:20]...)
	full.Term.Remark = strings.Repeat("é", vocabulary.MaxLabel)
	given(t).When(full).Then(practice.TermAdded(full))
	if r := given(t).When(term("energie", "Energie", names...)).Refused(practice.ErrAlias); r.Field != "/term/aliases" {
		t.Errorf("at %q", r.Field)
	}
	full.Term.Remark += "é"
	if r := given(t).When(full).Refused(practice.ErrRemark); r.Field != "/term/remark" {
		t.Errorf("at %q", r.Field)
	}
	for field, change := range map[string]func(*vocabulary.Forum, string){
		"/cadence": func(f *vocabulary.Forum, text string) { f.Cadence = text },
		"/remark":  func(f *vocabulary.Forum, text string) { f.Remark = text },
	} {
		wordy := raad
		change(&wordy, strings.Repeat("é", vocabulary.MaxLabel+1))
		if r := given(t).When(practice.RegisterForum{Forum: wordy}).Refused(practice.ErrRemark); r.Field != field {
			t.Errorf("at %q, want %q", r.Field, field)
		}
	}
}

func TestRule8LimitsOfFigures(t *testing.T) {
	defined := practice.FigureDefined{Figure: visits}
	for name, c := range map[string]struct {
		change func(*vocabulary.Figure)
		want   *domain.Refusal
	}{
		"as it is":              {func(*vocabulary.Figure) {}, nil},
		"longest definition":    {func(f *vocabulary.Figure) { f.Definition = strings.Repeat("é", 300) }, nil},
		"too long":              {func(f *vocabulary.Figure) { f.Definition = strings.Repeat("é", 301) }, practice.ErrDefinition},
		"of an unknown word":    {func(f *vocabulary.Figure) { f.Only = []domain.Code{"weg"} }, vocabulary.ErrUnknownCode},
		"from the first year":   {func(f *vocabulary.Figure) { f.FromYear = 1900 }, nil},
		"from before that":      {func(f *vocabulary.Figure) { f.FromYear = 1899 }, practice.ErrFromYear},
		"from the last year":    {func(f *vocabulary.Figure) { f.FromYear = 2999 }, nil},
		"from beyond that":      {func(f *vocabulary.Figure) { f.FromYear = 3000 }, practice.ErrFromYear},
		"of which it is second": {func(f *vocabulary.Figure) { f.Version = 2 }, practice.ErrVersion},
	} {
		t.Run(name, func(t *testing.T) {
			figure := visits
			c.change(&figure)
			if answer := given(t).When(practice.DefineFigure{Figure: figure}); c.want != nil {
				answer.Refused(c.want)
			} else {
				answer.Then(practice.FigureDefined{Figure: figure})
			}
		})
	}
	otherwise := visits
	otherwise.Definition = "Anders."
	given(t, defined).When(practice.DefineFigure{Figure: otherwise}).Refused(practice.ErrVersion)
	otherwise.Version = 2 // a version may begin in the year of the one before
	given(t, defined).When(practice.DefineFigure{Figure: otherwise}).Then(practice.FigureDefined{Figure: otherwise})
}

func TestRule6AClosedYearStandsAsItWasClosed(t *testing.T) {
	closed := practice.YearClosed{Year: 2022, Figures: closing(2022)}
	value := 0.0
	closed.Figures[0].Value = &value
	for field, other := range domaintest.EachLacking(t, closed.Figures[0]) {
		figures := append([]practice.ClosedFigure{other}, closed.Figures[1:]...)
		if field == "Figure" {
			figures[0].Figure = "iets-anders"
		}
		given(t, closed).When(practice.CloseYear{Year: 2022, Figures: figures}).Refused(practice.ErrYearClosed)
	}
	for _, year := range []int{1899, 3000} {
		given(t).When(practice.CloseYear{Year: year}).Refused(practice.ErrYear)
	}
	given(t).When(practice.CloseYear{Year: 1900}).Then(practice.YearClosed{Year: 1900})
	given(t).When(practice.CloseYear{Year: 2999}).Refused(practice.ErrYearNotOver)

	most, more := 1e9, 1e9+1
	for _, c := range []struct {
		value *float64
		want  *domain.Refusal
	}{{&most, nil}, {&more, practice.ErrYearFigure}} {
		figures := closing(2022)
		figures[0].Value = c.value
		if answer := given(t).When(practice.CloseYear{Year: 2022, Figures: figures}); c.want != nil {
			answer.Refused(c.want)
		} else {
			answer.Then(practice.YearClosed{Year: 2022, Figures: figures})
		}
	}
	unknown := append(closing(2022), practice.ClosedFigure{Figure: "iets-anders"})
	given(t).When(practice.CloseYear{Year: 2022, Figures: unknown}).Refused(practice.ErrYearFigure)
}

func TestErasuresThatAreStillOwedAreRecordedBeside(t *testing.T) {
	one, two := uuid.UUID{1}, uuid.UUID{2}
	record := func(keys ...uuid.UUID) practice.RecordErasures {
		return practice.RecordErasures{Month: "2022-11", Keys: keys}
	}
	recorded := practice.TextsErased{Month: "2022-11", Keys: []uuid.UUID{one}}
	given(t).When(record(one, one)).Then(recorded)
	given(t, recorded).When(record(one)).Nothing()
	given(t, recorded).When(record(two, one)).Then(practice.TextsErased{Month: "2022-11", Keys: []uuid.UUID{two}})
}

func TestOpenedOnce(t *testing.T) {
	if (practice.State{}).Opened() || !practice.Decider.Fold(practice.State{}, opened).Opened() {
		t.Error("a practice is open once it was opened")
	}
	if slices.ContainsFunc((practice.State{}).Book().Lists(), domain.Code.Valid) {
		t.Error("a practice has words before it was opened")
	}
}
