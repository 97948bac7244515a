package api

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/contact"
	"signaalboek/domain/ledger"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/signal"
	"signaalboek/projections"
)

// nextStep is something that can be done next with a signal or a recommendation. Its form stands in package web, under the
// same name.
type nextStep[C any] struct {
	name  string
	group string                 // the part of the road where its form stands
	next  []projections.NextStep // that it is the likely answer to
	asks  C                      // without fields: whether the rules allow it at all
	give  giving
}

// giving is the errand of the forms of a step, about a thing.
type giving func(s *site, r *http.Request, id domain.StreamID) errand

func stepNamed[C any](steps []nextStep[C], name string) (nextStep[C], bool) {
	for _, one := range steps {
		if one.name == name {
			return one, true
		}
	}
	return nextStep[C]{}, false
}

// stepGroups is the forms of steps, in their groups. Those that are not allowed now say why; likely stands open.
func stepGroups[C any](
	steps []nextStep[C], answers []error, next projections.NextStep, choices *web.Choices, page offering,
) []web.StepGroup {
	var groups []web.StepGroup
	likely := false
	for i, one := range steps {
		form := web.StepForm{
			Name: one.name, Form: page.form(one.name), Choices: choices, Why: page.why(one.name, answers[i]),
			Href: openAt(page.address, one.name, ""),
		}
		if !likely && page.opens(form, slices.Contains(one.next, next)) {
			form.Open, likely = true, true
		}
		at := slices.IndexFunc(groups, func(g web.StepGroup) bool { return g.Name == one.group })
		if at < 0 {
			groups, at = append(groups, web.StepGroup{Name: one.group}), len(groups)
		}
		groups[at].Steps = append(groups[at].Steps, form)
	}
	return likelyFirst(groups)
}

// likelyFirst puts what is likely next at the top of its group, and its group at the top.
func likelyFirst(groups []web.StepGroup) []web.StepGroup {
	for _, group := range groups {
		slices.SortStableFunc(group.Steps, func(a, b web.StepForm) int { return cmp.Compare(rank(a), rank(b)) })
	}
	slices.SortStableFunc(groups, func(a, b web.StepGroup) int { return -compareBool(a.Open(), b.Open()) })
	return groups
}

