package web

import (
	"signaalboek/domain"
	"signaalboek/projections"
)

// FocusgroepPage is the meetings of the focusgroep, newest first, and what keeps coming back in them.
type FocusgroepPage struct {
	Meetings []MeetingLine
	Map      HeatMap
	Plan     Form
}

// MeetingLine is one meeting, with its place opened.
type MeetingLine struct {
	projections.FocusgroepMeeting
	Where string
}

// MeetingPage is one meeting of the focusgroep, with what can still be told about it.
type MeetingPage struct {
	MeetingLine
	Heard   []SignalLine // picked up or recognised there
	Hold    *Form        // nil: it was held or cancelled
	Cancel  *Form        // nil: it was held or cancelled
	Discuss *Form        // nil: not held yet, or closed
	Close   *Form        // nil: not held yet, or closed
	PickUp  string       // address where a signal from this meeting is noted
}

// SignalLine is a signal in a list of links.
type SignalLine struct {
	ID   domain.StreamID
	Text string // its wording; empty if it has none yet
}

// ThemesPage is what keeps coming back in the focusgroep.
type ThemesPage struct {
	Filter Form
	Report projections.ThemeReport
	Map    HeatMap
	AsOf   AsOf
}

func (FocusgroepPage) page() string { return "focusgroep" }
func (MeetingPage) page() string    { return "meeting" }
func (ThemesPage) page() string     { return "themes" }
