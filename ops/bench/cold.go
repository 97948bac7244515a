package main

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"signaalboek/projections"
)

// measureCold asks for every page of the signals of the largest practice, once a round, of a set that was just loaded:
// every text on a page is read in the log.
func measureCold(ctx context.Context, w world) (row, error) {
	var p99, middle []float64
	for range w.rounds {
		took, err := coldPages(ctx, w)
		if err != nil {
			return row{}, fmt.Errorf("ask for pages whose texts were not read: %w", err)
		}
		p99, middle = append(p99, quantile(took, 0.99)), append(middle, median(took))
	}
	return row{
		what: "a page of 50 signals, each text read in the log, p99, ms", ours: fmt.Sprintf("%.3g ms", median(p99)),
		peer: fmt.Sprintf("median %.3g ms", median(middle)), ratio: median(p99), must: 5, aim: 1, atMost: true,
	}, nil
}

func coldPages(ctx context.Context, w world) (took []float64, err error) {
	set, err := readSnapshot(ctx, w, filepath.Join(w.dir, "snapshot"))
	if err != nil {
		return nil, err
	}
	filter := projections.SignalFilter{Status: projections.AllSignals}
	for more := true; more; more = filter.After != "" {
		start := time.Now()
		page, err := set.Signals.Open(ctx, largest, filter, w.today)
		if err != nil {
			return nil, err
		}
		took, filter.After = append(took, time.Since(start).Seconds()*1e3), page.Next
	}
	return took, nil
}
