package vault

import (
	"fmt"

	"github.com/ncruces/go-sqlite3"
)

// conn is one connection with its prepared statements. One goroutine uses it at a time.
type conn struct {
	*sqlite3.Conn
	prepared map[string]*sqlite3.Stmt
}

// connect opens an existing file, and writes nothing in it.
func connect(path string) (*conn, error) {
	opened, err := sqlite3.OpenFlags(path, sqlite3.OPEN_READWRITE)
	if err != nil {
		return nil, err
	}
	return &conn{Conn: opened, prepared: map[string]*sqlite3.Stmt{}}, nil
}

// do runs a statement and hands every row of its answer to each, which may be nil.
func (c *conn) do(sql string, each func(*sqlite3.Stmt) error, args ...any) (err error) {
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
		if err := each(stmt); err != nil {
			return err
		}
	}
	return stmt.Err()
}

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
