package projections

import (
	"fmt"
	"strings"
	"sync"

	"signaalboek/domain"
	"signaalboek/domain/bundle"
	"signaalboek/domain/practice"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/recommendation"
	"signaalboek/domain/signal"
)

// Signals is every signal and recommendation, in one table of small rows: both are pursued. What is asked of them is
// in opensignals.go, recommendations.go and trajectory.go here, and in the other questions that look at this table.
//
// Rows refer to each other by number, counted from 1 in the order of the log; 0 is none.
type Signals struct {
	lock  *sync.RWMutex // of the set
	names *names
	texts *texts

	position domain.Position   // of the last event applied
	events   uint32            // applied to it: the sequence numbers of rows
	said     map[string]symbol // by event name
	things   rows[thing]
	asides   rows[aside]
	whose    interned[whose]
	ofStream []thingNo
	found    struct {
		id domain.StreamID
		no thingNo
	}
	matters  rows[matter]
	manners  interned[manner]
	promises []promise
	outcomes []sayingNo            // what was said in each of the results of debts
	bonds    []bond                // in log order
	parts    map[thingNo][]thingNo // what a signal was split into
	answers  map[thingNo][]thingNo // which signals a recommendation answers
	heirs    map[thingNo][]thingNo // who is owed along: the recommendations that answer a signal, the parts of one
	books    map[symbol]*shelf     // by practice
	councils map[forumIn]bool      // the forums of the council: committees and governing bodies
	debts    pursuit.Debts
	dirty    map[thingNo]struct{} // whose debts may have changed since the last settling; none in between
}

type promiseNo uint32

// promise is one promise of a forum.
type promise struct {
	text   textAt
	thing  thingNo
	next   promiseNo // of the same thing, made before it
	forum  symbol
	made   domain.Date
	by     domain.Date
	number uint16
	state  promiseState
}

type promiseState uint8

const (
	promiseOpen promiseState = iota
	promiseKept
	promiseBroken
)

func (p *promise) overdue(today domain.Date) bool {
	return p.state == promiseOpen && !p.by.IsZero() && p.by < today
}

// bond is one bundling or splitting.
type bond struct {
	from, into thingNo
	split      bool
	undone     bool
	on         domain.Date
	at         int64 // microseconds since 1970
}

// shelf is what one practice pursues.
type shelf struct {
	ages            ageList // signals
	recommendations []thingNo
	debtors         []debtor
	forums          map[symbol]*desk
	heardAt         map[streamNo][]thingNo // by focusgroep meeting: picked up or recognised there
}

// debtor is a whole that owes.
type debtor struct {
	thing thingNo
	since domain.Date // the oldest of what is owed
	owed  []owing
}

// owing is what a whole owes to one setting.
type owing struct {
	setting settingNo
	since   domain.Date
}

// desk is what one forum has to do with.
type desk struct {
	matters    []matterNo
	promises   []promiseNo
	outcomes   map[symbol]int // of discussions
	verdicts   map[symbol]int
	unanswered int
	talked     domain.Date // the last discussion here
}

func newSignals(lock *sync.RWMutex, names *names, texts *texts) *Signals {
	s := &Signals{
		lock:     lock,
		names:    names,
		texts:    texts,
		said:     map[string]symbol{},
		whose:    newInterned(whose{}),
		manners:  newInterned(manner{}),
		promises: make([]promise, 1),
		parts:    map[thingNo][]thingNo{},
		answers:  map[thingNo][]thingNo{},
		heirs:    map[thingNo][]thingNo{},
		books:    map[symbol]*shelf{},
		councils: map[forumIn]bool{},
		dirty:    map[thingNo]struct{}{},
	}
	s.things.add(thing{})
	s.asides.add(aside{})
	s.matters.add(matter{})
	s.debts = pursuit.NewDebts(debtNumbers{s})
	return s
}

func (s *Signals) name() string { return "signals" }

func (s *Signals) apply(r *Reading) error {
	s.events++
	s.position = r.Position
	if err := s.take(r); err != nil {
		return err
	}
	entry := r.Entry
	entry.Position = domain.Position{} // nobody asks here where an outcome stands
	s.debts.Apply(entry)
	return nil
}

