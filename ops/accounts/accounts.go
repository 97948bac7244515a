// Package accounts is the people and programs who may sign in: pseudonymous actors, each of one practice and one role.
//
// It keeps no names. Tokens, one-time links and sessions are 256 random bits; the file holds only their SHA-256, so
// that whoever reads it cannot sign in. It stands apart from the log: events carry an actor's id and nothing more.
//
// A link opens one session, once. Both expire by themselves.
package accounts

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/ncruces/go-sqlite3"
	_ "github.com/ncruces/go-sqlite3/driver" // registers "sqlite3"

	"signaalboek/domain"
)

// Role says what somebody may do.
type Role string

// The roles. An administrator sees no content.
const (
	Worker        Role = "worker"
	SocialWorker  Role = "social-worker"
	Coordinator   Role = "coordinator"
	Administrator Role = "administrator"
)

// Roles lists every role.
func Roles() []Role { return []Role{Worker, SocialWorker, Coordinator, Administrator} }

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

// The errors of accounts.
var (
	ErrNobody  = errors.New("accounts: nobody signs in with that")
	ErrNoRole  = errors.New("accounts: no such role")
	ErrForeign = errors.New("accounts: the file belongs to another program or a newer version")
)

// The marks of our file, by which we know it again. The number of the format is in user_version.
const (
	applicationID = 0x53424143 // "SBAC"
	format        = 1
)

const schema = `
CREATE TABLE actor (
	id       TEXT PRIMARY KEY,
	practice TEXT NOT NULL,
	role     TEXT NOT NULL,
	token    BLOB NOT NULL UNIQUE
) STRICT;
CREATE TABLE link (
	secret  BLOB PRIMARY KEY,
	actor   TEXT NOT NULL REFERENCES actor,
	expires INTEGER NOT NULL
) STRICT;
CREATE TABLE session (
	secret  BLOB PRIMARY KEY,
	actor   TEXT NOT NULL REFERENCES actor,
	expires INTEGER NOT NULL
) STRICT;`

// Accounts is the file of those who may sign in. It may be used by several goroutines, and by several processes: a
// user can be added while the program serves.
type Accounts struct {
	db *sql.DB
}

// Open opens the file at path, or makes it, readable by its owner only.
func Open(ctx context.Context, path string) (*Accounts, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open accounts: %w", err)
	}
	if err := file.Close(); err != nil {
		return nil, fmt.Errorf("open accounts: %w", err)
	}
	db, err := sql.Open("sqlite3", uri(path))
	if err != nil {
		return nil, fmt.Errorf("open accounts: %w", err)
	}
	accounts := &Accounts{db: db}
	err = accounts.prepare(ctx)
	if errors.Is(err, sqlite3.NOTADB) {
		err = ErrForeign
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open accounts: %w", err), db.Close())
	}
	return accounts, nil
}

// uri is a path as SQLite wants it, whatever characters stand in it. What SQLite lays beside the file gets its mode.
func uri(path string) string {
	query := url.Values{
		"_pragma": {"busy_timeout(5000)", "foreign_keys(1)", "synchronous(full)"}, "_txlock": {"immediate"}, "modeof": {path},
	}
	return (&url.URL{Scheme: "file", OmitHost: true, Path: filepath.ToSlash(path), RawQuery: plusless(query)}).String()
}

// plusless writes a query without plus signs, which SQLite takes for themselves.
func plusless(query url.Values) string { return strings.ReplaceAll(query.Encode(), "+", "%20") }

// Close closes the file.
func (a *Accounts) Close() error { return a.db.Close() }

// prepare makes the tables of a new file, and refuses one that is not ours.
func (a *Accounts) prepare(ctx context.Context) error {
	return a.write(ctx, func(tx *sql.Tx) error {
		var owner, version, tables int
		err := tx.QueryRowContext(ctx, `SELECT a.application_id, u.user_version, (SELECT count(*) FROM sqlite_schema)
			FROM pragma_application_id a, pragma_user_version u`).Scan(&owner, &version, &tables)
		switch {
		case err != nil:
			return err
		case owner == applicationID && version == format:
			return nil
		case owner != 0 || version != 0 || tables != 0:
			return ErrForeign
		}
		_, err = tx.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id=%d; PRAGMA user_version=%d;%s", applicationID, format, schema))
		return err
	})
}

