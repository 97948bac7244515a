package web

import (
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/signal"
	"signaalboek/projections"
)

// AsOf lets a page be shown as it was known on an earlier day.
type AsOf struct {
	Form Form        // where to ask it, with what else the address says
	Day  domain.Date // none: the page shows what is known now
	Now  string      // address of the same page as it is now
}

// Kept is what else the address says, so that asking for a day keeps a filter.
func (a AsOf) Kept() []FieldValue { return valuesWithout(a.Form, AsOfField, "after") }

// AsOfField is the parameter that asks what was known on a day.
const AsOfField = "opDatum"

// FieldValue is one value that a form carries along.
type FieldValue struct{ Name, Value string }

// SignalsPage is the signals, with what to choose them by.
type SignalsPage struct {
	Filter Form
	Count  int // on all pages together
	Cards  []SignalCard
	More   string
	AsOf   AsOf
}

// SignalCard is one signal, with its text opened.
type SignalCard struct {
	projections.SignalRow
	Wording string
}

// filterForums is every forum of the practice, also those that meet no more.
func (v View) filterForums() []Option {
	var options []Option
	for _, forum := range v.Book.Forums() {
		options = append(options, Option{Value: string(forum.Code), Label: forum.Label})
	}
	return options
}

// ForumField is a field with the forums of the practice.
func (v View) ForumField(form Form, name, label string) Field {
	return form.Choice(name, label, v.filterForums())
}

// PhaseField is a field with the phases of a signal.
func (v View) PhaseField(form Form, name, label string) Field {
	var options []Option
	for phase := signal.Noticing; phase <= signal.Telling; phase++ {
		options = append(options, Option{Value: string(phase.Code()), Label: v.Phase(phase)})
	}
	return form.Choice(name, label, options)
}

// SignalFormPage picks up a signal.
type SignalFormPage struct {
	Form    Form
	Choices Choices
}

// WhereParts is the fields of where the signal was heard.
func (v View) WhereParts(form Form, choices Choices) []Part {
	p := &parts{View: v, Form: form, Choices: &choices}
	p.where()
	return p.list
}

// SignalPage is one signal: what is said of it, what happened to it, and what can be done next.
type SignalPage struct {
	SignalCard
	Road
	Parts    []SignalLine // that it was split into
	Whole    *SignalLine  // that it was bundled into
	Phases   []projections.PhaseTime
	Lineage  []KinLine
	Proposed []SignalLine // recommendations that answer it
	Propose  string       // address where one is drafted
}

// Road is what the pages of signals and recommendations share.
type Road struct {
	Story    []StoryLine // the newest steps, or an earlier part
	Steps    int         // of all parts together
	Earlier  string      // address of the part before this one; empty if there is none
	Newest   string      // address of the newest part; empty if this is it
	Expected []Expected  // beside the newest part
	Until    domain.Date // where the drawing ends: today, or the last step of an earlier part
	Settings []SettingLine
	Promises []PromiseLine
	Groups   []StepGroup // nothing, when looking back
	Drafts   []DraftLine // not recorded yet; nothing, when looking back
	Likely   string      // where the form of the step that answers what is next stands; empty if there is none
	AsOf     AsOf
}

// First is the number of the first step that is shown; 0 if nothing happened yet.
func (r Road) First() int {
	if len(r.Story) == 0 {
		return 0
	}
	return r.Story[0].Number
}

// Last is the number of the last step that is shown.
func (r Road) Last() int { return max(r.First()+len(r.Story)-1, 0) }

// PromiseLine is an open promise, with its text opened.
type PromiseLine struct {
	projections.PromiseRow
	Promised string
	About    string // the wording of what it is about
}

// RecommendationsPage is the recommendations, newest first.
type RecommendationsPage struct {
	Filter Form
	Cards  []RecommendationCard
	More   string
	AsOf   AsOf
}

// RecommendationCard is one recommendation, with its text opened.
type RecommendationCard struct {
	projections.RecommendationRow
	Wording string
}

// RecommendationFormPage drafts a recommendation.
type RecommendationFormPage struct {
	Form    Form
	Signals []Option
}

// RecommendationPage is one recommendation.
type RecommendationPage struct {
	RecommendationCard
	Road
	Answered []SignalLine
}

// DebtPage is whom an answer is owed to.
type DebtPage struct {
	Filter  Form
	Bars    Bars
	Debtors []DebtorLine
	Untaken []UntakenLine
	More    string
	AsOf    AsOf
	One     bool // it is about one setting
}

// DebtorLine is one setting that waits.
type DebtorLine struct {
	projections.SettingDebt
	Where string
	Debts []DebtLine // oldest first
	All   string     // where all of them stand; empty if they do here
}

// DebtLine is what one setting was not told of one signal.
type DebtLine struct {
	projections.Debt
	Wording string
	Href    string // of the form to tell it; empty when looking back
}

// UntakenLine is a help request that was marked as a signal, and that no signal took up.
type UntakenLine struct {
	projections.UntakenRequest
	PickUp string
}

// SettingKinds is every kind of setting, to filter by.
func SettingKinds() []Option {
	kinds := []pursuit.SettingKind{
		pursuit.AtFocusgroep, pursuit.AtSession, pursuit.AtActivity, pursuit.AtPartner, pursuit.InSurvey, pursuit.ByVolunteers,
	}
	options := make([]Option, len(kinds))
	for i, kind := range kinds {
		options[i] = Option{Value: string(kind), Label: Word("setting", kind)}
	}
	return options
}

func (SignalsPage) page() string            { return "signals" }
func (SignalFormPage) page() string         { return "signal-form" }
func (SignalPage) page() string             { return "signal" }
func (RecommendationsPage) page() string    { return "recommendations" }
func (RecommendationFormPage) page() string { return "recommendation-form" }
func (RecommendationPage) page() string     { return "recommendation" }
func (DebtPage) page() string               { return "debt" }

// valuesWithout is the values of a form that are not empty, but for some names.
func valuesWithout(form Form, without ...string) []FieldValue {
	return slices.DeleteFunc(form.Filled(), func(field FieldValue) bool {
		return field.Value == "" || slices.Contains(without, field.Name)
	})
}

// OnRoad is a road with the view that its sentences need.
type OnRoad struct {
	View View
	Road Road
}
