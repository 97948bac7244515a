package main

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/contact"
	"signaalboek/domain/ledger"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/signal"
	"signaalboek/projections"
)

// running is a set that follows the log, as the program's does.
type running struct {
	set    *projections.Set
	cancel context.CancelFunc
	ended  chan error
}

// follow starts a set from the snapshot and has it follow the log.
func follow(ctx context.Context, w world) (*running, error) {
	set, err := readSnapshot(ctx, w, filepath.Join(w.dir, "snapshot"))
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	r := &running{set: set, cancel: cancel, ended: make(chan error, 1)}
	go func() { r.ended <- set.Run(ctx) }()
	end, err := w.log.End(ctx)
	if err != nil {
		return nil, err
	}
	return r, set.Wait(ctx, end)
}

func (r *running) stop() {
	r.cancel()
	<-r.ended
}

// measureVisible gives commands to a real ledger, and measures from the moment that one is durable until every
// projection shows it.
func measureVisible(ctx context.Context, w world, r *running) ([]row, error) {
	book := ledger.New(w.log, w.vault, time.UTC)
	var committed, visible []time.Duration
	for i := range w.asks {
		start := time.Now()
		receipt, err := command(ctx, book, i)
		if err != nil {
			return nil, fmt.Errorf("give command %d: %w", i, err)
		}
		durable := time.Now()
		if err := r.set.Wait(ctx, receipt.Position); err != nil {
			return nil, err
		}
		committed, visible = append(committed, durable.Sub(start)), append(visible, time.Since(durable))
	}
	beyond := median(visible).Seconds()
	return []row{{
		what: "command to visible in every projection, beyond the commit, ms", ours: millis(beyond),
		peer:  "the command took " + millis(median(committed).Seconds()),
		ratio: beyond * 1e3, must: 2, aim: 1, atMost: true,
	}}, nil
}

// command registers a contact or picks up a signal.
func command(ctx context.Context, book *ledger.Ledger, i int) (ledger.Receipt, error) {
	now := time.Now()
	meta := domain.Meta{Command: uuid.New(), Actor: uuid.New(), Practice: largest, On: domain.DayOf(now.UTC()), At: now}
	if i%2 == 0 {
		return book.Contacts.Create(ctx, contact.Register{
			Activity: "huisbezoek", Requests: []contact.Request{{Themes: []domain.Code{"werk"}, Approaches: []domain.Code{"informatie"}}},
		}, meta)
	}
	return book.Signals.Create(ctx, signal.PickUp{
		From: signal.FromPartner, Themes: []domain.Code{"werk"},
		Evidence: signal.Evidence{Setting: pursuit.Setting{Kind: pursuit.AtPartner, Code: "caw"}},
	}, meta)
}
