package web

import (
	"signaalboek/domain/disclosure"
	"signaalboek/projections"
)

// SubtractionPage is the page of the manual that shows why figures leave a practice in releases only, and why these
// have bands. Its example is real: the presentation of 2019 and the report of 2022 tell of the same holiday offer. (A
// test of package disclosure holds the gate against the same documents.)
type SubtractionPage struct{}

func (SubtractionPage) page() string { return "subtraction" }

// Limits is what the gate does not reckon with, as the method note of every release says it too.
func (SubtractionPage) Limits() []projections.Limit { return projections.GateLimits() }

// Subtraction is what two documents say of one group, and what is left for whoever subtracts.
type Subtraction struct {
	What          string
	First, Second string // as they stand in the documents
	Left          string // how many came in between
}

// saying is what one document says of a group: a number of people, or a percentage of its families.
type saying struct{ number, percent int }

var familiesOf = [2]int{31, 50}

var sayings = []struct {
	what  string
	told  [2]saying
	width disclosure.Width // in which a release begins to tell of such a group
}{
	{T("subtraction.families"), [2]saying{{number: 31}, {number: 50}}, disclosure.ByFive},
	{T("subtraction.children"), [2]saying{{number: 70}, {number: 105}}, disclosure.ByFive},
	{T("subtraction.origin"), [2]saying{{percent: 85}, {percent: 75}}, disclosure.ByTen},
	{T("subtraction.known"), [2]saying{{percent: 25}, {percent: 30}}, disclosure.ByTen},
}

// Documents is the attack on what was published.
func (SubtractionPage) Documents() []Subtraction {
	return subtractions(func(s saying, _ disclosure.Width, families int) (string, disclosure.Band) {
		if s.percent == 0 {
			return number(s.number), disclosure.Band{Least: s.number, Most: s.number}
		}
		among := s.among(families)
		return T("subtraction.percent", s.percent, Band(among)), among
	})
}

// Releases is the same attack on the same counts in bands.
func (SubtractionPage) Releases() []Subtraction {
	return subtractions(func(s saying, width disclosure.Width, families int) (string, disclosure.Band) {
		counted := s.number
		if s.percent > 0 {
			counted = s.among(families).Least
		}
		band := width.Band(counted)
		return Band(band), band
	})
}

func subtractions(shown func(s saying, width disclosure.Width, families int) (string, disclosure.Band)) []Subtraction {
	var rows []Subtraction
	for _, s := range sayings {
		first, before := shown(s.told[0], s.width, familiesOf[0])
		second, after := shown(s.told[1], s.width, familiesOf[1])
		left := disclosure.Band{Least: max(0, after.Least-before.Most), Most: after.Most - before.Least}
		rows = append(rows, Subtraction{s.what, first, second, Band(left)})
	}
	return rows
}

// among is how many families a percentage can be: the documents round to five points.
func (s saying) among(families int) disclosure.Band {
	can := disclosure.Band{Least: families}
	for n := range families + 1 {
		if 2*abs(100*n-s.percent*families) <= 5*families {
			can.Least, can.Most = min(can.Least, n), n
		}
	}
	return can
}

func abs(n int) int { return max(n, -n) }
