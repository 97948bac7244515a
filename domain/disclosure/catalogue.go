package disclosure

import (
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// Measure is what a cell counts.
type Measure string

// The measures.
const (
	Contacts Measure = "contacts"
	Unique   Measure = "unique" // different people
	New      Measure = "new"    // of those, who had no contact in an earlier year
	Known    Measure = "known"  // of those, who are known to the social service
	Requests Measure = "requests"
	Meetings Measure = "meetings" // of a voice
	Present  Measure = "present"  // at those meetings, added up
	Concerns Measure = "concerns"
)

// Table is one table of the catalogue: what is counted, and by which list. It is widened as a whole or not at all.
type Table struct {
	Name     domain.Code
	By       domain.Code // the list of its rows; none: one row, the whole practice
	Measures []Measure   // its columns
}

// The tables of the catalogue. Their names are stable: they stand in releases. The headline is three of them, so that what
// one busy asker costs is not the number of people.
var (
	Headline           = Table{"headline", "", []Measure{Unique, New, Known}}
	ContactsInAll      = Table{"contacts", "", []Measure{Contacts}}
	RequestsInAll      = Table{"requests", "", []Measure{Requests}}
	UniqueByActivity   = Table{"unique-by-activity", activities, []Measure{Unique}}
	NewByActivity      = Table{"new-by-activity", activities, []Measure{New}}
	KnownByActivity    = Table{"known-by-activity", activities, []Measure{Known}}
	RequestsByTheme    = Table{"requests-by-theme", themes, []Measure{Requests}}
	RequestsByApproach = Table{"requests-by-approach", approaches, []Measure{Requests}}
	ReferralsByService = Table{"referrals-by-service", services, []Measure{Requests}}
	MeetingsOfVoices   = Table{"meetings-of-voices", voices, []Measure{Meetings, Present}}
	PossibleConcerns   = Table{"possible-concerns", "", []Measure{Concerns}}
	UniqueByOrigin     = Table{"unique-by-origin", vocabulary.Origin, []Measure{Unique}} // in neither catalogue below
)

// Catalogue is the tables that a release holds, fixed in advance: whoever could choose tables could choose differences.
type Catalogue struct {
	Version int
	tables  map[Part][]Table
}

// newCatalogue is a catalogue of the tables of a half year and of a year.
func newCatalogue(version int, half, year []Table) Catalogue {
	return Catalogue{version, map[Part][]Table{FirstHalf: half, WholeYear: year}}
}

// V1 is the first version of what a practice publishes.
func V1() Catalogue {
	half := []Table{Headline, ContactsInAll, RequestsInAll, RequestsByTheme}
	year := []Table{
		Headline, ContactsInAll, RequestsInAll, UniqueByActivity, NewByActivity, KnownByActivity, RequestsByTheme,
		RequestsByApproach, ReferralsByService, MeetingsOfVoices,
	}
	return newCatalogue(1, half, year)
}

// TogetherV1 is the first version of what is published of all practices together, once a year.
func TogetherV1() Catalogue { return newCatalogue(1, nil, []Table{PossibleConcerns}) }

// Tables is the tables of a release, in the order in which they are printed. The receiver may keep them, not change them.
func (c Catalogue) Tables(part Part) []Table { return c.tables[part] }

// narrowest is the width that a table starts from.
func (t Table) narrowest() Width {
	switch {
	case slices.Contains(t.Measures, Concerns) || t.By == vocabulary.Origin || t.By != "" && slices.Contains(t.Measures, Known):
		return ByTen
	case t.By != "":
		return ByFive
	}
	return Exact
}

// start is the narrowest width in which a cell is ever shown. A headline total is exact when it and what is left of the
// whole are at least exactFrom.
func (t Table) start(m Measure, category Category, tally tally) Width {
	switch {
	case m == Meetings:
		return Exact
	case m == Concerns || category.Sensitive || t.By != "" && m == Known:
		return ByTen
	case t.By == "" && tally.value >= exactFrom && tally.rest >= exactFrom:
		return Exact
	}
	return ByFive
}

// exactFrom is how large a headline total, and what it leaves of the whole, must be to be shown as it is.
const exactFrom = 20
