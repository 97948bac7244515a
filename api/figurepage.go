package api

import (
	"errors"
	"net/http"
	"slices"
	"strconv"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/practice"
	"signaalboek/projections"
)

func (s *site) figurePages() []route {
	return []route{
		{"GET", "/cijfers", people, s.latestFigures},
		{"GET", "/cijfers/periode", people, s.periodFigures},
		{"GET", "/cijfers/{year:[0-9]{4}}", people, s.yearFigures},
	}
}

// latestFigures is the latest year in which anything was recorded.
func (s *site) latestFigures(w http.ResponseWriter, r *http.Request) error {
	year := s.today().Year()
	if years := s.Set.Figures.Years(actorOf(r).Practice); len(years) > 0 {
		year = years[len(years)-1]
	}
	return s.showYear(w, r, year)
}

func (s *site) yearFigures(w http.ResponseWriter, r *http.Request) error {
	year, err := strconv.Atoi(variable(r, "year"))
	if err != nil {
		return errNoPage
	}
	return s.showYear(w, r, year)
}

// seriesYears is how far back a series is drawn.
const seriesYears = 10

func (s *site) showYear(w http.ResponseWriter, r *http.Request, year int) error {
	owner := actorOf(r).Practice
	years := s.Set.Figures.Years(owner)
	first, last := seriesOver(years, year)
	figures, err := s.figures(r, projections.YearsPeriod(min(first, year), max(last, year)))
	if err != nil {
		return err
	}
	page := web.FiguresPage{
		Years: years, Year: year, Period: projections.YearPeriod(year),
		Values:     figures.Year(owner, year),
		Breakdowns: s.breakdowns(owner, projections.YearPeriod(year)),
		Filter:     withPeriod(filterForm(r), projections.YearPeriod(year)),
	}
	if year < s.today().Year() && len(page.Values) > 0 && !isClosed(page.Values) {
		page.Close = yearAddress(year) + "/afsluiten"
	}
	page.ToClose = slices.DeleteFunc(figures.ToClose(owner, s.today()), func(open int) bool { return open == year })
	if isClosed(page.Values) {
		page.KeyEnds, page.KeyGone = practice.KeyEnds(year), s.today() >= practice.KeyEnds(year)
	}
	concerns, err := s.Vault.Concerns(r.Context(), year)
	if err == nil {
		page.Concerns = &web.Concerns{Recorded: concerns > 0, N: concerns}
	} else if !errors.Is(err, domain.ErrVaultAway) { // the other figures are not in the vault
		return err
	}
	if len(years) > 0 {
		page.Series = figures.Series(owner, first, last)
	}
	frame := web.Frame{Title: web.T("figures.title", year), Lead: web.T("figures.lead"), Section: "/cijfers"}
	return s.show(w, r, http.StatusOK, frame, page)
}

// figures is the figures of whoever asks, for a page; while the vault is away without those that look at traits.
func (s *site) figures(r *http.Request, period projections.Period) (*projections.Figures, error) {
	figures, err := s.Set.FiguresOf(r.Context(), actorOf(r).Practice, period)
	if errors.Is(err, domain.ErrVaultAway) {
		return s.Set.Figures, nil
	}
	return figures, err
}

// seriesOver is the years of a series that ends with the last year in which anything was recorded; only the year asked
// for, if there is none.
func seriesOver(years []int, year int) (first, last int) {
	if len(years) == 0 {
		return year, year
	}
	last = years[len(years)-1]
	return max(years[0], last-seriesYears+1), last
}

func withPeriod(form web.Form, period projections.Period) web.Form {
	return form.With("from", period.From.String()).With("to", period.To.String())
}

// periodFigures is a free period, by the definitions of its last day.
func (s *site) periodFigures(w http.ResponseWriter, r *http.Request) error {
	fields := newFields(filterForm(r))
	period := fields.period()
	if fields.err != nil {
		return fields.err
	}
	if period.To.IsZero() {
		period.To = s.today()
	}
	owner := actorOf(r).Practice
	figures, err := s.figures(r, period)
	if err != nil {
		return err
	}
	page := web.FiguresPage{
		Years: figures.Years(owner), Period: period, Filter: fields.form.With("to", period.To.String()),
		Values: figures.Period(owner, period), Breakdowns: s.breakdowns(owner, period),
	}
	frame := web.Frame{
		Title: web.T("figures.title.period"), Lead: between(period),
		Section: "/cijfers", Trail: []web.Crumb{{Label: web.T("nav.figures"), Href: "/cijfers"}},
	}
	return s.show(w, r, http.StatusOK, frame, page)
}

// between says what period figures are about.
func between(period projections.Period) string {
	if period.From.IsZero() {
		return web.T("figures.until", web.Date(period.To))
	}
	return web.T("figures.between", web.Date(period.From), web.Date(period.To))
}

// dimensions is what figures are broken down by on a page, in this order.
var dimensions = []projections.Dimension{
	projections.ByActivity, projections.ByTheme, projections.ByApproach, projections.ByService, projections.ByReportTheme,
}

func (s *site) breakdowns(owner domain.PracticeID, period projections.Period) []projections.Breakdown {
	breakdowns := make([]projections.Breakdown, 0, len(dimensions))
	for _, by := range dimensions {
		breakdowns = append(breakdowns, s.Set.Figures.Breakdown(owner, by, period))
	}
	return breakdowns
}
