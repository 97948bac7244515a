package release

import (
	"slices"

	"signaalboek/domain"
)

// Place is where in an edition the coordinator can say something.
type Place string

// The places.
const (
	Opening         Place = "opening"
	Figures         Place = "figures"
	Themes          Place = "themes"
	Signals         Place = "signals"
	Forums          Place = "forums"
	Promises        Place = "promises"
	Feedback        Place = "feedback"
	Recommendations Place = "recommendations"
	Neighbourhood   Place = "neighbourhood"
	Heard           Place = "heard"   // to residents: what we heard
	Decided         Place = "decided" // to residents: what was decided, and why
	Next            Place = "next"    // to residents: what comes next
	Closing         Place = "closing"
)

// places is where something can be said in each edition, in the order in which it is read.
var places = map[Edition][]Place{
	Council: {
		Opening, Figures, Themes, Signals, Forums, Promises, Feedback, Recommendations, Neighbourhood, Closing,
	},
	Partners:  {Opening, Signals, Forums, Promises, Recommendations, Closing},
	Residents: {Opening, Heard, Decided, Next, Closing},
}

// Editions lists the editions, in the order of their names.
func Editions() []Edition { return []Edition{Council, Partners, Residents} }

// Places lists where something can be said in an edition, in the order in which it is read; none in one that there is
// not.
func Places(edition Edition) []Place { return slices.Clone(places[edition]) }

// Sentence is what the coordinator says in one place of one edition.
type Sentence struct {
	Edition Edition
	Place   Place
	Text    domain.Sealed
}
