package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"time"

	"signaalboek/domain"
	"signaalboek/ops/accounts"
	"signaalboek/ops/atrest"
	"signaalboek/ops/eventlog/esdb"
	"signaalboek/ops/eventlog/sqlite"
	"signaalboek/ops/vault"
	vaultdb "signaalboek/ops/vault/postgres"
	vaultfile "signaalboek/ops/vault/sqlite"
)

// place is where a ledger is kept: everything in a directory, for one program on one machine; or, for replicas, the log
// in EventStoreDB, and the vault and the accounts in PostgreSQL. The connection strings hold passwords: they are shown
// to nobody.
type place struct {
	dir
	sealing          // of the files in dir
	logConn   string // of EventStoreDB; empty: the log stands in dir
	vaultConn string // of PostgreSQL; empty: vault and accounts stand in dir
	key       string // file of the vault's master key; empty: in dir
	signing   string // file of the signing key; empty: beside that one
}

// shared reports whether other replicas work on the same ledger.
func (p place) shared() bool { return p.logConn != "" }

// isDemo reports whether the ledger is a demonstration: those stand in a directory.
func (p place) isDemo() bool { return !p.shared() && p.dir.isDemo() }

// check refuses half of a pair: what one replica records, all others must be able to open.
func (p place) check() error {
	switch {
	case p.logConn != "" && !isLogConn(p.logConn):
		return mistake("--log is een verbinding met EventStoreDB, zoals esdb://machine:2113. Een map geef je met --data.")
	case p.vaultConn != "" && !isVaultConn(p.vaultConn):
		return mistake("--vault is een verbinding met PostgreSQL, zoals postgres://machine/databank. Een map geef je met --data.")
	case p.logConn != "" && p.vaultConn == "":
		return mistake("Een logboek in EventStoreDB vraagt een kluis die alle replica's delen. Geef ook --vault.")
	case p.vaultConn != "" && p.logConn == "":
		return mistake("Een gedeelde kluis hoort bij een logboek in EventStoreDB. Geef ook --log.")
	case p.shared() && p.key == "":
		return mistake("Geef met --vault-key het bestand met de sleutel van de gedeelde kluis.")
	}
	return nil
}

func isLogConn(where string) bool {
	return strings.HasPrefix(where, "esdb://") || strings.HasPrefix(where, "esdb+discover://")
}

func isVaultConn(where string) bool {
	return strings.HasPrefix(where, "postgres://") || strings.HasPrefix(where, "postgresql://")
}

// eventLog is a log as this program works with it, wherever it stands.
type eventLog interface {
	domain.Store

	// Stopped is closed when the log can no longer be used: the program ends, and what is true is found out at the next
	// start. Err then says why.
	Stopped() <-chan struct{}
	Err() error

	Close() error
}

// logPatience is how long a call to a log that is away goes on: less than a browser waits, and more than it takes to
// find a new leader.
const logPatience = 10 * time.Second

// openLog opens the log at a connection string of EventStoreDB, or the one in the directory of a ledger, which must
// exist; a new log is made there.
func openLog(ctx context.Context, where string, sealed sealing) (eventLog, error) {
	if isLogConn(where) {
		return opened(esdb.Open(ctx, where, esdb.Options{Patience: logPatience}))
	}
	at := place{dir: dir(where), sealing: sealed}
	cipher, err := at.cipher(sealedLog)
	if err != nil {
		return nil, err
	}
	return opened(sqlite.Open(ctx, at.log(), sqlite.Options{Cipher: cipher}))
}

// opened is no log at all when there is an error.
func opened[L eventLog](log L, err error) (eventLog, error) {
	if err != nil {
		return nil, err
	}
	return log, nil
}

func (p place) openLog(ctx context.Context) (eventLog, error) {
	if p.shared() {
		return openLog(ctx, p.logConn, p.sealing)
	}
	return openLog(ctx, string(p.dir), p.sealing)
}

// readableLog is a log to look at: it is never appended to.
type readableLog interface {
	domain.Store
	Close() error
}

// readLog opens the log to look at, also while a program has it open to record in. It makes none where there is none.
func (p place) readLog(ctx context.Context) (readableLog, error) {
	if p.shared() {
		return p.openLog(ctx)
	}
	if err := mustExist(p.dir); err != nil {
		return nil, err
	}
	cipher, err := p.cipher(sealedLog)
	if err != nil {
		return nil, err
	}
	log, err := sqlite.OpenReader(ctx, p.log(), sqlite.Options{Cipher: cipher})
	if err != nil {
		return nil, err // and no log at all
	}
	return log, nil
}

func (p place) openVault(ctx context.Context) (openVault, error) {
	v, err := p.vaultOf(ctx)
	if err != nil {
		return nil, err // and no vault at all
	}
	return v, nil
}

func (p place) vaultOf(ctx context.Context) (*vault.Vault, error) {
	if p.shared() {
		v, err := vaultdb.Open(ctx, p.vaultConn, vault.KeyFile(p.key))
		return v, inShared(err)
	}
	options, err := p.vaultOptions()
	if err != nil {
		return nil, err
	}
	return vaultfile.OpenWith(ctx, p.dir.vault(), options)
}

// vaultOptions is how the vault in the directory stands there.
func (p place) vaultOptions() (options vaultfile.Options, err error) {
	cipher, err := p.cipher(sealedVault)
	if err != nil {
		return options, err
	}
	options = vaultfile.Options{Key: vault.KeyFile(p.key), VFS: cipher.Register("")}
	if cipher != nil {
		options.Reserve = atrest.Reserve
	}
	return options, cipher.Check(filepath.Join(p.dir.vault(), "vault.db"))
}

func (p place) openAccounts(ctx context.Context) (*accounts.Accounts, error) {
	if p.vaultConn != "" {
		book, err := accounts.OpenShared(ctx, p.vaultConn)
		return book, inShared(err)
	}
	cipher, err := p.cipher(sealedAccounts)
	if err != nil {
		return nil, err
	}
	return accounts.OpenSealed(ctx, p.dir.accounts(), cipher)
}

// mustExist refuses a place without a ledger, so that looking never makes one.
func (p place) mustExist(ctx context.Context) error {
	if !p.shared() {
		return mustExist(p.dir)
	}
	log, err := p.openLog(ctx)
	if err != nil {
		return err
	}
	defer log.Close()
	end, err := log.End(ctx)
	if err == nil && end.IsZero() {
		err = mistake("Het logboek in EventStoreDB is leeg. Start eerst een replica met: signaalboek serve")
	}
	return err
}

// keyIsThere reports whether the vault was here before: its master key, or all that it is.
func (p place) keyIsThere() (bool, error) {
	if p.key != "" {
		return vault.KeyFile(p.key).Exists()
	}
	files, err := os.ReadDir(p.dir.vault())
	if os.IsNotExist(err) {
		return false, nil
	}
	return len(files) > 0, err
}

// vaultMustExist refuses a place without a vault, so that reading never makes one: the next start would take it for the one
// that is lost.
func (p place) vaultMustExist() error {
	there, err := p.keyIsThere()
	if err == nil && !there {
		err = vault.ErrNoMaster
	}
	return err
}
