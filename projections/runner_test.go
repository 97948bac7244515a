package projections

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"signaalboek/domain"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/signal"
)

// run runs a set until the test ends, and gives what Run returns.
func (d *diary) run(t *testing.T, set *Set) (stop func(), ended <-chan error) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- set.Run(ctx) }()
	t.Cleanup(cancel)
	return cancel, done
}

func TestRunFollowsTheLog(t *testing.T) {
	d := newDiary(t)
	for n := range uint32(2000) { // more than a few batches
		d.write(day(1), signalNo(n+1), picked(partner("caw"), "mobiliteit"))
	}
	set := New(d.store, d.vault)
	if set.CaughtUp() {
		t.Error("caught up before it began")
	}
	stop, ended := d.run(t, set)
	d.wait(set)
	if !set.CaughtUp() || set.Signals.Count(harelbeke, SignalFilter{}, day(2)) != 2000 {
		t.Error("it did not catch up")
	}
	d.write(day(2), signalNo(1), signal.KeeperNamed{Role: "coordinator"})
	d.wait(set)
	if row := mustSignal(t, set, signalNo(1), day(2)); row.Keeper != "coordinator" {
		t.Error("what was waited for is not seen")
	}
	d.requireWhole(set)
	stop()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("it ended with %v", err)
	}
}

func (d *diary) wait(set *Set) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	d.check(set.Wait(ctx, d.end))
}

// Nothing is ever skipped silently: the set stops, says where, and shows what came before.
func TestRunStopsOnWhatItCannotTake(t *testing.T) {
	tests := map[string]struct {
		spoil func(*diary)
		says  string
	}{
		"a name that is not known": {func(d *diary) {
			d.append("signal-odd", domain.Draft{ID: numbered(9999), Name: "signal.sung.v1", At: moment(9), Payload: []byte(`{}`), Metadata: []byte(`{}`)})
		}, "signal.sung.v1"},
		"a signal that was never begun": {func(d *diary) { d.write(day(3), signalNo(7), signal.Noted{Wording: domain.ToSeal("?")}) }, "signal.noted.v1"},
		"a promise that was never made": {func(d *diary) {
			d.write(day(3), signalNo(1), signal.PromiseKept{PromiseKept: pursuit.PromiseKept{Promise: 1}})
		}, "signal.promise-kept.v1"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			d := newDiary(t)
			d.write(day(1), signalNo(1), picked(partner("caw"), "mobiliteit"))
			tt.spoil(d)
			spoiled := d.end
			d.write(day(4), signalNo(2), picked(partner("caw"), "mobiliteit"))
			set := New(d.store, d.vault)
			_, ended := d.run(t, set)
			err := <-ended
			if err == nil || !strings.Contains(err.Error(), tt.says) || !strings.Contains(err.Error(), spoiled.String()) {
				t.Fatalf("it ended with %v", err)
			}
			if got := set.Wait(context.Background(), d.end); !errors.Is(got, err) {
				t.Errorf("whoever waits hears %v", got)
			}
			if !set.Position().Before(spoiled) || set.Err() == nil {
				t.Errorf("it is at %s and says %v", set.Position(), set.Err())
			}
		})
	}
}

func TestRunStopsWhenTheLogFails(t *testing.T) {
	d := newDiary(t)
	d.write(day(1), signalNo(1), picked(partner("caw"), "mobiliteit"))
	damaged := errors.New("damaged")
	d.store.FailRead(1, damaged)
	set := New(d.store, d.vault)
	if err := set.Run(context.Background()); !errors.Is(err, damaged) {
		t.Errorf("it ended with %v", err)
	}
	if set.Signals.Count(harelbeke, SignalFilter{}, day(2)) != 1 {
		t.Error("what came before the damage is not seen")
	}
}

func TestWaitObeysItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := New(nil, nil).Wait(ctx, domain.Position{Commit: 1}); !errors.Is(err, context.Canceled) {
		t.Errorf("it ended with %v", err)
	}
}
