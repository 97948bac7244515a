package pursuit

import (
	"slices"
	"strconv"

	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// The commands below are asked of a pursuit. signal and recommendation embed them in their own, put their own gates
// before them, and take the steps over under their own names with Walk. Steps of each is what it leads to: steps,
// nothing if it is so already, or a refusal.

// Walk has a command lead to events of the kind that name makes of its steps.
func Walk[S Step, E any](s State, f Facts, steps func(State, Facts) ([]S, error), name func(S) E) ([]E, error) {
	walked, err := steps(s, f)
	var events []E
	for _, step := range walked {
		events = append(events, name(step))
	}
	return events, err
}

// Schedule asks to put it on the agenda of a forum.
type Schedule Scheduled

// Unschedule asks to take it off an agenda before it is discussed.
type Unschedule Unscheduled

// Discuss tells that a forum talked about it.
type Discuss struct {
	Forum       domain.Code `json:"forum"`
	Outcome     Outcome     `json:"outcome"`
	BroughtBy   BroughtBy   `json:"broughtBy"`
	Motivation  string      `json:"motivation,omitzero"`
	ForwardedTo domain.Code `json:"forwardedTo,omitzero"` // with outcome forwarded, and only then
	Promise     string      `json:"promise,omitzero"`     // with outcome promised, and only then
	PromiseBy   domain.Date `json:"promiseBy,omitzero"`
	Tags        []Tag       `json:"tags,omitzero"`
}

// GoUnanswered tells that a forum that was asked gave no answer.
type GoUnanswered WentUnanswered

// Decide tells that a forum took a decision.
type Decide struct {
	Forum      domain.Code `json:"forum"`
	Verdict    Verdict     `json:"verdict"`
	Motivation string      `json:"motivation"`
	Reference  *Reference  `json:"reference,omitzero"`
	Tags       []Tag       `json:"tags,omitzero"`
}

// KeepPromise tells that a forum did what it promised.
type KeepPromise PromiseKept

// BreakPromise establishes that a forum did not do what it promised.
type BreakPromise PromiseBroken

// TakePublicAction tells that it was brought into public debate.
type TakePublicAction struct {
	Action ActionKind `json:"action"`
	What   string     `json:"what,omitzero"`
	Tags   []Tag      `json:"tags,omitzero"`
}

// CarryOut tells that what was asked for came about, wholly or in part.
type CarryOut struct {
	What string `json:"what"`
	Tags []Tag  `json:"tags,omitzero"`
}

// FeedBack tells that a setting that raised it was told everything that had come of it so far.
type FeedBack struct {
	Setting  Setting     `json:"setting"`
	Channel  domain.Code `json:"channel"`
	Present  int         `json:"present,omitzero"`
	ToldWhat string      `json:"toldWhat,omitzero"`
}

// Steps refuses a forum that meets no more, and a council item that nobody may put there. The same item again is
// nothing; another day or another way onto the agenda replaces the item.
func (c Schedule) Steps(s State, f Facts) ([]Scheduled, error) {
	forum, err := ForumOf(f.Book, c.Forum, "/forum")
	if err != nil {
		return nil, err
	}
	if item := s.in(c.Forum).agenda; item != nil && c.same(*item) {
		return nil, nil
	}
	if forum.Retired {
		return nil, ErrForumRetired.At("/forum").Naming("forum", string(c.Forum))
	}
	if err := c.check(f); err != nil {
		return nil, err
	}
	if council(forum.Kind) && c.Through == OwnItem {
		return nil, ErrThroughNobody.At("/through").Naming("forum", string(c.Forum))
	}
	return []Scheduled{Scheduled(c)}, nil
}

func (c Schedule) same(item Scheduled) bool {
	return c.Meeting == item.Meeting && c.InNameOf == item.InNameOf && c.Through == item.Through &&
		c.WithoutMandate == item.WithoutMandate && slices.Equal(c.Tags, item.Tags)
}

func (c Schedule) check(f Facts) error {
	return FirstOf(
		CheckChoice(c.InNameOf, "/inNameOf", Partnership, OwnOrganisation),
		CheckChoice(c.Through, "/through", OwnItem, ForwardedItem, CollegeItem, CouncillorQuestion, Petition),
		CheckNotBefore(c.Meeting, f.On, "/meeting"),
		CheckTags(f.Book, c.Tags),
	)
}

// Steps refuses what is not on that agenda; taken off already is nothing.
func (c Unschedule) Steps(s State, f Facts) ([]Unscheduled, error) {
	if _, err := ForumOf(f.Book, c.Forum, "/forum"); err != nil {
		return nil, err
	}
	in := s.in(c.Forum)
	if in.takenOff {
		return nil, nil
	}
	if in.agenda == nil {
		return nil, ErrNotScheduled.At("/forum").Naming("forum", string(c.Forum))
	}
	return []Unscheduled{Unscheduled(c)}, nil
}

// Steps refuses a forum that was not asked. A later discussion in the same forum is a new one.
func (c Discuss) Steps(s State, f Facts) ([]Discussed, error) {
	if err := FirstOf(checkRaised(s, f, c.Forum), c.check(f), c.checkForward(f)); err != nil {
		return nil, err
	}
	return []Discussed{{
		Forum: c.Forum, Outcome: c.Outcome, BroughtBy: c.BroughtBy,
		Motivation: domain.ToSeal(c.Motivation), ForwardedTo: c.ForwardedTo,
		Promise: domain.ToSeal(c.Promise), PromiseBy: c.PromiseBy, Tags: c.Tags,
	}}, nil
}

func (c Discuss) check(f Facts) error {
	return FirstOf(
		CheckChoice(c.Outcome, "/outcome", TakenUp, Noted, Deferred, Forwarded, Promised, OutsideCompetence, Declined),
		CheckChoice(c.BroughtBy, "/broughtBy", Workers, Residents, Both),
		CheckText(c.Motivation, MaxText, "/motivation"),
		c.checkPromise(f),
		CheckTags(f.Book, c.Tags),
	)
}

func (c Discuss) checkPromise(f Facts) error {
	if c.Outcome == Promised {
		return FirstOf(CheckRequired(c.Promise, MaxText, "/promise"), CheckNotBefore(c.PromiseBy, f.On, "/promiseBy"))
	}
	if c.Promise != "" {
		return ErrFieldUnexpected.At("/promise")
	}
	if !c.PromiseBy.IsZero() {
		return ErrFieldUnexpected.At("/promiseBy")
	}
	return nil
}

// checkForward holds that forwarding says where to. It schedules nothing there, but lets that forum discuss it.
func (c Discuss) checkForward(f Facts) error {
	switch {
	case c.Outcome != Forwarded && c.ForwardedTo == "":
		return nil
	case c.Outcome != Forwarded:
		return ErrFieldUnexpected.At("/forwardedTo")
	case c.ForwardedTo == "":
		return ErrForwardMissing.At("/forwardedTo")
	case c.ForwardedTo == c.Forum:
		return ErrForwardToItself.At("/forwardedTo")
	}
	return f.Book.CheckForum(c.ForwardedTo, "/forwardedTo")
}

// Steps refuses a forum that was not asked. The same silence told again is nothing; a longer one is another outcome.
func (c GoUnanswered) Steps(s State, f Facts) ([]WentUnanswered, error) {
	err := FirstOf(checkRaised(s, f, c.Forum), checkNotAfter(c.Since, f.On, "/since"))
	if err != nil || slices.Contains(s.in(c.Forum).unanswered, c.Since) {
		return nil, err
	}
	return []WentUnanswered{WentUnanswered(c)}, nil
}

// Steps refuses a forum that was not asked. A later decision stands beside an earlier one.
func (c Decide) Steps(s State, f Facts) ([]Decided, error) {
	err := FirstOf(
		checkRaised(s, f, c.Forum),
		CheckChoice(c.Verdict, "/verdict", Adopted, Partly, Rejected),
		CheckRequired(c.Motivation, MaxText, "/motivation"),
		checkReference(c.Reference),
		CheckTags(f.Book, c.Tags),
	)
	if err != nil {
		return nil, err
	}
	return []Decided{{
		Forum: c.Forum, Verdict: c.Verdict, Motivation: domain.ToSeal(c.Motivation), Reference: c.Reference, Tags: c.Tags,
	}}, nil
}

// Steps refuses a promise that was never made, or is known to be broken. Kept already is nothing.
func (c KeepPromise) Steps(s State, _ Facts) ([]PromiseKept, error) {
	return settle(s, c.Promise, kept, PromiseKept(c))
}

// Steps refuses a promise that was never made, or was kept. Broken already is nothing.
func (c BreakPromise) Steps(s State, _ Facts) ([]PromiseBroken, error) {
	return settle(s, c.Promise, broken, PromiseBroken(c))
}

func settle[S Step](s State, n int, as promise, step S) ([]S, error) {
	if len(s.promises) == 0 {
		return nil, ErrNoPromise
	}
	if n < 1 || n > len(s.promises) {
		return nil, ErrPromiseUnknown.At("/promise").Naming("promises", strconv.Itoa(len(s.promises)))
	}
	switch s.promises[n-1] {
	case as:
		return nil, nil
	case open:
		return []S{step}, nil
	}
	return nil, ErrPromiseSettled.At("/promise").Naming("promise", strconv.Itoa(n))
}

// Steps records the action. Going public is no outcome: nobody answered yet.
func (c TakePublicAction) Steps(_ State, f Facts) ([]PublicActionTaken, error) {
	err := FirstOf(
		CheckChoice(c.Action, "/action", Press, Testimony, Campaign, OtherWay),
		CheckText(c.What, MaxText, "/what"),
		CheckTags(f.Book, c.Tags),
	)
	if err != nil {
		return nil, err
	}
	return []PublicActionTaken{{Action: c.Action, What: domain.ToSeal(c.What), Tags: c.Tags}}, nil
}

// Steps records what came about. It can come about in parts, each told on its own.
func (c CarryOut) Steps(_ State, f Facts) ([]CarriedOut, error) {
	if err := FirstOf(CheckRequired(c.What, MaxText, "/what"), CheckTags(f.Book, c.Tags)); err != nil {
		return nil, err
	}
	return []CarriedOut{{What: domain.ToSeal(c.What), Tags: c.Tags}}, nil
}

// Steps refuses a setting that did not raise it, and feedback before there is anything to tell. Told everything through
// that channel already is nothing; telling it once more through another channel is recorded.
func (c FeedBack) Steps(s State, f Facts) ([]FedBack, error) {
	if !f.Answered() {
		return nil, ErrNothingToTell
	}
	standing, raised := f.standingOf(c.Setting)
	if !raised {
		return nil, ErrSettingNotOurs.At("/setting")
	}
	if !standing.Owed() && slices.Contains(s.told, telling{c.Setting, c.Channel}) {
		return nil, nil
	}
	if err := c.check(f); err != nil {
		return nil, err
	}
	return []FedBack{{
		Setting: c.Setting, Channel: c.Channel, Present: c.Present, ToldWhat: domain.ToSeal(c.ToldWhat),
	}}, nil
}

func (c FeedBack) check(f Facts) error {
	if c.Present < 0 || c.Present > MaxPresent {
		return ErrNumberInvalid.At("/present")
	}
	return FirstOf(
		f.Book.Check(vocabulary.FeedbackChannels, c.Channel, "/channel"),
		CheckText(c.ToldWhat, MaxText, "/toldWhat"),
	)
}

// checkRaised holds that only a forum that was asked can answer.
func checkRaised(s State, f Facts, code domain.Code) error {
	if _, err := ForumOf(f.Book, code, "/forum"); err != nil {
		return err
	}
	if !s.in(code).raised() {
		return ErrNotRaised.At("/forum").Naming("forum", string(code))
	}
	return nil
}

// council reports whether a kind of forum takes items only from those who may put them on its agenda.
func council(kind vocabulary.ForumKind) bool {
	return kind == vocabulary.CommitteeForum || kind == vocabulary.GoverningForum
}
