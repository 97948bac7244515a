package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"signaalboek/domain"
)

// A replica works with a log and a vault on other machines, which may not answer. It asks them every second, so that it
// can say at once what cannot be done now, rather than have everybody wait to find out; and so that it knows how old
// what it shows may be.
const (
	askEvery = time.Second
	askTime  = 3 * time.Second // that an answer may take

	// logGrace is how long the log may be silent before it counts as away: its nodes need a while to agree on a leader,
	// and who records something meanwhile just waits.
	logGrace = 5 * time.Second
)

// watch is what a program knows of what it works with.
type watch struct {
	log, vault pulse
	lag        lag
}

func newWatch(now time.Time) *watch {
	return &watch{log: pulse{name: "log", grace: logGrace}, vault: pulse{name: "vault"}, lag: lag{seen: now}}
}

// pulse is whether something answers. It may be read by several goroutines; one beats.
type pulse struct {
	name   string
	grace  time.Duration // how long it may be silent before it counts as away
	silent time.Time     // since when it is; zero: it answers
	away   atomic.Bool
}

// beat takes in what it answered, and logs when it goes away or comes back.
func (p *pulse) beat(now time.Time, err error, logger *slog.Logger) {
	if err == nil {
		p.silent = time.Time{}
	} else if p.silent.IsZero() {
		p.silent = now
	}
	away := !p.silent.IsZero() && now.Sub(p.silent) >= p.grace
	if p.away.Swap(away) == away {
		return
	}
	if away {
		logger.Warn("away", slog.String("part", p.name), slog.Any("error", err))
	} else {
		logger.Info("back", slog.String("part", p.name))
	}
}

// lag is how far the projections are behind the log, in time: every end of the log that was seen is kept until the
// projections have come there. Up to the moment at which the last of those was asked for, they have missed nothing.
type lag struct {
	mu   sync.Mutex
	ends []sighting // guarded by mu; those that the projections have not come to, in order
	seen time.Time  // guarded by mu; up to when they have seen everything
}

// sighting is the end of the log as it was at a moment.
type sighting struct {
	end   domain.Position
	asked time.Time
}

// mostSightings bounds what is kept; beyond it the lag is rather told too long.
const mostSightings = 3600

// sight takes in where the log ended when it was asked.
func (l *lag) sight(s sighting) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.ends) < mostSightings {
		l.ends = append(l.ends, s)
	}
}

// behind is for how long, at most, the projections have missed something when they are at a position, and whether they
// are known to: it grows when the log cannot be asked, too.
func (l *lag) behind(now time.Time, at domain.Position) (long time.Duration, known bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	reached := 0
	for reached < len(l.ends) && !at.Before(l.ends[reached].end) {
		l.seen = l.ends[reached].asked
		reached++
	}
	l.ends = append(l.ends[:0], l.ends[reached:]...)
	return now.Sub(l.seen), len(l.ends) > 0
}

// watchEnd asks where the log ends.
func (m *machinery) watchEnd(logger *slog.Logger) func(context.Context) error {
	return every(askEvery, func(ctx context.Context) {
		asked := time.Now()
		end, err := m.log.End(ctx)
		if err == nil {
			m.watch.lag.sight(sighting{end, asked})
		}
		m.watch.log.beat(time.Now(), err, logger)
	})
}

// watchVault asks a shared vault whether it answers.
func (m *machinery) watchVault(logger *slog.Logger) func(context.Context) error {
	vault := m.vault.(awayVault)
	return every(askEvery, func(ctx context.Context) {
		m.watch.vault.beat(time.Now(), vault.answers(ctx), logger)
	})
}

// every does something now and then, until its context ends.
func every(pause time.Duration, do func(context.Context)) func(context.Context) error {
	return func(ctx context.Context) error {
		ticker := time.NewTicker(pause)
		defer ticker.Stop()
		for {
			asking, done := context.WithTimeout(ctx, askTime)
			do(asking)
			done()
			select {
			case <-ticker.C:
			case <-ctx.Done():
				return nil
			}
		}
	}
}

// trouble is why nothing can be recorded now, as far as we know; nil: it can.
func (m *machinery) trouble() error {
	switch {
	case m.forked():
		return domain.ErrForked
	case m.watch.log.away.Load():
		return domain.ErrLogAway
	case m.watch.vault.away.Load():
		return domain.ErrVaultAway
	}
	return nil
}

// Why a program is not ready, in a word for whoever asks /readyz.
var (
	errCatchingUp = errors.New("catching-up") // after a start
	errBehind     = errors.New("behind")      // for longer than it may be, or it cannot know
	errStopped    = errors.New("stopped")     // the projections met an event that they cannot apply
	errIncomplete = errors.New("incomplete")  // projections did not take in what the log holds; their names follow
)

// ready reports whether questions can be answered well enough. A vault that is away is no reason not to: reading goes on.
func (m *machinery) ready(mostBehind time.Duration) error {
	long, _ := m.behind()
	broken := m.complete.broken()
	switch {
	case m.set.Err() != nil:
		return errStopped
	case !m.set.CaughtUp():
		return errCatchingUp
	case len(broken) > 0:
		return fmt.Errorf("%w: %s", errIncomplete, strings.Join(broken, ", "))
	case long > mostBehind:
		return errBehind
	}
	return nil
}

func (m *machinery) behind() (time.Duration, bool) {
	return m.watch.lag.behind(time.Now(), m.set.Position())
}
