package projections

import (
	"context"
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/pursuit"
)

// Overview is the politiseren overview of a period for people inside the practice: heard → raised → decided → fed
// back. Every number is exact: it is for no eyes outside.
type Overview struct {
	Practice        domain.PracticeID
	Period          Period
	Heard           Heard
	Raised          Raised
	Decided         DecidedCount
	FedBack         FedBackCount
	Funnel          []FunnelStep   // contacts → requests → signals → worded → raised → answered → fed back
	Signals         []OverviewLine // that something happened to in the period, by the day they were picked up
	Recommendations []OverviewLine // that something happened to in the period
}

// Heard is what came in.
type Heard struct {
	Contacts         int
	Requests         int
	Signals          int // picked up, without those that are parts of one that was split
	Meetings         int // of the focusgroep, held
	Present          int // people at those meetings, added up
	FocusgroepThemes []ThemeCount
}

// ThemeCount is at how many focusgroep meetings a theme was discussed.
type ThemeCount struct {
	Theme    domain.Code
	Meetings int
}

// Raised is where signals and recommendations were taken.
type Raised struct {
	Scheduled int // different things that were put on an agenda
	Discussed int // different things that were discussed
	Forums    []ForumCount
	Actions   int // public actions taken
}

// ForumCount is what one forum was asked and did.
type ForumCount struct {
	Forum      domain.Code
	Scheduled  int
	Discussed  int
	Decided    int
	Promises   int
	Unanswered int
}

// DecidedCount is what came of it.
type DecidedCount struct {
	Adopted    int
	Partly     int
	Rejected   int
	Outcomes   map[pursuit.Outcome]int // of discussions
	Promises   int
	Kept       int
	Broken     int
	Unanswered int
	CarriedOut int
	OwnOffer   int // answered by an offer of the practice itself
}

// FedBackCount is who was told.
type FedBackCount struct {
	Settings int // times that a setting was told
	Present  int // people who heard it, where that was counted
	Owed     int // settings that still wait now: in an overview of the past, ask a set as of then
}

// Of is the overview of a period.
func (o *Overviews) Of(ctx context.Context, practice domain.PracticeID, period Period) (Overview, error) {
	all := o.of(practice, period)
	var texts shown
	for _, lines := range [][]OverviewLine{all.Signals, all.Recommendations} {
		for i := range lines {
			texts.add(lines[i].ID, lines[i].text, &lines[i].Statement)
		}
	}
	return all, o.signals.texts.fill(ctx, texts)
}

func (o *Overviews) of(practice domain.PracticeID, period Period) Overview {
	o.lock.RLock()
	defer o.lock.RUnlock()
	all := Overview{Practice: practice, Period: period}
	number, known := o.names.known(string(practice))
	if !known {
		return all
	}
	heard, others := o.begun(number, period)
	all.hear(o, period)
	all.Heard.Signals = len(heard)
	all.raise(o, number, period)
	all.Signals, all.Recommendations = o.lines(number, period, slices.Concat(heard, others))
	all.Funnel = o.funnel(number, period, all.Heard, heard)
	all.FedBack.Owed = o.owed(number, period)
	return all
}
