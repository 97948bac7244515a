package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"

	"signaalboek/ops/eventlog/esdbtest"
	"signaalboek/ops/postgrestest"
)

// password stands in every connection string of these tests, and may stand nowhere else.
const password = "zwijgwoord"

// refusal is everything that a run says: what it writes, and its error in words and in full.
func refusal(t *testing.T, env []string, args ...string) string {
	t.Helper()
	var out bytes.Buffer
	err := run(t.Context(), args, env, &out, &out)
	if err == nil {
		t.Errorf("%q was not refused", args)
		return out.String()
	}
	return out.String() + explain(err) + err.Error()
}

// Half of a pair, and connections that are no good or not safe, are refused in words that hold no password.
func TestPlacesThatAreRefused(t *testing.T) {
	const (
		log   = "esdb://admin:" + password + "@127.0.0.1:1"
		vault = "postgres://signaalboek:" + password + "@127.0.0.1:1/signaalboek"
	)
	garbled := filepath.Join(t.TempDir(), "garbled")
	if err := os.WriteFile(garbled, []byte("niets dan "+password), 0o600); err != nil {
		t.Fatal(err)
	}
	key := filepath.Join(t.TempDir(), "master.key")
	for name, c := range map[string]struct {
		args []string
		env  []string
		want string
	}{
		"a log alone":             {[]string{"--log", log}, nil, "vraagt een kluis die alle replica's delen"},
		"a log in the env":        {nil, []string{"SIGNAALBOEK_LOG=" + log}, "vraagt een kluis die alle replica's delen"},
		"a vault alone":           {[]string{"--vault", vault}, nil, "hoort bij een logboek in EventStoreDB"},
		"no key":                  {[]string{"--log", log, "--vault", vault}, nil, "Geef met --vault-key"},
		"a directory for a log":   {[]string{"--log", "/" + password}, nil, "Een map geef je met --data"},
		"a directory for a vault": {[]string{"--vault", "/" + password}, nil, "Een map geef je met --data"},
		"both ways":               {[]string{"--log", log, "--log-file", garbled}, nil, "niet allebei"},
		"a file that is not there": {
			[]string{"--log-file", filepath.Join(t.TempDir(), "weg")}, nil, "leeg, of niet leesbaar",
		},
		"a file with something else": {[]string{"--log-file", garbled}, nil, "--log is een verbinding"},
		"a log without nodes": {
			[]string{"--log", "esdb://admin:" + password + "@", "--vault", vault, "--vault-key", key}, nil, "niet goed geschreven",
		},
		"a log in the clear": {
			[]string{"--log", log + "?tls=false", "--vault", vault, "--vault-key", key}, nil, "iedereen die meeluistert",
		},
		"a key of a log": {
			[]string{"--log", log + "?wachtwoord=" + password, "--vault", vault, "--vault-key", key}, nil, "dat daar niets betekent",
		},
		"a word too many":      {[]string{log}, nil, `"esdb://…" hoort hier niet`},
		"an option that isn't": {[]string{"--logboek=" + log}, nil, "Een optie is niet gekend"},
	} {
		t.Run(name, func(t *testing.T) {
			said := refusal(t, c.env, append([]string{"serve", "--data", t.TempDir()}, c.args...)...)
			if !strings.Contains(said, c.want) {
				t.Errorf("told %q, not %q", said, c.want)
			}
			if strings.Contains(said, password) {
				t.Errorf("told the password: %q", said)
			}
		})
	}
	if said := refusal(t, nil, log); strings.Contains(said, password) {
		t.Errorf("told the password: %q", said)
	}
}

