package postgres

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"signaalboek/ops/postgrestest"
)

func TestParse(t *testing.T) {
	for conn, want := range map[string]error{
		"postgres://u:p@db.example/book?sslmode=verify-full":                         nil,
		"postgres://u:p@db.example/book?sslmode=require":                             ErrUnsafe, // encrypts, but for anybody
		"postgres://u:p@db.example/book?sslmode=prefer":                              ErrUnsafe,
		"postgres://u:p@db.example/book":                                             ErrUnsafe,
		"postgres://u:p@db.example/book?sslmode=disable":                             ErrUnsafe,
		"postgres://u:p@127.0.0.1,db.example/book?sslmode=disable":                   ErrUnsafe,
		"postgres://u:p@one.example,two.example/book?sslmode=verify-full":            nil,
		"postgres://u:p@127.0.0.1:5432/book?sslmode=disable":                         nil,
		"postgres://u:p@[::1]:5432/book?sslmode=disable":                             nil,
		"postgres://u:p@localhost/book":                                              nil,
		"host=/var/run/postgresql dbname=book":                                       nil,
		"postgres://u:s3cret@host:not-a-port/book":                                   ErrMalformed,
		"postgres://u:s3cret@db.example/book?sslmode=verify-full&connect_timeout=ja": ErrMalformed,
		"postgres://u:s3cret@db.example/book?sslmode=verify-full&sslrootcert=/no/ca": fs.ErrNotExist,
	} {
		_, err := Parse(conn)
		if !errors.Is(err, want) {
			t.Errorf("Parse(%q) = %v, want %v", conn, err, want)
		}
		if err != nil && strings.Contains(err.Error(), "s3cret") {
			t.Errorf("the error shows the password: %v", err)
		}
	}
}

func TestParseIsPatientButNotForEver(t *testing.T) {
	for conn, want := range map[string]float64{
		"postgres://u:p@localhost/book": Patience.Seconds(), "postgres://u:p@localhost/book?connect_timeout=2": 2,
	} {
		config, err := Parse(conn)
		if err != nil || config.ConnectTimeout.Seconds() != want {
			t.Errorf("%s: timeout %v, %v; want %v s", conn, config.ConnectTimeout, err, want)
		}
	}
}

func TestAway(t *testing.T) {
	for _, c := range []struct {
		err  error
		want bool
	}{
		{io.ErrUnexpectedEOF, true},
		{fmt.Errorf("look up: %w", context.DeadlineExceeded), true},
		{&pgconn.PgError{Code: "57P01"}, true},
		{fmt.Errorf("look up: %w", &pgconn.PgError{Code: "53300"}), true},
		{&pgconn.PgError{Code: "42P01"}, false},
		{&pgconn.PgError{}, false},
		{context.Canceled, false},
		{errors.New("another"), false},
		{nil, false},
	} {
		if got := Away(c.err); got != c.want {
			t.Errorf("Away(%v) = %v", c.err, got)
		}
	}
}

// Given a real server: what it says when it is there is not taken for its absence, and the reverse.
func TestAwayOfARealServer(t *testing.T) {
	server := postgrestest.StartServer(t)
	conn, err := server.Database()
	if err != nil {
		t.Fatal(err)
	}
	open := connect(t, conn)
	if _, err := open.Exec(t.Context(), "SELECT * FROM nothing"); err == nil || Away(err) {
		t.Errorf("a missing table: %v", err)
	}
	wrong, err := url.Parse(conn)
	if err != nil {
		t.Fatal(err)
	}
	wrong.User = url.UserPassword("signaalboek", "wrong")
	if _, err := pgx.Connect(t.Context(), wrong.String()); err == nil || Away(err) {
		t.Errorf("a wrong password: %v", err)
	}
	if err := server.Crash(); err != nil {
		t.Fatal(err)
	}
	if _, err := open.Exec(t.Context(), "SELECT 1"); !Away(err) {
		t.Errorf("a connection whose server crashed: %v", err)
	}
	if _, err := open.Exec(t.Context(), "SELECT 1"); !Away(err) {
		t.Errorf("the same connection once more: %v", err)
	}
	if _, err := pgx.Connect(t.Context(), conn); !Away(err) {
		t.Errorf("connecting to a server that crashed: %v", err)
	}
}

func connect(t *testing.T, conn string) *pgx.Conn {
	t.Helper()
	config, err := Parse(conn)
	if err != nil {
		t.Fatal(err)
	}
	connection, err := pgx.ConnectConfig(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { connection.Close(context.Background()) })
	return connection
}
