// Package practice is one STEK practice: its code lists, its forums, its reporting lists, the definitions of its
// figures, the years it closed, which of its cards turned out to be one person, and what was erased. A practice starts
// with the defaults of package vocabulary and changes them by events, so that labels, forums and definitions as of any
// day can be told.
package practice

import (
	"slices"

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

// Schemas is how the events of practices stand on disk.
func Schemas() []domain.Schema {
	return []domain.Schema{
		domain.SchemaOf[Opened](),
		domain.SchemaOf[TermAdded](),
		domain.SchemaOf[TermRelabelled](),
		domain.SchemaOf[TermRetired](),
		domain.SchemaOf[ForumRegistered](),
		domain.SchemaOf[ForumChanged](),
		domain.SchemaOf[ForumRetired](),
		domain.SchemaOf[CrosswalkSet](),
		domain.SchemaOf[FigureDefined](),
		domain.SchemaOf[YearClosed](),
		domain.SchemaOf[CardsMerged](),
		domain.SchemaOf[TextsErased](),
	}
}

// State is what decisions about a practice need.
type State struct {
	opened *Opened
	book   vocabulary.Book
	closed []YearClosed
	merged []CardsMerged
	erased []TextsErased
}

// Book is the words of the practice, as they are now; no words before it is opened.
func (s State) Book() vocabulary.Book { return s.book }

// Opened reports whether the practice began to keep its book.
func (s State) Opened() bool { return s.opened != nil }

// Closed reports whether a year was closed.
func (s State) Closed(year int) bool {
	_, closed := s.closing(year)
	return closed
}

func (e Opened) evolve(s State) State {
	s.opened = &e
	s.book, _ = vocabulary.Defaults(e.Defaults) // no such defaults: never recorded, and then no words
	return s
}

func (e TermAdded) evolve(s State) State {
	s.book = s.book.WithTerm(e.List, e.Term)
	return s
}

func (e TermRelabelled) evolve(s State) State {
	s.book = s.book.WithLabel(e.List, e.Code, e.Label, e.Aliases)
	return s
}

func (e TermRetired) evolve(s State) State {
	s.book = s.book.Retiring(e.List, e.Code)
	return s
}

func (e ForumRegistered) evolve(s State) State {
	s.book = s.book.WithForum(e.Forum)
	return s
}

func (e ForumChanged) evolve(s State) State {
	s.book = s.book.WithForum(e.Forum)
	return s
}

func (e ForumRetired) evolve(s State) State {
	s.book = s.book.RetiringForum(e.Code)
	return s
}

func (e CrosswalkSet) evolve(s State) State {
	s.book = s.book.WithCrosswalk(e.Crosswalk)
	return s
}

func (e FigureDefined) evolve(s State) State {
	s.book = s.book.WithFigure(e.Figure)
	return s
}

func (e YearClosed) evolve(s State) State {
	s.closed = append(slices.Clip(s.closed), e)
	return s
}

// The refusals of a practice as a whole. Those of its words and years stand beside their commands.
var (
	ErrNotOpened       = domain.Refuse(domain.NotFound, "practice-not-opened")
	ErrOpened          = domain.Refuse(domain.Conflict, "practice-opened")
	ErrName            = domain.Refuse(domain.Invalid, "practice-name-invalid")
	ErrUnknownDefaults = domain.Refuse(domain.Invalid, "defaults-unknown")
)

// Facts is what a decision knows besides the stream.
type Facts struct {
	On      domain.Date // the day of the command
	Merging *Merging    // of merged cards: what the vault says; nil: it knows no such cards
}

// Command is something asked of a practice: Open, or one of those in terms.go, forums.go, reporting.go, cards.go and
// erasures.go.
type Command interface {
	decide(State, Facts) ([]Event, error)
}

// Open begins the book of a practice.
type Open struct {
	Name     string `json:"name"`
	Defaults string `json:"defaults"`
}

func (c Open) decide(s State, _ Facts) ([]Event, error) {
	opened := Opened{Name: vocabulary.Line(c.Name), Defaults: c.Defaults}
	if s.opened != nil {
		if *s.opened != opened {
			return nil, ErrOpened
		}
		return nil, nil
	}
	if opened.Name == "" || !vocabulary.OneLine(opened.Name, vocabulary.MaxLabel) {
		return nil, ErrName.At("/name")
	}
	if _, ok := vocabulary.Defaults(c.Defaults); !ok {
		return nil, ErrUnknownDefaults.At("/defaults")
	}
	return []Event{opened}, nil
}

// Decider is the aggregate.
var Decider = domain.Decider[State, Facts, Command, Event]{
	Category: "practice",
	Decide:   decide,
	Evolve:   func(s State, e Event) State { return e.evolve(s) },
}

// decide lets nothing happen to a practice before it is opened.
func decide(s State, f Facts, c Command) ([]Event, error) {
	if _, opening := c.(Open); !opening && s.opened == nil {
		return nil, ErrNotOpened
	}
	return c.decide(s, f)
}

// StreamOf is the stream of a practice.
func StreamOf(practice domain.PracticeID) domain.StreamID {
	return domain.NewStreamID("practice", string(practice))
}
