package release

import (
	"slices"
	"strconv"
	"strings"

	"signaalboek/domain"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/vocabulary"
)

// The refusals. Those of a period name it.
var (
	ErrUnknown      = domain.Refuse(domain.NotFound, "release-unknown")
	ErrPeriod       = domain.Refuse(domain.Invalid, "release-period-invalid")
	ErrNotOver      = domain.Refuse(domain.Conflict, "release-period-not-over")
	ErrOpen         = domain.Refuse(domain.Conflict, "release-proposal-open")  // one at a time
	ErrYearOut      = domain.Refuse(domain.Conflict, "release-year-published") // so a half of it is not any more
	ErrOut          = domain.Refuse(domain.Conflict, "release-period-published")
	ErrPublished    = domain.Refuse(domain.Conflict, "release-published") // so it is frozen
	ErrNotPublished = domain.Refuse(domain.Conflict, "release-not-published")
	ErrDropped      = domain.Refuse(domain.Conflict, "release-dropped")
	ErrWithdrawn    = domain.Refuse(domain.Conflict, "release-withdrawn")
	ErrOwn          = domain.Refuse(domain.Conflict, "release-own-proposal") // whoever proposed does not confirm
	ErrNotOwn       = domain.Refuse(domain.Conflict, "release-not-own-proposal")
	ErrPlace        = domain.Refuse(domain.Invalid, "release-place-unknown")
	ErrBuilt        = domain.Refuse(domain.Invalid, "release-built-invalid")
	ErrNarrower     = domain.Refuse(domain.Conflict, "release-table-narrower")    // than an earlier release's
	ErrOtherFigures = domain.Refuse(domain.Conflict, "release-figures-differ")    // from the first of the period
	ErrSentences    = domain.Refuse(domain.Conflict, "release-sentences-changed") // since the files were made
)

// Facts is what a decision knows besides the stream.
type Facts struct {
	Release  ID              // that this command proposes, if it proposes one
	Foreign  ForeignID       // that this command records, if it records one
	Actor    domain.ActorID  // who asks
	On       domain.Date     // the day of the command
	Together bool            // it is asked of all practices together
	Book     vocabulary.Book // of the practice; none of all together
}

// Command is asked of the releases of a practice.
type Command interface {
	decide(State, Facts) ([]Event, error)
}

// Propose asks to publish the figures of a period that is over.
type Propose struct {
	Period Period `json:"period"`
}

// Write says something in an edition of a proposal, or, without text, nothing any more. Whoever proposes a release words
// it: else a sentence could go out that one person saw.
type Write struct {
	Release ID      `json:"release"`
	Edition Edition `json:"edition"`
	Place   Place   `json:"place"`
	Text    string  `json:"text"`
}

// Publish confirms a release and publishes it, as it was built and looked at.
type Publish struct {
	Release ID `json:"release"`
	Built
}

// Drop takes a proposal back; motivation may say why.
type Drop struct {
	Release    ID     `json:"release"`
	Motivation string `json:"motivation,omitzero"`
}

// Withdraw has a published release shown no more.
type Withdraw struct {
	Release    ID               `json:"release"`
	Reason     WithdrawalReason `json:"reason"`
	Motivation string           `json:"motivation,omitzero"`
}

// Decider is the releases of a practice.
var Decider = domain.Decider[State, Facts, Command, Event]{
	Category: "releases",
	Decide:   func(s State, f Facts, c Command) ([]Event, error) { return c.decide(s, f) },
	Evolve:   func(s State, e Event) State { return e.evolve(s) },
}

// decide proposes, one release at a time. Asked again by the same person it is proposed already.
func (c Propose) decide(s State, f Facts) ([]Event, error) {
	open, first := s.open(), s.firstOf(c.Period)
	switch {
	case !c.Period.Valid():
		return nil, ErrPeriod.At("/period")
	case f.On <= c.Period.Last():
		return nil, ErrNotOver.At("/period").Naming("last", c.Period.Last().String())
	case open != nil && open.Period == c.Period && open.By == f.Actor:
		return nil, nil
	case open != nil:
		return nil, ErrOpen.Naming("period", open.Period.String())
	case f.Together && c.Period.Part != WholeYear:
		return nil, ErrYearsOnly.At("/period")
	case f.Together && first != nil:
		return nil, ErrOnce.At("/period").Naming("period", c.Period.String())
	case first == nil && s.firstOf(c.Period.Whole()) != nil:
		return nil, ErrYearOut.At("/period").Naming("period", c.Period.Whole().String())
	case s.out(c.Period) != nil:
		return nil, ErrOut.At("/period").Naming("period", c.Period.String())
	}
	proposed := Proposed{Release: f.Release, Period: c.Period, By: f.Actor}
	if first != nil {
		proposed.Again = first.ID
	}
	return []Event{proposed}, nil
}

