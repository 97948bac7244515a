package web

import (
	"slices"
	"testing"

	"signaalboek/domain"
	"signaalboek/domain/disclosure"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/recommendation"
	"signaalboek/domain/release"
	"signaalboek/domain/signal"
	"signaalboek/domain/vocabulary"
	"signaalboek/projections"
)

// printing prints with the words of the field; texts are not sealed at all.
func printing(t testing.TB) Printing {
	t.Helper()
	book, known := vocabulary.Defaults(vocabulary.Harelbeke2022)
	if !known {
		t.Fatal("no words")
	}
	return Printing{Book: book, Demo: true, Open: func(text domain.Sealed) (string, error) {
		plain, _ := text.Plain()
		return plain, nil
	}}
}

// in is a half-year.
func in(year, half int) projections.HalfYear { return projections.HalfYear{Year: year, Half: half} }

func sampleHead(edition release.Edition) projections.EditionHead {
	head := projections.EditionHead{
		Practice: "STEK Harelbeke Centrum", Period: release.Period{Year: 2022, Part: release.WholeYear},
	}
	said := map[release.Place]string{
		release.Opening: "In 2022 kwamen bewoners opnieuw samen in de focusgroep.\nZe kozen zelf wat verder mocht naar het overleg.",
		release.Heard:   "Vooral over vrije tijd en over geld.",
		release.Signals: "De signalen over vrije tijd horen samen: kosten, inschrijven en bekendheid.",
		release.Closing: "Dank aan iedereen die iets vertelde.",
	}
	for _, place := range release.Places(edition) {
		if text, there := said[place]; there {
			head.Sentences = append(head.Sentences, projections.EditionSentence{Place: place, Text: domain.ToSeal(text)})
		}
	}
	return head
}

func cell(m disclosure.Measure, category domain.Code, least, most int) disclosure.Cell {
	return disclosure.Cell{Measure: m, Category: category, Recorded: true, Band: disclosure.Band{Least: least, Most: most}}
}

// sampleTables is the tables of a year, as the published figures were.
func sampleTables(unique, known, requests int, themes bool) []disclosure.Published {
	tables := []disclosure.Published{
		{Table: disclosure.Headline, Width: disclosure.Exact, Cells: []disclosure.Cell{
			cell(disclosure.Unique, "", unique, unique), {Measure: disclosure.New}, cell(disclosure.Known, "", known, known),
		}},
		{Table: disclosure.ContactsInAll, Width: disclosure.ByTen, Cells: []disclosure.Cell{
			cell(disclosure.Contacts, "", 310, 319),
		}},
		{Table: disclosure.RequestsInAll, Width: disclosure.Exact, Cells: []disclosure.Cell{
			cell(disclosure.Requests, "", requests, requests),
		}},
	}
	if !themes {
		return tables
	}
	counts := map[domain.Code]int{"huisvesting": 20, "financieel": 35, "vrije-tijd": 20, "onderwijs": 10, "gezondheid": 5}
	book, _ := vocabulary.Defaults(vocabulary.Harelbeke2022)
	byTheme := disclosure.Published{Table: disclosure.RequestsByTheme, Width: disclosure.ByFive}
	for _, term := range book.Terms(vocabulary.Themes) {
		n := counts[term.Code]
		byTheme.Cells = append(byTheme.Cells, cell(disclosure.Requests, term.Code, n, n+4))
	}
	unique5 := disclosure.Published{Table: disclosure.UniqueByActivity, Width: disclosure.ByFive}
	new10 := disclosure.Published{Table: disclosure.NewByActivity, Width: disclosure.ByFive}
	for i, term := range book.Terms(vocabulary.Activities) {
		if !book.IsFocusgroep(term.Code) {
			unique5.Cells = append(unique5.Cells, cell(disclosure.Unique, term.Code, i*5, i*5+4))
			new10.Cells = append(new10.Cells, cell(disclosure.New, term.Code, i/4*5, i/4*5+4))
		}
	}
	voices := disclosure.Published{Table: disclosure.MeetingsOfVoices, Width: disclosure.ByFive, Cells: []disclosure.Cell{
		cell(disclosure.Meetings, "focusgroep", 4, 4), cell(disclosure.Present, "focusgroep", 35, 39),
	}}
	return append(tables, unique5, new10, disclosure.Published{Table: disclosure.KnownByActivity}, byTheme,
		disclosure.Published{Table: disclosure.ReferralsByService}, voices)
}

