package focusgroep

import "signaalboek/domain"

// Command is something asked of a focusgroep.
type Command interface {
	decide(State, Facts) ([]Event, error)
}

// Decider is the aggregate.
var Decider = domain.Decider[State, Facts, Command, Event]{
	Category: "focusgroep",
	Decide:   func(s State, f Facts, c Command) ([]Event, error) { return c.decide(s, f) },
	Evolve:   func(s State, e Event) State { return e.evolve(s) },
}

// Schemas is how the events stand on disk.
func Schemas() []domain.Schema {
	return []domain.Schema{
		domain.SchemaOf[Planned](),
		domain.SchemaOf[Held](),
		domain.SchemaOf[ThemeDiscussed](),
		domain.SchemaOf[Closed](),
	}
}

func (Planned) evolve(s State) State                          { return s }
func (Held) evolve(s State) State                             { return s }
func (ThemeDiscussed) evolve(s State) State                   { return s }
func (Closed) evolve(s State) State                           { return s }
func (Plan) decide(s State, f Facts) ([]Event, error)         { return nil, nil }
func (Hold) decide(s State, f Facts) ([]Event, error)         { return nil, nil }
func (DiscussTheme) decide(s State, f Facts) ([]Event, error) { return nil, nil }
func (Close) decide(s State, f Facts) ([]Event, error)        { return nil, nil }
