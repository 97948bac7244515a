package api

import (
	"net/http"

	"github.com/google/uuid"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/ledger"
	"signaalboek/domain/practice"
	"signaalboek/domain/vocabulary"
)

const cardsPath = "/kaarten"

// cardPages is the cards by which people are recognised. No page leads from a card to contacts, or back.
func (s *site) cardPages() []route {
	return []route{
		{"GET", cardsPath, people, s.cardsPage},
		{"POST", cardsPath, people, s.makeCardOfForm},
		{"GET", cardsPath + "/samenvoegen", people, s.mergePage},
		{"POST", cardsPath + "/samenvoegen", people, s.mergeCards},
		{"GET", cardsPath + "/{id}", people, s.cardPage},
		{"POST", cardsPath + "/{id}", people, s.setTraitsOfForm},
	}
}

func cardsTrail() []web.Crumb {
	return append(contactsTrail(), web.Crumb{Label: web.T("cards.title"), Href: cardsPath})
}

func (s *site) cardsPage(w http.ResponseWriter, r *http.Request) error {
	return s.showCards(w, r, http.StatusOK, web.NewForm(cardsPath, newCommand()))
}

func (s *site) showCards(w http.ResponseWriter, r *http.Request, status int, form web.Form) error {
	cards, err := s.Vault.Cards(r.Context(), actorOf(r).Practice)
	if err != nil {
		return err
	}
	page := web.CardsPage{Make: form, Traits: s.traitFields(r, form), Merge: len(cards) > 1}
	for _, card := range cards {
		page.Cards = append(page.Cards, web.CardLine{
			Nickname: card.Nickname, Href: cardAddress(card.ID), Erase: "/wissen/kaart/" + card.ID.String(),
		})
	}
	frame := web.Frame{
		Title: web.T("cards.title"), Lead: web.T("cards.lead"), Section: "/contacten", Trail: contactsTrail(),
	}
	return s.show(w, r, status, frame, page)
}

func cardAddress(card domain.CardID) string { return cardsPath + "/" + card.String() }

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

// traitFields is what a form asks of somebody, each with the figures that need it; nothing, if no figure does.
func (s *site) traitFields(r *http.Request, form web.Form) []web.Field {
	book := s.book(r)
	var fields []web.Field
	for _, asking := range book.Asked(s.today().Year()) {
		fields = append(fields, web.TraitField(form, book, asking))
	}
	return fields
}

// readTraits reads what a form asks of somebody; what is left open is not known.
func readTraits(fields *fields, asked []vocabulary.Asking) domain.Traits {
	traits := domain.Traits{}
	for _, asking := range asked {
		if class := fields.code(web.TraitName(asking.Trait)); class != "" {
			traits[asking.Trait] = class
		}
	}
	return traits
}

// cardOfPath is the card that the path names; one that was merged into another is not there any more.
func (s *site) cardOfPath(r *http.Request) (domain.Card, error) {
	id, err := uuid.Parse(variable(r, "id"))
	if err != nil {
		return domain.Card{}, errNoSuchThing
	}
	cards, err := s.Vault.Cards(r.Context(), actorOf(r).Practice)
	if err != nil {
		return domain.Card{}, err
	}
	for _, card := range cards {
		if card.ID == id {
			return card, nil
		}
	}
	return domain.Card{}, errNoSuchThing
}

// cardPage is one card: its nickname, and what the figures of the practice ask.
func (s *site) cardPage(w http.ResponseWriter, r *http.Request) error {
	card, err := s.cardOfPath(r)
	if err != nil {
		return err
	}
	form := web.NewForm(cardAddress(card.ID), newCommand())
	for trait, class := range card.Traits {
		form = form.With(web.TraitName(trait), string(class))
	}
	return s.showCard(w, r, http.StatusOK, card, form)
}

func (s *site) showCard(w http.ResponseWriter, r *http.Request, status int, card domain.Card, form web.Form) error {
	frame := web.Frame{Title: web.T("card.title", card.Nickname), Lead: web.T("card.lead"), Section: "/contacten", Trail: cardsTrail()}
	return s.show(w, r, status, frame, web.CardPage{Form: form, Traits: s.traitFields(r, form)})
}

// setTraitsOfForm replaces what a card says of somebody. What no figure asks any more goes from the card.
func (s *site) setTraitsOfForm(w http.ResponseWriter, r *http.Request) error {
	card, err := s.cardOfPath(r)
	if err != nil {
		return err
	}
	return s.submit(w, r, submission{
		give: func(form *web.Form, _ domain.Meta) (ledger.Receipt, error) {
			traits := readTraits(newFields(*form), s.book(r).Asked(s.today().Year()))
			return ledger.Receipt{}, s.setTraits(r, card.ID, traits)
		},
		show: func(status int, refused web.Form) error { return s.showCard(w, r, status, card, refused) },
		next: func(ledger.Receipt) string { return done(cardsPath, "traits") },
	})
}

// mergePage is where two cards become one.
func (s *site) mergePage(w http.ResponseWriter, r *http.Request) error {
	return s.showMerge(w, r, http.StatusOK, web.NewForm(cardsPath+"/samenvoegen", newCommand()))
}

func (s *site) showMerge(w http.ResponseWriter, r *http.Request, status int, form web.Form) error {
	cards, err := s.Vault.Cards(r.Context(), actorOf(r).Practice)
	if err != nil {
		return err
	}
	frame := web.Frame{
		Title: web.T("merge.title"), Lead: web.T("merge.lead"), Section: "/contacten", Trail: cardsTrail(),
	}
	return s.show(w, r, status, frame, web.MergePage{Form: form, Cards: web.CardOptions(cards)})
}

// mergeCards says that two cards are one person. The form that is sent again after a lost answer says the same again.
func (s *site) mergeCards(w http.ResponseWriter, r *http.Request) error {
	return s.submit(w, r, submission{
		give: func(form *web.Form, meta domain.Meta) (ledger.Receipt, error) {
			keep, keepErr := uuid.Parse(form.Value("keep"))
			other, otherErr := uuid.Parse(form.Value("other"))
			switch {
			case keepErr != nil:
				return ledger.Receipt{}, practice.ErrNoCards.At("/keep")
			case otherErr != nil:
				return ledger.Receipt{}, practice.ErrNoCards.At("/other")
			}
			return s.Ledger.Practices.Execute(
				r.Context(), ledger.Target{Stream: ofPractice(r)}, practice.MergeCards{Keep: keep, Other: other}, meta)
		},
		show: func(status int, refused web.Form) error { return s.showMerge(w, r, status, refused) },
		next: func(ledger.Receipt) string { return done(cardsPath, "merged") },
	})
}
