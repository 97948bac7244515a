package deploy

import (
	"crypto/tls"
	"crypto/x509"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"

	"signaalboek/ops/postgres"
)

// shared is where the secrets of these tests are, which are made once: keys take their time.
var shared string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		top, err := os.MkdirTemp("", "deploy-")
		if err != nil {
			panic(err)
		}
		defer os.RemoveAll(top)
		shared = filepath.Join(top, "secrets")
		return m.Run()
	}())
}

// made are secrets as an operator makes them.
func made(t *testing.T) (directory string) {
	t.Helper()
	read(t, "secrets.sh") // so that the go command knows what this test depends on
	if said, err := exec.CommandContext(t.Context(), "sh", "secrets.sh", shared).CombinedOutput(); err != nil {
		t.Fatalf("secrets.sh: %v\n%s", err, said)
	}
	return shared
}

// contents are the files of a directory, which nobody but their owner may read.
func contents(t *testing.T, directory string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(directory, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		about, err := entry.Info()
		if err != nil {
			return err
		}
		if about.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v", path, about.Mode())
		}
		found[strings.TrimPrefix(path, directory+"/")] = read(t, path)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// Given secrets, when they are made once more, then they stay; and what was removed is made anew.
func TestSecretsStay(t *testing.T) {
	secrets := made(t)
	before := contents(t, secrets)
	made(t)
	if !maps.Equal(before, contents(t, secrets)) {
		t.Error("made once more, the secrets are others")
	}
	renewed := "eventstore2/node.crt"
	if err := os.Remove(filepath.Join(secrets, renewed)); err != nil {
		t.Fatal(err)
	}
	made(t)
	for name, now := range contents(t, secrets) {
		mayChange := name == renewed || name == "eventstore2/node.key" || strings.HasSuffix(name, ".srl")
		if (now != before[name]) != mayChange && !strings.HasSuffix(name, ".srl") {
			t.Errorf("%s: changed is %v, and it should be %v", name, now != before[name], mayChange)
		}
	}
}

// Given the master key that one replica made, the others get a copy; and who has one keeps it.
func TestReplicasGetTheMasterKey(t *testing.T) {
	secrets := made(t)
	key := func(replica string) string { return filepath.Join(secrets, replica, "master.key") }
	for replica, secret := range map[string]string{"replica2": "new", "replica3": "old"} {
		if err := os.WriteFile(key(replica), []byte(secret), 0o600); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { os.Remove(key(replica)) })
	}
	t.Cleanup(func() { os.Remove(key("replica1")) })
	made(t)
	for replica, want := range map[string]string{"replica1": "new", "replica2": "new", "replica3": "old"} {
		if got := read(t, key(replica)); got != want {
			t.Errorf("%s has the key %q, want %q", replica, got, want)
		}
	}
}

// A node proves itself by the name that the others and the replicas call it by, as a server and as a client; it cannot
// pose as the database, nor the reverse.
func TestCertificates(t *testing.T) {
	secrets := made(t)
	names := map[string]string{"postgres": "postgres/server"}
	for _, node := range compose(t).named("eventstore") {
		names[node] = node + "/node"
	}
	if len(names) != 4 {
		t.Fatalf("certificates for %v, want three nodes and a database", slices.Sorted(maps.Keys(names)))
	}
	for host, file := range names {
		authority, other := "eventstore", "postgres"
		if host == "postgres" {
			authority, other = other, authority
		}
		for _, usage := range []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth} {
			if err := proves(t, secrets, file, host, authority, usage); err != nil {
				t.Errorf("%s: %v", host, err)
			}
		}
		if proves(t, secrets, file, host, other, x509.ExtKeyUsageServerAuth) == nil {
			t.Errorf("the authority of %s vouches for %s", other, host)
		}
		if proves(t, secrets, file, "elsewhere", authority, x509.ExtKeyUsageServerAuth) == nil {
			t.Errorf("the certificate of %s is good for anybody", host)
		}
	}
}

func proves(t *testing.T, secrets, file, host, authority string, usage x509.ExtKeyUsage) error {
	t.Helper()
	pair, err := tls.LoadX509KeyPair(filepath.Join(secrets, file+".crt"), filepath.Join(secrets, file+".key"))
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM([]byte(read(t, filepath.Join(secrets, "authority", authority+".crt")))) {
		t.Fatalf("no certificate of the authority %s", authority)
	}
	_, err = pair.Leaf.Verify(x509.VerifyOptions{DNSName: host, Roots: roots, KeyUsages: []x509.ExtKeyUsage{usage}})
	return err
}

// here is a connection string with the secrets where they are in this test.
func here(t *testing.T, secrets, name string) string {
	t.Helper()
	text := read(t, filepath.Join(secrets, "signaalboek", name))
	return strings.TrimSpace(strings.ReplaceAll(text, "/run/secrets", filepath.Join(secrets, "signaalboek")))
}

func TestConnectionToTheVault(t *testing.T) {
	secrets := made(t)
	config, err := postgres.Parse(here(t, secrets, "vault"))
	if err != nil {
		t.Fatal(err)
	}
	given := compose(t).Services["postgres"].Environment
	if config.Host != "postgres" || config.User != given["POSTGRES_USER"] || config.Database != given["POSTGRES_DB"] {
		t.Errorf("the connection is to %s at %s/%s", config.User, config.Host, config.Database)
	}
	if config.Password != strings.TrimSpace(read(t, filepath.Join(secrets, "postgres/password"))) {
		t.Error("the password is not the one that PostgreSQL starts with")
	}
	if config.TLSConfig.InsecureSkipVerify || config.TLSConfig.ServerName != "postgres" {
		t.Error("the server need not prove itself")
	}
}

func TestConnectionToTheLog(t *testing.T) {
	secrets := made(t)
	config, err := esdb.ParseConnectionString(here(t, secrets, "log"))
	if err != nil {
		t.Fatal(err)
	}
	var hosts []string
	for _, seed := range config.GossipSeeds {
		hosts = append(hosts, seed.Host)
	}
	if nodes := compose(t).named("eventstore"); !slices.Equal(hosts, nodes) {
		t.Errorf("the seeds are %v, the nodes %v", hosts, nodes)
	}
	if config.DisableTLS || config.SkipCertificateVerification || config.RootCAs == nil {
		t.Error("the nodes need not prove themselves")
	}
	first, err := url.ParseQuery(strings.ReplaceAll(read(t, filepath.Join(secrets, "eventstore.env")), "\n", "&"))
	if err != nil || first.Get("EVENTSTORE_DEFAULT_ADMIN_PASSWORD") != config.Password || config.Username != "admin" {
		t.Errorf("the password is not the one that EventStoreDB starts with: %v", err)
	}
}
