// Package practice is one STEK practice: its code lists, its forums, its reporting lists, the definitions of its
// figures, and the years it closed. A practice starts with the defaults of package vocabulary and changes them by
// events, so that labels, forums and definitions as of any day can be told.
package practice

import (
	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// Event is something that happened to a practice. The names below are the storage format: they live for ever.
type Event interface {
	domain.Event
	evolve(State) State
}

// Opened: the practice began to keep its book, with a named set of defaults.
type Opened struct {
	Name     string `json:"name"`     // of the practice, as printed
	Defaults string `json:"defaults"` // vocabulary.Defaults: "harelbeke-2022"
}

// TermAdded: a code list has a new entry.
type TermAdded struct {
	List domain.Code     `json:"list"`
	Term vocabulary.Term `json:"term"`
}

// TermRelabelled: an entry is called otherwise from now on; its code stays.
type TermRelabelled struct {
	List    domain.Code `json:"list"`
	Code    domain.Code `json:"code"`
	Label   string      `json:"label"`
	Aliases []string    `json:"aliases,omitzero"`
}

// TermRetired: an entry is not offered any more; what was recorded with it stays.
type TermRetired struct {
	List domain.Code `json:"list"`
	Code domain.Code `json:"code"`
}

// ForumRegistered: the practice can take signals to a forum.
type ForumRegistered struct {
	vocabulary.Forum
}

// ForumChanged: a forum has another name, kind or level from now on.
type ForumChanged struct {
	vocabulary.Forum
}

// ForumRetired: a forum meets no more.
type ForumRetired struct {
	Code domain.Code `json:"code"`
}

// CrosswalkSet: from a day on, one list is reported in the groups of another.
type CrosswalkSet struct {
	vocabulary.Crosswalk
}

// FigureDefined: a figure has a definition, or a new version of it.
type FigureDefined struct {
	vocabulary.Figure
}

// ClosedFigure is what a figure read when its year was closed. No value means: not recorded, which is not zero.
type ClosedFigure struct {
	Figure  domain.Code `json:"figure"`
	Version int         `json:"version"`
	Value   *float64    `json:"value,omitzero"`
}

// YearClosed: every defined figure of a year, recorded before the key of that year is destroyed.
type YearClosed struct {
	Year    int            `json:"year"`
	Figures []ClosedFigure `json:"figures"`
}

func (Opened) EventName() string          { return "practice.opened.v1" }
func (TermAdded) EventName() string       { return "practice.term-added.v1" }
func (TermRelabelled) EventName() string  { return "practice.term-relabelled.v1" }
func (TermRetired) EventName() string     { return "practice.term-retired.v1" }
func (ForumRegistered) EventName() string { return "practice.forum-registered.v1" }
func (ForumChanged) EventName() string    { return "practice.forum-changed.v1" }
func (ForumRetired) EventName() string    { return "practice.forum-retired.v1" }
func (CrosswalkSet) EventName() string    { return "practice.crosswalk-set.v1" }
func (FigureDefined) EventName() string   { return "practice.figure-defined.v1" }
func (YearClosed) EventName() string      { return "practice.year-closed.v1" }
