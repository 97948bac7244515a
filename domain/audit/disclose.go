package audit

import (
	"context"
	"errors"
	"fmt"

	"signaalboek/domain"
	"signaalboek/domain/catalog"
	"signaalboek/domain/ledger"
	"signaalboek/domain/proof"
)

// ErrNotProven is an event of which no proof is given: it is of people, or of how the practice works.
var ErrNotProven = domain.Refuse(domain.NotFound, "no-proof")

// Opened is what of an event may be disclosed, in the order in which it committed to it.
func Opened(r domain.Recorded) ([]proof.Field, error) {
	all, err := fields(r)
	var opened []proof.Field
	for _, field := range all {
		if Discloses(r.Name, field.Name) {
			opened = append(opened, field)
		}
	}
	return opened, err
}

func fields(r domain.Recorded) ([]proof.Field, error) {
	trail, err := catalog.DecodeTrail(r.Metadata)
	if err != nil {
		return nil, err
	}
	return ledger.Fields(trail, r.Payload)
}

// Seeds finds the seeds of a practice's events: a vault does.
type Seeds interface {
	Seed(ctx context.Context, id domain.SeedID) ([32]byte, error)
}

// Disclose shows an event that can be proven, with the fields of it that may be disclosed; with none of them, if its
// subject was forgotten. It fails with ErrNotProven for all other events. The event that names its seed stands in the
// same stream, at or before it: log finds it.
func Disclose(ctx context.Context, log domain.Store, seeds Seeds, r domain.Recorded) (proof.Disclosed, error) {
	if !IsPolicy(r.Name) {
		return proof.Disclosed{}, ErrNotProven
	}
	var named domain.SeedID
	for earlier, err := range log.ReadStream(ctx, r.Stream, 0) {
		if err != nil {
			return proof.Disclosed{}, err
		}
		if earlier.Revision > r.Revision {
			break
		}
		if named, err = latestSeed(named, earlier); err != nil {
			return proof.Disclosed{}, err
		}
	}
	return disclose(ctx, seeds, named, r)
}

// latestSeed is the seed that an event of a stream and those before it named last.
func latestSeed(before domain.SeedID, r domain.Recorded) (domain.SeedID, error) {
	named, err := catalog.SeedIn(r.Metadata)
	if named == (domain.SeedID{}) {
		named = before
	}
	return named, err
}

func disclose(ctx context.Context, seeds Seeds, named domain.SeedID, r domain.Recorded) (proof.Disclosed, error) {
	frame, err := proof.FrameOf(r)
	if err != nil {
		return proof.Disclosed{}, err
	}
	all, err := fields(r)
	if err != nil {
		return proof.Disclosed{}, err
	}
	seed, err := seeds.Seed(ctx, named)
	if errors.Is(err, domain.ErrForgotten) || errors.Is(err, domain.ErrNoSeed) {
		return proof.Disclose(frame, seed, nil, nil)
	}
	if err != nil {
		return proof.Disclosed{}, fmt.Errorf("disclose event %s: %w", r.ID, err)
	}
	return proof.Disclose(frame, seed, all, func(field string) bool { return Discloses(r.Name, field) })
}
