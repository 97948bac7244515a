package accounts

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"reflect"
	"slices"
	"strings"

	"github.com/google/uuid"
)

// ErrDump is records that are no dump of accounts.
var ErrDump = errors.New("accounts: this is no dump of accounts")

// Dump gives everybody who may sign in as records, to be kept elsewhere: one for each actor, in the order in which they were
// made, a line with their id, practice, role and the SHA-256 of their token in hexadecimal. Links and sessions are not in
// it: who signed out in the meantime stays signed out.
func (a *Accounts) Dump(ctx context.Context, each func(record []byte) error) error {
	all, err := a.everybody(ctx)
	if err != nil {
		return err
	}
	for _, actor := range all[0] {
		token, ok := actor[3].([]byte)
		if !ok {
			return fmt.Errorf("dump accounts: a token is a %T", actor[3])
		}
		if err := each(fmt.Appendf(nil, "%s %s %s %x", actor[0], actor[1], actor[2], token)); err != nil {
			return err
		}
	}
	return nil
}

// Fill makes everybody of a dump, in empty accounts. It is whole or not there; asked again, it finds that it is there,
// also if somebody has signed in since. Accounts that hold anybody else are refused with ErrOther, and stay as they are.
// It fails with ErrDump, and with what records say.
func (a *Accounts) Fill(ctx context.Context, records iter.Seq2[[]byte, error]) error {
	var actors []row
	for record, err := range records {
		if err != nil {
			return err
		}
		actor, err := readRecord(string(record))
		if err != nil {
			return err
		}
		actors = append(actors, actor)
	}
	return a.write(ctx, "restore accounts", func(ctx context.Context, tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, a.lock); err != nil {
			return err
		}
		there, err := everybody(ctx, tx)
		switch {
		case err != nil || reflect.DeepEqual(there[0], actors):
			return err
		case len(there[0]) > 0:
			return ErrOther
		}
		return insert(ctx, tx, [][]row{actors, nil, nil})
	})
}

func readRecord(record string) (row, error) {
	parts := strings.Split(record, " ")
	if len(parts) != 4 {
		return row{}, ErrDump
	}
	_, err := uuid.Parse(parts[0])
	token, wrong := hex.DecodeString(parts[3])
	if err != nil || wrong != nil || len(token) != len(digest("")) || !slices.Contains(Roles(), Role(parts[2])) {
		return row{}, ErrDump
	}
	return row{parts[0], parts[1], parts[2], token}, nil
}
