package disclosure

import (
	"signaalboek/domain"
)

// Person is what the tabulation and the gate need of one person in one practice, as one release counts them: from the
// first of January to the end of its period. It says what somebody did, never who it was.
type Person struct {
	Number     int                 // the same in all counts of one year, and good for nothing else: it is never published
	New        domain.Answer       // no contact in an earlier year?
	Known      domain.Answer       // known to the social service?
	Traits     domain.Traits       // origin, gender, household: what the practice records
	Contacts   map[domain.Code]int // by activity
	Requests   int
	Themes     map[domain.Code]int // requests that carry a theme, as those below
	Approaches map[domain.Code]int
	Services   map[domain.Code]int // referrals
}

// Voice is a group that is itself a voice, such as the focusgroep: of its people nothing else is ever counted.
type Voice struct {
	Group    domain.Code
	Meetings int
	Present  int // added up over the meetings
}

// Count is everything that was counted for one release.
type Count struct {
	Period   Period
	Lists    Lists // the categories of the tables; the empty ones too
	People   []Person
	Nobody   Person // contacts and requests of people who were not recognised, added up: one person behind a cell
	Voices   []Voice
	Concerns int // possible concerns (mogelijke verontrusting), of all practices together
}

// in is how often a list's category holds for a person: contacts at an activity, requests with a code; of a trait, one
// or none.
func (p Person) in(list, category domain.Code) int {
	switch list {
	case activities:
		return p.Contacts[category]
	case themes:
		return p.Themes[category]
	case approaches:
		return p.Approaches[category]
	case services:
		return p.Services[category]
	}
	if category != "" && p.Traits[list] == category {
		return 1
	}
	return 0
}

func total(counts map[domain.Code]int) int {
	sum := 0
	for _, n := range counts {
		sum += n
	}
	return sum
}
