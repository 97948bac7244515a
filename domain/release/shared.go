package release

import "signaalboek/domain/disclosure"

// A release is about what the gate judged, as wide as the gate made it: so these are the gate's, under the names that
// whoever sees releases only needs.
type (
	Part   = disclosure.Part
	Period = disclosure.Period
	Width  = disclosure.Width
)

// The parts of a year.
const (
	FirstHalf = disclosure.FirstHalf
	WholeYear = disclosure.WholeYear
)

// The widths, from narrow to wide.
const (
	Exact       = disclosure.Exact
	ByFive      = disclosure.ByFive
	ByTen       = disclosure.ByTen
	ByTwenty    = disclosure.ByTwenty
	Unpublished = disclosure.Unpublished
)
