// Package anchoring gives releases their proof: what outsiders need to check, with no log at hand, that the ledger recorded
// a release, and that the ledger is still the one it was.
//
//	published ─► checkpoint that includes it ─► evidence from log, tree and vault ─► kept in the vault ─► anchored
//	             (a notary; enough witnesses)   (evidence.go)
//
// Given the checkpoint, all else follows from the log: built again, on any replica, the bundle is the same to the byte.
// Which checkpoint it is stands in the log once it is anchored. Until then anybody may begin again with another one: if we
// die anywhere, a bundle is left in the vault that nobody asks for, and that goes with the release.
//
// Releases of a practice are anchored in the order of their publication, so that each extends the one before it.
package anchoring

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"signaalboek/domain"
	"signaalboek/domain/ledger"
	"signaalboek/domain/proof"
	"signaalboek/domain/release"
	"signaalboek/projections"
)

// Ground is what releases are anchored in.
type Ground struct {
	Ledger *ledger.Ledger
	Store  domain.Store // only read
	Vault  domain.Vault
	Tree   Tree
	Notary Notary
}

// Tree is the tree over the log: package transparency keeps one.
type Tree interface {
	Index(ctx context.Context, at domain.Position) (int64, error)
	Root(ctx context.Context, size int64) (tlog.Hash, error)
	Inclusion(ctx context.Context, index, size int64) (proof.Inclusion, error)
	Consistency(ctx context.Context, old, size int64) (proof.Consistency, error)
}

// Notary signs what the log came to.
type Notary interface {
	// Checkpoint is the first checkpoint that was signed with the event at a position in its tree and that enough witnesses
	// cosigned, as a note, and the key of the ledger that signed it. It fails with ErrWaits as long as there is none.
	Checkpoint(ctx context.Context, including domain.Position) (signed []byte, key string, err error)
}

// Why a release is not anchored.
var (
	ErrWaits    = errors.New("anchoring: witnesses are awaited")
	ErrUnproven = errors.New("anchoring: what was built proves nothing") // a fault of ours
)

// Anchor gives a release that is out its proof: the set has come as far as its publication. It fails with ErrWaits, and
// with domain.ErrForgotten if a text of the release, or what its evidence would be opened with, is gone. Anchored already,
// it records nothing.
func (g Ground) Anchor(
	ctx context.Context, set *projections.Releases, one projections.Release, meta domain.Meta,
) (ledger.Receipt, error) {
	if one.IsAnchored() {
		return g.record(ctx, one, one.Proof, meta)
	}
	out, err := g.published(ctx, one)
	if err != nil {
		return ledger.Receipt{}, err
	}
	signed, key, err := g.Notary.Checkpoint(ctx, out.position)
	if err != nil {
		return ledger.Receipt{}, fmt.Errorf("anchor release %s: %w", one.ID, err)
	}
	bundle, err := g.Bundle(ctx, set, one, signed, key)
	if err != nil {
		return ledger.Receipt{}, err
	}
	its, err := proofOf(bundle, signed, key)
	if err != nil {
		return ledger.Receipt{}, fmt.Errorf("anchor release %s: %w", one.ID, err)
	}
	// If we die before this, nothing happened; after it, a bundle is kept that nobody asks for.
	if err := g.Vault.KeepBundle(ctx, one.Of, one.ID, bundle, one.Built.Texts...); err != nil {
		return ledger.Receipt{}, err
	}
	return g.record(ctx, one, its, meta)
}

// proofOf is what the log is told of a bundle, which is looked at as its readers will: a proof that does not hold is given
// to nobody.
func proofOf(bundle []byte, signed []byte, key string) (release.Proof, error) {
	verdict := proof.Verify(bundle, proof.Reader{})
	for _, found := range verdict.Findings {
		if found.Result == proof.Failed {
			return release.Proof{}, fmt.Errorf("%w: %s: %s %s", ErrUnproven, found.Check, found.Reason, found.Wrong)
		}
	}
	if verdict.Checkpoint == nil {
		return release.Proof{}, ErrUnproven
	}
	return release.Proof{
		Size: verdict.Checkpoint.Size, Checkpoint: string(signed), Key: key, Bundle: verdict.Digest,
	}, nil
}

// AnchorPast gives a release its proof as of the moment of meta, on which it was out: in a ledger that is made as if it were
// then. The tree has come as far as the log.
func (g Ground) AnchorPast(ctx context.Context, id release.ID, meta domain.Meta) (ledger.Receipt, error) {
	set, err := projections.AsOf(ctx, g.Store, g.Vault, meta.At)
	if err != nil {
		return ledger.Receipt{}, err
	}
	one, found := set.Releases.Release(meta.Practice, id)
	if !found {
		return ledger.Receipt{}, release.ErrUnknown
	}
	return g.Anchor(ctx, set.Releases, one, meta)
}

func (g Ground) record(
	ctx context.Context, one projections.Release, proof release.Proof, meta domain.Meta,
) (ledger.Receipt, error) {
	target := ledger.Target{Stream: release.StreamOf(one.Of)}
	return g.Ledger.Releases.Execute(ctx, target, release.Anchor{Release: one.ID, Proof: proof}, meta)
}

// Bundle is the files of a release and its evidence under a checkpoint that includes it, in one zip.
func (g Ground) Bundle(
	ctx context.Context, set *projections.Releases, one projections.Release, signed []byte, key string,
) ([]byte, error) {
	frozen, err := g.Vault.Bundle(ctx, one.Of, one.ID, one.Built.Bundle)
	if err != nil {
		return nil, err
	}
	files, err := proof.Unzip(frozen)
	if err != nil {
		return nil, fmt.Errorf("files of release %s: %w", one.ID, err)
	}
	evidence, err := g.evidence(ctx, set, one, signed, key)
	if err != nil {
		return nil, fmt.Errorf("evidence of release %s: %w", one.ID, err)
	}
	around, err := evidence.Files()
	if err != nil {
		return nil, err
	}
	return proof.Zip(append(files, around...))
}
