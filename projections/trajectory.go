package projections

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"signaalboek/domain"
	"signaalboek/domain/catalog"
	"signaalboek/domain/contact"
	"signaalboek/domain/focusgroep"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/recommendation"
	"signaalboek/domain/session"
	"signaalboek/domain/signal"
)

// Trajectory is everything that happened to a signal or recommendation, from the first contact to the feedback. It is
// read from the log when asked, not kept.
type Trajectory struct {
	ID              domain.StreamID // of the whole
	Asked           domain.StreamID // what was asked for: ID, or something that was bundled into it
	Practice        domain.PracticeID
	Steps           []TrajectoryStep // by day; on the same day in the order of recording
	Lineage         []Kin
	Phases          []PhaseTime       // in order, only those that were entered
	Recommendations []domain.StreamID // that answer the whole, or, of a recommendation, none
	Answers         []domain.StreamID // the signals that a recommendation answers
}

// TrajectoryStep is one event of the whole.
type TrajectoryStep struct {
	domain.Entry // decoded: the day is Meta.On, the moment of recording Meta.At
	Lane         Lane
	Said         Said
	Forum        domain.Code     // where, if it was in a forum
	Own          bool            // it is in the stream that was asked for
	Promise      int             // which promise of its stream it makes, keeps or breaks; 0: none
	Texts        []domain.Sealed // whose places say which
}

// Lane is where a step happened.
type Lane string

// The lanes of a timeline, top down.
const (
	LanePractice   Lane = "practice"
	LaneFocusgroep Lane = "focusgroep"
	LaneForum      Lane = "forum"
	LaneCouncil    Lane = "council" // a committee of the council, or a body that governs
)

// Kin is one bond of lineage.
type Kin struct {
	From, Into domain.StreamID
	Bond       Bond
	On         domain.Date
	At         time.Time
	Undone     bool // it was unbundled later
}

// Bond says how two signals are kin.
type Bond string

// The bonds.
const (
	Bundled Bond = "bundled" // From became one with Into
	Split   Bond = "split"   // From turned out to be several, one of them Into
)

// PhaseTime is how long the whole was in a phase.
type PhaseTime struct {
	Phase signal.Phase
	From  domain.Date
	Until domain.Date // zero: it is in this phase now
	Days  int         // until then, or until today
}

// Trajectory is everything that happened to a signal or recommendation, to what was bundled into it, and to what it was
// split from, with the contact or moment behind each: read from store, up to where the set is. False if there is no such
// thing in the practice.
func (s *Signals) Trajectory(ctx context.Context, store domain.Store, practice domain.PracticeID, id domain.StreamID, today domain.Date) (Trajectory, bool, error) {
	route, found := s.route(practice, id)
	if !found {
		return Trajectory{}, false, nil
	}
	for _, stream := range route.streams {
		if err := route.read(ctx, store, stream); err != nil {
			return Trajectory{}, false, err
		}
	}
	if err := route.readFirst(ctx, store); err != nil {
		return Trajectory{}, false, err
	}
	return route.finish(today), true, nil
}

// route is a trajectory on its way: what the table knows, and then what is read.
type route struct {
	Trajectory
	council  map[domain.Code]bool // of the forums of the practice
	streams  []domain.StreamID    // to read
	whole    map[domain.StreamID]bool
	bundled  domain.Date // when something was first bundled into it
	closed   domain.Date
	end      domain.Position
	evidence []domain.StreamID // contacts, sessions and meetings where it was first heard
}

// route is what the table knows of a trajectory.
func (s *Signals) route(practice domain.PracticeID, id domain.StreamID) (*route, bool) {
	s.lock.RLock()
	defer s.lock.RUnlock()
	asked, found := s.find(practice, id)
	if !found {
		return nil, false
	}
	top := s.top(asked)
	r := &route{
		Trajectory: Trajectory{
			ID: s.idOf(top), Asked: id, Practice: practice,
			Recommendations: s.recommended(top), Answers: s.idsOf(s.answers[top]),
		},
		council: s.council(practice), closed: s.thing(top).closedOn, end: s.position, whole: map[domain.StreamID]bool{},
	}
	members := s.members(top)
	kin := s.withOrigins(members)
	r.streams = s.idsOf(kin)
	for _, member := range members {
		r.whole[s.idOf(member)] = true
	}
	s.addLineage(r, kin)
	return r, true
}

