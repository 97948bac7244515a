// Package bundle keeps which signals of a practice became one, or became several. All of it stands in one stream per
// practice, so that a circle is refused also when two people bundle at once.
//
// The evidence, settings and debt of a bundled signal count for the whole; its id keeps resolving, through bundles of
// bundles, to the top. A signal that was split stays readable; its parts are pursued.
package bundle

import "signaalboek/domain"

// Event is something that happened to the bundles of a practice. The names below are the storage format: they live for
// ever.
type Event interface {
	domain.Event
	evolve(State) State
}

// Bundled: signals are one with another from now on.
type Bundled struct {
	Signals []domain.StreamID `json:"signals"`
	Into    domain.StreamID   `json:"into"`
}

// Unbundled: a signal stands on its own again.
type Unbundled struct {
	Signal domain.StreamID `json:"signal"`
}

// Split: a signal turned out to be several; they take its evidence and settings along.
type Split struct {
	Signal domain.StreamID   `json:"signal"`
	Into   []domain.StreamID `json:"into"`
}

func (Bundled) EventName() string   { return "bundles.bundled.v1" }
func (Unbundled) EventName() string { return "bundles.unbundled.v1" }
func (Split) EventName() string     { return "bundles.split.v1" }
