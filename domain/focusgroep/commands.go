package focusgroep

import (
	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// Facts is what a decision knows besides the stream.
type Facts struct {
	On   domain.Date // the day of the command
	Book vocabulary.Book
}

// Plan plans a meeting for a day, which may lie in the future.
type Plan struct {
	Day   domain.Date `json:"day"`
	Place string      `json:"place,omitzero"`
}

// Hold records that the meeting took place.
type Hold struct {
	Present   int `json:"present"`
	Newcomers int `json:"newcomers"`
}

// DiscussTheme records that the meeting talked about a theme; asked again, it weighs the theme otherwise.
type DiscussTheme struct {
	Theme  domain.Code `json:"theme"`
	Weight int         `json:"weight,omitzero"`
}

// Close says that nothing is added any more.
type Close struct{}

// State is what decisions about a meeting need.
type State struct {
	day     domain.Date
	held    *Held
	weights map[domain.Code]int
	closed  bool
}

// Held reports whether the meeting took place.
func (s State) Held() bool { return s.held != nil }
