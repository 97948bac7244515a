package api

import (
	"net/http"

	"signaalboek/api/web"
	"signaalboek/domain"
)

// verificationsPage is what was verified, when and by whom, and how far the verification is that is under way.
func (s *site) verificationsPage(w http.ResponseWriter, r *http.Request) error {
	standing, err := s.standing(r.Context())
	if err != nil {
		return err
	}
	page := web.VerificationsPage{Lines: s.verifiedLines(r, standing.Verified)}
	if s.Verifying != nil {
		s.placeVerifying(w, r, &page)
	}
	return s.show(w, r, http.StatusOK, web.Frame{
		Title: web.T("verifications.title"), Lead: web.T("verifications.lead"), Section: verificationsAddress,
	}, page)
}

// placeVerifying tells how far the verification is. A page of one that is under way goes along, unless it was told not to.
func (s *site) placeVerifying(w http.ResponseWriter, r *http.Request, page *web.VerificationsPage) {
	now := s.Verifying.now()
	page.State, page.Done, page.Total, page.Underway = now.State, now.Done, now.Total, now.underway()
	if now.Total > 0 {
		page.Percent = int(100 * now.Done / now.Total)
	}
	switch {
	case !page.Underway:
		form := web.NewForm(verificationsAddress, newCommand())
		page.Ask = &form
	case r.URL.Query().Has(stillParameter):
		page.Continue = verificationsAddress
	default:
		page.Hold = verificationsAddress + "?" + stillParameter + "=ja"
		w.Header().Set("Refresh", refreshEvery+"; url="+verificationsAddress)
	}
}

// verifiedLines tells what was verified; by whom, as pseudonyms of this session.
func (s *site) verifiedLines(r *http.Request, all []Verification) []web.VerifiedLine {
	key := s.pseudonyms(r)
	lines := make([]web.VerifiedLine, len(all))
	for i, one := range all {
		lines[i] = web.VerifiedLine{At: one.At.In(s.Zone), What: one.What, Size: one.Size, Good: one.Good}
		if one.By != (domain.ActorID{}) {
			lines[i].By = key.Pseudonym(one.By.String())
		}
	}
	return lines
}

// askVerification has the whole history verified, in the background.
func (s *site) askVerification(w http.ResponseWriter, r *http.Request) error {
	if s.Verifying == nil {
		return ErrUnproven
	}
	s.Verifying.ask(actorOf(r).ID)
	http.Redirect(w, r, done(verificationsAddress, "verifying"), http.StatusSeeOther)
	return nil
}
