package main

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"signaalboek/domain"
)

// measureMemory is what stays in memory for a signal, and what a replay takes while it runs.
func measureMemory(ctx context.Context, w world) ([]row, error) {
	before := liveBytes()
	resident := watchResident()
	set, err := replay(ctx, w.log, w.vault)
	most := resident()
	if err != nil {
		return nil, err
	}
	whole := liveBytes() - before
	runtime.KeepAlive(set)
	set = nil
	before = liveBytes()
	set, err = replay(ctx, contactsOnly{w.log}, w.vault)
	if err != nil {
		return nil, err
	}
	others := liveBytes() - before
	runtime.KeepAlive(set)
	signals, texts, err := countSignals(ctx, w.log)
	if err != nil {
		return nil, err
	}
	const mega = 1 << 20
	return []row{
		{what: fmt.Sprintf("live bytes a signal (%d signals, texts and search included)", signals),
			ours:  fmt.Sprintf("%.0f B", float64(whole-others)/float64(signals)),
			peer:  fmt.Sprintf("%.0f B of sealed texts", float64(texts)/float64(signals)),
			ratio: float64(whole-others) / float64(signals), must: 300, aim: 150, atMost: true},
		{what: "resident memory while replaying, MB", ours: fmt.Sprintf("%.0f MB", float64(most)/mega),
			peer: fmt.Sprintf("%.0f MB stay live", float64(whole)/mega), ratio: float64(most) / mega, must: 200, aim: 100, atMost: true},
	}, nil
}

// liveBytes is what the heap holds that somebody can still reach.
func liveBytes() int64 {
	runtime.GC()
	runtime.GC() // what the first one made finalisable
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return int64(stats.HeapAlloc)
}

// watchResident follows the resident memory of this process until it is asked for the most it saw.
func watchResident() (most func() int64) {
	debug.FreeOSMemory()
	stop, seen := make(chan struct{}), make(chan int64)
	go func() {
		ticks := time.NewTicker(10 * time.Millisecond)
		defer ticks.Stop()
		for highest := int64(0); ; {
			select {
			case <-ticks.C:
				highest = max(highest, residentBytes())
			case <-stop:
				seen <- max(highest, residentBytes())
				return
			}
		}
	}()
	return func() int64 {
		close(stop)
		return <-seen
	}
}

// residentBytes is what the kernel says; zero where there is no such file.
func residentBytes() int64 {
	raw, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	fields := bytes.Fields(raw)
	if len(fields) < 2 {
		return 0
	}
	pages, _ := strconv.ParseInt(string(fields[1]), 10, 64)
	return pages * int64(os.Getpagesize())
}

// contactsOnly is a log without anything that is pursued.
type contactsOnly struct{ domain.Store }

// ReadAll implements domain.Store, without signals, bundles and recommendations.
func (s contactsOnly) ReadAll(ctx context.Context, after domain.Position) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		for recorded, err := range s.Store.ReadAll(ctx, after) {
			if err == nil && pursued(recorded.Name) {
				continue
			}
			if !yield(recorded, err) {
				return
			}
		}
	}
}

func pursued(name string) bool {
	category, _, _ := strings.Cut(name, ".")
	return category == "signal" || category == "bundles" || category == "recommendation"
}

// countSignals counts the signals of a log, and the bytes of their last statements, or first wordings, as sealed.
func countSignals(ctx context.Context, log domain.Store) (signals, texts int, err error) {
	for recorded, err := range log.ReadAll(ctx, domain.Position{}) {
		if err != nil {
			return 0, 0, err
		}
		switch recorded.Name {
		case "signal.picked-up.v1":
			signals++
		case "signal.worded.v1":
			texts += len(recorded.Payload) * 3 / 4 // of base64, nearly all of it
		}
	}
	return signals, texts, nil
}
