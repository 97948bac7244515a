package postgrestest

import (
	"context"
	"os"
	"testing"

	"github.com/jackc/pgx/v5"
)

func connect(t *testing.T, conn string) *pgx.Conn {
	t.Helper()
	connection, err := pgx.Connect(t.Context(), conn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { connection.Close(context.Background()) })
	return connection
}

func ask[T any](t *testing.T, conn, question string) (answer T) {
	t.Helper()
	if err := connect(t, conn).QueryRow(t.Context(), question).Scan(&answer); err != nil {
		t.Fatal(err)
	}
	return answer
}

func TestEveryTestHasItsDatabase(t *testing.T) {
	first, second := Start(t), Start(t)
	if _, err := connect(t, first).Exec(t.Context(), "CREATE TABLE visit (id INT)"); err != nil {
		t.Fatal(err)
	}
	if tables := ask[int](t, second, "SELECT count(*) FROM pg_tables WHERE tablename = 'visit'"); tables != 0 {
		t.Error("a database shows the table of another test")
	}
	for _, setting := range []string{"fsync", "synchronous_commit", "full_page_writes"} {
		if value := ask[string](t, first, "SHOW "+setting); value != "on" {
			t.Errorf("%s = %s: a test of a crash would prove nothing", setting, value)
		}
	}
}

// Given a committed row, when the server crashes, then it is away; and when it is back, so is the row.
func TestCrash(t *testing.T) {
	server := StartServer(t)
	conn, err := server.Database()
	if err != nil {
		t.Fatal(err)
	}
	old := connect(t, conn)
	if _, err := old.Exec(t.Context(), "CREATE TABLE visit (id INT); INSERT INTO visit VALUES (7)"); err != nil {
		t.Fatal(err)
	}
	if err := server.Crash(); err != nil {
		t.Fatal(err)
	}
	if err := old.Ping(t.Context()); err == nil {
		t.Error("a connection outlived the crash")
	}
	if _, err := pgx.Connect(t.Context(), conn); err == nil {
		t.Error("a server that crashed takes connections")
	}
	if err := server.Restart(); err != nil {
		t.Fatal(err)
	}
	if id := ask[int](t, conn, "SELECT id FROM visit"); id != 7 {
		t.Errorf("after a restart the row is %d", id)
	}
}

func TestCloseLeavesNothing(t *testing.T) {
	tmp, err := os.MkdirTemp("", "leaves-nothing-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(tmp) })
	if err := os.Chmod(tmp, 0o777); err != nil { // for the user postgres
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", tmp)
	server, err := Open()
	need(t, err)
	conn, err := server.Database()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Close(); err != nil {
		t.Error(err)
	}
	if _, err := pgx.Connect(t.Context(), conn); err == nil {
		t.Error("the server runs on")
	}
	if left, err := os.ReadDir(tmp); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
