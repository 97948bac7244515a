package projections

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"signaalboek/domain"
	"signaalboek/domain/catalog"
)

// textAt is where a sealed text stands in its stream: the revision of the event and the field. It is all that is kept of
// a text; the text itself stays in the log and is read there when it is shown. 0 is nowhere.
type textAt uint32

const textFieldBits = 3

// textIn is where a text of an event stands.
func textIn(revision domain.Revision, field fieldNo) textAt {
	return textAt(revision)<<textFieldBits | textAt(field)
}

// textOf is the same; nowhere, if there is no text.
func textOf(r *Reading, field fieldNo, text domain.Sealed) textAt {
	if text.IsZero() {
		return 0
	}
	return textIn(r.Revision, field)
}

func (at textAt) revision() domain.Revision { return domain.Revision(at >> textFieldBits) }
func (at textAt) field() fieldNo            { return fieldNo(at & (1<<textFieldBits - 1)) }

// textRef is where a sealed text stands in the log.
type textRef struct {
	stream domain.StreamID
	at     textAt
}

// shown is the texts that an answer shows, and where in the answer each belongs. It is collected when the answer is
// whole, and no longer under the lock of the set: reading takes its time.
type shown []shownText

type shownText struct {
	textRef
	in *domain.Sealed
}

func (s *shown) add(stream domain.StreamID, at textAt, in *domain.Sealed) {
	if at != 0 {
		*s = append(*s, shownText{textRef{stream, at}, in})
	}
}

// texts reads sealed texts in the log when they are shown. Those that were read last are kept, sealed as they are, so
// that on a ledger of normal size nothing is read twice.
type texts struct {
	store domain.Store

	mu    sync.Mutex // guards all below
	fresh map[textRef]domain.Sealed
	older map[textRef]domain.Sealed // what was fresh before; asked for again, it is fresh again
	size  int                       // of fresh, in bytes, about
}

const (
	freshTexts = 2 << 20 // bytes; as much again may be older
	textSize   = 250     // what a kept text takes beside its box, about
	textHands  = 8       // texts that are read at the same time: a log may be far away
)

func newTexts(store domain.Store) *texts {
	return &texts{store: store, fresh: map[textRef]domain.Sealed{}}
}

// fill puts every text where it is shown. An error is a fault of the log, or the context's.
func (t *texts) fill(ctx context.Context, all shown) error {
	missing := t.fillKept(all)
	return handsFull(ctx, len(missing), func(ctx context.Context, i int) error { return t.read(ctx, missing[i]) })
}

// missingText is a text that is not kept, and everywhere that it is shown.
type missingText struct {
	textRef
	in []*domain.Sealed
}

// fillKept fills in what is kept, and gives what is not, each once.
func (t *texts) fillKept(all shown) (missing []missingText) {
	t.mu.Lock()
	defer t.mu.Unlock()
	var place map[textRef]int // in missing
	for _, one := range all {
		if sealed, kept := t.kept(one.textRef); kept {
			*one.in = sealed
			continue
		}
		at, again := place[one.textRef]
		if !again {
			if place == nil {
				place = map[textRef]int{}
			}
			at, place[one.textRef] = len(missing), len(missing)
			missing = append(missing, missingText{textRef: one.textRef})
		}
		missing[at].in = append(missing[at].in, one.in)
	}
	return missing
}

func (t *texts) kept(ref textRef) (domain.Sealed, bool) {
	sealed, kept := t.fresh[ref]
	if kept {
		return sealed, true
	}
	if sealed, kept = t.older[ref]; kept {
		t.keep(ref, sealed)
	}
	return sealed, kept
}

// keep keeps a text; what was not asked for the longest goes.
func (t *texts) keep(ref textRef, sealed domain.Sealed) {
	t.fresh[ref] = sealed
	if t.size += textSize + len(sealed.Box); t.size > freshTexts {
		t.fresh, t.older, t.size = map[textRef]domain.Sealed{}, t.fresh, 0
	}
}

// unread stands for a text while the log that holds it is away. It is kept nowhere.
var unread = domain.Sealed{Box: "unread"}

// IsUnread reports whether a text could not be read because the log is away: there is one, and nobody can open it now.
func IsUnread(text domain.Sealed) bool { return text == unread }

func (t *texts) read(ctx context.Context, one missingText) error {
	sealed, err := t.inLog(ctx, one.textRef)
	if errors.Is(err, domain.ErrLogAway) {
		for _, in := range one.in {
			*in = unread
		}
		return nil
	}
	if err != nil {
		return fmt.Errorf("projections: read a text of %s at revision %d: %w", one.stream, one.at.revision(), err)
	}
	for _, in := range one.in {
		*in = sealed
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.keep(one.textRef, sealed)
	return nil
}

// handsFull does n things, a few at a time: each mostly waits for a log. It gives the first error.
func handsFull(ctx context.Context, n int, do func(ctx context.Context, i int) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var begun atomic.Int64
	var working sync.WaitGroup
	for range min(textHands, n) {
		working.Go(func() {
			for i := int(begun.Add(1)); i <= n && ctx.Err() == nil; i = int(begun.Add(1)) {
				if err := do(ctx, i-1); err != nil {
					cancel(err)
				}
			}
		})
	}
	working.Wait()
	return context.Cause(ctx)
}

// errNoText is a log that does not hold what was folded out of it.
var errNoText = errors.New("there is none")

func (t *texts) inLog(ctx context.Context, ref textRef) (domain.Sealed, error) {
	for recorded, err := range t.store.ReadStream(ctx, ref.stream, ref.at.revision()) {
		if err != nil {
			return domain.Sealed{}, err
		}
		return textInEvent(recorded, ref.at)
	}
	return domain.Sealed{}, errNoText
}

// textInEvent is one text of an event.
func textInEvent(recorded domain.Recorded, at textAt) (found domain.Sealed, err error) {
	if recorded.Revision != at.revision() {
		return domain.Sealed{}, errNoText
	}
	entry, err := catalog.Decode(recorded)
	if err != nil {
		return domain.Sealed{}, err
	}
	_, err = catalog.Default.EachText(entry.Event, func(field string, text domain.Sealed) (domain.Sealed, error) {
		if fieldOf[field] == at.field() && !text.IsZero() {
			found = text
		}
		return text, nil
	})
	if err == nil && found.IsZero() {
		err = errNoText
	}
	return found, err
}
