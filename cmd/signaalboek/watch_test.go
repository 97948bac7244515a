package main

import (
	"errors"
	"log/slog"
	"testing"
	"time"

	"signaalboek/domain"
)

func at(commit uint64) domain.Position { return domain.Position{Commit: commit} }

// How far the projections are behind, in time, told by when the log was asked for its end and where they are.
func TestLag(t *testing.T) {
	began := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	after := func(seconds int) time.Time { return began.Add(time.Duration(seconds) * time.Second) }
	for name, c := range map[string]struct {
		ends []uint64 // where the log ended after 1, 2, 3 … seconds
		at   uint64   // where the projections are after 10
		long time.Duration
		more bool
	}{
		"nothing was ever asked":         {nil, 0, 10 * time.Second, false},
		"an empty log":                   {[]uint64{0, 0, 0}, 0, 7 * time.Second, false},
		"at the end, asked just now":     {[]uint64{5, 5, 5, 5, 5, 5, 5, 5, 5, 9}, 9, 0, false},
		"past the end that was seen":     {[]uint64{5, 5}, 9, 8 * time.Second, false},
		"behind since the fourth second": {[]uint64{5, 5, 5, 9, 9, 9, 9, 9, 9, 9}, 5, 7 * time.Second, true},
		"behind by one event":            {[]uint64{5, 5, 5, 5, 5, 5, 5, 5, 5, 6}, 5, time.Second, true},
		"the log has not answered since": {[]uint64{5, 5}, 5, 8 * time.Second, false},
		"behind from the start":          {[]uint64{7, 8}, 0, 10 * time.Second, true},
	} {
		t.Run(name, func(t *testing.T) {
			l := lag{seen: began}
			for i, end := range c.ends {
				l.sight(sighting{at(end), after(i + 1)})
			}
			if long, more := l.behind(after(10), at(c.at)); long != c.long || more != c.more {
				t.Errorf("behind for %v, more there: %t; want %v, %t", long, more, c.long, c.more)
			}
		})
	}
}

// However long the projections stand still, what is kept of the log's ends is bounded, and the lag is never told shorter
// than it is.
func TestLagIsBounded(t *testing.T) {
	began := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	l := lag{seen: began}
	for n := range uint64(3 * mostSightings) {
		l.sight(sighting{at(n + 1), began.Add(time.Duration(n+1) * time.Second)})
	}
	if len(l.ends) > mostSightings {
		t.Errorf("%d are kept", len(l.ends))
	}
	now := began.Add(3 * mostSightings * time.Second)
	if long, _ := l.behind(now, at(3*mostSightings)); long != 2*mostSightings*time.Second {
		t.Errorf("behind for %v", long)
	}
}

// Something counts as away when it was silent for its grace, and is back at its first answer.
func TestPulse(t *testing.T) {
	began, silence := time.Now(), errors.New("no answer")
	p := pulse{grace: 5 * time.Second}
	for _, beat := range []struct {
		second int
		err    error
		away   bool
	}{
		{0, nil, false}, {1, silence, false}, {3, silence, false}, {6, silence, true}, {9, silence, true},
		{10, nil, false}, {11, silence, false}, {12, nil, false}, {13, silence, false}, {18, silence, true},
	} {
		p.beat(began.Add(time.Duration(beat.second)*time.Second), beat.err, slog.New(slog.DiscardHandler))
		if p.away.Load() != beat.away {
			t.Errorf("after %d seconds: away %t", beat.second, p.away.Load())
		}
	}
}
