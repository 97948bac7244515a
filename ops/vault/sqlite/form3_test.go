package sqlite_test

import (
	"bytes"
	"errors"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"
	"signaalboek/domain"
	"signaalboek/ops/vault"
	"signaalboek/ops/vault/sqlite"
)

// testdata/form3 is a vault that this form of the package made: a text, a bundle that holds it, one that went with another
// text, and one that was destroyed. It opens for ever, and says what it said then.
func TestForm3(t *testing.T) { checkForm3(t, open(t, ofForm(t, 3))) }

// testdata/dump3 is a dump of that vault, a record a line: it can be restored for ever, and then says the same. That vault
// still gives it.
func TestDumpOfForm3(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join("testdata", "dump3"))
	fatal(t, err)
	original, err := vault.Dumped(func() iter.Seq2[[]byte, error] {
		return func(yield func([]byte, error) bool) {
			for line := range bytes.Lines(raw) {
				if !yield(bytes.TrimSuffix(line, []byte("\n")), nil) {
					return
				}
			}
		}
	})
	fatal(t, err)
	dir := t.TempDir()
	fatal(t, sqlite.Make(t.Context(), original, dir, sqlite.Options{}))
	for _, v := range []*vault.Vault{open(t, ofForm(t, 3)), open(t, dir)} {
		if dumped(t, v) != string(raw) {
			t.Error("the dump is another one")
		}
	}
	checkForm3(t, open(t, dir))
}

func dumped(t *testing.T, v *vault.Vault) string {
	t.Helper()
	var all strings.Builder
	fatal(t, v.Lend(t.Context(), func(o vault.Original) error {
		all.Reset()
		return o.Dump(func(record []byte) error {
			all.Write(append(record, '\n'))
			return nil
		})
	}))
	return all.String()
}

func checkForm3(t *testing.T, v *vault.Vault) {
	t.Helper()
	ctx, one, two := t.Context(), uuid.UUID{15: 1}, uuid.UUID{15: 2}
	text := form1Text(t, "01a20239-e5a7-7195-a65d-daa6173e5116.AfyEJrcORAYqAq87QBns0rM0fgOiJhCyaYGmO9Yf5Kx1CCBNNEvizOhSQQTs3inGf7d2Gcs"+
		"O4yRvpFD5RVSbj5Q5qUmkCwiH91Jvr_cw1PXZn9ngrPUNhYUT")
	plain, err := v.Open(ctx, text)
	same(t, "text", string(plain), err, "De bus rijdt niet na zes uur.")
	kept, err := v.Bundle(ctx, practice, one, domain.DigestOf([]byte("kept")))
	same(t, "bundle", string(kept), err, "kept")
	for built, release := range map[string]uuid.UUID{"gone": one, "withdrawn": two} {
		if err := v.KeepBundle(ctx, practice, release, []byte(built)); !errors.Is(err, domain.ErrForgotten) {
			t.Errorf("%s: %v", built, err)
		}
	}
	fatal(t, v.ForgetTexts(ctx, practice, text.Key))
	if _, err := v.Bundle(ctx, practice, one, domain.DigestOf([]byte("kept"))); !errors.Is(err, domain.ErrForgotten) {
		t.Errorf("its text was forgotten: %v", err)
	}
}
