package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/ledger"
	"signaalboek/domain/practice"
	"signaalboek/ops/accounts"
	"signaalboek/ops/eventlog/sqlite"
	"signaalboek/ops/postgres"
	"signaalboek/ops/vault"
	vaultfile "signaalboek/ops/vault/sqlite"
	"signaalboek/projections"
)

// dir is the directory of a ledger. Everything that must last stands in it:
//
//	log.db                 the events
//	vault/                 keys, seeds and cards, apart from the log
//	accounts.db            who may sign in
//	projections.snapshot   what the projections knew; may be thrown away at any time
//	demonstration          says that this is a demonstration, and since when
type dir string

func (d dir) log() string      { return filepath.Join(string(d), "log.db") }
func (d dir) vault() string    { return filepath.Join(string(d), "vault") }
func (d dir) accounts() string { return filepath.Join(string(d), "accounts.db") }
func (d dir) snapshot() string { return filepath.Join(string(d), "projections.snapshot") }
func (d dir) demoMark() string { return filepath.Join(string(d), "demonstration") }

// isDemo reports whether the ledger is a demonstration, however it is started.
func (d dir) isDemo() bool {
	_, err := os.Stat(d.demoMark())
	return err == nil
}

// brussels is where the days of this program are.
func brussels() *time.Location {
	zone, err := time.LoadLocation("Europe/Brussels")
	if err != nil {
		panic(err) // time/tzdata is built in
	}
	return zone
}

// machinery is an open ledger: what every sub-command that touches one works with. It opens in the order of its fields
// and closes in the other.
type machinery struct {
	dir      dir
	log      *sqlite.Log
	vault    *vault.Vault
	accounts *accounts.Accounts
	ledger   *ledger.Ledger
	set      *projections.Set
	zone     *time.Location
}

// open opens the ledger in a directory, or makes one. A part that is damaged or not ours stops it, in words.
func open(ctx context.Context, at dir) (*machinery, error) {
	if err := os.MkdirAll(string(at), 0o700); err != nil {
		return nil, fmt.Errorf("make the directory: %w", err)
	}
	m := &machinery{dir: at, zone: brussels()}
	if err := m.open(ctx); err != nil {
		return nil, errors.Join(err, m.close())
	}
	return m, nil
}

func (m *machinery) open(ctx context.Context) (err error) {
	if m.log, err = openLog(ctx, m.dir); err != nil {
		return err
	}
	if err = m.refuseLostVault(ctx); err != nil {
		return err
	}
	if m.vault, err = vaultfile.Open(ctx, m.dir.vault()); err != nil {
		return err
	}
	if m.accounts, err = accounts.Open(ctx, m.dir.accounts()); err != nil {
		return err
	}
	m.ledger = ledger.New(m.log, m.vault, m.zone)
	m.set, err = m.loadSet(ctx)
	return err
}

// refuseLostVault refuses a log with events whose vault is gone: a new one would open none of its texts, and would be
// taken for the old one until somebody reads.
func (m *machinery) refuseLostVault(ctx context.Context) error {
	end, err := m.log.End(ctx)
	if err != nil || end.IsZero() {
		return err
	}
	files, err := os.ReadDir(m.dir.vault())
	if len(files) > 0 || err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return mistake("In %s staan gebeurtenissen, maar de map vault is weg. Zonder die map gaat geen tekst open. Zet ze terug uit een reservekopie.", m.dir)
}

func openLog(ctx context.Context, at dir) (*sqlite.Log, error) {
	return sqlite.Open(ctx, at.log(), sqlite.Options{})
}

// close closes what is open; the log last, so that nothing is left waiting for it.
func (m *machinery) close() (err error) {
	if m.accounts != nil {
		err = errors.Join(err, m.accounts.Close())
	}
	if m.vault != nil {
		err = errors.Join(err, m.vault.Close())
	}
	if m.log != nil {
		err = errors.Join(err, m.log.Close())
	}
	return err
}

// loadSet is the projections as they were kept, or new ones: a snapshot that does not fit is simply not used.
func (m *machinery) loadSet(ctx context.Context) (*projections.Set, error) {
	raw, err := os.ReadFile(m.dir.snapshot())
	if errors.Is(err, fs.ErrNotExist) {
		return projections.New(m.log, m.vault), nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the snapshot: %w", err)
	}
	set, err := projections.ReadSnapshot(ctx, m.log, m.vault, bytes.NewReader(raw))
	if err != nil {
		return projections.New(m.log, m.vault), nil
	}
	end, err := m.log.End(ctx)
	if err != nil {
		return nil, err
	}
	if end.Before(set.Position()) { // of another log, or of a later state of this one
		return projections.New(m.log, m.vault), nil
	}
	return set, nil
}

