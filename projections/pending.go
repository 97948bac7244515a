package projections

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"signaalboek/domain"
)

// openPending reads and opens the texts of which a snapshot only held where they stand. The log and the vault are asked
// while nobody waits for the lock; two queries may do the same work at first.
func (s *Search) openPending(ctx context.Context) error {
	pending, closings := s.pending()
	err := handsFull(ctx, len(pending), func(ctx context.Context, i int) error {
		return pending[i].open(ctx, s.signals.texts.store, s.vault)
	})
	if err != nil || len(pending) == 0 {
		return err
	}
	if !s.foldPending(pending, closings) {
		return s.openPending(ctx)
	}
	return nil
}

// foldPending keeps what was opened, unless something was forgotten meanwhile.
func (s *Search) foldPending(pending []pendingStream, closings int) bool {
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.closings != closings {
		return false
	}
	for _, stream := range pending {
		for _, p := range stream.texts {
			// Not replaced, nor opened by another query, meanwhile.
			if of := *s.texts.at(p.at); of.folded == 0 && of.text == p.text {
				s.fold(p.at, p.folded)
			}
		}
	}
	s.closed = nil
	return true
}

// pendingStream is the texts of one stream that are being opened.
type pendingStream struct {
	stream domain.StreamID
	texts  []pendingText // in the order of their revisions
}

type pendingText struct {
	at     uint32 // in Search
	text   textAt
	folded string
}

func (s *Search) pending() (pending []pendingStream, closings int) {
	s.lock.RLock()
	defer s.lock.RUnlock()
	place := map[thingNo]int{}
	for _, at := range s.closed {
		text := *s.texts.at(at)
		of, begun := place[text.thing]
		if !begun {
			of, place[text.thing] = len(pending), len(pending)
			pending = append(pending, pendingStream{stream: s.signals.idOf(text.thing)})
		}
		pending[of].texts = append(pending[of].texts, pendingText{at: at, text: text.text})
	}
	for _, stream := range pending {
		slices.SortFunc(stream.texts, func(a, b pendingText) int { return cmp.Compare(a.text, b.text) })
	}
	return pending, s.closings
}

// open reads the stream once, as far as it has texts, and opens those.
func (p *pendingStream) open(ctx context.Context, store domain.Store, vault domain.Vault) error {
	next := 0
	for recorded, err := range store.ReadStream(ctx, p.stream, p.texts[0].text.revision()) {
		if err == nil {
			next, err = p.openIn(ctx, recorded, next, vault)
		}
		if err != nil {
			return fmt.Errorf("search: read the texts of %s: %w", p.stream, err)
		}
		if next == len(p.texts) {
			return nil
		}
	}
	return fmt.Errorf("search: read the texts of %s: %w", p.stream, errNoText)
}

// openIn opens the texts of one event, of which the first may be next.
func (p *pendingStream) openIn(ctx context.Context, recorded domain.Recorded, next int, vault domain.Vault) (int, error) {
	for ; next < len(p.texts) && p.texts[next].text.revision() == recorded.Revision; next++ {
		text := &p.texts[next]
		sealed, err := textInEvent(recorded, text.text)
		if err != nil {
			return next, err
		}
		plain, err := openText(ctx, vault, sealed)
		if err != nil {
			return next, err
		}
		text.folded = foldedWords(plain)
	}
	return next, nil
}
