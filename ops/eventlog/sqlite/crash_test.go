package sqlite_test

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"signaalboek/domain"
	"signaalboek/ops/atrest"
	"signaalboek/ops/eventlog/sqlite"
)

var kills = flag.Int("kills", 25, "how many times the crash test kills a writing process")

const (
	crashLog     = "SIGNAALBOEK_TEST_CRASH_LOG" // set in the process that is to be killed
	crashKey     = "SIGNAALBOEK_TEST_CRASH_KEY" // the key file of its log, if that is sealed
	crashWriters = 4
)

// TestMain makes of this program a process that a test kills, when that asks for it.
func TestMain(m *testing.M) {
	if path := os.Getenv(readLog); path != "" {
		form, err := formUnder(atrest.KeyFile(os.Getenv(crashKey)))
		fmt.Fprintln(os.Stderr, errors.Join(err, readUntilKilled(path, form)))
		os.Exit(1)
	}
	if path := os.Getenv(writeLog); path != "" {
		form, err := formUnder(atrest.KeyFile(os.Getenv(crashKey)))
		fmt.Fprintln(os.Stderr, errors.Join(err, writeUntilKilled(os.Getenv(writeFrom), path, form)))
		os.Exit(1)
	}
	if path := os.Getenv(crashLog); path != "" {
		fmt.Fprintln(os.Stderr, appendUntilKilled(path, atrest.KeyFile(os.Getenv(crashKey))))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// Given a process that appends and says so on its output, when it is killed at any moment, over and over, then all it
// said was recorded is there, and every append is there whole or not at all.
func TestKilledAtAnyMoment(t *testing.T) {
	t.Run("in the clear", func(t *testing.T) { killOften(t, fresh(t), "") })
	t.Run("sealed", func(t *testing.T) { killOften(t, fresh(t), atrest.KeyFile(filepath.Join(t.TempDir(), "key"))) })
}

func killOften(t *testing.T, path string, key atrest.KeyFile) {
	promised := map[domain.StreamID]domain.Revision{}
	form, err := formUnder(key)
	if err != nil {
		t.Fatal(err)
	}
	for range *kills {
		for stream, revision := range runUntilKilled(t, path, key, 1+rand.IntN(120)) {
			promised[stream] = max(revision, promised[stream])
		}
		checkPromises(t, path, form, promised)
	}
	if len(promised) != crashWriters {
		t.Errorf("%d streams were written, want %d", len(promised), crashWriters)
	}
}

// runUntilKilled starts a process that appends, kills it after it has promised enough, and gives the last revision of
// each stream that it promised.
func runUntilKilled(t *testing.T, path string, key atrest.KeyFile, enough int) map[domain.StreamID]domain.Revision {
	t.Helper()
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), crashLog+"="+path, crashKey+"="+string(key))
	output, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	promised := map[domain.StreamID]domain.Revision{}
	lines := bufio.NewReader(output)
	for n := 1; ; n++ {
		line, err := lines.ReadString('\n')
		if err != nil {
			break
		}
		if n == enough {
			command.Process.Kill()
		}
		note(t, promised, line)
	}
	if err := command.Wait(); err == nil || err.Error() != "signal: killed" {
		t.Fatalf("the process ended by itself: %v", err)
	}
	return promised
}

// formUnder is the form of a log that is sealed under a key, which is made if need be; in the clear if there is none.
func formUnder(file atrest.KeyFile) (sqlite.Options, error) {
	if file == "" {
		return sqlite.Options{}, nil
	}
	key, err := file.Make()
	if err != nil {
		return sqlite.Options{}, err
	}
	return sqlite.Options{Cipher: key.For("log")}, nil
}

func note(t *testing.T, promised map[domain.StreamID]domain.Revision, line string) {
	t.Helper()
	var stream domain.StreamID
	var revision domain.Revision
	if _, err := fmt.Sscanf(line, "promised %s %d\n", &stream, &revision); err != nil {
		t.Fatalf("the process said %q", line)
	}
	promised[stream] = max(revision, promised[stream])
}

func checkPromises(t *testing.T, path string, form sqlite.Options, promised map[domain.StreamID]domain.Revision) {
	t.Helper()
	log := open(t, path, form)
	defer log.Close()
	stored := map[domain.StreamID][]domain.Recorded{}
	for r, err := range log.ReadAll(t.Context(), domain.Position{}) {
		if err != nil {
			t.Fatal(err)
		}
		stored[r.Stream] = append(stored[r.Stream], r)
	}
	for stream, revision := range promised {
		if last := domain.Revision(len(stored[stream]) - 1); last < revision {
			t.Errorf("%s: revision %d was promised, and %d is the last", stream, revision, last)
		}
		checkWhole(t, stored[stream])
	}
	if err := log.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

// checkWhole checks that no append was recorded in part: each event says which part of how many it is.
func checkWhole(t *testing.T, events []domain.Recorded) {
	t.Helper()
	part, parts := 0, 0
	for i, r := range events {
		var of int
		var at int
		if _, err := fmt.Sscanf(string(r.Metadata), "%d/%d", &at, &of); err != nil {
			t.Fatal(err)
		}
		if r.Revision != domain.Revision(i) || part == parts && at != 1 || part < parts && (at != part+1 || of != parts) {
			t.Errorf("%s: event %d at revision %d is part %d of %d, after %d of %d",
				r.Stream, i, r.Revision, at, of, part, parts)
		}
		part, parts = at, of
	}
	if part != parts {
		t.Errorf("the last append was recorded up to part %d of %d", part, parts)
	}
}

// appendUntilKilled appends to a log with several writers, and returns only when one of them fails.
func appendUntilKilled(path string, key atrest.KeyFile) error {
	form, err := formUnder(key)
	if err != nil {
		return err
	}
	log, err := sqlite.Open(context.Background(), path, form)
	if err != nil {
		return err
	}
	failed := make(chan error)
	for w := range crashWriters {
		go func() { failed <- appendForEver(log, domain.NewStreamID("thing", fmt.Sprint(w)), os.Stdout) }()
	}
	return <-failed
}

func appendForEver(log domain.Store, stream domain.StreamID, promises io.Writer) error {
	last := domain.NoStream
	for r, err := range log.ReadStreamBackward(context.Background(), stream) {
		if err != nil {
			return err
		}
		last = r.Revision
		break
	}
	for n := 0; ; n++ {
		parts := drafts(1 + n%3)
		for i := range parts {
			parts[i].Metadata = fmt.Appendf(nil, "%d/%d", i+1, len(parts))
			parts[i].Payload = []byte(strings.Repeat("x", 1+rand.IntN(6000)))
		}
		if _, err := log.Append(context.Background(), stream, last, parts); err != nil {
			return err
		}
		last += domain.Revision(len(parts))
		fmt.Fprintf(promises, "promised %s %d\n", stream, last)
	}
}
