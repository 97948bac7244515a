package web

import (
	"signaalboek/domain/vocabulary"
	"signaalboek/projections"
)

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

// GroupField is the choice of a group activity. The focusgroep has meetings of its own.
func (v View) GroupField(form Form) Field {
	field := v.CodesField(form, "activity", string(vocabulary.Activities), T("activity"))
	field.Options = without(field.Options, vocabulary.ActivityFocusgroep)
	return field
}
