package postgres_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"signaalboek/domain"
	"signaalboek/ops/vault"
	"signaalboek/ops/vault/postgres"
)

// exec runs a statement as somebody who may write in the database but has no key.
func (r *replicas) exec(t *testing.T, sql string) {
	t.Helper()
	db, err := pgx.Connect(t.Context(), r.conn)
	fatal(t, err)
	defer db.Close(t.Context())
	_, err = db.Exec(t.Context(), "SET search_path = signaalboek_vault")
	fatal(t, err)
	_, err = db.Exec(t.Context(), sql)
	fatal(t, err)
}

func (r *replicas) refuses(t *testing.T, key vault.KeyFile, want error) {
	t.Helper()
	v, err := postgres.Open(t.Context(), r.conn, key)
	if err == nil {
		v.Close()
	}
	if !errors.Is(err, want) {
		t.Errorf("opened with %v, not %v", err, want)
	}
}

func content(t *testing.T, key vault.KeyFile) []byte {
	t.Helper()
	raw, err := os.ReadFile(string(key))
	fatal(t, err)
	return raw
}

// Given two replicas, when one replaces the master key, then the other has it in its file as soon as it does anything.
func TestKeyFilesFollow(t *testing.T) {
	r := newReplicas(t)
	one, two := r.open(t), r.open(t)
	before := content(t, r.keys[0])
	if !bytes.Equal(before, content(t, r.keys[1])) {
		t.Fatal("they began with different keys")
	}
	fatal(t, one.Rotate(t.Context()))
	if bytes.Equal(before, content(t, r.keys[0])) {
		t.Error("the key file holds the old key")
	}
	_, err := two.Digest(t.Context(), nil)
	fatal(t, err)
	if !bytes.Equal(content(t, r.keys[0]), content(t, r.keys[1])) {
		t.Error("the other replica holds the old key")
	}
}

// A replica that was away finds its way through every key that came meanwhile; one that was away for too long does not.
func TestReplicaWasAway(t *testing.T) {
	r := newReplicas(t)
	one := r.open(t)
	text, err := one.Seal(t.Context(), domain.Place{}, domain.ToSeal("x"))
	fatal(t, err)
	away, tooLong := r.key(t), r.key(t)
	for range 3 {
		fatal(t, one.Rotate(t.Context()))
	}
	if _, err := r.openWith(t, away).Open(t.Context(), text); err != nil {
		t.Errorf("a replica that was away: %v", err)
	}
	if !bytes.Equal(content(t, r.keys[0]), content(t, away)) {
		t.Error("it holds an old key")
	}
	r.exec(t, "UPDATE turn SET made = now() - interval '65 days'")
	fatal(t, one.Rotate(t.Context()))
	r.exec(t, "UPDATE turn SET made = now() - interval '67 days'")
	fatal(t, one.Rotate(t.Context()))
	r.refuses(t, tooLong, vault.ErrWrongMaster)
}

