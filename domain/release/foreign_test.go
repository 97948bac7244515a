package release_test

import (
	"reflect"
	"testing"
	"time"

	"signaalboek/domain"
	"signaalboek/domain/disclosure"
	"signaalboek/domain/domaintest"
	"signaalboek/domain/release"
	"signaalboek/domain/vocabulary"
)

// elsewhere is what a service published of the year: how many people came, and how many of those the sewing workshop saw.
var elsewhere = release.ForeignTable{
	Period: whole, Table: disclosure.Headline.Name, Source: "huis-van-welzijn",
	Cells: []release.ForeignCell{{Measure: disclosure.Unique, Least: 140, Most: 160}, {Measure: disclosure.Known, Least: 60, Most: 60}},
}

func foreign(id release.ForeignID, document string) release.ForeignRecorded {
	return release.ForeignRecorded{Foreign: id, ForeignTable: elsewhere, Document: domain.ToSeal(document)}
}

// recording begins a sentence of somebody who knows the words of the practice.
func recording(t testing.TB, events ...release.Event) spec {
	t.Helper()
	facts := by(coordinator)
	facts.Foreign, facts.Book = third, book(t)
	return domaintest.Given(t, release.Decider, facts, events...)
}

func book(t testing.TB) vocabulary.Book {
	t.Helper()
	words, known := vocabulary.Defaults(vocabulary.Harelbeke2022)
	if !known {
		t.Fatal("there are no words")
	}
	return words
}

func TestRecordingWhatOthersPublished(t *testing.T) {
	ask := release.RecordForeign{ForeignTable: elsewhere}
	recording(t).When(ask).Then(foreign(third, ""))
	recording(t, foreign(first, "")).When(ask).Nothing()
	recording(t, foreign(first, ""), release.ForeignWithdrawn{Foreign: first}).When(ask).Then(foreign(third, ""))
	ask.Document = " Het jaarverslag, bladzijde 3. "
	recording(t, foreign(first, "")).When(ask).Then(foreign(third, "Het jaarverslag, bladzijde 3."))
	ask.Source = ""
	unnamed := foreign(third, "Het jaarverslag, bladzijde 3.")
	unnamed.Source = ""
	recording(t).When(ask).Then(unnamed)
	byActivity := release.RecordForeign{ForeignTable: release.ForeignTable{
		Period: whole, Table: disclosure.UniqueByActivity.Name, Source: "caw",
		Cells: []release.ForeignCell{{Measure: disclosure.Unique, Category: "huis-van-het-kind", Least: 0, Most: 12}},
	}}
	recording(t).When(byActivity).Then(release.ForeignRecorded{Foreign: third, ForeignTable: byActivity.ForeignTable})
}

// What is in no terms of ours would be passed over by the gate, and everybody would think that it was looked at.
func TestForeignTablesInNoTermsOfOurs(t *testing.T) {
	cell := release.ForeignCell{Measure: disclosure.Unique, Least: 1, Most: 2}
	for name, test := range map[string]struct {
		spoil func(*release.RecordForeign)
		want  *domain.Refusal
		at    string
	}{
		"no period":     {func(c *release.RecordForeign) { c.Period.Part = "second-half" }, release.ErrPeriod, "/period"},
		"not over":      {func(c *release.RecordForeign) { c.Period.Year = 2027 }, release.ErrNotOver, "/period"},
		"no source":     {func(c *release.RecordForeign) { c.Source, c.Document = "", " " }, release.ErrForeignSource, "/source"},
		"other source":  {func(c *release.RecordForeign) { c.Source = "brandweer" }, vocabulary.ErrUnknownCode, "/source"},
		"no table":      {func(c *release.RecordForeign) { c.Table = "shoe-sizes" }, release.ErrForeignTable, "/table"},
		"of a voice":    {func(c *release.RecordForeign) { c.Table = disclosure.MeetingsOfVoices.Name }, release.ErrForeignTable, "/table"},
		"not of a half": {func(c *release.RecordForeign) { c.Period, c.Table = half, disclosure.KnownByActivity.Name }, release.ErrForeignTable, "/table"},
		"no cells":      {func(c *release.RecordForeign) { c.Cells = nil }, release.ErrForeignEmpty, "/cells"},
		"other measure": {func(c *release.RecordForeign) { c.Cells[1].Measure = disclosure.Contacts }, release.ErrForeignCell, "/cells/1"},
		"a category":    {func(c *release.RecordForeign) { c.Cells[0].Category = "naaiatelier" }, release.ErrForeignCell, "/cells/0"},
		"no category": {func(c *release.RecordForeign) {
			c.Table, c.Cells = disclosure.UniqueByActivity.Name, []release.ForeignCell{cell}
		}, release.ErrForeignCell, "/cells/0"},
		"the focusgroep": {func(c *release.RecordForeign) {
			cell.Category = vocabulary.ActivityFocusgroep
			c.Table, c.Cells = disclosure.UniqueByActivity.Name, []release.ForeignCell{cell}
		}, release.ErrForeignCell, "/cells/0"},
		"twice":         {func(c *release.RecordForeign) { c.Cells[1].Measure = disclosure.Unique }, release.ErrForeignCell, "/cells/1"},
		"backwards":     {func(c *release.RecordForeign) { c.Cells[1].Least = 61 }, release.ErrForeignRange, "/cells/1"},
		"below zero":    {func(c *release.RecordForeign) { c.Cells[0].Least = -1 }, release.ErrForeignRange, "/cells/0"},
		"beyond counts": {func(c *release.RecordForeign) { c.Cells[0].Most = 1 << 31 }, release.ErrForeignRange, "/cells/0"},
	} {
		t.Run(name, func(t *testing.T) {
			ask := release.RecordForeign{ForeignTable: elsewhere}
			ask.Cells = append([]release.ForeignCell(nil), elsewhere.Cells...)
			test.spoil(&ask)
			if refusal := recording(t).When(ask).Refused(test.want); refusal.Field != test.at {
				t.Errorf("refused at %s, want %s", refusal.Field, test.at)
			}
		})
	}
}

