package demonstration

import (
	"time"

	"signaalboek/domain"
	"signaalboek/domain/practice"
	"signaalboek/domain/vocabulary"
)

// openPractices plans the beginning of both books, and the change of a forum that the sources tell of.
func (p *plan) openPractices() {
	p.word(Harelbeke, "open", day(2019, time.December, 2), practice.Open{
		Name: "STEK Harelbeke Centrum", Defaults: vocabulary.Harelbeke2022,
	})
	p.word(Zillebeke, "open", day(2021, time.January, 4), practice.Open{
		Name: "Ter Plekke Zillebeke", Defaults: vocabulary.Harelbeke2022,
	})
	p.word(Harelbeke, "stuurgroep", day(2019, time.December, 16), practice.ChangeForum{Forum: vocabulary.Forum{
		Code: "stuurgroep", Label: "Stuurgroep", Kind: vocabulary.InternalForum, Level: "praktijk",
		Remark: "sinds eind 2019 een interne opvolging",
	}})
}

// changeWords plans a change of every sort, so that the code lists show how they grow.
func (p *plan) changeWords() {
	p.word(Harelbeke, "spelpakket", day(2020, time.May, 4), practice.AddTerm{List: vocabulary.Activities, Term: vocabulary.Term{
		Code: "spelpakket-aan-huis", Label: "Spelpakket aan huis", Aliases: []string{"spelpakket"}, Core: "huisbezoek",
	}})
	p.word(Harelbeke, "spelpakket/retired", day(2021, time.July, 5), practice.RetireTerm{
		List: vocabulary.Activities, Code: "spelpakket-aan-huis",
	})
	p.word(Harelbeke, "energie", day(2022, time.October, 3), practice.AddTerm{List: vocabulary.Themes, Term: vocabulary.Term{
		Code: "energie", Label: "Energie", Aliases: []string{"gas en stroom"}, Core: "huisvesting",
	}})
	p.word(Harelbeke, "overleg-energie", day(2022, time.October, 10), practice.RegisterForum{Forum: vocabulary.Forum{
		Code: "overleg-energie", Label: "Overleg energie", Kind: vocabulary.ConsultingForum, Level: "stad",
		Remark: "alleen in de demonstratie",
	}})
	p.word(Harelbeke, "overleg-energie/retired", day(2024, time.May, 6), practice.RetireForum{Code: "overleg-energie"})
	p.word(Harelbeke, "schoolbabbel", day(2023, time.September, 4), practice.RelabelTerm{
		List: vocabulary.Activities, Code: "praattafel-schoolbabbel", Label: "Praattafel en schoolbabbel",
	})
	p.word(Harelbeke, "crosswalk", day(2023, time.January, 9), practice.SetCrosswalk{Crosswalk: crosswalk2023()})
	p.word(Harelbeke, "naaiatelier", day(2023, time.January, 9), practice.DefineFigure{Figure: vocabulary.Figure{
		Code: "naaiatelier-deelnemers-per-moment", Version: 1, Label: "Naaiatelier, deelnemers per moment",
		Unit: vocabulary.CountMeanPresent, Only: []domain.Code{"naaiatelier"}, FromYear: 2023,
		Definition: "Gemiddeld aantal aanwezigen per moment, afgerond.",
	}})
	p.word(Harelbeke, "erased/2022-12", day(2023, time.January, 2), practice.RecordErasures{Month: "2022-12"})
	p.word(Harelbeke, "close/2020", day(2023, time.January, 16), practice.CloseYear{Year: 2020, Figures: p.close2020()})
}

func (p *plan) word(of domain.PracticeID, name string, on domain.Date, command practice.Command) {
	to(p, p.book.Ledger.Practices).execute(practice.StreamOf(of), errand{
		name: "practice/" + string(of) + "/" + name, rank: ofWords, on: on, practice: of, actor: coordinator,
	}, command)
}

// crosswalk2023 reports the themes as before, and the practice's own theme too.
func crosswalk2023() vocabulary.Crosswalk {
	defaults, _ := vocabulary.Defaults(vocabulary.Harelbeke2022)
	crosswalk, _ := defaults.Crosswalk(vocabulary.Themes, vocabulary.ReportThemes, 0)
	crosswalk.Since = day(2023, time.January, 1)
	crosswalk.Pairs = append(append([]vocabulary.Pair(nil), crosswalk.Pairs...), vocabulary.Pair{From: "energie", To: "huisvesting"})
	return crosswalk
}

// close2020 is what the figures of 2020 read when that year is closed: as they were published, and the others as they
// were planned. Newcomers were not recorded.
func (p *plan) close2020() []practice.ClosedFigure {
	value := func(n int) *float64 { v := float64(n); return &v }
	contacts := 0
	for _, r := range p.contacts {
		if r.on.Year() == 2020 && !r.withdrawn && r.practice == "" {
			contacts++
		}
	}
	signals := 0
	for _, s := range p.signals {
		if s.pickedUp.Year() == 2020 {
			signals++
		}
	}
	return []practice.ClosedFigure{
		{Figure: "contacten", Version: 1, Value: value(contacts)},
		{Figure: "unieke-contacten", Version: 1, Value: value(137)},
		{Figure: "nieuwe-contacten", Version: 1},
		{Figure: "gekend-bij-sociale-dienst", Version: 1, Value: value(72)},
		{Figure: "hulpvragen", Version: 1, Value: value(270)},
		{Figure: "signalen", Version: 1, Value: value(signals)},
	}
}
