// Package postgrestest gives tests a real PostgreSQL: the one that Debian packages, on loopback, in a directory that is
// thrown away. Commits reach the disk as they do in earnest, so a test may crash the server and see what is left.
//
//	conn := postgrestest.Start(t) // a connection string: an empty database of its own, on the server of this process
//
// There is one server for each test process, started when it is first asked for. A test that wants to see a server
// fail takes one of its own with StartServer, and has it Crash and Restart.
//
// A shell keeps each server (keeper.sh), under the user postgres where we are root, because PostgreSQL refuses to run
// as root. It reads our orders from a pipe. When the pipe closes, for whatever reason, it stops the server and removes
// the directory: also a test process that was killed leaves nothing behind.
package postgrestest

import (
	"bufio"
	"cmp"
	"crypto/rand"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

//go:embed keeper.sh
var keeper string

// ErrNotInstalled is the error of Open on a machine without PostgreSQL.
var ErrNotInstalled = errors.New("PostgreSQL is not installed: make tools")

// Server is a running PostgreSQL. It may be used by several goroutines.
type Server struct {
	password string

	mu        sync.Mutex // guards all below: one order at a time
	keeper    *exec.Cmd
	orders    io.WriteCloser
	answers   *bufio.Reader
	port      int
	databases int // made so far
}

// shared is the server of this process. The process ends without closing it, and with that closes it.
var shared = sync.OnceValues(Open)

// Start returns a connection string for an empty database that no other test uses. Without PostgreSQL the test is
// skipped; where everything must be tested (CI is set) it fails.
func Start(tb testing.TB) string {
	tb.Helper()
	server, err := shared()
	need(tb, err)
	conn, err := server.Database()
	if err != nil {
		tb.Fatal(err)
	}
	return conn
}

// StartServer starts a server for one test, which may stop it. It ends with the test.
func StartServer(tb testing.TB) *Server {
	tb.Helper()
	server, err := Open()
	need(tb, err)
	tb.Cleanup(func() {
		if err := server.Close(); err != nil {
			tb.Error(err)
		}
	})
	return server
}

func need(tb testing.TB, err error) {
	tb.Helper()
	if errors.Is(err, ErrNotInstalled) && os.Getenv("CI") == "" {
		tb.Skip(err)
	}
	if err != nil {
		tb.Fatal(err)
	}
}

// Open starts a server outside any test. Close ends it.
func Open() (*Server, error) {
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	server := &Server{keeper: keep(bin), password: rand.Text()}
	if err := server.open(); err != nil {
		return nil, fmt.Errorf("start PostgreSQL: %w", err)
	}
	return server, nil
}

// programs is the directory of the newest PostgreSQL on this machine.
func programs() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return "", errors.Join(ErrNotInstalled, err)
	}
	return filepath.Dir(slices.MaxFunc(found, func(a, b string) int { return release(a) - release(b) })), nil
}

// release is the 15 of /usr/lib/postgresql/15/bin/initdb; 0 if it is no number.
func release(program string) int {
	number, err := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(program))))
	if err != nil {
		return 0
	}
	return number
}

// keep is the command that keeps a server.
func keep(bin string) *exec.Cmd {
	words := []string{"sh", "-c", keeper, "keeper.sh", bin}
	if os.Geteuid() == 0 {
		words = append([]string{"setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"}, words...)
	}
	command := exec.Command(words[0], words[1:]...)
	command.Dir = "/" // ours may be closed to the user postgres
	return command
}

func (s *Server) open() (err error) {
	if s.orders, err = s.keeper.StdinPipe(); err != nil {
		return err
	}
	answers, err := s.keeper.StdoutPipe()
	if err != nil {
		return err
	}
	s.answers, s.keeper.Stderr = bufio.NewReader(answers), s.keeper.Stdout
	if err := s.keeper.Start(); err != nil {
		return err
	}
	_, err = fmt.Fprintln(s.orders, s.password)
	if err == nil {
		err = s.listen()
	}
	if err != nil {
		return errors.Join(err, s.Close())
	}
	return nil
}

// listen starts the server on a free port. PostgreSQL does not choose one itself, and somebody may be quicker to take
// the one that we saw: then there is another.
func (s *Server) listen() (err error) {
	for range 3 {
		if s.port, err = freePort(); err != nil {
			return err
		}
		if err = s.order("start", s.port); err == nil {
			return nil
		}
	}
	return err
}

func freePort() (int, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	return listener.Addr().(*net.TCPAddr).Port, listener.Close()
}

// order has the keeper do something, and waits until it is done.
func (s *Server) order(words ...any) error {
	if _, err := fmt.Fprintln(s.orders, words...); err != nil {
		return fmt.Errorf("%v: %w", words[0], err)
	}
	var said strings.Builder
	for {
		line, err := s.answers.ReadString('\n')
		switch {
		case line == "ok\n":
			return nil
		case line == "failed\n" || err != nil:
			return fmt.Errorf("%v: %w: %s", words[0], cmp.Or(err, errFailed), &said)
		}
		said.WriteString(line)
	}
}

var errFailed = errors.New("PostgreSQL failed")

// Database makes an empty database, and returns how to connect to it.
func (s *Server) Database() (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.databases++
	name := fmt.Sprintf("test%d", s.databases)
	if err := s.order("database", name); err != nil {
		return "", err
	}
	return (&url.URL{
		Scheme: "postgres", User: url.UserPassword("signaalboek", s.password),
		Host: net.JoinHostPort("127.0.0.1", strconv.Itoa(s.port)), Path: name, RawQuery: "sslmode=disable",
	}).String(), nil
}

// Crash stops the server at once, as when its machine loses power: connections break, and new ones are refused.
func (s *Server) Crash() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.order("crash")
}

// Restart starts the server again where it was, with everything that was committed. Connection strings stay good.
func (s *Server) Restart() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.order("start", s.port)
}

// Close stops the server and removes everything that it kept.
func (s *Server) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return errors.Join(s.orders.Close(), s.keeper.Wait())
}
