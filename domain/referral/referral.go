// Package referral is bringing somebody to a service, or a service bringing somebody here. It is a fact about services:
// no word about the person travels.
//
// A service chosen on a help request is a referral, whose id derives from contact, request and service (see ID); made
// is recorded only for those from sessions and for those coming in.
package referral

import (
	"slices"
	"strconv"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// Event is something that happened to a referral. The names below are the storage format: they live for ever.
type Event interface {
	domain.Event
	evolve(State) State
}

// Direction says whether somebody was brought there or here.
type Direction string

// The directions.
const (
	Out Direction = "out"
	In  Direction = "in"
)

// Origin is the help request that a referral follows from.
type Origin struct {
	Contact domain.StreamID `json:"contact"`
	Request int             `json:"request"` // from 1
	Service domain.Code     `json:"service"`
}

// Made: a referral from a session, or one that came in.
type Made struct {
	Service   domain.Code     `json:"service"`
	Themes    []domain.Code   `json:"themes,omitzero"`
	Warm      domain.Answer   `json:"warm"` // did the worker go along?
	Direction Direction       `json:"direction"`
	Session   domain.StreamID `json:"session,omitzero"` // from which session
	Partner   domain.Code     `json:"partner,omitzero"` // from which service
}

// Arrived: the person came there.
type Arrived struct {
	Origin *Origin `json:"origin,omitzero"`
}

// MissedReason says why somebody did not arrive.
type MissedReason string

// The reasons for not arriving.
const (
	NotReached    MissedReason = "not-reached"
	ChangedMind   MissedReason = "changed-mind"
	Threshold     MissedReason = "threshold" // a threshold kept them out: worth a signal
	OtherSolution MissedReason = "other-solution"
	NotKnown      MissedReason = "not-known"
)

// Missed: the person did not come there.
type Missed struct {
	Origin *Origin      `json:"origin,omitzero"`
	Reason MissedReason `json:"reason"`
}

// Result is what came of a referral.
type Result string

// The results.
const (
	Helped      Result = "helped"
	WaitingList Result = "waiting-list"
	NotHelped   Result = "not-helped"
	SentBack    Result = "sent-back"
)

// Completed: it is known what came of it.
type Completed struct {
	Origin *Origin `json:"origin,omitzero"`
	Result Result  `json:"result"`
}

// Lapsed: nobody will know any more.
type Lapsed struct {
	Origin *Origin `json:"origin,omitzero"`
}

func (Made) EventName() string      { return "referral.made.v1" }
func (Arrived) EventName() string   { return "referral.arrived.v1" }
func (Missed) EventName() string    { return "referral.missed.v1" }
func (Completed) EventName() string { return "referral.completed.v1" }
func (Lapsed) EventName() string    { return "referral.lapsed.v1" }

// Schemas is how the events of referrals stand on disk.
func Schemas() []domain.Schema {
	return []domain.Schema{
		domain.SchemaOf[Made](),
		domain.SchemaOf[Arrived](),
		domain.SchemaOf[Missed](),
		domain.SchemaOf[Completed](),
		domain.SchemaOf[Lapsed](),
	}
}

// The name space of referral ids. It is for ever: another one would cut what happened to a referral off from it.
var nameSpace = uuid.MustParse("4f6f0f5e-6b53-5d0c-9f2c-6d3c7d1f8a42")

// ID is the stream of the referral that a service chosen on a help request is. Requests count from 1.
func ID(contact domain.StreamID, request int, service domain.Code) domain.StreamID {
	name := string(contact) + "/" + strconv.Itoa(request) + "/" + string(service) // no part of it holds a slash
	return domain.NewStreamID("referral", uuid.NewSHA1(nameSpace, []byte(name)).String())
}

// ID is the stream of the referral that follows from o.
func (o Origin) ID() domain.StreamID { return ID(o.Contact, o.Request, o.Service) }

// State is what decisions about a referral need: what was last said of each.
type State struct {
	made    *Made
	arrived bool
	missed  MissedReason // empty: not missed, or arrived after all
	result  Result
	lapsed  bool
}

func (e Made) evolve(s State) State {
	s.made = &e
	return s
}

func (Arrived) evolve(s State) State {
	s.arrived, s.missed, s.lapsed = true, "", false
	return s
}

func (e Missed) evolve(s State) State {
	s.missed, s.lapsed = e.Reason, false
	return s
}

func (e Completed) evolve(s State) State {
	s.result, s.lapsed = e.Result, false
	return s
}

func (Lapsed) evolve(s State) State {
	s.lapsed = true
	return s
}

// The refusals of referrals.
var (
	ErrUnknown   = domain.Refuse(domain.NotFound, "referral-unknown")
	ErrOrigin    = domain.Refuse(domain.Invalid, "referral-origin-invalid") // does not lead to this referral
	ErrGone      = domain.Refuse(domain.Conflict, "referral-origin-gone")   // the contact does not say so (any more)
	ErrExists    = domain.Refuse(domain.Conflict, "referral-exists")
	ErrSession   = domain.Refuse(domain.Invalid, "referral-session-unknown")
	ErrDirection = domain.Refuse(domain.Invalid, "referral-direction-invalid")
	ErrWarm      = domain.Refuse(domain.Invalid, "referral-warm-invalid")
	ErrTooMany   = domain.Refuse(domain.Invalid, "referral-too-many-themes")
	ErrReason    = domain.Refuse(domain.Invalid, "referral-reason-unknown")
	ErrResult    = domain.Refuse(domain.Invalid, "referral-result-unknown")
	ErrArrived   = domain.Refuse(domain.Conflict, "referral-arrived")
	ErrMissed    = domain.Refuse(domain.Conflict, "referral-missed")
	ErrCompleted = domain.Refuse(domain.Conflict, "referral-completed")
)

// MaxThemes is the most themes of one referral.
const MaxThemes = 12

// Facts is what a decision knows besides the stream. NeedsOf tells which of them the ledger must look up.
type Facts struct {
	Stream       domain.StreamID // of this referral
	Book         vocabulary.Book
	OriginHolds  bool // Needs.Origin is of this practice, and contact.State.Refers to its service on its request
	SessionHolds bool // Needs.Session is of this practice, and session.State.Stands
}

// Needs is what the ledger looks up in other streams before a decision.
type Needs struct {
	Origin  *Origin
	Session domain.StreamID // none, if empty
}

// NeedsOf tells what a command needs to know of other streams.
func NeedsOf(c Command) Needs {
	switch c := c.(type) {
	case Make:
		return Needs{Session: c.Session}
	case Arrive:
		return Needs{Origin: c.Origin}
	case Miss:
		return Needs{Origin: c.Origin}
	case Complete:
		return Needs{Origin: c.Origin}
	case Lapse:
		return Needs{Origin: c.Origin}
	}
	return Needs{}
}

// Command is something asked of a referral. What happened to one that follows from a help request is said with its
// Origin, and is true for as long as the contact says so; of one that was made, without.
type Command interface {
	decide(State, Facts) ([]Event, error)
}

// Make records a referral from a session, or one that came in.
type Make struct {
	Service   domain.Code     `json:"service"`
	Themes    []domain.Code   `json:"themes,omitzero"`
	Warm      domain.Answer   `json:"warm,omitzero"` // unknown, if empty
	Direction Direction       `json:"direction"`
	Session   domain.StreamID `json:"session,omitzero"`
	Partner   domain.Code     `json:"partner,omitzero"`
}

func (c Make) decide(s State, f Facts) ([]Event, error) {
	if err := c.check(f); err != nil {
		return nil, err
	}
	made := Made{
		Service: c.Service, Themes: vocabulary.Distinct(c.Themes), Warm: c.Warm,
		Direction: c.Direction, Session: c.Session, Partner: c.Partner,
	}
	if made.Warm == "" {
		made.Warm = domain.Unknown
	}
	switch {
	case s.made != nil && s.made.equal(made):
		return nil, nil
	case s.made != nil || s.told():
		return nil, ErrExists
	}
	return []Event{made}, nil
}

func (c Make) check(f Facts) error {
	if err := f.Book.Check(vocabulary.Services, c.Service, "/service"); err != nil {
		return err
	}
	if err := f.Book.CheckAll(vocabulary.Themes, c.Themes, "/themes"); err != nil {
		return err
	}
	if err := f.Book.CheckOptional(vocabulary.Services, c.Partner, "/partner"); err != nil {
		return err
	}
	switch {
	case len(c.Themes) > MaxThemes:
		return ErrTooMany.At("/themes").Naming("max", strconv.Itoa(MaxThemes))
	case c.Direction != Out && c.Direction != In:
		return ErrDirection.At("/direction")
	case c.Warm != "" && !c.Warm.Valid():
		return ErrWarm.At("/warm")
	case c.Session != "" && !f.SessionHolds:
		return ErrSession.At("/session")
	}
	return nil
}

// Arrive records that the person came there; also when that was not expected any more.
type Arrive struct {
	Origin *Origin `json:"origin,omitzero"`
}

func (c Arrive) decide(s State, f Facts) ([]Event, error) {
	if err := s.standing(c.Origin, f); err != nil {
		return nil, err
	}
	if s.arrived {
		return nil, nil
	}
	return []Event{Arrived(c)}, nil
}

// Miss records that the person did not come there. Asked again with another reason, that one is the reason.
type Miss struct {
	Origin *Origin      `json:"origin,omitzero"`
	Reason MissedReason `json:"reason"`
}

func (c Miss) decide(s State, f Facts) ([]Event, error) {
	if err := s.standing(c.Origin, f); err != nil {
		return nil, err
	}
	switch {
	case !c.Reason.valid():
		return nil, ErrReason.At("/reason")
	case s.arrived:
		return nil, ErrArrived
	case s.missed == c.Reason:
		return nil, nil
	}
	return []Event{Missed(c)}, nil
}

// Complete records what came of it; asked again with another result, such as after a waiting list, that one is the
// result. Whoever was helped or not had come there, so that is recorded too.
type Complete struct {
	Origin *Origin `json:"origin,omitzero"`
	Result Result  `json:"result"`
}

func (c Complete) decide(s State, f Facts) ([]Event, error) {
	if err := s.standing(c.Origin, f); err != nil {
		return nil, err
	}
	switch {
	case !c.Result.valid():
		return nil, ErrResult.At("/result")
	case s.missed != "":
		return nil, ErrMissed
	case s.result == c.Result:
		return nil, nil
	case !s.arrived:
		return []Event{Arrived{Origin: c.Origin}, Completed(c)}, nil
	}
	return []Event{Completed(c)}, nil
}

// Lapse records that nobody will know any more.
type Lapse struct {
	Origin *Origin `json:"origin,omitzero"`
}

func (c Lapse) decide(s State, f Facts) ([]Event, error) {
	if err := s.standing(c.Origin, f); err != nil {
		return nil, err
	}
	switch {
	case s.missed != "":
		return nil, ErrMissed
	case s.result != "":
		return nil, ErrCompleted
	case s.lapsed:
		return nil, nil
	}
	return []Event{Lapsed(c)}, nil
}

// Decider is the aggregate.
var Decider = domain.Decider[State, Facts, Command, Event]{
	Category: "referral",
	Decide:   func(s State, f Facts, c Command) ([]Event, error) { return c.decide(s, f) },
	Evolve:   func(s State, e Event) State { return e.evolve(s) },
}

// standing refuses a referral that was neither made nor follows from a contact that still says so.
func (s State) standing(origin *Origin, f Facts) error {
	switch {
	case s.made != nil && origin != nil:
		return ErrOrigin.At("/origin")
	case s.made != nil:
		return nil
	case origin == nil:
		return ErrUnknown
	case origin.ID() != f.Stream:
		return ErrOrigin.At("/origin")
	case !f.OriginHolds:
		return ErrGone
	}
	return nil
}

// told reports whether anything was said of the referral since it was made.
func (s State) told() bool { return s.arrived || s.missed != "" || s.result != "" || s.lapsed }

func (m Made) equal(other Made) bool {
	return m.Service == other.Service && slices.Equal(m.Themes, other.Themes) && m.Warm == other.Warm &&
		m.Direction == other.Direction && m.Session == other.Session && m.Partner == other.Partner
}

func (r MissedReason) valid() bool {
	return r == NotReached || r == ChangedMind || r == Threshold || r == OtherSolution || r == NotKnown
}

func (r Result) valid() bool {
	return r == Helped || r == WaitingList || r == NotHelped || r == SentBack
}
