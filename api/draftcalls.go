package api

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"

	"github.com/go-json-experiment/json"
	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/guard"
)

// draftsPath is where drafts are; a command that can wait as one is saved at its own path below this one.
const draftsPath = apiPath + "/drafts"

// draftCalls is what can be asked and said of drafts.
func (s *site) draftCalls() []route {
	var routes []route
	for _, p := range s.pen {
		routes = append(routes, route{"POST", draftsPath + p.path, programs, func(w http.ResponseWriter, r *http.Request) error {
			return s.takeDraft(w, r, p)
		}})
	}
	slices.SortFunc(routes, func(a, b route) int { return cmp.Compare(a.pattern, b.pattern) })
	return append(routes, // after those of commands, which a draft's id could be taken for
		route{"GET", draftsPath, programs, s.tellDrafts},
		route{"GET", draftsPath + "/{id}", programs, s.tellDraft},
		route{"POST", draftsPath + "/{id}/confirm", programs, s.takeConfirmation},
		route{"POST", draftsPath + "/{id}/drop", programs, s.takeDrop},
	)
}

// draftOf is a draft as its practice sees it.
type draftOf struct {
	ID       domain.CommandID `json:"id"`
	Path     string           `json:"path"`    // of the command
	Subject  domain.StreamID  `json:"subject"` // what it is about
	Revision int              `json:"revision"`
	Own      bool             `json:"own"`      // whoever asks wrote it as it stands
	Findings []problemAt      `json:"findings"` // what the guard finds in its texts
	Command  map[string]any   `json:"command"`
}

func (s *site) draftOf(r *http.Request, d draft) (draftOf, error) {
	findings, err := s.findings(r.Context(), d)
	if err != nil {
		return draftOf{}, err
	}
	told := draftOf{
		ID: d.ID, Path: d.path, Subject: d.Subject, Revision: d.Revision, Own: wroteSelf(r, d), Findings: findings,
	}
	return told, json.Unmarshal(d.Body, &told.Command)
}

// takeDraft saves a command as a draft. If-Match names the revision of the draft that is changed.
func (s *site) takeDraft(w http.ResponseWriter, r *http.Request, p pen) error {
	order, err := readOrder(w, r, p.command)
	if err != nil {
		return err
	}
	sheet := sheet{pen: p, command: order.command, meta: s.meta(r, order.id, order.on)}
	if p.made == nil {
		sheet.subject = byID(r)
	}
	if order.match != nil {
		sheet.revision = int(*order.match)
	}
	saved, err := s.saveDraft(r.Context(), sheet)
	if err != nil {
		return err
	}
	w.Header().Set("Location", draftsPath+"/"+saved.ID.String())
	status := http.StatusOK
	if saved.Revision == 1 {
		status = http.StatusCreated
	}
	return s.answerDraft(w, r, saved, status)
}

func (s *site) answerDraft(w http.ResponseWriter, r *http.Request, d draft, status int) error {
	told, err := s.draftOf(r, d)
	if err != nil {
		return err
	}
	if told.Findings == nil {
		told.Findings = []problemAt{}
	}
	w.Header().Set("ETag", etag(domain.Revision(d.Revision)))
	return answerJSON(w, status, told)
}

func (s *site) tellDrafts(w http.ResponseWriter, r *http.Request) error {
	if err := knownParameters(r); err != nil {
		return err
	}
	drafts, err := s.drafts(r, "")
	if err != nil {
		return err
	}
	rows := make([]draftOf, len(drafts))
	for i, d := range drafts {
		if rows[i], err = s.draftOf(r, d); err != nil {
			return err
		}
	}
	return s.answer(w, r, &asked{site: s, set: s.Set}, answer{rows: rows})
}

func (s *site) tellDraft(w http.ResponseWriter, r *http.Request) error {
	if err := knownParameters(r); err != nil {
		return err
	}
	d, err := s.draftNamed(r)
	if err != nil {
		return err
	}
	return s.answerDraft(w, r, d, http.StatusOK)
}

// draftNamed is the draft that the path names.
func (s *site) draftNamed(r *http.Request) (draft, error) {
	id, err := uuid.Parse(variable(r, "id"))
	if err != nil {
		return draft{}, errNoDraft
	}
	return s.draftOfPractice(r, id)
}

// confirmation is what whoever confirms a draft says beside which one.
type confirmation struct {
	Subject *int          `json:"subjectRevision,omitzero"` // of what it is about, if it replaces something there
	Classes []guard.Class `json:"classes,omitzero"`         // that they answer for
}

// takeConfirmation records a draft. If-Match names the revision that was read.
func (s *site) takeConfirmation(w http.ResponseWriter, r *http.Request) error {
	if err := knownParameters(r); err != nil {
		return err
	}
	read, err := matchOf(r)
	if err != nil {
		return err
	}
	if read == nil {
		return errDraftRead
	}
	raw, err := readBody(w, r)
	if err != nil {
		return err
	}
	var said confirmation
	if err := decodeInto(raw, &said); err != nil {
		return err
	}
	d, err := s.draftNamed(r)
	if err != nil {
		return err
	}
	sure := confirming{revision: int(*read), classes: said.Classes}
	if said.Subject != nil {
		seen := domain.Revision(*said.Subject)
		sure.seen = &seen
	}
	receipt, err := s.confirmDraft(r, d, sure)
	return s.answerReceipt(w, r, receipt, err, http.StatusOK)
}

func (s *site) takeDrop(w http.ResponseWriter, r *http.Request) error {
	if err := knownParameters(r); err != nil {
		return err
	}
	d, err := s.draftNamed(r)
	if err != nil {
		return err
	}
	if err := s.Vault.DropDraft(r.Context(), d.Practice, d.ID); err != nil {
		return s.draftRefused(r.Context(), d.Practice, d.ID, err)
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// revisionOf reads a revision as revisionText wrote it; none if it says none.
func revisionOf(text string) *domain.Revision {
	number, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return nil
	}
	revision := domain.Revision(number)
	return &revision
}