func (a *Accounts) write(ctx context.Context, change func(*sql.Tx) error) error {
	tx, err := a.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := change(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

// Add makes an actor, and the token that its programs sign in with. The token is shown this once.
func (a *Accounts) Add(ctx context.Context, practice domain.PracticeID, role Role) (Actor, string, error) {
	if !slices.Contains(Roles(), role) {
		return Actor{}, "", ErrNoRole
	}
	actor, token := Actor{ID: uuid.New(), Practice: practice, Role: role}, secret()
	_, err := a.db.ExecContext(ctx, `INSERT INTO actor (id, practice, role, token) VALUES (?, ?, ?, ?)`,
		actor.ID.String(), string(practice), string(role), digest(token))
	if err != nil {
		return Actor{}, "", fmt.Errorf("add actor: %w", err)
	}
	return actor, token, nil
}

// ByToken is the actor of a token; ErrNobody if there is none.
func (a *Accounts) ByToken(ctx context.Context, token string) (Actor, error) {
	return scan(a.db.QueryRowContext(ctx, `SELECT id, practice, role FROM actor WHERE token = ?`, digest(token)))
}

// First is the actor that was made first, ErrNobody in a new file: who the printed link is for.
func (a *Accounts) First(ctx context.Context) (Actor, error) {
	return scan(a.db.QueryRowContext(ctx, `SELECT id, practice, role FROM actor ORDER BY rowid LIMIT 1`))
}

// NewLink makes a one-time link for an actor.
func (a *Accounts) NewLink(ctx context.Context, actor domain.ActorID, now time.Time) (string, error) {
	return a.keep(ctx, "link", actor, now.Add(LinkLife))
}

// OpenSession turns a link into a session. The link is used up, whatever becomes of the session.
func (a *Accounts) OpenSession(ctx context.Context, link string, now time.Time) (session string, actor Actor, err error) {
	actor, err = scan(a.db.QueryRowContext(ctx, `DELETE FROM link WHERE secret = ? AND expires > ?
		RETURNING actor, (SELECT practice FROM actor WHERE id = actor), (SELECT role FROM actor WHERE id = actor)`,
		digest(link), now.Unix()))
	if err != nil {
		return "", Actor{}, err
	}
	session, err = a.keep(ctx, "session", actor.ID, now.Add(SessionLife))
	return session, actor, err
}

// BySession is the actor of a session that lives; ErrNobody if there is none.
func (a *Accounts) BySession(ctx context.Context, session string, now time.Time) (Actor, error) {
	return scan(a.db.QueryRowContext(ctx, `SELECT actor.id, practice, role FROM session JOIN actor ON actor.id = session.actor
		WHERE secret = ? AND expires > ?`, digest(session), now.Unix()))
}

// CloseSession signs out.
func (a *Accounts) CloseSession(ctx context.Context, session string) error {
	if _, err := a.db.ExecContext(ctx, `DELETE FROM session WHERE secret = ?`, digest(session)); err != nil {
		return fmt.Errorf("close session: %w", err)
	}
	return nil
}

// keep makes a secret for an actor, and sweeps out what expired.
func (a *Accounts) keep(ctx context.Context, table string, actor domain.ActorID, expires time.Time) (string, error) {
	made := secret()
	err := a.write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE expires < ?`, expires.Add(-LinkLife).Unix()); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO `+table+` (secret, actor, expires) VALUES (?, ?, ?)`,
			digest(made), actor.String(), expires.Unix())
		return err
	})
	if err != nil {
		return "", fmt.Errorf("keep %s: %w", table, err)
	}
	return made, nil
}

func scan(row *sql.Row) (Actor, error) {
	var actor Actor
	err := row.Scan(&actor.ID, &actor.Practice, &actor.Role)
	if errors.Is(err, sql.ErrNoRows) {
		return Actor{}, ErrNobody
	}
	if err != nil {
		return Actor{}, fmt.Errorf("look up actor: %w", err)
	}
	return actor, nil
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
