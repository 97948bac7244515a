package projections

import (
	"cmp"
	"slices"
	"strings"

	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// forums is how each forum follows up what was raised there, counted over the steps that the edition shows: so no number
// here says anything that the lines do not.
func (e *editing) forums() []EditionForum {
	lines := slices.Concat(e.signals, e.recommendations)
	var all []EditionForum
	for _, forum := range e.forumsOf(lines) {
		follow := EditionForum{Forum: forum}
		var talked, decided, carried []int
		for _, line := range lines {
			raised, there := line.raisedAt(forum)
			if !there {
				continue
			}
			follow.Raised = append(follow.Raised, line.ref)
			if slices.Contains(line.waiting, forum) {
				follow.Waiting = append(follow.Waiting, line.ref)
			}
			talked = append(talked, line.after(raised, "discussed", forum)...)
			decided = append(decided, line.after(raised, "decided", forum)...)
			carried = append(carried, line.after(raised, "carried-out", "")...)
		}
		follow.ToDiscuss, follow.ToDecide, follow.ToCarryOut = timeOf(talked), timeOf(decided), timeOf(carried)
		all = append(all, follow)
	}
	return all
}

// forumsOf is where any of some lines was raised, by label.
func (e *editing) forumsOf(lines []*editionLine) (all []domain.Code) {
	for _, line := range lines {
		for _, step := range line.steps {
			for _, forum := range []domain.Code{step.Forum, step.To} {
				if forum != "" && !slices.Contains(all, forum) {
					all = append(all, forum)
				}
			}
		}
	}
	slices.SortFunc(all, func(a, b domain.Code) int {
		return cmp.Or(strings.Compare(vocabulary.Fold(e.book.ForumLabel(a)), vocabulary.Fold(e.book.ForumLabel(b))), cmp.Compare(a, b))
	})
	return all
}

// raisedAt is when a line first had to do with a forum: on its agenda, sent on to it, or talked about without. False if it
// never had.
func (l *editionLine) raisedAt(forum domain.Code) (HalfYear, bool) {
	for _, step := range l.steps {
		if step.Forum == forum || step.To == forum {
			return step.In, true
		}
	}
	return HalfYear{}, false
}

// after is how many half-years after it was raised a step was first taken, in one forum or in any; none, if it was not.
func (l *editionLine) after(raised HalfYear, said Said, forum domain.Code) []int {
	for _, step := range l.steps {
		if step.Said == said && (forum == "" || step.Forum == forum) && raised.Until(step.In) >= 0 {
			return []int{raised.Until(step.In)}
		}
	}
	return nil
}

func timeOf(cases []int) EditionTime {
	if len(cases) == 0 {
		return EditionTime{}
	}
	slices.Sort(cases)
	return EditionTime{Cases: len(cases), Median: cases[(len(cases)-1)/2], Longest: cases[len(cases)-1]}
}

// promises is the open promises about some lines, of one forum or of all, the first due at the top; those without a day
// come last.
func (e *editing) promises(lines []*editionLine, forum domain.Code) (all []EditionPromise) {
	for _, line := range lines {
		for _, one := range line.promises {
			if forum != "" && one.Forum != forum {
				continue
			}
			one.Of, one.Statement = line.ref, line.text
			one.Overdue = !one.by.IsZero() && one.by < e.today
			all = append(all, one.EditionPromise)
		}
	}
	slices.SortStableFunc(all, func(a, b EditionPromise) int {
		return cmp.Or(cmp.Compare(btoi(a.Due.Year == 0), btoi(b.Due.Year == 0)), a.Due.compare(b.Due))
	})
	return all
}
