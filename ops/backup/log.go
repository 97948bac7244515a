package backup

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"signaalboek/domain"
	"signaalboek/domain/proof"
)

// ErrForked is a log, or a backup of one, that does not hold what the ledger promised in a signed checkpoint: it is older,
// or of another history.
var ErrForked = errors.New("backup: it does not hold the history that was signed")

// Promised is the last checkpoint that a ledger signed, with the note that it stands in. The zero value: it signed none.
type Promised struct {
	proof.Checkpoint
	Note string
}

// met fails with ErrForked if a tree has come to the size that was promised, and is another one.
func (p Promised) met(edge *proof.Edge) error {
	if p.Size > 0 && edge.Size() == p.Size && edge.Root() != p.Root {
		return fmt.Errorf("%w: the first %d events are others", ErrForked, p.Size)
	}
	return nil
}

// kept fails with ErrForked if a whole tree is smaller than what was promised.
func (p Promised) kept(edge *proof.Edge) error {
	if edge.Size() < p.Size {
		return fmt.Errorf("%w: there are %d events, and %d were signed", ErrForked, edge.Size(), p.Size)
	}
	return nil
}

// Events writes all events of a log, up to its end as it is now, in one part; and what history that is. A log that does not
// hold what was promised is not backed up: ErrForked.
func (w *Writer) Events(ctx context.Context, log domain.Store, promised Promised) error {
	if err := w.Part(eventsPart); err != nil {
		return err
	}
	var edge proof.Edge
	var end domain.Position
	var record []byte
	for r, err := range log.ReadAll(ctx, domain.Position{}) {
		if err != nil {
			return fmt.Errorf("back up the log: %w", err)
		}
		leaf, err := proof.Leaf(r)
		if err != nil {
			return fmt.Errorf("back up the log: %w", err)
		}
		edge.Add(leaf)
		if err := promised.met(&edge); err != nil {
			return err
		}
		end = r.Position
		record = appendEvent(record[:0], r)
		if err := w.Record(record); err != nil {
			return err
		}
	}
	w.Tree(Tree{Size: edge.Size(), Root: edge.Root(), End: end.String(), Checkpoint: promised.Note})
	return promised.kept(&edge)
}

// History is the events in a backup of a log, as they are read.
type History struct {
	file *File

	// Promised is what the events must hold.
	Promised Promised

	edge     proof.Edge
	manifest Manifest
}

// History reads a backup of a log.
func (f *File) History() *History { return &History{file: f} }

// Events gives the events in their order, at positions 1, 2, 3 …: see Records. It ends with an error, also, unless they are
// the tree that the manifest says, and hold what was promised: ErrForked. They may be read more than once.
func (h *History) Events() iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		h.edge = proof.Edge{}
		said, err := h.file.read(eventsPart, func(record []byte, _ error) bool {
			r, err := h.event(record)
			return yield(r, err) && err == nil
		})
		if err == nil {
			h.manifest, err = said, h.check(said)
		}
		if err != nil && !errors.Is(err, errEnough) {
			yield(domain.Recorded{}, err)
		}
	}
}

// event reads one event, and takes it into the tree.
func (h *History) event(record []byte) (domain.Recorded, error) {
	place := h.edge.Size() + 1
	r, ok := readEvent(append([]byte{}, record...))
	if !ok {
		return r, h.file.explain(damaged("event %d cannot be read", place))
	}
	leaf, err := proof.Leaf(r)
	if err != nil {
		return r, h.file.explain(damaged("event %d is none of this program", place))
	}
	h.edge.Add(leaf)
	r.Position = domain.Position{Commit: uint64(place)}
	return r, h.Promised.met(&h.edge)
}

// check fails unless what was read is what was said and promised.
func (h *History) check(said Manifest) error {
	if said.Tree == nil || said.Tree.Size != h.edge.Size() || said.Tree.Root != h.edge.Root() {
		return h.file.explain(damaged("its events are not the tree that its manifest says"))
	}
	return h.Promised.kept(&h.edge)
}

// Check reads a backup through, and gives its manifest if everything in it is right. It reads no texts, and needs no vault.
func (f *File) Check() (Manifest, error) {
	if f.Header.Kind != Log {
		return f.read("", nil)
	}
	h := f.History()
	for _, err := range h.Events() {
		if err != nil {
			return Manifest{}, err
		}
	}
	return h.manifest, nil
}

// Manifest is what the backup said at its end; it is known when Events has ended without an error.
func (h *History) Manifest() Manifest { return h.manifest }

// ReadAll, with End, makes a History what package migrate copies from.
func (h *History) ReadAll(ctx context.Context, after domain.Position) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		for r, err := range h.Events() {
			if err == nil {
				err = ctx.Err()
			}
			if err == nil && !after.Before(r.Position) {
				continue
			}
			if !yield(r, err) || err != nil {
				return
			}
		}
	}
}

// End is the position of the last event. It reads the backup through, if that was not done.
func (h *History) End(ctx context.Context) (domain.Position, error) {
	if h.manifest.Tree == nil {
		for _, err := range h.ReadAll(ctx, domain.Position{}) {
			if err != nil {
				return domain.Position{}, err
			}
		}
	}
	return domain.Position{Commit: uint64(h.manifest.Tree.Size)}, nil
}
