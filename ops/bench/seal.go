package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/contact"
	"signaalboek/domain/ledger"
	"signaalboek/domain/practice"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/recommendation"
	"signaalboek/domain/signal"
	"signaalboek/ops/eventlog/sqlite"
)

// measureSealing holds commands of one client that seal something, from asking to durable, against the same commands with
// everything but sealing: what keys and seeds cost.
func measureSealing(ctx context.Context, w world) (rows []row, err error) {
	var clerks [2]*clerk
	for i, vault := range []domain.Vault{w.vault, unsealing{w.vault}} {
		log, err := sqlite.Open(ctx, filepath.Join(w.dir, fmt.Sprint("sealing", i)), sqlite.Options{})
		if err != nil {
			return nil, err
		}
		defer func() { err = errors.Join(err, log.Close()) }()
		if clerks[i], err = newClerk(ctx, log, vault, (w.rounds+1)*w.appends); err != nil {
			return nil, fmt.Errorf("begin to seal: %w", err)
		}
	}
	for _, work := range []struct {
		what string
		do   func(*clerk, context.Context) error
	}{
		{"contact: a recognition and a seed", (*clerk).meet},
		{"proposal: a text and a seed", (*clerk).propose},
		{"signal noted: a text", (*clerk).note},
	} {
		taking := func(c *clerk) turn {
			return func() (cost, error) { return oneByOne(w.appends, func() error { return work.do(c, ctx) }) }
		}
		for _, c := range clerks { // stock, caches and write-ahead logs get the size that they keep
			if _, err := taking(c)(); err != nil {
				return nil, fmt.Errorf("%s: %w", work.what, err)
			}
		}
		costs, err := sideBySide(w.rounds, taking(clerks[0]), taking(clerks[1]))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", work.what, err)
		}
		rows = append(rows, row{
			what: work.what + ", p50: sealed ÷ not", ours: micros(medianOf(costs[0], p50)), peer: micros(medianOf(costs[1], p50)),
			ratio: ratioOf(costs[0], costs[1], p50), must: 1.10, atMost: true, cpu: cpuOf(costs[0], costs[1]),
		})
	}
	return rows, nil
}

// unsealing is a vault that leaves out what sealing costs: a text stays as it is, and every seed is the same.
type unsealing struct{ domain.Vault }

// Seal implements domain.Vault.
func (unsealing) Seal(_ context.Context, at domain.Place, s domain.Sealed) (domain.Sealed, error) {
	plain, _ := s.Plain()
	return domain.Sealed{Key: at.Event, Box: plain, Place: at}, nil
}

// NewSeed implements domain.Vault.
func (unsealing) NewSeed(context.Context) (domain.SeedID, [32]byte, error) {
	return domain.SeedID{15: 1}, [32]byte{1}, nil
}

// Seed implements domain.Vault.
func (unsealing) Seed(context.Context, domain.SeedID) ([32]byte, error) { return [32]byte{1}, nil }

// clerk gives commands to a ledger, one after the other.
type clerk struct {
	*ledger.Ledger
	card    domain.CardID
	signals []domain.StreamID // that were not noted yet
}

// newClerk opens a practice on a log, with somebody to recognise and so many signals to note.
func newClerk(ctx context.Context, log domain.Store, vault domain.Vault, signals int) (c *clerk, err error) {
	c = &clerk{Ledger: ledger.New(log, vault, time.UTC)}
	_, err = c.Practices.Execute(ctx, ledger.Target{Stream: practice.StreamOf(largest)},
		practice.Open{Name: "STEK", Defaults: "harelbeke-2022"}, c.meta())
	if err != nil {
		return nil, err
	}
	c.card, err = vault.AddCard(ctx, uuid.New(), domain.NewCard{Practice: largest, Nickname: "rode fiets", EarlierYear: domain.No})
	for range signals {
		if err != nil {
			return nil, err
		}
		var receipt ledger.Receipt
		receipt, err = c.Signals.Create(ctx, signal.PickUp{
			From: signal.FromPartner, Themes: []domain.Code{"werk"},
			Evidence: signal.Evidence{Setting: pursuit.Setting{Kind: pursuit.AtPartner, Code: "caw"}},
		}, c.meta())
		c.signals = append(c.signals, receipt.Stream)
	}
	return c, err
}

func (c *clerk) meta() domain.Meta {
	now := time.Now()
	return domain.Meta{Command: newCommand(), Actor: uuid.UUID{15: 1}, Practice: largest, On: domain.DayOf(now.UTC()), At: now}
}

func (c *clerk) meet(ctx context.Context) error {
	_, err := c.Contacts.Create(ctx, contact.Register{
		Activity: "huisbezoek", Known: domain.Yes, Card: &c.card,
		Requests: []contact.Request{{Themes: []domain.Code{"werk"}, Approaches: []domain.Code{"informatie"}}},
	}, c.meta())
	return err
}

func (c *clerk) propose(ctx context.Context) error {
	_, err := c.Recommendations.Create(ctx, recommendation.Draft{
		Text: aWording, Answers: c.signals[:1], MadeBy: recommendation.ByTeam,
	}, c.meta())
	return err
}

func (c *clerk) note(ctx context.Context) error {
	next := c.signals[0]
	c.signals = c.signals[1:]
	_, err := c.Signals.Execute(ctx, ledger.Target{Stream: next}, signal.Note{Wording: aWording}, c.meta())
	return err
}

// aWording is a text as people write them.
const aWording = "Wie na zes uur van het werk komt, vindt geen bus meer naar huis, en te voet is het een uur."
