package main

import (
	"context"
	"errors"
	"slices"
	"strings"

	"signaalboek/domain/proof"
	"signaalboek/ops/transparency"
)

// takesWitnesses is for what must know who cosigns.
func (f *flags) takesWitnesses() {
	f.StringVar(&f.witnesses, "witnesses", "", "`bestand` met wie controlepunten moet meetekenen (C2SP tlog-policy); niemand, als het leeg is")
}

// errNoCosignature is a line that no witness of the policy wrote, or not under a checkpoint that the head holds.
var errNoCosignature = errors.New("no witness of the policy wrote that under a checkpoint of the head")

// cosigned keeps the line of a witness with the checkpoint that it is about, which may have been signed over since, and
// reports whether that one has enough of them. Of a whole note only what stands under it counts.
func cosigned(ctx context.Context, heads transparency.Heads, policy proof.Policy, line string) (enough bool, err error) {
	head, err := heads.Head(ctx)
	if err != nil {
		return false, err
	}
	if _, under, whole := strings.Cut(strings.ReplaceAll(line, "\r", ""), "\n\n"); whole {
		line = under
	}
	line = strings.TrimSpace(line) + "\n"
	for _, signed := range slices.Backward(head.Checkpoints) {
		_, enough, err := transparency.Cosigned(ctx, heads, policy, []byte(signed.Note+line))
		if err == nil {
			return enough, nil
		}
		if !errors.Is(err, proof.ErrCheckpoint) && !errors.Is(err, transparency.ErrUncosigned) {
			return false, err
		}
	}
	return false, errNoCosignature
}
