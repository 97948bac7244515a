package api

import (
	"context"
	"time"

	"golang.org/x/mod/sumdb/note"

	"signaalboek/domain"
	"signaalboek/domain/proof"
)

// What is refused about the proof of history.
var (
	// ErrUnproven is a ledger whose history nobody proves: nothing keeps a tree over it.
	ErrUnproven = domain.Refuse(domain.Conflict, "history-unproven")

	// ErrUnsigned is an event, or a whole history, that stands in no signed checkpoint yet.
	ErrUnsigned = domain.Refuse(domain.Conflict, "history-unsigned")

	// ErrNoCosignature is a line that no witness of ours wrote, or not under the checkpoint that was signed last.
	ErrNoCosignature = domain.Refuse(domain.Invalid, "cosignature-wrong")

	// ErrNoRequest is a size that the tree never had.
	ErrNoRequest = domain.Refuse(domain.Invalid, "witness-size")
)

// History is what proves that nothing of the ledger was changed, as the site asks about it. Beside the refusals above each
// method may return domain.ErrForked, or a fault. Every method may be called by several goroutines at once.
type History interface {
	// Standing is what the ledger promises now.
	Standing(ctx context.Context) (Standing, error)

	// Prove says where in the tree of the last signed checkpoint an event stands, and is that checkpoint. ErrUnsigned.
	Prove(ctx context.Context, event domain.Position) (proof.Inclusion, []byte, error)

	// Request asks a witness to cosign the last checkpoint, who cosigned one of a size last. ErrUnsigned, ErrNoRequest.
	Request(ctx context.Context, old int64) (proof.Request, error)

	// Cosign adds what a witness wrote under the last checkpoint. ErrUnsigned, ErrNoCosignature.
	Cosign(ctx context.Context, line string) error

	// Verify looks at everything: the tree against the log, the signatures, what every projection took in. It tells how
	// far it is, keeps what came of it, and by whom it was asked.
	Verify(ctx context.Context, by domain.ActorID, progress func(done, total int64)) (Verification, error)
}

// Standing is what a ledger promises of its history.
type Standing struct {
	Log       note.Verifier    // nil: nothing was signed yet, and then only the rest of this line
	Key       string           // of the ledger, as others write it down
	Signed    []byte           // the last checkpoint, a note
	Latest    proof.Checkpoint // what it promises
	At        time.Time        // when it was signed
	Policy    proof.Policy     // who must cosign
	Witnesses []WitnessStanding
	Earlier   []EndedHistory // that do not go on, the first one first
	Verified  []Verification // lately, the last one first
}

// WitnessStanding is up to where a witness cosigned.
type WitnessStanding struct {
	Name   string
	At     time.Time // zero: never
	Size   int64     // of the last tree that they cosigned
	Latest bool      // that is the last one there is
}

// EndedHistory is a history that was promised and does not go on.
type EndedHistory struct {
	Origin string
	Size   int64
	Reason string // of family "loss"
	At     time.Time
}

// Verification is that something was verified.
type Verification struct {
	At   time.Time
	By   domain.ActorID // zero: by whoever runs the program, or by itself
	What string         // of family "verified"
	Size int64          // of the tree that it was held against, in events
	Good bool
}
