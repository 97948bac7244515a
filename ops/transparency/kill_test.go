package transparency

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"signaalboek/domain"
	"signaalboek/domain/proof"
	"signaalboek/ops/eventlog/sqlite"
)

var kills = flag.Int("kills", 8, "how many times the kill test kills a process that keeps a tree and signs it")

// killDir tells the process that is to be killed where to work.
const killDir = "SIGNAALBOEK_TEST_TRANSPARENCY"

// killEvents is how many events stand in the log in the end: enough to fill tiles all the time.
func killEvents() int { return 300 * *kills }

// TestMain makes of this program the process that TestKilledAtAnyMoment kills, when that asks for it.
func TestMain(m *testing.M) {
	flag.Parse()
	if dir := os.Getenv(killDir); dir != "" {
		if err := signUntilKilled(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// Given a process that records, keeps the tree and signs, when it is killed at any moment, over and over, then what it said
// to have signed is promised ever after, each promise extends the one before it, and the tree is that of the log.
func TestKilledAtAnyMoment(t *testing.T) {
	dir, before := t.TempDir(), proof.Checkpoint{Root: proof.EmptyRoot}
	for range *kills {
		said := runUntil(t, dir, rand.IntN(120))
		before = extendsAll(t, dir, before, said)
	}
	runUntil(t, dir, math.MaxInt)
	if end := extendsAll(t, dir, before, 0); end.Size != int64(killEvents()) {
		t.Errorf("it ended at event %d", end.Size)
	}
}

// extendsAll fails unless what is kept in dir promises at least what was said, extends a former promise, and is of the log.
func extendsAll(t *testing.T, dir string, before proof.Checkpoint, said int64) proof.Checkpoint {
	t.Helper()
	log, err := sqlite.Open(ctx, filepath.Join(dir, "log"), sqlite.Options{})
	fatal(t, err)
	defer log.Close()
	tree := openTree(t, filepath.Join(dir, "tiles"), log)
	if want, err := ExtentOf(ctx, log); err != nil || tree.Extent() != want {
		t.Fatalf("the tree is at %+v, and the log at %+v: %v", tree.Extent(), want, err)
	}
	if _, err := tree.Recompute(ctx); err != nil {
		t.Error(err)
	}
	head, err := NewHeadFile(filepath.Join(dir, "head")).Head(ctx)
	fatal(t, err)
	promised, err := head.Promised()
	fatal(t, err)
	extends, err := tree.Consistency(ctx, before.Size, promised.Size)
	if err = errors.Join(err, extends.Check(before, promised)); err != nil || promised.Size < said {
		t.Errorf("it promises %d events, said %d, and promised %d: %v", promised.Size, said, before.Size, err)
	}
	root, err := tree.Root(ctx, promised.Size)
	if err != nil || root != promised.Root {
		t.Errorf("it promises another root: %v", err)
	}
	return promised
}

// runUntil runs the process, and kills it when it has said so many things. It gives how many events it said to have signed.
func runUntil(t *testing.T, dir string, enough int) (signed int64) {
	t.Helper()
	command := exec.Command(os.Args[0], fmt.Sprint("-kills=", *kills))
	command.Env = append(os.Environ(), killDir+"="+dir)
	command.Stderr = os.Stderr
	output, err := command.StdoutPipe()
	fatal(t, err)
	fatal(t, command.Start())
	lines, heard := bufio.NewScanner(output), 0
	for lines.Scan() {
		_, _ = fmt.Sscanf(lines.Text(), "signed %d", &signed) // or it recorded
		if heard++; heard == enough {
			fatal(t, command.Process.Kill())
		}
	}
	if err := command.Wait(); err != nil && err.Error() != "signal: killed" {
		t.Fatalf("it ended by itself: %v", err)
	}
	return signed
}

// signUntilKilled is the process that is killed. It records a few events at a time, and has them signed, one by one or
// together, while the tree follows.
func signUntilKilled(dir string) (err error) {
	log, err := sqlite.Open(ctx, filepath.Join(dir, "log"), sqlite.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	key, err := MakeKey(filepath.Join(dir, "signing.key"))
	if err != nil {
		return err
	}
	tree, err := Open(ctx, filepath.Join(dir, "tiles"), log)
	if err != nil {
		return err
	}
	go tree.Run(ctx)
	notary := &Notary{Notarial: Notarial{
		Tree: tree, Log: log, Heads: NewHeadFile(filepath.Join(dir, "head")), Keys: key, Holder: "one", Every: time.Hour,
		Logger: slog.New(slog.NewTextHandler(os.Stderr, nil)),
	}}
	now, err := ExtentOf(ctx, log)
	if err != nil {
		return err
	}
	for n := int(now.Size); n < killEvents(); {
		position, more := domain.Position{}, min(1+rand.IntN(60), killEvents()-n)
		for range more {
			drafts := []domain.Draft{draft(n)}
			if position, err = log.Append(ctx, domain.NewStreamID("thing", fmt.Sprint(n)), domain.NoStream, drafts); err != nil {
				return err
			}
			n++
		}
		fmt.Println("recorded", n)
		if _, err := notary.Sign(ctx, position); err != nil {
			return err
		}
		fmt.Println("signed", n)
	}
	return nil
}
