package api

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/ledger"
	"signaalboek/domain/release"
	"signaalboek/projections"
)

const releasesAddress = "/publicaties"

func (s *site) releasePages() []route {
	return onlyCoordinators([]route{
		{"GET", releasesAddress, people, s.releasesPage},
		{"POST", releasesAddress, people, s.proposeRelease},
		{"GET", togetherAddress, people, s.togetherPage}, // these before what has an id in their place
		{"POST", togetherAddress, people, s.proposeTogether},
		{"GET", foreignAddress, people, s.foreignPage},
		{"GET", newForeignAddress, people, s.foreignFormPage},
		{"POST", newForeignAddress, people, s.recordForeign},
		{"POST", foreignAddress + "/{id}/intrekken", people, s.withdrawForeign},
		{"GET", releasesAddress + "/{id}", people, s.releasePage},
		{"POST", releasesAddress + "/{id}/nakijken", people, s.judgeOnPage},
		{"POST", releasesAddress + "/{id}/stoppen", people, s.stopOnPage},
		{"POST", releasesAddress + "/{id}/vervallen", people, s.dropRelease},
		{"POST", releasesAddress + "/{id}/intrekken", people, s.withdrawRelease},
		{"GET", releasesAddress + "/{id}/zinnen/{edition}", people, s.wordingPage},
		{"POST", releasesAddress + "/{id}/zinnen/{edition}", people, s.wordRelease},
		{"GET", releasesAddress + "/{id}/voorbeeld", people, s.previewPage},
		{"POST", releasesAddress + "/{id}/bevestigen", people, s.confirmRelease},
		{"GET", releasesAddress + "/{id}/alle-bestanden.zip", people, s.releaseZip},
		{"GET", releasesAddress + "/{id}/bewijs.zip", people, s.provenZip},
		{"GET", releasesAddress + "/{id}/bestanden/{file:.+}", people, s.releaseFile},
	})
}

func releasesTrail() []web.Crumb {
	return []web.Crumb{{Label: web.T("releases.title"), Href: releasesAddress}}
}

func releaseAddress(id release.ID) string { return releasesAddress + "/" + id.String() }

func releaseLine(one projections.Release) web.ReleaseLine {
	return web.ReleaseLine{Release: one, Href: releaseAddress(one.ID)}
}

// releasesPage is all releases of the practice, and the form for the next one.
func (s *site) releasesPage(w http.ResponseWriter, r *http.Request) error {
	return s.showReleases(w, r, http.StatusOK, web.NewForm(releasesAddress, newCommand()))
}

func (s *site) showReleases(w http.ResponseWriter, r *http.Request, status int, form web.Form) error {
	practice := actorOf(r).Practice
	page, err := s.releasesOn(r, practice, s.periods(practice), form)
	if err != nil {
		return err
	}
	page.Together, page.Foreign = togetherAddress, foreignAddress
	frame := web.Frame{Title: web.T("releases.title"), Lead: web.T("releases.lead"), Section: releasesAddress}
	return s.show(w, r, status, frame, page)
}

// releasesOn is the page of the releases of a practice, or of all together, of which these periods are counted.
func (s *site) releasesOn(r *http.Request, of domain.PracticeID, counted []release.Period, form web.Form) (web.ReleasesPage, error) {
	page := web.ReleasesPage{Outside: s.Outside}
	for _, one := range s.Set.Releases.List(of) {
		line := releaseLine(one)
		page.Releases = append(page.Releases, line)
		if one.Phase == release.IsProposed {
			page.Open = &line
		}
	}
	var err error
	if page.Periods, err = s.proposable(r, of, counted); err != nil {
		return page, err
	}
	page.Periods, page.Gone = s.countable(of, page.Periods)
	if len(page.Periods) > 0 || len(form.Errors) > 0 {
		page.Propose = &form
	}
	return page, nil
}

// periods is the periods in which anything of a practice was counted, the last first.
func (s *site) periods(practice domain.PracticeID) (periods []release.Period) {
	for _, year := range slices.Backward(s.Set.Figures.Years(practice)) {
		for _, part := range []release.Part{release.WholeYear, release.FirstHalf} {
			periods = append(periods, release.Period{Year: year, Part: part})
		}
	}
	return periods
}

// proposable is those of some periods that can be proposed now.
func (s *site) proposable(r *http.Request, of domain.PracticeID, periods []release.Period) ([]release.Period, error) {
	proposals := make([]release.Command, len(periods))
	for i, period := range periods {
		proposals[i] = release.Propose{Period: period}
	}
	meta := s.meta(r, newCommand(), s.today())
	meta.Practice = of
	answers, err := s.Ledger.Releases.Ask(r.Context(), release.StreamOf(of), meta, proposals...)
	if err != nil {
		return nil, err
	}
	var may []release.Period
	for i, refused := range answers {
		if refused == nil && !s.isProposed(of, periods[i]) {
			may = append(may, periods[i])
		}
	}
	return may, nil
}

// isProposed reports whether a period is proposed already: to propose it again would be no refusal.
func (s *site) isProposed(of domain.PracticeID, period release.Period) bool {
	return slices.ContainsFunc(s.Set.Releases.List(of), func(one projections.Release) bool {
		return one.Phase == release.IsProposed && one.Period == period
	})
}

// proposeRelease proposes a period, and has its figures judged.
func (s *site) proposeRelease(w http.ResponseWriter, r *http.Request) error {
	return s.propose(w, r, actorOf(r).Practice, func(status int, refused web.Form) error {
		return s.showReleases(w, r, status, refused)
	})
}

