package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"signaalboek/ops/accounts"
	"signaalboek/ops/eventlog/sqlite"
	"signaalboek/ops/vault"
	vaultdb "signaalboek/ops/vault/postgres"
	vaultfile "signaalboek/ops/vault/sqlite"
)

// movement is what a migration is told: where from, and where to.
type movement struct {
	*flags
	from, to    ledgerEnd
	compareOnly bool
}

// ledgerEnd is one end of a migration, as it is told.
type ledgerEnd struct {
	name  string // of its options: "from" or "to"
	where secret // a directory, or a connection string of EventStoreDB
	vault secret // connection string of PostgreSQL
	key   string // file of the vault's master key
}

func (f *flags) takesMovement() *movement {
	m := &movement{flags: f, from: ledgerEnd{name: "from"}, to: ledgerEnd{name: "to"}}
	m.from.take(f, "vanwaar")
	m.to.take(f, "waarheen")
	f.BoolVar(&m.compareOnly, "compare-only", false, "kopieer niets, en vergelijk alleen de twee logboeken")
	return m
}

func (e *ledgerEnd) take(f *flags, way string) {
	e.where.take(f.FlagSet, e.name, "`plaats` "+way+": een map, of een verbinding met EventStoreDB")
	e.vault.take(f.FlagSet, e.name+"-vault", "`verbinding` met PostgreSQL, voor de kluis en de accounts bij een logboek in EventStoreDB")
	f.StringVar(&e.key, e.name+"-vault-key", "", "`bestand` met de sleutel van die kluis")
}

// check reads the secrets, and refuses what does not go together.
func (m *movement) check() error {
	if err := errors.Join(m.from.check(m.settings), m.to.check(m.settings)); err != nil {
		return err
	}
	switch {
	case filepath.Clean(m.from.where.value) == filepath.Clean(m.to.where.value):
		return mistake("--from en --to zijn dezelfde plaats.")
	case m.whole() || m.from.vault.value == "" && m.to.vault.value == "":
		return nil
	case m.from.hasVault():
		return mistake("Geef ook --to-vault: de kluis en de accounts moeten mee.")
	}
	return mistake("Geef ook --from-vault: de kluis en de accounts moeten mee.")
}

// whole reports whether the vault and the accounts move along: both ends say where those are.
func (m *movement) whole() bool { return m.from.hasVault() && m.to.hasVault() }

func (e *ledgerEnd) hasVault() bool { return !isLogConn(e.where.value) || e.vault.value != "" }

func (e *ledgerEnd) check(s settings) error {
	if err := errors.Join(e.where.read(e.name), e.vault.read(e.name+"-vault")); err != nil {
		return err
	}
	s.data = ""
	inDirectory := !isLogConn(e.where.value)
	switch {
	case e.where.value == "":
		return mistake("Geef met --%s een map, of een verbinding met EventStoreDB.", e.name)
	case inDirectory && e.vault.value != "":
		return mistake("De kluis van een map staat in die map. Laat --%s-vault weg.", e.name)
	case e.vault.value != "" && !isVaultConn(e.vault.value):
		return mistake("--%s-vault is een verbinding met PostgreSQL, zoals postgres://machine/databank.", e.name)
	case e.vault.value != "" && e.key == "":
		return mistake("Geef met --%s-vault-key het bestand met de sleutel van die kluis.", e.name)
	case e.vault.value == "" && e.key != "" && !inDirectory:
		return mistake("Geef ook --%s-vault: --%[1]s-vault-key hoort daarbij.", e.name)
	case inDirectory:
		s.data = e.where.value
		return s.checkKey()
	}
	return nil
}

// place is where the ledger of this end is kept.
func (e *ledgerEnd) place(s sealing) place {
	if isLogConn(e.where.value) {
		return place{logConn: e.where.value, vaultConn: e.vault.value, key: e.key}
	}
	return place{dir: dir(e.where.value), sealing: s, key: e.key}
}

// ends is what is open of both ends. The vault of the target is not: it is made when it is copied.
type ends struct {
	from, to         place
	fromLog, toLog   eventLog
	vault            *vault.Vault
	fromBook, toBook *accounts.Accounts
}

// open opens both ends, the source first. What cannot be opened is told before anything is copied.
func (m *movement) open(ctx context.Context) (*ends, error) {
	e := &ends{from: m.from.place(m.sealing()), to: m.to.place(m.sealing())}
	err := e.openLogs(ctx, m.compareOnly)
	if err == nil && m.whole() && !m.compareOnly {
		err = e.openParts(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, e.close())
	}
	return e, nil
}

func (e *ends) openLogs(ctx context.Context, both bool) (err error) {
	if err := e.from.mustExist(ctx); err != nil {
		return err
	}
	if both {
		err = e.to.mustExist(ctx)
	} else if !e.to.shared() {
		err = os.MkdirAll(string(e.to.dir), 0o700)
	}
	if err != nil {
		return err
	}
	if e.fromLog, err = e.from.openLog(ctx); err != nil {
		return inUse(e.from, err)
	}
	e.toLog, err = e.to.openLog(ctx)
	return inUse(e.to, err)
}

// inUse says which of the two directories is in use.
func inUse(at place, err error) error {
	if errors.Is(err, sqlite.ErrLocked) {
		return fmt.Errorf("%w: %w", mistake("Er draait een signaalboek op %s. Stop dat eerst.", at.dir), err)
	}
	return err
}

func (e *ends) openParts(ctx context.Context) (err error) {
	if err := (&machinery{place: e.from, log: e.fromLog}).refuseLostVault(ctx); err != nil {
		return err
	}
	if e.vault, err = e.from.vaultOf(ctx); err != nil {
		return err
	}
	if e.fromBook, err = e.from.openAccounts(ctx); err != nil {
		return err
	}
	e.toBook, err = e.to.openAccounts(ctx)
	return err
}

func (e *ends) close() (err error) {
	for _, book := range []*accounts.Accounts{e.toBook, e.fromBook} {
		if book != nil {
			err = errors.Join(err, book.Close())
		}
	}
	if e.vault != nil {
		err = errors.Join(err, e.vault.Close())
	}
	for _, log := range []eventLog{e.toLog, e.fromLog} {
		if log != nil {
			err = errors.Join(err, log.Close())
		}
	}
	return err
}

// copyVault makes a copy of a vault where this ledger keeps its own.
func (p place) copyVault(ctx context.Context, of *vault.Vault) error {
	if p.shared() {
		return inShared(vaultdb.Copy(ctx, of, p.vaultConn, vault.KeyFile(p.key)))
	}
	options, err := p.vaultOptions()
	if err != nil {
		return err
	}
	return vaultfile.Copy(ctx, of, p.dir.vault(), options)
}
