package api

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"signaalboek/api/export"
	"signaalboek/domain"
	"signaalboek/domain/catalog"
	"signaalboek/domain/release"
	"signaalboek/projections"
)

// Rerun is a release that went out, and what is built of the log today for the same moment.
type Rerun struct {
	Release projections.Release // as it went out
	Again   export.Bundle       // what is built today
	Out     export.Bundle       // what went out; empty if its files are gone
}

// Same reports whether what is built today is what went out, to the byte.
func (r Rerun) Same() bool { return r.Again.Digest == r.Release.Built.Bundle }

// Differing names the files that differ, or that only one of the two has, in the order of their names. It is empty if the
// files that went out are gone: then only Same can tell.
func (r Rerun) Differing() []string {
	was, is := digests(r.Out), digests(r.Again)
	if len(was) == 0 {
		return nil
	}
	var names []string
	for name := range was {
		if is[name] != was[name] {
			names = append(names, name)
		}
	}
	for name := range is {
		if _, both := was[name]; !both {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func digests(bundle export.Bundle) map[string]string {
	all := map[string]string{}
	for _, edition := range bundle.Editions() {
		for _, file := range edition.Files {
			all[file.Name] = file.Digest
		}
	}
	return all
}

// What a rerun can come up against, beside what publishing can. Both wrap the reason.
var (
	ErrRerunForgotten = errors.New("api: what the release was made of was forgotten since")
	ErrRerunRefused   = errors.New("api: today the gate does not let the figures of the release pass")
)

// Rerun makes a release that went out once more, as whoever published it did: from the log as it stood just before, counted,
// judged and built by the same hands. It fails with release.ErrNotPublished if it never went out.
func (p Press) Rerun(ctx context.Context, practice domain.PracticeID, id release.ID) (Rerun, error) {
	out, err := p.publishedAt(ctx, practice, id)
	if err != nil {
		return Rerun{}, err
	}
	set, err := projections.Before(ctx, p.Store, p.Vault, out.Position)
	if err != nil {
		return Rerun{}, err
	}
	one, found := set.Releases.Release(practice, id)
	if !found {
		return Rerun{}, release.ErrUnknown
	}
	s := &site{Config: Config{Ledger: p.Ledger, Vault: p.Vault, Store: p.Store, Set: set, Demo: p.Demo}}
	judged, err := s.judge(practice, id)(ctx, nil)
	if err != nil {
		return Rerun{}, forgottenSince(err)
	}
	built, err := s.buildJudged(ctx, practice, one, judged)
	if err != nil {
		return Rerun{}, forgottenSince(err)
	}
	one.Built = out.Event.(release.Published).Built
	kept, err := s.keptBundle(ctx, practice, one)
	if err != nil && !errors.Is(err, release.ErrWithdrawn) {
		return Rerun{}, err
	}
	return Rerun{Release: one, Again: built.Bundle, Out: kept}, nil
}

// publishedAt is the event by which a release went out.
func (p Press) publishedAt(ctx context.Context, practice domain.PracticeID, id release.ID) (domain.Entry, error) {
	known := false
	for recorded, err := range p.Store.ReadStream(ctx, release.StreamOf(practice), 0) {
		if err != nil {
			return domain.Entry{}, fmt.Errorf("find release %s: %w", id, err)
		}
		entry, err := catalog.Decode(recorded)
		if err != nil {
			return domain.Entry{}, fmt.Errorf("find release %s: %w", id, err)
		}
		switch event := entry.Event.(type) {
		case release.Published:
			if event.Release == id {
				return entry, nil
			}
		case release.Proposed:
			known = known || event.Release == id
		}
	}
	if known {
		return domain.Entry{}, release.ErrNotPublished
	}
	return domain.Entry{}, release.ErrUnknown
}

// forgottenSince says of an error why a rerun ended: what was forgotten cannot be counted or shown again.
func forgottenSince(err error) error {
	switch {
	case errors.Is(err, domain.ErrForgotten), errors.Is(err, projections.ErrYearGone), errors.Is(err, release.ErrWithdrawn):
		return errors.Join(ErrRerunForgotten, err)
	case errors.Is(err, errNotPassed):
		return errors.Join(ErrRerunRefused, err)
	}
	return err
}
