package proof

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Request asks a witness to cosign a checkpoint, and proves that it extends the one that the witness cosigned last. Its
// text is the body of add-checkpoint in C2SP tlog-witness: it can be sent, or carried on a stick.
type Request struct {
	Consistency        // New is the size of the checkpoint
	Signed      []byte // the checkpoint, as a note
}

// ErrRequest is a text that asks no witness anything.
var ErrRequest = errors.New("proof: not a request to a witness")

// ErrOtherSize is a request that begins elsewhere than what the witness cosigned last.
var ErrOtherSize = errors.New("proof: the witness cosigned another size last")

// Text is the request as it travels.
func (r Request) Text() string {
	text := fmt.Sprintf("old %d\n", r.Old)
	for _, hash := range r.Hashes {
		text += hash.String() + "\n"
	}
	return text + "\n" + string(r.Signed)
}

// mostHashes is how many a request may hold, as C2SP says.
const mostHashes = 63

// ParseRequest reads what Text wrote.
func ParseRequest(text string) (Request, error) {
	head, signed, found := strings.Cut(text, "\n\n")
	lines := strings.Split(head, "\n")
	size, isOld := strings.CutPrefix(lines[0], "old ")
	old, err := strconv.ParseInt(size, 10, 64)
	if !found || !isOld || err != nil || old < 0 || strconv.FormatInt(old, 10) != size || len(lines) > 1+mostHashes {
		return Request{}, ErrRequest
	}
	r := Request{Consistency: Consistency{Old: old}, Signed: []byte(signed)}
	for _, line := range lines[1:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return Request{}, ErrRequest
		}
		r.Hashes = append(r.Hashes, hash)
	}
	c, err := Claimed(signed)
	if err != nil {
		return Request{}, ErrRequest
	}
	r.New = c.Size
	return r, nil
}

// Check is the checkpoint that a witness may cosign, who cosigned last before; nothing yet is a checkpoint of size 0. It
// fails with ErrCheckpoint if log did not sign it, with ErrOtherSize, or with ErrNotExtended: that one is proof that the
// ledger's history was changed, and worth keeping.
func (r Request) Check(last Checkpoint, log note.Verifier) (Checkpoint, error) {
	c, err := Open(r.Signed, log)
	if err != nil {
		return Checkpoint{}, err
	}
	if last.Size == 0 {
		last.Root = EmptyRoot
	}
	if r.Old != last.Size {
		return Checkpoint{}, fmt.Errorf("from %d, not %d: %w", r.Old, last.Size, ErrOtherSize)
	}
	return c, r.Consistency.Check(last, c)
}
