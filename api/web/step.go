package web

import (
	"slices"
	"strconv"
	"strings"

	"signaalboek/domain"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/vocabulary"
)

// StepForm is something that can be done next, as a form; or why it cannot be done now. A page holds the form that stands
// open, and for the others the address where they do: all of them at once would make it several times as long.
type StepForm struct {
	Name    string // of the step: "weigh"
	Form    Form
	Why     string // why it is not offered; empty if it is
	Open    bool   // it is the likely next step, was asked for, or was refused
	Href    string // where it stands open
	Choices *Choices
}

// Drafts reports whether the step is a draft first: words that are looked at again before they are recorded.
func (s StepForm) Drafts() bool { return s.Name == "note" || s.Name == "word" || s.Name == "reword" }

// StepGroup is the steps of one part of the road.
type StepGroup struct {
	Name  string // of family "group"
	Steps []StepForm
}

// Open reports whether the group holds a step that stands open.
func (g StepGroup) Open() bool {
	return slices.ContainsFunc(g.Steps, func(s StepForm) bool { return s.Open })
}

// Choices is what the forms of next steps let people choose from, beside the code lists.
type Choices struct {
	Forums    []Option      // that still meet
	Raised    []Option      // where it was raised, and an answer can come from
	Scheduled []Option      // where it stands on the agenda
	Meetings  []Option      // of the focusgroep that were held, newest first
	Where     []OptionGroup // where something can be heard
	Requests  []Option      // help requests marked as a signal that nothing took up
	Settings  []Option      // that raised it, those that wait for an answer first
	Told      []Option      // settings that were fed back to
	Promises  []Option      // neither kept nor broken
	Signals   []Option      // other signals that are open
}

// OptionGroup is options under a heading.
type OptionGroup struct {
	Label   string
	Options []Option
}

// Part is one field of a step's form, and how it is drawn.
type Part struct {
	Kind   string // text, textarea, number, day, select, grouped, radios, chips, checks, tags, hint
	Field  Field
	Groups []OptionGroup // of kind grouped
	Parts  []Part        // of kind tags
}

// Parts is the fields of a step's form. A step that is not known has none.
func (v View) Parts(step StepForm) []Part {
	draw, known := stepParts[step.Name]
	if !known || step.Choices == nil {
		return nil
	}
	p := &parts{View: v, Form: step.Form, Choices: step.Choices}
	draw(p)
	return p.list
}

// parts is a form on its way: each method adds a field.
type parts struct {
	View
	Form
	*Choices
	list []Part
}

func (p *parts) add(kind string, field Field) {
	p.list = append(p.list, Part{Kind: kind, Field: field})
}

func (p *parts) on() { p.add("day", p.Input("on", T("day"))) }

// bottleneck is what a signal says, in one sentence or a few.
func (p *parts) bottleneck(name, label string) {
	p.add("textarea", p.Input(name, label).Hinted(T("field.text.hint")).Limited(pursuit.MaxStatement))
}

// say is any other text that must be there. Like all texts it is sealed when it is recorded.
func (p *parts) say(name, label string) {
	p.add("textarea", p.Input(name, label).Hinted(T("field.words.hint")).Limited(pursuit.MaxText))
}

// sayMore is a text that may stay empty.
func (p *parts) sayMore(name, label string) {
	p.add("textarea", p.Input(name, label).Hinted(T("optional")).Limited(pursuit.MaxText))
}

func (p *parts) pick(name, label string, options []Option) {
	p.add("select", p.Choice(name, label, options))
}

func (p *parts) radios(name, label string, options []Option) {
	p.add("radios", p.Choice(name, label, options))
}

func (p *parts) meeting() { p.pick("meeting", T("field.meeting"), p.Meetings) }

// where is where something was heard: a moment by itself, or an activity, a survey or the volunteers in a year.
func (p *parts) where() {
	field := p.Input(WhereField, T("field.where"))
	groups := make([]OptionGroup, len(p.Where))
	for i, group := range p.Where {
		groups[i] = OptionGroup{Label: group.Label, Options: p.Choice(WhereField, "", group.Options).Options}
	}
	p.list = append(p.list, Part{Kind: "grouped", Field: field, Groups: groups})
	p.add("number", p.Input(WhereYearField, T("field.year")).Hinted(T("field.year.hint")))
	if len(p.Requests) > 0 {
		p.add("select", p.Choice(RequestOfField, T("field.request"), p.Requests).Hinted(T("field.request.hint")))
	}
}

