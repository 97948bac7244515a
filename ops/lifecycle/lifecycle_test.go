package lifecycle

import (
	"context"
	"errors"
	"testing"
)

func untilAsked(stopped *bool) Part {
	return Part{"patient", func(ctx context.Context) error {
		<-ctx.Done()
		*stopped = true
		return ctx.Err()
	}}
}

func TestFirstToStopStopsAll(t *testing.T) {
	broken := errors.New("broken")
	var stopped bool
	err := Run(t.Context(), untilAsked(&stopped), Part{"weak", func(context.Context) error { return broken }})
	if !errors.Is(err, broken) || err.Error() != "weak: broken" {
		t.Errorf("Run = %v, want the error of the weak part", err)
	}
	if !stopped {
		t.Error("the patient part was not stopped, or not waited for")
	}
}

func TestEndOfContextIsNoError(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var one, two bool
	if err := Run(ctx, untilAsked(&one), untilAsked(&two)); err != nil {
		t.Errorf("Run = %v", err)
	}
	if !one || !two {
		t.Error("a part was not waited for")
	}
}

func TestErrorWhileStoppingIsTold(t *testing.T) {
	late := errors.New("late")
	err := Run(t.Context(),
		Part{"quick", func(context.Context) error { return nil }},
		Part{"slow", func(ctx context.Context) error { <-ctx.Done(); return late }})
	if !errors.Is(err, late) {
		t.Errorf("Run = %v, want the error while stopping", err)
	}
}
