package api

import (
	"net/http"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/ledger"
)

func (s *site) concernPages() []route {
	return []route{
		{"GET", "/verontrusting", people, s.concernPage},
		{"POST", "/verontrusting", people, s.countConcern},
	}
}

// concernPage is the closed path: after one was counted, or with a form that counts one without any contact.
func (s *site) concernPage(w http.ResponseWriter, r *http.Request) error {
	counted := r.URL.Query().Get("bewaard")
	if counted != "" {
		return s.showConcern(w, r, http.StatusOK, web.ConcernPage{Counted: true, Saved: counted == "ja"})
	}
	form := web.NewForm("/verontrusting", newCommand()).With("on", s.today().String())
	return s.showConcern(w, r, http.StatusOK, web.ConcernPage{Count: &form})
}

func (s *site) showConcern(w http.ResponseWriter, r *http.Request, status int, page web.ConcernPage) error {
	page.Next = "/contacten"
	frame := web.Frame{Title: web.T("concern.title"), Section: "/contacten", Trail: contactsTrail()}
	return s.show(w, r, status, frame, page)
}

// countConcern counts one possible concern, and records nothing.
func (s *site) countConcern(w http.ResponseWriter, r *http.Request) error {
	return s.submit(w, r, submission{
		give: func(_ *web.Form, meta domain.Meta) (ledger.Receipt, error) {
			if err := s.checkDay(meta.On); err != nil {
				return ledger.Receipt{}, err
			}
			return ledger.Receipt{}, s.Vault.CountConcern(r.Context(), meta.Command, meta.On.Year())
		},
		show: func(status int, refused web.Form) error {
			return s.showConcern(w, r, status, web.ConcernPage{Count: &refused})
		},
		next: func(ledger.Receipt) string { return "/verontrusting?bewaard=nee" },
	})
}
