package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"os/exec"
	"runtime"
	"strings"

	"signaalboek/domain"
	"signaalboek/domain/catalog"
	"signaalboek/domain/signal"
)

// memory is what stays in memory for a signal, and what a replay takes while it runs: bytes. It is measured in a process
// of its own that has done nothing else, so that what filling the log left behind does not count, on either side.
type memory struct {
	Before int64 // resident with the log and the vault open
	Most   int64 // resident at any moment up to the end of a replay
	Whole  int64 // live: every projection
	Silent int64 // live: the same, if no text could be opened, so that nothing is there to be searched
	Others int64 // live: the same, without signals, bundles and recommendations

	Signals int64
	Texts   int64 // in what is pursued
}

// remember is the argument by which the bench asks itself, in a new process, for the memory that the log in a directory
// takes.
const remember = "memory"

// memoryAlone has a new process measure memory, while nobody has the log open.
func memoryAlone(ctx context.Context, dir string) (m memory, err error) {
	program, err := os.Executable()
	if err != nil {
		return m, err
	}
	alone := exec.CommandContext(ctx, program, remember, dir)
	alone.Stderr = os.Stderr
	said, err := alone.Output()
	if err != nil {
		return m, fmt.Errorf("in a process of its own: %w", err)
	}
	return m, json.Unmarshal(said, &m)
}

// tellMemory is what that process does.
func tellMemory(ctx context.Context, dir string, out io.Writer) (err error) {
	w, err := openWorld(ctx, dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	m, err := measureMemory(ctx, w)
	if err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(m)
}

func measureMemory(ctx context.Context, w world) (m memory, err error) {
	m.Before = resident("VmRSS")
	if _, err = replay(ctx, w.log, w.vault); err != nil { // it fills the page caches too, which so do not count below
		return m, err
	}
	m.Most = resident("VmHWM")
	if m.Whole, err = liveAfter(ctx, w.log, w.vault); err != nil {
		return m, err
	}
	if m.Silent, err = liveAfter(ctx, w.log, wordless{w.vault}); err != nil {
		return m, err
	}
	if m.Others, err = liveAfter(ctx, contactsOnly{w.log}, w.vault); err != nil {
		return m, err
	}
	m.Signals, m.Texts, err = countSignals(ctx, w.log)
	return m, err
}

func (m memory) rows() []row {
	const mega = 1 << 20
	each := func(bytes int64) float64 { return float64(bytes) / float64(m.Signals) }
	return []row{
		{what: fmt.Sprintf("live bytes a signal (of %d)", m.Signals), ours: fmt.Sprintf("%.0f B", each(m.Silent-m.Others)),
			peer: "limit", ratio: each(m.Silent - m.Others), must: 300, aim: 150, atMost: true},
		{what: fmt.Sprintf("beside that: its %.1f texts, folded, for search", each(m.Texts)),
			ours: fmt.Sprintf("%.0f B", each(m.Whole-m.Silent))},
		{what: "resident memory while replaying, MB", ours: fmt.Sprintf("%.0f MB", float64(m.Most)/mega),
			peer:  fmt.Sprintf("%.0f MB before, %.0f MB stay live", float64(m.Before)/mega, float64(m.Whole)/mega),
			ratio: float64(m.Most) / mega, must: 200, aim: 100, atMost: true},
	}
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

// resident is what the kernel says of this process: VmRSS is what is resident now, VmHWM the most that ever was. Zero
// where there is no such file.
func resident(name string) (bytes int64) {
	raw, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(raw)) {
		if said, found := strings.CutPrefix(line, name+":"); found {
			_, _ = fmt.Sscanf(said, "%d kB", &bytes) // zero if it says something else
		}
	}
	return bytes << 10
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