// A database that is elsewhere, closed or not ours is told in words, without its password.
func TestDatabasesThatAreRefused(t *testing.T) {
	node := esdbtest.Start(t)
	good := postgrestest.Start(t)
	for name, c := range map[string]struct {
		change func(*url.URL)
		want   string
	}{
		"nobody there":     {func(u *url.URL) { u.Host = "127.0.0.1:1" }, "antwoordt niet"},
		"a wrong password": {func(u *url.URL) { u.User = url.UserPassword("signaalboek", password) }, "laat deze gebruiker niet toe"},
		"no such database": {func(u *url.URL) { u.Path = "elders" }, "Die databank bestaat niet"},
		"not safe":         {func(u *url.URL) { u.Host = "db.example" }, "sslmode=verify-full"},
		"no connection":    {func(u *url.URL) { u.RawQuery = "sslmode=" + password }, "niet goed geschreven"},
	} {
		t.Run(name, func(t *testing.T) {
			vault, err := url.Parse(good)
			if err != nil {
				t.Fatal(err)
			}
			vault.User = url.UserPassword("signaalboek", passwordOf(t, good))
			c.change(vault)
			said := refusal(t, nil, "serve", "--data", t.TempDir(), "--log", node.ConnectionString(),
				"--vault", vault.String(), "--vault-key", filepath.Join(t.TempDir(), "master.key"))
			if !strings.Contains(said, c.want) {
				t.Errorf("told %q, not %q", said, c.want)
			}
			for _, secret := range []string{password, passwordOf(t, good)} {
				if strings.Contains(said, secret) {
					t.Errorf("told a password: %q", said)
				}
			}
		})
	}
}

func passwordOf(t *testing.T, connection string) string {
	t.Helper()
	u, err := url.Parse(connection)
	if err != nil {
		t.Fatal(err)
	}
	word, _ := u.User.Password()
	return word
}

// Given a log and a vault with passwords, whatever is done and whatever fails, no password is in what the program
// writes; and every command works on what replicas share, beside one that serves.
func TestPasswordsAreToldToNobody(t *testing.T) {
	t.Parallel()
	node := esdbtest.Start(t, esdbtest.WithTLS(), esdbtest.WithAdmin("admin", password))
	server := postgrestest.StartServer(t)
	database, err := server.Database()
	if err != nil {
		t.Fatal(err)
	}
	here := filepath.Join(t.TempDir(), "boek")
	key := filepath.Join(t.TempDir(), "master.key")
	secrets := []string{password, passwordOf(t, database)}
	options := []string{"--data", here, "--log-file", fileOf(t, node.ConnectionString()), "--vault-file", fileOf(t, database), "--vault-key", key}
	observed := freeAddress(t)
	p := launch(t, append([]string{"serve", "--metrics-addr", observed}, options...)...)
	p.worded("De bus rijdt niet.")
	visitor := signedIn(t, p.greeting)

	_, said := answers(t, visitor, p.Address+"/signalen")
	said += p.stderr.String()
	for _, args := range [][]string{
		append([]string{"doctor"}, options...),
		append([]string{"rebuild"}, options...),
		{"export", "events", "--log-file", options[3]},
		{"user", "add", "worker", "--vault-file", options[5]},
		{"user", "--vault-file", options[5], "link"},
	} {
		out, err := commandOutput(t, args...)
		if err != nil {
			t.Errorf("%q: %s\n%s", args, explain(err), out)
		}
		said += out
	}
	if err := server.Crash(); err != nil {
		t.Fatal(err)
	}
	said += refusal(t, nil, append([]string{"doctor"}, options...)...)
	node.Crash()
	eventually(t, "the program says that the vault is away", func() bool {
		_, page := answers(t, visitor, p.Address+"/signalen")
		said += page
		return strings.Contains(page, "Registreren lukt nu niet")
	})
	_, page := register(t, visitor, p.Address, uuid.NewString(), "Zaal")
	said += page
	metrics := scraped(t, observed)
	if !strings.Contains(metrics, `signaalboek_away{part="vault"} 1`) || !strings.Contains(metrics, "signaalboek_projections_behind_seconds") {
		t.Errorf("the metrics do not tell what is away:\n%s", metrics)
	}
	node.Restart()
	if err := server.Restart(); err != nil {
		t.Fatal(err)
	}
	p.end()
	said += metrics + p.stderr.String()
	for _, secret := range secrets {
		if at := strings.Index(said, secret); at >= 0 {
			t.Errorf("a password was told: …%s…", said[max(0, at-200):at])
		}
	}
}

