package transparency

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/google/uuid"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"signaalboek/domain"
	"signaalboek/domain/proof"
)

// Head is what must never fork and is never put back: what the ledger has promised so far, and who signs. It holds
// nothing about anybody. Revision 0 is a head of which nothing was ever kept.
type Head struct {
	Revision int64     `json:"revision"`
	Writer   uuid.UUID `json:"writer"` // of the swap that wrote it: so one whose answer was lost is known again

	Origin      string   `json:"origin"`             // of the history now; empty: nothing was signed yet
	Key         string   `json:"key"`                // that it is signed with: a verifier key, as in a note
	Checkpoints []Signed `json:"checkpoints"`        // the latest, newest last, with the cosignatures that they got
	Lease       Lease    `json:"lease,omitzero"`     // who signs
	Earlier     []Ended  `json:"earlier,omitempty"`  // histories that ended with a loss
	Verified    []Check  `json:"verified,omitempty"` // what was verified lately, newest last
}

// How much a head keeps: who needs an older checkpoint has it. What a witness was asked about is kept apart, for their line
// may come back weeks later.
const (
	mostCheckpoints = 64
	mostAsked       = 64
	mostVerified    = 64
)

// Signed is a checkpoint as it was signed.
type Signed struct {
	Note     string    `json:"note"`     // with every cosignature so far
	Position string    `json:"position"` // in the log that it was signed on, of its last event
	At       time.Time `json:"at"`
	Asked    bool      `json:"asked,omitzero"` // a witness was asked to cosign it
}

// Checkpoint is what it promises; whoever must know that it was signed asks proof.Open.
func (s Signed) Checkpoint() (proof.Checkpoint, error) {
	return proof.Claimed(s.Note)
}

// Lease says which process signs, and until when nobody else does.
type Lease struct {
	Holder string    `json:"holder"`
	Until  time.Time `json:"until"`
}

// IsZero reports whether nobody holds it.
func (l Lease) IsZero() bool { return l.Holder == "" }

// Loss is why a history ended.
type Loss string

// The reasons. There is no other text, so that nothing about anybody can be in it.
const (
	Restored Loss = "restored" // an older copy of the log was put back
	Damaged  Loss = "damaged"  // the log was altered, or what was lost of it could not be put back
	KeyLost  Loss = "key-lost" // the signing key was lost, or others may have it
)

// Losses lists every reason.
func Losses() []Loss { return []Loss{Restored, Damaged, KeyLost} }

// Ended is a history that was promised and does not go on.
type Ended struct {
	Origin string    `json:"origin"`
	Key    string    `json:"key"`
	Last   Signed    `json:"last"`
	Reason Loss      `json:"reason"`
	At     time.Time `json:"at"`
}

// Check is that somebody verified something.
type Check struct {
	At   time.Time      `json:"at"`
	By   domain.ActorID `json:"by,omitzero"` // a pseudonym; zero: whoever runs the program
	What string         `json:"what"`        // a code: "log", "release"
	Size int64          `json:"size"`        // of the tree that it was held against, in events
	Root tlog.Hash      `json:"root"`
	Good bool           `json:"good"`
}

// Last is the checkpoint that was signed last, and false if there is none.
func (h Head) Last() (Signed, bool) {
	if len(h.Checkpoints) == 0 {
		return Signed{}, false
	}
	return h.Checkpoints[len(h.Checkpoints)-1], true
}

// Verifier checks signatures of the history now.
func (h Head) Verifier() (note.Verifier, error) {
	verifier, err := note.NewVerifier(h.Key)
	if err != nil {
		return nil, fmt.Errorf("head: its key: %w", ErrHeadDamaged)
	}
	return verifier, nil
}

// Promised is the checkpoint that was signed last; one of size 0 if there is none. A head whose checkpoint its key did not
// sign was damaged, or written by somebody without the key: ErrHeadDamaged.
func (h Head) Promised() (proof.Checkpoint, error) {
	last, any := h.Last()
	if !any {
		return proof.Checkpoint{Origin: h.Origin, Root: proof.EmptyRoot}, nil
	}
	verifier, err := h.Verifier()
	if err != nil {
		return proof.Checkpoint{}, err
	}
	promised, err := proof.Open([]byte(last.Note), verifier)
	if err != nil || promised.Origin != h.Origin {
		return proof.Checkpoint{}, fmt.Errorf("head: its checkpoint: %w", errors.Join(ErrHeadDamaged, err))
	}
	return promised, nil
}

