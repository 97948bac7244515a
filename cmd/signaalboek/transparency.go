package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/ops/metrics"
	"signaalboek/ops/transparency"
)

// signEvery is how long what is recorded may go unsigned. Releases do not wait for it.
const signEvery = 10 * time.Second

// provenance is how a ledger proves what it recorded: see package transparency.
type provenance struct {
	tree   *transparency.Tree
	heads  transparency.Heads
	notary *transparency.Notary
}

// prove opens the tree of the log, which runs while people are served, and looks whether the log is still what was signed
// of it. If it is not, that is no reason to stop reading; but nothing is recorded, and whoever runs the program is told.
func (m *machinery) prove(ctx context.Context, c *call) error {
	heads, err := m.place.openHeads(ctx)
	if err != nil {
		return err
	}
	m.proof = &provenance{heads: heads}
	if err := m.proof.open(ctx, m, slog.New(slog.NewJSONHandler(c.stderr, nil))); err != nil {
		return err
	}
	if m.forked() {
		fmt.Fprintln(c.stderr, forkedWords)
	}
	return nil
}

func (p *provenance) open(ctx context.Context, m *machinery, logger *slog.Logger) (err error) {
	key, err := m.place.signingKey(ctx, p.heads)
	if err != nil {
		return err
	}
	if p.tree, err = transparency.Open(ctx, m.place.tiles(), m.log); err != nil {
		return err
	}
	m.complete.tree = p.tree.Frontier
	p.notary = &transparency.Notary{Notarial: transparency.Notarial{
		Tree: p.tree, Log: m.log, Heads: p.heads, Keys: key, Holder: uuid.NewString(), Every: signEvery, Logger: logger,
	}}
	return p.examine(ctx)
}

// examine takes in the log, and holds it against what was signed. A fork the notary remembers.
func (p *provenance) examine(ctx context.Context) error {
	head, err := p.heads.Head(ctx)
	if err != nil || head.Origin == "" { // nothing was promised yet, so there is nothing to wait for
		return err
	}
	if err := p.tree.CatchUp(ctx); err != nil {
		return err
	}
	if err := p.notary.Examine(ctx); !errors.Is(err, domain.ErrForked) {
		return err
	}
	return nil
}

func (p *provenance) close() error { return closeHeads(p.heads) }

// leaving is how long signing what is left may take: the next start does without.
const leaving = 2 * time.Second

// leave signs what was recorded last, when nobody records any more.
func (p *provenance) leave(ctx context.Context, logger *slog.Logger) {
	ctx, cancel := context.WithTimeout(ctx, leaving)
	defer cancel()
	if err := errors.Join(p.tree.CatchUp(ctx), p.notary.Leave(ctx)); err != nil {
		logger.Warn("something stays unsigned, or the lease is not given back", slog.Any("error", err))
	}
}

// forked reports whether the log is known to contradict what was signed. Nobody knows when nobody is served.
func (m *machinery) forked() bool { return m.served() && m.proof.notary.State().Forked != nil }

func (m *machinery) served() bool { return m.proof != nil && m.proof.notary != nil }

// mayGrow fails with domain.ErrForked if the log contradicts what was signed of it. While people are served, the notary
// knows. A command that records something beside that looks once, which takes as long as reading the log.
func (m *machinery) mayGrow(ctx context.Context) error {
	switch {
	case m.forked():
		return domain.ErrForked
	case m.served():
		return nil
	}
	m.growing.Lock()
	defer m.growing.Unlock()
	if m.grows {
		return nil
	}
	heads, err := m.place.openHeads(ctx)
	if err != nil {
		return err
	}
	err = errors.Join(transparency.Extends(ctx, m.log, heads), closeHeads(heads))
	m.grows = err == nil
	return err
}

// provenLog is a log in which nothing is recorded while it contradicts what was signed of it: the other history would grow
// without a word.
type provenLog struct {
	domain.Store
	mayGrow func(context.Context) error
}

// Append implements domain.Store.
func (l provenLog) Append(
	ctx context.Context, stream domain.StreamID, expected domain.Revision, drafts []domain.Draft,
) (domain.Position, error) {
	if err := l.mayGrow(ctx); err != nil {
		return domain.Position{}, err
	}
	return l.Store.Append(ctx, stream, expected, drafts)
}

// forkedWords is what whoever runs the program reads then.
const forkedWords = "Let op: het logboek is niet meer wat er eerder ondertekend werd. Het is korter, of er staat iets anders in. " +
	"Lezen kan, maar er wordt niets bewaard. Staat er een oude kopie? Stop het programma en zet het juiste logboek terug. " +
	"Bestaat dat niet meer? Aanvaard het verlies met: signaalboek history accept"

// signed is what Prometheus is told.
func (p *provenance) signed() metrics.Signed {
	state := p.notary.State()
	told := metrics.Signed{Events: state.Signed.Size, Unsigned: max(0, p.tree.Size()-state.Signed.Size), Forked: state.Forked != nil}
	if !state.At.IsZero() {
		told.Age = time.Since(state.At)
	}
	return told
}

// openHeads opens what keeps the head: a file in the directory, or the database that replicas share.
func (p place) openHeads(ctx context.Context) (transparency.Heads, error) {
	if !p.shared() {
		return transparency.NewHeadFile(p.head()), nil
	}
	shared, err := transparency.OpenHeadShared(ctx, p.vaultConn)
	if err != nil {
		return nil, inShared(err)
	}
	return shared, nil
}

// signingFile is the file of the signing key: where we were told, or beside the key of the vault, or in the directory.
func (p place) signingFile() string {
	const name = "signing.key"
	switch {
	case p.signing != "":
		return p.signing
	case p.key != "":
		return filepath.Join(filepath.Dir(p.key), name)
	}
	return filepath.Join(string(p.dir), name)
}

// signingKey is the key that signs. It is made when nothing was signed yet; after that, a new one would sign what nobody can
// tell from another ledger.
func (p place) signingKey(ctx context.Context, heads transparency.Heads) (transparency.Key, error) {
	head, err := heads.Head(ctx)
	if err != nil {
		return transparency.Key{}, err
	}
	if head.Origin == "" && len(head.Earlier) == 0 {
		return transparency.MakeKey(p.signingFile())
	}
	key, err := transparency.ReadKey(p.signingFile())
	if errors.Is(err, transparency.ErrNoKey) && p.shared() {
		err = fmt.Errorf("%w: %w", mistake("Het bestand met de sleutel die ondertekent, is er niet. Kopieer %s van een andere replica.", filepath.Base(p.signingFile())), err)
	}
	return key, err
}
