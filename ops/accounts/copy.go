package accounts

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"reflect"
	"strings"
)

// ErrOther is accounts that are no copy of those that they were compared with.
var ErrOther = errors.New("accounts: the other accounts are not a copy of these")

// CopyTo copies everybody to empty accounts: actors in the order in which they were made, their tokens, the links that
// wait, and the sessions. It is whole or not there; asked again, it finds that it is there. Accounts that hold anything
// else are refused with ErrOther, and stay as they are.
func (a *Accounts) CopyTo(ctx context.Context, to *Accounts) error {
	ours, err := a.everybody(ctx)
	if err != nil {
		return err
	}
	return to.write(ctx, "copy accounts", func(ctx context.Context, tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, to.lock); err != nil {
			return err
		}
		theirs, err := everybody(ctx, tx)
		switch {
		case err != nil || reflect.DeepEqual(ours, theirs):
			return err
		case !reflect.DeepEqual(theirs, make([][]row, len(copied))):
			return ErrOther
		}
		return insert(ctx, tx, ours)
	})
}

// copied is the tables that are copied, each after what it refers to.
var copied = []struct{ table, columns, order string }{
	{"actor", "id, practice, role, token", "rowid"},
	{"link", "secret, actor, expires", "secret"},
	{"session", "secret, actor, expires", "secret"},
}

// row is the values of a row, in the order of its columns.
type row [4]any

func (r row) values(columns string) []any { return r[:strings.Count(columns, ",")+1] }

// everybody is all rows of each table, as they are at one moment.
func (a *Accounts) everybody(ctx context.Context) (all [][]row, err error) {
	err = a.write(ctx, "read accounts", func(ctx context.Context, tx *sql.Tx) error {
		all, err = everybody(ctx, tx)
		return err
	})
	return all, err
}

func everybody(ctx context.Context, tx *sql.Tx) (all [][]row, err error) {
	all = make([][]row, len(copied))
	for i, c := range copied {
		if all[i], err = rowsOf(ctx, tx, c.columns, `SELECT `+c.columns+` FROM `+c.table+` ORDER BY `+c.order); err != nil {
			return nil, fmt.Errorf("read %s: %w", c.table, err)
		}
	}
	return all, nil
}

func rowsOf(ctx context.Context, tx *sql.Tx, columns, question string) (all []row, err error) {
	answer, err := tx.QueryContext(ctx, question)
	if err != nil {
		return nil, err
	}
	defer answer.Close()
	for answer.Next() {
		var r row
		var into []any
		for i := range r.values(columns) {
			into = append(into, &r[i])
		}
		if err := answer.Scan(into...); err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, answer.Err()
}

func insert(ctx context.Context, tx *sql.Tx, all [][]row) error {
	for i, c := range copied {
		places := []string{"$1", "$2", "$3", "$4"}[:strings.Count(c.columns, ",")+1]
		statement := `INSERT INTO ` + c.table + ` (` + c.columns + `) VALUES (` + strings.Join(places, ", ") + `)`
		for _, r := range all[i] {
			if _, err := tx.ExecContext(ctx, statement, r.values(c.columns)...); err != nil {
				return fmt.Errorf("copy %s: %w", c.table, err)
			}
		}
	}
	return nil
}
