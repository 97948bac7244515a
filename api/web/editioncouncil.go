package web

import (
	"slices"
	"strconv"

	"signaalboek/domain/disclosure"
	"signaalboek/domain/release"
	"signaalboek/domain/vocabulary"
	"signaalboek/projections"
)

// councilSheet is what is printed of the edition for the council.
type councilSheet struct {
	editionHead
	Half            bool // of a year: fewer tables are shown
	Totals          totalsSheet
	Tables          []figureTable
	Themes          []themeSheet
	Window          int // of how many meetings of the focusgroep themes are told
	Signals         []roadSheet
	Moved           []string // signals and recommendations with which something happened since the period began
	Forums          []forumSheet
	LeadTimes       LeadTimes
	Promises        []promiseSheet
	Debts           []debtSheet
	Recommendations []roadSheet
	Neighbourhood   []indicatorGroup
	Method          methodSheet
}

func (s *sheets) council(edition projections.CouncilEdition) councilSheet {
	sheet := councilSheet{
		editionHead:   s.head(release.Council, edition.EditionHead, T("edition.title"), T("edition.council")),
		Half:          edition.Period.Part == release.FirstHalf,
		Totals:        totals(edition.Figures, edition.Method.Definitions),
		Promises:      s.promises(edition.Promises),
		Neighbourhood: s.neighbourhood(edition),
		Method:        method(edition.Method),
	}
	if n := len(edition.Figures); n > 0 {
		sheet.Tables = s.figureTables(edition.Figures[n-1].Tables)
	}
	for _, theme := range edition.Themes {
		sheet.Window = theme.Window
		sheet.Themes = append(sheet.Themes, s.theme(theme))
	}
	for _, signal := range edition.Signals {
		sheet.Signals = append(sheet.Signals, s.councilSignal(signal))
	}
	for _, forum := range edition.Forums {
		row := s.followUp(forum)
		sheet.Forums = append(sheet.Forums, row)
		sheet.LeadTimes.add(row.Label, forum.ToDiscuss, forum.ToDecide, forum.ToCarryOut)
	}
	for _, debt := range edition.Debts {
		sheet.Debts = append(sheet.Debts, debtSheet{aside([]string{Word("setting", debt.Kind)}), Band(debt.Unpaid)})
	}
	for _, made := range edition.Recommendations {
		sheet.Recommendations = append(sheet.Recommendations, s.recommendation(made))
	}
	sheet.Moved = moved(slices.Concat(sheet.Signals, sheet.Recommendations))
	return sheet
}

// HowFar is how many of the signals reached each stage: what the roads below tell one by one.
func (c councilSheet) HowFar() BandBars {
	bars := BandBars{ID: "how-far", Title: T("edition.how-far")}
	if len(c.Signals) == 0 {
		return bars
	}
	for i, station := range c.Signals[0].Stations {
		reached := 0
		for _, signal := range c.Signals {
			if signal.Stations[i].Reached {
				reached++
			}
		}
		cell := disclosure.Cell{Recorded: true, Band: disclosure.Band{Least: reached, Most: reached}}
		bars.Lines = append(bars.Lines, BandLine{station.Name, cell})
	}
	return bars
}

// themeSheet is what the focusgroep talked about.
type themeSheet struct {
	Label     string
	Recurring bool
	Meetings  int
	Since     string // empty: nobody ever did
	Trend     int
	Signals   []string
}

func (s *sheets) theme(theme projections.EditionTheme) themeSheet {
	return themeSheet{
		Label: s.Book.Label(vocabulary.Themes, theme.Theme), Recurring: theme.Recurring, Meetings: theme.Meetings,
		Since: HalfYear(theme.Since), Trend: theme.Trend, Signals: refs(theme.Signals),
	}
}

// forumSheet is how one forum follows up.
type forumSheet struct {
	Label                          string
	Raised, Waiting                []string
	ToDiscuss, ToDecide, ToExecute string
}

func (s *sheets) followUp(forum projections.EditionForum) forumSheet {
	return forumSheet{
		Label: s.forum(forum.Forum), Raised: refs(forum.Raised), Waiting: refs(forum.Waiting),
		ToDiscuss: leadTime(forum.ToDiscuss), ToDecide: leadTime(forum.ToDecide), ToExecute: leadTime(forum.ToCarryOut),
	}
}

// leadTime says how long something took in the middle case, and in the longest if that is more.
func leadTime(time projections.EditionTime) string {
	if time.Cases == 0 {
		return T("edition.time.none")
	}
	said := halfYears(time.Median)
	if time.Longest > time.Median {
		said = T("edition.time.longest", said, halfYears(time.Longest))
	}
	return said
}

func halfYears(n int) string {
	if n == 0 {
		return T("edition.time.within")
	}
	return Plural(n, "edition.time")
}

// debtSheet is how often a kind of setting was not told yet.
type debtSheet struct {
	Label  string
	Unpaid string
}

// indicatorGroup is facts about the neighbourhood that stand beside one theme.
type indicatorGroup struct {
	Theme      string // empty: beside all
	Recurring  bool   // in the focusgroep
	Indicators []indicatorSheet
}

type indicatorSheet struct {
	vocabulary.Indicator
	Value  string
	Beside string // empty: it is compared with nothing
}

// neighbourhood is the facts by theme, in the order of the themes in the edition; those beside all come last.
func (s *sheets) neighbourhood(edition projections.CouncilEdition) []indicatorGroup {
	var groups []indicatorGroup
	for _, theme := range edition.Themes {
		groups = append(groups, indicatorGroup{s.Book.Label(vocabulary.Themes, theme.Theme), theme.Recurring, nil})
	}
	groups = append(groups, indicatorGroup{})
	for _, fact := range edition.Neighbourhood {
		at := slices.IndexFunc(edition.Themes, func(theme projections.EditionTheme) bool { return theme.Theme == fact.Theme })
		if at < 0 {
			at = len(groups) - 1
		}
		groups[at].Indicators = append(groups[at].Indicators, printedIndicator(fact))
	}
	return slices.DeleteFunc(groups, func(group indicatorGroup) bool { return len(group.Indicators) == 0 })
}

func printedIndicator(fact vocabulary.Indicator) indicatorSheet {
	printed := indicatorSheet{Indicator: fact, Value: measured(fact.Value, fact.Unit)}
	if fact.Beside.Area != "" {
		printed.Beside = T("edition.beside", fact.Beside.Area, measured(fact.Beside.Value, fact.Unit))
	}
	return printed
}

func measured(value float64, unit string) string { return number(value) + "\u00a0" + unit }

// methodSheet is how everything was counted, and what is not promised.
type methodSheet struct {
	Catalogue   string
	Widths      []widthSheet
	Definitions []projections.EditionDefinition
	Limits      []projections.Limit
}

type widthSheet struct {
	Table string
	Width string
}

func method(m projections.EditionMethod) methodSheet {
	printed := methodSheet{Catalogue: strconv.Itoa(m.Catalogue), Definitions: m.Definitions, Limits: m.Limits}
	for _, table := range m.Widths {
		printed.Widths = append(printed.Widths, widthSheet{Word("table", table.Table), Word("width", int(table.Width))})
	}
	return printed
}
