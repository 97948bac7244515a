package practice

import "signaalboek/domain"

// Command is something asked of a practice.
type Command interface {
	decide(State, Facts) ([]Event, error)
}

// Decider is the aggregate.
var Decider = domain.Decider[State, Facts, Command, Event]{
	Category: "practice",
	Decide:   func(s State, f Facts, c Command) ([]Event, error) { return c.decide(s, f) },
	Evolve:   func(s State, e Event) State { return e.evolve(s) },
}

// Schemas is how the events stand on disk.
func Schemas() []domain.Schema {
	return []domain.Schema{
		domain.SchemaOf[Opened](),
		domain.SchemaOf[TermAdded](),
		domain.SchemaOf[TermRelabelled](),
		domain.SchemaOf[TermRetired](),
		domain.SchemaOf[ForumRegistered](),
		domain.SchemaOf[ForumChanged](),
		domain.SchemaOf[ForumRetired](),
		domain.SchemaOf[CrosswalkSet](),
		domain.SchemaOf[FigureDefined](),
		domain.SchemaOf[YearClosed](),
	}
}

func (Opened) evolve(s State) State                            { return s }
func (TermAdded) evolve(s State) State                         { return s }
func (TermRelabelled) evolve(s State) State                    { return s }
func (TermRetired) evolve(s State) State                       { return s }
func (ForumRegistered) evolve(s State) State                   { return s }
func (ForumChanged) evolve(s State) State                      { return s }
func (ForumRetired) evolve(s State) State                      { return s }
func (CrosswalkSet) evolve(s State) State                      { return s }
func (FigureDefined) evolve(s State) State                     { return s }
func (YearClosed) evolve(s State) State                        { return s }
func (Open) decide(s State, f Facts) ([]Event, error)          { return nil, nil }
func (AddTerm) decide(s State, f Facts) ([]Event, error)       { return nil, nil }
func (RelabelTerm) decide(s State, f Facts) ([]Event, error)   { return nil, nil }
func (RetireTerm) decide(s State, f Facts) ([]Event, error)    { return nil, nil }
func (RegisterForum) decide(s State, f Facts) ([]Event, error) { return nil, nil }
func (ChangeForum) decide(s State, f Facts) ([]Event, error)   { return nil, nil }
func (RetireForum) decide(s State, f Facts) ([]Event, error)   { return nil, nil }
func (SetCrosswalk) decide(s State, f Facts) ([]Event, error)  { return nil, nil }
func (DefineFigure) decide(s State, f Facts) ([]Event, error)  { return nil, nil }
func (CloseYear) decide(s State, f Facts) ([]Event, error)     { return nil, nil }
