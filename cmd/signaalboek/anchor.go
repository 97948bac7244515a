package main

import (
	"context"
	"log/slog"
	"os"
	"time"

	"github.com/google/uuid"

	"signaalboek/cmd/signaalboek/anchoring"
	"signaalboek/domain"
	"signaalboek/domain/ledger"
	"signaalboek/domain/proof"
	releases "signaalboek/domain/release" // release is the version of the program
	"signaalboek/ops/lifecycle"
)

// How often we look whether a release waits for its proof, and how long we let one be that could not be given it.
const (
	anchorEvery = time.Second
	anchorAgain = time.Minute
)

// anchorReleases is the part that gives each release that is out its proof, soon after it is signed and cosigned. That one
// waits is no reason to stop serving, whatever the reason: it is told, and tried again. Every replica does it; the log takes
// the first.
func (m *machinery) anchorReleases(s settings, logger *slog.Logger) (lifecycle.Part, error) {
	policy, err := s.policy()
	return lifecycle.Part{Name: "proofs of releases", Run: func(ctx context.Context) error {
		looking := time.NewTicker(anchorEvery)
		defer looking.Stop()
		for again := (time.Time{}); ; {
			if time.Now().After(again) && !m.anchorAll(ctx, policy, logger) {
				again = time.Now().Add(anchorAgain)
			}
			select {
			case <-ctx.Done():
				return nil
			case <-looking.C:
			}
		}
	}}, err
}

// anchorAll tries every release that waits, and reports whether none is left waiting. One waits for those of its practice
// before it, unless these can never get their proof. The command id is that of the release, so that of several replicas one
// records it.
func (m *machinery) anchorAll(ctx context.Context, policy *proof.Policy, logger *slog.Logger) (done bool) {
	held := map[domain.PracticeID]bool{}
	for _, one := range m.set.Releases.Unanchored() {
		if held[one.Of] {
			continue
		}
		command := uuid.NewSHA1(uuid.NameSpaceOID, []byte("signaalboek anchors "+one.ID.String()))
		receipt, err := m.ground(policy).Anchor(ctx, m.set.Releases, one, m.owing(one.Of, command, time.Now()))
		if err == nil {
			err = m.set.Wait(ctx, receipt.Position) // the next one goes on from here
		}
		if err == nil || ctx.Err() != nil {
			continue
		}
		held[one.Of] = !anchoring.IsForgotten(err)
		logger.Warn("a release waits for its proof", slog.String("release", one.ID.String()), slog.Any("error", err))
	}
	return len(held) == 0
}

// anchorPast gives a release of a demonstration its proof, at the moment at which it would have got it.
func (m *machinery) anchorPast(ctx context.Context, id releases.ID, meta domain.Meta) (ledger.Receipt, error) {
	if err := m.proof.tree.CatchUp(ctx); err != nil {
		return ledger.Receipt{}, err
	}
	return m.ground(nil).AnchorPast(ctx, id, meta)
}

// ground is what releases are anchored in. Without a policy nobody needs to cosign.
func (m *machinery) ground(policy *proof.Policy) anchoring.Ground {
	return anchoring.Ground{
		Ledger: m.ledger, Store: m.log, Vault: m.vault, Tree: m.proof.tree,
		Notary: anchoring.Attested{Notary: m.proof.notary, Policy: policy},
	}
}

// policy says who must have cosigned before a release gets its proof; nil, if nobody was named.
func (s settings) policy() (*proof.Policy, error) {
	if s.witnesses == "" {
		return nil, nil
	}
	raw, err := os.ReadFile(s.witnesses)
	if err != nil {
		return nil, mistake("Het bestand %s van --witnesses is er niet, of is niet leesbaar.", shownWord(s.witnesses))
	}
	policy, err := proof.ParsePolicy(string(raw))
	if err != nil {
		return nil, mistake("Het bestand %s zegt niet wie getuige is, en hoeveel er nodig zijn: %s", shownWord(s.witnesses), err)
	}
	return &policy, nil
}
