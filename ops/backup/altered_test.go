package backup

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Given a backup, when any byte of it is altered, or it is cut off anywhere, then that is found, and nothing that it gives
// is taken for whole.
func TestEveryAlteredByteIsFound(t *testing.T) {
	by, to := pair(t)
	made := backedUp(t, logOf(t, 4), to)
	raw, err := os.ReadFile(made.Path)
	if err != nil {
		t.Fatal(err)
	}
	for at := range raw {
		altered := bytes.Clone(raw)
		altered[at] ^= 1
		mustBeFound(t, fmt.Sprintf("byte %d", at), altered, by)
		mustBeFound(t, fmt.Sprintf("cut off at %d", at), raw[:at], by)
	}
	mustBeFound(t, "a byte more", append(bytes.Clone(raw), 0), by)
}

func mustBeFound(t *testing.T, what string, raw []byte, by Identities) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "altered.age")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := Open(path, by)
	if err == nil {
		_, err = f.Check()
	}
	if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrNotForUs) || !strings.Contains(err.Error(), "altered.age") {
		t.Errorf("%s: %v", what, err)
	}
}

// Whoever has a public key can make a file that age opens. Given what stands in a backup, when any byte of that is altered,
// it is cut off, or two of its pieces change places, then that is found, too.
func TestEveryAlteredByteInsideIsFound(t *testing.T) {
	var plain bytes.Buffer
	w := newWriter(&plain, NewHeader(Log, "test", noon))
	if err := w.Events(t.Context(), logOf(t, 4), Promised{}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.finish(); err != nil {
		t.Fatal(err)
	}
	raw := plain.Bytes()
	if err := readPlain(raw); err != nil {
		t.Fatal(err)
	}
	for at := range raw {
		altered := bytes.Clone(raw)
		altered[at] ^= 1
		for what, altered := range map[string][]byte{"altered": altered, "cut off": raw[:at]} {
			if err := readPlain(altered); !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrNewer) {
				t.Errorf("%s at %d: %v", what, at, err)
			}
		}
	}
	frames := framesOf(t, raw)
	for i := range frames[1:] {
		swapped := append([][]byte{}, frames...)
		swapped[i], swapped[i+1] = swapped[i+1], swapped[i]
		dropped := append(append([][]byte{}, frames[:i]...), frames[i+1:]...)
		doubled := append(append(append([][]byte{}, frames[:i]...), frames[i]), frames[i:]...)
		for what, frames := range map[string][][]byte{"swapped": swapped, "dropped": dropped, "doubled": doubled} {
			if err := readPlain(append([]byte(firstLine), bytes.Join(frames, nil)...)); !errors.Is(err, ErrDamaged) {
				t.Errorf("frame %d %s: %v", i, what, err)
			}
		}
	}
}

// readPlain reads a backup that was not encrypted.
func readPlain(raw []byte) error {
	r, err := newReader(bytes.NewReader(raw))
	if err != nil {
		return err
	}
	for _, err := range r.part(eventsPart) {
		if err != nil {
			return err
		}
	}
	_, err = r.manifest()
	return err
}

func framesOf(t *testing.T, raw []byte) (frames [][]byte) {
	t.Helper()
	for rest := raw[len(firstLine):]; len(rest) > 0; {
		length := frameHead + int(rest[1])<<24 + int(rest[2])<<16 + int(rest[3])<<8 + int(rest[4])
		frames, rest = append(frames, rest[:length]), rest[length:]
	}
	return frames
}

// forged writes a backup that is sealed as it should be, and whose manifest says something else.
func forged(t *testing.T, to Recipients, change func(*Manifest)) string {
	t.Helper()
	made, err := Make(t.TempDir(), NewHeader(Log, "test", noon), to, func(w *Writer) error {
		if err := w.Events(t.Context(), logOf(t, 4), Promised{}); err != nil {
			return err
		}
		change(&w.said)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return made.Path
}

func TestAnotherManifestIsFound(t *testing.T) {
	by, to := pair(t)
	for name, change := range map[string]func(*Manifest){
		"another root":   func(said *Manifest) { said.Tree.Root[3] ^= 1 },
		"fewer events":   func(said *Manifest) { said.Tree.Size-- },
		"more events":    func(said *Manifest) { said.Tree.Size++ },
		"no tree":        func(said *Manifest) { said.Tree = nil },
		"fewer records":  func(said *Manifest) { said.Parts[0].Records-- },
		"another part":   func(said *Manifest) { said.Parts[0].Name = "others" },
		"another kind":   func(said *Manifest) { said.Kind = Vault },
		"another moment": func(said *Manifest) { said.MadeAt = noon.Add(1) },
	} {
		if _, err := opened(t, forged(t, to, change), by).Check(); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
