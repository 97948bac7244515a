package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"signaalboek/api"
	"signaalboek/domain"
	"signaalboek/domain/proof"
	"signaalboek/ops/transparency"
)

// audited tells the site what proves the history.
type audited struct {
	*machinery
	policy proof.Policy // who must cosign
}

// openToAudit has the site show auditors how the history is proven. Without a policy nobody need cosign.
func (m *machinery) openToAudit(s settings, logger *slog.Logger) error {
	policy, err := s.policy()
	if err != nil {
		return err
	}
	if policy == nil {
		nobody, err := proof.ParsePolicy("quorum none\n")
		if err != nil {
			return err
		}
		policy = &nobody
	}
	m.history = audited{m, *policy}
	m.verifying = api.NewVerifying(m.history, logger)
	return nil
}

// Standing is what the head holds.
func (a audited) Standing(ctx context.Context) (api.Standing, error) {
	head, err := a.proof.heads.Head(ctx)
	if err != nil {
		return api.Standing{}, err
	}
	standing := api.Standing{Policy: a.policy, Earlier: endedOf(head), Verified: verifiedOf(head)}
	last, any := head.Last()
	if !any {
		return standing, nil
	}
	if standing.Latest, err = head.Promised(); err != nil {
		return standing, err
	}
	if standing.Log, err = head.Verifier(); err != nil {
		return standing, err
	}
	standing.Key, standing.Signed, standing.At = head.Key, []byte(last.Note), last.At
	standing.Witnesses, err = a.witnesses(head, standing)
	return standing, err
}

// witnesses is up to where each witness of the policy cosigned, as far as the head knows.
func (a audited) witnesses(head transparency.Head, standing api.Standing) (all []api.WitnessStanding, err error) {
	of := map[string]api.WitnessStanding{}
	for _, signed := range head.Checkpoints {
		c, err := signed.Checkpoint()
		if err != nil {
			return nil, err
		}
		cosigned, err := proof.Cosignatures([]byte(signed.Note), standing.Log, a.policy.Witnesses())
		if err != nil {
			return nil, err
		}
		for _, one := range cosigned {
			of[one.Witness] = api.WitnessStanding{At: one.At, Size: c.Size, Latest: c == standing.Latest}
		}
	}
	for _, witness := range a.policy.Witnesses() {
		one := of[witness.Name()]
		one.Name = witness.Name()
		all = append(all, one)
	}
	return all, nil
}

func endedOf(head transparency.Head) (all []api.EndedHistory) {
	for _, ended := range head.Earlier {
		last, err := ended.Last.Checkpoint()
		if err != nil {
			last.Size = 0 // that it ended is told all the same
		}
		all = append(all, api.EndedHistory{Origin: ended.Origin, Size: last.Size, Reason: string(ended.Reason), At: ended.At})
	}
	return all
}

// verifiedOf is what was verified lately, the last one first.
func verifiedOf(head transparency.Head) []api.Verification {
	all := make([]api.Verification, len(head.Verified))
	for i, check := range head.Verified {
		all[len(all)-1-i] = api.Verification{At: check.At, By: check.By, What: check.What, Size: check.Size, Good: check.Good}
	}
	return all
}

// promised is the last checkpoint, as far as this replica has read the log: it can be proven from here.
func (a audited) promised(ctx context.Context) (transparency.Signed, proof.Checkpoint, error) {
	head, err := a.proof.heads.Head(ctx)
	if err != nil {
		return transparency.Signed{}, proof.Checkpoint{}, err
	}
	last, any := head.Last()
	if !any {
		return last, proof.Checkpoint{}, api.ErrUnsigned
	}
	promised, err := head.Promised()
	if err != nil {
		return last, promised, err
	}
	end, err := domain.ParsePosition(last.Position)
	if err != nil {
		return last, promised, err
	}
	ctx, cancel := context.WithTimeout(ctx, proving)
	defer cancel()
	return last, promised, a.proof.tree.Wait(ctx, end)
}

// proving is how long a question waits for this replica to read what another one signed.
const proving = 5 * time.Second

// Prove is where an event stands in the tree of the last checkpoint.
func (a audited) Prove(ctx context.Context, event domain.Position) (proof.Inclusion, []byte, error) {
	last, promised, err := a.promised(ctx)
	if err != nil {
		return proof.Inclusion{}, nil, err
	}
	index, err := a.proof.tree.Index(ctx, event)
	if err != nil {
		return proof.Inclusion{}, nil, err
	}
	if index >= promised.Size {
		return proof.Inclusion{}, nil, api.ErrUnsigned
	}
	at, err := a.proof.tree.Inclusion(ctx, index, promised.Size)
	return at, []byte(last.Note), err
}

// Request asks a witness to cosign the last checkpoint.
func (a audited) Request(ctx context.Context, old int64) (proof.Request, error) {
	last, promised, err := a.promised(ctx)
	if err != nil {
		return proof.Request{}, err
	}
	if old < 0 || old > promised.Size {
		return proof.Request{}, api.ErrNoRequest
	}
	extends, err := a.proof.tree.Consistency(ctx, old, promised.Size)
	if err == nil {
		err = transparency.Asked(ctx, a.proof.heads, last)
	}
	return proof.Request{Consistency: extends, Signed: []byte(last.Note)}, err
}

// Cosign keeps what a witness wrote.
func (a audited) Cosign(ctx context.Context, line string) error {
	_, err := cosigned(ctx, a.proof.heads, a.policy, line)
	if errors.Is(err, errNoCosignature) {
		return api.ErrNoCosignature
	}
	return err
}

// Verify looks at everything, as the command verify does, and keeps what came of it.
func (a audited) Verify(ctx context.Context, by domain.ActorID, progress func(done, total int64)) (api.Verification, error) {
	total := a.proof.tree.Size()
	looking := inspection{
		log: a.log, tiles: a.place.tiles(), heads: a.proof.heads, set: a.set,
		progress: func(done int64) { progress(done, max(done, total)) },
	}
	found, err := looking.run(ctx)
	done := found.check()
	done.By = by
	if err == nil {
		err = remember(ctx, a.proof.heads, done)
	}
	if err != nil {
		return api.Verification{}, fmt.Errorf("verify the history: %w", err)
	}
	return api.Verification{At: time.Now().UTC(), By: by, What: done.What, Size: done.Size, Good: done.Good}, nil
}