func (s *Signals) take(r *Reading) error {
	switch event := r.Event.(type) {
	case bundle.Event:
		return s.applyBundle(event, r)
	case signal.PickedUp:
		return s.pickUp(event, r)
	case recommendation.Drafted:
		return s.draft(event, r)
	case signal.Event, recommendation.Event:
		no, err := s.mustFind(r.Stream)
		if err != nil {
			return err
		}
		s.thing(no).revision = int32(r.Revision)
		return s.applyTo(no, r)
	case practice.Event:
		s.applyPractice(event, r.Meta.Practice)
		return nil
	}
	return nil // contacts, sessions, referrals, meetings: none of its business
}

// mustFind is the thing of a stream that was begun before. That it was not is a fault in the log. It is asked several
// times an event, while applying only, so it keeps what it found last.
func (s *Signals) mustFind(id domain.StreamID) (thingNo, error) {
	if id == s.found.id {
		return s.found.no, nil
	}
	if stream, known := s.names.knownStream(id); known {
		if no := s.thingOf(stream); no != 0 {
			s.found.id, s.found.no = id, no
			return no, nil
		}
	}
	return 0, fmt.Errorf("%s was never begun", id)
}

// thingOf is the thing whose stream has a number; 0 if none has.
func (s *Signals) thingOf(stream streamNo) thingNo {
	if int(stream) < len(s.ofStream) {
		return s.ofStream[stream]
	}
	return 0
}

func (s *Signals) remembers(stream streamNo, no thingNo) {
	for int(stream) >= len(s.ofStream) {
		s.ofStream = append(s.ofStream, 0)
	}
	s.ofStream[stream] = no
}

func (s *Signals) shelf(practice symbol) *shelf {
	if s.books[practice] == nil {
		s.books[practice] = &shelf{forums: map[symbol]*desk{}, heardAt: map[streamNo][]thingNo{}}
	}
	return s.books[practice]
}

func (s *Signals) desk(practice, forum symbol) *desk {
	shelf := s.shelf(practice)
	if shelf.forums[forum] == nil {
		shelf.forums[forum] = &desk{outcomes: map[symbol]int{}, verdicts: map[symbol]int{}}
	}
	return shelf.forums[forum]
}

// begin makes the row of a new thing.
func (s *Signals) begin(r *Reading, row thing) (thingNo, error) {
	row.stream = s.names.stream(r.Stream)
	if s.thingOf(row.stream) != 0 {
		return 0, fmt.Errorf("%s was begun before", r.Stream)
	}
	row.practice = s.names.practice(r.Meta.Practice)
	row.revision = int32(r.Revision)
	row.since = r.Meta.On
	row.phase = phaseAfter(row.phase, r.Event)
	no := thingNo(s.things.len())
	s.things.add(row)
	s.remembers(row.stream, no)
	s.describe(no, r, described{})
	s.touch(no)
	return no, nil
}

func (s *Signals) pickUp(event signal.PickedUp, r *Reading) error {
	row := thing{
		whose:     s.whose.number(whose{from: s.names.code(domain.Code(event.From))}),
		themes:    s.names.list(event.Themes),
		threshold: s.names.list(event.Thresholds),
		targets:   s.names.list(event.TargetGroups),
	}
	row.set(isOfFocusgroep, event.From == signal.FromFocusgroep)
	no, err := s.begin(r, row)
	if err != nil {
		return err
	}
	s.shelf(s.thing(no).practice).ages.add(age{r.Meta.On, no})
	s.hear(no, event.Evidence)
	return nil
}

func (s *Signals) draft(event recommendation.Drafted, r *Reading) error {
	row := thing{
		text:    textOf(r, fieldStatement, event.Text),
		version: 1,
		worded:  r.Meta.On,
		whose:   s.whose.number(whose{from: s.names.code(domain.Code(event.MadeBy)), maker: s.names.code(event.Forum)}),
		flags:   isRecommendation,
	}
	no, err := s.begin(r, row)
	if err != nil {
		return err
	}
	shelf := s.shelf(s.thing(no).practice)
	shelf.recommendations = append(shelf.recommendations, no)
	for _, id := range event.Answers {
		answered, err := s.mustFind(id)
		if err != nil {
			return err
		}
		s.answers[no] = append(s.answers[no], answered)
		s.heirs[answered] = append(s.heirs[answered], no)
	}
	return nil
}

