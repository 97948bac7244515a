package forum

import "signaalboek/domain"

// Command is something asked of a forum.
type Command interface {
	decide(State, Facts) ([]Event, error)
}

// Decider is the aggregate.
var Decider = domain.Decider[State, Facts, Command, Event]{
	Category: "forum",
	Decide:   func(s State, f Facts, c Command) ([]Event, error) { return c.decide(s, f) },
	Evolve:   func(s State, e Event) State { return e.evolve(s) },
}

// Schemas is how the events stand on disk.
func Schemas() []domain.Schema {
	return []domain.Schema{
		domain.SchemaOf[MeetingPlanned](),
		domain.SchemaOf[MeetingHeld](),
		domain.SchemaOf[MeetingCancelled](),
		domain.SchemaOf[DocumentsLinked](),
	}
}

func (MeetingPlanned) evolve(s State) State                    { return s }
func (MeetingHeld) evolve(s State) State                       { return s }
func (MeetingCancelled) evolve(s State) State                  { return s }
func (DocumentsLinked) evolve(s State) State                   { return s }
func (PlanMeeting) decide(s State, f Facts) ([]Event, error)   { return nil, nil }
func (HoldMeeting) decide(s State, f Facts) ([]Event, error)   { return nil, nil }
func (CancelMeeting) decide(s State, f Facts) ([]Event, error) { return nil, nil }
func (LinkDocuments) decide(s State, f Facts) ([]Event, error) { return nil, nil }
