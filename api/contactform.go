package api

import (
	"net/http"
	"net/url"
	"strconv"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/contact"
	"signaalboek/domain/ledger"
)

// kept is the fields that stay filled in for the next contact: nothing is asked twice.
var kept = []string{"on", "activity", "place", "initiative", "relation"}

// newContactPage is the form of a contact, with what the contact before it left.
func (s *site) newContactPage(w http.ResponseWriter, r *http.Request) error {
	form := web.NewForm("/contacten/nieuw", newCommand()).
		With("on", s.today().String()).With("person", "none").With(web.RequestsField, "1")
	for _, name := range kept {
		if value := r.URL.Query().Get(name); value != "" {
			form = form.With(name, value)
		}
	}
	return s.showContactForm(w, r, http.StatusOK, web.ContactFormPage{Form: form, Back: "/contacten"})
}

func (s *site) showContactForm(w http.ResponseWriter, r *http.Request, status int, page web.ContactFormPage) error {
	if err := s.offerCards(r, &page); err != nil {
		return err
	}
	frame := web.Frame{Title: web.T("contact.new"), Section: "/contacten", Trail: contactsTrail()}
	if page.Correcting {
		frame.Title, frame.Lead = web.T("contact.correct.title"), web.T("contact.correct.lead")
	}
	return s.show(w, r, status, frame, page)
}

// registerContact records a contact.
func (s *site) registerContact(w http.ResponseWriter, r *http.Request) error {
	return s.submitContact(w, r, web.ContactFormPage{Back: "/contacten"},
		func(form *web.Form, meta domain.Meta) (ledger.Receipt, error) { return s.giveContact(r, form, meta) },
		afterContact)
}

// submitContact submits the form of a contact; or gives it room for one more help request, or other cards to choose from,
// and records nothing.
func (s *site) submitContact(
	w http.ResponseWriter, r *http.Request, page web.ContactFormPage, give errand,
	next func(web.Form, ledger.Receipt) string,
) error {
	form, err := s.readForm(w, r)
	if err != nil {
		return err
	}
	switch {
	case form.Value("do") == "more":
		page.Form = withRoom(form)
		return s.showContactForm(w, r, http.StatusOK, page)
	case form.Value("do") == "look" || form.Value("look") != "": // Enter in the field looks too, and saves nothing
		page.Form = form
		return s.showContactForm(w, r, http.StatusOK, page)
	}
	return s.submitForm(w, r, form, submission{
		give: give,
		show: func(status int, refused web.Form) error {
			page.Form = refused
			return s.showContactForm(w, r, status, page)
		},
		next: func(receipt ledger.Receipt) string { return next(form, receipt) },
	})
}

// withRoom is the form with one more help request to fill in.
func withRoom(form web.Form) web.Form {
	rooms := form.Values[web.RequestsField]
	if len(rooms) < contact.MaxRequests {
		rooms = append(rooms, strconv.Itoa(len(rooms)+1))
	}
	return form.With(web.RequestsField, rooms...)
}

// giveContact records the contact first and counts a possible concern after it: what is refused is not counted, and a
// form that is sent again counts once.
func (s *site) giveContact(r *http.Request, form *web.Form, meta domain.Meta) (ledger.Receipt, error) {
	register, err := s.readContact(r, form, meta)
	if err != nil {
		return ledger.Receipt{}, err
	}
	receipt, err := s.Ledger.Contacts.Create(r.Context(), register, meta)
	if err = atPerson(err); err == nil && form.Value("concern") != "" {
		err = s.Vault.CountConcern(r.Context(), domain.DeriveID(meta.Command, "concern", 0), meta.On.Year())
	}
	return receipt, err
}

// readContact reads the fields of a contact, and makes its card if there is none yet.
func (s *site) readContact(r *http.Request, form *web.Form, meta domain.Meta) (contact.Register, error) {
	fields := newFields(*form)
	register := contact.Register{
		Activity: fields.code("activity"), Initiative: fields.code("initiative"), Relation: fields.code("relation"),
		Place: fields.code("place"), Known: domain.Answer(fields.text("known")), Requests: readRequests(fields),
	}
	if fields.err != nil {
		return register, fields.err
	}
	err := s.readPerson(r, form, meta, &register)
	return register, err
}

// readRequests reads the help requests; empty ones at the end were room that nobody used.
func readRequests(fields *fields) []contact.Request {
	var requests []contact.Request
	last := 0
	for i := range fields.form.Values[web.RequestsField] {
		request := contact.Request{
			Themes:     fields.codes(web.RequestField(i, "themes")),
			Approaches: fields.codes(web.RequestField(i, "approaches")),
			Services:   fields.codes(web.RequestField(i, "services")),
		}
		requests = append(requests, request)
		if len(request.Themes)+len(request.Approaches)+len(request.Services) > 0 {
			last = i + 1
		}
	}
	return requests[:last]
}

// formCard makes the card that the form describes, and leaves the form as if it had been chosen: shown again, it makes no
// second one.
func (s *site) formCard(r *http.Request, form *web.Form, meta domain.Meta) error {
	fields := newFields(*form)
	id, err := s.addCard(r, domain.DeriveID(meta.Command, "card", 0), domain.NewCard{
		Practice: meta.Practice, Nickname: fields.text("nickname"), EarlierYear: domain.Answer(fields.text("earlierYear")),
		Traits: readTraits(fields, s.book(r).Asked(s.today().Year())),
	})
	if err == nil {
		*form = form.With("person", id.String())
	}
	return err
}

// afterContact is the next form, with what stays; or the contact itself; or first what to do about a concern.
func afterContact(form web.Form, receipt ledger.Receipt) string {
	next := url.Values{doneParameter: {"contact"}}
	if form.Value("concern") != "" {
		return "/verontrusting?bewaard=ja"
	}
	if form.Value("do") != "next" {
		return "/contacten/" + receipt.Stream.Key() + "?" + next.Encode()
	}
	for _, name := range kept {
		if value := form.Value(name); value != "" {
			next.Set(name, value)
		}
	}
	return "/contacten/nieuw?" + next.Encode()
}
