package esdb

import (
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestConnectionStrings(t *testing.T) {
	for _, connection := range []string{
		"esdb://localhost:2113?tls=false",
		"esdb://127.0.0.1?tls=false",
		"esdb://LOCALHOST:2113/?TLS=False&tlsVerifyCert=false",
		"esdb://127.0.0.1:2111,127.0.0.2:2112,localhost:2113?tls=false",
		"esdb://node.example:2113",
		"esdb://admin:change%40it@node.example",
		"esdb://admin:a:b%2Fc%3Fd%23e%25@one.example:2113,two.example:2113,three.example:2113?tls=true&nodePreference=leader",
		"esdb+discover://admin:changeit@cluster.example?gossipTimeout=3&discoveryInterval=200",
		"esdb://admin:changeit@127.0.0.1:2113?tlsVerifyCert=false",
		"esdb://node.example?keepAliveInterval=10000&keepAliveTimeout=5000&defaultDeadline=2500",
	} {
		config, err := configured(connection)
		if err != nil {
			t.Errorf("%s: %v", connection, err)
			continue
		}
		if config.MaxDiscoverAttempts != math.MaxInt || config.Logger != nil {
			t.Errorf("%s: the client would give up after %d attempts", connection, config.MaxDiscoverAttempts)
		}
	}
}

func TestConnectionStringsAreUnderstood(t *testing.T) {
	config, err := configured("esdb://us%3Aer:pass%40word@one.example:2114,two.example?defaultDeadline=2500")
	if err != nil {
		t.Fatal(err)
	}
	if config.Username != "us:er" || config.Password != "pass@word" || len(config.GossipSeeds) != 2 ||
		*config.DefaultDeadline != 2500*time.Millisecond || config.DisableTLS || config.SkipCertificateVerification {
		t.Errorf("got user %q, %d nodes, deadline %v, without TLS %v", config.Username, len(config.GossipSeeds),
			*config.DefaultDeadline, config.DisableTLS)
	}
	if o := (Options{}).filled(config); o.Attempt != 2500*time.Millisecond {
		t.Errorf("an attempt may take %v", o.Attempt)
	}
}

func TestConnectionStringsAreRefused(t *testing.T) {
	const secret = "geheim"
	for _, given := range []struct {
		connection string
		want       error
		says       string
	}{
		{"", ErrMalformed, "esdb://"},
		{"postgres://geheim@localhost", ErrMalformed, "esdb://"},
		{"ESDB://localhost", ErrMalformed, "esdb://"},
		{"esdb://", ErrMalformed, "node"},
		{"esdb://,", ErrMalformed, "node"},
		{"esdb://one.example,,two.example", ErrMalformed, "node"},
		{"esdb://one.example:http", ErrMalformed, "node"},
		{"esdb://one.example:0", ErrMalformed, "node"},
		{"esdb://one.example:65536", ErrMalformed, "node"},
		{"esdb://one.example:", ErrMalformed, "node"},
		{"esdb://[::1]:2113", ErrMalformed, "IPv4"},
		{"esdb://one.example/path", ErrMalformed, "node"},
		{"esdb://admin:ge#heim@node.example", ErrMalformed, "%23"},
		{"esdb://admin:ge/heim@node.example", ErrMalformed, "%2F"},
		{"esdb://admin:ge?geheim@node.example", ErrMalformed, "%3F"},
		{"esdb://admin:1?geheim@node.example", ErrMalformed, "%3F"},
		{"esdb://admin:geheim@geheim@node.example", ErrMalformed, "%40"},
		{"esdb://admin:geheim%@node.example", ErrMalformed, "%25"},
		{"esdb://admin:geheim%zz@node.example", ErrMalformed, "%25"},
		{"esdb://admin@node.example", ErrMalformed, "without a password"},
		{"esdb://admin:@node.example", ErrMalformed, "without a password"},
		{"esdb://:geheim@node.example", ErrMalformed, "without a user"},
		{"esdb://@node.example", ErrMalformed, "without a user"},
		{"esdb://admin:geheim\n@node.example", ErrMalformed, ""},
		{"esdb://admin:geheim@node.example?tls=maybe", ErrMalformed, "tls"},
		{"esdb://node.example?tls=true&TLS=false", ErrMalformed, "twice"},
		{"esdb://node.example?tls=true;tls=false", ErrMalformed, "keys"},
		{"esdb://node.example?gossipTimeout=0", ErrMalformed, "gossiptimeout"},
		{"esdb://node.example?discoveryInterval=-1", ErrMalformed, "discoveryinterval"},
		{"esdb://node.example?defaultDeadline=soon", ErrMalformed, "defaultdeadline"},
		{"esdb://node.example?keepAliveInterval=-1", ErrMalformed, "keepaliveinterval"},
		{"esdb://node.example?keepAliveInterval=9999", ErrMalformed, "keepaliveinterval"},
		{"esdb://node.example?nodePreference=nearest", ErrMalformed, "nodepreference"},
		{"esdb://node.example?nodePreference=follower", ErrMalformed, "nodepreference"},
		{"esdb://admin:geheim@node.example?tlsCAFile=/does/not/exist", ErrMalformed, "/does/not/exist"},
		{"esdb://node.example?userCertFile=/does/not/exist&userKeyFile=/nor/this", ErrMalformed, "/does/not/exist"},
		{"esdb://node.example?userKeyFile=/nor/this", ErrMalformed, "userCertFile"},
		{"esdb://admin:geheim@node.example?connectionName=desk", ErrUnknownKey, "connectionname"},
		{"esdb://node.example?maxDiscoverAttempts=10", ErrUnknownKey, "maxdiscoverattempts"},
		{"esdb://node.example?gehe%20im=1", ErrUnknownKey, "no word"},
		{"esdb://admin:geheim@node.example?tls=false", ErrExposed, "password"},
		{"esdb://admin:geheim@localhost?tls=false", ErrExposed, "password"},
		{"esdb://node.example?tls=false", ErrPlain, "this machine"},
		{"esdb://localhost,node.example?tls=false", ErrPlain, "this machine"},
		{"esdb://10.0.0.1?tls=0", ErrPlain, "this machine"},
		{"esdb+discover://node.example?tls=f", ErrPlain, "this machine"},
		{"esdb://admin:geheim@node.example?tlsVerifyCert=false", ErrUnverified, "this machine"},
	} {
		_, err := configured(given.connection)
		if !errors.Is(err, given.want) || !strings.Contains(err.Error(), given.says) {
			t.Errorf("%s: got error %v, want %v, saying %q", given.connection, err, given.want, given.says)
		} else if strings.Contains(err.Error(), secret) {
			t.Errorf("%s: the error tells the password: %v", given.connection, err)
		}
	}
}

// Given a file that holds no certificate, when a connection string names it, then it is refused.
func TestCertificatesAreReadAtOnce(t *testing.T) {
	file := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(file, []byte("Beste buren"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, keys := range []string{"tlsCAFile=" + file, "userCertFile=" + file + "&userKeyFile=" + file} {
		if _, err := configured("esdb://node.example?" + keys); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: got error %v", keys, err)
		}
	}
}

// Whatever is given, the client is never asked to send a password in the clear, and never to talk in the clear to another
// machine; and no error holds a password.
func FuzzConnectionString(f *testing.F) {
	f.Add("esdb://admin:geheim@node.example:2113?tls=true")
	f.Add("esdb+discover://localhost?tls=false&gossipTimeout=3")
	f.Add("esdb://admin:geheim@127.0.0.1,127.0.0.2:1?tlsVerifyCert=false")
	f.Fuzz(func(t *testing.T, connection string) {
		config, err := configured(connection)
		if err != nil {
			return
		}
		if config.DisableTLS && (config.Username != "" || config.Password != "") {
			t.Errorf("%q has a password in the clear", connection)
		}
		hosts := []string{config.Address}
		for _, seed := range config.GossipSeeds {
			hosts = append(hosts, seed.Host)
		}
		for _, host := range hosts {
			here := host == "" || strings.HasPrefix(host, "127.") || strings.HasPrefix(strings.ToLower(host), "localhost")
			if !here && (config.DisableTLS || config.SkipCertificateVerification) {
				t.Errorf("%q talks to %s in the clear", connection, host)
			}
		}
	})
}