// hear counts evidence; what was heard in the focusgroep is the focusgroep's.
func (s *Signals) hear(no thingNo, evidence signal.Evidence) {
	t := s.thing(no)
	t.evidence++
	s.names.setting(evidence.Setting)
	t.set(isOfFocusgroep, t.is(isOfFocusgroep) || evidence.Setting.OfFocusgroep())
	if evidence.Setting.Kind == pursuit.AtFocusgroep {
		s.heardAt(no, evidence.Setting.Stream)
	}
	s.touch(no)
}

func (s *Signals) heardAt(no thingNo, meeting domain.StreamID) {
	at := s.names.stream(meeting)
	shelf := s.shelf(s.thing(no).practice)
	shelf.heardAt[at] = append(shelf.heardAt[at], no)
}

// applyTo applies an event of a thing that was begun before.
func (s *Signals) applyTo(no thingNo, r *Reading) error {
	t := s.thing(no)
	was := described{}
	switch event := r.Event.(type) {
	case signal.Noted:
		if t.version == 0 {
			t.text = textOf(r, fieldWording, event.Wording)
		}
	case signal.EvidenceLinked:
		s.hear(no, event.Evidence)
	case signal.Worded:
		s.word(t, event.Statement, event.Version, r)
	case signal.Weighed:
		t.set(isWeighed, true)
		t.set(isStructural, event.Structural)
		was.forum = s.names.code(event.Forum)
	case signal.KeeperNamed:
		s.setWhose(t, func(w *whose) { w.keeper = s.names.code(event.Role) })
		return nil // nobody said anything of the signal itself
	case signal.Recognised:
		t.set(isOfFocusgroep, true)
		s.heardAt(no, event.Meeting)
	case signal.MandateGiven:
		s.mandate(t, mandateGiven)
	case signal.MandateRefused:
		s.mandate(t, mandateRefused)
	case signal.OtherWordingAsked:
		s.mandate(t, mandateWording)
	case signal.AnsweredByOwnOffer:
		s.owe(no, r, described{})
	case signal.ReactionHeard:
	case signal.Parked:
		t.set(isParked, true)
		s.setAside(no).parked = event.Until
		was.expected = event.Until
	case signal.Resumed:
		t.set(isParked, false)
		s.setAside(no).parked = 0
	case signal.Closed:
		t.set(isClosed, true)
		t.closedOn = r.Meta.On
		s.setWhose(t, func(w *whose) { w.closed = s.names.code(domain.Code(event.Reason)) })
		s.touch(no)
	case signal.Reopened:
		s.reopen(no)
		s.hear(no, event.Evidence)
	case recommendation.Reworded:
		t.text, t.version = textOf(r, fieldStatement, event.Text), uint16(event.Version)
	case recommendation.Adopted:
		t.set(isAdopted, true)
	case interface{ Step() pursuit.Step }:
		var err error
		if was, err = s.step(no, event.Step(), r); err != nil {
			return err
		}
	default:
		return fmt.Errorf("%s is not known here", r.Event.EventName())
	}
	s.thing(no).phase = phaseAfter(s.thing(no).phase, r.Event)
	s.describe(no, r, was)
	return nil
}

// reopen begins again: what came of it before is no answer any more, and the whole is at collecting.
func (s *Signals) reopen(no thingNo) {
	t := s.thing(no)
	t.closedOn = 0
	s.setWhose(t, func(w *whose) { w.closed = 0 })
	t.set(isClosed, false)
	t.set(isAnswered, false)
	t.set(isDecidedFor, false)
	s.eachMember(no, func(member thingNo) { s.thing(member).phase = signal.Collecting })
}

// word gives a signal its neutral statement. Other words that the focusgroep asked for are its mandate.
func (s *Signals) word(t *thing, statement domain.Sealed, version int, r *Reading) {
	t.text, t.version = textOf(r, fieldStatement, statement), uint16(version)
	if t.worded.IsZero() {
		t.worded = r.Meta.On
	}
	if t.mandate == mandateWording {
		s.mandate(t, mandateGiven)
	}
}

func (s *Signals) mandate(t *thing, said mandateNo) {
	t.mandate, t.mandateAt = said, s.events
}

// describe keeps the last thing said, by the day it was said.
func (s *Signals) describe(no thingNo, r *Reading, was described) {
	t := s.thing(no)
	if r.Meta.On < t.said.on {
		return
	}
	was.said = s.saidIn(r.Event)
	t.said = lastSaid{saying: s.names.saying(was.saying), on: r.Meta.On, expected: was.expected, seq: s.events}
}

