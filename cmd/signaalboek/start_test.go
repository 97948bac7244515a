package main

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
)

// Programs that start at the same moment in a new directory: one makes the ledger, and the others are told who has it.
// What was made is whole.
func TestOneOfManyStarts(t *testing.T) {
	at := dir(filepath.Join(t.TempDir(), "boek"))
	const many = 6
	made, refused := make(chan *machinery, many), make(chan error, many)
	var starting sync.WaitGroup
	for range many {
		starting.Go(func() {
			m, err := open(t.Context(), place{dir: at})
			if err != nil {
				refused <- err
				return
			}
			made <- m
		})
	}
	starting.Wait()
	if len(made) != 1 || len(refused) != many-1 {
		t.Fatalf("%d started and %d were refused", len(made), len(refused))
	}
	for range many - 1 {
		if err := <-refused; !strings.Contains(explain(err), "Er draait al een signaalboek op deze map") {
			t.Errorf("told %q", explain(err))
		}
	}
	if err := (<-made).close(); err != nil {
		t.Error(err)
	}
	again, err := open(t.Context(), place{dir: at})
	if err != nil {
		t.Fatal(err)
	}
	if err := again.close(); err != nil {
		t.Error(err)
	}
}

// Whatever stands where a ledger should be, the operator is told in Dutch, and it is left as it was.
func TestWhatIsNotOursIsRefusedInDutch(t *testing.T) {
	const letter = "Beste buren, "
	for name, c := range map[string]struct {
		file string // below the directory
		mode os.FileMode
		want string
	}{
		"a log that is none":      {"log.db", 0o600, "log.db is van een ander programma"},
		"accounts that are none":  {"accounts.db", 0o600, "accounts.db is van een ander programma"},
		"a vault that is none":    {"vault/vault.db", 0o600, "master.key is er niet"},
		"a key that is none":      {"vault/master.key", 0o600, "vault.db is er niet"},
		"a vault and a bare key":  {"vault/vault.db vault/master.key", 0o644, "Anderen kunnen master.key lezen"},
		"a vault and another key": {"vault/vault.db vault/master.key", 0o600, "master.key hoort niet bij deze vault.db"},
		"a file for a directory":  {"../boek", 0o600, "Daar staat een bestand en geen map"},
		"a file for the vault":    {"vault", 0o600, "Daar staat een bestand en geen map"},
	} {
		t.Run(name, func(t *testing.T) {
			if runtime.GOOS == "windows" && c.mode != 0o600 {
				t.Skip("Windows has no modes that let others read")
			}
			at := filepath.Join(t.TempDir(), "boek")
			for file := range strings.FieldsSeq(c.file) {
				path := filepath.Join(at, file)
				if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, []byte(strings.Repeat(letter, 500)), c.mode); err != nil {
					t.Fatal(err)
				}
			}
			_, err := commandOutput(t, "serve", "--data", at, "--addr", "127.0.0.1:0")
			if err == nil || !strings.Contains(explain(err), c.want) {
				t.Errorf("told %q, not %q", explain(err), c.want)
			}
			for file := range strings.FieldsSeq(c.file) {
				if raw, err := os.ReadFile(filepath.Join(at, file)); err != nil || string(raw) != strings.Repeat(letter, 500) {
					t.Errorf("%s was changed: %v", file, err)
				}
			}
		})
	}
}

// Whoever opens the site to other machines without https is warned.
func TestOpenWithoutHTTPSIsSaid(t *testing.T) {
	for _, options := range [][]string{{"--public"}, {"--public", "--https"}, {}} {
		p := launch(t, append([]string{"serve", "--data", t.TempDir()}, options...)...)
		warned := strings.Contains(p.stderr.String(), "zonder --https")
		if warned != (len(options) == 1) {
			t.Errorf("%q: warned %t", options, warned)
		}
		p.end()
	}
}

// In a directory where it may not write, the program says so.
func TestReadOnlyDirectory(t *testing.T) {
	if os.Geteuid() == 0 || runtime.GOOS == "windows" {
		t.Skip("root writes everywhere, and Windows has no modes")
	}
	at := t.TempDir()
	if err := os.Chmod(at, 0o500); err != nil {
		t.Fatal(err)
	}
	for _, data := range []string{at, filepath.Join(at, "boek")} {
		_, err := open(t.Context(), place{dir: dir(data)})
		if err == nil || !strings.Contains(explain(err), "mag niet in deze map schrijven") {
			t.Errorf("%s: told %q (%v)", data, explain(err), err)
		}
	}
}

// A vault that is gone is never replaced by a new one: its texts would be lost without a word.
func TestLostVaultIsRefused(t *testing.T) {
	data := filepath.Join(t.TempDir(), "boek")
	launch(t, "serve", "--data", data).end()
	if err := os.RemoveAll(dir(data).vault()); err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"doctor", "rebuild", "serve"} {
		out, err := commandOutput(t, command, "--data", data)
		if err == nil || !strings.Contains(out+explain(err), "de map vault is weg") {
			t.Errorf("%s said %q and %v", command, out, err)
		}
		if _, err := os.Stat(dir(data).vault()); !os.IsNotExist(err) {
			t.Fatalf("%s made a new vault", command)
		}
	}
}
