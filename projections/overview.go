package projections

import (
	"signaalboek/domain"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/signal"
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

// (s *Set) Overview(practice, Period) Overview

// Heard is what came in.
type Heard struct {
	Contacts         int
	Requests         int
	Signals          int // picked up
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
	Owed     int // settings that still wait, at the end of the period, for something that came of a signal
}

// FunnelStep is one step of the funnel. The first two steps count contacts and help requests, all others signals that
// were picked up in the period, and where those stand at the end of it.
type FunnelStep struct {
	Step  string // "contacts", "requests", "signals", "worded", "raised", "answered", "fed-back"
	Count int
}

// OverviewLine is one signal or recommendation.
type OverviewLine struct {
	ID        domain.StreamID
	PickedUp  domain.Date   // or drafted
	From      signal.Origin // of a signal
	Statement domain.Sealed // as worded last, else as first noted; none: no text yet
	Themes    []domain.Code
	Answers   []domain.StreamID // of a recommendation: the signals it answers
	Steps     []OverviewStep    // within the period, oldest first
	FedBack   []domain.Date     // days on which a setting was told, within the period
	Owed      int               // settings that still wait at the end of the period
	PartOf    domain.StreamID   // the signal it was bundled into, if it was
	Closed    bool              // at the end of the period
}

// OverviewStep is something that happened in a forum, or an answer outside one.
type OverviewStep struct {
	On        domain.Date
	What      string      // name of the event, without category and version: "scheduled", "discussed", "decided" …
	Forum     domain.Code // none for carried out and own offer
	Outcome   pursuit.Outcome
	Verdict   pursuit.Verdict
	Text      domain.Sealed // motivation, promise or what was carried out
	Promise   domain.Sealed
	PromiseBy domain.Date
	Reference *pursuit.Reference
}
