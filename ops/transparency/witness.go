package transparency

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"golang.org/x/mod/sumdb/note"

	"signaalboek/domain/proof"
	"signaalboek/ops/durable"
)

// WitnessFile is what a witness remembers: of each ledger the checkpoint that they cosigned last. It is theirs, on their
// own machine, and knows nothing of any ledger but that.
//
// A cosignature says that nothing the witness cosigned before contradicts it, for ever. So the file is locked from looking
// to writing, and what will be cosigned stands in it before the cosignature is made: two at once are one after the other,
// and if we die under way the witness is asked again, and answers the same.
type WitnessFile struct{ path string }

// NewWitnessFile is the memory of a witness in a file, which need not be there.
func NewWitnessFile(path string) *WitnessFile { return &WitnessFile{path} }

// What a witness does not cosign.
var (
	// ErrWitnessDamaged is a memory that cannot be read: a witness who cosigned then would not know what they promised.
	ErrWitnessDamaged = errors.New("transparency: what the witness remembers is damaged")

	// ErrWitnessKey is a ledger that signs with another key than when the witness cosigned it last.
	ErrWitnessKey = errors.New("transparency: the ledger signs with another key than before")

	// ErrWitnessOlder is a checkpoint that was signed before the one that the witness cosigned last.
	ErrWitnessOlder = errors.New("transparency: the witness cosigned a later checkpoint")

	// ErrWitnessFork is a ledger that signed two histories. Both stand in the witness's memory from then on.
	ErrWitnessFork = errors.New("transparency: the ledger signed two histories")
)

// WitnessOf is a ledger as a witness knows it.
type WitnessOf struct {
	Key  string `json:"key"`  // that it signs with
	Note string `json:"note"` // the last checkpoint that was cosigned
}

// Contradiction is what shows that a ledger signed two histories.
type Contradiction struct {
	Origin  string    `json:"origin"`
	Before  string    `json:"before"`  // the checkpoint that was cosigned
	Request string    `json:"request"` // that does not extend it, and is signed too
	At      time.Time `json:"at"`
}

// remembered is the file.
type remembered struct {
	Ledgers        map[string]WitnessOf `json:"ledgers"` // by origin
	Contradictions []Contradiction      `json:"contradictions,omitempty"`
}

// Cosign is the line that a witness adds to the checkpoint of a request, if it extends what they cosigned last; asked once
// more about that one, it answers again. It fails with the errors above, or as Request.Check does.
func (f *WitnessFile) Cosign(
	ctx context.Context, request proof.Request, log note.Verifier, vkey string, key proof.WitnessKey, at time.Time,
) (line string, err error) {
	unlock, err := lock(ctx, f.path+"-lock")
	if err != nil {
		return "", fmt.Errorf("lock what the witness remembers: %w", err)
	}
	defer func() { err = errors.Join(err, unlock()) }()
	all, err := f.read()
	if err != nil {
		return "", err
	}
	if err := all.admit(request, log, vkey, at); err != nil {
		if errors.Is(err, ErrWitnessFork) {
			err = errors.Join(err, f.write(all))
		}
		return "", err
	}
	if err := f.write(all); err != nil {
		return "", err
	}
	// If we die here, the checkpoint is remembered and nobody has the line: asked again, we write it.
	with, err := key.Cosign(request.Signed, log, at)
	if err != nil {
		return "", err
	}
	return lineOf(with, key)
}

// admit takes in the checkpoint of a request, or says why the witness must not cosign it.
func (r *remembered) admit(request proof.Request, log note.Verifier, vkey string, at time.Time) error {
	asked, err := proof.Open(request.Signed, log)
	if err != nil {
		return err
	}
	known, seen := r.Ledgers[log.Name()]
	if seen && known.Key != vkey {
		return ErrWitnessKey
	}
	last, err := known.checkpoint()
	switch {
	case err != nil:
		return err
	case seen && asked.Size == last.Size && asked.Root == last.Root:
		return nil
	case seen && asked.Size == last.Size:
		return r.contradicted(log.Name(), known.Note, request, at)
	case seen && asked.Size < last.Size:
		return fmt.Errorf("%d events, after %d: %w", asked.Size, last.Size, ErrWitnessOlder)
	}
	if _, err := request.Check(last, log); errors.Is(err, proof.ErrNotExtended) {
		return r.contradicted(log.Name(), known.Note, request, at)
	} else if err != nil {
		return err
	}
	r.Ledgers[log.Name()] = WitnessOf{vkey, string(request.Signed)}
	return nil
}

func (r *remembered) contradicted(origin, before string, request proof.Request, at time.Time) error {
	text := request.Text()
	if !slices.ContainsFunc(r.Contradictions, func(c Contradiction) bool { return c.Before == before && c.Request == text }) {
		r.Contradictions = append(r.Contradictions, Contradiction{origin, before, text, at.UTC()})
	}
	return ErrWitnessFork
}

// checkpoint is the one that was cosigned last; one of size 0 if there is none.
func (w WitnessOf) checkpoint() (proof.Checkpoint, error) {
	if w.Note == "" {
		return proof.Checkpoint{}, nil
	}
	last, err := Signed{Note: w.Note}.Checkpoint()
	if err != nil {
		return last, ErrWitnessDamaged
	}
	return last, nil
}

// lineOf is the line of a witness in a note.
func lineOf(with []byte, key proof.WitnessKey) (string, error) {
	for line := range strings.Lines(string(with)) {
		if strings.HasPrefix(line, "— "+key.Name()+" ") {
			return line, nil
		}
	}
	return "", proof.ErrCheckpoint
}

// Last is the checkpoint of a ledger that the witness cosigned last; one of size 0 if there is none.
func (f *WitnessFile) Last(origin string) (proof.Checkpoint, error) {
	all, err := f.read()
	if err != nil {
		return proof.Checkpoint{}, err
	}
	return all.Ledgers[origin].checkpoint()
}

// Contradictions is what was kept of ledgers that signed two histories.
func (f *WitnessFile) Contradictions() ([]Contradiction, error) {
	all, err := f.read()
	return all.Contradictions, err
}

func (f *WitnessFile) read() (remembered, error) {
	all := remembered{Ledgers: map[string]WitnessOf{}}
	raw, err := os.ReadFile(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return all, nil
	}
	if err != nil {
		return all, fmt.Errorf("read what the witness remembers: %w", err)
	}
	line, err := unsealed(raw)
	if err == nil {
		err = json.Unmarshal(line, &all, json.RejectUnknownMembers(true))
	}
	if err != nil || all.Ledgers == nil {
		return all, fmt.Errorf("%w: %s", ErrWitnessDamaged, filepath.Base(f.path))
	}
	return all, nil
}

func (f *WitnessFile) write(all remembered) error {
	raw, err := json.Marshal(all, json.Deterministic(true))
	if err != nil {
		return fmt.Errorf("write what the witness remembers: %w", err)
	}
	return durable.Replace(f.path, durable.Bytes(sealed(raw)))
}
