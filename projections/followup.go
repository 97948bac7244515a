package projections

import (
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
