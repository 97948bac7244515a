package projections

import (
	"slices"
	"sync"

	"signaalboek/domain"
	"signaalboek/domain/focusgroep"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/signal"
)

// Overviews is what the overview of any period is made of: every step of every pursuit on its day, and the meetings of
// the focusgroep. What things are called and what is owed stands in Signals.
type Overviews struct {
	lock     *sync.RWMutex // of the set
	names    *names
	contacts *Contacts
	signals  *Signals
	words    *Words
	roads    map[symbol]*road // by practice
	refs     references
	meetings []heardMeeting
	meeting  map[domain.StreamID]int

	scheduled, discussed, decided, fedBack symbol // what steps say, by number
}

type heardMeeting struct {
	practice domain.PracticeID
	on       domain.Date // held; none: not yet
	present  int
	themes   []domain.Code
}

func newOverviews(lock *sync.RWMutex, names *names, words *Words, contacts *Contacts, signals *Signals) *Overviews {
	said := func(word Said) symbol { return names.code(domain.Code(word)) }
	return &Overviews{
		lock: lock, names: names, words: words, contacts: contacts, signals: signals,
		roads: map[symbol]*road{}, refs: newReferences(), meeting: map[domain.StreamID]int{},
		scheduled: said("scheduled"), discussed: said("discussed"), decided: said("decided"), fedBack: said("fed-back"),
	}
}

func (o *Overviews) name() string { return "overview" }

func (o *Overviews) settle() { o.refs.rows.close() }

func (o *Overviews) apply(reading *Reading) error {
	switch event := reading.Event.(type) {
	case interface{ Step() pursuit.Step }:
		return o.walk(reading, event.Step())
	case signal.AnsweredByOwnOffer:
		return o.add(reading, saying{}, 0)
	case focusgroep.Held:
		m := o.meetingOf(reading)
		m.on, m.present = reading.Meta.On, event.Present
	case focusgroep.ThemeDiscussed:
		m := o.meetingOf(reading)
		if !slices.Contains(m.themes, event.Theme) {
			m.themes = append(m.themes, event.Theme)
		}
	}
	return nil
}

func (o *Overviews) meetingOf(reading *Reading) *heardMeeting {
	at, found := o.meeting[reading.Stream]
	if !found {
		at = len(o.meetings)
		o.meeting[reading.Stream] = at
		o.meetings = append(o.meetings, heardMeeting{practice: reading.Meta.Practice})
	}
	return &o.meetings[at]
}

func (o *Overviews) walk(reading *Reading, step pursuit.Step) error {
	var said saying
	var more detail
	switch step := step.(type) {
	case pursuit.Scheduled:
		said.forum = o.names.code(step.Forum)
	case pursuit.Unscheduled:
		said.forum = o.names.code(step.Forum)
	case pursuit.Discussed:
		said.forum, said.outcome = o.names.code(step.Forum), o.names.code(domain.Code(step.Outcome))
		more = detail(step.PromiseBy)
	case pursuit.WentUnanswered:
		said.forum = o.names.code(step.Forum)
	case pursuit.Decided:
		said.forum, said.verdict = o.names.code(step.Forum), o.names.code(domain.Code(step.Verdict))
		if step.Reference != nil {
			more = detail(o.refs.add(*step.Reference))
		}
	case pursuit.PromiseKept:
		said.forum = o.promisedBy(reading, step.Promise)
	case pursuit.PromiseBroken:
		said.forum = o.promisedBy(reading, step.Promise)
	case pursuit.FedBack:
		more = detail(step.Present)
	}
	return o.add(reading, said, more)
}

func (o *Overviews) add(reading *Reading, said saying, more detail) error {
	no, err := o.signals.mustFind(reading.Stream)
	if err != nil {
		return err
	}
	said.said = o.signals.saidIn(reading.Event)
	in := o.names.practice(reading.Meta.Practice)
	if o.roads[in] == nil {
		o.roads[in] = &road{}
	}
	o.roads[in].add(roadStep{no, reading.Meta.On, o.names.saying(said), more})
	return nil
}

// promisedBy is the forum that made a promise, which Signals has read before.
func (o *Overviews) promisedBy(reading *Reading, number int) symbol {
	no, _ := o.signals.mustFind(reading.Stream)
	for at := o.signals.thing(no).promise; at != 0; {
		p := o.signals.promiseAt(at)
		if int(p.number) == number {
			return p.forum
		}
		at = p.next
	}
	return 0
}

// begun is what was picked up or drafted in a period: signals that count as heard, and all else.
func (o *Overviews) begun(practice symbol, period Period) (heard, others []thingNo) {
	shelf := o.signals.shelfAt(practice)
	for no, t := range o.signals.signals(shelf) {
		switch {
		case !period.Holds(t.since):
		case t.isNew():
			heard = append(heard, no)
		default:
			others = append(others, no)
		}
	}
	for _, no := range shelf.recommendations {
		if period.Holds(o.signals.thing(no).since) {
			others = append(others, no)
		}
	}
	return heard, others
}
