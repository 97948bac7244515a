package api

import (
	"errors"
	"net/http"
	"strconv"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/ledger"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/signal"
	"signaalboek/domain/vocabulary"
	"signaalboek/projections"
)

func (s *site) signalPages() []route {
	return []route{
		{"GET", "/signalen", people, s.signalsPage},
		{"GET", "/signalen/nieuw", people, s.newSignalPage},
		{"POST", "/signalen/nieuw", people, s.pickUpSignal},
		{"GET", "/signalen/{id}", people, s.signalPage},
		{"POST", "/signalen/{id}/{step}", people, s.takeSignalStep},
	}
}

func signalsTrail() []web.Crumb {
	return []web.Crumb{{Label: web.T("signals.title"), Href: "/signalen"}}
}

func signalAddress(id domain.StreamID) string { return "/signalen/" + id.Key() }

// signalsPage lists signals, by what somebody chose.
func (s *site) signalsPage(w http.ResponseWriter, r *http.Request) error {
	look, err := s.look(r)
	if err != nil {
		return err
	}
	filter := readSignalFilter(newFields(look.asOf.Form))
	found, err := look.set.Signals.Open(look.ctx, look.practice, filter, look.today)
	if err != nil {
		return err
	}
	page := web.SignalsPage{
		Filter: look.asOf.Form, Count: look.set.Signals.Count(look.practice, filter, look.today),
		More: nextPage(r, found.Next), AsOf: look.asOf,
	}
	for _, row := range found.Rows {
		text, err := look.open(row.Text)
		if err != nil {
			return err
		}
		page.Cards = append(page.Cards, web.SignalCard{SignalRow: row, Wording: text})
	}
	frame := web.Frame{Title: web.T("signals.title"), Lead: web.T("signals.lead"), Section: "/signalen"}
	return s.show(w, r, http.StatusOK, frame, page)
}

// orders is how lists of signals are ordered, by the word in the address.
var orders = map[string]projections.SignalOrder{
	"newest": projections.NewestFirst, "silent": projections.SilentFirst, "owed": projections.OwedFirst,
	"phase": projections.FurthestLast,
}

func readSignalFilter(f *fields) projections.SignalFilter {
	filter := projections.SignalFilter{
		Themes: f.codes("theme"), Keeper: f.code("keeper"), Forum: f.code("forum"), Order: orders[f.text("order")],
		After: f.text("after"),
	}
	switch status := projections.SignalStatus(f.text("status")); status {
	case projections.ClosedSignals, projections.AllSignals:
		filter.Status = status
	}
	for _, code := range f.codes("phase") {
		if phase, known := signal.PhaseOf(code); known {
			filter.Phases = append(filter.Phases, phase)
		}
	}
	for _, state := range f.codes("state") {
		filter.States = append(filter.States, projections.State(state))
	}
	for _, origin := range f.codes("from") {
		filter.From = append(filter.From, signal.Origin(origin))
	}
	return filter
}

// newSignalPage is the form of a signal, with what the page before it knew: a help request, a meeting or a moment.
func (s *site) newSignalPage(w http.ResponseWriter, r *http.Request) error {
	look, err := s.look(r)
	if err != nil {
		return err
	}
	return s.showSignalForm(w, r, http.StatusOK, look, look.signalForm(r))
}

func (l look) signalForm(r *http.Request) web.Form {
	form := web.NewForm("/signalen/nieuw", newCommand()).With("on", l.today.String()).
		With(web.WhereYearField, strconv.Itoa(l.today.Year()))
	query := r.URL.Query()
	switch {
	case query.Has("contact"):
		return l.fromRequest(form, query.Get("contact"), query.Get("request"))
	case query.Has("focusgroep"):
		setting := pursuit.Setting{Kind: pursuit.AtFocusgroep, Stream: meetingID(query.Get("focusgroep"))}
		form = form.With("from", string(signal.FromFocusgroep)).With(web.WhereField, web.SettingText(setting))
		if meeting, ok := l.set.Themes.Meeting(l.practice, setting.Stream); ok {
			form = form.With("on", meeting.Day.String())
		}
	case query.Has("moment"):
		setting := pursuit.Setting{Kind: pursuit.AtSession, Stream: sessionID(query.Get("moment"))}
		form = form.With("from", string(signal.FromSession)).With(web.WhereField, web.SettingText(setting))
		if held, ok := l.set.Sessions.Session(l.practice, setting.Stream); ok {
			form = form.With("on", held.On.String())
		}
	}
	return form
}

