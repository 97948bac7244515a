package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"signaalboek/domain"
	"signaalboek/domain/proof"
	"signaalboek/ops/atrest"
	"signaalboek/ops/backup"
	"signaalboek/projections"
)

// rehearse puts backups back in a place that is removed again, and looks whether all is there.
func (c *call) rehearse(ctx context.Context, f *flags, r reading, paths []string) (err error) {
	files, err := r.open(paths, time.Now())
	if err != nil {
		return restoring(err)
	}
	at, err := os.MkdirTemp("", "signaalboek-rehearsal-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(at)) }()
	p := place{dir: dir(filepath.Join(at, "ledger")), sealing: sealing{held: atrest.NewKey()}}
	told, err := p.restore(ctx, files, false, c.stderr)
	if err == nil && told.Log != nil {
		err = p.sameRoot(ctx, told.Log)
	}
	if err == nil && !told.Vault {
		told.Folded, err = p.foldClosed(ctx)
	}
	if err != nil {
		return restoring(err)
	}
	told.Rehearsed = true
	return told.write(c, f.json)
}

// foldClosed builds every projection of a log without its vault: as if every text was erased.
func (p place) foldClosed(ctx context.Context) (events uint64, err error) {
	log, err := p.readLog(ctx)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	v, err := p.vaultOf(ctx) // a new one
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, v.Close()) }()
	set := projections.New(log, closedVault{v})
	err = catchUp(ctx, log, set)
	return (&machinery{set: set}).events(), err
}

// closedVault is a vault that opens nothing.
type closedVault struct{ domain.Vault }

// Open implements domain.Vault.
func (closedVault) Open(context.Context, domain.Sealed) ([]byte, error) {
	return nil, domain.ErrForgotten
}

// sameRoot reads the log that was put back, and fails unless its tree is the one that the backup said.
func (p place) sameRoot(ctx context.Context, said *restoredLog) error {
	log, err := p.readLog(ctx)
	if err != nil {
		return err
	}
	end, err := log.End(ctx)
	if err == nil {
		var edge proof.Edge
		edge, err = proof.EdgeBefore(ctx, log, domain.Position{Commit: end.Commit + 1})
		if err == nil && (edge.Size() != said.Events || edge.Root().String() != said.Root) {
			err = backup.ErrDamaged
		}
	}
	return errors.Join(err, log.Close())
}