// The errors of a head.
var (
	// ErrMoved is a head that somebody else swapped meanwhile.
	ErrMoved = errors.New("transparency: the head has moved")

	// ErrHeadDamaged is a head that cannot be read, or was not written by us.
	ErrHeadDamaged = errors.New("transparency: the head is damaged")
)

// Heads keeps one head, wherever. Every method may be called by several goroutines and several processes at once.
type Heads interface {
	// Head is the head as it is. It fails with ErrHeadDamaged, and then gives what must be swapped to put another in its place.
	Head(ctx context.Context) (Head, error)

	// Swap puts a head in the place of the one of the same revision, durably; it then has the next revision. It fails with
	// ErrMoved if that is not the revision any more, and then has changed nothing; with domain.ErrUnknown if nobody knows.
	Swap(ctx context.Context, head Head) error
}

// errAsItIs is a change that changes nothing.
var errAsItIs = errors.New("transparency: nothing to change")

// attempts is how often a swap is tried that others were quicker in.
const attempts = 8

// Change changes the head that heads keep, and returns it as it then is. Of others who change it at the same time nothing
// is lost: change is asked again, with what they made of it.
func Change(ctx context.Context, heads Heads, change func(*Head) error) (Head, error) {
	for range attempts {
		head, err := heads.Head(ctx)
		if err != nil {
			return head, err
		}
		if err := change(&head); errors.Is(err, errAsItIs) {
			return head, nil
		} else if err != nil {
			return head, err
		}
		if head, err = swap(ctx, heads, head); !errors.Is(err, ErrMoved) {
			return head, err
		}
	}
	return Head{}, fmt.Errorf("change the head: %w", ErrMoved)
}

// swap is a Swap of which is known how it ended: if the answer was lost, it looks.
func swap(ctx context.Context, heads Heads, head Head) (Head, error) {
	head.Writer = uuid.New()
	err := heads.Swap(ctx, head)
	if errors.Is(err, domain.ErrUnknown) {
		now, failed := heads.Head(ctx)
		switch {
		case failed != nil:
			return head, errors.Join(err, failed)
		case now.Writer == head.Writer:
			return now, nil
		}
		return head, ErrMoved
	}
	head.Revision++
	return head, err
}

// Record keeps that something was verified.
func Record(ctx context.Context, heads Heads, done Check) error {
	_, err := Change(ctx, heads, func(h *Head) error {
		h.Verified = latest(append(h.Verified, done), mostVerified)
		return nil
	})
	return err
}

// Asked keeps a checkpoint of the head until its witnesses answer: they were asked to cosign it. One that the head does not
// hold any more is ErrOtherCheckpoint.
func Asked(ctx context.Context, heads Heads, signed Signed) error {
	_, err := Change(ctx, heads, func(h *Head) error {
		nth := slices.IndexFunc(h.Checkpoints, func(s Signed) bool { return body(s.Note) == body(signed.Note) })
		switch {
		case nth < 0:
			return ErrOtherCheckpoint
		case h.Checkpoints[nth].Asked:
			return errAsItIs
		}
		h.Checkpoints[nth].Asked = true
		return nil
	})
	return err
}

// trimmed is the last so many checkpoints, and the last so many of those that witnesses were asked about.
func trimmed(all []Signed) []Signed {
	asked, others := mostAsked, mostCheckpoints
	var kept []Signed
	for _, signed := range slices.Backward(all) {
		room := &others
		if signed.Asked {
			room = &asked
		}
		if *room--; *room >= 0 {
			kept = append(kept, signed)
		}
	}
	slices.Reverse(kept)
	return kept
}

// latest is the last so many.
func latest[T any](all []T, most int) []T { return all[max(0, len(all)-most):] }

// encode is a head as it is kept: a line of JSON behind its checksum.
func encode(h Head) ([]byte, error) {
	raw, err := json.Marshal(h)
	if err != nil {
		return nil, fmt.Errorf("encode the head: %w", err)
	}
	return sealed(raw), nil
}

func decode(raw []byte) (h Head, err error) {
	line, err := unsealed(raw)
	if err == nil {
		err = json.Unmarshal(line, &h, json.RejectUnknownMembers(true))
	}
	if err != nil {
		return Head{}, fmt.Errorf("%w: %w", ErrHeadDamaged, err)
	}
	return h, nil
}