func step(stage projections.Stage, said string, at projections.HalfYear, forum domain.Code) projections.EditionStep {
	return projections.EditionStep{Stage: stage, Said: projections.Said(said), In: at, Forum: forum}
}

// sampleSignals is signals in every state of the road.
func sampleSignals() []projections.EditionSignal {
	promised := step(projections.StageDiscussed, "discussed", in(2022, 1), "lokaal-overleg-vrijetijdsparticipatie")
	promised.Outcome, promised.Due = pursuit.Promised, in(2022, 2)
	promised.What = domain.ToSeal("Er komt een kaart met alle plekken waar de UiTPAS werkt.")
	decided := step(projections.StageDecided, "decided", in(2022, 2), "gemeenteraad")
	decided.Verdict, decided.Why = pursuit.Partly, domain.ToSeal("Betalen in schijven kan. Voor een lager tarief is er nog geen budget.")
	decided.Reference = &pursuit.Reference{URI: "https://voorbeeld.be/besluit"}
	carried := step(projections.StageCarriedOut, "carried-out", in(2022, 2), "")
	carried.What = domain.ToSeal("Inschrijven kan nu ook aan de balie van GS9, met hulp.")
	return []projections.EditionSignal{
		{
			PartnerSignal: projections.PartnerSignal{
				Ref: "S1", Statement: domain.ToSeal("Het is onduidelijk waar de UiTPAS in Harelbeke gebruikt kan worden."),
				Themes: []domain.Code{"vrije-tijd"}, Heard: in(2021, 2), Reached: projections.StageDiscussed,
				Steps: []projections.EditionStep{
					step(projections.StageRaised, "scheduled", in(2021, 2), "lokaal-overleg-vrijetijdsparticipatie"), promised,
				},
			},
			Recurring: true,
			Settings: []projections.EditionSetting{
				{Kind: pursuit.AtFocusgroep, In: in(2021, 2)},
				{Kind: pursuit.AtActivity, Activity: "sociale-kruidenier", In: in(2021, 0)},
			},
		},
		{
			PartnerSignal: projections.PartnerSignal{
				Ref: "S2", Statement: domain.ToSeal("Inschrijvingsgeld en vooraf betalen houden gezinnen weg van activiteiten."),
				Themes: []domain.Code{"vrije-tijd", "financieel"}, Heard: in(2021, 1), Reached: projections.StageFedBack,
				Steps: []projections.EditionStep{
					step(projections.StageRaised, "scheduled", in(2021, 2), "gemeenteraad"),
					step(projections.StageDiscussed, "discussed", in(2022, 1), "gemeenteraad"), decided, carried,
					step(projections.StageFedBack, "fed-back", in(2022, 2), ""),
				},
				Closed: signal.Answered,
			},
			Recurring: true,
			Settings:  []projections.EditionSetting{{Kind: pursuit.AtFocusgroep, In: in(2021, 1)}},
		},
		{
			PartnerSignal: projections.PartnerSignal{
				Ref: "S3", Statement: domain.ToSeal("Gezinnen hebben geen geschikt digitaal toestel."),
				Themes: []domain.Code{"materieel", "onderwijs"}, Heard: in(2022, 2), Reached: projections.StageHeard,
			},
		},
	}
}

func sampleRecommendations() []projections.EditionRecommendation {
	return []projections.EditionRecommendation{{
		Ref: "A1", Text: domain.ToSeal("Hou zitdagen van diensten in GS9, de uitvalsbasis in de buurt."),
		MadeBy: recommendation.ByFocusgroep, Adopted: true, Answers: []projections.EditionRef{"S1", "S2"}, Reached: projections.StageRaised,
		Steps: []projections.EditionStep{step(projections.StageRaised, "scheduled", in(2022, 2), "team-opstap")},
	}, {
		Ref: "A2", Text: domain.ToSeal("Geef ruimte om te experimenteren met wat van onderuit groeit."),
		MadeBy: recommendation.ByTeam, Reached: projections.StageHeard, Answers: []projections.EditionRef{"S3"}, Adopted: true,
	}}
}

