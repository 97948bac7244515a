// Package postgres is how the program reaches the PostgreSQL that its replicas share: what a connection string must
// hold, and how to tell that nobody answers from an answer that says no. The tables are those of who keeps them:
// ops/vault/postgres and ops/accounts.
//
// A connection string is one that PostgreSQL's own tools take:
//
//	postgres://signaalboek:password@db.example:5432/signaalboek?sslmode=verify-full&sslrootcert=/etc/signaalboek/ca.crt
//
// To another machine it must prove whom it talks to, and encrypt: sslmode=verify-full, or verify-ca with an authority
// of one's own. pgx, like libpq, would else fall back to the clear without a word.
package postgres

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// The errors of Parse. They do not repeat the string, which holds a password.
var (
	ErrMalformed = errors.New("postgres: the connection string cannot be read")
	ErrUnsafe    = errors.New("postgres: sslmode=verify-full is missing, and the database is on another machine")
)

// Patience is how long the program waits for a connection when the string does not say (connect_timeout, in seconds).
const Patience = 5 * time.Second

// Parse reads a connection string, and the certificates that it names. ErrMalformed and ErrUnsafe say why one is refused.
func Parse(conn string) (*pgx.ConnConfig, error) {
	config, err := pgx.ParseConfig(conn)
	if missing, ok := errors.AsType[*fs.PathError](err); ok {
		return nil, fmt.Errorf("postgres: read a certificate or key: %w", missing)
	}
	if err != nil {
		return nil, ErrMalformed // what pgx says may hold the password
	}
	if !safe(&config.Config) {
		return nil, ErrUnsafe
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = Patience
	}
	if config.RuntimeParams["application_name"] == "" {
		config.RuntimeParams["application_name"] = "signaalboek"
	}
	return config, nil
}

// safe reports whether every way in which pgx would connect is either on this machine or to a server that proves itself.
func safe(config *pgconn.Config) bool {
	ways := append([]*pgconn.FallbackConfig{{Host: config.Host, TLSConfig: config.TLSConfig}}, config.Fallbacks...)
	return !slices.ContainsFunc(ways, func(way *pgconn.FallbackConfig) bool { return !here(way.Host) && !proven(way) })
}

// here reports whether a host is this machine: a socket, or the loopback.
func here(host string) bool {
	return strings.HasPrefix(host, "/") || host == "localhost" || net.ParseIP(host).IsLoopback()
}

// proven reports whether a server must show a certificate that is checked. For verify-ca pgx checks it itself.
func proven(way *pgconn.FallbackConfig) bool {
	return way.TLSConfig != nil && (!way.TLSConfig.InsecureSkipVerify || way.TLSConfig.VerifyPeerCertificate != nil)
}

// awayClasses are the answers by which a server says that it cannot work now: no connection, no room, shutting down.
var awayClasses = []string{"08", "53", "57"}

// Away reports whether an error means that the database cannot be reached or cannot work now, so that asking again
// later helps. A wrong password or a missing table is not that, and neither is a caller who left.
func Away(err error) bool {
	if answer, ok := errors.AsType[*pgconn.PgError](err); ok {
		return slices.ContainsFunc(awayClasses, func(class string) bool { return strings.HasPrefix(answer.Code, class) })
	}
	if errors.Is(err, context.Canceled) {
		return false
	}
	_, network := errors.AsType[net.Error](err)
	_, connecting := errors.AsType[*pgconn.ConnectError](err)
	return network || connecting || pgconn.SafeToRetry(err) || slices.ContainsFunc(broken, func(b error) bool { return errors.Is(err, b) })
}

// broken are the errors of a connection that ended under way.
var broken = []error{driver.ErrBadConn, io.EOF, io.ErrUnexpectedEOF, context.DeadlineExceeded}
