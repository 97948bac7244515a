package projections

import (
	"time"

	"signaalboek/domain"
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
	domain.Entry             // decoded: the day is Meta.On, the moment of recording Meta.At
	Lane         Lane        //
	Said         Said        //
	Forum        domain.Code // where, if it was in a forum
	Own          bool        // it is in the stream that was asked for
	Promise      int         // which promise of its stream it makes, keeps or breaks; 0: none
	Texts        []domain.Sealed
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
	Phase Phase
	From  domain.Date
	Until domain.Date // zero: it is in this phase now
	Days  int         // until then, or until today
}
