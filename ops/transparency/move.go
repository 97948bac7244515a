package transparency

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
)

// ErrOtherHistory is a place that holds another history, or another key, than the one that is to go there.
var ErrOtherHistory = errors.New("transparency: another history stands there")

// CopyHead has a history go on in another place: what was promised here is promised there, by whoever signs there. Nobody
// signs here any more. Asked again, it finds that it is there. Of a place where nothing was signed nothing is copied. It
// fails with ErrOtherHistory if something else was signed there.
func CopyHead(ctx context.Context, from, to Heads) error {
	head, err := from.Head(ctx)
	if err != nil || head.Revision == 0 {
		return err
	}
	promised, err := head.Promised()
	if err != nil {
		return err
	}
	_, err = Change(ctx, to, func(h *Head) error {
		there, err := h.Promised()
		begun := h.Origin != "" || len(h.Earlier) > 0
		switch {
		case err != nil:
			return err
		case begun && (h.Origin != head.Origin || h.Key != head.Key):
			return ErrOtherHistory
		case begun && there.Size >= promised.Size: // it went on there
			return errAsItIs
		}
		revision := h.Revision
		*h = head
		h.Revision, h.Lease = revision, Lease{}
		return nil
	})
	return err
}

// CopyKey copies the file of a signing key, if it is there. It fails with ErrOtherHistory if another key is at the new place.
func CopyKey(from, to string) error {
	key, err := ReadKey(from)
	if errors.Is(err, ErrNoKey) {
		return nil
	}
	if err != nil {
		return err
	}
	switch held, err := ReadKey(to); {
	case errors.Is(err, ErrNoKey):
		return key.write(to)
	case err != nil:
		return err
	case !held.private.Equal(key.private):
		return fmt.Errorf("copy the signing key to %s: %w", filepath.Base(to), ErrOtherHistory)
	}
	return nil
}
