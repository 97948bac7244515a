package main

import (
	"context"
	"errors"
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
	"signaalboek/projections"
)

// How often we look whether a release waits for its proof, and how long one is let be that could not be given it.
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
		a := anchorer{m, m.ground(policy), logger, map[releases.ID]awaited{}}
		looking := time.NewTicker(anchorEvery)
		defer looking.Stop()
		for {
			a.anchorAll(ctx)
			select {
			case <-ctx.Done():
				return nil
			case <-looking.C:
			}
		}
	}}, err
}

// anchorer gives releases their proofs, one after the other.
type anchorer struct {
	*machinery
	in     anchoring.Ground
	logger *slog.Logger
	waits  map[releases.ID]awaited // those that could not be given it when they were tried last
}

// awaited is how a release waits.
type awaited struct {
	until time.Time // it is not tried before
	holds bool      // later ones of its practice wait too
}

// anchorAll tries every release that waits. One waits for those of its practice before it, unless these can never get their
// proof.
func (a anchorer) anchorAll(ctx context.Context) {
	held := map[domain.PracticeID]bool{}
	for _, one := range a.set.Releases.Unanchored() {
		if held[one.Of] {
			continue
		}
		if wait := a.waits[one.ID]; time.Now().Before(wait.until) {
			held[one.Of] = wait.holds
			continue
		}
		if err := a.anchor(ctx, one); err != nil && ctx.Err() == nil {
			a.await(one, err)
			held[one.Of] = a.waits[one.ID].holds
		}
	}
}

// anchor gives one release its proof, and waits until it shows: the next one goes on from it. The command id is that of the
// release, so that of several replicas one records it.
func (a anchorer) anchor(ctx context.Context, one projections.Release) error {
	command := uuid.NewSHA1(uuid.NameSpaceOID, []byte("signaalboek anchors "+one.ID.String()))
	receipt, err := a.in.Anchor(ctx, a.set.Releases, one, a.owing(one.Of, command, time.Now()))
	if err != nil {
		return err
	}
	return a.set.Wait(ctx, receipt.Position)
}

// await lets a release wait. That it is for witnesses is told once, and looked at again soon.
func (a anchorer) await(one projections.Release, why error) {
	_, told := a.waits[one.ID]
	about := slog.String("release", one.ID.String())
	if errors.Is(why, anchoring.ErrWaits) {
		if !told {
			a.logger.Info("a release waits for witnesses", about)
		}
		a.waits[one.ID] = awaited{holds: true}
		return
	}
	a.logger.Warn("a release waits for its proof", about, slog.Any("error", why))
	a.waits[one.ID] = awaited{time.Now().Add(anchorAgain), !anchoring.IsForgotten(why)}
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
		return nil, mistake("Het bestand %s zegt niet op de juiste manier wie getuige is, en hoeveel er nodig zijn. Schrijf voor één getuige twee regels: witness NAAM SLEUTEL, en daaronder: quorum NAAM.", shownWord(s.witnesses))
	}
	return &policy, nil
}
