package main

import (
	"encoding/binary"
	"math/rand/v2"
	"strconv"
	"time"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/focusgroep"
	"signaalboek/domain/forum"
	"signaalboek/domain/practice"
	"signaalboek/domain/session"
	"signaalboek/domain/vocabulary"
)

// region makes up the log of a region: practices of different sizes, day after day, for about five years. Of a hundred
// events some eighty are contacts (or their corrections and follow-ups), five sessions, thirteen the walks of signals
// along the whole chain; the rest is referrals, recommendations, the focusgroep and the calendars of forums.
//
// It decides nothing through the ledger, because that would take an hour; every history is one that the ledger would
// have recorded. The same seed and size give the same region, ids and all.
type region struct {
	chance    *rand.ChaCha8
	rng       *rand.Rand
	book      vocabulary.Book
	practices []*place
	first     domain.Date
	today     domain.Date
	due       map[domain.Date][]func() // what was planned for a day
	events    []happening              // of today
	rates     rates
	ids       uint64 // given so far
}

// happening is an event on its way to the log, its texts in the clear.
type happening struct {
	id       domain.EventID
	stream   *stream
	revision domain.Revision
	practice domain.PracticeID
	on       domain.Date
	event    domain.Event
}

// stream is a stream and the revision that its next event gets.
type stream struct {
	id   domain.StreamID
	next domain.Revision
}

// rates is how many of each happen on a day in the whole region.
type rates struct{ contacts, sessions, signals float64 }

const (
	days     = 5 * 365
	firstDay = "2021-01-04"
)

// newRegion is a region that reaches about events in five years.
func newRegion(events int) *region {
	seed := [32]byte{31: 7}
	chance := rand.NewChaCha8(seed)
	book, _ := vocabulary.Defaults(vocabulary.Harelbeke2022)
	first, _ := domain.ParseDate(firstDay)
	perDay := float64(events) / days
	r := &region{
		chance: chance, rng: rand.New(chance), book: book, first: first, today: first, due: map[domain.Date][]func(){},
		rates: rates{contacts: 0.775 * perDay, sessions: 0.05 * perDay, signals: 0.0132 * perDay},
	}
	count := max(3, min(20, events/50_000))
	for i := range count {
		r.practices = append(r.practices, r.newPlace(i, count))
	}
	r.planCalendars()
	return r
}

// day is everything that happens on the next day.
func (r *region) day() []happening {
	r.events = r.events[:0]
	for _, what := range r.due[r.today] {
		what()
	}
	delete(r.due, r.today)
	r.times(r.rates.contacts, func() { r.meetPerson(r.anyPlace()) })
	r.times(r.rates.sessions, func() { r.holdSession(r.anyPlace()) })
	r.times(r.rates.signals, func() { r.pickUp(r.anyPlace()) })
	r.today++
	return r.events
}

// times does something so often on average.
func (r *region) times(mean float64, what func()) {
	n := int(mean)
	if r.rng.Float64() < mean-float64(n) {
		n++
	}
	for range n {
		what()
	}
}

// emit has an event happen today.
func (r *region) emit(in *place, to *stream, event domain.Event) {
	r.events = append(r.events, happening{
		id: r.newID(), stream: to, revision: to.next, practice: in.id, on: r.today, event: event,
	})
	to.next++
}

// later plans something for at least from and less than until days from now.
func (r *region) later(from, until int, what func()) {
	day := r.today + domain.Date(from+r.rng.IntN(until-from))
	r.due[day] = append(r.due[day], what)
}

func (r *region) newStream(category string) *stream {
	return &stream{id: domain.NewStreamID(category, r.newID().String())}
}

// newID is an id as those of the program: derived from the id of a command, which begins with its time.
func (r *region) newID() uuid.UUID {
	var command domain.CommandID
	_, _ = r.chance.Read(command[:]) // has no error to give
	r.ids++
	binary.BigEndian.PutUint64(command[:], r.ids<<16|7<<12)
	return domain.DeriveID(command, "thing", 0)
}

// often reports true so many times in a hundred.
func (r *region) often(percent int) bool { return r.rng.IntN(100) < percent }

// of is one code of a list; the first ones are chosen most.
func (r *region) of(list domain.Code) domain.Code {
	terms := r.book.Terms(list)
	return terms[r.early(len(terms))].Code
}

// early is a number below n; low ones come most.
func (r *region) early(n int) int {
	at := r.rng.Float64()
	return int(at * at * float64(n))
}

