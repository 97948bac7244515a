package projections

import (
	"context"
	"maps"
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/pursuit"
)

// FollowUp is how a forum follows up what is raised there. Signals and recommendations count alike; what was raised in
// a bundle counts once, as the whole.
type FollowUp struct {
	Forum      domain.Code
	Raised     int                     // wholes that were scheduled or discussed there
	Discussed  int                     // of those, the ones that were discussed at least once
	Outcomes   map[pursuit.Outcome]int // discussions
	Verdicts   map[pursuit.Verdict]int // decisions
	Unanswered int                     // times it gave no answer
	Waiting    int                     // wholes that wait for its answer today

	ToDiscussed  LeadTime // from the first time on its agenda to the first discussion
	ToDecided    LeadTime // from the first time on its agenda to its first decision after that
	ToCarriedOut LeadTime // from the first time on its agenda to the day it was carried out

	PromisesMade    int
	PromisesKept    int
	PromisesBroken  int
	PromisesOverdue []PromiseRow // neither kept nor broken, and the day is past; the longest overdue at the top
}

// LeadTime is how many days something took, over Count cases. Without cases, nothing is known: 0 is no figure then.
type LeadTime struct {
	Count  int
	Median int // of an even number of cases: the mean of the middle two, rounded down
	Max    int
}

// FollowUp is how a forum follows up what is raised there.
func (f *Forums) FollowUp(ctx context.Context, practice domain.PracticeID, forum domain.Code, today domain.Date) (FollowUp, error) {
	follow := f.followUp(practice, forum, today)
	var texts shown
	texts.addPromises(follow.PromisesOverdue)
	return follow, f.signals.texts.fill(ctx, texts)
}

func (f *Forums) followUp(practice domain.PracticeID, forum domain.Code, today domain.Date) FollowUp {
	f.lock.RLock()
	defer f.lock.RUnlock()
	desk := f.desk(practice, forum)
	follow := FollowUp{
		Forum: forum, Unanswered: desk.unanswered, PromisesMade: len(desk.promises),
		Outcomes: map[pursuit.Outcome]int{}, Verdicts: map[pursuit.Verdict]int{},
	}
	for outcome, count := range desk.outcomes {
		follow.Outcomes[pursuit.Outcome(f.names.codeOf(outcome))] = count
	}
	for verdict, count := range desk.verdicts {
		follow.Verdicts[pursuit.Verdict(f.names.codeOf(verdict))] = count
	}
	f.countWholes(&follow, desk, today)
	f.countPromises(&follow, desk, today)
	return follow
}

func (f *Forums) countWholes(follow *FollowUp, desk *desk, today domain.Date) {
	var talked, decided, carried leadTimes
	f.signals.eachWholeAt(desk, func(no thingNo, m *matter) {
		whole := f.signals.whole(no)
		follow.Raised++
		follow.Discussed += btoi(!m.talked.IsZero())
		open := !whole.is(isClosed) && !whole.is(isSplit)
		follow.Waiting += btoi(open && !m.waitsSince(today).IsZero())
		talked.add(m.first, m.talked)
		decided.add(m.first, m.decided)
		carried.add(m.first, whole.carried)
	})
	follow.ToDiscussed, follow.ToDecided, follow.ToCarriedOut = talked.figure(), decided.figure(), carried.figure()
}

func (f *Forums) countPromises(follow *FollowUp, desk *desk, today domain.Date) {
	for _, at := range desk.promises {
		switch f.signals.promiseAt(at).state {
		case promiseKept:
			follow.PromisesKept++
		case promiseBroken:
			follow.PromisesBroken++
		}
	}
	follow.PromisesOverdue = f.signals.promisesOf(desk, today, func(p *promise) bool { return p.overdue(today) })
}

// leadTimes counts cases by their number of days, so that no case is sorted.
type leadTimes struct {
	days  map[int]int
	cases int
}

// add counts a case, if both days are known and stand in this order.
func (l *leadTimes) add(from, to domain.Date) {
	if from.IsZero() || to.IsZero() || to < from {
		return
	}
	if l.days == nil {
		l.days = map[int]int{}
	}
	l.days[int(to-from)]++
	l.cases++
}

func (l *leadTimes) figure() LeadTime {
	if l.cases == 0 {
		return LeadTime{}
	}
	days := slices.Sorted(maps.Keys(l.days))
	lower, upper := l.nth(days, (l.cases-1)/2), l.nth(days, l.cases/2)
	return LeadTime{Count: l.cases, Median: (lower + upper) / 2, Max: days[len(days)-1]}
}

// nth is the number of days of the n-th shortest case, counted from 0.
func (l *leadTimes) nth(days []int, n int) int {
	for _, d := range days {
		if n -= l.days[d]; n < 0 {
			return d
		}
	}
	return 0
}
