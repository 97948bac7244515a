package api

import (
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/pursuit"
	"signaalboek/projections"
)

// reportCalls is what is asked of everything together: whom we owe an answer, what we did, and where something was said.
func (s *site) reportCalls() []route {
	return s.questions(
		question{"/debts", listDebts},
		question{"/debts/setting", listSettingDebts},
		question{"/figures", listFigures},
		question{"/figures/years", listYears},
		question{"/figures/series", listSeries},
		question{"/figures/breakdown", readBreakdown},
		question{"/overview", readOverview},
		question{"/search", search},
	)
}

func listDebts(a *asked) (answer, error) {
	after, limit := a.page()
	page, err := a.set.Debts.Owed(a.context(), a.practice, projections.DebtFilter{
		Kinds: codesOf[pursuit.SettingKind](a, "kind"), Of: a.stream("of"), MinDays: a.number("minDays", 100_000),
		After: after, Limit: limit,
	}, a.today)
	rows := make([]settingDebtOf, len(page.Settings))
	for i, one := range page.Settings {
		rows[i] = settingDebtOf{one.Setting, one.Since, one.Days, len(one.Debts), one.Debts[:min(len(one.Debts), fewDebts)]}
	}
	return answer{rows: rows, next: page.Next}, err
}

// settingDebtOf is a setting that waits, with the oldest of what it waits for; the rest is asked by itself.
type settingDebtOf struct {
	Setting pursuit.Setting
	Since   domain.Date
	Days    int
	Count   int // of all that it waits for
	Debts   []projections.Debt
}

// listSettingDebts is all that one setting waits for, page by page.
func listSettingDebts(a *asked) (answer, error) {
	setting := pursuit.Setting{
		Kind: oneOf(a, "kind", pursuit.AtFocusgroep, pursuit.AtSession, pursuit.AtActivity, pursuit.AtPartner, pursuit.InSurvey,
			pursuit.ByVolunteers),
		Stream: a.stream("stream"), Code: a.code("code"), Year: a.number("year", lastYear),
	}
	if !a.given.Has("kind") {
		a.refuse("kind")
	}
	after, limit := a.page()
	found, err := a.set.Debts.Owed(a.context(), a.practice, projections.DebtFilter{Setting: &setting}, a.today)
	if err != nil || len(found.Settings) == 0 {
		return answer{rows: []projections.Debt{}}, err
	}
	debts, next, err := debtPage(found.Settings[0].Debts, after, limit)
	return answer{rows: debts, next: next}, err
}

// debtPage is one page of what a setting waits for, and the cursor of the next.
func debtPage(debts []projections.Debt, after string, limit int) ([]projections.Debt, string, error) {
	keys := make([]string, len(debts))
	for i, debt := range debts {
		keys[i] = debt.ID.Key()
	}
	page, err := openWindow(keys, after, limit)
	return debts[page.from:page.to], page.next, err
}

// The years that figures can be asked of.
const (
	firstYear = 2000
	lastYear  = 2999
)

func (a *asked) year(name string, otherwise int) int {
	year := a.number(name, lastYear)
	if year != 0 && year < firstYear {
		a.refuse(name)
	}
	if year == 0 {
		return otherwise
	}
	return year
}

// listFigures is the figures of a year, or of a free period; of this year if neither is given.
func listFigures(a *asked) (answer, error) {
	period, year := a.period(), a.year("year", 0)
	switch {
	case period == projections.Period{}:
		if year == 0 {
			year = a.today.Year()
		}
		figures, err := a.set.FiguresOf(a.context(), a.practice, projections.YearPeriod(year))
		if err != nil {
			return answer{}, err
		}
		return answer{rows: toldFigures(figures.Year(a.practice, year))}, nil
	case year != 0:
		a.refuse("year")
	}
	figures, err := a.set.FiguresOf(a.context(), a.practice, period)
	if err != nil {
		return answer{}, err
	}
	return answer{rows: toldFigures(figures.Period(a.practice, period))}, nil
}

// recordedYear is one year in which anything was recorded.
type recordedYear struct{ Year int }

func listYears(a *asked) (answer, error) {
	years := []recordedYear{}
	for _, year := range a.set.Figures.Years(a.practice) {
		years = append(years, recordedYear{year})
	}
	return answer{rows: years}, nil
}

func listSeries(a *asked) (answer, error) {
	last := a.year("untilYear", a.today.Year())
	first := a.year("sinceYear", last-9)
	if first > last || last-first > 99 {
		a.refuse("sinceYear")
		return answer{rows: []seriesOf{}}, nil
	}
	figures, err := a.set.FiguresOf(a.context(), a.practice, projections.YearsPeriod(first, last))
	if err != nil {
		return answer{}, err
	}
	return answer{rows: toldSeries(figures.Series(a.practice, first, last))}, nil
}

func readBreakdown(a *asked) (answer, error) {
	by := oneOf(a, "by", projections.ByTheme, projections.ByActivity, projections.ByApproach, projections.ByService,
		projections.ByReportTheme)
	return whole(a.set.Figures.Breakdown(a.practice, by, a.period()))
}

func readOverview(a *asked) (answer, error) {
	found, err := a.set.Overviews.Of(a.context(), a.practice, a.period())
	if err != nil {
		return answer{}, err
	}
	return whole(found)
}

// longestSearch is how long a text one can look for, in bytes.
const longestSearch = 200

func search(a *asked) (answer, error) {
	words, limit := a.text("q"), a.number("limit", mostRows)
	if words == "" || len(words) > longestSearch {
		a.refuse("q")
		return answer{rows: []projections.Hit{}}, nil
	}
	if limit == 0 {
		limit = 50
	}
	hits, err := a.set.Search.Find(a.context(), a.practice, words, limit)
	return answer{rows: slices.Clip(hits)}, err
}
