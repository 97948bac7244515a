package api

import (
	"net/http"

	"signaalboek/api/web"
)

// again is a form that reached us while we could not take it: its sender was signed out meanwhile, or we failed. The page
// that says so carries it, so that it can be sent once more and nothing that was typed is lost. The same command comes
// with it, so it is recorded once. None, if there is no such form or sending it again would not help.
func (s *site) again(w http.ResponseWriter, r *http.Request, status int) *web.Form {
	if r.Method != http.MethodPost || status != http.StatusUnauthorized && status < http.StatusInternalServerError {
		return nil
	}
	form, err := s.readForm(w, r)
	if err != nil || form.Command == "" {
		return nil
	}
	return &form
}
