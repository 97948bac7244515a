package api

import (
	"context"
	"log/slog"
	"slices"
	"sync"

	"signaalboek/domain"
	"signaalboek/domain/disclosure"
	"signaalboek/domain/release"
)

// Judging has the figures of proposals counted and judged by the gate, in the background. It takes one at a time, for the
// gate uses all cores. What it finds, and what was built of that last, is kept in memory only, of the last proposal of each
// practice: another replica, or this one after a restart, finds the same when it is asked.
//
//	asked → waits → counts → judges → judged
//	          └────────┴────────┴───► stopped by somebody, or failed
//
// Its methods may be called by several goroutines at once.
type Judging struct {
	logger *slog.Logger
	asked  chan struct{} // there may be something in waiting

	mu      sync.Mutex // guards all below, and every trial
	last    map[domain.PracticeID]*trial
	waiting []*trial
}

// NewJudging is a Judging that begins when it is run.
func NewJudging(logger *slog.Logger) *Judging {
	return &Judging{logger: logger, asked: make(chan struct{}, 1), last: map[domain.PracticeID]*trial{}}
}

// Run judges what is asked until ctx ends. What is under way then is given up; nothing of it is left.
func (j *Judging) Run(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-j.asked:
			for t := j.next(ctx); t != nil; t = j.next(ctx) {
				j.try(t)
			}
		}
	}
}

// trialState is how far the judging of a proposal is.
type trialState string

// The states.
const (
	trialNone    trialState = "none" // nobody asked for it, here
	trialWaits   trialState = "waits"
	trialCounts  trialState = "counts"
	trialJudges  trialState = "judges"
	trialJudged  trialState = "judged"
	trialStopped trialState = "stopped"
	trialFailed  trialState = "failed"
)

// underway reports whether something is still to come of itself.
func (s trialState) underway() bool { return s == trialWaits || s == trialCounts || s == trialJudges }

// trial is the judging of one proposal.
type trial struct {
	release release.ID
	work    work
	ctx     context.Context // of the work, once it began
	stop    context.CancelFunc
	trialStatus
	found judgement
	built buildOf // the zero one: nothing is kept
	of    buildVersion
}

// buildVersion is what the files of a proposal depend on, beside what was found of it: what its practice said of releases,
// and what was erased.
type buildVersion struct {
	revision domain.Revision
	forgot   int // as Set.Forgot counts
}

// trialStatus is what may be told of a trial.
type trialStatus struct {
	State trialState
	Done  int // of Total; both zero until the gate knows how much there is to do
	Total int
	err   error // why it failed
}

// work counts and judges one proposal. Progress may be called from any one goroutine at a time.
type work func(ctx context.Context, progress func(done, total int)) (judgement, error)

// judgement is what the gate found: what may go out, and why so.
type judgement struct {
	catalogue disclosure.Catalogue
	tables    []disclosure.Published
	widths    disclosure.Widths
	report    disclosure.Report
}

// ask has a proposal judged, unless it is judged already or will be. What was under way of another proposal of the
// practice is given up: nobody needs that any more.
func (j *Judging) ask(practice domain.PracticeID, id release.ID, do work) {
	j.mu.Lock()
	defer j.mu.Unlock()
	last := j.last[practice]
	switch {
	case last != nil && last.release == id && (last.State.underway() || last.State == trialJudged):
		return
	case last != nil:
		j.giveUp(last)
	}
	t := &trial{release: id, work: do, trialStatus: trialStatus{State: trialWaits}}
	j.last[practice] = t
	j.waiting = append(j.waiting, t)
	select {
	case j.asked <- struct{}{}:
	default: // it was told already
	}
}

// stop gives up what is under way of a proposal. What was judged stays so.
func (j *Judging) stop(practice domain.PracticeID, id release.ID) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if last := j.last[practice]; last != nil && last.release == id {
		j.giveUp(last)
	}
}

// forget leaves nothing of a proposal: it was published or dropped.
func (j *Judging) forget(practice domain.PracticeID, id release.ID) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if last := j.last[practice]; last != nil && last.release == id {
		j.giveUp(last)
		delete(j.last, practice)
	}
}

// status is how far the judging of a proposal is, and what was found once it is judged.
func (j *Judging) status(practice domain.PracticeID, id release.ID) (trialStatus, judgement) {
	j.mu.Lock()
	defer j.mu.Unlock()
	last := j.last[practice]
	if last == nil || last.release != id {
		return trialStatus{State: trialNone}, judgement{}
	}
	return last.trialStatus, last.found
}

// keep keeps what was built of a proposal, instead of what was before.
func (j *Judging) keep(practice domain.PracticeID, id release.ID, of buildVersion, built buildOf) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if last := j.last[practice]; last != nil && last.release == id {
		last.of, last.built = of, built
	}
}

// built is what was kept of a proposal, if it is still what would be built.
func (j *Judging) built(practice domain.PracticeID, id release.ID, of buildVersion) (buildOf, bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	last := j.last[practice]
	if last == nil || last.release != id || last.of != of || last.built.Content == nil {
		return buildOf{}, false
	}
	return last.built, true
}

// ForgetBuilt lets go of all that was built, because a text was erased: which one, nobody needs to say. There may be no
// Judging: then nothing was built.
func (j *Judging) ForgetBuilt() {
	if j == nil {
		return
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, last := range j.last {
		last.built = buildOf{}
	}
}

// giveUp stops a trial that waits or runs. It is called with mu held.
func (j *Judging) giveUp(t *trial) {
	if !t.State.underway() {
		return
	}
	t.State, t.work = trialStopped, nil
	j.waiting = slices.DeleteFunc(j.waiting, func(other *trial) bool { return other == t })
	if t.stop != nil {
		t.stop()
	}
}

// next begins the trial that waited longest; nil if none waits.
func (j *Judging) next(ctx context.Context) *trial {
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(j.waiting) == 0 || ctx.Err() != nil {
		return nil
	}
	t := j.waiting[0]
	j.waiting = j.waiting[1:]
	t.State = trialCounts
	t.ctx, t.stop = context.WithCancel(ctx)
	return t
}

// try does the work of a trial that began.
func (j *Judging) try(t *trial) {
	defer t.stop()
	j.mu.Lock()
	do := t.work // none, if it was stopped just now
	j.mu.Unlock()
	if do == nil {
		return
	}
	found, err := do(t.ctx, func(done, total int) {
		j.mu.Lock()
		defer j.mu.Unlock()
		if t.State.underway() {
			t.State, t.Done, t.Total = trialJudges, done, total
		}
	})
	j.end(t, found, err)
}

// end notes what came of a trial, unless it was given up meanwhile. A fault is logged here: nobody waits for it.
func (j *Judging) end(t *trial, found judgement, err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	t.work = nil
	switch {
	case !t.State.underway():
	case t.ctx.Err() != nil: // we are stopping
		t.State = trialStopped
	case err != nil:
		t.State, t.err = trialFailed, err
		if refusal, _ := refusalOf(err); refusal.Code == errFault.Code {
			j.logger.LogAttrs(t.ctx, slog.LevelError, "fault",
				slog.String("judging", t.release.String()), slog.Any("error", err))
		}
	default:
		t.State, t.found = trialJudged, found
	}
}
