package proof

import (
	"errors"
	"fmt"

	"github.com/go-json-experiment/json/jsontext"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// History is the whole history of a ledger with nobody in it, as an auditor takes it along: what may be told of every
// event, and what shows that none was left out. Package audit makes it; here it is checked, with nothing else at hand.
//
// Every leaf of the tree is in it, so anybody computes the root again and finds it in the signed checkpoint. A leaf says
// nothing by itself. Lines are not tied to leaves, but there are as many events in the lines as leaves in the tree; and
// whatever a line shows by itself is what an event shows that has its proof.
type History struct {
	About      HistoryAbout
	Checkpoint []byte // a signed note, with its cosignatures
	Leaves     []tlog.Hash
	Lines      []HistoryLine
	Proofs     []ProvenEvent
}

// HistoryAbout says what a history is of.
type HistoryAbout struct {
	Form     string `json:"form"` // HistoryForm
	Practice string `json:"practice"`
	Year     string `json:"year,omitzero"` // absent: all of them
	Zone     string `json:"zone"`          // whose months they are
}

// HistoryForm is the form of a History as a file.
const HistoryForm = "signaalboek/history/v1"

// HistoryLine is what is told of events of one name that were recorded in one month: how many there were, or, of one that is
// shown by itself, what of it may be disclosed. Without a name it is the number of all events that are not of this practice
// or this year, or that are only counted and of a month that was not over.
type HistoryLine struct {
	Month  string         `json:"month,omitzero"` // "2026-03"
	Name   string         `json:"name,omitzero"`
	Count  int64          `json:"count"`
	Shown  bool           `json:"shown,omitzero"`  // by itself: it has a proof
	Stream string         `json:"stream,omitzero"` // a pseudonym
	Actor  string         `json:"actor,omitzero"`  // a pseudonym
	Fields jsontext.Value `json:"fields,omitzero"` // an object; days are coarsened to months
}

// ProvenEvent is an event, with what of it is shown, and that it stands in the tree of the checkpoint.
type ProvenEvent struct {
	Inclusion Inclusion `json:"inclusion"`
	Event     Disclosed `json:"event"`
}

// What is wrong with a history.
var (
	ErrLeaves    = errors.New("proof: the leaves do not give the root of the checkpoint")
	ErrLines     = errors.New("proof: the lines do not tell of as many events as there are leaves")
	ErrNotProven = errors.New("proof: what is shown by itself is not what is proven")
)

// Check is the checkpoint of a history in which nothing was altered and nothing left out. It fails with ErrCheckpoint,
// ErrLeaves, ErrLines, ErrNotProven, ErrNotIncluded or ErrOpened, and names the first event that is wrong.
func (h History) Check(log note.Verifier) (Checkpoint, error) {
	c, err := Open(h.Checkpoint, log)
	if err == nil {
		err = h.checkLeaves(c)
	}
	if err != nil {
		return Checkpoint{}, err
	}
	if wrong, err := h.checkProofs(c); err != nil {
		return c, fmt.Errorf("%s: %w", wrong, err)
	}
	if wrong, err := h.checkLines(); err != nil {
		return c, fmt.Errorf("%s: %w", wrong, err)
	}
	return c, nil
}

// checkLeaves computes the root again.
func (h History) checkLeaves(c Checkpoint) error {
	var edge Edge
	for _, leaf := range h.Leaves {
		edge.Add(leaf)
	}
	if edge.Size() != c.Size || edge.Root() != c.Root {
		return fmt.Errorf("%d leaves, for a tree of %d: %w", edge.Size(), c.Size, ErrLeaves)
	}
	return nil
}

// checkLines counts what the lines tell of. If it is wrong, it says where.
func (h History) checkLines() (wrong string, err error) {
	var told int64
	for i, line := range h.Lines {
		if line.Count < 1 || line.Shown && (line.Count != 1 || line.Name == "") || line.Count > int64(len(h.Leaves))-told {
			return fmt.Sprintf("%s:%d", historyLinesFile, i+1), ErrLines
		}
		told += line.Count
	}
	if told != int64(len(h.Leaves)) {
		return fmt.Sprintf("%s:%d", historyLinesFile, len(h.Lines)), ErrLines
	}
	return h.checkShown()
}

// checkProofs holds every proof against the tree: each event once, in the order of the log. If one is wrong, it says which.
func (h History) checkProofs(c Checkpoint) (wrong string, err error) {
	last := int64(-1)
	for _, proven := range h.Proofs {
		switch {
		case proven.Inclusion.Index <= last:
			err = ErrNotProven
		default:
			err = proven.check(c)
		}
		if err != nil {
			return proven.Event.ID.String(), err
		}
		last = proven.Inclusion.Index
	}
	return "", nil
}

func (p ProvenEvent) check(c Checkpoint) error {
	if err := p.Inclusion.Check(c, p.Event.Frame().Leaf()); err != nil {
		return err
	}
	return p.Event.Check()
}
