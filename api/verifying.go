package api

import (
	"context"
	"log/slog"
	"sync"

	"signaalboek/domain"
)

// Verifying has the whole history verified in the background, once at a time: it reads every event. How far it is, is kept
// in memory; what came of it is kept by the History.
//
// Its methods may be called by several goroutines at once.
type Verifying struct {
	history History
	logger  *slog.Logger
	asked   chan domain.ActorID // by whom; room for one

	mu     sync.Mutex // guards status
	status verifyingStatus
}

// verifyingStatus is how far it is.
type verifyingStatus struct {
	State string // of family "verifying"
	Done  int64  // of Total, in events; both zero while it is not known how much there is to do
	Total int64
}

// The states.
const (
	verifyingNone   = ""
	verifyingWaits  = "waits"
	verifyingReads  = "reads"
	verifyingFailed = "failed"
)

// underway reports whether something is still to come of itself.
func (s verifyingStatus) underway() bool {
	return s.State == verifyingWaits || s.State == verifyingReads
}

// NewVerifying is a Verifying that begins when it is run.
func NewVerifying(history History, logger *slog.Logger) *Verifying {
	return &Verifying{history: history, logger: logger, asked: make(chan domain.ActorID, 1)}
}

// Run verifies what is asked until ctx ends. What is under way then is given up.
func (v *Verifying) Run(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case by := <-v.asked:
			v.verify(ctx, by)
		}
	}
}

// verify does it once. A fault is logged here: nobody waits for it.
func (v *Verifying) verify(ctx context.Context, by domain.ActorID) {
	v.set(verifyingStatus{State: verifyingReads})
	_, err := v.history.Verify(ctx, by, func(done, total int64) {
		v.set(verifyingStatus{State: verifyingReads, Done: done, Total: total})
	})
	switch {
	case err == nil || ctx.Err() != nil:
		v.set(verifyingStatus{})
	default:
		v.logger.LogAttrs(ctx, slog.LevelError, "fault", slog.String("verifying", "history"), slog.Any("error", err))
		v.set(verifyingStatus{State: verifyingFailed})
	}
}

// ask has the history verified, unless it is being verified already.
func (v *Verifying) ask(by domain.ActorID) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.status.underway() {
		return
	}
	v.status = verifyingStatus{State: verifyingWaits}
	v.asked <- by // there is room: nothing is under way
}

func (v *Verifying) set(status verifyingStatus) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.status = status
}

func (v *Verifying) now() verifyingStatus {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.status
}
