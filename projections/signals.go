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
	ids      streams           // the number of a thing is that of its stream here
	things   packed[thing]
	outlines rows[outline] // of the same, as of the last settling
	drawn    sheet         // of the outline that was drawn last: room that is used again
	ties     map[thingNo]tie
	whose    interned[whose]
	found    struct {
		id domain.StreamID
		no thingNo
	}
	matters  packed[matter]
	manners  interned[manner]
	promises packed[promise]
	outcomes []sayingNo            // what was said in each of the results of debts
	bonds    []bond                // in log order
	parts    map[thingNo][]thingNo // what a signal was split into
	answers  map[thingNo][]thingNo // which signals a recommendation answers
	heirs    map[thingNo][]thingNo // who is owed along: the recommendations that answer a signal, the parts of one
	books    map[symbol]*shelf     // by practice
	councils map[forumIn]bool      // the forums of the council: committees and governing bodies
	debts    pursuit.Debts
	accounts accounts             // of debts
	dirty    map[thingNo]struct{} // what may have changed since the last settling; none in between
}

func newSignals(lock *sync.RWMutex, names *names, texts *texts) *Signals {
	s := &Signals{
		lock:     lock,
		names:    names,
		texts:    texts,
		said:     map[string]symbol{},
		ids:      newStreams(),
		things:   newPacked(packThing),
		ties:     map[thingNo]tie{},
		whose:    newInterned(whose{}),
		matters:  newPacked(packMatter),
		manners:  newInterned(manner{}),
		promises: newPacked(packPromise),
		parts:    map[thingNo][]thingNo{},
		answers:  map[thingNo][]thingNo{},
		heirs:    map[thingNo][]thingNo{},
		books:    map[symbol]*shelf{},
		councils: map[forumIn]bool{},
		dirty:    map[thingNo]struct{}{},
	}
	s.things.add(thing{})
	s.matters.add(matter{})
	s.promises.add(promise{})
	s.accounts.rows = newPacked(packAccount)
	s.debts = pursuit.NewDebts(debtNumbers{s}, &s.accounts)
	s.close()
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
		s.change(no).revision = uint32(r.Revision)
		s.dirty[s.top(no)] = struct{}{}
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
	if no, known := s.ids.find(id); known {
		s.found.id, s.found.no = id, thingNo(no)
		return thingNo(no), nil
	}
	return 0, fmt.Errorf("%s was never begun", id)
}

// begin makes the row of a new thing.
func (s *Signals) begin(r *Reading, row thing) (thingNo, error) {
	number, added := s.ids.number(r.Stream)
	if !added {
		return 0, fmt.Errorf("%s was begun before", r.Stream)
	}
	row.practice = s.names.practice(r.Meta.Practice)
	row.revision = uint32(r.Revision)
	row.since = r.Meta.On
	row.phase = phaseAfter(row.phase, r.Event)
	no := thingNo(number)
	s.things.add(row)
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
	t := s.change(no)
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
	t := s.change(no)
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
		t.parked = event.Until
		was.expected = event.Until
	case signal.Resumed:
		t.set(isParked, false)
		t.parked = 0
	case signal.Closed:
		t.set(isClosed, true)
		t.closedOn = r.Meta.On
		s.setWhose(t, func(w *whose) { w.closed = s.names.code(domain.Code(event.Reason)) })
		s.touch(no)
	case signal.Reopened:
		s.reopen(no)
		s.hear(no, event.Evidence)
	case recommendation.Reworded:
		t.text, t.version = textOf(r, fieldStatement, event.Text), uint32(event.Version)
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
	t.phase = phaseAfter(t.phase, r.Event)
	s.describe(no, r, was)
	return nil
}

// reopen begins again: what came of it before is no answer any more, and the whole is at collecting.
func (s *Signals) reopen(no thingNo) {
	t := s.change(no)
	t.closedOn = 0
	s.setWhose(t, func(w *whose) { w.closed = 0 })
	t.set(isClosed, false)
	t.set(isAnswered, false)
	t.set(isDecidedFor, false)
	s.eachMember(no, func(member thingNo) { s.change(member).phase = signal.Collecting })
}

// word gives a signal its neutral statement. Other words that the focusgroep asked for are its mandate.
func (s *Signals) word(t *thing, statement domain.Sealed, version int, r *Reading) {
	t.text, t.version = textOf(r, fieldStatement, statement), uint32(version)
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
	t := s.change(no)
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
