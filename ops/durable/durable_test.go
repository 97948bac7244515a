package durable_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"signaalboek/ops/durable"
)

// What is replaced is the old file until the new one is whole.
func TestReplace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := durable.Replace(path, durable.Bytes([]byte("old"))); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	err := durable.Replace(path, func(file *os.File) error {
		if held, err := os.ReadFile(path); err != nil || string(held) != "old" {
			t.Errorf("while it is written, %q stands there: %v", held, err)
		}
		_, err := file.WriteString("ha")
		return errors.Join(err, broken)
	})
	if held, _ := os.ReadFile(path); !errors.Is(err, broken) || string(held) != "old" {
		t.Errorf("after a write that failed, %q stands there: %v", held, err)
	}
	if err := durable.Replace(path, durable.Bytes([]byte("new"))); err != nil {
		t.Fatal(err)
	}
	held, err := os.ReadFile(path)
	about, failed := os.Stat(path)
	if err != nil || failed != nil || string(held) != "new" || about.Mode().Perm()&0o077 != 0 {
		t.Errorf("%q stands there, %v: %v", held, about.Mode(), errors.Join(err, failed))
	}
	if err := durable.SyncDir(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a directory that is not there was synced")
	}
}
