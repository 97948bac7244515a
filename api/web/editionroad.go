package web

import (
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/vocabulary"
	"signaalboek/projections"
)

// roadSheet is a signal or recommendation and its road: heard → raised → discussed → decided → carried out → fed back.
type roadSheet struct {
	Ref      string
	Text     string
	Tags     []string
	Notes    []string // where it was heard, by whom it was made, how it was closed
	Answers  []string // of a recommendation: the signals that it answers
	Stations []station
	Steps    []stepSheet
	New      bool // it was first heard since the period began
}

// station is one of the six stages.
type station struct {
	Name    string
	When    string // empty: not reached
	Reached bool
}

// stepSheet is one step, with what was said at it.
type stepSheet struct {
	When  string
	Now   bool // since the period began
	Said  string
	Quote []quoteSheet
	Link  string // to the official publication of a decision
}

// quoteSheet is a text of a step, and what it is.
type quoteSheet struct {
	Label string
	Text  string
}

var stages = []projections.Stage{
	projections.StageHeard, projections.StageRaised, projections.StageDiscussed, projections.StageDecided,
	projections.StageCarriedOut, projections.StageFedBack,
}

func (s *sheets) signal(signal projections.PartnerSignal) roadSheet {
	sheet := roadSheet{
		Ref: string(signal.Ref), Text: s.say(signal.Statement), Tags: s.labels(vocabulary.Themes, signal.Themes),
		Stations: stations(HalfYear(signal.Heard), "stage", signal.Steps), Steps: s.steps(signal.Steps),
		New: s.now(signal.Heard),
	}
	if signal.Closed != "" {
		sheet.Notes = append(sheet.Notes, T("edition.closed", Word("closing", signal.Closed)))
	}
	return sheet
}

// councilSignal adds what only the council is told: where it was heard, and whether its themes keep coming back.
func (s *sheets) councilSignal(signal projections.EditionSignal) roadSheet {
	sheet := s.signal(signal.PartnerSignal)
	if signal.Recurring {
		sheet.Notes = slices.Insert(sheet.Notes, 0, T("edition.recurring"))
	}
	if said := s.settings(signal.Settings); said != "" {
		sheet.Notes = slices.Insert(sheet.Notes, 0, said)
	}
	return sheet
}

func (s *sheets) settings(settings []projections.EditionSetting) string {
	var said []string
	for _, setting := range settings {
		name := Word("setting", setting.Kind)
		if setting.Activity != "" {
			name = s.Book.Label(vocabulary.Activities, setting.Activity)
		}
		if when := HalfYear(setting.In); when != "" {
			name = T("edition.setting", name, when)
		}
		said = append(said, name)
	}
	if len(said) == 0 {
		return ""
	}
	return T("edition.heard-at", join(said))
}

func (s *sheets) recommendation(made projections.EditionRecommendation) roadSheet {
	sheet := roadSheet{
		Ref: string(made.Ref), Text: s.say(made.Text), Answers: refs(made.Answers),
		Stations: stations("", "stage-of-proposal", made.Steps), Steps: s.steps(made.Steps),
	}
	maker := T("edition.maker", Word("maker", made.MadeBy))
	if made.Forum != "" {
		maker = T("edition.maker-forum", s.forum(made.Forum))
	}
	sheet.Notes = append(sheet.Notes, maker)
	if made.Adopted {
		sheet.Notes = append(sheet.Notes, T("edition.adopted"))
	}
	if made.Reached == projections.StageHeard {
		sheet.Notes = append(sheet.Notes, T("edition.nothing-done"))
	}
	return sheet
}

// stations is how far something came: when each stage was first reached. A recommendation begins when it was made.
func stations(heard, family string, steps []projections.EditionStep) []station {
	all := make([]station, len(stages))
	for i, stage := range stages {
		all[i] = station{Name: Word(family, stage)}
		if stage == projections.StageHeard {
			all[i].When, all[i].Reached = heard, true
			continue
		}
		at := slices.IndexFunc(steps, func(step projections.EditionStep) bool { return step.Stage == stage })
		if at >= 0 {
			all[i].When, all[i].Reached = HalfYear(steps[at].In), true
		}
	}
	return all
}

func (s *sheets) steps(steps []projections.EditionStep) []stepSheet {
	sheets := make([]stepSheet, len(steps))
	for i, step := range steps {
		sheets[i] = s.step(step)
	}
	return sheets
}

func (s *sheets) step(step projections.EditionStep) stepSheet {
	sheet := stepSheet{When: HalfYear(step.In), Now: s.now(step.In), Said: s.stepSaid(step)}
	if what := s.say(step.What); what != "" {
		sheet.Quote = append(sheet.Quote, quoteSheet{whatLabel(step), what})
	}
	if why := s.say(step.Why); why != "" {
		sheet.Quote = append(sheet.Quote, quoteSheet{Word("quote", "reason"), why})
	}
	if step.Reference != nil {
		sheet.Link = step.Reference.URI
	}
	return sheet
}

// now reports whether something was in the period that the edition is about, or after it: a release tells what was
// recorded up to its proposal, and every period begins with a year.
func (s *sheets) now(in projections.HalfYear) bool { return in.Year >= s.period.Year }

// moved is those of some lines with which something happened since the period began.
func moved(lines []roadSheet) []string {
	var refs []string
	for _, line := range lines {
		if line.New || slices.ContainsFunc(line.Steps, func(step stepSheet) bool { return step.Now }) {
			refs = append(refs, line.Ref)
		}
	}
	return refs
}

// stepSaid says what happened, and what came of it.
func (s *sheets) stepSaid(step projections.EditionStep) string {
	said := Word("told", step.Said)
	if step.Forum != "" {
		said = Word("told-in", step.Said) + " " + s.forum(step.Forum)
	}
	switch {
	case step.Verdict != "":
		said += ": " + Word("verdict", step.Verdict)
	case step.To != "":
		said += ": " + T("story.forwarded", s.forum(step.To))
	case step.Outcome != "":
		said += ": " + Word("outcome", step.Outcome)
	}
	if due := HalfYear(step.Due); due != "" {
		said += ", " + T("edition.due", due)
	}
	return said + "."
}

func whatLabel(step projections.EditionStep) string {
	if step.Outcome == pursuit.Promised {
		return Word("quote", "promise")
	}
	return Word("quote", "what")
}

func refs(of []projections.EditionRef) []string {
	all := make([]string, len(of))
	for i, ref := range of {
		all[i] = string(ref)
	}
	return all
}

// promiseSheet is a promise that was neither kept nor broken.
type promiseSheet struct {
	Ref     string
	About   string
	Forum   string
	Promise string
	Made    string
	Due     string // empty: no day was promised
	Overdue bool
}

func (s *sheets) promises(promises []projections.EditionPromise) []promiseSheet {
	all := make([]promiseSheet, len(promises))
	for i, promise := range promises {
		all[i] = promiseSheet{
			Ref: string(promise.Of), About: s.say(promise.Statement), Forum: s.forum(promise.Forum),
			Promise: s.say(promise.Promise), Made: HalfYear(promise.Made), Due: HalfYear(promise.Due), Overdue: promise.Overdue,
		}
	}
	return all
}

func (s *sheets) forum(code domain.Code) string { return s.Book.ForumLabel(code) }
