package referral

import "signaalboek/domain"

// Command is something asked of a referral.
type Command interface {
	decide(State, Facts) ([]Event, error)
}

// Decider is the aggregate.
var Decider = domain.Decider[State, Facts, Command, Event]{
	Category: "referral",
	Decide:   func(s State, f Facts, c Command) ([]Event, error) { return c.decide(s, f) },
	Evolve:   func(s State, e Event) State { return e.evolve(s) },
}

// Schemas is how the events stand on disk.
func Schemas() []domain.Schema {
	return []domain.Schema{
		domain.SchemaOf[Made](),
		domain.SchemaOf[Arrived](),
		domain.SchemaOf[Missed](),
		domain.SchemaOf[Completed](),
		domain.SchemaOf[Lapsed](),
	}
}

func (Made) evolve(s State) State                         { return s }
func (Arrived) evolve(s State) State                      { return s }
func (Missed) evolve(s State) State                       { return s }
func (Completed) evolve(s State) State                    { return s }
func (Lapsed) evolve(s State) State                       { return s }
func (Make) decide(s State, f Facts) ([]Event, error)     { return nil, nil }
func (Arrive) decide(s State, f Facts) ([]Event, error)   { return nil, nil }
func (Miss) decide(s State, f Facts) ([]Event, error)     { return nil, nil }
func (Complete) decide(s State, f Facts) ([]Event, error) { return nil, nil }
func (Lapse) decide(s State, f Facts) ([]Event, error)    { return nil, nil }
