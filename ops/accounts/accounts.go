// Package accounts is the people and programs who may sign in: pseudonymous actors, each of one practice and one role.
//
// It keeps no names. Tokens, one-time links and sessions are 256 random bits; only their SHA-256 is kept, so that who
// reads it cannot sign in. It stands apart from the log: events carry an actor's id and nothing more.
//
// A link opens one session, once. Both expire by themselves, and are then removed.
//
// Accounts are kept in a file (Open), for one machine, or in PostgreSQL (OpenShared), for replicas. The statements are
// the same ones; what differs is how tables are made, and that a database can be away. Then ErrAway says so, and who
// this replica saw before is still known: see memory.
package accounts

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"signaalboek/domain"
)

// Role says what somebody may do.
type Role string

// The roles. An administrator sees no content, and an auditor the history with nobody in it.
const (
	Worker        Role = "worker"
	SocialWorker  Role = "social-worker"
	Coordinator   Role = "coordinator"
	Auditor       Role = "auditor"
	Administrator Role = "administrator"
)

// Roles lists every role.
func Roles() []Role { return []Role{Worker, SocialWorker, Coordinator, Auditor, Administrator} }

// Actor is somebody who may sign in, without a name.
type Actor struct {
	ID       domain.ActorID
	Practice domain.PracticeID
	Role     Role
}

// How long a link waits to be used, and a session lives.
const (
	LinkLife    = 24 * time.Hour
	SessionLife = 12 * time.Hour
)

// patience is how long one call may take; a caller who has less says so in the context.
const patience = 5 * time.Second

// The errors of accounts.
var (
	ErrNobody  = errors.New("accounts: nobody signs in with that")
	ErrNoRole  = errors.New("accounts: no such role")
	ErrForeign = errors.New("accounts: they belong to another program or a newer version")
	ErrAway    = errors.New("accounts: the database does not answer")
)

// Accounts is those who may sign in. It may be used by several goroutines, and by several processes: a user can be
// added while the program serves. Beside the errors that a method names, each may return ErrAway, and faults.
type Accounts struct {
	db   *sql.DB
	lock string           // what keeps others from adding actors during a transaction
	away func(error) bool // whether an error means that the database cannot be reached
	seen memory
}

// Close closes the file, or the connections.
func (a *Accounts) Close() error { return a.db.Close() }

// Add makes an actor, and the token that its programs sign in with. The token is shown this once. ErrNoRole.
func (a *Accounts) Add(ctx context.Context, practice domain.PracticeID, role Role) (actor Actor, token string, err error) {
	err = a.write(ctx, "add actor", func(ctx context.Context, tx *sql.Tx) error {
		actor, token, err = add(ctx, tx, practice, role)
		return err
	})
	return actor, token, err
}

func add(ctx context.Context, tx *sql.Tx, practice domain.PracticeID, role Role) (Actor, string, error) {
	if !slices.Contains(Roles(), role) {
		return Actor{}, "", ErrNoRole
	}
	actor, token := Actor{ID: uuid.New(), Practice: practice, Role: role}, secret()
	_, err := tx.ExecContext(ctx, `INSERT INTO actor (id, practice, role, token) VALUES ($1, $2, $3, $4)`,
		actor.ID.String(), string(practice), string(role), digest(token))
	return actor, token, err
}

// first is the question for the actor that was made first.
const first = `SELECT id, practice, role FROM actor ORDER BY rowid LIMIT 1`

// First is the actor that was made first, ErrNobody if there is none: who the printed link is for.
func (a *Accounts) First(ctx context.Context) (Actor, error) {
	var actor Actor
	err := a.read(ctx, first, nil, actor.columns()...)
	return actor, err
}

// FirstOrAdd is the actor that was made first. If there is none it makes one, of this practice and role, and its token;
// of several processes that start together only one does.
func (a *Accounts) FirstOrAdd(ctx context.Context, practice domain.PracticeID, role Role) (actor Actor, token string, err error) {
	err = a.write(ctx, "add the first actor", func(ctx context.Context, tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, a.lock); err != nil {
			return err
		}
		err := tx.QueryRowContext(ctx, first).Scan(actor.columns()...)
		if errors.Is(err, sql.ErrNoRows) {
			actor, token, err = add(ctx, tx, practice, role)
		}
		return err
	})
	return actor, token, err
}

// Practices is the practices in which somebody may sign in.
func (a *Accounts) Practices(ctx context.Context) (all []domain.PracticeID, err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	rows, err := a.db.QueryContext(ctx, `SELECT DISTINCT practice FROM actor ORDER BY practice`)
	if err != nil {
		return nil, a.failed("list practices", err)
	}
	defer rows.Close()
	for rows.Next() {
		var practice domain.PracticeID
		if err := rows.Scan(&practice); err != nil {
			return nil, a.failed("list practices", err)
		}
		all = append(all, practice)
	}
	return all, a.failed("list practices", rows.Err())
}