func (s *Signals) council(practice domain.PracticeID) map[domain.Code]bool {
	council := map[domain.Code]bool{}
	for key := range s.councils {
		if s.names.symbols.values[key.practice] == string(practice) {
			council[s.names.codeOf(key.forum)] = true
		}
	}
	return council
}

// withOrigins is signals and what each was split from, back to the first.
func (s *Signals) withOrigins(members []thingNo) []thingNo {
	kin := slices.Clone(members)
	for i := 0; i < len(kin); i++ {
		for _, b := range s.bonds {
			if b.split && b.into == kin[i] && !slices.Contains(kin, b.from) {
				kin = append(kin, b.from)
			}
		}
	}
	return kin
}

// addLineage adds every bond of the kin, also those that were undone.
func (s *Signals) addLineage(r *route, kin []thingNo) {
	for i := range s.bonds {
		b := &s.bonds[i]
		if !slices.Contains(kin, b.from) && !slices.Contains(kin, b.into) {
			continue
		}
		bond := Kin{From: s.idOf(b.from), Into: s.idOf(b.into), Bond: Bundled, On: b.on, At: time.UnixMicro(b.at).UTC(), Undone: b.undone}
		if b.split {
			bond.Bond = Split
		} else if !b.undone {
			r.bundled = earliest(r.bundled, b.on)
		}
		r.Lineage = append(r.Lineage, bond)
	}
}

// read adds the steps of one signal or recommendation.
func (r *route) read(ctx context.Context, store domain.Store, stream domain.StreamID) error {
	var promises []domain.Code // the forums that made them
	for recorded, err := range store.ReadStream(ctx, stream, 0) {
		if err != nil {
			return fmt.Errorf("projections: read the trajectory of %s: %w", stream, err)
		}
		if r.end.Before(recorded.Position) {
			break
		}
		entry, err := catalog.Decode(recorded)
		if err != nil {
			return fmt.Errorf("projections: read the trajectory of %s: %w", stream, err)
		}
		r.add(entry, &promises)
	}
	return nil
}

func (r *route) add(entry domain.Entry, promises *[]domain.Code) {
	if picked, ok := entry.Event.(signal.PickedUp); ok {
		r.heardIn(picked.Evidence)
	}
	step := TrajectoryStep{Entry: entry, Said: saidOf(entry.Event.EventName()), Own: entry.Stream == r.Asked}
	step.Forum = forumOf(entry.Event)
	switch event := stepOf(entry.Event).(type) {
	case pursuit.Discussed:
		if event.Outcome == pursuit.Promised {
			*promises = append(*promises, event.Forum)
			step.Promise = len(*promises)
		}
	case pursuit.PromiseKept:
		step.Promise = event.Promise
	case pursuit.PromiseBroken:
		step.Promise = event.Promise
	}
	if n := step.Promise; step.Forum == "" && n > 0 && n <= len(*promises) {
		step.Forum = (*promises)[n-1]
	}
	r.keep(step)
}

// keep adds a step in its lane, with its texts and without who it was with.
func (r *route) keep(step TrajectoryStep) {
	step.Lane, step.Event = r.lane(step), withoutPerson(step.Event)
	_, _ = catalog.Default.EachText(step.Event, func(_ string, text domain.Sealed) (domain.Sealed, error) {
		if !text.IsZero() {
			step.Texts = append(step.Texts, text)
		}
		return text, nil
	})
	r.Steps = append(r.Steps, step)
}

// withoutPerson is an event without the recognition of a contact: it joins contacts, and nobody reads it.
func withoutPerson(event domain.Event) domain.Event {
	switch e := event.(type) {
	case contact.Registered:
		e.Recognition = domain.Sealed{}
		return e
	case contact.Corrected:
		e.Recognition = domain.Sealed{}
		return e
	}
	return event
}

func (r *route) heardIn(evidence signal.Evidence) {
	for _, stream := range []domain.StreamID{evidence.Contact, evidence.Setting.Stream} {
		if stream != "" && !slices.Contains(r.evidence, stream) {
			r.evidence = append(r.evidence, stream)
		}
	}
}

