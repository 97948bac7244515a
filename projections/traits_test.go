package projections

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/contact"
	"signaalboek/domain/domaintest"
	"signaalboek/domain/practice"
	"signaalboek/domain/vocabulary"
)

// The figures that were published of the traits of people at two activities over several years.
//
// A figure "since the start" over years can be counted although nobody is recognised in two of them: who is new at an
// activity is so in one year only. So it is the people who are new there, added up over the years.
func TestPublishedFiguresOfTraits(t *testing.T) {
	for name, tt := range map[string]struct {
		at       domain.Code
		from, to int
		where    []vocabulary.TraitIn
		want, of int
	}{
		"naaiatelier, buitenlandse origine": {"naaiatelier", 2016, 2022, in(vocabulary.Origin, "buitenlands"), 79, 98},
		"digipunt, mannen":                  {"digipunt", 2021, 2022, in(vocabulary.Gender, "man"), 49, 110},
		"digipunt, vrouwen":                 {"digipunt", 2021, 2022, in(vocabulary.Gender, "vrouw"), 61, 110},
		"digipunt, andere origine":          {"digipunt", 2021, 2022, in(vocabulary.Origin, "buitenlands"), 41, 110},
	} {
		t.Run(name, func(t *testing.T) {
			l, told := newLog(), Traits{}
			l.define(vocabulary.Figure{
				Code: "gevraagd", Version: 1, Label: "Gevraagd", Unit: vocabulary.CountNewHere, Only: codes(tt.at),
				Where: tt.where, FromYear: tt.from, Definition: "Zoals gepubliceerd.",
			})
			l.define(vocabulary.Figure{
				Code: "allen", Version: 1, Label: "Allen", Unit: vocabulary.CountNewHere, Only: codes(tt.at),
				FromYear: tt.from, Definition: "Zoals gepubliceerd.",
			})
			for n := range tt.of {
				l.newcomer(told, n, tt.from+n%(tt.to-tt.from+1), tt.at, traitsOf(tt.where[0], n < tt.want))
			}
			period := Period{YearPeriod(tt.from).From, YearPeriod(tt.to).To}
			got, all := l.figureOf(t, told, period, "gevraagd"), l.figureOf(t, told, period, "allen")
			if got.Value != tt.want || all.Value != tt.of || !got.Recorded || got.Unknown != 0 {
				t.Errorf("%d of %d, recorded %t, %d unknown; published %d of %d",
					got.Value, all.Value, got.Recorded, got.Unknown, tt.want, tt.of)
			}
		})
	}
}

func in(trait domain.Code, classes ...domain.Code) []vocabulary.TraitIn {
	return []vocabulary.TraitIn{{Trait: trait, Classes: classes}}
}

func codes(all ...domain.Code) []domain.Code { return all }

// traitsOf is traits in the class that is counted, or in the other one.
func traitsOf(where vocabulary.TraitIn, counted bool) domain.Traits {
	others := map[domain.Code]domain.Code{"man": "vrouw", "vrouw": "man", "buitenlands": "belgisch", "met-kinderen": "alleen"}
	if counted {
		return domain.Traits{where.Trait: where.Classes[0]}
	}
	return domain.Traits{where.Trait: others[where.Classes[0]]}
}

func (l *log) define(figure vocabulary.Figure) {
	l.on(practice.StreamOf(here), date(2019, 1, 1), practice.FigureDefined{Figure: figure})
}

// newcomer records two contacts of somebody at an activity in a year, the first one there; and one the year after.
func (l *log) newcomer(told Traits, n, year int, at domain.Code, traits domain.Traits) {
	person, details := uint32(n+1), contact.Details{Activity: at, Known: domain.No}
	for visit, on := range []domain.Date{date(year, 3, 1), date(year, 3, 2), date(year+1, 3, 1)} {
		earlier := domain.No
		if on.Year() > year {
			earlier = domain.Yes
		}
		l.contact(streamIn("contact", 10*n+visit), on, person, earlier, contact.Registered{Details: details})
		if told[on.Year()] == nil {
			told[on.Year()] = map[domain.Pseudonym]domain.Traits{}
		}
		if traits != nil {
			told[on.Year()][recognised(on.Year(), person, "").Pseudonym] = traits
		}
	}
}

// figureOf is a figure, counted with what cards tell.
func (l *log) figureOf(t *testing.T, told Traits, period Period, code domain.Code) FigureValue {
	t.Helper()
	known := *l.set(t).Figures
	known.traits = told
	for _, value := range known.Period(here, period) {
		if value.Figure.Code == code {
			return value
		}
	}
	t.Fatalf("no figure %s", code)
	return FigureValue{}
}