// keepSet writes a snapshot. If we die here, the old one or the new one is there, never half of one.
func (m *machinery) keepSet(ctx context.Context) error {
	return replaceFile(m.dir.snapshot(), func(file *os.File) error { return m.set.WriteSnapshot(ctx, file) })
}

// replaceFile writes a file beside the old one and puts it in its place when it is whole and durable.
func replaceFile(path string, write func(*os.File) error) error {
	file, err := os.OpenFile(path+".new", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("replace %s: %w", filepath.Base(path), err)
	}
	err = write(file)
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("replace %s: %w", filepath.Base(path), err)
	}
	return os.Rename(path+".new", path)
}

// openPractice makes sure that a practice keeps its book here. It is the first command of a new ledger; asked again it
// records nothing.
func (m *machinery) openPractice(ctx context.Context, id domain.PracticeID, name string, at time.Time) error {
	if !id.Valid() {
		return mistake("%q is geen code voor een praktijk. Gebruik kleine letters, cijfers en streepjes.", id)
	}
	meta := domain.Meta{
		Command: uuid.NewSHA1(uuid.NameSpaceOID, []byte("signaalboek open "+id)), Practice: id,
		On: m.ledger.Today(at), At: at,
	}
	state, err := m.ledger.Practices.State(ctx, id, practice.StreamOf(id))
	if err != nil || state.Opened() {
		return err
	}
	_, err = m.ledger.Practices.Execute(ctx, ledger.Target{Stream: practice.StreamOf(id)},
		practice.Open{Name: name, Defaults: defaults}, meta)
	return err
}

// defaults is the set of words that a new practice starts with.
const defaults = "harelbeke-2022"

// explained is an error that has a sentence of its own.
type explained struct {
	err  error
	text string
}

// explanations says in words what an operator can do about the errors that one may meet.
func explanations() []explained {
	return []explained{
		{sqlite.ErrForeign, "log.db is van een ander programma. Kies met --data een andere map."},
		{sqlite.ErrNewer, "log.db is van een nieuwere versie van signaalboek. Installeer die versie."},
		{sqlite.ErrLocked, "Er draait al een signaalboek op deze map. Stop dat eerst, of kies met --data een andere map."},
		{sqlite.ErrDamaged, "log.db is beschadigd. Er wordt niets getoond. Zet een reservekopie terug."},
		{vault.ErrForeign, "vault.db is van een ander programma. Kies met --data een andere map."},
		{vault.ErrNewer, "vault.db is van een nieuwere versie van signaalboek. Installeer die versie."},
		{vault.ErrNoMaster, "master.key is er niet. Zonder die sleutel gaat geen tekst open. Zet ze terug in de map vault."},
		{vault.ErrNoVault, "vault.db is er niet, maar master.key wel. Zet vault.db terug uit een reservekopie."},
		{vault.ErrWrongMaster, "master.key hoort niet bij deze vault.db. Zet de juiste sleutel terug."},
		{vault.ErrExposed, "Anderen kunnen master.key lezen. Geef alleen de eigenaar rechten: chmod 600 master.key"},
		{accounts.ErrForeign, "accounts.db is van een ander programma of een nieuwere versie. Kies met --data een andere map."},
		{accounts.ErrAway, "De databank antwoordt niet. Kijk na of PostgreSQL draait, en of het adres klopt."},
		{postgres.ErrMalformed, "De verbinding met PostgreSQL is niet goed geschreven: postgres://naam:wachtwoord@machine/databank?sslmode=verify-full"},
		{postgres.ErrUnsafe, "De databank staat op een andere machine. Zet sslmode=verify-full in de verbinding, zodat niemand meeleest."},
		{fs.ErrPermission, "Het programma mag niet in deze map schrijven. Kies met --data een andere map."},
		{syscall.EROFS, "In deze map kan niemand schrijven. Kies met --data een andere map."},
		{syscall.ENOTDIR, "Daar staat een bestand en geen map. Kies met --data een andere map."},
		{syscall.ENOSPC, "De schijf is vol. Maak plaats en probeer opnieuw."},
	}
}
