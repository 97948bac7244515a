package api

import (
	"net/http"
	"reflect"
	"slices"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/ledger"
	"signaalboek/domain/release"
	"signaalboek/projections"
)

// A release is made by two coordinators; see package release. One proposes a period: its figures are counted as the log
// stands then, and the gate judges them (publishjudging.go). The same person words it. What every reader will see is
// built from the log, the vault and that judgement (publishbuild.go), and never taken from a sender. The other looks at
// it and says which bundle they saw, by its digest; if another one is built by then, they look again.
//
// Only coordinators come in here: nobody else is told whether there is a release at all, before it is out.

// releasesPath is where releases are, for programs.
const releasesPath = apiPath + "/releases"

// releaseCalls is what can be asked and said of releases.
func (s *site) releaseCalls() []route {
	return onlyCoordinators(slices.Concat(
		commands(s, s.Ledger.Releases, releaseVerbs...),
		commands(s, s.Ledger.Releases, foreignVerbs...),
		commands(s, s.Ledger.Releases, togetherVerbs...),
		[]route{{"POST", releasesPath + "/publish", programs, s.takePublication}},
		s.questions(
			question{"/releases", listReleases},
			question{"/releases/together", listTogether}, // these before what has an id in their place
			question{"/releases/foreign", listForeign},
			question{"/releases/{id}", readRelease},
		),
		[]route{
			{"GET", releasesPath + "/{id}/judging", programs, s.tellJudging},
			{"POST", releasesPath + "/{id}/judge", programs, s.takeJudging},
			{"POST", releasesPath + "/{id}/stop", programs, s.takeStop},
			{"GET", releasesPath + "/{id}/files", programs, s.tellReleaseFiles},
			{"GET", releasesPath + "/{id}/bundle", programs, s.releaseZip},
			{"GET", releasesPath + "/{id}/proof", programs, s.provenZip},
		},
	))
}

// releaseVerbs is the commands that stand as they are sent. Publishing does not: what was built is no sender's to say.
var releaseVerbs = []verb[release.Command]{
	{path: "/releases/propose", command: release.Propose{}, stream: ofPracticeReleases, then: afterPropose},
	{path: "/releases/write", command: release.Write{}, stream: ofPracticeReleases},
	{path: "/releases/drop", command: release.Drop{}, stream: ofPracticeReleases, then: afterDrop},
	{path: "/releases/withdraw", command: release.Withdraw{}, stream: ofPracticeReleases, then: afterWithdrawal},
}

// ofPracticeReleases is the one stream of releases that a practice has.
func ofPracticeReleases(r *http.Request) domain.StreamID {
	return release.StreamOf(actorOf(r).Practice)
}

// afterPropose has the proposal judged, and says where it can be read.
func afterPropose(s *site, w http.ResponseWriter, r *http.Request, _ release.Command, recorded ledger.Receipt) error {
	return s.leadToProposal(w, r, actorOf(r).Practice, recorded)
}

// leadToProposal has a proposal judged, and says where it can be read.
func (s *site) leadToProposal(w http.ResponseWriter, r *http.Request, of domain.PracticeID, recorded ledger.Receipt) error {
	id, err := s.afterProposal(r, of, recorded)
	if err == nil {
		w.Header().Set("Location", releasesPath+"/"+id.String())
	}
	return err
}

func afterDrop(s *site, _ http.ResponseWriter, r *http.Request, sent release.Command, _ ledger.Receipt) error {
	return s.releaseEnded(r, actorOf(r).Practice, sent.(release.Drop).Release)
}

func afterWithdrawal(s *site, _ http.ResponseWriter, r *http.Request, sent release.Command, _ ledger.Receipt) error {
	return s.releaseEnded(r, actorOf(r).Practice, sent.(release.Withdraw).Release)
}

// releaseEnded destroys what was built of a release that was dropped or withdrawn. If we die before it, or the vault is
// away, the program does it when it runs again.
func (s *site) releaseEnded(r *http.Request, of domain.PracticeID, id release.ID) error {
	s.Judging.forget(of, id)
	return s.Vault.DestroyBundles(r.Context(), of, id)
}

