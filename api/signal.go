package api

import (
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/signal"
	"signaalboek/projections"
)

// signalCalls is what can be asked and said of signals.
func (s *site) signalCalls() []route {
	return slices.Concat(
		commands(s, s.Ledger.Signals, signalVerbs...),
		s.questions(
			question{"/signals", listSignals},
			question{"/signals/{id}", readSignal},
			question{"/signals/{id}/trajectory", readTrajectory},
		),
	)
}

var signalVerbs = []verb[signal.Command]{
	{path: "/signals", command: signal.PickUp{}, stream: created},
	{path: "/signals/{id}/note", command: signal.Note{}, stream: byID, draft: true},
	{path: "/signals/{id}/link-evidence", command: signal.LinkEvidence{}, stream: byID},
	{
		path: "/signals/{id}/word", command: signal.Word{}, stream: byID, draft: true,
		match: wordedBefore(signal.Worded{}.EventName()),
	},
	{path: "/signals/{id}/weigh", command: signal.Weigh{}, stream: byID},
	{path: "/signals/{id}/name-keeper", command: signal.NameKeeper{}, stream: byID},
	{path: "/signals/{id}/recognise", command: signal.Recognise{}, stream: byID},
	{path: "/signals/{id}/give-mandate", command: signal.GiveMandate{}, stream: byID},
	{path: "/signals/{id}/refuse-mandate", command: signal.RefuseMandate{}, stream: byID},
	{path: "/signals/{id}/ask-other-wording", command: signal.AskOtherWording{}, stream: byID},
	{path: "/signals/{id}/schedule", command: signal.Schedule{}, stream: byID},
	{path: "/signals/{id}/unschedule", command: signal.Unschedule{}, stream: byID},
	{path: "/signals/{id}/discuss", command: signal.Discuss{}, stream: byID},
	{path: "/signals/{id}/go-unanswered", command: signal.GoUnanswered{}, stream: byID},
	{path: "/signals/{id}/decide", command: signal.Decide{}, stream: byID},
	{path: "/signals/{id}/keep-promise", command: signal.KeepPromise{}, stream: byID},
	{path: "/signals/{id}/break-promise", command: signal.BreakPromise{}, stream: byID},
	{path: "/signals/{id}/take-public-action", command: signal.TakePublicAction{}, stream: byID},
	{path: "/signals/{id}/carry-out", command: signal.CarryOut{}, stream: byID},
	{path: "/signals/{id}/answer-by-own-offer", command: signal.AnswerByOwnOffer{}, stream: byID},
	{path: "/signals/{id}/feed-back", command: signal.FeedBack{}, stream: byID},
	{path: "/signals/{id}/hear-reaction", command: signal.HearReaction{}, stream: byID},
	{path: "/signals/{id}/park", command: signal.Park{}, stream: byID},
	{path: "/signals/{id}/resume", command: signal.Resume{}, stream: byID},
	{path: "/signals/{id}/close", command: signal.Close{}, stream: byID},
	{path: "/signals/{id}/reopen", command: signal.Reopen{}, stream: byID},
}

func listSignals(a *asked) (answer, error) {
	page, err := a.set.Signals.Open(a.context(), a.practice, signalFilter(a), a.today)
	return answer{rows: page.Rows, next: page.Next}, err
}

func signalFilter(a *asked) projections.SignalFilter {
	after, limit := a.page()
	return projections.SignalFilter{
		Status: oneOf(a, "status", projections.OpenSignals, projections.ClosedSignals, projections.AllSignals),
		Themes: codesOf[domain.Code](a, "theme"), Thresholds: codesOf[domain.Code](a, "threshold"),
		TargetGroups: codesOf[domain.Code](a, "targetGroup"), From: codesOf[signal.Origin](a, "from"),
		Phases: phasesOf(a), States: codesOf[projections.State](a, "state"), Next: codesOf[projections.NextStep](a, "next"),
		Keeper: a.code("keeper"), NoKeeper: a.yes("noKeeper"), Forum: a.code("forum"),
		Parked: a.yes("parked"), Owed: a.yes("owed"),
		Order: oneOf(a, "order", projections.OldestFirst, projections.NewestFirst, projections.SilentFirst,
			projections.OwedFirst, projections.FurthestLast),
		After: after, Limit: limit,
	}
}

func readSignal(a *asked) (answer, error) {
	row, ok, err := a.set.Signals.Signal(a.context(), a.practice, a.id(), a.today)
	if err != nil {
		return answer{}, err
	}
	if !ok {
		return answer{}, errNoSuchThing
	}
	if row.ID != a.id() {
		return whole(row) // it was bundled: the revision is not that of what was asked for
	}
	return found(row, row.Revision)
}

// phaseCodes is how each signal.Phase is called in code list phase; the first is no phase.
var phaseCodes = []string{
	"", "opmerken", "verzamelen", "bundelen", "analyseren", "rapporteren", "beslissen", "uitvoeren", "terugkoppelen",
}

// phasesOf is the parameter phase.
func phasesOf(a *asked) []signal.Phase {
	var phases []signal.Phase
	for _, code := range codesOf[string](a, "phase") {
		phase := slices.Index(phaseCodes, code)
		if phase < 1 {
			a.refuse("phase")
			continue
		}
		phases = append(phases, signal.Phase(phase))
	}
	return phases
}
