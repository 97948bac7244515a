package api

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/disclosure"
)

// held is work that goes on until it is told to end, or its context ends.
type held struct {
	begun    chan beginning
	ends     chan error
	finished chan error // what its context said, when it ended
}

// beginning is what work was given when it began.
type beginning struct {
	ctx      context.Context
	progress func(done, total int)
}

func newHeld() held {
	return held{make(chan beginning), make(chan error), make(chan error, 1)}
}

func (h held) work(ctx context.Context, progress func(done, total int)) (judgement, error) {
	defer func() { h.finished <- ctx.Err() }()
	select {
	case h.begun <- beginning{ctx, progress}:
	case <-ctx.Done():
		return judgement{}, ctx.Err()
	}
	select {
	case err := <-h.ends:
		return judgement{report: disclosure.Report{Passed: true}}, err
	case <-ctx.Done():
		return judgement{}, ctx.Err()
	}
}

func startJudging(t *testing.T) (j *Judging, stop func()) {
	t.Helper()
	j = NewJudging(slog.New(slog.NewTextHandler(io.Discard, nil)))
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- j.Run(ctx) }()
	stopped := false
	stop = func() {
		if cancel(); !stopped {
			if err := <-ended; err != nil {
				t.Error(err)
			}
		}
		stopped = true
	}
	t.Cleanup(stop)
	return j, stop
}

// settled waits until nothing is under way, and says what came of it.
func settled(t *testing.T, j *Judging, practice domain.PracticeID, id uuid.UUID) trialStatus {
	t.Helper()
	for {
		status, _ := j.status(practice, id)
		if !status.State.underway() {
			return status
		}
		if err := t.Context().Err(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestATrialGoesThroughItsStates(t *testing.T) {
	j, _ := startJudging(t)
	id, w := uuid.New(), newHeld()
	if status, _ := j.status("stek", id); status.State != trialNone {
		t.Errorf("before it is asked: %s", status.State)
	}
	j.ask("stek", id, w.work)
	progress := (<-w.begun).progress
	if status, _ := j.status("stek", id); status.State != trialCounts {
		t.Errorf("when it began: %s", status.State)
	}
	progress(3, 10)
	if status, _ := j.status("stek", id); status.State != trialJudges || status.Done != 3 || status.Total != 10 {
		t.Errorf("under way: %+v", status)
	}
	j.ask("stek", id, func(context.Context, func(int, int)) (judgement, error) { panic("asked twice") })
	w.ends <- nil
	if status := settled(t, j, "stek", id); status.State != trialJudged {
		t.Errorf("in the end: %s", status.State)
	}
	if _, found := j.status("stek", id); !found.report.Passed {
		t.Error("what was found is lost")
	}
	j.stop("stek", id)
	if status, _ := j.status("stek", id); status.State != trialJudged {
		t.Errorf("what was judged became %s", status.State)
	}
}

// What is stopped ends, nothing is left of it, and it can be asked again.
func TestATrialIsStopped(t *testing.T) {
	j, _ := startJudging(t)
	id, w := uuid.New(), newHeld()
	j.ask("stek", id, w.work)
	began := <-w.begun
	j.stop("stek", id)
	if began.ctx.Err() == nil {
		t.Fatal("its work goes on")
	}
	if err := <-w.finished; !errors.Is(err, context.Canceled) {
		t.Errorf("its work heard %v", err)
	}
	began.progress(9, 10)
	status, found := j.status("stek", id)
	if status.State != trialStopped || status.Done != 0 || found.tables != nil || found.report.Passed {
		t.Errorf("left: %+v %+v", status, found)
	}
	again := newHeld()
	j.ask("stek", id, again.work)
	<-again.begun
	again.ends <- nil
	if status := settled(t, j, "stek", id); status.State != trialJudged {
		t.Errorf("asked again: %s", status.State)
	}
}

// One is judged at a time; what waits can be stopped before it begins, and another proposal of a practice takes the place
// of the first.
func TestOneTrialAtATime(t *testing.T) {
	j, _ := startJudging(t)
	first, second, third := newHeld(), newHeld(), newHeld()
	ids := []uuid.UUID{uuid.New(), uuid.New(), uuid.New()}
	j.ask("one", ids[0], first.work)
	<-first.begun
	j.ask("two", ids[1], second.work)
	if status, _ := j.status("two", ids[1]); status.State != trialWaits {
		t.Errorf("the second is %s", status.State)
	}
	j.ask("two", ids[2], third.work)
	if status, _ := j.status("two", ids[1]); status.State != trialNone {
		t.Errorf("the second is still %s", status.State)
	}
	fourth := uuid.New()
	j.ask("three", fourth, func(context.Context, func(int, int)) (judgement, error) { panic("begun after it was stopped") })
	j.stop("three", fourth)
	if status, _ := j.status("three", fourth); status.State != trialStopped {
		t.Errorf("the fourth is %s", status.State)
	}
	first.ends <- nil
	<-third.begun
	third.ends <- nil
	if status := settled(t, j, "two", ids[2]); status.State != trialJudged {
		t.Errorf("the third is %s", status.State)
	}
	j.forget("two", ids[2])
	if status, _ := j.status("two", ids[2]); status.State != trialNone {
		t.Errorf("after it was forgotten: %s", status.State)
	}
}

// A program that stops gives up what is under way, and waits for it.
func TestATrialEndsWithTheProgram(t *testing.T) {
	j, stop := startJudging(t)
	id, w := uuid.New(), newHeld()
	j.ask("stek", id, w.work)
	<-w.begun
	stop()
	select {
	case <-w.finished:
	default:
		t.Error("the program stopped before its work ended")
	}
	if status, _ := j.status("stek", id); status.State != trialStopped {
		t.Errorf("left: %s", status.State)
	}
}

// A fault is logged, once, and told to nobody; a refusal is told, and not logged.
func TestATrialThatFails(t *testing.T) {
	for name, tt := range map[string]struct {
		err  error
		logs bool
	}{
		"a fault":   {errors.New("the disk is gone"), true},
		"a refusal": {errNotPassed, false},
	} {
		t.Run(name, func(t *testing.T) {
			var log strings.Builder
			j := NewJudging(slog.New(slog.NewTextHandler(&log, nil)))
			id := uuid.New()
			j.ask("stek", id, func(context.Context, func(int, int)) (judgement, error) { return judgement{}, tt.err })
			j.try(j.next(t.Context()))
			if status, _ := j.status("stek", id); status.State != trialFailed || !errors.Is(status.err, tt.err) {
				t.Errorf("left: %+v", status)
			}
			if logged := strings.Contains(log.String(), "disk"); logged != tt.logs {
				t.Errorf("logged %q", log.String())
			}
		})
	}
}
