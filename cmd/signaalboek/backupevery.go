package main

import (
	"context"
	"log/slog"
	"math"
	"sync"
	"time"

	"signaalboek/ops/backup"
)

// backupRetry is how long after a backup that failed the next is tried, at most.
const backupRetry = 15 * time.Minute

// takesBackups is for what makes backups while it runs.
func (f *flags) takesBackups() {
	f.takesBackup(backupOptions)
	f.DurationVar(&f.backup.every, backupOptions+"every", 24*time.Hour, "`tijd` tussen twee reservekopieën")
}

// backupOptions is how the options of serve about backups begin.
const backupOptions = "backup-"

// backups makes backups of a ledger while it is served.
type backups struct {
	place  place
	plan   backupPlan
	every  time.Duration
	logger *slog.Logger

	mu   sync.Mutex
	last map[backup.Kind]time.Time // guarded by mu; when the last whole one was made, of those that are planned
}

// newBackups is nil when no backups were asked for.
func newBackups(at place, s backupSettings, logger *slog.Logger) (*backups, error) {
	if s.to == "" && len(s.recipient) == 0 && len(s.vaults) == 0 {
		return nil, nil
	}
	plan, err := s.plan(backupOptions)
	if err != nil {
		return nil, err
	}
	if s.every < time.Second {
		return nil, mistake("--%severy is een tijd, zoals 24h.", backupOptions)
	}
	return &backups{place: at, plan: plan, every: s.every, logger: logger, last: map[backup.Kind]time.Time{}}, nil
}

// Run makes a backup whenever the last one is older than it may be, also right at the start. One that fails is told, and
// tried again: people are served meanwhile.
func (b *backups) Run(ctx context.Context) error {
	pause := b.look(time.Now())
	for {
		timer := time.NewTimer(pause)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return nil
		}
		pause = b.make(ctx, time.Now())
	}
}

// look finds out which backups there are, and how long the next may wait.
func (b *backups) look(now time.Time) (pause time.Duration) {
	pause = b.every
	for kind, to := range b.plan.kinds {
		kept, err := backup.List(to.dir, kind)
		if err != nil || len(kept) == 0 {
			pause = 0
			continue
		}
		made := kept[len(kept)-1].MadeAt
		b.made(kind, made)
		pause = min(pause, made.Add(b.every).Sub(now))
	}
	return max(pause, 0)
}

// due is what is to be made: a log always with the vault behind it, which then has its keys; what was made a while ago and
// what failed since by itself, so that trying again does not push the older ones out.
func (b *backups) due(now time.Time) backupPlan {
	b.mu.Lock()
	defer b.mu.Unlock()
	due := backupPlan{kinds: map[backup.Kind]destination{}, keep: b.plan.keep}
	for kind, to := range b.plan.kinds {
		if now.Sub(b.last[kind]) >= b.every {
			due.kinds[kind] = to
		}
	}
	if _, log := due.kinds[backup.Log]; log || len(due.kinds) == 0 {
		return b.plan
	}
	return due
}

// make makes backups, and says how long the next may wait.
func (b *backups) make(ctx context.Context, now time.Time) (pause time.Duration) {
	made, err := b.place.backUp(ctx, b.due(now), now)
	for _, one := range made {
		b.made(one.Manifest.Kind, one.Manifest.MadeAt)
		b.logger.Info("backup made", slog.String("kind", string(one.Manifest.Kind)), slog.Int64("bytes", one.Bytes),
			slog.Duration("took", time.Since(now)))
	}
	if err != nil && ctx.Err() == nil {
		b.logger.Warn("no backup was made", slog.Any("error", err))
		return min(b.every, backupRetry)
	}
	return b.every
}

func (b *backups) made(kind backup.Kind, at time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.last[kind] = at
}

// ages is how many seconds ago the last whole backup of each kind was made; without end if there is none.
func (b *backups) ages() map[string]float64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	ages := map[string]float64{}
	for kind := range b.plan.kinds {
		ages[string(kind)] = math.Inf(1)
		if at, ever := b.last[kind]; ever {
			ages[string(kind)] = time.Since(at).Seconds()
		}
	}
	return ages
}
