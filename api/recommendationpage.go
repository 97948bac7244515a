package api

import (
	"net/http"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/recommendation"
	"signaalboek/projections"
)

func (s *site) recommendationPages() []route {
	return []route{
		{"GET", "/aanbevelingen", people, s.recommendationsPage},
		{"GET", "/aanbevelingen/nieuw", people, s.newRecommendationPage},
		{"POST", "/aanbevelingen/nieuw", people, s.draftRecommendation},
		{"GET", "/aanbevelingen/{id}", people, s.recommendationPage},
		{"POST", "/aanbevelingen/{id}/{step}", people, s.takeRecommendationStep},
	}
}

func recommendationsTrail() []web.Crumb {
	return []web.Crumb{{Label: web.T("recommendations.title"), Href: "/aanbevelingen"}}
}

func recommendationAddress(id domain.StreamID) string { return "/aanbevelingen/" + id.Key() }

// recommendationsPage lists recommendations, newest first.
func (s *site) recommendationsPage(w http.ResponseWriter, r *http.Request) error {
	look, err := s.look(r)
	if err != nil {
		return err
	}
	fields := newFields(look.asOf.Form)
	found, err := look.set.Signals.Recommendations(look.ctx, look.practice, projections.RecommendationFilter{
		Forum: fields.code("forum"), After: fields.text("after"),
	}, look.today)
	if err != nil {
		return err
	}
	page := web.RecommendationsPage{Filter: look.asOf.Form, More: nextPage(r, found.Next), AsOf: look.asOf}
	for _, row := range found.Rows {
		text, err := look.open(row.Text)
		if err != nil {
			return err
		}
		page.Cards = append(page.Cards, web.RecommendationCard{RecommendationRow: row, Wording: text})
	}
	frame := web.Frame{
		Title: web.T("recommendations.title"), Lead: web.T("recommendations.lead"), Section: "/aanbevelingen",
	}
	return s.show(w, r, http.StatusOK, frame, page)
}

// newRecommendationPage is the form of a recommendation; for one signal, if the address names it.
func (s *site) newRecommendationPage(w http.ResponseWriter, r *http.Request) error {
	form := web.NewForm("/aanbevelingen/nieuw", newCommand()).With("on", s.today().String())
	if key := r.URL.Query().Get("signaal"); key != "" {
		form = form.With("answers", key)
	}
	return s.showRecommendationForm(w, r, http.StatusOK, form)
}

func (s *site) showRecommendationForm(w http.ResponseWriter, r *http.Request, status int, form web.Form) error {
	look, err := s.look(r)
	if err != nil {
		return err
	}
	signals, err := look.otherSignals("")
	if err != nil {
		return err
	}
	if signals, err = look.withAnswered(signals, form.Values["answers"]); err != nil {
		return err
	}
	frame := web.Frame{Title: web.T("recommendation.new"), Section: "/aanbevelingen", Trail: recommendationsTrail()}
	return s.show(w, r, status, frame, web.RecommendationFormPage{Form: form.Placed(), Signals: signals})
}

// withAnswered puts signals that a form names before those to choose from, if they do not stand there.
func (l look) withAnswered(options []web.Option, keys []string) ([]web.Option, error) {
	known := map[string]bool{}
	for _, option := range options {
		known[option.Value] = true
	}
	for _, key := range keys {
		row, ok, err := l.set.Signals.Signal(l.ctx, l.practice, signalID(key), l.today)
		if err != nil {
			return nil, err
		}
		if known[key] || !ok {
			continue
		}
		option, err := l.signalOption(row)
		if err != nil {
			return nil, err
		}
		options = append([]web.Option{option}, options...)
	}
	return options, nil
}

// draftRecommendation saves a proposal as a draft.
func (s *site) draftRecommendation(w http.ResponseWriter, r *http.Request) error {
	return s.submit(w, r, submission{
		give: writing(s, r, s.Ledger.Recommendations, "", func(f *fields) recommendation.Command {
			return recommendation.Draft{
				Text: f.text("text"), Answers: f.signals("answers"), MadeBy: recommendation.Maker(f.text("madeBy")),
				Forum: f.code("forum"),
			}
		}),
		show: func(status int, refused web.Form) error { return s.showRecommendationForm(w, r, status, refused) },
	})
}