// The fields of evidence.
const (
	WhereField     = "evidence/where"
	WhereYearField = "evidence/setting/year"
	RequestOfField = "evidence/contact"
)

// frames is the frames that the field reports with, folded away.
func (p *parts) frames() {
	var frames []Part
	for _, list := range pursuit.TagLists() {
		options := OptionsOf(p.Book.Offered(list))
		for i := range options {
			options[i].Value = string(list) + "/" + options[i].Value
		}
		if len(options) > 0 {
			field := p.Choice("tags", Word("list", list), options)
			if len(frames) > 0 {
				field.ID += "-" + string(list)
			}
			frames = append(frames, Part{Kind: "chips", Field: field})
		}
	}
	if len(frames) > 0 {
		p.list = append(p.list, Part{Kind: "tags", Parts: frames})
	}
}

// stepParts is the form of every step, by name. Fields are named as the members of the command.
var stepParts = map[string]func(*parts){
	"note":          func(p *parts) { p.on(); p.bottleneck("wording", T("field.wording")) },
	"word":          func(p *parts) { p.on(); p.bottleneck("statement", T("field.statement")) },
	"link-evidence": func(p *parts) { p.on(); p.where() },
	"weigh": func(p *parts) {
		p.on()
		p.add("chips", p.Choice("judged", T("field.judged"),
			Options("judged", "structural", "recurring", "beyond-one-person", "needs-others")))
		p.add("select", p.Choice("forum", T("field.weighed-in"), p.Forums).Hinted(T("field.weighed-in.hint")))
		p.say("reason", T("field.why"))
	},
	"name-keeper": func(p *parts) { p.on(); p.add("radios", p.CodesField(p.Form, "role", "role", T("field.role"))) },
	"recognise": func(p *parts) {
		p.meeting()
		p.radios("howMany", T("field.how-many"), Options("share", "few", "half", "most"))
	},
	"give-mandate":      (*parts).meeting,
	"refuse-mandate":    (*parts).meeting,
	"ask-other-wording": (*parts).meeting,
	"schedule":          (*parts).schedule,
	"unschedule":        func(p *parts) { p.on(); p.pick("forum", T("forum"), p.Scheduled) },
	"discuss":           (*parts).discuss,
	"go-unanswered": func(p *parts) {
		p.on()
		p.pick("forum", T("forum"), p.Raised)
		p.add("day", p.Input("since", T("field.since")))
	},
	"decide":        (*parts).decide,
	"keep-promise":  func(p *parts) { p.on(); p.radios("promise", T("field.promise"), p.Promises) },
	"break-promise": func(p *parts) { p.on(); p.radios("promise", T("field.promise"), p.Promises) },
	"take-public-action": func(p *parts) {
		p.on()
		p.radios("action", T("field.action"), Options("action", "press", "testimony", "campaign", "other"))
		p.sayMore("what", T("field.what"))
		p.frames()
	},
	"carry-out":           func(p *parts) { p.on(); p.say("what", T("field.carried")); p.frames() },
	"answer-by-own-offer": func(p *parts) { p.on(); p.say("what", T("field.offer")); p.frames() },
	"feed-back":           (*parts).feedBack,
	"hear-reaction": func(p *parts) {
		p.on()
		p.pick("setting", T("field.setting"), p.Told)
		p.radios("reaction", T("field.reaction"), Options("reaction", "recognised", "not-enough", "new-signal"))
		p.add("select", p.Choice("newSignal", T("field.new-signal"), p.Signals).Hinted(T("field.new-signal.hint")))
	},
	"park": func(p *parts) {
		p.on()
		p.say("reason", T("field.why"))
		p.add("day", p.Input("until", T("field.until")).Hinted(T("optional")))
	},
	"resume": (*parts).on,
	"close": func(p *parts) {
		p.on()
		p.radios("reason", T("reason"), Options("closing",
			"answered", "no-longer-needed", "not-a-signal", "exhausted", "unreachable", "activity-stopped"))
	},
	"reopen":      func(p *parts) { p.on(); p.say("reason", T("field.why-new")); p.where() },
	"bundle":      func(p *parts) { p.on(); p.add("checks", p.Choice("signals", T("field.members"), p.Signals)) },
	"bundle-into": func(p *parts) { p.on(); p.pick("into", T("field.whole"), p.Signals) },
	"unbundle":    (*parts).on,
	"split":       func(p *parts) { p.on(); p.add("checks", p.Choice("into", T("field.pieces"), p.Signals)) },
	"reword":      func(p *parts) { p.on(); p.say("text", T("field.proposal")) },
	"adopt":       (*parts).meeting,
}