// fromRequest fills in what a help request says already.
func (l look) fromRequest(form web.Form, key, number string) web.Form {
	id := domain.NewStreamID("contact", key)
	heard, ok := l.set.Contacts.Contact(l.practice, id)
	request, err := strconv.Atoi(number)
	if !ok || err != nil || request < 1 || request > len(heard.Requests) {
		return form
	}
	setting := pursuit.Setting{Kind: pursuit.AtActivity, Code: heard.Activity}
	if l.book.IsFocusgroep(heard.Activity) {
		setting.Code = vocabulary.ActivityFocusgroep
	}
	return form.With("from", string(signal.FromHelpRequest)).
		With("on", heard.On.String()).
		With(web.WhereField, web.SettingText(setting)).
		With(web.WhereYearField, strconv.Itoa(heard.On.Year())).
		With(web.RequestOfField, web.RequestText(id, request)).
		With("themes", texts(heard.Requests[request-1].Themes)...)
}

func (s *site) showSignalForm(w http.ResponseWriter, r *http.Request, status int, l look, form web.Form) error {
	choices, err := l.choices()
	if err != nil {
		return err
	}
	choices.Requests = withChosen(choices.Requests, form, l)
	frame := web.Frame{
		Title: web.T("signal.new"), Lead: web.T("signal.new.lead"), Section: "/signalen", Trail: signalsTrail(),
	}
	return s.show(w, r, status, frame, web.SignalFormPage{Form: form.Placed(), Choices: *choices})
}

// withChosen keeps a help request that a form names among those to choose from, also when a signal took it up already.
func withChosen(options []web.Option, form web.Form, l look) []web.Option {
	chosen := form.Value(web.RequestOfField)
	for _, option := range options {
		if chosen == option.Value {
			return options
		}
	}
	if chosen == "" {
		return options
	}
	return append([]web.Option{{Value: chosen, Label: web.T("referral.from-request")}}, options...)
}

// pickUpSignal records that a signal was heard.
func (s *site) pickUpSignal(w http.ResponseWriter, r *http.Request) error {
	look, err := s.look(r)
	if err != nil {
		return err
	}
	return s.submit(w, r, submission{
		give: ordering(r, s.Ledger.Signals, "", func(f *fields) signal.Command {
			return signal.PickUp{
				From: signal.Origin(f.text("from")), Evidence: f.evidence(), Themes: f.codes("themes"),
				Thresholds: f.codes("thresholds"), TargetGroups: f.codes("targetGroups"),
			}
		}),
		show: func(status int, refused web.Form) error { return s.showSignalForm(w, r, status, look, refused) },
		next: func(receipt ledger.Receipt) string { return done(signalAddress(receipt.Stream), "picked-up") },
	})
}

// signalPage is one signal: what is said of it, what happened to it, and what can be done next.
func (s *site) signalPage(w http.ResponseWriter, r *http.Request) error {
	return s.showSignal(w, r, http.StatusOK, asTheyAre)
}

// showSignal shows the page after something was done to its forms.
func (s *site) showSignal(w http.ResponseWriter, r *http.Request, status int, change func([]web.StepGroup)) error {
	look, err := s.look(r)
	if err != nil {
		return err
	}
	page, err := look.at(signalAddress(signalID(variable(r, "id")))).signal(r)
	if err != nil {
		return err
	}
	change(page.Groups)
	frame := web.Frame{Title: web.T("signal.title", web.Date(page.Since)), Section: "/signalen", Trail: signalsTrail()}
	return s.show(w, r, status, frame, page)
}

func (s *site) takeSignalStep(w http.ResponseWriter, r *http.Request) error {
	return takeStep(s, w, r, signalSteps, signalID(variable(r, "id")), s.showSignal)
}

// signal is the whole page of the signal that the path names.
func (l look) signal(r *http.Request) (web.SignalPage, error) {
	id := signalID(variable(r, "id"))
	row, ok, err := l.set.Signals.Signal(l.ctx, l.practice, id, l.today)
	if err != nil {
		return web.SignalPage{}, err
	}
	if !ok {
		return web.SignalPage{}, errNoSuchThing
	}
	past, _, err := l.set.Signals.Trajectory(l.ctx, l.site.Store, l.practice, id, l.today)
	if err != nil {
		return web.SignalPage{}, err
	}
	page := web.SignalPage{Phases: past.Phases}
	page.SignalRow = row
	if page.Wording, err = l.open(row.Text); err != nil {
		return page, err
	}
	if page.Road, err = l.road(past); err != nil {
		return page, err
	}
	if err := l.relate(&page, past); err != nil || l.past() {
		return page, err
	}
	if row.Closed == "" {
		page.Propose = "/aanbevelingen/nieuw?signaal=" + id.Key()
	}
	if page.Drafts, err = l.draftsOf(r, id); err != nil {
		return page, err
	}
	page.Groups, err = l.signalGroups(r, page, past)
	page.Likely = likelyStep(signalSteps, page.Groups, page.Next)
	return page, err
}

