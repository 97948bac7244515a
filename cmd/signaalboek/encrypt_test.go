package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"signaalboek/ops/atrest"
)

// inTheClear is what stands in every ledger that is not sealed.
var inTheClear = []string{"SQLite format 3", "practice.opened", "CREATE TABLE"}

// stands reports which of some words stand in the files of a directory.
func stands(t *testing.T, data string, words ...string) (found []string) {
	t.Helper()
	err := filepath.WalkDir(data, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasSuffix(path, "-lock") {
			return err
		}
		raw, err := os.ReadFile(path)
		for _, word := range words {
			if bytes.Contains(raw, []byte(word)) {
				found = append(found, filepath.Base(path)+": "+word)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// Given a ledger in the clear, when it is encrypted, decrypted and encrypted again, then it serves what it held, doctor
// finds nothing wrong and says how it stands, and starting it as what it is not is refused in words.
func TestEncryptAndDecrypt(t *testing.T) {
	data, key := filepath.Join(t.TempDir(), "boek"), filepath.Join(t.TempDir(), "key")
	p := launch(t, "serve", "--data", data, "--plain")
	token := p.Token
	p.end()
	if len(stands(t, data, inTheClear...)) == 0 {
		t.Fatal("nothing is found in the clear: the test looks for the wrong words")
	}
	told(t, "signaalboek encrypt", "doctor", "--data", data, "--key", key)
	for range 2 {
		if _, err := commandOutput(t, "encrypt", "--data", data, "--key", key); err != nil {
			t.Fatal(explain(err))
		}
		if found := stands(t, data, inTheClear...); len(found) > 0 {
			t.Errorf("in the clear: %q", found)
		}
		told(t, "Laat --plain weg", "serve", "--data", data, "--plain")
		told(t, "hoort niet bij dit signaalboek", "serve", "--data", data, "--key", aKey(t))
		told(t, "staan versleuteld op de schijf", "doctor", "--data", data, "--key", key)
		p := launch(t, "serve", "--data", data, "--key", key)
		p.Token = token
		if answer := p.request("GET", "/api/v1/signals", nil, nil); answer.StatusCode != 200 {
			t.Errorf("signals: %s", answer.Status)
		}
		told(t, "Er draait al een signaalboek", "decrypt", "--data", data, "--key", key)
		p.end()
		if _, err := commandOutput(t, "decrypt", "--data", data, "--key", key); err != nil {
			t.Fatal(explain(err))
		}
		told(t, "niets in de map staat versleuteld", "doctor", "--data", data, "--plain")
		told(t, "signaalboek encrypt", "serve", "--data", data, "--key", key)
	}
}

// Given a conversion that was cut off between two files, then the program refuses, and doing it again does the rest.
func TestEncryptAgain(t *testing.T) {
	data, key := filepath.Join(t.TempDir(), "boek"), filepath.Join(t.TempDir(), "key")
	launch(t, "serve", "--data", data, "--plain").end()
	accounts, err := os.ReadFile(dir(data).accounts())
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := commandOutput(t, "encrypt", "--data", data, "--key", key); err != nil {
			t.Fatal(explain(err))
		}
		told(t, "staan versleuteld op de schijf", "doctor", "--data", data, "--key", key)
		if err := os.WriteFile(dir(data).accounts(), accounts, 0o600); err != nil {
			t.Fatal(err)
		}
		told(t, "signaalboek encrypt", "serve", "--data", data, "--key", key)
	}
}

// A key that is lost is never replaced by a new one, and one that others may read is not used.
func TestALostKeyIsRefused(t *testing.T) {
	data, key := filepath.Join(t.TempDir(), "boek"), filepath.Join(t.TempDir(), "key")
	launch(t, "serve", "--data", data, "--key", key).end()
	if err := os.Chmod(key, 0o644); err != nil {
		t.Fatal(err)
	}
	told(t, "Anderen kunnen de sleutel lezen", "serve", "--data", data, "--key", key)
	if err := os.Remove(key); err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"serve", "doctor", "rebuild", "decrypt"} {
		told(t, "De sleutel is er niet", command, "--data", data, "--key", key)
	}
	if _, err := os.Stat(key); !errors.Is(err, os.ErrNotExist) {
		t.Error("a new key was made")
	}
	told(t, "mag niet in de map", "serve", "--data", data, "--key", filepath.Join(data, "vault", "..", "key"))
}

// aKey is the file of a key that nothing was sealed under.
func aKey(t *testing.T) string {
	t.Helper()
	key := filepath.Join(t.TempDir(), "key")
	if _, err := atrest.KeyFile(key).Make(); err != nil {
		t.Fatal(err)
	}
	return key
}

// told checks what a command says, in its output or as an error.
func told(t *testing.T, want string, args ...string) {
	t.Helper()
	if args[0] == "serve" {
		args = append(args, "--addr", "127.0.0.1:0")
	}
	out, err := commandOutput(t, args...)
	said := out
	if err != nil {
		said += explain(err)
	}
	if !strings.Contains(said, want) {
		t.Errorf("%s said %q, not %q", strings.Join(args, " "), said, want)
	}
}
