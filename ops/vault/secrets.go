package vault

import (
	"fmt"

	"github.com/google/uuid"
	"signaalboek/domain"
)

// The names of secrets that are not the key of one text, or a seed.
const (
	digestName  = "digest"
	sinceName   = "since" // no secret, see since.go
	marksName   = "marks"
	ordersName  = "orders"
	scopePrefix = "scope/"
	cardPrefix  = "card/"
)

// row says what a secret is for: all of table secret but the secret itself.
type row struct {
	id   uuid.UUID
	name string // empty: it was made in advance, for an event to name

	// Of rows that were made before secrets were made in advance, the subject of a text or seed, and the place of a text.
	subject string
	place   domain.Place
}

func scopeRow(scope domain.KeyScope) row { return row{name: scopePrefix + string(scope)} }

func cardRow(id domain.CardID) row { return row{name: cardPrefix + id.String()} }

// bound is what a wrapped secret is tied to.
func (r row) bound() []string {
	if r.name != "" {
		return []string{"secret", string(r.id[:]), r.subject, r.name, "", ""}
	}
	return []string{"secret", string(r.id[:]), r.subject, "", string(r.place.Event[:]), r.place.Field}
}

// insert makes a new secret with a name, if no other has it.
func (b book) insert(r row) (secret, error) { return insert(b, b.master, r) }

func insert(tx Tx, m *Master, r row) (secret, error) { return insertSecret(tx, m, r, newSecret()) }

func insertSecret(tx Tx, m *Master, r row, s secret) (secret, error) {
	r.id = s.id
	err := tx.Do(`INSERT INTO secret (id, subject, name, master, wrapped) VALUES ($1, '', $2, $3, $4)
		ON CONFLICT (name) DO NOTHING`, nil, r.id[:], r.name, m.id, m.wrap(s.raw[:], r.bound()...))
	if err != nil {
		return secret{}, fmt.Errorf("vault: make a secret: %w", err)
	}
	return s, nil
}

const (
	secretColumns = `s.id, s.subject, s.name, s.event, s.field, s.master, s.wrapped`
	secretByID    = `SELECT ` + secretColumns + ` FROM secret s WHERE s.id = $1`
	seedByID      = secretByID + ` AND (s.name IS NULL OR s.name LIKE 'seed/%')`
	secretByName  = `SELECT ` + secretColumns + ` FROM secret s WHERE s.name = $1`
)

// find reads the secret that query names; found is false if there never was one. A secret that was destroyed is
// domain.ErrForgotten.
func (b book) find(query string, by any) (s secret, found bool, err error) {
	return find(b, b.master, query, by)
}

func find(tx Tx, m *Master, query string, by any) (s secret, found bool, err error) {
	err = tx.Do(query, func(r Row) error {
		found = true
		s, err = readSecret(r, m)
		return err
	}, by)
	if err != nil {
		return secret{}, false, fmt.Errorf("vault: read a secret: %w", err)
	}
	return s, found, nil
}

// readSecret reads secretColumns, the first of a row.
func readSecret(r Row, m *Master) (secret, error) {
	about := readRow(r)
	if r.Bytes(6) == nil {
		return secret{}, domain.ErrForgotten
	}
	raw, err := m.unwrap(r.Bytes(5), r.Bytes(6), about.bound()...)
	if err != nil {
		return secret{}, err
	}
	if len(raw) != secretSize {
		return secret{}, ErrAltered
	}
	return secret{id: about.id, raw: [secretSize]byte(raw)}, nil
}

func readRow(r Row) row {
	return row{
		id: idAt(r, 0), subject: r.Text(1), name: r.Text(2),
		place: domain.Place{Event: idAt(r, 3), Field: r.Text(4)},
	}
}

// findOrMake is the secret with the row's name. Whoever makes it at the same time makes the same.
func (b book) findOrMake(r row) (secret, error) {
	s, found, err := b.find(secretByName, r.name)
	if err != nil || found {
		return s, err
	}
	if _, err := b.insert(r); err != nil {
		return secret{}, err
	}
	s, _, err = b.find(secretByName, r.name)
	return s, err
}

// keyOf is a secret made ready.
func (e *epoch) keyOf(s secret) *key {
	if k, kept := e.keys.get(s.id); kept {
		return k
	}
	k := newKey(s)
	e.keys.put(s.id, k)
	return k
}
