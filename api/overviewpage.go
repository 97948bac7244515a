package api

import (
	"net/http"
	"strings"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/projections"
)

func (s *site) overviewPages() []route {
	return []route{
		{"GET", "/overzicht", people, s.overviewPage},
		{"GET", "/zoeken", people, s.searchPage},
	}
}

// overviewPage is the politiseren overview of a period: of this year, unless another is asked for.
func (s *site) overviewPage(w http.ResponseWriter, r *http.Request) error {
	look, err := s.look(r)
	if err != nil {
		return err
	}
	fields := newFields(look.asOf.Form)
	period := fields.period()
	if fields.err != nil {
		return fields.err
	}
	if period.To.IsZero() {
		period.To = look.today
	}
	if period.From.IsZero() {
		period.From = domain.DateOf(period.To.Year(), 1, 1)
	}
	page, err := look.overview(period)
	if err != nil {
		return err
	}
	frame := web.Frame{
		Title: web.T("overview.title"), Lead: web.T("overview.lead", web.Date(period.From), web.Date(period.To)),
		Section: "/overzicht",
	}
	return s.show(w, r, http.StatusOK, frame, page)
}

func (l look) overview(period projections.Period) (web.OverviewPage, error) {
	found, err := l.set.Overviews.Of(l.ctx, l.practice, period)
	if err != nil {
		return web.OverviewPage{}, err
	}
	page := web.OverviewPage{
		Overview: found, AsOf: l.asOf,
		Filter: l.asOf.Form.With("from", period.From.String()).With("to", period.To.String()),
	}
	if page.Signals, err = l.overviewCards(page.Overview.Signals); err != nil {
		return page, err
	}
	page.Recommendations, err = l.overviewCards(page.Overview.Recommendations)
	return page, err
}

func (l look) overviewCards(lines []projections.OverviewLine) ([]web.OverviewCard, error) {
	var cards []web.OverviewCard
	for _, line := range lines {
		text, err := l.open(line.Statement)
		if err != nil {
			return nil, err
		}
		cards = append(cards, web.OverviewCard{OverviewLine: line, Wording: text})
	}
	return cards, nil
}

// mostHits is how many things a search finds at most.
const mostHits = 50

// searchPage finds words in signals, recommendations, answers, themes and forums.
func (s *site) searchPage(w http.ResponseWriter, r *http.Request) error {
	query := r.URL.Query().Get("q")
	if len(query) > longestSearch {
		query = strings.ToValidUTF8(query[:longestSearch], "")
	}
	page := web.SearchPage{Query: query, Asked: query != ""}
	hits, err := s.Set.Search.Find(r.Context(), actorOf(r).Practice, query, mostHits)
	if err != nil {
		return err
	}
	for _, hit := range hits {
		page.Hits = append(page.Hits, hitLine(hit))
	}
	return s.show(w, r, http.StatusOK, web.Frame{Title: web.T("search.title"), Section: "/zoeken"}, page)
}

// hitLine is a hit with where it leads.
func hitLine(hit projections.Hit) web.HitLine {
	switch hit.Kind {
	case projections.ForumHit:
		return web.HitLine{Hit: hit, Href: forumAddress(hit.Code)}
	case projections.ThemeHit:
		return web.HitLine{Hit: hit, Href: "/signalen?status=all&theme=" + string(hit.Code)}
	}
	return web.HitLine{Hit: hit, Href: web.Place(hit.ID)}
}