// What nobody said is not no: it is told beside the figure, and a figure of which nobody said anything is not recorded.
func TestFigureOfTraits(t *testing.T) {
	kinds := map[vocabulary.Unit][2]FigureValue{
		vocabulary.CountUnique: {
			{Value: 1, Of: 3, Unknown: 1, Recorded: true}, {Of: 3, Unknown: 3},
		},
		vocabulary.CountNew: {
			{Value: 1, Of: 3, Unknown: 1, Recorded: true}, {Of: 3, Unknown: 3},
		},
		vocabulary.CountKnown: { // nobody is known: no trait can change that
			{Of: 3, Recorded: true}, {Of: 3, Recorded: true},
		},
	}
	for unit, want := range kinds {
		l, told := newLog(), Traits{}
		l.define(vocabulary.Figure{
			Code: "gezinnen", Version: 1, Label: "Gezinnen", Unit: unit, Where: in(vocabulary.Household, "met-kinderen"),
			FromYear: 2021, Definition: "Mensen uit een huishouden met kinderen.",
		})
		l.newcomer(told, 0, 2021, "huisbezoek", domain.Traits{"household": "met-kinderen"})
		l.newcomer(told, 1, 2021, "huisbezoek", domain.Traits{"household": "alleen", "gender": "man"})
		l.newcomer(told, 2, 2021, "huisbezoek", domain.Traits{"gender": "man"})
		for i, told := range []Traits{told, nil} {
			got := l.figureOf(t, told, YearPeriod(2021), "gezinnen")
			if got.Value != want[i].Value || got.Of != want[i].Of || got.Unknown != want[i].Unknown || got.Recorded != want[i].Recorded {
				t.Errorf("%s, told %t: %d of %d, %d unknown, recorded %t", unit, told != nil, got.Value, got.Of, got.Unknown, got.Recorded)
			}
		}
	}
}

// Two cards that are one person count once, with the traits of either.
func TestFigureOfTraitsAfterMerging(t *testing.T) {
	l, told := newLog(), Traits{}
	l.define(vocabulary.Figure{
		Code: "vrouwen", Version: 1, Label: "Vrouwen", Unit: vocabulary.CountUnique, Where: in(vocabulary.Gender, "vrouw"),
		FromYear: 2021, Definition: "Vrouwen.",
	})
	l.newcomer(told, 0, 2021, "huisbezoek", nil)
	l.newcomer(told, 1, 2021, "huisbezoek", domain.Traits{"gender": "vrouw"})
	l.merged(date(2022, 4, 1), 2021, 1, 2)
	if got := l.figureOf(t, told, YearPeriod(2021), "vrouwen"); got.Value != 1 || got.Of != 1 || got.Unknown != 0 {
		t.Errorf("%d of %d, %d unknown", got.Value, got.Of, got.Unknown)
	}
}

// The vault is asked for traits only when a figure looks at them; a year that it forgot is passed over.
func TestFiguresOfAsksTheVault(t *testing.T) {
	vault := domaintest.NewMemVault()
	card, err := vault.AddCard(t.Context(), uuid.New(), domain.NewCard{
		Practice: here, Nickname: "rode fiets", EarlierYear: domain.No, Traits: domain.Traits{"gender": "vrouw"},
	})
	if err != nil {
		t.Fatal(err)
	}
	l := newLog()
	for i, on := range []domain.Date{date(2021, 3, 1), date(2022, 3, 1)} {
		who, err := vault.Recognise(t.Context(), here, card, on, "huisbezoek")
		if err != nil {
			t.Fatal(err)
		}
		details := contact.Details{Activity: "huisbezoek", Known: domain.No}
		l.on(streamIn("contact", i), on, contact.Registered{Details: details}).Recognition = &who
	}
	s := New(nil, vault)
	if err := s.apply(l.readings, domain.Position{}); err != nil {
		t.Fatal(err)
	}
	whole := Period{From: date(2021, time.January, 1), To: date(2022, time.December, 31)}
	if known, err := s.FiguresOf(t.Context(), here, whole); err != nil || len(known.traits) != 0 {
		t.Errorf("the vault was asked for %d years that no figure needs, %v", len(known.traits), err)
	}
	l.define(vocabulary.Figure{
		Code: "vrouwen", Version: 1, Label: "Vrouwen", Unit: vocabulary.CountUnique, Where: in(vocabulary.Gender, "vrouw"),
		FromYear: 2021, Definition: "Vrouwen.",
	})
	if err := s.apply(l.readings[len(l.readings)-1:], domain.Position{}); err != nil {
		t.Fatal(err)
	}
	if err := vault.DestroyYear(t.Context(), here, 2021); err != nil {
		t.Fatal(err)
	}
	known, err := s.FiguresOf(t.Context(), here, whole)
	if err != nil || len(known.traits) != 1 {
		t.Fatalf("traits of %d years, %v", len(known.traits), err)
	}
	if got := figure(t, &Set{Figures: known}, 2022, "vrouwen"); got.Value != 1 || !got.Recorded {
		t.Errorf("%d, recorded %t", got.Value, got.Recorded)
	}
}
