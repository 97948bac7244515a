package api

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/ledger"
	"signaalboek/domain/practice"
	"signaalboek/projections"
)

// errFiguresMoved refuses to close a year with other figures than those that somebody looked at.
var errFiguresMoved = obstruct(http.StatusConflict, "figures-moved")

func (s *site) closingPages() []route {
	return forCoordinators([]route{
		{"GET", "/cijfers/{year:[0-9]{4}}/afsluiten", people, s.closeYearPage},
		{"POST", "/cijfers/{year:[0-9]{4}}/afsluiten", people, s.closeYear},
	})
}

func yearAddress(year int) string { return "/cijfers/" + strconv.Itoa(year) }

// isClosed reports whether the figures of a year stand as they were recorded when it was closed.
func isClosed(values []projections.FigureValue) bool {
	return slices.ContainsFunc(values, func(value projections.FigureValue) bool { return value.Closed })
}

// closingAs is the command that closes a year with figures as they read.
func closingAs(year int, values []projections.FigureValue) practice.CloseYear {
	command := practice.CloseYear{Year: year}
	for _, value := range values {
		figure := practice.ClosedFigure{Figure: value.Figure.Code, Version: value.Figure.Version}
		if value.Recorded {
			counted := float64(value.Value)
			figure.Value = &counted
		}
		command.Figures = append(command.Figures, figure)
	}
	return command
}

// asShown is figures as the form carries them, so that a year is closed with what somebody looked at and nothing else.
func asShown(command practice.CloseYear) []string {
	shown := make([]string, len(command.Figures))
	for i, figure := range command.Figures {
		parts := []string{string(figure.Figure), strconv.Itoa(figure.Version)}
		if figure.Value != nil {
			parts = append(parts, strconv.FormatFloat(*figure.Value, 'f', -1, 64))
		}
		shown[i] = strings.Join(parts, " ")
	}
	return shown
}

// closingOf is the year that the path names, with its figures as they read now; and a form, or why it cannot be closed.
func (s *site) closingOf(r *http.Request) (web.CloseYearPage, error) {
	year, err := strconv.Atoi(variable(r, "year"))
	if err != nil {
		return web.CloseYearPage{}, errNoPage
	}
	page := web.CloseYearPage{Year: year, KeyEnds: practice.KeyEnds(year)}
	if page.Values, err = s.figuresOfYear(r, year); err != nil {
		return page, err
	}
	page.Why, err = s.whyNotClosed(r, page)
	if err == nil && page.Why == "" {
		form := web.NewForm(yearAddress(year)+"/afsluiten", newCommand()).
			With(web.ShownField, asShown(closingAs(year, page.Values))...)
		page.Form = &form
	}
	return page, err
}

// figuresOfYear is every figure of a year, as it reads now.
func (s *site) figuresOfYear(r *http.Request, year int) ([]projections.FigureValue, error) {
	owner := actorOf(r).Practice
	figures, err := s.Set.FiguresOf(r.Context(), owner, projections.YearPeriod(year))
	if err != nil {
		return nil, err
	}
	return figures.Year(owner, year), nil
}

// whyNotClosed is why a year cannot be closed now; empty if it can.
func (s *site) whyNotClosed(r *http.Request, page web.CloseYearPage) (string, error) {
	switch {
	case actorOf(r).Role != Coordinator:
		return web.RefusalSentence(errCoordinator.Refusal, s.book(r)), nil
	case len(page.Values) == 0:
		return web.T("figures.none"), nil
	case isClosed(page.Values): // closing it again the same way would be no refusal
		return web.RefusalSentence(practice.ErrYearClosed.Naming("year", strconv.Itoa(page.Year)), s.book(r)), nil
	}
	answers, err := s.Ledger.Practices.Ask(
		r.Context(), ofPractice(r), s.meta(r, newCommand(), s.today()), closingAs(page.Year, page.Values))
	if err != nil || answers[0] == nil {
		return "", err
	}
	refusal, _ := refusalOf(answers[0])
	return web.RefusalSentence(refusal, s.book(r)), nil
}

func (s *site) closeYearPage(w http.ResponseWriter, r *http.Request) error {
	page, err := s.closingOf(r)
	if err != nil {
		return err
	}
	return s.showClosing(w, r, http.StatusOK, page)
}

func (s *site) showClosing(w http.ResponseWriter, r *http.Request, status int, page web.CloseYearPage) error {
	frame := web.Frame{Title: web.T("close-year.title", page.Year), Section: "/cijfers", Trail: []web.Crumb{
		{Label: web.T("nav.figures"), Href: "/cijfers"},
		{Label: strconv.Itoa(page.Year), Href: yearAddress(page.Year)},
	}}
	return s.show(w, r, status, frame, page)
}

// closeYear records every figure of a year as it was looked at. If one reads otherwise by now, they are shown again first.
func (s *site) closeYear(w http.ResponseWriter, r *http.Request) error {
	if err := s.upToDate(r); err != nil {
		return err
	}
	page, err := s.closingOf(r)
	if err != nil {
		return err
	}
	command := closingAs(page.Year, page.Values)
	return s.submit(w, r, submission{
		give: func(form *web.Form, meta domain.Meta) (ledger.Receipt, error) {
			if err := unmoved(command, form.Values[web.ShownField]); err != nil {
				return ledger.Receipt{}, err
			}
			return s.Ledger.Practices.Execute(r.Context(), ledger.Target{Stream: ofPractice(r)}, command, meta)
		},
		show: func(status int, refused web.Form) error {
			if page.Form != nil {
				refused = refused.With(web.ShownField, asShown(command)...)
				page.Form = &refused
			}
			return s.showClosing(w, r, status, page)
		},
		next: func(ledger.Receipt) string { return done(yearAddress(page.Year), "year-closed") },
	})
}

// countYear is the command of a program to close a year, with the figures as they read now: nobody closes a year with
// figures of their own. A sender may say what they saw; if a figure reads otherwise by now, that is refused.
func (s *site) countYear(r *http.Request, sent practice.Command) (practice.Command, error) {
	seen := sent.(practice.CloseYear)
	if err := s.upToDate(r); err != nil {
		return nil, err
	}
	values, err := s.figuresOfYear(r, seen.Year)
	if err != nil {
		return nil, err
	}
	counted := closingAs(seen.Year, values)
	if seen.Figures == nil {
		return counted, nil
	}
	return counted, unmoved(counted, asShown(seen))
}

// unmoved refuses figures that read otherwise than somebody saw them, in whatever order they stood.
func unmoved(counted practice.CloseYear, seen []string) error {
	now, seen := asShown(counted), slices.Clone(seen)
	slices.Sort(now)
	slices.Sort(seen)
	if !slices.Equal(now, seen) {
		return errFiguresMoved
	}
	return nil
}

// upToDate returns when every figure counts what was recorded until now.
func (s *site) upToDate(r *http.Request) error {
	end, err := s.Store.End(r.Context())
	if err != nil {
		return err
	}
	return s.wait(r.Context(), end)
}
