package web

import (
	"strings"

	"signaalboek/domain"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/signal"
	"signaalboek/projections"
)

// happened is what a sentence about one step names.
type happened struct {
	said     projections.Said
	on       domain.Date
	forum    domain.Code
	outcome  pursuit.Outcome
	verdict  pursuit.Verdict
	expected domain.Date
}

// Described is the last thing that people said of a signal or recommendation: "Besproken op Team Opstap op 12/03/2027.
// Antwoord verwacht voor 01/05/2027."
func (v View) Described(d projections.Described) string {
	return v.sentence(happened{d.Said, d.On, d.Forum, d.Outcome, d.Verdict, d.Expected})
}

// Outcome is something that came of a signal and was not told to somebody yet.
func (v View) Outcome(o projections.OwedOutcome) string {
	return v.sentence(happened{said: o.Said, on: o.On, forum: o.Forum, outcome: o.Outcome, verdict: o.Verdict})
}

// Step is a step in an overview.
func (v View) Step(s projections.OverviewStep) string {
	return v.sentence(happened{s.Said, s.On, s.Forum, s.Outcome, s.Verdict, s.PromiseBy})
}

func (v View) sentence(h happened) string {
	if h.said == "parked" && !h.expected.IsZero() {
		return T("status.parked", Date(h.on), Date(h.expected))
	}
	parts := []string{v.fill(Word("said", h.said), h.forum, h.on)}
	if h.outcome != "" {
		parts = append(parts, T("status.outcome", Word("outcome", h.outcome)))
	}
	if h.verdict != "" {
		parts = append(parts, T("status.verdict", Word("verdict", h.verdict)))
	}
	switch {
	case h.expected.IsZero():
	case h.said == "scheduled":
		parts = append(parts, T("status.meeting", Date(h.expected)))
	default:
		parts = append(parts, T("status.expected", Date(h.expected)))
	}
	return strings.Join(parts, " ")
}

// fill puts a forum and a day in the places that a sentence leaves for them.
func (v View) fill(sentence string, forum domain.Code, on domain.Date) string {
	label := T("status.forum")
	if forum != "" {
		label = v.Forum(forum)
	}
	return strings.NewReplacer("{forum}", label, "{on}", Date(on)).Replace(sentence)
}

// ComputedState is one thing that the clock says, beside what people said.
type ComputedState struct {
	State    projections.State
	Sentence string
	Late     bool // somebody is waiting longer than was said
}

// Computed is what the clock says of a signal or recommendation, each in a sentence.
func (v View) Computed(c projections.Computed) []ComputedState {
	var states []ComputedState
	for _, state := range c.States() {
		forum, on := c.WaitingFor, c.WaitingSince
		switch state {
		case projections.PromiseOverdue:
			forum, on = c.OverdueAt, c.OverdueSince
		case projections.DebtAgeing:
			on = c.DebtSince
		}
		sentence := v.fill(Word("computed", state), forum, on)
		states = append(states, ComputedState{
			State:    state,
			Sentence: strings.Replace(sentence, "{long}", silence(c.SilentMonths), 1),
			Late:     state == projections.PromiseOverdue || state == projections.DebtAgeing,
		})
	}
	return states
}

// Clock is what the clock says of a signal. A mandate that was refused is not one that is still to come.
func (v View) Clock(row projections.SignalRow) []ComputedState {
	states := v.Computed(row.Computed)
	for i := range states {
		if states[i].State == projections.MandateMissing && row.Mandate == projections.MandateRefused {
			states[i].Sentence = T("computed.mandate-refused")
		}
	}
	return states
}

// silence is a number of months as people say it.
func silence(months int) string {
	if months < 24 {
		return Plural(months, "months")
	}
	return Plural(months/12, "years")
}

// Phase is how far a signal came, in the words of the practice.
func (v View) Phase(phase signal.Phase) string { return v.Label("phase", phase.Code()) }

// Duration is a number of days as people say it: days, then weeks, then months, then years.
func Duration(days int) string {
	switch {
	case days < 21:
		return Plural(days, "days")
	case days < 90:
		return Plural(days/7, "weeks")
	case days < 730:
		return Plural(days*12/365, "months")
	}
	return Plural(days/365, "years")
}
