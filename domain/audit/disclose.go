package audit

import (
	"context"
	"errors"

	"signaalboek/domain"
	"signaalboek/domain/proof"
)

// ErrNotProven is an event of which no proof is given: it is of people, or of how the practice works. It cannot be told
// from one that there is not.
var ErrNotProven = domain.Refuse(domain.NotFound, "event-not-proven")

// Discloser shows an event with those of its fields that are wanted: a ledger does. It fails with domain.ErrForgotten or
// domain.ErrNoSeed if nobody can open any field of it any more.
type Discloser interface {
	Disclose(
		ctx context.Context, stream domain.StreamID, revision domain.Revision, wanted func(name string) bool,
	) (proof.Disclosed, domain.Position, error)
}

// Disclose shows an event with the fields that may be disclosed; with none of them, if its subject was forgotten: it still
// can be proven then that it was recorded, and in which half-year. It fails with ErrNotProven for an event that is not shown by itself.
func Disclose(ctx context.Context, by Discloser, r domain.Recorded) (proof.Disclosed, error) {
	if !IsPolicy(r.Name) {
		return proof.Disclosed{}, ErrNotProven
	}
	shown, _, err := by.Disclose(ctx, r.Stream, r.Revision, func(field string) bool { return Discloses(r.Name, field) })
	if !errors.Is(err, domain.ErrForgotten) && !errors.Is(err, domain.ErrNoSeed) {
		return shown, err
	}
	frame, err := proof.FrameOf(r)
	if err != nil {
		return proof.Disclosed{}, err
	}
	return proof.Disclose(frame, [32]byte{}, nil, nil)
}