func (r *region) some(list domain.Code, most int) []domain.Code {
	codes := []domain.Code{r.of(list)}
	for range r.rng.IntN(most) {
		codes = vocabulary.Distinct(append(codes, r.of(list)))
	}
	return codes
}

// place is a practice, with what later events refer to.
type place struct {
	id       domain.PracticeID
	stream   *stream
	bundles  *stream
	weight   int // its share of what happens
	people   []person
	forums   []domain.Code
	meetings []domain.StreamID // of the focusgroep, held
	sessions []domain.StreamID
	signals  []*walk // that are worded and stand on their own
}

func (r *region) newPlace(i, count int) *place {
	id := domain.PracticeID("praktijk-" + strconv.Itoa(i+1))
	p := &place{
		id: id, stream: &stream{id: practice.StreamOf(id)}, bundles: &stream{id: domain.NewStreamID("bundles", string(id))},
		weight: 4 * count / (i + 4),
	}
	for _, forum := range r.book.Forums() {
		p.forums = append(p.forums, forum.Code)
	}
	r.due[r.first] = append(r.due[r.first], func() {
		r.emit(p, p.stream, practice.Opened{Name: "Praktijk " + strconv.Itoa(i+1), Defaults: vocabulary.Harelbeke2022})
	})
	return p
}

func (r *region) anyPlace() *place {
	whole := 0
	for _, p := range r.practices {
		whole += p.weight
	}
	at := r.rng.IntN(whole)
	for _, p := range r.practices {
		if at -= p.weight; at < 0 {
			return p
		}
	}
	return r.practices[0]
}

// planCalendars plans what comes back: the focusgroep every month, and some forums every quarter.
func (r *region) planCalendars() {
	for i, p := range r.practices {
		r.due[r.first+domain.Date(3+i%28)] = append(r.due[r.first+domain.Date(3+i%28)], func() { r.meetMonthly(p) })
		for n, code := range p.forums[:6] {
			calendar := &stream{id: forum.StreamOf(p.id, code)}
			day := r.first + domain.Date(5+(7*i+13*n)%90)
			r.due[day] = append(r.due[day], func() { r.meetQuarterly(p, calendar) })
		}
	}
}

func (r *region) meetQuarterly(p *place, calendar *stream) {
	id := r.newID()
	r.emit(p, calendar, forum.MeetingPlanned{Meeting: id, Day: r.today + 14})
	r.later(14, 15, func() { r.emit(p, calendar, forum.MeetingHeld{Meeting: id}) })
	r.later(91, 92, func() { r.meetQuarterly(p, calendar) })
}

func (r *region) meetMonthly(p *place) {
	meeting := r.newStream("focusgroep")
	r.emit(p, meeting, focusgroep.Planned{Day: r.today + 10, Place: domain.ToSeal("Zaal van het buurthuis")})
	r.later(10, 11, func() {
		r.emit(p, meeting, focusgroep.Held{Present: 6 + r.rng.IntN(14), Newcomers: r.rng.IntN(4)})
		for _, theme := range r.some(vocabulary.Themes, 4) {
			r.emit(p, meeting, focusgroep.ThemeDiscussed{Theme: theme, Weight: r.rng.IntN(6)})
		}
		r.emit(p, meeting, focusgroep.Closed{})
		r.later(1, 2, func() { p.meetings = append(p.meetings, meeting.id) })
	})
	r.later(28, 33, func() { r.meetMonthly(p) })
}

func (r *region) holdSession(p *place) {
	held := r.newStream("session")
	details := session.Details{Activity: r.of(vocabulary.Activities), Present: 4 + r.rng.IntN(30)}
	if r.often(50) {
		details.Theme = r.of(vocabulary.Themes)
	}
	if r.often(20) {
		details.GuestService = r.of(vocabulary.Services)
	}
	r.emit(p, held, session.Held{Details: details})
	if r.often(3) {
		r.later(1, 30, func() {
			details.Present++
			r.emit(p, held, session.Corrected{Details: details, Reason: session.WronglyEntered})
		})
	}
	if r.often(10) {
		r.later(1, 2, func() { r.refer(p, held.id) })
	}
	p.sessions = append(p.sessions, held.id)
}

// moment is when everything of a day is recorded: moments never go back.
func moment(on domain.Date) time.Time { return on.Time().Add(17 * time.Hour) }
