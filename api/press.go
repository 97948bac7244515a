package api

import (
	"context"
	"fmt"

	"signaalboek/domain"
	"signaalboek/domain/ledger"
	"signaalboek/domain/release"
	"signaalboek/projections"
)

// Press publishes where nobody looks at pages: the releases of a demonstration. Nothing goes out by another way than what
// two coordinators publish on pages: it is counted, judged by the gate, built and kept by the same hands.
type Press struct {
	Ledger *ledger.Ledger
	Vault  domain.Vault
	Store  domain.Store // only read
	Demo   bool         // every document says that this is a demonstration
}

// Publish confirms a proposal of a practice, as somebody does who looked at exactly what is built of it now. It fails as
// publishing on a page does, also when the gate does not let the figures pass; published already by the same command, its
// answer is the old one.
func (p Press) Publish(ctx context.Context, id release.ID, meta domain.Meta) (ledger.Receipt, error) {
	set, err := projections.AsOf(ctx, p.Store, p.Vault, meta.At)
	if err != nil {
		return ledger.Receipt{}, err
	}
	one, found := set.Releases.Release(meta.Practice, id)
	if !found {
		return ledger.Receipt{}, release.ErrUnknown
	}
	s := &site{Config: Config{Ledger: p.Ledger, Vault: p.Vault, Store: p.Store, Set: set, Demo: p.Demo}}
	target := ledger.Target{Stream: release.StreamOf(meta.Practice)}
	if one.Phase != release.IsProposed {
		return s.publishAgain(ctx, one, one.Built.Bundle, target, meta)
	}
	judged, err := s.judge(meta.Practice, id)(ctx, nil)
	if err != nil {
		return ledger.Receipt{}, err
	}
	built, err := s.buildJudged(ctx, meta.Practice, one, judged)
	if err != nil {
		return ledger.Receipt{}, fmt.Errorf("build what is published: %w", err)
	}
	return s.record(ctx, built, one.ID, target, meta)
}
