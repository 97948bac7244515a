package api

import (
	"net/http"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/ledger"
)

const cardsPath = "/kaarten"

// cardPages is the cards by which people are recognised. No page leads from a card to contacts, or back.
func (s *site) cardPages() []route {
	return []route{
		{"GET", cardsPath, people, s.cardsPage},
		{"POST", cardsPath, people, s.makeCardOfForm},
	}
}

func (s *site) cardsPage(w http.ResponseWriter, r *http.Request) error {
	return s.showCards(w, r, http.StatusOK, web.NewForm(cardsPath, newCommand()))
}

func (s *site) showCards(w http.ResponseWriter, r *http.Request, status int, form web.Form) error {
	cards, err := s.Vault.Cards(r.Context(), actorOf(r).Practice)
	if err != nil {
		return err
	}
	page := web.CardsPage{Make: form}
	for _, card := range cards {
		page.Nicknames = append(page.Nicknames, card.Nickname)
	}
	frame := web.Frame{
		Title: web.T("cards.title"), Lead: web.T("cards.lead"), Section: "/contacten", Trail: contactsTrail(),
	}
	return s.show(w, r, status, frame, page)
}

// makeCardOfForm makes a card outside the form of a contact. It stands in the vault, and in no event.
func (s *site) makeCardOfForm(w http.ResponseWriter, r *http.Request) error {
	return s.submit(w, r, submission{
		give: func(form *web.Form, meta domain.Meta) (ledger.Receipt, error) {
			made := *form // the form of a contact goes on with its card, this one is done
			return ledger.Receipt{}, s.formCard(r, &made, meta)
		},
		show: func(status int, refused web.Form) error { return s.showCards(w, r, status, refused) },
		next: func(ledger.Receipt) string { return done(cardsPath, "card") },
	})
}
