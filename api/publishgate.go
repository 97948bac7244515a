package api

import (
	"context"
	"fmt"
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/disclosure"
	"signaalboek/domain/release"
	"signaalboek/projections"
)

// judge is the work of having one proposal judged: its figures are counted where it stands in the log, and so are those
// of every release of the year before it, which the gate holds them against, as it does what others published. A period
// that was published before is not judged again: it shows what it showed then.
func (s *site) judge(practice domain.PracticeID, id release.ID) work {
	return func(ctx context.Context, progress func(done, total int)) (judgement, error) {
		one, found := s.Set.Releases.Release(practice, id)
		if !found {
			return judgement{}, release.ErrUnknown
		}
		gate, count, err := s.counted(ctx, practice, one)
		if err != nil {
			return judgement{}, uncounted(one, err)
		}
		if first, again := s.Set.Releases.Release(practice, one.Again); again {
			return repeated(first, count), nil
		}
		if gate.Earlier, err = s.earlier(ctx, practice, one); err != nil {
			return judgement{}, err
		}
		released, report, err := gate.Judge(ctx, count, progress)
		if err != nil {
			return judgement{}, fmt.Errorf("judge release %s: %w", id, err)
		}
		return judgement{gate.Catalogue, gate.Catalogue.Publish(released), released.Widths, report}, nil
	}
}

// repeated is the judgement of a release that shows the figures of an earlier one of its period.
func repeated(first projections.Release, count disclosure.Count) judgement {
	catalogue, widths := disclosure.V1(), widthsOf(first)
	return judgement{
		catalogue: catalogue, widths: widths, tables: catalogue.Publish(disclosure.Release{Count: count, Widths: widths}),
		report: disclosure.Report{Period: count.Period, Catalogue: catalogue.Version, Passed: true},
	}
}

// counted counts what a release counts, as the log stood before its proposal, for a gate that is told what others were
// known to have published then. All practices together count what the vault says now: see judging.
func (s *site) counted(
	ctx context.Context, practice domain.PracticeID, one projections.Release,
) (disclosure.Gate, disclosure.Count, error) {
	if practice == release.Together {
		concerns, err := s.Vault.Concerns(ctx, one.Period.Year)
		return disclosure.Gate{Catalogue: disclosure.TogetherV1()}, disclosure.Count{Period: one.Period, Concerns: concerns}, err
	}
	set, err := projections.Before(ctx, s.Store, s.Vault, one.Counted)
	if err != nil {
		return disclosure.Gate{}, disclosure.Count{}, err
	}
	count, err := set.Counted(ctx, practice, one.Period)
	return disclosure.Gate{Catalogue: disclosure.V1(), Foreign: set.Releases.Foreign(practice)}, count, err
}

// earlier is every release of a practice that went out before a proposal, as the gate wants them: withdrawn ones too, for
// people have read them, and each period once, for a second one shows what the first did. People are told apart within a
// year only, so of other years only the widths matter.
func (s *site) earlier(ctx context.Context, practice domain.PracticeID, proposal projections.Release) ([]disclosure.Release, error) {
	var earlier []disclosure.Release
	for _, one := range slices.Backward(s.Set.Releases.List(practice)) {
		if !one.WentOut() || one.ID == proposal.ID || one.Again != (release.ID{}) {
			continue
		}
		count := disclosure.Count{Period: one.Period}
		if one.Period.Year == proposal.Period.Year {
			var err error
			if _, count, err = s.counted(ctx, practice, one); err != nil {
				return nil, err
			}
		}
		earlier = append(earlier, disclosure.Release{Count: count, Widths: widthsOf(one)})
	}
	return earlier, nil
}

// widthsOf is the widths of the tables of a release that went out.
func widthsOf(one projections.Release) disclosure.Widths {
	widths := disclosure.Widths{}
	for _, table := range one.Built.Widths {
		widths[table.Table] = table.Width
	}
	return widths
}
