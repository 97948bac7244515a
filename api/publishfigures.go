package api

import (
	"net/http"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/disclosure"
	"signaalboek/domain/ledger"
	"signaalboek/domain/release"
	"signaalboek/projections"
)

// askJudging has the figures of a proposal judged. Those of all practices together are judged whenever somebody looks.
func (s *site) askJudging(practice domain.PracticeID, id release.ID) {
	if practice == release.Together {
		return
	}
	s.Judging.ask(practice, id, s.judge(practice, id))
}

// afterProposal has the proposal judged, once the projections see it; it is what the answer leads to.
func (s *site) afterProposal(r *http.Request, of domain.PracticeID, recorded ledger.Receipt) (release.ID, error) {
	if err := s.wait(r.Context(), recorded.Position); err != nil {
		return release.ID{}, err
	}
	for _, one := range s.Set.Releases.List(of) {
		if one.Phase == release.IsProposed {
			s.askJudging(of, one.ID)
			return one.ID, nil
		}
	}
	return release.ID{}, release.ErrUnknown // somebody dropped it already
}

// proposalIn is the proposal that the path names.
func (s *site) proposalIn(r *http.Request) (projections.Release, error) {
	one, err := releaseIn(s.Set, r)
	if err != nil {
		return one, err
	}
	switch one.Phase {
	case release.IsPublished:
		return one, release.ErrPublished
	case release.IsDropped:
		return one, release.ErrDropped
	case release.IsWithdrawn:
		return one, release.ErrWithdrawn
	}
	return one, nil
}

// judgingOf is how far a proposal is judged, as its practice sees it.
type judgingOf struct {
	State   trialState `json:"state"`
	Done    int        `json:"done"`             // of Total
	Total   int        `json:"total"`            // 0: it is not known yet
	Failure string     `json:"failure,omitzero"` // why it failed; none if it did not
	Report  *reportOf  `json:"report,omitzero"`  // none: it is not judged
}

// reportOf is the verdict of the gate.
type reportOf struct {
	Passed  bool
	Targets int // small groups that had to be hidden
	Widened []wideningOf
	Dangers []disclosure.Danger // what is left, if it did not pass
}

// wideningOf is what became of one table.
type wideningOf struct {
	Table   domain.Code         `json:"table"`
	From    disclosure.Width    `json:"from"`
	To      disclosure.Width    `json:"to"`
	Dangers []disclosure.Danger `json:"dangers"`
}

// toldJudging is how far a proposal is judged.
func (s *site) toldJudging(r *http.Request, one projections.Release) (judgingOf, error) {
	status, found, err := s.judging(r.Context(), one)
	if err != nil {
		return judgingOf{}, err
	}
	told := judgingOf{State: status.State, Done: status.Done, Total: status.Total, Failure: s.failure(r, status)}
	if status.State != trialJudged {
		return told, nil
	}
	told.Report = &reportOf{Passed: found.report.Passed, Targets: found.report.Targets, Dangers: found.report.Dangers}
	for _, w := range found.report.Widened {
		told.Report.Widened = append(told.Report.Widened, wideningOf(w))
	}
	return told, nil
}

// failure says why a proposal could not be judged; empty if nothing failed.
func (s *site) failure(r *http.Request, status trialStatus) string {
	if status.err == nil {
		return ""
	}
	refusal, _ := refusalOf(status.err)
	return web.RefusalSentence(refusal, s.book(r))
}

func (s *site) tellJudging(w http.ResponseWriter, r *http.Request) error {
	return s.aboutJudging(w, r, func(projections.Release) {})
}

func (s *site) takeJudging(w http.ResponseWriter, r *http.Request) error {
	return s.aboutJudging(w, r, func(one projections.Release) { s.askJudging(one.Of, one.ID) })
}

func (s *site) takeStop(w http.ResponseWriter, r *http.Request) error {
	return s.aboutJudging(w, r, func(one projections.Release) { s.Judging.stop(one.Of, one.ID) })
}

// aboutJudging does something about the judging of a proposal, and tells how far it is then.
func (s *site) aboutJudging(w http.ResponseWriter, r *http.Request, do func(projections.Release)) error {
	if err := knownParameters(r); err != nil {
		return err
	}
	one, err := s.proposalIn(r)
	if err != nil {
		return err
	}
	do(one)
	told, err := s.toldJudging(r, one)
	if err != nil {
		return err
	}
	return s.answer(w, r, &asked{site: s, set: s.Set}, answer{one: told})
}

// refreshEvery is how often a page that shows progress is loaded again, in seconds.
const refreshEvery = "3"

// stillParameter has a page that shows progress stay as it is.
const stillParameter = "stil"

// placeJudging adds how far a proposal is judged. While it is under way the page loads itself again, without script,
// unless whoever looks wants it to hold still.
func (s *site) placeJudging(w http.ResponseWriter, r *http.Request, page *web.ReleasePage) error {
	status, found, err := s.judging(r.Context(), page.Release)
	if err != nil {
		return err
	}
	figures := web.Judging{State: string(status.State), Done: status.Done, Total: status.Total, Failure: s.failure(r, status)}
	switch {
	case status.State.underway():
		stop := web.NewForm(page.Href+"/stoppen", newCommand())
		figures.Stop = &stop
		if r.URL.Query().Has(stillParameter) || r.Method != http.MethodGet {
			figures.Continue = page.Href
			break
		}
		figures.Hold = page.Href + "?" + stillParameter + "=ja"
		w.Header().Set("Refresh", refreshEvery+"; url="+page.Href)
	case status.State == trialJudged:
		figures.Report, figures.OneNumber = &found.report, page.Wordless
		if found.report.Passed {
			page.Preview = previewAddress(page.ID)
		}
	default:
		ask := web.NewForm(page.Href+"/nakijken", newCommand())
		figures.Ask = &ask
	}
	page.Figures = figures
	return nil
}

// judgeOnPage and stopOnPage do so for whoever pressed a button.
func (s *site) judgeOnPage(w http.ResponseWriter, r *http.Request) error {
	return s.judgingOnPage(w, r, "judging", func(one projections.Release) { s.askJudging(one.Of, one.ID) })
}

func (s *site) stopOnPage(w http.ResponseWriter, r *http.Request) error {
	return s.judgingOnPage(w, r, "stopped", func(one projections.Release) { s.Judging.stop(one.Of, one.ID) })
}

func (s *site) judgingOnPage(w http.ResponseWriter, r *http.Request, what string, do func(projections.Release)) error {
	one, err := s.proposalIn(r)
	if err != nil {
		return err
	}
	do(one)
	http.Redirect(w, r, done(releaseAddress(one.ID), what), http.StatusSeeOther)
	return nil
}