// Rows of a copy that was made before a forgetting open nothing, though they are put back.
func TestOldRowsAreDead(t *testing.T) {
	r := newReplicas(t)
	one, two := r.open(t), r.open(t)
	text, err := one.Seal(t.Context(), domain.Place{Event: uuid.New(), Field: "/statement"}, domain.ToSeal("weg"))
	fatal(t, err)
	r.exec(t, "CREATE TABLE copy AS SELECT * FROM secret")
	fatal(t, two.ForgetTexts(t.Context(), practice, text.Key))
	r.exec(t, "UPDATE secret s SET (subject, event, field, master, wrapped) = (c.subject, c.event, c.field, c.master, c.wrapped) "+
		"FROM copy c WHERE c.id = s.id AND s.wrapped IS NULL")
	for _, v := range []*vault.Vault{one, two} {
		if _, err := v.Open(t.Context(), text); !errors.Is(err, vault.ErrWrongMaster) {
			t.Errorf("put back, it says %v", err)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	fresh := func(t *testing.T) vault.KeyFile { return vault.KeyFile(filepath.Join(t.TempDir(), "master.key")) }
	after := func(statement string) func(*testing.T, *replicas) vault.KeyFile {
		return func(t *testing.T, r *replicas) vault.KeyFile {
			r.exec(t, statement)
			return r.keys[0]
		}
	}
	tests := map[string]struct {
		given func(t *testing.T, r *replicas) vault.KeyFile
		want  error
	}{
		"a replica without a key file": {func(t *testing.T, r *replicas) vault.KeyFile { return fresh(t) }, vault.ErrNoMaster},
		"the key of another vault": {func(t *testing.T, r *replicas) vault.KeyFile {
			return newReplicas(t).made(t)
		}, vault.ErrWrongMaster},
		"half a key": {func(t *testing.T, r *replicas) vault.KeyFile {
			fatal(t, os.WriteFile(string(r.keys[0]), make([]byte, 16), 0o600))
			return r.keys[0]
		}, vault.ErrWrongMaster},
		"an exposed key": {func(t *testing.T, r *replicas) vault.KeyFile {
			fatal(t, os.Chmod(string(r.keys[0]), 0o644))
			return r.keys[0]
		}, vault.ErrExposed},
		"a lost vault":                    {after("DROP SCHEMA signaalboek_vault CASCADE"), vault.ErrNoVault},
		"a newer form":                    {after("UPDATE form SET version = 4"), vault.ErrNewer},
		"a vault without its own secrets": {after("DELETE FROM secret WHERE name = 'orders'"), vault.ErrForeign},
		"an altered secret of its own":    {after("UPDATE secret SET wrapped = '\\x00' WHERE name = 'marks'"), vault.ErrAltered},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r := newReplicas(t)
			r.made(t)
			r.refuses(t, tt.given(t, r), tt.want)
		})
	}
}

// made is the key file of a vault that was made and closed.
func (r *replicas) made(t *testing.T) vault.KeyFile {
	t.Helper()
	key := r.key(t)
	v, err := postgres.Open(t.Context(), r.conn, key)
	fatal(t, err)
	fatal(t, v.Close())
	return key
}

// A first start that was cut off after the tables were durable is finished by the next.
func TestFirstStartCutOff(t *testing.T) {
	r := newReplicas(t)
	key := r.made(t)
	fatal(t, os.Rename(string(key), string(key.Unfinished())))
	if _, _, err := r.openWith(t, key).NewSeed(t.Context()); err != nil {
		t.Errorf("fault: %v", err)
	}
	if left, err := key.Unfinished().Exists(); left || err != nil {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// Of replicas that start together on an empty database, one makes the vault; the others ask for its key file.
func TestStartTogether(t *testing.T) {
	r := newReplicas(t)
	errs := make(chan error)
	for range 4 {
		key := vault.KeyFile(filepath.Join(t.TempDir(), "master.key"))
		go func() {
			v, err := postgres.Open(t.Context(), r.conn, key)
			if err == nil {
				err = v.Close()
			}
			errs <- err
		}()
	}
	made := 0
	for range 4 {
		switch err := <-errs; {
		case err == nil:
			made++
		case !errors.Is(err, vault.ErrNoMaster):
			t.Errorf("fault: %v", err)
		}
	}
	if made != 1 {
		t.Errorf("%d made the vault", made)
	}
}

// A vault of form 2 keeps bundles when it is opened, and all that it kept before. Under another key nothing is brought
// anywhere.
func TestForm2KeepsBundles(t *testing.T) {
	r := newReplicas(t)
	one := r.open(t)
	text, err := one.Seal(t.Context(), domain.Place{}, domain.ToSeal("x"))
	fatal(t, err)
	fatal(t, one.Close())
	r.exec(t, "DROP TABLE bundle; UPDATE form SET version = 2")
	r.refuses(t, newReplicas(t).made(t), vault.ErrWrongMaster)
	r.exec(t, "CREATE TABLE bundle (); DROP TABLE bundle") // it was not made
	v := r.openWith(t, r.keys[0])
	fatal(t, v.KeepBundle(t.Context(), practice, uuid.UUID{1}, []byte("built")))
	if built, err := v.Bundle(t.Context(), practice, uuid.UUID{1}, domain.DigestOf([]byte("built"))); err != nil || string(built) != "built" {
		t.Errorf("the bundle says %v", err)
	}
	if _, err := v.Open(t.Context(), text); err != nil {
		t.Errorf("what was sealed before says %v", err)
	}
}