func (p *parts) schedule() {
	p.on()
	p.pick("forum", T("forum"), p.Forums)
	p.add("day", p.Input("meeting", T("field.agenda-day")).Hinted(T("optional")))
	p.radios("inNameOf", T("field.in-name-of"), Options("name", "partnership", "own-organisation"))
	p.radios("through", T("field.through"),
		Options("through", "own-item", "forwarded", "college-item", "councillor-question", "petition"))
	p.add("chips", p.Choice("withoutMandate", T("field.without-mandate"), Options("unmandated", "yes")).
		Hinted(T("field.without-mandate.hint")))
	p.frames()
}

func (p *parts) discuss() {
	p.on()
	p.pick("forum", T("forum"), p.Raised)
	p.radios("outcome", T("field.outcome"), Options("outcome",
		"taken-up", "noted", "deferred", "forwarded", "promised", "outside-competence", "declined"))
	p.radios("broughtBy", T("field.brought-by"), Options("brought", "workers", "residents", "both"))
	p.sayMore("motivation", T("field.motivation"))
	p.add("select", p.Choice("forwardedTo", T("field.forwarded-to"), p.Forums).Hinted(T("field.forwarded-to.hint")))
	p.add("textarea", p.Input("promise", T("field.promised")).Hinted(T("field.promised.hint")).Limited(pursuit.MaxText))
	p.add("day", p.Input("promiseBy", T("field.promise-by")).Hinted(T("optional")))
	p.frames()
}

func (p *parts) decide() {
	p.on()
	p.pick("forum", T("forum"), p.Raised)
	p.radios("verdict", T("field.verdict"), Options("verdict", "adopted", "partly", "rejected"))
	p.say("motivation", T("field.motivation"))
	p.add("text", p.Input("reference/uri", T("field.reference")).Hinted(T("field.reference.hint")).Limited(domain.MaxLink))
	p.add("number", p.Input("reference/page", T("field.page")).Hinted(T("optional")))
	p.frames()
}

func (p *parts) feedBack() {
	p.on()
	p.radios("setting", T("field.setting"), p.Settings)
	p.add("radios", p.CodesField(p.Form, "channel", string(vocabulary.FeedbackChannels), T("field.channel")))
	p.add("number", p.Input("present", T("field.heard-by")).Hinted(T("optional")))
	p.sayMore("toldWhat", T("field.told"))
}

// StepNames is every step that has a form.
func StepNames() []string {
	names := make([]string, 0, len(stepParts))
	for name := range stepParts {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// RequestText is a help request as a form carries it: contact and number.
func RequestText(contact domain.StreamID, request int) string {
	return contact.Key() + "/" + strconv.Itoa(request)
}

// Placed is the form with what was said of a part of the command that has no field of its own beside the field that it
// comes from.
func (f Form) Placed() Form {
	placed := slices.Clone(f.Errors)
	for i := range placed {
		switch field := placed[i].Field; {
		case field == WhereYearField:
		case field == "evidence/request":
			placed[i].Field = RequestOfField
		case field == "evidence" || strings.HasPrefix(field, "evidence/setting"):
			placed[i].Field = WhereField
		case strings.HasPrefix(field, "setting/"):
			placed[i].Field = "setting"
		case strings.HasPrefix(field, "tags/"):
			placed[i].Field = "tags"
		case field == "signal" || strings.HasPrefix(field, "origin"):
			placed[i].Field = ""
		}
	}
	f.Errors = placed
	return f
}
