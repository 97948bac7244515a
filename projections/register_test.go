package projections

import (
	"encoding/binary"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"signaalboek/domain"
	"signaalboek/domain/contact"
	"signaalboek/domain/domaintest"
	"signaalboek/domain/practice"
	"signaalboek/domain/session"
	"signaalboek/domain/vocabulary"
)

const here = domain.PracticeID("harelbeke-centrum")

// log writes events as the log would hold them, and opens what readings open.
type log struct {
	readings  []Reading
	revisions map[domain.StreamID]domain.Revision
}

func newLog() *log {
	l := &log{revisions: map[domain.StreamID]domain.Revision{}}
	l.on(practice.StreamOf(here), date(2019, 1, 1), practice.Opened{Name: "Harelbeke Centrum", Defaults: vocabulary.Harelbeke2022})
	return l
}

// on records an event of a stream on a day.
func (l *log) on(stream domain.StreamID, on domain.Date, event domain.Event) *Reading {
	revision := l.revisions[stream]
	l.revisions[stream]++
	position := domain.Position{Commit: uint64(len(l.readings) + 1)}
	l.readings = append(l.readings, Reading{Entry: domain.Entry{
		ID: idOf(len(l.readings)), Stream: stream, Revision: revision, Position: position, Event: event,
		Meta: domain.Meta{Practice: here, On: on, At: on.Time().Add(20 * time.Hour)},
	}})
	return &l.readings[len(l.readings)-1]
}

// contact records an event of a contact with somebody; person 0 is nobody.
func (l *log) contact(stream domain.StreamID, on domain.Date, person uint32, earlier domain.Answer, event domain.Event) {
	reading := l.on(stream, on, event)
	if person != 0 {
		reading.Recognition = recognised(on.Year(), person, earlier)
	}
}

func recognised(year int, person uint32, earlier domain.Answer) *domain.Recognition {
	r := &domain.Recognition{EarlierYear: earlier, EarlierYearHere: earlier}
	binary.LittleEndian.PutUint32(r.Pseudonym[:], person*2654435761)
	binary.LittleEndian.PutUint32(r.Pseudonym[4:], uint32(year))
	return r
}

// set is a set that was fed these readings in batches of a size.
func setOf(t rapid.TB, readings []Reading, size int) *Set {
	t.Helper()
	s := New(nil, domaintest.NewMemVault())
	for len(readings) > 0 {
		batch := readings[:min(size, len(readings))]
		readings = readings[len(batch):]
		if err := s.apply(batch, domain.Position{}); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func (l *log) set(t rapid.TB) *Set { return setOf(t, l.readings, 512) }

// year is what was published of a year, and what else a register of it must hold.
type year struct {
	year, unique, known, requests int
	newcomers                     int // -1: nobody was asked
	soup                          int // people at Soep met Babbels
}

var published = []year{
	{year: 2020, unique: 137, known: 72, requests: 270, newcomers: -1},
	{year: 2021, unique: 124, known: 59, requests: 185, newcomers: 41},
	{year: 2022, unique: 200, known: 88, requests: 110, newcomers: 60, soup: 43},
}

// register records a register from which the published figures must come out. Person n of a year has a contact, and
// the requests that fall to n. What the definitions leave out is there to be left out: contacts with nobody recognised,
// second contacts, an earlier answer that does not stand, and in 2022 the requests at Digipunt and Soep met Babbels.
func register(l *log) {
	for _, y := range published {
		for n := range y.unique {
			y.person(l, n)
		}
		if y.soup > 0 {
			for moment, present := range []int{7, 8, 9, 8, 7} { // 7.8 on average
				held := session.Held{Details: session.Details{Activity: "soep-met-babbels", Present: present}}
				l.on(streamIn("session", y.year*1000+moment), date(y.year, 3, 1+moment), held)
			}
		}
		for n := range 10 {
			details := contact.Details{Activity: "contact-op-straat", Known: domain.Yes}
			l.contact(streamIn("contact", y.year*10000+9000+n), date(y.year, 6, 1+n), 0, "", contact.Registered{Details: details})
		}
	}
}

func (y year) person(l *log, n int) {
	earlier, known := domain.Yes, domain.No
	switch {
	case y.newcomers < 0:
		earlier = domain.Unknown
	case n < y.newcomers:
		earlier = domain.No
	}
	if n%2 == 1 && n/2 < y.known || n%2 == 0 && n/2 < y.known-y.unique/2 {
		known = domain.Yes
	}
	requests := make([]contact.Request, (y.requests+n)/y.unique)
	for i := range requests {
		requests[i] = contact.Request{Themes: []domain.Code{"huisvesting", "financieel"}, Approaches: []domain.Code{"informatie"}}
	}
	visit := func(month time.Month, activity domain.Code, known domain.Answer, requests []contact.Request) {
		details := contact.Details{Activity: activity, Known: known, Requests: requests}
		id := streamIn("contact", y.year*10000+int(month)*700+n)
		l.contact(id, date(y.year, month, 1+n%28), uint32(n+1), earlier, contact.Registered{Details: details})
	}
	visit(1, "huisbezoek", domain.No, nil)
	visit(2, "individueel-gesprek", known, requests)
	visit(5, "sociale-kruidenier", domain.Unknown, nil)
	if n < y.soup {
		visit(3, "soep-met-babbels", domain.Unknown, []contact.Request{{Themes: []domain.Code{"vrije-tijd"}}})
		visit(4, "digipunt", domain.Unknown, []contact.Request{{Themes: []domain.Code{"dienstverlening"}}})
	}
}

func date(year int, month time.Month, day int) domain.Date { return domain.DateOf(year, month, day) }

func streamIn(category string, n int) domain.StreamID {
	return domain.NewStreamID(category, idOf(n).String())
}

func idOf(n int) uuid.UUID {
	return uuid.NewSHA1(uuid.NameSpaceURL, binary.BigEndian.AppendUint64(nil, uint64(n)))
}