// relate adds what a signal is kin to, and what answers it.
func (l look) relate(page *web.SignalPage, past projections.Trajectory) (err error) {
	if page.Lineage, err = l.kin(past.Lineage); err != nil {
		return err
	}
	if page.Proposed, err = l.lines(page.Recommended); err != nil {
		return err
	}
	if page.Parts, err = l.lines(page.SplitInto); err != nil || page.BundledInto == "" {
		return err
	}
	whole, _, err := l.line(page.BundledInto)
	page.Whole = &whole
	return err
}

// signalGroups is what can be done next with a signal.
func (l look) signalGroups(r *http.Request, page web.SignalPage, past projections.Trajectory) ([]web.StepGroup, error) {
	choices, err := l.choices()
	if err != nil {
		return nil, err
	}
	if choices.Signals, err = l.otherSignals(page.ID); err != nil {
		return nil, err
	}
	choices.Settings, choices.Told = settingOptions(page.Settings), l.told(past)
	choices.Promises = promiseOptions(page.Promises, page.ID)
	answers, err := l.askSignal(r, page.SignalRow, choices)
	if err != nil {
		return nil, err
	}
	answers = withPromises(answers, choices.Promises)
	offered := l.offered(signalAddress(page.ID), page.Settings, choices)
	offered.revision, offered.wording, offered.lacks = page.Revision, page.Wording, l.signalLacks(page.SignalRow, choices)
	return stepGroups(signalSteps, answers, page.Next, choices, offered), nil
}

// withPromises lets promises be settled that were made about a signal bundled into the one that was asked.
func withPromises(answers []error, promises []web.Option) []error {
	for i := range answers {
		if len(promises) > 0 && errors.Is(answers[i], pursuit.ErrNoPromise) {
			answers[i] = nil
		}
	}
	return answers
}

// askSignal asks the rules about every step, and in which forums the signal stands how.
func (l look) askSignal(r *http.Request, row projections.SignalRow, choices *web.Choices) ([]error, error) {
	asked := make([]signal.Command, 0, len(signalSteps)+2*len(row.Forums))
	for _, one := range signalSteps {
		asked = append(asked, one.asks)
	}
	for _, forum := range row.Forums {
		asked = append(asked, signal.Decide{Decide: pursuit.Decide{Forum: forum}})
	}
	for _, forum := range row.Forums {
		asked = append(asked, signal.Unschedule{Unschedule: pursuit.Unschedule{Forum: forum}})
	}
	answers, err := l.site.Ledger.Signals.Ask(r.Context(), row.ID, l.site.meta(r, newCommand(), l.today), asked...)
	if err != nil {
		return nil, err
	}
	of := answers[len(signalSteps):]
	n := len(row.Forums)
	choices.Raised = l.forumOptions(allowed(row.Forums, of[:n], pursuit.ErrNotRaised))
	choices.Scheduled = l.forumOptions(onAgenda(row.Forums, of[n:]))
	return answers[:len(signalSteps)], nil
}

// onAgenda is the forums where something can be taken off the agenda: those that refuse nothing.
func onAgenda(forums []domain.Code, answers []error) []domain.Code {
	var kept []domain.Code
	for i, forum := range forums {
		if answers[i] == nil {
			kept = append(kept, forum)
		}
	}
	return kept
}

// signalLacks is what a signal itself lacks for a step that the rules allow.
func (l look) signalLacks(row projections.SignalRow, choices *web.Choices) func(string) string {
	lacks := lacksOf(choices)
	return func(step string) string {
		switch {
		case step == "park" && row.Parked:
			return web.Word("why", "parked")
		case step == "resume" && !row.Parked:
			return web.Word("why", "resume")
		case step == "unbundle" && row.BundledInto == "":
			return web.Word("why", "bundled")
		case step == "name-keeper" && len(l.book.Offered("role")) == 0:
			return web.Word("why", "roles")
		}
		return lacks(step)
	}
}
