package migrate_test

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"signaalboek/ops/eventlog/esdb"
	"signaalboek/ops/eventlog/esdbtest"
	"signaalboek/ops/eventlog/sqlite"
	"signaalboek/ops/migrate"
)

var kills = flag.Int("kills", 6, "how many times the kill test kills a process that migrates, each way")

// What the process that is to be killed is told.
const (
	killFile = "SIGNAALBOEK_TEST_MIGRATE_FILE" // its log in a file
	killNode = "SIGNAALBOEK_TEST_MIGRATE_NODE" // its log in EventStoreDB
	killWay  = "SIGNAALBOEK_TEST_MIGRATE_WAY"  // toNode or toFile
)

const (
	toNode = "to the node"
	toFile = "to the file"
)

// TestMain makes of this program the process that TestKilledAtAnyMoment kills, when that asks for it.
func TestMain(m *testing.M) {
	if way := os.Getenv(killWay); way != "" {
		if err := migrateUntilKilled(way); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// Given a process that migrates a log, when it is killed at any moment, over and over, and started again, then the target
// is a beginning of the source all the time, and in the end all of it. Both ways.
func TestKilledAtAnyMoment(t *testing.T) {
	node, all := esdbtest.Start(t), plenty(40**kills)
	there, first := []string{killNode + "=" + node.ConnectionString()}, filepath.Join(t.TempDir(), "log.db")
	file := openFile(t, first)
	fill(t, file, all)
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	killOften(t, append(there, killFile+"="+first, killWay+"="+toNode))
	second := filepath.Join(t.TempDir(), "log.db")
	killOften(t, append(there, killFile+"="+second, killWay+"="+toFile))
	from, log, to := openFile(t, first), openNode(t, node.ConnectionString()), openFile(t, second)
	if events := len(contents(t, to)); events != 40**kills {
		t.Errorf("%d events came through", events)
	}
	equal(t, from, log)
	equal(t, log, to)
	equal(t, from, to)
}

// killOften kills a migration so many times, each time a little further on, and then lets it end.
func killOften(t *testing.T, told []string) {
	t.Helper()
	reached := 0
	for range *kills {
		reached = runUntil(t, told, reached+1+rand.IntN(60))
	}
	if end := runUntil(t, told, math.MaxInt); end != 40**kills {
		t.Errorf("it ended at event %d", end)
	}
}

// runUntil runs a migration in a process of its own, and kills that when it has come to an event. It gives the event to
// which it came.
func runUntil(t *testing.T, told []string, enough int) (reached int) {
	t.Helper()
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), told...)
	output, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(output)
	for lines.Scan() {
		if _, err := fmt.Sscanf(lines.Text(), "event %d", &reached); err == nil && reached >= enough {
			command.Process.Kill()
			break
		}
	}
	for lines.Scan() {
		continue // what it had said before it died
	}
	if err := command.Wait(); err != nil && err.Error() != "signal: killed" {
		t.Fatalf("it ended by itself: %v", err)
	}
	return reached
}

// migrateUntilKilled is the process that TestKilledAtAnyMoment kills. It says how far it is, so that it is killed while it
// compares, copies, or compares again.
func migrateUntilKilled(way string) error {
	file, err := sqlite.Open(ctx, os.Getenv(killFile), sqlite.Options{})
	if err != nil {
		return err
	}
	node, err := esdb.Open(ctx, os.Getenv(killNode), esdb.Options{})
	if err != nil {
		return errors.Join(err, file.Close())
	}
	m := migrate.Migration{From: file, To: node, Watch: func(p migrate.Progress) { fmt.Printf("event %d\n", p.Events) }}
	if way == toFile {
		m.From, m.To = node, file
	}
	_, err = m.Copy(ctx)
	if err == nil {
		_, err = m.Compare(ctx)
	}
	return errors.Join(err, node.Close(), file.Close())
}
