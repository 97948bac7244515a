package main

import (
	"context"
	"fmt"
	"log/slog"
	"math"
	"strings"
	"sync"
	"time"

	"signaalboek/domain"
	"signaalboek/projections"
)

// Every projection must have taken in what the log holds. While a program serves, this is compared every second, with the
// log as it reads it once more by itself: from its beginning, also when the projections came from a snapshot, because
// nobody checked what stands in that. It begins when the projections have caught up and goes slowly, so that neither a
// start nor a question waits for it. Until it is through, the tree over the log says what it knows: it read the log by itself
// too, but some of that before this start.
const (
	recountEvery = time.Second
	recountMost  = 20_000 // events at once: a million are compared within a minute, at a few hundredths of a core
)

// completeness is what a program that serves knows of its projections, beside the log.
type completeness struct {
	recount *projections.Recount       // of the goroutine that compares
	reading pulse                      // of the same
	at      domain.Position            // of the same: where the projections were when they were last asked
	of      map[string]domain.Frontier // of the same: what they had been fed by then; nil: it was compared
	through bool                       // of the same: whether the recount has come to where projections were

	// tree is the frontier of the log up to a position, as somebody else keeps it who may not know that one; nil: nobody does.
	tree func(domain.Position) (domain.Frontier, bool)

	mu     sync.Mutex
	log    domain.Frontier     // guarded by mu; of the log where they were last compared
	whole  map[string]bool     // guarded by mu; which projections were whole there; nil: they were never compared
	strays []projections.Stray // guarded by mu; which were not
}

func newCompleteness(store domain.Store) *completeness {
	return &completeness{recount: projections.NewRecount(store), reading: pulse{name: "recount"}}
}

// watchCompleteness compares the projections with the log, every now and then.
func (m *machinery) watchCompleteness(logger *slog.Logger) func(context.Context) error {
	return every(recountEvery, func(ctx context.Context) {
		strays, err := m.compare(ctx)
		for _, stray := range strays {
			logger.Error("a projection is not what the log says", slog.String("projection", stray.Projection),
				slog.Uint64("fed", stray.Fed.Events), slog.Uint64("log", stray.Log.Events))
		}
		if len(strays) > 0 {
			err = m.keepSet(ctx) // which removes the snapshot
		}
		if ctx.Err() != nil {
			err = nil // it took long: what was read by then counts, and the next time goes on from there
		}
		m.complete.reading.beat(time.Now(), err, logger)
	})
}

// compare reads on in the log, and compares what the projections had been fed when it has come to where they were. It
// returns what is not whole when that is found, and not again.
func (m *machinery) compare(ctx context.Context) (found []projections.Stray, err error) {
	c := m.complete
	if !m.set.CaughtUp() {
		return nil, nil
	}
	if c.of == nil {
		c.at, c.of = m.set.Frontiers()
	}
	log, known, err := c.counted(ctx)
	if err != nil || !known {
		return nil, err
	}
	found, c.of = c.conclude(log, c.of), nil
	return found, nil
}

// counted is the frontier of the log where the projections were when they were asked, if that is known by now.
func (c *completeness) counted(ctx context.Context) (log domain.Frontier, known bool, err error) {
	all, err := c.recount.Read(ctx, c.at, recountMost)
	if err == nil && !all && !c.through && c.tree != nil {
		log, known = c.tree(c.at)
		return log, known, nil
	}
	c.through = c.through || all
	_, log = c.recount.At()
	return log, all, err
}

// conclude takes in how projections stand beside the log, and returns what is not whole and was not known to be.
func (c *completeness) conclude(log domain.Frontier, of map[string]domain.Frontier) (found []projections.Stray) {
	strays := projections.Strays(log, of)
	whole := make(map[string]bool, len(of))
	for name, frontier := range of {
		whole[name] = frontier == log
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, stray := range strays {
		if wasWhole, known := c.whole[stray.Projection]; wasWhole || !known {
			found = append(found, stray)
		}
	}
	c.log, c.whole, c.strays = log, whole, strays
	return found
}

// broken names the projections that are known not to be whole.
func (c *completeness) broken() (names []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, stray := range c.strays {
		names = append(names, stray.Projection)
	}
	return names
}

// seen is which projections were whole when they were last compared, and up to how many events that was.
func (c *completeness) seen() (whole map[string]bool, events uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.whole, c.log.Events
}

// strays are the projections that did not take in what the log holds up to where they are now. The whole log is read.
func (m *machinery) strays(ctx context.Context) ([]projections.Stray, error) {
	at, of := m.set.Frontiers()
	recount := projections.NewRecount(m.log)
	if _, err := recount.Read(ctx, at, math.MaxInt); err != nil {
		return nil, err
	}
	_, log := recount.At()
	return projections.Strays(log, of), nil
}

// tellStrays says what is wrong with projections, one a line.
func tellStrays(strays []projections.Stray) string {
	var lines []string
	for _, stray := range strays {
		line := fmt.Sprintf("Overzicht %s verwerkte %d van %d gebeurtenissen.", stray.Projection, stray.Fed.Events, stray.Log.Events)
		if stray.Fed.Events == stray.Log.Events {
			line = fmt.Sprintf("Overzicht %s verwerkte %d gebeurtenissen, maar niet die van het logboek, of niet in die volgorde.",
				stray.Projection, stray.Fed.Events)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n  ")
}

// consumed is how many events each projection has taken in.
func (m *machinery) consumed() map[string]uint64 {
	_, of := m.set.Frontiers()
	consumed := make(map[string]uint64, len(of))
	for name, frontier := range of {
		consumed[name] = frontier.Events
	}
	return consumed
}

// events is how many events every projection has taken in.
func (m *machinery) events() uint64 {
	least := uint64(math.MaxUint64)
	for _, consumed := range m.consumed() {
		least = min(least, consumed)
	}
	return least
}
