package sqlite_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"signaalboek/ops/eventlog/sqlite"
)

// A new log is for its owner only, in whatever directory it stands; one that its owner opened to others stays so, and
// what stands beside it follows.
func TestModes(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no modes")
	}
	path := fresh(t)
	for _, want := range []fs.FileMode{0o600, 0o640} {
		if want != 0o600 {
			if err := os.Chmod(path, want); err != nil {
				t.Fatal(err)
			}
		}
		log, err := sqlite.Open(t.Context(), path, sqlite.Options{})
		if err != nil {
			t.Fatal(err)
		}
		files, err := filepath.Glob(path + "*")
		if err != nil || len(files) < 4 {
			t.Errorf("found only %q, %v", files, err)
		}
		for _, file := range files {
			if about, err := os.Stat(file); err != nil || about.Mode().Perm() != want {
				t.Errorf("%s has mode %v, not %v: %v", filepath.Base(file), about.Mode(), want, err)
			}
		}
		if err := log.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
