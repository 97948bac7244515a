// Command bench measures how fast signaalboek is, and prints one table: what was measured, ours, the limit or the peer
// it is held against, their ratio, the goal, and whether it was met.
//
// Machines are noisy, so every ratio is taken side by side in this one run: both sides take turns, five rounds or more,
// and the median of the ratios by round is what counts. CPU seconds of the whole process stand beside it. Everything
// happens in a temporary directory that is removed at the end.
//
//	go run . [-events 1000000] [-rounds 5] [-only part,part] [-quick] [-dir directory] [-cpuprofile file]
//
// The parts are appends, replay, sealing, sealed, tree, memory, EventStoreDB and questions; appends and EventStoreDB say the
// same with -events 50000, and are then through in a minute.
//
// It is a module of its own, so that what it is compared with never becomes a dependency of the program.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"slices"
	"strings"
	"time"

	"signaalboek/domain"
	"signaalboek/ops/atrest"
	"signaalboek/ops/eventlog/sqlite"
	"signaalboek/ops/vault"
	vaultfile "signaalboek/ops/vault/sqlite"
)

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(50) // as the program itself does
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := answer(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// answer does what the arguments ask for.
func answer(ctx context.Context, args []string) error {
	if len(args) == 2 && args[0] == remember {
		return tellMemory(ctx, args[1], os.Stdout)
	}
	return run(ctx, args, os.Stdout, os.Stderr)
}

// sizes is how much is measured.
type sizes struct {
	events  int
	rounds  int
	appends int // by one client, a turn
	each    int // by each of many clients, a turn
	asks    int // of each question, a round
}

// largest is the practice that is asked: the one of which most is recorded.
const largest = domain.PracticeID("praktijk-1")

// world is a region's log, with what belongs to it.
type world struct {
	sizes
	memory
	dir    string
	log    *sqlite.Log
	vault  *vault.Vault
	cipher *atrest.Cipher // of the sealed copy of the log
	first  domain.Date
	today  domain.Date // the day after the last one
}

func run(ctx context.Context, args []string, out, progress io.Writer) (err error) {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	size := sizes{appends: 400, each: 200, asks: 200}
	flags.IntVar(&size.events, "events", 1_000_000, "events in the log")
	flags.IntVar(&size.rounds, "rounds", 5, "rounds of each measurement")
	quick := flags.Bool("quick", false, "a smoke run of 50,000 events; its figures say little")
	only := flags.String("only", "", "the parts that are measured, with commas between them; all, if it is empty")
	where := flags.String("dir", "", "where the temporary directory is made")
	profile := flags.String("cpuprofile", "", "write a CPU profile of all but the filling to this file")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *quick {
		size = sizes{events: 50_000, rounds: 1, appends: 50, each: 20, asks: 20}
	}
	chosen, err := partsOf(*only)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp(*where, "signaalboek-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	w, err := newWorld(ctx, dir, size, chosen, progress)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	if *profile != "" {
		stop, err := startProfile(*profile)
		if err != nil {
			return err
		}
		defer stop()
	}
	rows, err := w.measure(ctx, chosen, progress)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%d events, %d rounds, %d cores, %s\n", w.events, w.rounds, runtime.GOMAXPROCS(0), runtime.Version())
	return print(out, rows)
}

// newWorld fills a log and a vault in dir, and has memory measured, if that is chosen, before it opens them for the rest.
func newWorld(ctx context.Context, dir string, size sizes, chosen []part, progress io.Writer) (w world, err error) {
	start, r := time.Now(), newRegion(size.events)
	if size.events, err = fill(ctx, dir, r, size.events); err != nil {
		return w, fmt.Errorf("fill the log: %w", err)
	}
	fmt.Fprintf(progress, "filled with %d events in %.1f s\n", size.events, time.Since(start).Seconds())
	cipher, err := sealCopy(ctx, dir)
	if err != nil {
		return w, fmt.Errorf("seal a copy of the log: %w", err)
	}
	var memory memory
	if slices.ContainsFunc(chosen, func(p part) bool { return p.name == "memory" }) {
		start = time.Now()
		if memory, err = memoryAlone(ctx, dir); err != nil {
			return w, fmt.Errorf("measure memory: %w", err)
		}
		fmt.Fprintf(progress, "measured memory in %.1f s\n", time.Since(start).Seconds())
	}
	w, err = openWorld(ctx, dir)
	w.sizes, w.memory, w.cipher, w.first, w.today = size, memory, cipher, r.first, r.today
	return w, err
}

func fill(ctx context.Context, dir string, r *region, events int) (count int, err error) {
	w, err := openWorld(ctx, dir)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	return fillLog(ctx, r, w.log, w.vault, events)
}

// openWorld opens the log and the vault in dir.
func openWorld(ctx context.Context, dir string) (w world, err error) {
	w.dir = dir
	if w.vault, err = vaultfile.Open(ctx, filepath.Join(dir, "vault")); err != nil {
		return w, err
	}
	if w.log, err = sqlite.Open(ctx, filepath.Join(dir, "log"), sqlite.Options{}); err != nil {
		return w, errors.Join(err, w.vault.Close())
	}
	return w, nil
}

func (w world) close() error { return errors.Join(w.log.Close(), w.vault.Close()) }

// part is a part of what is measured.
type part struct {
	name string
	take func(context.Context, world) ([]row, error)
}

// partsOf are the parts that are named, in the order in which they are always taken; all, if none is.
func partsOf(names string) (chosen []part, err error) {
	all := []part{
		{"appends", measureAppends},
		{"replay", measureReplay},
		{"sealing", measureSealing},
		{"sealed", measureSealed},
		{"tree", measureTree},
		{"memory", func(_ context.Context, w world) ([]row, error) { return w.memory.rows(), nil }},
		{"EventStoreDB", measureESDB},
		{"questions", measureAsked},
	}
	if names == "" {
		return all, nil
	}
	wanted := strings.Split(names, ",")
	for _, p := range all {
		if slices.Contains(wanted, p.name) {
			chosen = append(chosen, p)
		}
	}
	if len(chosen) < len(wanted) {
		return nil, fmt.Errorf("of %s not every part is known, or one stands there twice", names)
	}
	return chosen, nil
}

// measure takes measurements, one after the other.
func (w world) measure(ctx context.Context, chosen []part, progress io.Writer) (rows []row, err error) {
	for _, part := range chosen {
		start := time.Now()
		measured, err := part.take(ctx, w)
		if err != nil {
			return nil, fmt.Errorf("measure %s: %w", part.name, err)
		}
		rows = append(rows, measured...)
		fmt.Fprintf(progress, "measured %s in %.1f s\n", part.name, time.Since(start).Seconds())
	}
	return rows, nil
}

// measureAsked follows the log, and measures what is asked of projections: how soon they show what happened, every
// question, and the same of SQL.
func measureAsked(ctx context.Context, w world) ([]row, error) {
	r, err := follow(ctx, w)
	if err != nil {
		return nil, err
	}
	defer r.stop()
	asked, err := measureQuestions(ctx, w, r.set)
	if err != nil {
		return nil, err
	}
	compared, err := measureSQL(ctx, w, r.set)
	if err != nil {
		return nil, err
	}
	seen, err := measureVisible(ctx, w, r)
	return slices.Concat(seen, asked, compared), err
}

func startProfile(path string) (stop func(), err error) {
	file, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(file); err != nil {
		return nil, err
	}
	return func() {
		pprof.StopCPUProfile()
		file.Close()
	}, nil
}
