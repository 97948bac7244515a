package vault

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/ncruces/go-sqlite3"
	"signaalboek/domain"
)

// The names of secrets that are not the key of one text.
const (
	digestName  = "digest"
	marksName   = "marks"
	scopePrefix = "scope/"
	seedPrefix  = "seed/"
)

// row says what a secret is for: all of table secret but the secret itself.
type row struct {
	id      uuid.UUID
	subject string
	name    string // empty: the key of one text, at place
	place   domain.Place
}

func seedRow(subject domain.StreamID) row {
	return row{subject: string(subject), name: seedPrefix + string(subject)}
}

func scopeRow(scope domain.KeyScope) row { return row{name: scopePrefix + string(scope)} }

func textRow(subject domain.StreamID, at domain.Place) row {
	return row{subject: string(subject), place: at}
}

// bound is what a wrapped secret is tied to.
func (r row) bound() []string {
	if r.name != "" {
		return []string{"secret", string(r.id[:]), r.subject, r.name, "", ""}
	}
	return []string{"secret", string(r.id[:]), r.subject, "", string(r.place.Event[:]), r.place.Field}
}

// insert makes a new secret.
func (r row) insert(db *conn, m *master) (secret, error) {
	s := newSecret()
	r.id = s.id
	var name, event, field any = r.name, nil, nil
	if r.name == "" {
		name, event, field = nil, r.place.Event[:], r.place.Field
	}
	err := db.do(`INSERT INTO secret (id, subject, name, event, field, master, wrapped) VALUES (?, ?, ?, ?, ?, ?, ?)`, nil,
		r.id[:], r.subject, name, event, field, m.id, m.wrap(s.raw[:], r.bound()...))
	if err != nil {
		return secret{}, fmt.Errorf("vault: make a secret: %w", err)
	}
	return s, nil
}

const (
	secretByID   = `SELECT id, subject, name, event, field, master, wrapped FROM secret WHERE id = ?`
	secretByName = `SELECT id, subject, name, event, field, master, wrapped FROM secret WHERE name = ?`
)

// find reads the secret that query names; found is false if there never was one. A secret that was destroyed is
// domain.ErrForgotten.
func find(db *conn, m *master, query string, by any) (s secret, found bool, err error) {
	err = db.do(query, func(stmt *sqlite3.Stmt) error {
		found = true
		s, err = readSecret(stmt, m)
		return err
	}, by)
	if err != nil {
		return secret{}, false, fmt.Errorf("vault: read a secret: %w", err)
	}
	return s, found, nil
}

func readSecret(stmt *sqlite3.Stmt, m *master) (secret, error) {
	if stmt.ColumnType(6) == sqlite3.NULL {
		return secret{}, domain.ErrForgotten
	}
	r := row{
		id:      columnID(stmt, 0),
		subject: stmt.ColumnText(1),
		name:    stmt.ColumnText(2),
		place:   domain.Place{Event: columnID(stmt, 3), Field: stmt.ColumnText(4)},
	}
	raw, err := m.unwrap(stmt.ColumnRawBlob(5), stmt.ColumnRawBlob(6), r.bound()...)
	if err != nil {
		return secret{}, err
	}
	if len(raw) != secretSize {
		return secret{}, ErrAltered
	}
	return secret{id: r.id, raw: [secretSize]byte(raw)}, nil
}

// columnID is an id, or none if the column holds anything else.
func columnID(stmt *sqlite3.Stmt, column int) (id uuid.UUID) {
	if raw := stmt.ColumnRawBlob(column); len(raw) == len(id) {
		copy(id[:], raw)
	}
	return id
}

// findOrMake is the secret with the row's name.
func (r row) findOrMake(db *conn, m *master) (secret, error) {
	s, found, err := find(db, m, secretByName, r.name)
	if err != nil || found {
		return s, err
	}
	return r.insert(db, m)
}

// named is the secret with the row's name, from memory, from the file, or made.
func (v *Vault) named(ctx context.Context, r row) (secret, error) {
	if s, kept := v.secrets.get(r.name); kept {
		return s, nil
	}
	var s secret
	var found bool
	err := v.read(ctx, func(db *conn) (err error) {
		s, found, err = find(db, v.master, secretByName, r.name)
		return err
	})
	if err == nil && !found {
		s, err = v.make(ctx, func(db *conn) (secret, error) { return r.findOrMake(db, v.master) })
	}
	if err != nil {
		return secret{}, err
	}
	v.secrets.put(r.name, s)
	return s, nil
}

// make has the writer make a secret; when it returns, that is durable.
func (v *Vault) make(ctx context.Context, with func(*conn) (secret, error)) (secret, error) {
	made := make(chan secret, 1) // the writer may still be at it when we have left
	err := v.writer.do(ctx, func(db *conn) error {
		s, err := with(db)
		made <- s
		return err
	})
	if err != nil {
		return secret{}, err
	}
	return <-made, nil
}

// keyOf is a secret made ready.
func (v *Vault) keyOf(s secret) *key {
	if k, kept := v.keys.get(s.id); kept {
		return k
	}
	k := newKey(s)
	v.keys.put(s.id, k)
	return k
}

// keyByID is the key that a sealed text names.
func (v *Vault) keyByID(ctx context.Context, id uuid.UUID) (*key, error) {
	if k, kept := v.keys.get(id); kept {
		return k, nil
	}
	var s secret
	var found bool
	err := v.read(ctx, func(db *conn) (err error) {
		s, found, err = find(db, v.master, secretByID, id[:])
		return err
	})
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, ErrNoKey
	}
	return v.keyOf(s), nil
}