// A proposal that waits was judged with what stood when it was made.
func TestNothingForeignMovesUnderAProposal(t *testing.T) {
	waiting := []release.Event{foreign(first, ""), proposed(second, half)}
	other := release.RecordForeign{ForeignTable: elsewhere, Document: "Een ander verslag."}
	refusal := recording(t, waiting...).When(other).Refused(release.ErrForeignOpen)
	if refusal.With["period"] != "2026-first-half" {
		t.Errorf("the refusal names %v", refusal.With)
	}
	recording(t, waiting...).When(release.WithdrawForeign{Foreign: first}).Refused(release.ErrForeignOpen)
	recording(t, waiting...).When(release.RecordForeign{ForeignTable: elsewhere}).Nothing()
	dropped := append(waiting, release.Dropped{Release: second})
	recording(t, dropped...).When(other).Then(foreign(third, "Een ander verslag."))
}

func TestWithdrawingWhatWasRecordedWrongly(t *testing.T) {
	ask := release.WithdrawForeign{Foreign: first, Motivation: "Het ging over een ander jaar."}
	gone := release.ForeignWithdrawn{Foreign: first, Motivation: domain.ToSeal("Het ging over een ander jaar.")}
	recording(t, foreign(first, "")).When(ask).Then(gone)
	recording(t, foreign(first, ""), gone).When(ask).Nothing()
	recording(t).When(ask).Refused(release.ErrForeignUnknown)
}

// The gate is told every count that stands, and none that was withdrawn.
func TestWhatTheGateIsTold(t *testing.T) {
	state := release.Decider.Fold(release.Decider.Initial,
		foreign(first, ""), foreign(second, ""), release.ForeignWithdrawn{Foreign: first})
	standing := state.Foreign()
	if len(standing) != 1 || standing[0].ID != second {
		t.Fatalf("%+v stand", standing)
	}
	want := []disclosure.Foreign{
		{Period: whole, Table: "headline", Measure: disclosure.Unique, Band: disclosure.Band{Least: 140, Most: 160}},
		{Period: whole, Table: "headline", Measure: disclosure.Known, Band: disclosure.Band{Least: 60, Most: 60}},
	}
	if got := standing[0].Told(); !reflect.DeepEqual(got, want) {
		t.Errorf("told %+v, want %+v", got, want)
	}
}

// Whoever looks at a day before the period is over is told when it is.
func TestForeignPeriodsAreOver(t *testing.T) {
	facts := by(coordinator)
	facts.On, facts.Book = domain.DateOf(2026, time.December, 31), book(t)
	refusal := domaintest.Given(t, release.Decider, facts).When(release.RecordForeign{ForeignTable: elsewhere}).Refused(release.ErrNotOver)
	if refusal.With["last"] != "2026-12-31" {
		t.Errorf("the refusal names %v", refusal.With)
	}
}
