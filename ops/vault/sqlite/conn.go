package sqlite

import (
	"fmt"
	"net/url"

	"github.com/ncruces/go-sqlite3"
	"signaalboek/ops/vault"
)

// conn is one connection with its prepared statements. One goroutine uses it at a time.
type conn struct {
	*sqlite3.Conn
	prepared map[string]*sqlite3.Stmt
}

// connect opens an existing file through a layer of go-sqlite3, and writes nothing in it.
func connect(path, vfs string) (*conn, error) {
	name := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath()}
	if vfs != "" {
		name.RawQuery = url.Values{"vfs": {vfs}}.Encode()
	}
	opened, err := sqlite3.OpenFlags(name.String(), sqlite3.OPEN_READWRITE|sqlite3.OPEN_URI)
	if err != nil {
		return nil, err
	}
	return &conn{Conn: opened, prepared: map[string]*sqlite3.Stmt{}}, nil
}

// answer is one row of a statement's answer.
type answer struct{ stmt *sqlite3.Stmt }

// Bytes implements vault.Row.
func (a answer) Bytes(column int) []byte {
	if a.stmt.ColumnType(column) == sqlite3.NULL {
		return nil
	}
	if raw := a.stmt.ColumnRawBlob(column); raw != nil {
		return raw
	}
	return []byte{}
}

// Text implements vault.Row.
func (a answer) Text(column int) string { return a.stmt.ColumnText(column) }

// Int implements vault.Row.
func (a answer) Int(column int) int { return a.stmt.ColumnInt(column) }

// Do implements vault.Tx.
func (c *conn) Do(sql string, each func(vault.Row) error, args ...any) (err error) {
	stmt, err := c.prepare(sql)
	if err != nil {
		return err
	}
	defer func() {
		if reset := stmt.Reset(); err == nil {
			err = reset
		}
		stmt.ClearBindings()
	}()
	for i, arg := range args {
		if err := bind(stmt, i+1, arg); err != nil {
			return err
		}
	}
	for stmt.Step() {
		if each == nil {
			continue
		}
		if err := each(answer{stmt}); err != nil {
			return err
		}
	}
	return stmt.Err()
}

// Many implements vault.Tx.
func (c *conn) Many(sql string, args [][]any) error {
	for _, list := range args {
		if err := c.Do(sql, nil, list...); err != nil {
			return err
		}
	}
	return nil
}

// Lock implements vault.Tx. SQLite has one writer at a time.
func (c *conn) Lock(string) error { return nil }

// Scrub implements vault.Tx. What is deleted is overwritten (secure_delete), but a page that a row was moved from may
// still hold a piece of it; deleted whole, a table gives its pages back, and those are overwritten.
func (c *conn) Scrub(table string) error {
	for _, sql := range []string{
		"CREATE TEMP TABLE kept AS SELECT * FROM " + table, "DELETE FROM " + table,
		"INSERT INTO " + table + " SELECT * FROM kept", "DROP TABLE kept",
	} {
		if err := c.Exec(sql); err != nil {
			return fmt.Errorf("scrub %s: %w", table, err)
		}
	}
	return nil
}

// ExpireTurns implements vault.Tx. There is one key file, which was replaced.
func (c *conn) ExpireTurns() error { return c.Do(`DELETE FROM turn`, nil) }

func (c *conn) prepare(sql string) (*sqlite3.Stmt, error) {
	if stmt := c.prepared[sql]; stmt != nil {
		return stmt, nil
	}
	stmt, _, err := c.Prepare(sql)
	if err == nil {
		c.prepared[sql] = stmt
	}
	return stmt, err
}

func bind(stmt *sqlite3.Stmt, n int, arg any) error {
	switch arg := arg.(type) {
	case nil:
		return stmt.BindNull(n)
	case []byte:
		return stmt.BindBlob(n, arg)
	case string:
		return stmt.BindText(n, arg)
	case int:
		return stmt.BindInt(n, arg)
	default:
		return fmt.Errorf("bind: a %T", arg)
	}
}

func (c *conn) close() error {
	for _, stmt := range c.prepared {
		stmt.Close()
	}
	return c.Close()
}