// rank orders the forms of a group: what is likely, what is allowed, what is not.
func rank(f web.StepForm) int {
	switch {
	case f.Why != "":
		return 2
	case f.Open:
		return 0
	}
	return 1
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// offering is what the forms of steps of one thing have in common.
type offering struct {
	address  string
	today    domain.Date
	revision domain.Revision
	wording  string
	asked    string // the step that the address asks for; empty: none
	setting  string // that is most likely told something
	sentence func(*domain.Refusal) string
	lacks    func(step string) string // a reason of the page itself: there is nothing to choose from
}

// opens reports whether a step stands open: the one that was asked for, also to say why it cannot be taken; or else the
// likely one.
func (o offering) opens(step web.StepForm, likely bool) bool {
	if o.asked != "" {
		return step.Name == o.asked
	}
	return likely && step.Why == ""
}

// openAt is where the form of a step stands open on the page of what it is about; with a setting chosen, if one is named.
func openAt(page, step, setting string) string {
	query := url.Values{stepParameter: {step}}
	if setting != "" {
		query.Set(settingParameter, setting)
	}
	return page + "?" + query.Encode() + "#stap-" + step
}

// form is the empty form of a step, with what is most likely filled in.
func (o offering) form(step string) web.Form {
	form := web.NewForm(o.address+"/"+step, newCommand()).With("on", o.today.String())
	switch step {
	case "word", "reword":
		if o.wording != web.T("forgotten") && o.wording != web.T("unreadable") { // that is not what anybody said
			form = form.With("statement", o.wording).With("text", o.wording)
		}
		form.Revision = revisionText(o.revision)
	case "feed-back":
		form = form.With("setting", o.setting)
	case "schedule":
		form = form.With("inNameOf", string(pursuit.Partnership)).With("through", string(pursuit.OwnItem))
	}
	return form
}

// why is why a step is not offered; empty if it is. A command without fields is refused with domain.Conflict when no
// field could help.
func (o offering) why(step string, answer error) string {
	refusal, ok := errors.AsType[*domain.Refusal](answer)
	if errors.Is(answer, signal.ErrBundled) {
		return web.Word("why", "whole") // the page leads there itself
	}
	if ok && (refusal.Kind == domain.Conflict || refusal.Kind == domain.NotFound) {
		return o.sentence(refusal)
	}
	return o.lacks(step)
}

// offered is what the forms of steps of a thing have in common, with what the address asks for.
func (l look) offered(address string, settings []web.SettingLine, choices *web.Choices) offering {
	query := l.asOf.Form.Values
	o := offering{
		address: address, today: l.today, asked: query.Get(stepParameter), setting: query.Get(settingParameter),
		sentence: func(refusal *domain.Refusal) string { return web.RefusalSentence(refusal, l.book) },
		lacks:    lacksOf(choices),
	}
	if o.setting == "" && len(settings) > 0 && settings[0].Owed {
		o.setting = settings[0].Value
	}
	return o
}

// The parameters that open the form of a step, and choose the setting that is told something.
const (
	stepParameter    = "stap"
	settingParameter = "plek"
)

// likelyStep is where the form of the step that answers what is next stands; empty if none is offered.
func likelyStep[C any](steps []nextStep[C], groups []web.StepGroup, next projections.NextStep) string {
	for _, one := range steps {
		step := stepIn(groups, one.name)
		switch {
		case step == nil || step.Why != "" || !slices.Contains(one.next, next):
		case step.Open:
			return "#stap-" + one.name
		default:
			return step.Href
		}
	}
	return ""
}

func stepIn(groups []web.StepGroup, name string) *web.StepForm {
	for _, group := range groups {
		for i := range group.Steps {
			if group.Steps[i].Name == name {
				return &group.Steps[i]
			}
		}
	}
	return nil
}

// takeStep records a step of something that is pursued; refused, its form stands on the page as it was left. Show shows
// that page after its forms were changed.
func takeStep[C any](
	s *site, w http.ResponseWriter, r *http.Request, steps []nextStep[C], id domain.StreamID,
	show func(w http.ResponseWriter, r *http.Request, status int, change func([]web.StepGroup)) error,
) error {
	one, known := stepNamed(steps, variable(r, "step"))
	if !known {
		return errNoPage
	}
	return s.submit(w, r, submission{
		give: one.give(s, r, id),
		show: func(status int, refused web.Form) error {
			return show(w, r, status, func(groups []web.StepGroup) { withRefused(groups, one.name, refused.Placed()) })
		},
		next: func(ledger.Receipt) string { return done(web.Place(id), "step") },
	})
}

// asTheyAre changes no form.
func asTheyAre([]web.StepGroup) {}

// withRefused puts a form that was refused in the place of its empty one, and opens that one only. The page around it
// shows the thing as it is now, so the form is about that from here on.
func withRefused(groups []web.StepGroup, name string, refused web.Form) {
	for _, group := range groups {
		for i := range group.Steps {
			group.Steps[i].Open = false
		}
	}
	if step := stepIn(groups, name); step != nil {
		refused.Revision = step.Form.Revision
		step.Form, step.Open, step.Why = refused, true, ""
	}
}

// lacksOf is why steps cannot be taken when there is nothing to choose from.
func lacksOf(c *web.Choices) func(step string) string {
	lacking := map[string]string{}
	need := func(why string, options []web.Option, steps ...string) {
		for _, step := range steps {
			if len(options) == 0 {
				lacking[step] = web.Word("why", why)
			}
		}
	}
	need("raised", c.Raised, "discuss", "go-unanswered", "decide")
	need("scheduled", c.Scheduled, "unschedule")
	need("meetings", c.Meetings, "recognise", "give-mandate", "refuse-mandate", "ask-other-wording", "adopt")
	need("promises", c.Promises, "keep-promise", "break-promise")
	need("signals", c.Signals, "bundle", "bundle-into", "split")
	return func(step string) string { return lacking[step] }
}

// evidence reads where something was heard. A help request names its contact; the place where it was said is asked
// beside it.
func (f *fields) evidence() signal.Evidence {
	evidence := signal.Evidence{Setting: web.ParseSetting(f.text(web.WhereField))}
	switch evidence.Setting.Kind {
	case pursuit.AtActivity, pursuit.InSurvey, pursuit.ByVolunteers:
		evidence.Setting.Year = f.number(web.WhereYearField)
	}
	key, request, found := strings.Cut(f.text(web.RequestOfField), "/")
	if !found {
		return evidence
	}
	number, err := strconv.Atoi(request)
	if err != nil {
		f.refuse(errNumber.at("/" + web.RequestOfField))
	}
	evidence.Contact, evidence.Request = domain.NewStreamID(contact.Decider.Category, key), number
	return evidence
}

// tags reads the frames that a step is placed in.
func (f *fields) tags() []pursuit.Tag {
	var tags []pursuit.Tag
	for _, value := range f.form.Values["tags"] {
		list, code, _ := strings.Cut(value, "/")
		tags = append(tags, pursuit.Tag{List: domain.Code(list), Code: domain.Code(code)})
	}
	return tags
}

// promise reads the promise that was chosen, as promiseText wrote it.
func (f *fields) promise() (key string, number int) {
	key, text, _ := strings.Cut(f.text("promise"), "/")
	number, err := strconv.Atoi(text)
	if err != nil {
		f.refuse(pursuit.ErrPromiseUnknown.At("/promise"))
	}
	return key, number
}

// meeting is the focusgroep meeting that was chosen.
func (f *fields) meeting() domain.StreamID { return meetingID(f.text("meeting")) }

// The commands of package pursuit, as forms hold them.

func (f *fields) schedule() pursuit.Schedule {
	return pursuit.Schedule{
		Forum: f.code("forum"), Meeting: f.day("meeting"), InNameOf: pursuit.InNameOf(f.text("inNameOf")),
		Through: pursuit.Through(f.text("through")), WithoutMandate: f.ticked("withoutMandate"), Tags: f.tags(),
	}
}

func (f *fields) unschedule() pursuit.Unschedule { return pursuit.Unschedule{Forum: f.code("forum")} }

func (f *fields) discuss() pursuit.Discuss {
	return pursuit.Discuss{
		Forum: f.code("forum"), Outcome: pursuit.Outcome(f.text("outcome")), BroughtBy: pursuit.BroughtBy(f.text("broughtBy")),
		Motivation: f.text("motivation"), ForwardedTo: f.code("forwardedTo"), Promise: f.text("promise"),
		PromiseBy: f.day("promiseBy"), Tags: f.tags(),
	}
}

func (f *fields) goUnanswered() pursuit.GoUnanswered {
	return pursuit.GoUnanswered{Forum: f.code("forum"), Since: f.day("since")}
}

func (f *fields) decide() pursuit.Decide {
	decide := pursuit.Decide{
		Forum: f.code("forum"), Verdict: pursuit.Verdict(f.text("verdict")), Motivation: f.text("motivation"), Tags: f.tags(),
	}
	if uri, page := f.text("reference/uri"), f.number("reference/page"); uri != "" || page != 0 {
		decide.Reference = &pursuit.Reference{URI: uri, Page: page}
	}
	return decide
}

func (f *fields) keepPromise() pursuit.KeepPromise {
	_, number := f.promise()
	return pursuit.KeepPromise{Promise: number}
}

func (f *fields) breakPromise() pursuit.BreakPromise {
	_, number := f.promise()
	return pursuit.BreakPromise{Promise: number}
}

func (f *fields) takePublicAction() pursuit.TakePublicAction {
	return pursuit.TakePublicAction{Action: pursuit.ActionKind(f.text("action")), What: f.text("what"), Tags: f.tags()}
}

func (f *fields) carryOut() pursuit.CarryOut {
	return pursuit.CarryOut{What: f.text("what"), Tags: f.tags()}
}

func (f *fields) feedBack() pursuit.FeedBack {
	return pursuit.FeedBack{
		Setting: web.ParseSetting(f.text("setting")), Channel: f.code("channel"), Present: f.number("present"),
		ToldWhat: f.text("toldWhat"),
	}
}