// fileOf is a file that holds a text.
func fileOf(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(path, []byte(text+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func scraped(t *testing.T, address string) string {
	t.Helper()
	answer, err := http.Get("http://" + address + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// Where a log has events, a key file that is not there is never made anew: nothing would open any more.
func TestLostKeyOfReplicasIsRefused(t *testing.T) {
	s := share(t, 1, postgrestest.Start(t))
	s.replica().end()
	other := s.options()
	for name, c := range map[string]struct {
		change func() []string
		want   string
	}{
		"no key": {func() []string {
			return append(other[:len(other)-1:len(other)-1], filepath.Join(t.TempDir(), "master.key"))
		}, "het bestand van --vault-key is er niet"},
		"an empty database": {func() []string {
			changed := append([]string(nil), other...)
			changed[5] = postgrestest.Start(t)
			return changed
		}, "De databank heeft geen kluis"},
		"a key that others read": {func() []string {
			if err := os.Chmod(other[7], 0o644); err != nil {
				t.Fatal(err)
			}
			return other
		}, "Anderen kunnen het bestand van --vault-key lezen"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, command := range []string{"serve", "rebuild"} {
				if said := refusal(t, nil, append([]string{command}, c.change()...)...); !strings.Contains(said, c.want) {
					t.Errorf("%s told %q, not %q", command, said, c.want)
				}
			}
		})
	}
}

// Looking at an empty log makes nothing.
func TestAnEmptyLogIsLeftEmpty(t *testing.T) {
	s := share(t, 1, postgrestest.Start(t))
	options := s.options()
	for _, command := range []string{"doctor", "rebuild"} {
		if said := refusal(t, nil, append([]string{command}, options...)...); !strings.Contains(said, "Het logboek in EventStoreDB is leeg") {
			t.Errorf("%s told %q", command, said)
		}
	}
	if _, err := os.Stat(s.key); !os.IsNotExist(err) {
		t.Errorf("a key was made: %v", err)
	}
}

// Given replicas with snapshots, when one starts again it reads its own, and one whose log was replaced by another does
// not.
func TestSnapshotsOfReplicas(t *testing.T) {
	s := share(t, 1, postgrestest.Start(t))
	options := s.options()
	run := func() *program { return launch(t, append([]string{"serve"}, options...)...) }
	p := run()
	p.worded("De bus rijdt niet.")
	p.end()
	kept, err := filepath.Glob(filepath.Join(options[1], "projections.snapshot.*"))
	if err != nil || len(kept) != 1 {
		t.Fatalf("kept %q, %v", kept, err)
	}
	token := p.Token
	p = run()
	p.Token = token
	var list struct{ Items []json.RawMessage }
	if p.request("GET", "/api/v1/signals", nil, &list); len(list.Items) != 1 {
		t.Errorf("after a start there are %d signals", len(list.Items))
	}
	p.end()
	options[3] = esdbtest.Start(t).ConnectionString() // the same vault, and another log
	if said := refusal(t, nil, append([]string{"serve"}, options...)...); !strings.Contains(said, "Zet het juiste logboek terug") {
		t.Errorf("of another log it says %q", said)
	}
	told(t, "Er begint een nieuwe geschiedenis", append([]string{"history", "accept", "restored", "--yes"}, options...)...)
	p = run()
	p.Token = token
	if p.request("GET", "/api/v1/signals", nil, &list); len(list.Items) != 0 {
		t.Errorf("of another log there are %d signals", len(list.Items))
	}
}
