// Package release is what a practice publishes: a frozen set of figures, and the overview that tells what came of
// signals. Outside the practice figures are seen in releases only.
//
//	           write, by whoever proposed it
//	               ┌───┐
//	               ▼   │
//	propose ──► proposed ──► published ──► withdrawn
//	               │     by a second person
//	               └──► dropped
//
// A release counts everything that stands in the log before its proposal, and nothing after it: so the place of the
// proposal in the log is where the figures were counted, in whichever store the log lies. One person proposes and words
// it; a second one, who looked at exactly what every reader will see, confirms it, and that publishes it. From then on
// it is frozen: a correction enters the next release. There are at most two a year, one of its first half and then one of
// the whole: every further count of the same people is one more equation for whoever wants to solve them. One that was
// withdrawn can be published again without what made it go, with the same figures: those are out already. What is out is
// given its proof (anchor.go), by which outsiders check it without the ledger.
//
// The files are made outside, through the gate of package disclosure, and stand in the vault. Here stands what proves
// them: their digests; the width of every table, which later releases start from and never narrow; and the keys of the
// texts that they hold, so that erasing a text finds the releases that must go. Whoever gives Publish computed all that;
// it never comes from a sender.
//
// What others published about the same people is recorded here too (foreign.go): the gate holds the next release against
// it. And what all practices publish together (together.go) has a stream of its own, as if they were one more practice.
//
// All of it stands in one stream per practice: that there are no two releases of one period, that one is proposed at a
// time (so that the gate knew all the others), and that widths never narrow must hold also when two people do something
// at once.
package release

import (
	"github.com/google/uuid"

	"signaalboek/domain"
)

// Event is something that happened to the releases of a practice. The names below are the storage format: they live for
// ever.
type Event interface {
	domain.Event
	evolve(State) State
}

// ID identifies a release within its practice.
type ID = uuid.UUID

// NewID is the id of the release that a command proposes.
func NewID(command domain.CommandID) ID { return domain.DeriveID(command, "release", 0) }

// Proposed: somebody wants the figures of a period published, as the log stands before this event.
type Proposed struct {
	Release ID             `json:"release"`
	Period  Period         `json:"period"`
	By      domain.ActorID `json:"by"`             // who cannot confirm it; so rules look at it, and it stands here too
	Again   ID             `json:"again,omitzero"` // the first release of this period: counted as that one was
}

// SentenceWritten: the coordinator says something in an edition, instead of what was said there. No text: nothing any
// more.
type SentenceWritten struct {
	Release ID            `json:"release"`
	Edition Edition       `json:"edition"`
	Place   Place         `json:"place"`
	Text    domain.Sealed `json:"text,omitzero"`
}

// Published: a second person confirmed the release, and it is out. The day is that of the event; the actor is who
// confirmed it. It says the period again, so that it can be shown to others without the proposal.
type Published struct {
	Release ID     `json:"release"`
	Period  Period `json:"period"`
	Built
}

// Dropped: a proposal was taken back, by anybody.
type Dropped struct {
	Release    ID            `json:"release"`
	Motivation domain.Sealed `json:"motivation,omitzero"`
}

// WithdrawalReason says why a release is not shown any more.
type WithdrawalReason string

// The reasons for a withdrawal.
const (
	ErasedText   WithdrawalReason = "erased-text"  // it holds a text that was erased
	Recognisable WithdrawalReason = "recognisable" // somebody can be recognised in it
	Mistaken     WithdrawalReason = "mistaken"     // it says what is not so
)

// Withdrawn: a release is not shown any more, and its files are destroyed. Its digests stay.
type Withdrawn struct {
	Release    ID               `json:"release"`
	Reason     WithdrawalReason `json:"reason"`
	Motivation domain.Sealed    `json:"motivation,omitzero"`
}

func (Proposed) EventName() string        { return "releases.proposed.v1" }
func (SentenceWritten) EventName() string { return "releases.sentence-written.v1" }
func (Published) EventName() string       { return "releases.published.v1" }
func (Dropped) EventName() string         { return "releases.dropped.v1" }
func (Withdrawn) EventName() string       { return "releases.withdrawn.v1" }

// Schemas is how the events of releases stand on disk.
func Schemas() []domain.Schema {
	return []domain.Schema{
		domain.SchemaOf[Proposed](),
		domain.SchemaOf[SentenceWritten](),
		domain.SchemaOf[Published](),
		domain.SchemaOf[Anchored](),
		domain.SchemaOf[Dropped](),
		domain.SchemaOf[Withdrawn](),
		domain.SchemaOf[ForeignRecorded](),
		domain.SchemaOf[ForeignWithdrawn](),
	}
}

// StreamOf is the stream of a practice's releases.
func StreamOf(practice domain.PracticeID) domain.StreamID {
	return domain.NewStreamID(Decider.Category, string(practice))
}
