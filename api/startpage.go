package api

import (
	"cmp"
	"errors"
	"net/http"
	"slices"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/projections"
)

func (s *site) startPages() []route {
	return []route{{"GET", "/", people, s.startPage}}
}

// startPage is what a day begins with.
func (s *site) startPage(w http.ResponseWriter, r *http.Request) error {
	today, practice := s.today(), actorOf(r).Practice
	here := s.Set.Figures.Breakdown(practice, projections.ByActivity, projections.Period{From: today, To: today})
	drafts, err := s.Vault.Drafts(r.Context(), practice)
	if err != nil && !errors.Is(err, domain.ErrVaultAway) { // the rest of the page can be read without the vault
		return err
	}
	frame := web.Frame{
		Title: web.T("start.title"), Section: "/",
		Lead: web.T("start.lead", web.Word("weekday", int(today.Time().Weekday()))+" "+web.Date(today)),
	}
	cards, err := s.cards(r, today.Year())
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, frame, web.StartPage{
		Waiting:  append(waitingDrafts(len(drafts)), s.waiting(practice, today)...),
		Coming:   s.coming(practice, today),
		Year:     today.Year(),
		Figures:  cards,
		Contacts: here.Contacts,
		First:    len(s.Set.Figures.Years(practice)) == 0,
	})
}

// waitingDrafts says how many drafts wait to be recorded.
func waitingDrafts(n int) []web.Waiting {
	if n == 0 {
		return nil
	}
	return []web.Waiting{{Sentence: web.Plural(n, "waiting.drafts"), Href: draftsAddress}}
}

// waiting says how many of each sort wait for somebody; nothing about a sort that has none.
func (s *site) waiting(practice domain.PracticeID, today domain.Date) []web.Waiting {
	count := func(filter projections.SignalFilter) int { return s.Set.Signals.Count(practice, filter, today) }
	in := func(state projections.State) int {
		return count(projections.SignalFilter{States: []projections.State{state}})
	}
	var waiting []web.Waiting
	add := func(n int, sentence, href string) {
		if n > 0 {
			waiting = append(waiting, web.Waiting{Sentence: sentence, Href: href})
		}
	}
	overdue, waits := in(projections.PromiseOverdue), in(projections.Waiting)
	add(overdue, web.Plural(overdue, "waiting.promise-overdue"), "/signalen?state=promise-overdue")
	add(waits, web.Plural(waits, "waiting.waiting"), "/signalen?state=waiting")
	owed := count(projections.SignalFilter{Owed: true, Status: projections.AllSignals})
	add(owed, web.Plural(owed, "waiting.owed"), "/terugkoppeling")
	unmandated, silent := in(projections.MandateMissing), in(projections.NotDiscussed)
	add(unmandated, web.Plural(unmandated, "waiting.mandate-missing"), "/signalen?state=mandate-missing")
	add(silent, web.Plural(silent, "waiting.not-discussed"), "/signalen?state=not-discussed")
	untaken := len(s.Set.Contacts.Untaken(practice))
	add(untaken, web.Plural(untaken, "waiting.untaken"), "/contacten?approach=opgepikt-als-signaal")
	return waiting
}

// mostComing keeps the start page short.
const mostComing = 6

// coming is the meetings of the focusgroep and of forums to come, soonest first.
func (s *site) coming(practice domain.PracticeID, today domain.Date) []web.Coming {
	var coming []web.Coming
	for _, meeting := range s.Set.Themes.Meetings(practice) {
		if !meeting.Held && meeting.Day >= today {
			coming = append(coming, web.Coming{
				On: meeting.Day, Label: web.T("start.focusgroep"), Href: "/focusgroep/" + meeting.ID.Key(),
			})
		}
	}
	book := s.Set.Words.Book(practice)
	for _, meeting := range s.Set.Forums.Meetings(practice, "") {
		if !meeting.Held && !meeting.Cancelled && meeting.Day >= today {
			coming = append(coming, web.Coming{
				On: meeting.Day, Label: book.ForumLabel(meeting.Forum), Href: "/overleg/" + string(meeting.Forum),
			})
		}
	}
	slices.SortStableFunc(coming, func(a, b web.Coming) int { return cmp.Compare(a.On, b.On) })
	return coming[:min(len(coming), mostComing)]
}

// mostCards keeps the start page short: the figures that are defined first are the headline.
const mostCards = 4

func (s *site) cards(r *http.Request, year int) ([]web.FigureCard, error) {
	figures, err := s.figures(r, projections.YearPeriod(year))
	if err != nil {
		return nil, err
	}
	var cards []web.FigureCard
	values := figures.Year(actorOf(r).Practice, year)
	for _, value := range values[:min(len(values), mostCards)] {
		cards = append(cards, web.FigureCard{Label: value.Figure.Label, Value: value.Value, Recorded: value.Recorded})
	}
	return cards, nil
}