// releaseOf is a release as its practice sees it. Days are those of the commands.
type releaseOf struct {
	ID          release.ID               `json:"id"`
	Together    bool                     `json:"together"` // it is that of all practices together
	Period      periodOf                 `json:"period"`
	Phase       release.Phase            `json:"phase"`
	Own         bool                     `json:"own"`            // whoever asks proposed it
	Again       release.ID               `json:"again,omitzero"` // the release whose figures it repeats
	ProposedOn  domain.Date              `json:"proposedOn"`
	PublishedOn domain.Date              `json:"publishedOn,omitzero"`
	EndedOn     domain.Date              `json:"endedOn,omitzero"`
	Reason      release.WithdrawalReason `json:"reason,omitzero"`
	Motivation  domain.Sealed            `json:"motivation,omitzero"`
	Sentences   []sentenceOf             `json:"sentences"`
	Widths      []release.TableWidth     `json:"widths"` // once it is published, as those below
	Editions    []release.EditionFiles   `json:"editions"`
	Bundle      string                   `json:"bundle,omitzero"`
	Proof       *proofOf                 `json:"proof,omitzero"` // once it is anchored
}

// periodOf is a period as a command says it, and not by its name.
type periodOf struct {
	Year int          `json:"year"`
	Part release.Part `json:"part"`
}

// sentenceOf is what is said in one place of an edition.
type sentenceOf struct {
	Edition release.Edition `json:"edition"`
	Place   release.Place   `json:"place"`
	Text    domain.Sealed   `json:"text,omitzero"`
}

func toldRelease(a *asked, one projections.Release) releaseOf {
	told := releaseOf{
		ID: one.ID, Together: one.Of == release.Together, Period: periodOf(one.Period), Phase: one.Phase, Own: one.By == actorOf(a.r).ID, Again: one.Again,
		ProposedOn: one.Proposed.On, PublishedOn: one.Published.On, EndedOn: one.Ended.On, Reason: one.Reason,
		Motivation: one.Motivation, Widths: one.Built.Widths, Editions: one.Built.Editions, Bundle: one.Built.Bundle,
		Proof: toldProof(one),
	}
	for _, sentence := range one.Sentences {
		told.Sentences = append(told.Sentences, sentenceOf(sentence))
	}
	return told
}

func listReleases(a *asked) (answer, error) { return releasesOf(a, a.practice) }

func releasesOf(a *asked, of domain.PracticeID) (answer, error) {
	rows := []releaseOf{}
	for _, one := range a.set.Releases.List(of) {
		rows = append(rows, toldRelease(a, one))
	}
	return answer{rows: rows}, nil
}

func readRelease(a *asked) (answer, error) {
	one, err := releaseIn(a.set, a.r)
	if err != nil {
		return answer{}, err
	}
	return found(toldRelease(a, one), a.set.Releases.Revision(one.Of))
}

// publication is which bundle somebody looked at, and confirms.
type publication struct {
	Release release.ID `json:"release"`
	Bundle  string     `json:"bundle"` // its SHA-256, in hexadecimal
}

func (s *site) takePublication(w http.ResponseWriter, r *http.Request) error {
	order, err := readOrder(w, r, reflect.TypeFor[publication]())
	if err != nil {
		return err
	}
	sent := order.command.(publication)
	receipt, err := s.publish(r, sent.Release, sent.Bundle, order.match, s.meta(r, order.id, order.on))
	return s.answerReceipt(w, r, receipt, err, http.StatusOK)
}

// fileOf is one file of a release.
type fileOf struct {
	Edition release.Edition `json:"edition"`
	release.File
}

// tellReleaseFiles lists the files of a release as they are: of a proposal, as they are built now.
func (s *site) tellReleaseFiles(w http.ResponseWriter, r *http.Request) error {
	if err := knownParameters(r); err != nil {
		return err
	}
	_, bundle, err := s.bundleIn(r)
	if err != nil {
		return err
	}
	rows := []fileOf{}
	for _, edition := range bundle.Editions() {
		for _, file := range edition.Files {
			rows = append(rows, fileOf{edition.Edition, file})
		}
	}
	return s.answer(w, r, &asked{site: s, set: s.Set}, answer{rows: rows})
}

// releaseIn is the release that the path names: of the practice of whoever asks, or of all together.
func releaseIn(set *projections.Set, r *http.Request) (projections.Release, error) {
	id, err := uuid.Parse(variable(r, "id"))
	if err != nil {
		return projections.Release{}, release.ErrUnknown
	}
	one, found := releaseOrTogether(set, actorOf(r).Practice, id)
	if !found {
		return one, release.ErrUnknown
	}
	return one, nil
}