// propose proposes a period of a practice, or of all together.
func (s *site) propose(w http.ResponseWriter, r *http.Request, of domain.PracticeID, show func(int, web.Form) error) error {
	var proposed release.ID
	return s.submit(w, r, submission{
		give: s.releasing(r, of, func(fields *fields) release.Command {
			return release.Propose{Period: fields.releasePeriod(web.PeriodField)}
		}, func(recorded ledger.Receipt) (err error) {
			proposed, err = s.afterProposal(r, of, recorded)
			return err
		}),
		show: show,
		next: func(ledger.Receipt) string { return done(releaseAddress(proposed), "proposed") },
	})
}

// releasePeriod is a period as release.Period names it; none if the field is empty or names none.
func (f *fields) releasePeriod(name string) release.Period {
	for _, part := range []release.Part{release.FirstHalf, release.WholeYear} {
		if text, found := strings.CutSuffix(f.text(name), "-"+string(part)); found {
			year, _ := strconv.Atoi(text) // 0 is no year of a period
			return release.Period{Year: year, Part: part}
		}
	}
	return release.Period{}
}

// releasing is the errand of a command about the releases of a practice, or of all together, and of what follows when it
// is recorded.
func (s *site) releasing(
	r *http.Request, of domain.PracticeID, read func(*fields) release.Command, then func(ledger.Receipt) error,
) errand {
	give := ordering(r, s.Ledger.Releases, release.StreamOf(of), read)
	return func(form *web.Form, meta domain.Meta) (ledger.Receipt, error) {
		meta.Practice = of
		receipt, err := give(form, meta)
		if err == nil {
			err = then(receipt)
		}
		return receipt, err
	}
}

// releasePage is one release: how far it is, and what whoever looks can do with it.
func (s *site) releasePage(w http.ResponseWriter, r *http.Request) error {
	return s.showRelease(w, r, http.StatusOK, func(*web.ReleasePage) {})
}

// showRelease shows the page after something was done to its forms.
func (s *site) showRelease(w http.ResponseWriter, r *http.Request, status int, place func(*web.ReleasePage)) error {
	one, err := releaseIn(s.Set, r)
	if err != nil {
		return err
	}
	page := web.ReleasePage{ReleaseLine: releaseLine(one), Own: one.By == actorOf(r).ID, Wordless: one.Of == release.Together}
	if page.Why, err = s.opened(r.Context(), one.Motivation); err != nil {
		return err
	}
	switch one.Phase {
	case release.IsProposed:
		if err := s.placeProposal(w, r, &page); err != nil {
			return err
		}
	case release.IsPublished:
		form := web.NewForm(page.Href+"/intrekken", newCommand())
		page.Withdraw, page.Bundle, page.Files = withdrawal(form), zipAddress(one.ID), fileLines(one, one.Built.Editions)
		page.Proof = shownProof(one)
		page.Outside, page.Last = s.Outside, !s.canCount(one.Of, one.Period)
	}
	place(&page)
	frame := web.Frame{
		Title: releaseTitle(one), Section: releasesAddress, Trail: trailOf(one),
	}
	return s.show(w, r, status, frame, page)
}

// placeProposal adds what a proposal has and nothing else does.
func (s *site) placeProposal(w http.ResponseWriter, r *http.Request, page *web.ReleasePage) (err error) {
	if err = s.placeJudging(w, r, page); err != nil {
		return err
	}
	drop := web.NewForm(page.Href+"/vervallen", newCommand())
	page.Drop = &drop
	if page.Wordless {
		return nil
	}
	for _, edition := range release.Editions() {
		page.Worded = append(page.Worded, web.EditionLine{
			Edition: edition, Said: len(sentencesOf(page.Release, edition)), Places: len(release.Places(edition)),
			Href: wordingAddress(page.ID, edition),
		})
	}
	page.Foreign, err = s.foreignIn(r, page.Release)
	return err
}

// withdrawal is the form to withdraw a release. That a text in it was erased, the program sees for itself.
func withdrawal(form web.Form) *web.ReasonForm {
	reasons := web.Options("withdrawal", string(release.Recognisable), string(release.Mistaken))
	return &web.ReasonForm{Form: form, Reasons: reasons}
}

// dropRelease takes a proposal back.
func (s *site) dropRelease(w http.ResponseWriter, r *http.Request) error {
	one, err := releaseIn(s.Set, r)
	if err != nil {
		return err
	}
	return s.submit(w, r, submission{
		give: s.releasing(r, one.Of, func(fields *fields) release.Command {
			return release.Drop{Release: one.ID, Motivation: fields.text("motivation")}
		}, func(ledger.Receipt) error { return s.releaseEnded(r, one.Of, one.ID) }),
		show: func(status int, refused web.Form) error {
			return s.showRelease(w, r, status, func(page *web.ReleasePage) { page.Drop = &refused })
		},
		next: func(ledger.Receipt) string { return done(releaseAddress(one.ID), "release-dropped") },
	})
}

// withdrawRelease has a release shown no more.
func (s *site) withdrawRelease(w http.ResponseWriter, r *http.Request) error {
	one, err := releaseIn(s.Set, r)
	if err != nil {
		return err
	}
	return s.submit(w, r, submission{
		give: s.releasing(r, one.Of, func(fields *fields) release.Command {
			return release.Withdraw{
				Release: one.ID, Reason: release.WithdrawalReason(fields.text("reason")), Motivation: fields.text("motivation"),
			}
		}, func(ledger.Receipt) error { return s.releaseEnded(r, one.Of, one.ID) }),
		show: func(status int, refused web.Form) error {
			return s.showRelease(w, r, status, func(page *web.ReleasePage) { page.Withdraw = withdrawal(refused) })
		},
		next: func(ledger.Receipt) string { return done(releaseAddress(one.ID), "release-withdrawn") },
	})
}
