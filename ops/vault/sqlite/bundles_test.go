package sqlite_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"
	"signaalboek/domain"
	"signaalboek/ops/vault"
	"signaalboek/ops/vault/sqlite"
)

// built is what was built of a release that holds a text.
var built = []byte("PK\x03\x04 de bus rijdt niet na zes uur")

// withBundle is a directory with a closed vault that keeps one bundle, with the text that it holds.
func withBundle(t *testing.T) (dir string, release uuid.UUID, text domain.Sealed) {
	t.Helper()
	dir, text = used(t)
	v, err := sqlite.Open(t.Context(), dir)
	fatal(t, err)
	release = uuid.New()
	fatal(t, v.KeepBundle(t.Context(), practice, release, built, text.Key))
	fatal(t, v.Close())
	return dir, release, text
}

// An old copy of a vault, put back with the key of its time, has a bundle again until what the log says was erased, or
// withdrawn, is destroyed again.
func TestOldCopiesOfBundles(t *testing.T) {
	for what, again := range map[string]func(*vault.Vault, uuid.UUID, domain.Sealed) error{
		"erased": func(v *vault.Vault, _ uuid.UUID, text domain.Sealed) error { return v.Forget(t.Context(), text.Key) },
		"withdrawn": func(v *vault.Vault, release uuid.UUID, _ domain.Sealed) error {
			return v.DestroyBundles(t.Context(), practice, release)
		},
	} {
		t.Run(what, func(t *testing.T) {
			dir, release, text := withBundle(t)
			old := t.TempDir()
			for _, name := range []string{"vault.db", "master.key"} {
				raw, err := os.ReadFile(filepath.Join(dir, name))
				fatal(t, err)
				write(t, old, name, raw)
			}
			v, err := sqlite.Open(t.Context(), dir)
			fatal(t, err)
			fatal(t, again(v, release, text))
			fatal(t, v.Close())

			v = open(t, old)
			if got, err := v.Bundle(t.Context(), practice, release, domain.DigestOf(built)); err != nil || !bytes.Equal(got, built) {
				t.Errorf("both old copies: %v", err)
			}
			fatal(t, again(v, release, text))
			if _, err := v.Bundle(t.Context(), practice, release, domain.DigestOf(built)); !errors.Is(err, domain.ErrForgotten) {
				t.Errorf("destroyed again, it says %v", err)
			}
		})
	}
}

// Whoever can write in vault.db, but has no master key, can destroy a bundle; every other change is found.
func TestAlteredBundlesAreFound(t *testing.T) {
	for name, tt := range map[string]struct {
		edit string
		want error
	}{
		"content":            {"UPDATE bundle SET content = zeroblob(60)", vault.ErrAltered},
		"no content":         {"UPDATE bundle SET content = x''", vault.ErrAltered},
		"texts":              {"UPDATE bundle SET texts = x''", vault.ErrAltered},
		"key":                {"UPDATE bundle SET key = randomblob(16)", vault.ErrAltered},
		"wrapped":            {"UPDATE bundle SET wrapped = zeroblob(60)", vault.ErrAltered},
		"master":             {"UPDATE bundle SET master = zeroblob(8)", vault.ErrWrongMaster},
		"another practice":   {"UPDATE bundle SET practice = 'ter-plekke-zillebeke'", domain.ErrNoBundle},
		"another's bundle":   {"UPDATE bundle SET mark = randomblob(16)", domain.ErrNoBundle},
		"destroyed":          {"UPDATE bundle SET wrapped = NULL", domain.ErrForgotten},
		"said of nobody":     {"DELETE FROM bundle", domain.ErrNoBundle},
		"of another release": {"UPDATE bundle SET about = randomblob(16)", vault.ErrAltered},
	} {
		t.Run(name, func(t *testing.T) {
			dir, release, _ := withBundle(t)
			edit(t, dir, tt.edit)
			_, err := open(t, dir).Bundle(t.Context(), practice, release, domain.DigestOf(built))
			if !errors.Is(err, tt.want) {
				t.Errorf("opened with %v, not %v", err, tt.want)
			}
		})
	}
}

// A vault of form 2 keeps bundles when it is opened, and all that it kept before. Under another key nothing is brought
// anywhere.
func TestForm2KeepsBundles(t *testing.T) {
	dir := ofForm(t, 2)
	key, err := os.ReadFile(filepath.Join(dir, "master.key"))
	fatal(t, err)
	before := content(t, dir)
	write(t, dir, "master.key", bytes.Repeat([]byte{7}, 32))
	if _, err := sqlite.Open(t.Context(), dir); !errors.Is(err, vault.ErrWrongMaster) {
		t.Errorf("opened with %v", err)
	}
	write(t, dir, "master.key", key)
	if !bytes.Contains(content(t, dir), before[len(key):]) || strings.Contains(string(content(t, dir)), "CREATE TABLE bundle") {
		t.Error("what was refused was changed")
	}
	release := uuid.New()
	for range 2 {
		v, err := sqlite.Open(t.Context(), dir)
		fatal(t, err)
		fatal(t, v.KeepBundle(t.Context(), practice, release, built))
		fatal(t, v.Rotate(t.Context()))
		got, err := v.Bundle(t.Context(), practice, release, domain.DigestOf(built))
		same(t, "bundle", string(got), err, string(built))
		fatal(t, v.Close())
	}
}

// No file of a vault holds a word of a bundle, nor its digest.
func TestBundlesInNoFile(t *testing.T) {
	dir, _, _ := withBundle(t)
	if all := content(t, dir); bytes.Contains(all, built[4:]) || bytes.Contains(all, []byte(domain.DigestOf(built))) {
		t.Error("a bundle stands in the clear")
	}
}
