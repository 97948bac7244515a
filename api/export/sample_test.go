package export_test

import (
	"fmt"
	"testing"

	"signaalboek/api/export"
	"signaalboek/domain"
	"signaalboek/domain/disclosure"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/release"
	"signaalboek/domain/vocabulary"
	"signaalboek/projections"
)

// sample is the release of a year in which 60 people came, with a signal whose words begin like a formula.
func sample(t *testing.T) export.Release {
	t.Helper()
	book, found := vocabulary.Defaults(vocabulary.Harelbeke2022)
	if !found {
		t.Fatal("there are no words")
	}
	tables := published(book)
	period := release.Period{Year: 2025, Part: release.WholeYear}
	second := projections.HalfYear{Year: 2025, Half: 2}
	raised := projections.EditionStep{
		Stage: projections.StageRaised, Said: "scheduled", In: second, Forum: "team-opstap", Due: second,
		Why: domain.ToSeal("omdat"), What: domain.ToSeal("wat"), Outcome: pursuit.Promised,
		Reference: &pursuit.Reference{URI: "https://example.org/besluit/1"},
	}
	edition := projections.CouncilEdition{
		EditionHead: projections.EditionHead{Practice: "STEK", Period: period},
		Figures: []projections.PeriodFigures{
			{Period: release.Period{Year: 2025, Part: release.FirstHalf}}, {Period: period, Tables: tables},
		},
		Themes: []projections.EditionTheme{
			{Theme: "huisvesting", Recurring: true, Meetings: 3, Window: 6, Since: second, Signals: []projections.EditionRef{"S1"}},
		},
		Signals: []projections.EditionSignal{{
			PartnerSignal: projections.PartnerSignal{
				Ref: "S1", Statement: domain.ToSeal("=1+1 is te duur;\n\"echt\""), Themes: []domain.Code{"huisvesting"}, Heard: second,
				Reached: projections.StageRaised, Steps: []projections.EditionStep{raised},
			},
			Recurring: true,
			Settings:  []projections.EditionSetting{{Kind: pursuit.AtFocusgroep, In: second}},
		}},
		Forums: []projections.EditionForum{{
			Forum: "team-opstap", Raised: []projections.EditionRef{"S1"}, ToDiscuss: projections.EditionTime{Cases: 1, Longest: 2},
		}},
		Promises:        []projections.EditionPromise{{Of: "S1", Statement: domain.ToSeal("signaal"), Forum: "team-opstap", Made: second}},
		Debts:           []projections.EditionDebt{{Kind: pursuit.AtFocusgroep, Unpaid: disclosure.ByFive.Band(7)}},
		Recommendations: []projections.EditionRecommendation{{Ref: "A1", Text: domain.ToSeal("doe het"), MadeBy: "focusgroep"}},
		Neighbourhood:   vocabulary.Context(vocabulary.Harelbeke2022),
		Method:          projections.EditionMethod{Catalogue: 1, Limits: []projections.Limit{projections.LimitGuesses}},
	}
	for _, table := range tables {
		edition.Method.Widths = append(edition.Method.Widths, projections.EditionWidth{Table: table.Name, Width: table.Width})
	}
	for _, figure := range book.Figures(2025) {
		edition.Method.Definitions = append(edition.Method.Definitions, projections.EditionDefinition{Figure: figure})
	}
	return export.Release{Edition: edition, Book: book, Counted: domain.DateOf(2026, 1, 20), Open: opened}
}

// opened gives a text that was never sealed.
func opened(text domain.Sealed) (string, error) {
	plain, _ := text.Plain()
	return plain, nil
}

// published is the tables of a year, one of them not published.
func published(book vocabulary.Book) []disclosure.Published {
	catalogue := disclosure.V1()
	count := disclosure.Count{
		Period: disclosure.Period{Year: 2025, Part: disclosure.WholeYear},
		Lists:  disclosure.ListsOf(book),
		Voices: []disclosure.Voice{{Group: "focusgroep", Meetings: 6, Present: 48}},
	}
	activities := count.Lists[vocabulary.Activities]
	for i := range 60 {
		count.People = append(count.People, disclosure.Person{
			Number: i, New: domain.Yes, Known: domain.Unknown, Requests: 2,
			Contacts: map[domain.Code]int{activities[i%len(activities)].Code: 1 + i%3},
			Themes:   map[domain.Code]int{"huisvesting": 2},
		})
	}
	widths := disclosure.Widths{}
	for _, table := range catalogue.Tables(disclosure.WholeYear) {
		widths[table.Name] = disclosure.ByFive
	}
	widths[disclosure.NewByActivity.Name] = disclosure.Unpublished
	return catalogue.Publish(disclosure.Release{Count: count, Widths: widths})
}

// filesOf is the files of a release by name.
func filesOf(t *testing.T, of export.Release) map[string][]byte {
	t.Helper()
	files, err := export.Files(of)
	if err != nil {
		t.Fatal(err)
	}
	named := map[string][]byte{}
	for _, file := range files {
		named[file.Name] = file.Content
	}
	return named
}

// least and most of a cell as every file must say them.
func ends(cell disclosure.Cell) [2]string {
	if !cell.Recorded {
		return [2]string{"niet geregistreerd", "niet geregistreerd"}
	}
	return [2]string{fmt.Sprint(cell.Band.Least), fmt.Sprint(cell.Band.Most)}
}
