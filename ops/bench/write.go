package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"sync"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/catalog"
	"signaalboek/domain/ledger"
)

// writers is how many streams are written at once: enough to let the vault and the log commit in groups.
const writers = 128

// fillLog writes the log of a region of about so many events, with every text sealed under a key of its own in the
// vault. Commitments and nonces are random bytes of the right length: nothing here checks them. One day is sealed and
// encoded while the day before it is appended.
func fillLog(ctx context.Context, r *region, store domain.Store, vault domain.Vault, events int) (count int, err error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	p := pen{store: store, vault: vault, actor: uuid.New()}
	written := make(chan []streamDay, 1)
	go func() {
		defer close(written)
		for made := 0; made < events && ctx.Err() == nil; {
			day := byStream(r.day())
			if err := each(ctx, day, p.encode); err != nil {
				cancel(err)
			}
			for i := range day {
				made += len(day[i].events)
			}
			written <- day
		}
	}()
	for day := range written {
		if err := each(ctx, day, p.append); err != nil {
			cancel(err)
		}
		for i := range day {
			count += len(day[i].events)
		}
	}
	return count, context.Cause(ctx)
}

// pen writes happenings to a log.
type pen struct {
	store domain.Store
	vault domain.Vault
	actor domain.ActorID
}

// streamDay is what happens on one stream on one day.
type streamDay struct {
	events []happening
	drafts []domain.Draft
}

// each does something with every run of a day, many at once, and returns the first error.
func each(ctx context.Context, day []streamDay, do func(context.Context, *streamDay) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	work := make(chan *streamDay)
	var working sync.WaitGroup
	for range min(writers, len(day)) {
		working.Go(func() {
			for one := range work {
				if err := do(ctx, one); err != nil {
					cancel(err)
				}
			}
		})
	}
	for i := range day {
		work <- &day[i]
	}
	close(work)
	working.Wait()
	return context.Cause(ctx)
}

// byStream cuts a day into what happened on each stream.
func byStream(day []happening) []streamDay {
	at := make(map[*stream]int, len(day))
	var runs []streamDay
	for i := range day {
		n, known := at[day[i].stream]
		if !known {
			n = len(runs)
			at[day[i].stream] = n
			runs = append(runs, streamDay{})
		}
		runs[n].events = append(runs[n].events, day[i])
	}
	return runs
}

func (p pen) encode(ctx context.Context, r *streamDay) error {
	for _, h := range r.events {
		draft, err := p.draft(ctx, h)
		if err != nil {
			return fmt.Errorf("encode %s: %w", h.event.EventName(), err)
		}
		r.drafts = append(r.drafts, draft)
	}
	return nil
}

func (p pen) append(ctx context.Context, r *streamDay) error {
	first := r.events[0]
	_, err := p.store.Append(ctx, first.stream.id, first.revision-1, r.drafts)
	return err
}

func (p pen) draft(ctx context.Context, h happening) (domain.Draft, error) {
	id, meta := h.id, domain.Meta{Command: uuid.New(), Actor: p.actor, Practice: h.practice, On: h.on}
	sealed, err := catalog.Default.EachText(h.event, func(field string, text domain.Sealed) (domain.Sealed, error) {
		return p.vault.Seal(ctx, domain.Place{Event: id, Field: field}, text)
	})
	if err != nil {
		return domain.Draft{}, err
	}
	payload, err := catalog.Default.Encode(sealed)
	if err != nil {
		return domain.Draft{}, err
	}
	trail := catalog.Trail{Command: meta.Command, Actor: meta.Actor, Practice: meta.Practice, On: meta.On}
	fields, err := ledger.Fields(trail, payload)
	if err != nil {
		return domain.Draft{}, err
	}
	noise := make([]byte, 16+32+32*len(fields))
	rand.Read(noise) // never fails
	trail.Body, trail.Nonce, trail.Fields = noise[:16], noise[16:48], noise[48:]
	metadata, err := catalog.EncodeTrail(trail)
	return domain.Draft{ID: id, Name: h.event.EventName(), At: moment(h.on), Payload: payload, Metadata: metadata}, err
}
