package sqlite

import (
	"context"
	"fmt"
	"strings"

	"github.com/ncruces/go-sqlite3"
)

// Check reads the whole file, and reports every kind of damage that can be seen from inside: pages that do not fit
// their checksum, an index that contradicts the table, a gap in positions or revisions. It takes seconds for a
// million events, beside a log that is in use.
func (h *history) Check(ctx context.Context) error {
	if err := h.ready(ctx); err != nil {
		return err
	}
	return h.readers.use(ctx, func(r *reader) error {
		if err := checkPages(r.conn); err != nil {
			return err
		}
		return checkOrder(r.conn)
	})
}

func checkPages(conn *sqlite3.Conn) error {
	stmt, _, err := conn.Prepare(`PRAGMA integrity_check(10)`)
	if err != nil {
		return explain("check", err)
	}
	defer stmt.Close()
	var found []string
	for stmt.Step() {
		if line := stmt.ColumnText(0); line != "ok" {
			found = append(found, line)
		}
	}
	if err := stmt.Err(); err != nil {
		return explain("check", err)
	}
	if len(found) > 0 {
		return fmt.Errorf("check: %w: %s", ErrDamaged, strings.Join(found, "; "))
	}
	return nil
}

func checkOrder(conn *sqlite3.Conn) error {
	for _, check := range []struct{ found, query string }{
		{"positions have gaps", `SELECT count(*) <> coalesce(max(position), 0) FROM event`},
		{"streams have gaps", `SELECT count(*) FROM (SELECT 1 FROM event GROUP BY stream
			HAVING min(revision) <> 0 OR max(revision) <> count(*) - 1)`},
		{"ids are not of 16 bytes", `SELECT count(*) FROM event WHERE length(id) <> 16`},
	} {
		n, err := queryInt(conn, check.query)
		if err != nil {
			return explain("check", err)
		}
		if n != 0 {
			return fmt.Errorf("check: %w: %s", ErrDamaged, check.found)
		}
	}
	return nil
}
