package api

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"

	"signaalboek/api/export"
	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/ledger"
	"signaalboek/domain/release"
	"signaalboek/projections"
)

// What all practices publish together is one number a year: see release.Together. Coordinators of any practice make such a
// release as they make their own, and under the same addresses once it is proposed. It needs no judging in the background:
// there is nobody in it to look for, so the gate answers at once.

const togetherAddress = releasesAddress + "/samen"

var togetherVerbs = []verb[release.Command]{
	{
		path: "/releases/together/propose", command: release.Propose{}, stream: ofTogether, of: release.Together,
		then: func(s *site, w http.ResponseWriter, r *http.Request, _ release.Command, recorded ledger.Receipt) error {
			return s.leadToProposal(w, r, release.Together, recorded)
		},
	},
	{
		path: "/releases/together/drop", command: release.Drop{}, stream: ofTogether, of: release.Together,
		then: func(s *site, _ http.ResponseWriter, r *http.Request, sent release.Command, _ ledger.Receipt) error {
			return s.releaseEnded(r, release.Together, sent.(release.Drop).Release)
		},
	},
	{
		path: "/releases/together/withdraw", command: release.Withdraw{}, stream: ofTogether, of: release.Together,
		then: func(s *site, _ http.ResponseWriter, r *http.Request, sent release.Command, _ ledger.Receipt) error {
			return s.releaseEnded(r, release.Together, sent.(release.Withdraw).Release)
		},
	},
}

func ofTogether(*http.Request) domain.StreamID { return release.StreamOf(release.Together) }

func listTogether(a *asked) (answer, error) { return releasesOf(a, release.Together) }

// releaseOrTogether is a release of a practice, or of all together. False if neither has it.
func releaseOrTogether(set *projections.Set, practice domain.PracticeID, id release.ID) (projections.Release, bool) {
	if one, found := set.Releases.Release(practice, id); found {
		return one, true
	}
	return set.Releases.Release(release.Together, id)
}

// trailOf leads from a release to the list that it is in.
func trailOf(one projections.Release) []web.Crumb {
	if one.Of != release.Together {
		return releasesTrail()
	}
	return append(releasesTrail(), web.Crumb{Label: web.T("together.title"), Href: togetherAddress})
}

// releaseTitle is what the page of a release is called.
func releaseTitle(one projections.Release) string {
	if one.Of == release.Together {
		return web.T("together.of", web.PeriodName(one.Period))
	}
	return web.T("release.title", web.PeriodName(one.Period))
}

// judging is how far a proposal is judged, and what was found. What all practices count is read and judged anew whenever
// somebody asks: it stands in the vault, so every replica finds the same, and if it moves before it is out, what is built
// is another bundle than the one that was looked at.
func (s *site) judging(ctx context.Context, one projections.Release) (trialStatus, judgement, error) {
	if one.Of != release.Together {
		status, found := s.Judging.status(one.Of, one.ID)
		return status, found, nil
	}
	found, err := s.judge(one.Of, one.ID)(ctx, nil)
	return trialStatus{State: trialJudged}, found, err
}

// buildTogether makes the files of a release of all practices together. There is no text in them.
func (s *site) buildTogether(one projections.Release, found judgement) (buildOf, error) {
	of := export.Together{Period: one.Period, Catalogue: found.catalogue.Version, Widths: found.tableWidths(), Tables: found.tables}
	bundle, err := packTogether(of, web.Printing{Demo: s.Demo})
	if err != nil {
		return buildOf{}, fmt.Errorf("build release %s: %w", one.ID, err)
	}
	return buildOf{bundle, builtOf(bundle, found, nil)}, nil
}

func packTogether(of export.Together, printing web.Printing) (export.Bundle, error) {
	files, err := export.TogetherFiles(of)
	if err != nil {
		return export.Bundle{}, err
	}
	document, err := printing.Together(of.Period, of.Tables)
	if err != nil {
		return export.Bundle{}, err
	}
	return export.Pack(append(files, export.File{Name: "overview.html", Content: document}))
}

// togetherPage is all releases of all practices together, and the form for the next one.
func (s *site) togetherPage(w http.ResponseWriter, r *http.Request) error {
	return s.showTogether(w, r, http.StatusOK, web.NewForm(togetherAddress, newCommand()))
}

func (s *site) showTogether(w http.ResponseWriter, r *http.Request, status int, form web.Form) error {
	page, err := s.releasesOn(r, release.Together, s.yearsTogether(), form)
	if err != nil {
		return err
	}
	page.OfAll = true
	frame := web.Frame{
		Title: web.T("together.title"), Lead: web.T("together.lead"), Section: releasesAddress, Trail: releasesTrail(),
	}
	return s.show(w, r, status, frame, page)
}

// yearsTogether is the years in which any practice counted anything, the last first.
func (s *site) yearsTogether() (periods []release.Period) {
	years := map[int]bool{}
	for _, practice := range s.Set.Words.Practices() {
		for _, year := range s.Set.Figures.Years(practice.ID) {
			years[year] = true
		}
	}
	for _, year := range slices.Backward(slices.Sorted(maps.Keys(years))) {
		periods = append(periods, release.Period{Year: year, Part: release.WholeYear})
	}
	return periods
}

func (s *site) proposeTogether(w http.ResponseWriter, r *http.Request) error {
	return s.propose(w, r, release.Together, func(status int, refused web.Form) error {
		return s.showTogether(w, r, status, refused)
	})
}