// readFirst adds the contacts, sessions and meetings where it was first heard.
func (r *route) readFirst(ctx context.Context, store domain.Store) error {
	for _, stream := range r.evidence {
		for recorded, err := range store.ReadStream(ctx, stream, 0) {
			if err != nil {
				return fmt.Errorf("projections: read where %s was heard: %w", r.ID, err)
			}
			if r.end.Before(recorded.Position) {
				break
			}
			entry, err := catalog.Decode(recorded)
			if err != nil {
				return fmt.Errorf("projections: read where %s was heard: %w", r.ID, err)
			}
			if isHearing(entry.Event) {
				r.keep(TrajectoryStep{Entry: entry, Said: saidOf(entry.Event.EventName())})
				break
			}
		}
	}
	return nil
}

// isHearing reports whether an event is a moment at which something can be heard.
func isHearing(event domain.Event) bool {
	switch event.(type) {
	case contact.Registered, session.Held, focusgroep.Held:
		return true
	}
	return false
}

func stepOf(event domain.Event) pursuit.Step {
	if stepping, ok := event.(interface{ Step() pursuit.Step }); ok {
		return stepping.Step()
	}
	return nil
}

// forumOf is the forum that an event names as the one where it happened.
func forumOf(event domain.Event) domain.Code {
	switch event := event.(type) {
	case signal.Weighed:
		return event.Forum
	case recommendation.Drafted:
		return event.Forum
	}
	switch step := stepOf(event).(type) {
	case pursuit.Scheduled:
		return step.Forum
	case pursuit.Unscheduled:
		return step.Forum
	case pursuit.Discussed:
		return step.Forum
	case pursuit.WentUnanswered:
		return step.Forum
	case pursuit.Decided:
		return step.Forum
	}
	return ""
}

func (r *route) lane(step TrajectoryStep) Lane {
	switch {
	case r.council[step.Forum]:
		return LaneCouncil
	case step.Forum != "":
		return LaneForum
	case byFocusgroep(step.Event):
		return LaneFocusgroep
	}
	return LanePractice
}

// byFocusgroep reports whether the focusgroep said it, or was told.
func byFocusgroep(event domain.Event) bool {
	switch event := event.(type) {
	case signal.PickedUp:
		return event.Evidence.Setting.OfFocusgroep()
	case signal.EvidenceLinked:
		return event.Evidence.Setting.OfFocusgroep()
	case signal.ReactionHeard:
		return event.Setting.OfFocusgroep()
	case signal.FedBack:
		return event.Setting.OfFocusgroep()
	case recommendation.FedBack:
		return event.Setting.OfFocusgroep()
	case signal.Recognised, signal.MandateGiven, signal.MandateRefused, signal.OtherWordingAsked,
		recommendation.Adopted, focusgroep.Held:
		return true
	}
	return false
}

// finish puts the steps in order and counts the time in each phase.
func (r *route) finish(today domain.Date) Trajectory {
	slices.SortFunc(r.Steps, func(a, b TrajectoryStep) int {
		return cmp.Or(cmp.Compare(a.Meta.On, b.Meta.On), a.Position.Compare(b.Position))
	})
	for _, step := range r.Steps {
		if !r.bundled.IsZero() && r.bundled <= step.Meta.On {
			r.enter(r.phase().AfterBundling(), r.bundled)
		}
		if r.whole[step.Stream] {
			r.enter(phaseAfter(r.phase(), step.Event), step.Meta.On)
		}
	}
	if !r.bundled.IsZero() {
		r.enter(r.phase().AfterBundling(), r.bundled)
	}
	if !r.closed.IsZero() {
		r.leave(r.closed)
	}
	for i := range r.Phases {
		p := &r.Phases[i]
		p.Days = max(0, int(cmp.Or(p.Until, today)-p.From))
	}
	return r.Trajectory
}

// phase is where the whole is now.
func (r *route) phase() signal.Phase {
	if last := len(r.Phases) - 1; last >= 0 {
		return r.Phases[last].Phase
	}
	return 0
}

// enter begins a phase, if the whole is not in it.
func (r *route) enter(phase signal.Phase, on domain.Date) {
	if phase == r.phase() {
		return
	}
	r.leave(on)
	r.Phases = append(r.Phases, PhaseTime{Phase: phase, From: on})
}

func (r *route) leave(on domain.Date) {
	if last := len(r.Phases) - 1; last >= 0 && r.Phases[last].Until.IsZero() {
		r.Phases[last].Until = max(on, r.Phases[last].From)
	}
}
