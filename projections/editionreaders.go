package projections

import (
	"cmp"
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/disclosure"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/release"
	"signaalboek/domain/vocabulary"
)

func (e *editing) council() CouncilEdition {
	council := CouncilEdition{
		Figures: e.Figures, Themes: e.themes(), Forums: e.forums(),
		Promises: e.promises(slices.Concat(e.signals, e.recommendations), ""), Debts: e.debts(),
		Recommendations: e.adviceOf(e.recommendations, e.signals), Neighbourhood: vocabulary.Context(e.from), Method: e.method(),
	}
	for _, line := range e.signals {
		council.Signals = append(council.Signals, e.signal(line))
	}
	council.EditionHead = e.head(release.Council, council.Signals, council.Promises, council.Recommendations)
	return council
}

func (e *editing) signal(line *editionLine) EditionSignal {
	return EditionSignal{PartnerSignal: line.forPartners(), Recurring: e.recurs(line), Settings: e.settings(line)}
}

func (l *editionLine) forPartners() PartnerSignal {
	return PartnerSignal{
		Ref: l.ref, Statement: l.text, Themes: l.themes, Heard: l.heard, Reached: l.reached(), Steps: l.steps, Closed: l.closed,
	}
}

// adviceOf is some recommendations in an edition that has some signals.
func (e *editing) adviceOf(recommendations, signals []*editionLine) (all []EditionRecommendation) {
	for _, line := range recommendations {
		advice := EditionRecommendation{
			Ref: line.ref, Text: line.text, MadeBy: line.madeBy, Forum: line.maker, Adopted: line.adopted,
			Reached: line.reached(), Steps: line.steps,
		}
		for _, answered := range line.answers {
			if ref := refOf(signals, answered); ref != "" && !slices.Contains(advice.Answers, ref) {
				advice.Answers = append(advice.Answers, ref)
			}
		}
		all = append(all, advice)
	}
	return all
}

// kinds is the kinds of setting, in the order in which they are printed.
var kinds = []pursuit.SettingKind{
	pursuit.AtFocusgroep, pursuit.AtSession, pursuit.AtActivity, pursuit.AtPartner, pursuit.InSurvey, pursuit.ByVolunteers,
}

// debts is what is owed to each kind of setting, also to those that nothing is owed to. It is of all signals, also of
// those that are not told of, and so in bands.
func (e *editing) debts() (all []EditionDebt) {
	for _, kind := range kinds {
		all = append(all, EditionDebt{kind, disclosure.ByFive.Band(e.owed[kind])})
	}
	return all
}

// partners is an edition for each forum that had a signal on its agenda. Its lines have names of their own, which say
// nothing of how many there are elsewhere.
func (e *editing) partners() (all []PartnerEdition) {
	for _, forum := range e.forumsOf(e.signals) {
		at := *e
		at.signals, at.recommendations = linesAt(e.signals, forum), linesAt(e.recommendations, forum)
		at.arrange(at.signals, "S")
		at.arrange(at.recommendations, "A")
		partner := PartnerEdition{
			Forum: forum, Promises: at.promises(slices.Concat(at.signals, at.recommendations), forum),
			Recommendations: at.adviceOf(at.recommendations, at.signals),
		}
		for _, line := range at.signals {
			partner.Signals = append(partner.Signals, line.forPartners())
		}
		partner.EditionHead = e.head(release.Partners, partner.Signals, partner.Promises, partner.Recommendations)
		all = append(all, partner)
	}
	return all
}

// linesAt is copies of the lines that a forum had to do with.
func linesAt(lines []*editionLine, forum domain.Code) (some []*editionLine) {
	for _, line := range lines {
		if _, there := line.raisedAt(forum); there {
			of := *line
			some = append(some, &of)
		}
	}
	return some
}

// mostOnAPage is how many rows a list of the page for residents has.
const mostOnAPage = 5

func (e *editing) residents() ResidentsEdition {
	var page ResidentsEdition
	for _, theme := range e.themes() {
		if theme.Recurring {
			page.Themes = append(page.Themes, theme)
		}
	}
	for _, line := range e.signals {
		if e.inPeriod(line.heard) {
			page.Heard = append(page.Heard, e.signal(line))
		}
		for _, forum := range line.waiting {
			page.Waiting = append(page.Waiting, EditionWait{line.ref, line.text, forum})
		}
	}
	page.Decided, page.Next = e.answers(), e.promises(e.signals, "")
	slices.SortStableFunc(page.Heard, func(a, b EditionSignal) int { return cmp.Compare(btoi(b.Recurring), btoi(a.Recurring)) })
	page.fit()
	page.EditionHead = e.head(release.Residents, page.Heard, page.Decided, page.Next, page.Waiting)
	return page
}

// fit leaves as much of each list as a page has room for.
func (page *ResidentsEdition) fit() {
	page.Themes = first(page.Themes, &page.More)
	page.Heard = first(page.Heard, &page.More)
	page.Decided = first(page.Decided, &page.More)
	page.Next = first(page.Next, &page.More)
	page.Waiting = first(page.Waiting, &page.More)
}

func first[T any](rows []T, more *bool) []T {
	*more = *more || len(rows) > mostOnAPage
	return rows[:min(mostOnAPage, len(rows))]
}

// answers is the furthest answer to each signal in the period, the latest of those that are as far; decisions come before
// what was only said.
func (e *editing) answers() (all []EditionAnswer) {
	for _, line := range e.signals {
		var answer *EditionStep
		for i := range line.steps {
			if step := &line.steps[i]; e.inPeriod(step.In) && step.answers() && (answer == nil || answer.weight() <= step.weight()) {
				answer = step
			}
		}
		if answer != nil {
			all = append(all, EditionAnswer{line.ref, line.text, *answer})
		}
	}
	slices.SortStableFunc(all, func(a, b EditionAnswer) int { return cmp.Compare(b.Step.weight(), a.Step.weight()) })
	return all
}

// inPeriod reports whether a half-year is one of those that the release is about.
func (e *editing) inPeriod(in HalfYear) bool {
	period := e.Release.Period
	return HalfYearOf(period.First()).Until(in) >= 0 && in.Until(HalfYearOf(period.Last())) >= 0
}

// weight is how far a step is on the road.
func (s *EditionStep) weight() int { return slices.Index(stages, s.Stage) }

// answers reports whether a step is an answer: something was done or decided, or said that is no delay.
func (s *EditionStep) answers() bool {
	switch s.Stage {
	case StageDecided, StageCarriedOut:
		return true
	case StageDiscussed:
		return s.Outcome != pursuit.Deferred && s.Outcome != pursuit.Forwarded
	}
	return false
}
