package pursuit

import (
	"slices"

	"signaalboek/domain"
)

// State is what decisions about a pursuit need: where it stands with each forum, what was promised, who was told how.
// It is a value: evolving it leaves what it was before untouched.
type State struct {
	forums   []inForum
	promises []promise
	told     []telling
}

// inForum is where a pursuit stands with one forum.
type inForum struct {
	forum      domain.Code
	agenda     *Scheduled // the item as it stands on the agenda now; none if it does not
	takenOff   bool       // it was on the agenda, and was taken off before it was discussed
	heard      bool       // it was discussed here, or another forum sent it here
	unanswered []domain.Date
}

// raised reports whether the forum was asked: only then can it answer.
func (f inForum) raised() bool { return f.agenda != nil || f.heard }

type promise int

const (
	open promise = iota
	kept
	broken
)

type telling struct {
	setting Setting
	channel domain.Code
}

// After is the state after a step.
func (s State) After(step Step) State { return step.evolve(s) }

// WasTold reports whether a setting was ever fed back to.
func (s State) WasTold(setting Setting) bool {
	return slices.ContainsFunc(s.told, func(t telling) bool { return t.setting == setting })
}

// ToldAnybody reports whether any setting was ever fed back to.
func (s State) ToldAnybody() bool { return len(s.told) > 0 }

func (s State) in(forum domain.Code) inForum {
	for _, f := range s.forums {
		if f.forum == forum {
			return f
		}
	}
	return inForum{forum: forum}
}

func (s State) with(changed inForum) State {
	s.forums = slices.Clone(s.forums)
	for i := range s.forums {
		if s.forums[i].forum == changed.forum {
			s.forums[i] = changed
			return s
		}
	}
	s.forums = append(s.forums, changed)
	return s
}

func (s State) settled(n int, as promise) State {
	if n < 1 || n > len(s.promises) {
		return s
	}
	s.promises = slices.Clone(s.promises)
	s.promises[n-1] = as
	return s
}

func (e Scheduled) evolve(s State) State {
	in := s.in(e.Forum)
	in.agenda, in.takenOff = &e, false
	return s.with(in)
}

func (e Unscheduled) evolve(s State) State {
	in := s.in(e.Forum)
	in.agenda, in.takenOff = nil, true
	return s.with(in)
}

func (e Discussed) evolve(s State) State {
	in := s.in(e.Forum)
	in.heard, in.takenOff, in.agenda = true, false, e.left(in.agenda)
	s = s.with(in)
	if e.ForwardedTo != "" {
		sent := s.in(e.ForwardedTo)
		sent.heard = true
		s = s.with(sent)
	}
	if e.Outcome == Promised {
		s.promises = append(slices.Clip(s.promises), open)
	}
	return s
}

// left is what stays of an item on the agenda: a deferred one stays, but its day is no longer known.
func (e Discussed) left(item *Scheduled) *Scheduled {
	if item == nil || e.Outcome != Deferred {
		return nil
	}
	carried := *item
	carried.Meeting = 0
	return &carried
}

func (e WentUnanswered) evolve(s State) State {
	in := s.in(e.Forum)
	in.unanswered = append(slices.Clip(in.unanswered), e.Since)
	return s.with(in)
}

func (e Decided) evolve(s State) State           { return s }
func (e PromiseKept) evolve(s State) State       { return s.settled(e.Promise, kept) }
func (e PromiseBroken) evolve(s State) State     { return s.settled(e.Promise, broken) }
func (e PublicActionTaken) evolve(s State) State { return s }
func (e CarriedOut) evolve(s State) State        { return s }

func (e FedBack) evolve(s State) State {
	s.told = append(slices.Clip(s.told), telling{setting: e.Setting, channel: e.Channel})
	return s
}