// saidIn is the past participle in the name of an event: "signal.picked-up.v1" says "picked-up".
func (s *Signals) saidIn(event domain.Event) symbol {
	name := event.EventName()
	said, known := s.said[name]
	if !known {
		said = symbol(s.names.symbols.number(string(saidOf(name))))
		s.said[name] = said
	}
	return said
}

func saidOf(eventName string) Said {
	parts := strings.Split(eventName, ".")
	return Said(parts[len(parts)-2])
}

// owe keeps an outcome: pursuit.Debts says to whom it is owed.
func (s *Signals) owe(no thingNo, r *Reading, was described) {
	s.thing(no).set(isAnswered, true)
	was.said = s.saidIn(r.Event)
	s.outcomes = append(s.outcomes, s.names.saying(was.saying))
	s.touch(no)
}

// touch has the debts of the whole, and of whoever is owed along with it, worked out again at the next settling.
func (s *Signals) touch(no thingNo) {
	top := s.top(no)
	s.dirty[top] = struct{}{}
	if len(s.heirs) > 0 {
		s.touchHeirs(top, map[thingNo]bool{})
	}
}

func (s *Signals) touchHeirs(top thingNo, seen map[thingNo]bool) {
	if seen[top] {
		return
	}
	seen[top] = true
	s.dirty[top] = struct{}{}
	s.eachMember(top, func(member thingNo) {
		for _, heir := range s.heirs[member] {
			s.touchHeirs(s.top(heir), seen)
		}
	})
}

// settle works out the debts that changed.
func (s *Signals) settle() {
	for no := range s.dirty {
		s.settleDebt(no)
	}
	clear(s.dirty)
}

// settleDebt notes what a whole owes. Nothing is owed any more by what was closed, because its reason says why, nor by
// what was bundled, because the whole owes it.
func (s *Signals) settleDebt(no thingNo) {
	t := s.thing(no)
	standings := s.debts.Standings(s.names.streamOf(t.stream))
	t.settings = uint16(len(standings))
	debtor := debtor{thing: no}
	for _, standing := range standings {
		if !standing.Owed() || t.is(isClosed) {
			continue
		}
		debtor.owed = append(debtor.owed, owing{s.names.setting(standing.Setting), standing.Oldest.On})
		debtor.since = earliest(debtor.since, standing.Oldest.On)
	}
	t.owed = uint16(len(debtor.owed))
	s.enter(s.shelf(t.practice), t, debtor)
}

// owedSince is the oldest outcome of a whole that was not told to somebody; none if nothing is owed.
func (s *Signals) owedSince(t *thing) domain.Date {
	if t.debtor == 0 {
		return 0
	}
	return s.books[t.practice].debtors[t.debtor-1].since
}

// enter puts a debtor on the list, changes what it owes, or strikes it off.
func (s *Signals) enter(h *shelf, t *thing, now debtor) {
	switch place := t.debtor; {
	case place != 0 && len(now.owed) != 0:
		h.debtors[place-1] = now
	case len(now.owed) != 0:
		h.debtors = append(h.debtors, now)
		t.debtor = uint32(len(h.debtors))
	case place != 0:
		last := len(h.debtors) - 1
		h.debtors[place-1] = h.debtors[last]
		s.thing(h.debtors[last].thing).debtor = place
		h.debtors = h.debtors[:last]
		t.debtor = 0
	}
}

// debtNumbers has pursuit.Debts count things and settings as this package does.
type debtNumbers struct{ *Signals }

func (n debtNumbers) Thing(id domain.StreamID) uint32 {
	no, _ := n.mustFind(id) // Signals found it before, or stopped
	return uint32(no)
}

func (n debtNumbers) KnownThing(id domain.StreamID) uint32 {
	stream, _ := n.names.knownStream(id)
	return uint32(n.thingOf(stream))
}

func (n debtNumbers) ThingNamed(no uint32) domain.StreamID   { return n.idOf(thingNo(no)) }
func (n debtNumbers) Setting(s pursuit.Setting) uint32       { return uint32(n.names.setting(s)) }
func (n debtNumbers) KnownSetting(s pursuit.Setting) uint32  { return uint32(n.names.knownSetting(s)) }
func (n debtNumbers) SettingNamed(no uint32) pursuit.Setting { return n.names.settingOf(settingNo(no)) }
