// Package contact is one meeting between a worker and one person, with the help requests that came up. It has no free
// text, and no field that could say who the person was: only a sealed recognition, which joins the contacts of one
// year (see domain.Recognition). At activity focusgroep there is none: it would be a list of participants.
package contact

import (
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// Event is something that happened to a contact. The names below are the storage format: they live for ever.
type Event interface {
	domain.Event
	evolve(State) State
}

// Request is one help request (hulpvraag). Requests of a contact are counted from 1.
type Request struct {
	Themes     []domain.Code `json:"themes,omitzero"`
	Approaches []domain.Code `json:"approaches,omitzero"`
	Services   []domain.Code `json:"services,omitzero"` // a service chosen here is a referral
}

// Details is what is recorded of a contact.
type Details struct {
	Activity    domain.Code   `json:"activity"`
	Initiative  domain.Code   `json:"initiative,omitzero"`
	Relation    domain.Code   `json:"relation,omitzero"`
	Place       domain.Code   `json:"place,omitzero"`
	Known       domain.Answer `json:"known"`                // to the social service
	Recognition domain.Sealed `json:"recognition,omitzero"` // of a domain.Recognition; none: nobody was recognised
	Requests    []Request     `json:"requests,omitzero"`
}

// Registered: a contact took place.
type Registered struct {
	Details
}

// CorrectionReason says what was wrong.
type CorrectionReason string

// The reasons for a correction.
const (
	WronglyEntered CorrectionReason = "wrongly-entered"
	WrongPerson    CorrectionReason = "wrong-person"
	WrongDay       CorrectionReason = "wrong-day"
	Incomplete     CorrectionReason = "incomplete"
)

// Corrected: the whole again, as it should have been; the day is that of the event.
type Corrected struct {
	Details
	Reason CorrectionReason `json:"reason"`
}

// WithdrawalReason says why a contact does not count.
type WithdrawalReason string

// The reasons for a withdrawal.
const (
	EnteredTwice   WithdrawalReason = "entered-twice"
	EnteredInError WithdrawalReason = "entered-in-error"
	AskedByPerson  WithdrawalReason = "asked-by-person"
)

// Withdrawn: the contact does not count.
type Withdrawn struct {
	Reason WithdrawalReason `json:"reason"`
}

// RequestFollowedUp: more was done about a help request later.
type RequestFollowedUp struct {
	Request    int           `json:"request"` // from 1
	Approaches []domain.Code `json:"approaches,omitzero"`
	Services   []domain.Code `json:"services,omitzero"`
	Settled    bool          `json:"settled,omitzero"`
}

func (Registered) EventName() string        { return "contact.registered.v1" }
func (Corrected) EventName() string         { return "contact.corrected.v1" }
func (Withdrawn) EventName() string         { return "contact.withdrawn.v1" }
func (RequestFollowedUp) EventName() string { return "contact.request-followed-up.v1" }

// Schemas is how the events of contacts stand on disk.
func Schemas() []domain.Schema {
	return []domain.Schema{
		domain.SchemaOf[Registered](),
		domain.SchemaOf[Corrected](),
		domain.SchemaOf[Withdrawn](),
		domain.SchemaOf[RequestFollowedUp](),
	}
}

// Dates reports whether an event says on which day the contact was. The ledger remembers the day of the last one, for
// Facts.EarlierOn.
func Dates(e Event) bool {
	switch e.(type) {
	case Registered, Corrected:
		return true
	}
	return false
}

// State is what decisions about a contact need.
type State struct {
	details    Details // with what was followed up added to its requests
	settled    []int   // requests, from 1
	registered bool
	withdrawn  bool
}

// Registered reports whether there is such a contact, withdrawn or not.
func (s State) Registered() bool { return s.registered }

// Requests is how many help requests the contact has.
func (s State) Requests() int { return len(s.details.Requests) }

// Stands reports whether the contact is registered and not withdrawn.
func (s State) Stands() bool { return s.registered && !s.withdrawn }

// Refers reports whether the contact stands and has a service on a help request, counted from 1.
func (s State) Refers(request int, service domain.Code) bool {
	return s.Has(request) && slices.Contains(s.details.Requests[request-1].Services, service)
}

// Has reports whether the contact stands and has a help request, counted from 1.
func (s State) Has(request int) bool {
	return s.Stands() && request >= 1 && request <= len(s.details.Requests)
}

func (e Registered) evolve(s State) State {
	s.details, s.registered = e.Details, true
	return s
}

// The whole again says also what follow-ups had added, or that it was wrong. That a request is settled stays.
func (e Corrected) evolve(s State) State {
	s.details = e.Details
	s.settled = slices.DeleteFunc(slices.Clone(s.settled), func(n int) bool { return n > len(e.Requests) })
	return s
}

func (Withdrawn) evolve(s State) State {
	s.withdrawn = true
	return s
}

func (e RequestFollowedUp) evolve(s State) State {
	if e.Request < 1 || e.Request > len(s.details.Requests) {
		return s
	}
	s.details.Requests = slices.Clone(s.details.Requests)
	request := &s.details.Requests[e.Request-1]
	request.Approaches = slices.Concat(request.Approaches, e.Approaches)
	request.Services = slices.Concat(request.Services, e.Services)
	if e.Settled {
		s.settled = append(slices.Clip(s.settled), e.Request)
	}
	return s
}

// The refusals of contacts.
var (
	ErrUnknown        = domain.Refuse(domain.NotFound, "contact-unknown")
	ErrExists         = domain.Refuse(domain.Conflict, "contact-exists")
	ErrWithdrawn      = domain.Refuse(domain.Conflict, "contact-withdrawn")
	ErrKnown          = domain.Refuse(domain.Invalid, "contact-known-invalid")
	ErrTooMany        = domain.Refuse(domain.Invalid, "contact-too-many") // requests, or codes of one
	ErrEmptyRequest   = domain.Refuse(domain.Invalid, "contact-request-empty")
	ErrConcern        = domain.Refuse(domain.Invalid, "contact-possible-concern")
	ErrFocusgroepCard = domain.Refuse(domain.Invalid, "contact-focusgroep-card")
	ErrNoCard         = domain.Refuse(domain.Invalid, "card-unknown")
	ErrPerson         = domain.Refuse(domain.Invalid, "contact-person-invalid")
	ErrChooseAgain    = domain.Refuse(domain.Conflict, "contact-choose-card-again")
	ErrReason         = domain.Refuse(domain.Invalid, "contact-reason-unknown")
	ErrNoRequest      = domain.Refuse(domain.Invalid, "contact-request-unknown")
	ErrYearClosed     = domain.Refuse(domain.Conflict, "contact-year-closed") // nobody of that year is recognised any more
)

// The most that one contact holds: enough for a long afternoon, and no door for a flood.
const (
	MaxRequests = 20 // of a contact
	MaxCodes    = 12 // of one sort, of a request
)

// Facts is what a decision knows besides the stream. NeedsOf tells which of them the ledger must ask the vault.
type Facts struct {
	Practice    domain.PracticeID
	On          domain.Date // the day of the command
	Book        vocabulary.Book
	Recognition *domain.Recognition // what the vault says of Needs.Card; nil: it knows no such card
	Earlier     *domain.Recognition // Needs.Earlier, opened; nil: there is none, or it was forgotten
	EarlierOn   domain.Date         // the day of the last event that Dates
	YearClosed  bool                // the practice closed the year of On, or that of EarlierOn
}

// Needs is what the ledger asks the vault before a decision.
type Needs struct {
	Card     *domain.CardID // recognise it, on the day of the command, at Activity
	Activity domain.Code
	Earlier  domain.Sealed // open it, unless it is zero
}

// NeedsOf tells what a command needs to know of the vault, given the contact as it is and the words of the practice. The
// vault remembers that a card was asked about, so it is not asked on behalf of what will be refused for another reason.
func NeedsOf(s State, book vocabulary.Book, c Command) Needs {
	switch c := c.(type) {
	case Register:
		return c.needs(s, book)
	case Correct:
		return c.needs(s, book)
	}
	return Needs{}
}

// Command is something asked of a contact.
type Command interface {
	decide(State, Facts) ([]Event, error)
}

// Register records a contact. A service that is chosen is a referral, so the approach "doorverwijzing" is added to its
// request when it was left out. A possible concern (mogelijke verontrusting) is refused: it enters no event; whoever
// sends the command counts it apart, in the vault, and leaves it out.
type Register struct {
	Activity   domain.Code    `json:"activity"`
	Initiative domain.Code    `json:"initiative,omitzero"`
	Relation   domain.Code    `json:"relation,omitzero"`
	Place      domain.Code    `json:"place,omitzero"`
	Known      domain.Answer  `json:"known,omitzero"` // unknown, if empty
	Card       *domain.CardID `json:"card,omitzero"`  // none: nobody was recognised
	Requests   []Request      `json:"requests,omitzero"`
}

func (c Register) decide(s State, f Facts) ([]Event, error) {
	details, err := c.details(f.Book)
	if err != nil {
		return nil, err
	}
	if s.registered {
		if !s.details.sameCodes(details) {
			return nil, ErrExists
		}
		return nil, nil
	}
	if f.YearClosed {
		return nil, ErrYearClosed.At("/on")
	}
	person, err := c.recognised(f)
	if err != nil {
		return nil, err
	}
	details.Recognition = f.seal(person)
	return []Event{Registered{details}}, nil
}

// Person says who a corrected contact was with.
type Person string

// The choices.
const (
	KeepPerson Person = "keep" // as it was recorded: the activity stays, and the day stays in its year
	NoPerson   Person = "none" // nobody was recognised
	CardPerson Person = "card" // the person of Card
)

// Correct records the whole contact again, as it should have been, on the day of the command. Words that were retired
// since may stay in it.
type Correct struct {
	Register
	Person Person           `json:"person"`
	Reason CorrectionReason `json:"reason"`
}

func (c Correct) decide(s State, f Facts) ([]Event, error) {
	if err := s.standing(); err != nil {
		return nil, err
	}
	if f.YearClosed {
		return nil, ErrYearClosed.At("/on")
	}
	if !c.Reason.valid() {
		return nil, ErrReason.At("/reason")
	}
	details, err := c.details(s.details.offered(f.Book))
	if err != nil {
		return nil, err
	}
	person, err := c.person(s, f)
	if err != nil {
		return nil, err
	}
	if s.details.sameCodes(details) && s.samePerson(person, f) && f.On == f.EarlierOn {
		return nil, nil
	}
	details.Recognition = f.seal(person)
	return []Event{Corrected{Details: details, Reason: c.Reason}}, nil
}

// Withdraw makes a contact not count.
type Withdraw struct {
	Reason WithdrawalReason `json:"reason"`
}

func (c Withdraw) decide(s State, _ Facts) ([]Event, error) {
	switch {
	case !s.registered:
		return nil, ErrUnknown
	case !c.Reason.valid():
		return nil, ErrReason.At("/reason")
	case s.withdrawn:
		return nil, nil
	}
	return []Event{Withdrawn{Reason: c.Reason}}, nil
}

// FollowUpRequest adds what was done about a help request later. What is there already is not added again.
type FollowUpRequest struct {
	Request    int           `json:"request"` // from 1
	Approaches []domain.Code `json:"approaches,omitzero"`
	Services   []domain.Code `json:"services,omitzero"`
	Settled    bool          `json:"settled,omitzero"`
}

func (c FollowUpRequest) decide(s State, f Facts) ([]Event, error) {
	if err := s.standing(); err != nil {
		return nil, err
	}
	if !s.Has(c.Request) {
		return nil, ErrNoRequest.At("/request")
	}
	added := Request{Approaches: c.Approaches, Services: c.Services}
	if err := added.check(s.details.offered(f.Book), ""); err != nil {
		return nil, err
	}
	whole := s.details.Requests[c.Request-1].and(added).tidy(f.Book)
	if err := whole.checkSize(""); err != nil {
		return nil, err
	}
	followed := c.beyond(s, whole)
	if len(followed.Approaches) == 0 && len(followed.Services) == 0 && !followed.Settled {
		return nil, nil
	}
	return []Event{followed}, nil
}

// beyond is what the whole request says beyond what was recorded of it.
func (c FollowUpRequest) beyond(s State, whole Request) RequestFollowedUp {
	earlier := s.details.Requests[c.Request-1]
	return RequestFollowedUp{
		Request:    c.Request,
		Approaches: without(whole.Approaches, earlier.Approaches),
		Services:   without(whole.Services, earlier.Services),
		Settled:    c.Settled && !slices.Contains(s.settled, c.Request),
	}
}

// Decider is the aggregate.
var Decider = domain.Decider[State, Facts, Command, Event]{
	Category: "contact",
	Decide:   func(s State, f Facts, c Command) ([]Event, error) { return c.decide(s, f) },
	Evolve:   func(s State, e Event) State { return e.evolve(s) },
}

func (s State) standing() error {
	switch {
	case !s.registered:
		return ErrUnknown
	case s.withdrawn:
		return ErrWithdrawn
	}
	return nil
}

func (r CorrectionReason) valid() bool {
	return r == WronglyEntered || r == WrongPerson || r == WrongDay || r == Incomplete
}

func (r WithdrawalReason) valid() bool {
	return r == EnteredTwice || r == EnteredInError || r == AskedByPerson
}
