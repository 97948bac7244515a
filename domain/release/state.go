package release

import (
	"slices"

	"github.com/google/uuid"

	"signaalboek/domain"
)

// Phase is how far a release is.
type Phase string

// The phases.
const (
	IsProposed  Phase = "proposed"
	IsPublished Phase = "published"
	IsDropped   Phase = "dropped"
	IsWithdrawn Phase = "withdrawn"
)

// Release is one release, as far as it is.
type Release struct {
	ID        ID
	Period    Period
	By        domain.ActorID // who proposed it
	Again     ID             // the first release of the period, whose figures it repeats; none, if it is the first
	Phase     Phase
	Sentences []Sentence  // those that stand, in the order of writing
	Unsaid    []uuid.UUID // keys of those that stand no more
	Built     Built       // once it was published, also when it is withdrawn
	Proof     Proof       // once it is anchored, also when it is withdrawn
	Reason    WithdrawalReason
}

// WentOut reports whether the release was published, also when it was withdrawn: whoever has it keeps it.
func (r Release) WentOut() bool { return r.Phase == IsPublished || r.Phase == IsWithdrawn }

// State is what decisions about the releases of a practice need: each of them, in the order of proposing, and what others
// published, in the order of recording.
type State struct {
	releases []Release
	foreign  []Foreign
}

// Release is one release.
func (s State) Release(id ID) (Release, bool) {
	i := s.index(id)
	if i < 0 {
		return Release{}, false
	}
	return s.releases[i], true
}

// Releases lists all, in the order of proposing.
func (s State) Releases() []Release { return slices.Clone(s.releases) }

// Widths is the width of every table that was ever published, the widest it was published in: what the gate starts from
// for the next release. What was withdrawn counts.
func (s State) Widths() map[domain.Code]Width {
	widths := map[domain.Code]Width{}
	for _, release := range s.releases {
		for _, table := range release.Built.Widths {
			if before, known := widths[table.Table]; !known || before.Narrower(table.Width) {
				widths[table.Table] = table.Width
			}
		}
	}
	return widths
}

// Holding lists the releases that are published and hold a text with one of these keys, in the order of proposing. When
// the keys were destroyed, they are to be withdrawn.
func (s State) Holding(keys ...uuid.UUID) []ID {
	var holding []ID
	for _, release := range s.releases {
		if release.Phase == IsPublished && slices.ContainsFunc(keys, release.Built.holds) {
			holding = append(holding, release.ID)
		}
	}
	return holding
}

// open is the proposal that is looked at now; nil if there is none.
func (s State) open() *Release {
	return s.find(func(r Release) bool { return r.Phase == IsProposed })
}

// out is the release of a period that is published; nil if there is none.
func (s State) out(period Period) *Release {
	return s.find(func(r Release) bool { return r.Period == period && r.Phase == IsPublished })
}

// firstOf is the first release of a period that ever was published; nil if there is none.
func (s State) firstOf(period Period) *Release {
	return s.find(func(r Release) bool { return r.Period == period && r.WentOut() })
}

// find is the first release that is so, to be looked at only; nil if none is.
func (s State) find(is func(Release) bool) *Release {
	if i := slices.IndexFunc(s.releases, is); i >= 0 {
		return &s.releases[i]
	}
	return nil
}

func (s State) index(id ID) int {
	return slices.IndexFunc(s.releases, func(r Release) bool { return r.ID == id })
}

// change is s with one release changed; what was folded before keeps its own.
func (s State) change(id ID, do func(*Release)) State {
	s.releases = slices.Clone(s.releases)
	if i := s.index(id); i >= 0 {
		do(&s.releases[i])
	}
	return s
}

func (e Proposed) evolve(s State) State {
	proposed := Release{ID: e.Release, Period: e.Period, By: e.By, Again: e.Again, Phase: IsProposed}
	s.releases = append(slices.Clip(s.releases), proposed)
	return s
}

func (e SentenceWritten) evolve(s State) State {
	return s.change(e.Release, func(r *Release) {
		r.Sentences = slices.Clone(r.Sentences)
		if i := r.said(e.Edition, e.Place); i >= 0 {
			r.Unsaid = append(slices.Clip(r.Unsaid), r.Sentences[i].Text.Key)
			r.Sentences = slices.Delete(r.Sentences, i, i+1)
		}
		if !e.Text.IsZero() {
			r.Sentences = append(r.Sentences, Sentence{e.Edition, e.Place, e.Text})
		}
	})
}

// said is where among the sentences that of a place stands; -1 if nothing is said there.
func (r Release) said(edition Edition, place Place) int {
	return slices.IndexFunc(r.Sentences, func(s Sentence) bool { return s.Edition == edition && s.Place == place })
}

func (e Published) evolve(s State) State {
	return s.change(e.Release, func(r *Release) { r.Phase, r.Built = IsPublished, e.Built })
}

func (e Dropped) evolve(s State) State {
	return s.change(e.Release, func(r *Release) { r.Phase = IsDropped })
}

func (e Withdrawn) evolve(s State) State {
	return s.change(e.Release, func(r *Release) { r.Phase, r.Reason = IsWithdrawn, e.Reason })
}
