package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/google/uuid"

	"signaalboek/api"
	"signaalboek/api/outside"
	"signaalboek/domain"
	"signaalboek/domain/ledger"
	"signaalboek/domain/practice"
	releases "signaalboek/domain/release" // release is the version of the program
	"signaalboek/ops/accounts"
	"signaalboek/ops/durable"
	"signaalboek/projections"
)

// dir is the directory of a ledger. Everything that must last stands in it:
//
//	log.db                 the events
//	vault/                 keys, seeds and cards, apart from the log
//	accounts.db            who may sign in
//	projections.snapshot   what the projections knew; may be thrown away at any time
//	tiles/                 hashes of the events, to prove them with; may be thrown away at any time
//	head                   what was signed last; is in no backup, and never put back
//	signing.key            what it was signed with
//	demonstration          says that this is a demonstration, and since when
type dir string

func (d dir) log() string      { return filepath.Join(string(d), "log.db") }
func (d dir) vault() string    { return filepath.Join(string(d), "vault") }
func (d dir) accounts() string { return filepath.Join(string(d), "accounts.db") }
func (d dir) snapshot() string { return filepath.Join(string(d), "projections.snapshot") }
func (d dir) tiles() string    { return filepath.Join(string(d), "tiles") }
func (d dir) head() string     { return filepath.Join(string(d), "head") }
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
	place    place
	log      eventLog
	vault    openVault
	accounts *accounts.Accounts
	ledger   *ledger.Ledger
	set      *projections.Set
	complete *completeness
	zone     *time.Location
	watch    *watch
	backups  *backups     // that are made while people are served; nil: none
	proof    *provenance  // of what is recorded; nil: nobody is served
	judging  *api.Judging // of proposals of releases; nil: nobody is served

	history   api.History    // as auditors see it; nil: nobody is served
	verifying *api.Verifying // of it; nil: nobody is served

	outside *outside.Site // what outsiders see; nil: nothing is served to them
	keeping sync.Mutex    // held while a snapshot is written or removed

	growing sync.Mutex // guards grows
	grows   bool       // the log was seen to extend what was signed, before anything was recorded; of who serves nobody
}

// open opens the ledger at a place, or makes one. A part that is damaged or not ours stops it, in words.
func open(ctx context.Context, at place) (*machinery, error) {
	if err := os.MkdirAll(string(at.dir), 0o700); err != nil {
		return nil, fmt.Errorf("make the directory: %w", err)
	}
	m := &machinery{place: at, zone: brussels(), watch: newWatch(time.Now())}
	if err := m.open(ctx); err != nil {
		return nil, errors.Join(err, m.close())
	}
	return m, nil
}

func (m *machinery) open(ctx context.Context) (err error) {
	if m.log, err = m.place.openLog(ctx); err != nil {
		return err
	}
	if err = m.refuseLostVault(ctx); err != nil {
		return err
	}
	if m.vault, err = m.place.openVault(ctx); err != nil {
		return err
	}
	if m.accounts, err = m.place.openAccounts(ctx); err != nil {
		return err
	}
	if m.place.shared() {
		m.log = awayLog{m.log, &m.watch.log.away}
		m.vault = awayVault{m.vault, &m.watch.vault.away}
	}
	m.ledger, m.complete = ledger.New(provenLog{m.log, m.mayGrow}, m.vault, m.zone), newCompleteness(m.log)
	if err = m.forgetAgain(ctx); err != nil {
		return err
	}
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
	there, err := m.place.keyIsThere()
	switch {
	case err != nil || there:
		return err
	case m.place.key != "":
		return mistake("Er staan gebeurtenissen in het logboek, maar het bestand van --vault-key is er niet. Kopieer het van een andere replica, of zet het terug uit een reservekopie.")
	}
	return mistake("In %s staan gebeurtenissen, maar de map vault is weg. Zonder die map gaat geen tekst open. Zet ze terug uit een reservekopie.", m.place.dir)
}

// close closes what is open; the log last, so that nothing is left waiting for it.
func (m *machinery) close() (err error) {
	if m.proof != nil {
		err = errors.Join(err, m.proof.close())
	}
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
	path, err := m.snapshot(ctx)
	if err != nil {
		return nil, err
	}
	raw, err := os.ReadFile(path) // no path, no file
	if errors.Is(err, fs.ErrNotExist) {
		return projections.New(m.log, m.vault), nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the snapshot: %w", err)
	}
	set, err := projections.ReadSnapshot(ctx, m.log, m.vault, bytes.NewReader(raw))
	if err != nil { // it may be of before something was erased
		return projections.New(m.log, m.vault), m.dropSet(ctx)
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

// keepSet writes a snapshot. If we die here, the old one or the new one is there, never half of one. A set that is not what
// the log says is not kept, and neither is an older one: the next start folds the log anew.
func (m *machinery) keepSet(ctx context.Context) error {
	if len(m.complete.broken()) > 0 {
		return m.dropSet(ctx)
	}
	path, err := m.snapshot(ctx)
	if err != nil || path == "" {
		return err
	}
	m.keeping.Lock()
	defer m.keeping.Unlock()
	return durable.Replace(path, func(file *os.File) error { return m.set.WriteSnapshot(ctx, file) })
}

// snapshot is where the projections of this log are kept. A log that stands elsewhere may be replaced by another while
// the directory stays, so its name tells which log it is of: where the first event stands, and since when. It is empty for
// a log without events, of which there is nothing to keep.
func (m *machinery) snapshot(ctx context.Context) (string, error) {
	if !m.place.shared() {
		return m.place.dir.snapshot(), nil
	}
	for first, err := range m.log.ReadAll(ctx, domain.Position{}) {
		if err != nil {
			return "", fmt.Errorf("tell the log from others: %w", err)
		}
		mark := sha256.Sum256(fmt.Appendf(nil, "%s %s %s", first.Position, first.ID, first.At.UTC()))
		return fmt.Sprintf("%s.%x", m.place.dir.snapshot(), mark[:8]), nil
	}
	return "", nil
}

// isPractice refuses what no practice can be called.
func isPractice(id domain.PracticeID) error {
	switch {
	case !id.Valid():
		return mistake("%q is geen code voor een praktijk. Gebruik kleine letters, cijfers en streepjes.", id)
	case id == releases.Together:
		return mistake("Met de code %s publiceren alle praktijken samen. Kies een andere code voor de praktijk.", id)
	}
	return nil
}

// openPractice makes sure that a practice keeps its book here. It is the first command of a new ledger; asked again it
// records nothing.
func (m *machinery) openPractice(ctx context.Context, id domain.PracticeID, name string, at time.Time) error {
	if err := isPractice(id); err != nil {
		return err
	}
	if err := m.forgetAgain(ctx, id); err != nil { // nobody may be known of it, if the accounts were lost
		return err
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
