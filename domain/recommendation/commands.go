package recommendation

import (
	"slices"
	"strconv"

	"signaalboek/domain"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/vocabulary"
)

// Facts is what a decision about a recommendation looks at elsewhere. NeedsOf says which of it a command is decided
// with; the rest may be left out. On and Book are always needed.
type Facts struct {
	On   domain.Date // the day it happened
	Book vocabulary.Book

	MeetingHeld bool                              // the focusgroep meeting that the command names was held
	Signals     map[domain.StreamID]pursuit.Whole // those that exist in this practice, of those that NeedsOf names
	Standings   []pursuit.Standing                // pursuit.Debts.Standings, fed with its stream and those it answers
}

// Command is asked of a recommendation.
type Command interface {
	decide(State, Facts) ([]Event, error)
}

// NeedsOf says which facts a command is decided with, given the recommendation itself: what it answers stands there.
func NeedsOf(s State, c Command) pursuit.Needs {
	switch c := c.(type) {
	case Draft:
		return pursuit.Needs{Signals: c.Answers, Wholes: true}
	case Adopt:
		return pursuit.Needs{Meetings: []domain.StreamID{c.Meeting}}
	case Schedule, TakePublicAction:
		return pursuit.Needs{Signals: s.Answers(), Wholes: true}
	case FeedBack:
		return pursuit.Needs{Signals: s.Answers(), Debts: true}
	}
	return pursuit.Needs{}
}

// Decider is the recommendation.
var Decider = domain.Decider[State, Facts, Command, Event]{
	Category: "recommendation",
	Decide:   func(s State, f Facts, c Command) ([]Event, error) { return c.decide(s, f) },
	Evolve:   func(s State, e Event) State { return e.evolve(s) },
}

// Draft puts a proposal into words.
type Draft struct {
	Text    string            `json:"text"`
	Answers []domain.StreamID `json:"answers"`
	MadeBy  Maker             `json:"madeBy"`
	Forum   domain.Code       `json:"forum,omitzero"` // if a forum made it, and only then
}

// Reword gives it a new text.
type Reword struct {
	Text string `json:"text"`
}

// Adopt tells that the focusgroep made it its own.
type Adopt struct {
	Meeting domain.StreamID `json:"meeting"`
}

// Schedule and what follows are the commands of package pursuit, behind the gates of a recommendation.
type (
	Schedule         struct{ pursuit.Schedule }
	Unschedule       struct{ pursuit.Unschedule }
	Discuss          struct{ pursuit.Discuss }
	GoUnanswered     struct{ pursuit.GoUnanswered }
	Decide           struct{ pursuit.Decide }
	KeepPromise      struct{ pursuit.KeepPromise }
	BreakPromise     struct{ pursuit.BreakPromise }
	TakePublicAction struct{ pursuit.TakePublicAction }
	CarryOut         struct{ pursuit.CarryOut }
	FeedBack         struct{ pursuit.FeedBack }
)

// decide drafts it: a recommendation answers at least one signal of this practice. Also one that was closed, bundled or
// split: a report looks back on all that was heard, and whoever raised it is owed what comes of the recommendation.
func (c Draft) decide(s State, f Facts) ([]Event, error) {
	if s.versions > 0 {
		return nil, ErrExists
	}
	err := pursuit.FirstOf(
		pursuit.CheckRequired(c.Text, pursuit.MaxText, "/text"),
		pursuit.CheckChoice(c.MadeBy, "/madeBy", ByFocusgroep, ByTeam, ByForum),
		c.checkMaker(f),
		c.checkAnswers(f),
	)
	if err != nil {
		return nil, err
	}
	return []Event{Drafted{Text: domain.ToSeal(c.Text), Answers: c.Answers, MadeBy: c.MadeBy, Forum: c.Forum}}, nil
}

func (c Draft) checkMaker(f Facts) error {
	if (c.MadeBy == ByForum) != (c.Forum != "") {
		return ErrMakerUnclear.At("/forum")
	}
	if c.Forum == "" {
		return nil
	}
	_, err := pursuit.ForumOf(f.Book, c.Forum, "/forum")
	return err
}