// ByToken is the actor of a token; ErrNobody if there is none.
func (a *Accounts) ByToken(ctx context.Context, token string) (Actor, error) {
	var actor Actor
	key := digest(token)
	err := a.read(ctx, `SELECT id, practice, role FROM actor WHERE token = $1`, []any{key}, actor.columns()...)
	return a.seen.confirm(key, sighting{actor: actor}, time.Time{}, err) // a token has no end
}

// NewLink makes a one-time link for an actor.
func (a *Accounts) NewLink(ctx context.Context, actor domain.ActorID, now time.Time) (link string, err error) {
	err = a.write(ctx, "keep link", func(ctx context.Context, tx *sql.Tx) error {
		link, err = keep(ctx, tx, "link", actor, now, LinkLife)
		return err
	})
	return link, err
}

// OpenSession turns a link into a session; ErrNobody if the link is unknown, expired or used. The link is used up and
// the session made together: if we crash under way, neither was.
func (a *Accounts) OpenSession(ctx context.Context, link string, now time.Time) (session string, actor Actor, err error) {
	err = a.write(ctx, "open session", func(ctx context.Context, tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, `DELETE FROM link WHERE secret = $1 AND expires > $2 RETURNING actor,
			(SELECT practice FROM actor WHERE id = link.actor), (SELECT role FROM actor WHERE id = link.actor)`,
			digest(link), now.Unix()).Scan(actor.columns()...)
		if err != nil {
			return err
		}
		session, err = keep(ctx, tx, "session", actor.ID, now, SessionLife)
		return err
	})
	return session, actor, err
}

// BySession is the actor of a session that lives; ErrNobody if there is none.
func (a *Accounts) BySession(ctx context.Context, session string, now time.Time) (Actor, error) {
	var actor Actor
	var expires int64
	key := digest(session)
	err := a.read(ctx, `SELECT actor.id, practice, role, expires FROM session JOIN actor ON actor.id = session.actor
		WHERE secret = $1 AND expires > $2`, []any{key, now.Unix()}, append(actor.columns(), &expires)...)
	return a.seen.confirm(key, sighting{actor: actor, until: time.Unix(expires, 0)}, now, err)
}

// CloseSession signs out.
func (a *Accounts) CloseSession(ctx context.Context, session string) error {
	key := digest(session)
	a.seen.forget(key)
	return a.write(ctx, "close session", func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM session WHERE secret = $1`, key)
		return err
	})
}

// keep makes a secret for an actor, and sweeps out what expired.
func keep(ctx context.Context, tx *sql.Tx, table string, actor domain.ActorID, now time.Time, life time.Duration) (string, error) {
	if _, err := tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE expires <= $1`, now.Unix()); err != nil {
		return "", err
	}
	made := secret()
	_, err := tx.ExecContext(ctx, `INSERT INTO `+table+` (secret, actor, expires) VALUES ($1, $2, $3)`,
		digest(made), actor.String(), now.Add(life).Unix())
	return made, err
}

// columns is where the columns id, practice and role of a row go.
func (a *Actor) columns() []any { return []any{&a.ID, &a.Practice, &a.Role} }

// read asks for one row; ErrNobody if there is none.
func (a *Accounts) read(ctx context.Context, question string, with []any, into ...any) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return a.failed("look up actor", a.db.QueryRowContext(ctx, question, with...).Scan(into...))
}

// write makes a change whole or not at all. When it returns ErrAway or a fault, the change may have been made.
func (a *Accounts) write(ctx context.Context, what string, change func(context.Context, *sql.Tx) error) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	tx, err := a.db.BeginTx(ctx, nil)
	if err != nil {
		return a.failed(what, err)
	}
	if err := change(ctx, tx); err != nil {
		_ = tx.Rollback() // it fails only if the connection did, and then nothing was changed either
		return a.failed(what, err)
	}
	return a.failed(what, tx.Commit())
}

// failed is an error as callers see it.
func (a *Accounts) failed(what string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, sql.ErrNoRows):
		return ErrNobody
	case a.away(err):
		return fmt.Errorf("%s: %w: %w", what, ErrAway, err)
	}
	return fmt.Errorf("%s: %w", what, err)
}

// secret is 256 random bits, as text.
func secret() string {
	raw := make([]byte, 32)
	rand.Read(raw) // never fails: see crypto/rand
	return base64.RawURLEncoding.EncodeToString(raw)
}

func digest(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}