// recommendationPage is one recommendation: what happened to it, and what can be done next.
func (s *site) recommendationPage(w http.ResponseWriter, r *http.Request) error {
	return s.showRecommendation(w, r, http.StatusOK, asTheyAre)
}

// showRecommendation shows the page after something was done to its forms.
func (s *site) showRecommendation(w http.ResponseWriter, r *http.Request, status int, change func([]web.StepGroup)) error {
	look, err := s.look(r)
	if err != nil {
		return err
	}
	page, err := look.at(recommendationAddress(recommendationID(variable(r, "id")))).recommendation(r)
	if err != nil {
		return err
	}
	change(page.Groups)
	frame := web.Frame{Title: web.T("recommendation.title", web.Date(page.Since)), Section: "/aanbevelingen", Trail: recommendationsTrail()}
	return s.show(w, r, status, frame, page)
}

func (s *site) takeRecommendationStep(w http.ResponseWriter, r *http.Request) error {
	return takeStep(s, w, r, recommendationSteps, recommendationID(variable(r, "id")), s.showRecommendation)
}

func recommendationID(key string) domain.StreamID {
	return domain.NewStreamID(recommendation.Decider.Category, key)
}

// recommendation is the whole page of the recommendation that the path names.
func (l look) recommendation(r *http.Request) (web.RecommendationPage, error) {
	id := recommendationID(variable(r, "id"))
	row, ok, err := l.set.Signals.Recommendation(l.ctx, l.practice, id, l.today)
	if err != nil {
		return web.RecommendationPage{}, err
	}
	if !ok {
		return web.RecommendationPage{}, errNoSuchThing
	}
	past, _, err := l.set.Signals.Trajectory(l.ctx, l.site.Store, l.practice, id, l.today)
	if err != nil {
		return web.RecommendationPage{}, err
	}
	page := web.RecommendationPage{}
	page.RecommendationRow = row
	if page.Wording, err = l.open(row.Text); err != nil {
		return page, err
	}
	if page.Answered, err = l.lines(row.Answers); err != nil {
		return page, err
	}
	if page.Road, err = l.road(past); err != nil || l.past() {
		return page, err
	}
	if page.Drafts, err = l.draftsOf(r, id); err != nil {
		return page, err
	}
	page.Groups, err = l.recommendationGroups(r, page, past)
	page.Likely = likelyStep(recommendationSteps, page.Groups, page.Next)
	return page, err
}

// recommendationGroups is what can be done next with a recommendation.
func (l look) recommendationGroups(
	r *http.Request, page web.RecommendationPage, past projections.Trajectory,
) ([]web.StepGroup, error) {
	choices, err := l.choices()
	if err != nil {
		return nil, err
	}
	choices.Settings, choices.Told = settingOptions(page.Settings), l.told(past)
	choices.Promises = promiseOptions(page.Promises, page.ID)
	answers, err := l.askRecommendation(r, page.RecommendationRow, choices)
	if err != nil {
		return nil, err
	}
	offered := l.offered(recommendationAddress(page.ID), page.Settings, choices)
	offered.revision, offered.wording = page.Revision, page.Wording
	return stepGroups(recommendationSteps, answers, page.Next, choices, offered), nil
}

// askRecommendation asks the rules about every step, and in which forums the recommendation stands how.
func (l look) askRecommendation(r *http.Request, row projections.RecommendationRow, choices *web.Choices) ([]error, error) {
	var asked []recommendation.Command
	for _, one := range recommendationSteps {
		asked = append(asked, one.asks)
	}
	for _, forum := range row.Forums {
		asked = append(asked, recommendation.Decide{Decide: pursuit.Decide{Forum: forum}})
	}
	for _, forum := range row.Forums {
		asked = append(asked, recommendation.Unschedule{Unschedule: pursuit.Unschedule{Forum: forum}})
	}
	answers, err := l.site.Ledger.Recommendations.Ask(r.Context(), row.ID, l.site.meta(r, newCommand(), l.today), asked...)
	if err != nil {
		return nil, err
	}
	of, n := answers[len(recommendationSteps):], len(row.Forums)
	choices.Raised = l.forumOptions(allowed(row.Forums, of[:n], pursuit.ErrNotRaised))
	choices.Scheduled = l.forumOptions(onAgenda(row.Forums, of[n:]))
	return answers[:len(recommendationSteps)], nil
}
