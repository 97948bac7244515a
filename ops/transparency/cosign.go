package transparency

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"signaalboek/domain/proof"
)

// What is not taken from a witness.
var (
	// ErrUncosigned is a note without a cosignature of anybody that the policy knows.
	ErrUncosigned = errors.New("transparency: no witness that the policy knows has cosigned")

	// ErrOtherCheckpoint is a note of a checkpoint that the head does not hold, or holds no longer.
	ErrOtherCheckpoint = errors.New("transparency: the head holds no such checkpoint")
)

// Cosigned keeps the cosignatures that a checkpoint came back with, of witnesses that the policy knows, beside those that it
// has. It returns the checkpoint with all of them, and whether they are enough for the policy. It fails with ErrUncosigned,
// ErrOtherCheckpoint, or proof.ErrCheckpoint if the note is not what the ledger and its witnesses signed.
func Cosigned(ctx context.Context, heads Heads, policy proof.Policy, signed []byte) (with Signed, enough bool, err error) {
	head, err := Change(ctx, heads, func(h *Head) error {
		log, err := h.Verifier()
		if err != nil {
			return err
		}
		nth := slices.IndexFunc(h.Checkpoints, func(s Signed) bool { return body(s.Note) == body(string(signed)) })
		if nth < 0 {
			return ErrOtherCheckpoint
		}
		h.Checkpoints[nth].Note, err = merged(h.Checkpoints[nth].Note, signed, log, policy.Witnesses())
		with = h.Checkpoints[nth]
		return err
	})
	if err != nil {
		return with, false, fmt.Errorf("keep cosignatures: %w", err)
	}
	enough, err = head.Enough(with, policy)
	return with, enough, err
}

// Enough reports whether a checkpoint of this history has the cosignatures that a policy asks for.
func (h Head) Enough(signed Signed, policy proof.Policy) (bool, error) {
	log, err := h.Verifier()
	if err != nil {
		return false, err
	}
	err = policy.CheckQuorum([]byte(signed.Note), log)
	if errors.Is(err, proof.ErrQuorum) {
		return false, nil
	}
	return err == nil, err
}

// body is what a note says, without who signed it.
func body(signed string) string {
	said, _, _ := strings.Cut(signed, "\n\n")
	return said
}

// merged is a checkpoint with the cosignatures of another copy of it, the newest of each witness.
func merged(ours string, theirs []byte, log note.Verifier, witnesses []proof.Witness) (string, error) {
	cosigned, err := proof.Cosignatures(theirs, log, witnesses)
	if err != nil {
		return "", err
	}
	if len(cosigned) == 0 {
		return "", ErrUncosigned
	}
	known := []note.Verifier{log}
	for _, witness := range witnesses {
		known = append(known, witness)
	}
	held, err := note.Open([]byte(ours), note.VerifierList(log))
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrHeadDamaged, err)
	}
	came, err := note.Open(theirs, note.VerifierList(known...))
	if err != nil {
		return "", err
	}
	lines := slices.Concat(held.Sigs, held.UnverifiedSigs)
	for _, line := range came.Sigs {
		same := func(s note.Signature) bool { return s.Name == line.Name && s.Hash == line.Hash }
		if line.Name != log.Name() || line.Hash != log.KeyHash() {
			lines = append(slices.DeleteFunc(lines, same), line)
		}
	}
	all, err := note.Sign(&note.Note{Text: held.Text, Sigs: lines})
	return string(all), err
}
