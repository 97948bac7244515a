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
	"signaalboek/domain/catalog"
	"signaalboek/domain/signal"
)

// measureMemory is what stays in memory for a signal, and what a replay takes while it runs.
func measureMemory(ctx context.Context, w world) ([]row, error) {
	base := residentAfterCleaning()
	resident := watchResident()
	whole, err := liveAfter(ctx, w.log, w.vault)
	most := resident()
	if err != nil {
		return nil, err
	}
	wordless, err := liveAfter(ctx, w.log, wordless{w.vault})
	if err != nil {
		return nil, err
	}
	others, err := liveAfter(ctx, contactsOnly{w.log}, w.vault)
	if err != nil {
		return nil, err
	}
	signals, texts, err := countSignals(ctx, w.log)
	if err != nil {
		return nil, err
	}
	const mega = 1 << 20
	each := func(bytes int64) float64 { return float64(bytes) / float64(signals) }
	return []row{
		{what: fmt.Sprintf("live bytes a signal (of %d), its sealed statement included", signals),
			ours: fmt.Sprintf("%.0f B", each(wordless-others)), peer: "limit", ratio: each(wordless - others),
			must: 300, aim: 150, atMost: true},
		{what: fmt.Sprintf("beside that: its %.1f texts, folded and sealed, for search", each(texts)),
			ours: fmt.Sprintf("%.0f B", each(whole-wordless))},
		{what: "resident memory while replaying, MB", ours: fmt.Sprintf("%.0f MB", float64(most)/mega),
			peer:  fmt.Sprintf("%.0f MB before, %.0f MB stay live", float64(base)/mega, float64(whole)/mega),
			ratio: float64(most) / mega, must: 200, aim: 100, atMost: true},
	}, nil
}

// liveAfter is how much more is live after a replay.
func liveAfter(ctx context.Context, from domain.Store, vault domain.Vault) (int64, error) {
	before := liveBytes()
	set, err := replay(ctx, from, vault)
	if err != nil {
		return 0, err
	}
	grown := liveBytes() - before
	runtime.KeepAlive(set)
	return grown, nil
}

// wordless is a vault that has forgotten every text, so that a set holds nothing to search in.
type wordless struct{ domain.Vault }

// Open implements domain.Vault, for recognitions.
func (w wordless) Open(ctx context.Context, s domain.Sealed) ([]byte, error) {
	if s.Place.Field != "/recognition" {
		return nil, domain.ErrForgotten
	}
	return w.Vault.Open(ctx, s)
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

// residentAfterCleaning is what stays resident after everything that can be given back was given back.
func residentAfterCleaning() int64 {
	debug.FreeOSMemory()
	return residentBytes()
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

var pickedUp = signal.PickedUp{}.EventName()

// countSignals counts the signals of a log, and the texts in what is pursued.
func countSignals(ctx context.Context, log domain.Store) (signals, texts int64, err error) {
	for recorded, err := range log.ReadAll(ctx, domain.Position{}) {
		switch {
		case err != nil:
			return 0, 0, err
		case recorded.Name == pickedUp:
			signals++
		}
		if !pursued(recorded.Name) {
			continue
		}
		entry, err := catalog.Decode(recorded)
		if err != nil {
			return 0, 0, err
		}
		_, err = catalog.Default.EachText(entry.Event, func(_ string, text domain.Sealed) (domain.Sealed, error) {
			if !text.IsZero() {
				texts++
			}
			return text, nil
		})
		if err != nil {
			return 0, 0, err
		}
	}
	return signals, texts, nil
}
