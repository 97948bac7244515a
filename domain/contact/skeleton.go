package contact

import "signaalboek/domain"

// Command is something asked of a contact.
type Command interface {
	decide(State, Facts) ([]Event, error)
}

// Decider is the aggregate.
var Decider = domain.Decider[State, Facts, Command, Event]{
	Category: "contact",
	Decide:   func(s State, f Facts, c Command) ([]Event, error) { return c.decide(s, f) },
	Evolve:   func(s State, e Event) State { return e.evolve(s) },
}

// Schemas is how the events stand on disk.
func Schemas() []domain.Schema {
	return []domain.Schema{
		domain.SchemaOf[Registered](),
		domain.SchemaOf[Corrected](),
		domain.SchemaOf[Withdrawn](),
		domain.SchemaOf[RequestFollowedUp](),
	}
}

func (Registered) evolve(s State) State                          { return s }
func (Corrected) evolve(s State) State                           { return s }
func (Withdrawn) evolve(s State) State                           { return s }
func (RequestFollowedUp) evolve(s State) State                   { return s }
func (Register) decide(s State, f Facts) ([]Event, error)        { return nil, nil }
func (Correct) decide(s State, f Facts) ([]Event, error)         { return nil, nil }
func (Withdraw) decide(s State, f Facts) ([]Event, error)        { return nil, nil }
func (FollowUpRequest) decide(s State, f Facts) ([]Event, error) { return nil, nil }
