package esdbtest_test

import (
	"strings"
	"testing"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"

	"signaalboek/ops/eventlog/esdbtest"
)

// Given users, then each may do what they may, and others nothing.
func TestUsers(t *testing.T) {
	n := esdbtest.Start(t, esdbtest.WithTLS(),
		esdbtest.WithAdmin("admin", "p@ss/word"), esdbtest.WithUser("desk", "chair"))
	for name, c := range map[string]struct {
		connection           string
		writes, readsTheRest esdb.ErrorCode
	}{
		"an administrator":   {n.ConnectionString(), allowed, allowed},
		"a user":             {n.ConnectionStringAs("desk", "chair"), allowed, denied},
		"a wrong password":   {n.ConnectionStringAs("desk", "table"), unknown, unknown},
		"nobody that exists": {n.ConnectionStringAs("nobody", "chair"), unknown, unknown},
		"nobody":             {strings.Replace(n.ConnectionString(), "admin:p%40ss%2Fword@", "", 1), denied, denied},
	} {
		t.Run(name, func(t *testing.T) {
			client := connect(t, c.connection)
			_, err := client.append("s-"+name, esdb.NoStream{}, some(1)...)
			wantOutcome(t, err, c.writes)
			_, err = client.readStream("s-"+name, esdb.ReadStreamOptions{}, 9)
			wantOutcome(t, err, c.writes)
			_, err = client.readAll(esdb.ReadAllOptions{From: esdb.Start{}}, 9)
			wantOutcome(t, err, c.readsTheRest)
		})
	}
}

const (
	allowed esdb.ErrorCode = -1
	denied                 = esdb.ErrorCodeAccessDenied
	unknown                = esdb.ErrorCodeUnauthenticated
)

func wantOutcome(t *testing.T, err error, code esdb.ErrorCode) {
	t.Helper()
	if code != allowed {
		want(t, err, code)
	} else if err != nil {
		t.Errorf("got error %v", err)
	}
}

// Given a node that speaks TLS, then a client that does not trust its authority gets no answer from it, and one that
// speaks in the clear neither.
func TestTLS(t *testing.T) {
	n := esdbtest.Start(t, esdbtest.WithTLS())
	connect(t, n.ConnectionString()).record("s", esdb.NoStream{}, some(1)...)
	for _, connection := range []string{
		"esdb://" + n.Address() + "?tls=true",
		"esdb://" + n.Address() + "?tls=false",
		"esdb://" + n.Address() + "?tls=true&tlsCAFile=" + esdbtest.Start(t, esdbtest.WithTLS()).CAFile(),
	} {
		want(t, attempt(t, connection), esdb.ErrorUnavailable)
	}
}

// Users without TLS are a mistake: the client would send no password, and nobody would know why everything is refused.
func TestUsersNeedTLS(t *testing.T) {
	if n, err := esdbtest.New(esdbtest.WithAdmin("admin", "changeit")); err == nil {
		n.Close()
		t.Error("a node with users and without TLS started")
	}
}
