package sqlite_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
	"signaalboek/domain"
	"signaalboek/ops/vault/sqlite"
)

// crashDir tells a copy of this test program to fill a vault until it is killed.
const crashDir = "SIGNAALBOEK_VAULT_CRASH_DIR"

func TestMain(m *testing.M) {
	if dir := os.Getenv(crashDir); dir != "" {
		fillUntilKilled(dir)
	}
	os.Exit(m.Run())
}

// fillUntilKilled takes seeds in several goroutines, and says of each what the vault answered. Meanwhile the master key
// is replaced, again and again.
func fillUntilKilled(dir string) {
	v, err := sqlite.Open(context.Background(), dir)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	var out sync.Mutex // one line at a time
	for range 8 {
		go func() {
			for {
				id, seed, err := v.NewSeed(context.Background())
				out.Lock()
				fmt.Printf("%s %x %v\n", id, seed, err)
				out.Unlock()
			}
		}()
	}
	for {
		if err := v.Rotate(context.Background()); err != nil {
			out.Lock()
			fmt.Println("rotate", "it", err)
			out.Unlock()
		}
	}
}

// What was answered before a kill is there after it, in the middle of whatever replacing of the master key; and who comes
// after it is never handed the same.
func TestKilled(t *testing.T) {
	dir := t.TempDir()
	answered := map[domain.SeedID]string{}
	for round := range 4 {
		for line := range strings.Lines(killed(t, dir, 50+100*round)) {
			var id, seed, fault string
			if _, err := fmt.Sscan(line, &id, &seed, &fault); err != nil || !strings.HasSuffix(line, "\n") {
				continue // the last line, cut
			}
			if fault != "<nil>" {
				t.Fatalf("fault: %s", line)
			}
			if answered[uuid.MustParse(id)] != "" {
				t.Fatalf("handed out twice: %s", id)
			}
			answered[uuid.MustParse(id)] = seed
		}
	}
	v := open(t, dir)
	for id, want := range answered {
		if seed, err := v.Seed(t.Context(), id); err != nil || fmt.Sprintf("%x", seed) != want {
			t.Errorf("%s was another seed before the kill: %v", id, err)
		}
	}
	if len(answered) < 4*50 {
		t.Errorf("only %d answers", len(answered))
	}
}

// killed is what a filling program said until it was killed, some time after so many lines.
func killed(t *testing.T, dir string, lines int) string {
	t.Helper()
	program := exec.Command(os.Args[0])
	program.Env = append(os.Environ(), crashDir+"="+dir)
	program.Stderr = os.Stderr
	out, err := program.StdoutPipe()
	fatal(t, err)
	fatal(t, program.Start())
	var said bytes.Buffer
	scanner := bufio.NewScanner(out)
	for n := 0; scanner.Scan(); n++ {
		fmt.Fprintln(&said, scanner.Text())
		if n == lines {
			fatal(t, program.Process.Kill())
		}
	}
	program.Wait() // it was killed
	return said.String()
}
