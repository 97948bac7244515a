package backup

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"signaalboek/domain"
	"signaalboek/domain/proof"
)

// ErrForked is a backup of a log that does not hold what the ledger promised in a signed checkpoint: it is older, or of
// another history.
var ErrForked = errors.New("backup: it does not hold the history that was signed")

// Events writes all events of a log, up to its end as it is now, in one part; and what history that is. checkpoint is the
// last that was signed, if any was.
func (w *Writer) Events(ctx context.Context, log domain.Store, checkpoint string) error {
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
		end = r.Position
		record = appendEvent(record[:0], r)
		if err := w.Record(record); err != nil {
			return err
		}
	}
	w.Tree(Tree{Size: edge.Size(), Root: edge.Root(), End: end.String(), Checkpoint: checkpoint})
	return nil
}

// History is the events in a backup of a log, as they are read.
type History struct {
	file *File

	// Promised is the last checkpoint that the ledger signed, which the events must hold; the zero value if it signed none.
	Promised proof.Checkpoint

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
	if place == h.Promised.Size && h.edge.Root() != h.Promised.Root {
		return r, fmt.Errorf("%w: the first %d events are others", ErrForked, place)
	}
	return r, nil
}

// check fails unless what was read is what was said and promised.
func (h *History) check(said Manifest) error {
	switch {
	case said.Tree == nil || said.Tree.Size != h.edge.Size() || said.Tree.Root != h.edge.Root():
		return h.file.explain(damaged("its events are not the tree that its manifest says"))
	case h.edge.Size() < h.Promised.Size:
		return fmt.Errorf("%w: %d events, and %d were signed", ErrForked, h.edge.Size(), h.Promised.Size)
	}
	return nil
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