// decide writes a sentence. What is sealed cannot be compared, so a text that is sent twice is recorded twice; its
// command id is what keeps a retry from that.
func (c Write) decide(s State, f Facts) ([]Event, error) {
	proposal, err := s.proposal(c.Release)
	if err != nil {
		return nil, err
	}
	switch {
	case proposal.By != f.Actor:
		return nil, ErrNotOwn
	case f.Together:
		return nil, ErrWordless.At("/text")
	}
	if pursuit.CheckChoice(c.Edition, "/edition", Editions()...) != nil {
		return nil, ErrPlace.At("/edition")
	}
	if pursuit.CheckChoice(c.Place, "/place", places[c.Edition]...) != nil {
		return nil, ErrPlace.At("/place")
	}
	if err := pursuit.CheckText(c.Text, pursuit.MaxText, "/text"); err != nil {
		return nil, err
	}
	said := strings.TrimSpace(c.Text)
	if said == "" && proposal.said(c.Edition, c.Place) < 0 {
		return nil, nil
	}
	return []Event{SentenceWritten{c.Release, c.Edition, c.Place, domain.ToSeal(said)}}, nil
}

// decide publishes what a second person confirms.
func (c Publish) decide(s State, f Facts) ([]Event, error) {
	if release, ok := s.Release(c.Release); ok && release.Phase == IsPublished && release.Built.equal(c.Built) {
		return nil, nil
	}
	proposal, err := s.proposal(c.Release)
	switch {
	case err != nil:
		return nil, err
	case proposal.By == f.Actor:
		return nil, ErrOwn
	case f.Together && len(c.Texts) > 0:
		return nil, ErrBuilt.At("/texts")
	}
	err = pursuit.FirstOf(c.Built.check(), s.admits(proposal, c.Built), proposal.saidIn(c.Built))
	if err != nil {
		return nil, err
	}
	return []Event{Published{c.Release, proposal.Period, c.Built}}, nil
}

func (c Drop) decide(s State, f Facts) ([]Event, error) {
	if release, ok := s.Release(c.Release); ok && release.Phase == IsDropped {
		return nil, nil
	}
	if _, err := s.proposal(c.Release); err != nil {
		return nil, err
	}
	if err := f.checkMotivation(c.Motivation); err != nil {
		return nil, err
	}
	return []Event{Dropped{c.Release, domain.ToSeal(c.Motivation)}}, nil
}

func (c Withdraw) decide(s State, f Facts) ([]Event, error) {
	release, found := s.Release(c.Release)
	switch {
	case !found:
		return nil, ErrUnknown.At("/release")
	case release.Phase == IsWithdrawn && release.Reason == c.Reason:
		return nil, nil
	case release.Phase == IsWithdrawn:
		return nil, ErrWithdrawn
	case release.Phase != IsPublished:
		return nil, ErrNotPublished
	}
	err := pursuit.FirstOf(
		pursuit.CheckChoice(c.Reason, "/reason", ErasedText, Recognisable, Mistaken),
		f.checkMotivation(c.Motivation),
	)
	if err != nil {
		return nil, err
	}
	return []Event{Withdrawn{c.Release, c.Reason, domain.ToSeal(c.Motivation)}}, nil
}

// proposal is a release that can still be worded, published or dropped.
func (s State) proposal(id ID) (Release, error) {
	release, found := s.Release(id)
	if !found {
		return release, ErrUnknown.At("/release")
	}
	switch release.Phase {
	case IsPublished:
		return release, ErrPublished
	case IsDropped:
		return release, ErrDropped
	case IsWithdrawn:
		return release, ErrWithdrawn
	}
	return release, nil
}

// admits refuses figures that tell more than what went out before: a table of a lesser width than it was ever published
// in; and, when the period was published before, anything else than what was published then.
func (s State) admits(proposal Release, built Built) error {
	if first, again := s.Release(proposal.Again); again {
		if !first.Built.sameFigures(built) {
			return ErrOtherFigures.At("/widths").Naming("period", proposal.Period.String())
		}
		return nil
	}
	sticky := s.Widths()
	for i, table := range built.Widths {
		if before, known := sticky[table.Table]; known && table.Width.Narrower(before) {
			return ErrNarrower.At("/widths/"+strconv.Itoa(i)).Naming("table", string(table.Table))
		}
	}
	return nil
}

// saidIn refuses files that were made with other sentences than those that stand: each is a text that the files hold.
func (r Release) saidIn(built Built) error {
	for _, sentence := range r.Sentences {
		if !built.holds(sentence.Text.Key) {
			return ErrSentences
		}
	}
	if slices.ContainsFunc(r.Unsaid, built.holds) {
		return ErrSentences
	}
	return nil
}