func samplePromises() []projections.EditionPromise {
	return []projections.EditionPromise{{
		Of: "S1", Statement: sampleSignals()[0].Statement, Forum: "lokaal-overleg-vrijetijdsparticipatie", Made: in(2022, 1),
		Due: in(2022, 2), Overdue: true, Promise: domain.ToSeal("Er komt een kaart met alle plekken waar de UiTPAS werkt."),
	}}
}

func sampleCouncil() projections.CouncilEdition {
	themes := []projections.EditionTheme{
		{
			Theme: "vrije-tijd", Recurring: true, Meetings: 3, Window: 4, Since: in(2020, 1), Trend: 1,
			Signals: []projections.EditionRef{"S1", "S2"},
		},
		{
			Theme: "financieel", Recurring: true, Meetings: 2, Window: 4, Since: in(2020, 2), Trend: -1,
			Signals: []projections.EditionRef{"S2"},
		},
		{Theme: "onderwijs", Meetings: 1, Window: 4, Since: in(2022, 1), Signals: []projections.EditionRef{"S3"}},
		{Theme: "huisvesting", Window: 4},
	}
	book, _ := vocabulary.Defaults(vocabulary.Harelbeke2022)
	var definitions []projections.EditionDefinition
	for _, figure := range book.Figures(2022) {
		definitions = append(definitions, projections.EditionDefinition{Figure: figure, Break: figure.Version > 1})
	}
	before, now := sampleTables(124, 59, 185, false), sampleTables(200, 88, 110, true)
	return projections.CouncilEdition{
		EditionHead: sampleHead(release.Council),
		Figures: []projections.PeriodFigures{
			{Period: release.Period{Year: 2021, Part: release.WholeYear}, Tables: before},
			{Period: release.Period{Year: 2022, Part: release.WholeYear}, Tables: now},
		},
		Themes: themes, Signals: sampleSignals(),
		Forums: []projections.EditionForum{
			{
				Forum: "gemeenteraad", Raised: []projections.EditionRef{"S2"},
				ToDiscuss:  projections.EditionTime{Cases: 1, Median: 1, Longest: 1},
				ToDecide:   projections.EditionTime{Cases: 2, Median: 2, Longest: 3},
				ToCarryOut: projections.EditionTime{Cases: 1, Median: 2, Longest: 2},
			},
			{
				Forum: "lokaal-overleg-vrijetijdsparticipatie", Raised: []projections.EditionRef{"S1"},
				Waiting: []projections.EditionRef{"S1"}, ToDiscuss: projections.EditionTime{Cases: 1},
			},
		},
		Promises: samplePromises(),
		Debts: []projections.EditionDebt{
			{Kind: pursuit.AtFocusgroep, Unpaid: disclosure.Band{Most: 4}}, {Kind: pursuit.AtActivity, Unpaid: disclosure.Band{Least: 5, Most: 9}},
		},
		Recommendations: sampleRecommendations(),
		Neighbourhood:   slices.Clone(vocabulary.Context(vocabulary.Harelbeke2022)),
		Method: projections.EditionMethod{
			Catalogue: 1, Definitions: definitions,
			Widths: []projections.EditionWidth{{Table: "headline", Width: disclosure.Exact}, {Table: "requests-by-theme", Width: disclosure.ByFive}},
			Limits: append(projections.GateLimits(),
				projections.LimitUnrecognised, projections.LimitFocusgroep, projections.LimitYears, projections.LimitCorrections,
				projections.LimitProof),
		},
	}
}

func sampleResidents() projections.ResidentsEdition {
	council := sampleCouncil()
	return projections.ResidentsEdition{
		EditionHead: sampleHead(release.Residents), Themes: council.Themes[:2], Heard: council.Signals,
		Decided: []projections.EditionAnswer{{Of: "S2", Statement: council.Signals[1].Statement, Step: council.Signals[1].Steps[2]}},
		Next:    council.Promises, More: true,
		Waiting: []projections.EditionWait{{Of: "S1", Statement: council.Signals[0].Statement, Forum: "team-opstap"}},
	}
}

func samplePartners() projections.PartnerEdition {
	council := sampleCouncil()
	return projections.PartnerEdition{
		EditionHead: sampleHead(release.Partners), Forum: "gemeenteraad",
		Signals:  []projections.PartnerSignal{council.Signals[0].PartnerSignal, council.Signals[1].PartnerSignal},
		Promises: council.Promises, Recommendations: council.Recommendations[:1],
	}
}
