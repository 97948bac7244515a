package signal

import (
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/pursuit"
)

// decide puts it on an agenda, behind every gate there is.
func (c Schedule) decide(s State, f Facts) ([]Event, error) {
	if err := pursuit.FirstOf(s.taken(f), s.worded(), s.allowed(f)); err != nil {
		return nil, err
	}
	forum, err := pursuit.ForumOf(f.Book, c.Forum, "/forum")
	if err != nil {
		return nil, err
	}
	if err := pursuit.FirstOf(s.mayGoTo(forum), s.marked(f, c.WithoutMandate)); err != nil {
		return nil, err
	}
	return walk(s, f, c.Steps, func(e pursuit.Scheduled) Event { return Scheduled{e} })
}

func (c Unschedule) decide(s State, f Facts) ([]Event, error) {
	return walk(s, f, c.Steps, func(e pursuit.Unscheduled) Event { return Unscheduled{e} })
}

func (c Discuss) decide(s State, f Facts) ([]Event, error) {
	return walk(s, f, c.Steps, func(e pursuit.Discussed) Event { return Discussed{e} })
}

func (c GoUnanswered) decide(s State, f Facts) ([]Event, error) {
	return walk(s, f, c.Steps, func(e pursuit.WentUnanswered) Event { return WentUnanswered{e} })
}

func (c Decide) decide(s State, f Facts) ([]Event, error) {
	return walk(s, f, c.Steps, func(e pursuit.Decided) Event { return Decided{e} })
}

func (c KeepPromise) decide(s State, f Facts) ([]Event, error) {
	return settle(s, f, c.Steps, func(e pursuit.PromiseKept) Event { return PromiseKept{e} })
}

func (c BreakPromise) decide(s State, f Facts) ([]Event, error) {
	return settle(s, f, c.Steps, func(e pursuit.PromiseBroken) Event { return PromiseBroken{e} })
}

// decide brings it into public debate: not what is left alone for now, and not against the focusgroep.
func (c TakePublicAction) decide(s State, f Facts) ([]Event, error) {
	if err := pursuit.FirstOf(s.taken(f), s.worded(), s.allowed(f)); err != nil {
		return nil, err
	}
	return walk(s, f, c.Steps, func(e pursuit.PublicActionTaken) Event { return PublicActionTaken{e} })
}

// decide tells what came about of what was asked; what was never worded was never asked.
func (c CarryOut) decide(s State, f Facts) ([]Event, error) {
	if err := pursuit.FirstOf(s.pursued(f), s.worded()); err != nil {
		return nil, err
	}
	return walk(s, f, c.Steps, func(e pursuit.CarriedOut) Event { return CarriedOut{e} })
}

// decide tells a setting what came of it; also after closing, when people are found again.
func (c FeedBack) decide(s State, f Facts) ([]Event, error) {
	if err := pursuit.FirstOf(s.found(), f.notBundled()); err != nil {
		return nil, err
	}
	return pursuit.Walk(s.pursuit, f.pursuit(), c.Steps, func(e pursuit.FedBack) Event { return FedBack{e} })
}

// decide tells that the practice itself did differently.
func (c AnswerByOwnOffer) decide(s State, f Facts) ([]Event, error) {
	if err := s.pursued(f); err != nil {
		return nil, err
	}
	err := pursuit.FirstOf(
		pursuit.CheckRequired(c.What, pursuit.MaxText, "/what"),
		pursuit.CheckTags(f.Book, c.Tags),
	)
	if err != nil {
		return nil, err
	}
	return []Event{AnsweredByOwnOffer{What: domain.ToSeal(c.What), Tags: c.Tags}}, nil
}

// decide tells what a setting said to what it was told.
func (c HearReaction) decide(s State, f Facts) ([]Event, error) {
	if err := pursuit.FirstOf(s.found(), f.notBundled()); err != nil || slices.Contains(s.reactions, ReactionHeard(c)) {
		return nil, err
	}
	if !s.pursuit.ToldAnybody() {
		return nil, ErrNothingTold
	}
	if !s.pursuit.WasTold(c.Setting) {
		return nil, ErrNotTold.At("/setting")
	}
	if err := c.check(f); err != nil {
		return nil, err
	}
	return []Event{ReactionHeard(c)}, nil
}

func (c HearReaction) check(f Facts) error {
	err := pursuit.CheckChoice(c.Reaction, "/reaction", ReactionRecognised, ReactionNotEnough, ReactionNewSignal)
	if err != nil {
		return err
	}
	_, found := f.Signals[c.NewSignal]
	switch {
	case c.Reaction != ReactionNewSignal && c.NewSignal != "":
		return pursuit.ErrFieldUnexpected.At("/newSignal")
	case c.Reaction == ReactionNewSignal && c.NewSignal == "":
		return ErrNewSignalMissing.At("/newSignal")
	case c.NewSignal != "" && c.NewSignal == f.Stream:
		return ErrNewSignalItself.At("/newSignal")
	case c.NewSignal != "" && !found:
		return ErrNotFound.At("/newSignal")
	}
	return nil
}

// decide leaves it alone for now. Parked already is nothing.
func (c Park) decide(s State, f Facts) ([]Event, error) {
	if err := s.pursued(f); err != nil || s.parked {
		return nil, err
	}
	err := pursuit.FirstOf(
		pursuit.CheckRequired(c.Reason, pursuit.MaxText, "/reason"),
		pursuit.CheckNotBefore(c.Until, f.On, "/until"),
	)
	if err != nil {
		return nil, err
	}
	return []Event{Parked{Reason: domain.ToSeal(c.Reason), Until: c.Until}}, nil
}

// decide takes it up again. Not parked is nothing.
func (c Resume) decide(s State, f Facts) ([]Event, error) {
	if err := s.pursued(f); err != nil || !s.parked {
		return nil, err
	}
	return []Event{Resumed{}}, nil
}

// decide ends the pursuit, when everybody who waited was answered, or when the reason says why somebody cannot be. What
// was split can be closed by itself; what was bundled is closed with the whole.
func (c Close) decide(s State, f Facts) ([]Event, error) {
	if err := pursuit.FirstOf(s.found(), f.notBundled()); err != nil || s.closed != "" && s.closed == c.Reason {
		return nil, err
	}
	err := pursuit.FirstOf(
		s.open(),
		pursuit.CheckChoice(c.Reason, "/reason",
			Answered, NoLongerNeeded, NotASignal, Exhausted, Unreachable, ActivityStopped),
		f.paid(c.Reason),
	)
	if err != nil {
		return nil, err
	}
	return []Event{Closed(c)}, nil
}

// settle takes a step that ends a promise. What was promised about a signal stays its own: also after it was bundled or
// split it is settled there, and whoever raised the whole is owed the outcome.
func settle[S pursuit.Step](
	s State, f Facts, steps func(pursuit.State, pursuit.Facts) ([]S, error), name func(S) Event,
) ([]Event, error) {
	if err := s.open(); err != nil {
		return nil, err
	}
	return pursuit.Walk(s.pursuit, f.pursuit(), steps, name)
}

// walk takes a step on the road that signals and recommendations share.
func walk[S pursuit.Step](
	s State, f Facts, steps func(pursuit.State, pursuit.Facts) ([]S, error), name func(S) Event,
) ([]Event, error) {
	if err := s.pursued(f); err != nil {
		return nil, err
	}
	return pursuit.Walk(s.pursuit, f.pursuit(), steps, name)
}
