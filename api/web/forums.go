package web

import (
	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
	"signaalboek/projections"
)

// ForumsPage is the forums of the practice, each with its numbers.
type ForumsPage struct {
	Groups []ForumGroup
	AsOf   AsOf
}

// ForumGroup is the forums of one level.
type ForumGroup struct {
	Level domain.Code
	Lines []ForumLine
}

// ForumLine is one forum.
type ForumLine struct {
	vocabulary.Forum
	Raised  int
	Waiting int
	Overdue int
	Next    domain.Date // the next meeting; none if none is planned
}

// ForumPage is one forum: what must be on its agenda, how it follows up, when it meets.
type ForumPage struct {
	Forum    vocabulary.Forum
	Last     *projections.ForumMeeting
	Next     *projections.ForumMeeting
	Agenda   []AgendaPart
	More     string // address of the rest of the agenda; empty at its end
	Overdue  []PromiseLine
	FollowUp projections.FollowUp
	Meetings []ForumMeetingLine // newest first
	Earlier  string             // address of earlier ones; empty if there are none
	Plan     *Form              // nil: looking back, or the forum meets no more
	AsOf     AsOf
}

// AgendaPart is one list of an agenda, or what of it stands on this page.
type AgendaPart struct {
	Name     string // of family "agenda"
	Items    []AgendaLine
	Promises []PromiseLine
}

// AgendaLine is one item of an agenda, with its text opened.
type AgendaLine struct {
	projections.AgendaItem
	Wording string
}

// Details is how the item came on the agenda, in a few words each.
func (l AgendaLine) Details() []string {
	var details []string
	if l.InNameOf != "" {
		details = append(details, Word("name", l.InNameOf))
	}
	if l.Through != "" {
		details = append(details, Word("through", l.Through))
	}
	return details
}

// ForumMeetingLine is one meeting of a forum, with what can still be said of it.
type ForumMeetingLine struct {
	projections.ForumMeeting
	Hold   *Form
	Cancel *Form
	Link   *Form
}

// OutcomeBars is what came of discussions.
func (v View) OutcomeBars(follow projections.FollowUp) Bars {
	bars := Bars{ID: "uitkomsten", Title: T("forum.outcomes"), Column: T("field.outcome"), Value: T("chart.count")}
	for _, option := range Options("outcome",
		"taken-up", "noted", "deferred", "forwarded", "promised", "outside-competence", "declined") {
		for outcome, n := range follow.Outcomes {
			if string(outcome) == option.Value {
				bars.Lines = append(bars.Lines, Bar{Label: option.Label, N: n})
			}
		}
	}
	return bars
}

// LeadBars is how long it took, in days, half of the times.
func (v View) LeadBars(follow projections.FollowUp) Bars {
	bars := Bars{
		ID: "doorlooptijden", Title: T("forum.leads"), Unit: T("days.unit"), Column: T("chart.stage"), Value: T("days.column"),
		Hatch: true,
	}
	for _, lead := range []struct {
		label string
		time  projections.LeadTime
	}{
		{T("forum.to-discussed"), follow.ToDiscussed},
		{T("forum.to-decided"), follow.ToDecided},
		{T("forum.to-carried-out"), follow.ToCarriedOut},
	} {
		bars.Lines = append(bars.Lines, Bar{Label: lead.label, N: lead.time.Median, Unknown: lead.time.Count == 0})
	}
	return bars
}

func (ForumsPage) page() string { return "forums" }
func (ForumPage) page() string  { return "forum" }