func (c Draft) checkAnswers(f Facts) error {
	if len(c.Answers) == 0 {
		return ErrAnswersNone.At("/answers")
	}
	for i, id := range c.Answers {
		at := "/answers/" + strconv.Itoa(i)
		if _, found := f.Signals[id]; !found {
			return pursuit.ErrSignalNotFound.At(at)
		}
		if slices.Contains(c.Answers[:i], id) {
			return ErrAnsweredTwice.At(at)
		}
	}
	return nil
}

// decide rewords it: always a new version, because what is sealed cannot be compared.
func (c Reword) decide(s State, _ Facts) ([]Event, error) {
	if err := pursuit.FirstOf(s.found(), pursuit.CheckRequired(c.Text, pursuit.MaxText, "/text")); err != nil {
		return nil, err
	}
	return []Event{Reworded{Text: domain.ToSeal(c.Text), Version: s.versions + 1}}, nil
}

// decide has the focusgroep adopt it. Adopted at that meeting already is nothing.
func (c Adopt) decide(s State, f Facts) ([]Event, error) {
	if err := s.found(); err != nil || slices.Contains(s.adopted, c.Meeting) {
		return nil, err
	}
	if err := pursuit.CheckMeeting(c.Meeting, f.MeetingHeld, "/meeting"); err != nil {
		return nil, err
	}
	return []Event{Adopted(c)}, nil
}

// decide puts it on an agenda: not when the focusgroep keeps a signal that it answers from going further, and marked if
// it was not heard. A recommendation is no way around the focusgroep.
func (c Schedule) decide(s State, f Facts) ([]Event, error) {
	if err := pursuit.FirstOf(s.found(), s.allowed(f)); err != nil {
		return nil, err
	}
	if _, err := pursuit.ForumOf(f.Book, c.Forum, "/forum"); err != nil {
		return nil, err
	}
	if err := s.marked(f, c.WithoutMandate); err != nil {
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
	return walk(s, f, c.Steps, func(e pursuit.PromiseKept) Event { return PromiseKept{e} })
}

func (c BreakPromise) decide(s State, f Facts) ([]Event, error) {
	return walk(s, f, c.Steps, func(e pursuit.PromiseBroken) Event { return PromiseBroken{e} })
}

// decide brings it into public debate, behind the same gate as an agenda.
func (c TakePublicAction) decide(s State, f Facts) ([]Event, error) {
	if err := pursuit.FirstOf(s.found(), s.allowed(f)); err != nil {
		return nil, err
	}
	return walk(s, f, c.Steps, func(e pursuit.PublicActionTaken) Event { return PublicActionTaken{e} })
}

func (c CarryOut) decide(s State, f Facts) ([]Event, error) {
	return walk(s, f, c.Steps, func(e pursuit.CarriedOut) Event { return CarriedOut{e} })
}

func (c FeedBack) decide(s State, f Facts) ([]Event, error) {
	return walk(s, f, c.Steps, func(e pursuit.FedBack) Event { return FedBack{e} })
}

func (s State) found() error {
	if s.versions == 0 {
		return ErrNotFound
	}
	return nil
}

func (s State) allowed(f Facts) error {
	for _, id := range s.answers {
		if f.Signals[id].Refused() {
			return pursuit.ErrMandateRefused.Naming("signal", string(id))
		}
	}
	return nil
}

// marked holds that going further without a mandate that is needed is marked so. What the focusgroep made or adopted has
// its mandate; the mark beside that is refused.
func (s State) marked(f Facts, without bool) error {
	switch own := s.madeBy == ByFocusgroep || len(s.adopted) > 0; {
	case own && without:
		return pursuit.ErrMandateThere.At("/withoutMandate")
	case own || without:
		return nil
	}
	for _, id := range s.answers {
		if !f.Signals[id].Mandated() {
			return pursuit.ErrMandateMissing.At("/withoutMandate").Naming("signal", string(id))
		}
	}
	return nil
}

// walk takes a step on the road that signals and recommendations share.
func walk[S pursuit.Step](
	s State, f Facts, steps func(pursuit.State, pursuit.Facts) ([]S, error), name func(S) Event,
) ([]Event, error) {
	if err := s.found(); err != nil {
		return nil, err
	}
	return pursuit.Walk(s.pursuit, pursuit.Facts{On: f.On, Book: f.Book, Standings: f.Standings}, steps, name)
}
