package anchoring

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/note"

	"signaalboek/domain"
	"signaalboek/domain/catalog"
	"signaalboek/domain/proof"
	"signaalboek/domain/release"
	"signaalboek/projections"
)

// gathering is evidence on its way.
type gathering struct {
	Ground
	proof.Evidence
	checkpoint proof.Checkpoint
}

func (g Ground) evidence(
	ctx context.Context, set *projections.Releases, one projections.Release, signed []byte, key string,
) (proof.Evidence, error) {
	ledger, err := note.NewVerifier(key)
	if err != nil {
		return proof.Evidence{}, fmt.Errorf("read the key of the ledger: %w", err)
	}
	checkpoint, err := proof.Open(signed, ledger)
	if err != nil {
		return proof.Evidence{}, err
	}
	e := &gathering{Ground: g, checkpoint: checkpoint, Evidence: proof.Evidence{Checkpoint: signed, Key: key}}
	for _, gather := range []func() error{
		func() error { return e.showRelease(ctx, one) },
		func() error { return e.showChain(ctx, one) },
		func() error { return e.extendDocument(ctx, one) },
		func() error { return e.extendPrevious(ctx, set, one) },
	} {
		if err := gather(); err != nil {
			return proof.Evidence{}, err
		}
	}
	return e.Evidence, nil
}

// showRelease shows the event by which the release is out.
func (e *gathering) showRelease(ctx context.Context, one projections.Release) error {
	out, err := e.published(ctx, one)
	if err != nil {
		return err
	}
	if err := e.show(ctx, "", out, proof.PublishedFields); err != nil {
		return err
	}
	e.Gate, err = proof.GateOf(e.Events[0].Disclosed)
	return err
}

// place is where an event stands.
type place struct {
	stream   domain.StreamID
	revision domain.Revision
	position domain.Position
}

// published is where the publication of a release stands.
func (g Ground) published(ctx context.Context, one projections.Release) (place, error) {
	stream := release.StreamOf(one.Of)
	for recorded, err := range g.Store.ReadStream(ctx, stream, 0) {
		if err != nil {
			return place{}, fmt.Errorf("read %s: %w", stream, err)
		}
		entry, err := catalog.Decode(recorded)
		if err != nil {
			return place{}, err
		}
		if event, is := entry.Event.(release.Published); is && event.Release == one.ID {
			return place{stream, entry.Revision, entry.Position}, nil
		}
	}
	return place{}, release.ErrNotPublished
}

// practiceField is the field of every event that says whose it is.
const practiceField = "@practice"

// showChain shows what was done with the signals that the release tells of. What was forgotten cannot be shown.
func (e *gathering) showChain(ctx context.Context, one projections.Release) error {
	if one.Of == release.Together { // tells of no signal
		return nil
	}
	set, err := projections.Before(ctx, e.Store, e.Vault, one.Counted)
	if err != nil {
		return err
	}
	chain, err := set.Chain(ctx, projections.Edited{Practice: one.Of, Release: one})
	if err != nil {
		return err
	}
	for _, step := range chain {
		printed := proof.ChainFields(step.Name)
		wanted := func(field string) bool { return field == practiceField || printed(field) }
		err := e.show(ctx, string(step.Of), place{step.Stream, step.Revision, step.Position}, wanted)
		if err != nil && !IsForgotten(err) {
			return err
		}
	}
	return nil
}

// IsForgotten reports whether something could not be shown because what opens it is gone: trying again does not help.
func IsForgotten(err error) bool {
	return errors.Is(err, domain.ErrForgotten) || errors.Is(err, domain.ErrNoSeed)
}

// show shows an event, and proves that it stands in the tree of the checkpoint.
func (e *gathering) show(ctx context.Context, of string, at place, wanted func(string) bool) error {
	shown, position, err := e.Ledger.Disclose(ctx, at.stream, at.revision, wanted)
	if err != nil {
		return err
	}
	index, err := e.Tree.Index(ctx, position)
	if err != nil {
		return err
	}
	included, err := e.Tree.Inclusion(ctx, index, e.checkpoint.Size)
	if err != nil {
		return err
	}
	if err := included.Check(e.checkpoint, shown.Frame().Leaf()); err != nil {
		return err
	}
	e.Events = append(e.Events, proof.Shown{Of: of, Disclosed: shown})
	e.Inclusions = append(e.Inclusions, included)
	return nil
}

// extendDocument proves that the tree goes on from where the figures were counted, whose root the documents print.
func (e *gathering) extendDocument(ctx context.Context, one projections.Release) error {
	size, err := e.Tree.Index(ctx, one.Counted)
	if err != nil {
		return err
	}
	root, err := e.Tree.Root(ctx, size)
	if err != nil {
		return err
	}
	return e.extend(ctx, proof.OfDocument, proof.Checkpoint{Size: size, Root: root})
}

// extendPrevious proves that the tree goes on from what the release before this one was anchored in, if there is one. After a
// loss there is none: the ledger goes on under another origin, by which everybody sees it.
func (e *gathering) extendPrevious(ctx context.Context, set *projections.Releases, one projections.Release) error {
	previous, found := set.AnchoredBefore(one.Of, one.ID)
	if !found {
		return nil
	}
	before, err := proof.Claimed(previous.Proof.Checkpoint)
	if err != nil || before.Origin != e.checkpoint.Origin {
		return err
	}
	return e.extend(ctx, proof.OfPrevious, before)
}

func (e *gathering) extend(ctx context.Context, of proof.Earlier, earlier proof.Checkpoint) error {
	consistency, err := e.Tree.Consistency(ctx, earlier.Size, e.checkpoint.Size)
	if err != nil {
		return err
	}
	if err := consistency.Check(earlier, e.checkpoint); err != nil {
		return fmt.Errorf("extend the tree of the %s: %w", of, err)
	}
	e.Extends = append(e.Extends, proof.Extension{Of: of, Root: earlier.Root, Consistency: consistency})
	return nil
}
