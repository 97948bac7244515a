package api

import (
	"errors"
	"net/http"
	"strings"

	"github.com/google/uuid"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/ledger"
)

// erasurePages is where a coordinator reads what erasing does, chooses what goes, and confirms it.
func (s *site) erasurePages() []route {
	return forCoordinators([]route{
		{"GET", "/wissen/{kind}/{id}", people, s.erasePage},
		{"POST", "/wissen/{kind}/{id}", people, s.eraseOfForm},
	})
}

// orNoSuchThing is an error of what is not there, as the site says it.
func orNoSuchThing(err error) error {
	if errors.Is(err, domain.ErrNoCard) || errors.Is(err, domain.ErrForgotten) || errors.Is(err, ledger.ErrUnknown) {
		return errNoSuchThing
	}
	return err
}

// erasing is what the path names: a card, or a thing with all its texts; where that stands, and the page that led here.
type erasing struct {
	newErasure
	frame web.Frame
	back  string
}

func (s *site) toErase(r *http.Request) (erasing, error) {
	id := variable(r, "id")
	switch variable(r, "kind") {
	case "kaart":
		card, err := uuid.Parse(id)
		if err != nil {
			return erasing{}, errNoSuchThing
		}
		frame := web.Frame{Title: web.T("erase.title-card"), Section: "/contacten", Trail: cardsTrail()}
		return erasing{newErasure{Card: card}, frame, cardsPath}, nil
	case "voorstel":
		return erasingOn(recommendationID(id), "/aanbevelingen", id, recommendationsTrail(), web.T("erase.of-proposal")), nil
	case "signaal":
		return erasingOn(signalID(id), "/signalen", id, signalsTrail(), web.T("erase.of-signal")), nil
	default:
		return erasing{}, errNoPage
	}
}

// erasingOn is that of a thing that has a page of its own in a section, to which a trail leads.
func erasingOn(thing domain.StreamID, section, id string, trail []web.Crumb, label string) erasing {
	back := section + "/" + id
	trail = append(trail, web.Crumb{Label: label, Href: back})
	return erasing{newErasure{Thing: thing}, web.Frame{Title: web.T("erase.title"), Section: section, Trail: trail}, back}
}

// allTexts is how the form says that every text goes.
const allTexts = "all"

func (s *site) erasePage(w http.ResponseWriter, r *http.Request) error {
	return s.showErase(w, r, http.StatusOK, web.NewForm(r.URL.Path, newCommand()))
}

func (s *site) showErase(w http.ResponseWriter, r *http.Request, status int, form web.Form) error {
	what, err := s.toErase(r)
	if err != nil {
		return err
	}
	page := web.ErasePage{Back: what.back}
	if what.Card != uuid.Nil {
		card, err := s.cardOfPath(r)
		if err != nil {
			return err
		}
		page.Card = card.Nickname
	} else if page.Texts, err = s.erasableLines(r, what.Thing); err != nil {
		return err
	}
	if actorOf(r).Role == Coordinator {
		page.Form = &form
	}
	return s.show(w, r, status, what.frame, page)
}

// erasableLines is the texts of a thing, opened, each with what the form sends for it.
func (s *site) erasableLines(r *http.Request, thing domain.StreamID) ([]web.ErasableLine, error) {
	texts, err := s.textsOf(r.Context(), actorOf(r).Practice, thing)
	if err != nil {
		return nil, err
	}
	lines := make([]web.ErasableLine, len(texts))
	for i, text := range texts {
		shown, err := s.opened(r.Context(), text.Sealed)
		if err != nil {
			return nil, err
		}
		lines[i] = web.ErasableLine{Value: text.Place.Event.String() + text.Place.Field, On: text.on, Text: shown}
	}
	return lines, nil
}

func (s *site) eraseOfForm(w http.ResponseWriter, r *http.Request) error {
	what, err := s.toErase(r)
	if err != nil {
		return err
	}
	return s.submit(w, r, submission{
		give: func(form *web.Form, meta domain.Meta) (ledger.Receipt, error) {
			if err := what.choose(form.Value("what")); err != nil {
				return ledger.Receipt{}, err
			}
			what.Sure = form.Value("sure") == "yes"
			return ledger.Receipt{}, s.erase(r.Context(), meta.Practice, what.newErasure)
		},
		show: func(status int, refused web.Form) error { return s.showErase(w, r, status, refused) },
		next: func(ledger.Receipt) string { return done(what.back, "erased") },
	})
}

// choose takes the text that a form names: "<event><field>", or all. A card has nothing to choose from.
func (e *newErasure) choose(what string) (err error) {
	if e.Card != uuid.Nil || what == allTexts {
		return nil
	}
	event, field, found := strings.Cut(what, "/")
	if e.Event, err = uuid.Parse(event); err != nil || !found {
		return errUnchosen.at("/what")
	}
	e.Field = "/" + field
	return nil
}
