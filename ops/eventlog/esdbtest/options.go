package esdbtest

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"google.golang.org/grpc/metadata"
)

// Option is a choice about a node or cluster, made before it starts.
type Option func(*settings)

// WithTLS makes the node speak TLS, with a certificate of a throw-away authority of its own.
func WithTLS() Option { return func(s *settings) { s.tls = true } }

// WithAdmin adds a user who may read and write everything. Somebody without an account may then do nothing.
func WithAdmin(name, password string) Option {
	return func(s *settings) { s.users = append(s.users, account{name, password, true}) }
}

// WithUser adds a user who may read and write what is not the system's own: not $all, and no stream with a dollar sign.
func WithUser(name, password string) Option {
	return func(s *settings) { s.users = append(s.users, account{name, password, false}) }
}

// WithForwarding makes followers pass on what they are asked to write, as a real server does for a client that does not
// say that it requires the leader. Without it they refuse, as it does for a client that says so.
func WithForwarding() Option { return func(s *settings) { s.forwarding = true } }

// settings are the choices of all options.
type settings struct {
	tls        bool
	forwarding bool
	users      []account
}

type account struct {
	name, password string
	admin          bool
}

func (s *settings) check() error {
	if len(s.users) > 0 && !s.tls {
		return errors.New("esdbtest: users need TLS: the client sends no password without it")
	}
	return nil
}

func (s *settings) firstUser() *url.Userinfo {
	if len(s.users) == 0 {
		return nil
	}
	return url.UserPassword(s.users[0].name, s.users[0].password)
}

// allow refuses who may not read or write a stream. Without users everybody may do everything.
func (l *life) allow(ctx context.Context, stream string) error {
	users := l.node.cluster.settings.users
	if len(users) == 0 {
		return nil
	}
	header := http.Header{"Authorization": metadata.ValueFromIncomingContext(ctx, "authorization")}
	name, password, told := (&http.Request{Header: header}).BasicAuth()
	if !told {
		return errAccessDenied
	}
	i := slices.IndexFunc(users, func(a account) bool { return a.name == name && a.password == password })
	switch {
	case i < 0:
		return errUnauthenticated
	case strings.HasPrefix(stream, "$") && !users[i].admin:
		return errAccessDenied
	}
	return nil
}
