package postgres_test

import (
	"os"
	"path/filepath"
	"testing"

	"signaalboek/ops/postgrestest"
	"signaalboek/ops/vault"
	"signaalboek/ops/vault/postgres"
)

// replicas is a database, and the key files of the replicas that share it.
type replicas struct {
	conn string
	keys []vault.KeyFile
}

func newReplicas(t *testing.T) *replicas { return &replicas{conn: postgrestest.Start(t)} }

// open opens the vault as one more replica: the first makes it, and the others have a copy of its key file.
func (r *replicas) open(t *testing.T) *vault.Vault {
	t.Helper()
	return r.openWith(t, r.key(t))
}

func (r *replicas) openWith(t *testing.T, key vault.KeyFile) *vault.Vault {
	t.Helper()
	v, err := postgres.Open(t.Context(), r.conn, key)
	fatal(t, err)
	t.Cleanup(func() {
		if err := v.Close(); err != nil {
			t.Error(err)
		}
	})
	return v
}

// key is the key file of one more replica.
func (r *replicas) key(t *testing.T) vault.KeyFile {
	t.Helper()
	key := vault.KeyFile(filepath.Join(t.TempDir(), "master.key"))
	if len(r.keys) > 0 {
		raw, err := os.ReadFile(string(r.keys[0]))
		fatal(t, err)
		fatal(t, os.WriteFile(string(key), raw, 0o600))
	}
	r.keys = append(r.keys, key)
	return key
}

func fatal(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
