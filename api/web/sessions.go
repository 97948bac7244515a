package web

import "signaalboek/projections"

// SessionsPage is the moments of group activities, newest first.
type SessionsPage struct {
	Filter Form
	Rows   []projections.Session
	More   string
}

// SessionFormPage records a moment, or the whole of one again.
type SessionFormPage struct {
	Form       Form
	Correcting bool
	Back       string
}

// SessionPage is one moment.
type SessionPage struct {
	Session  projections.Session
	Correct  string // address of the form
	Withdraw ReasonForm
}

func (SessionsPage) page() string    { return "sessions" }
func (SessionFormPage) page() string { return "session-form" }
func (SessionPage) page() string     { return "session" }
