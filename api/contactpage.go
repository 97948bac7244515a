package api

import (
	"net/http"
	"net/url"
	"strconv"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/contact"
	"signaalboek/domain/ledger"
	"signaalboek/projections"
)

func (s *site) contactPages() []route {
	return []route{
		{"GET", "/contacten", people, s.contactsPage},
		{"GET", "/contacten/nieuw", people, s.newContactPage},
		{"POST", "/contacten/nieuw", people, s.registerContact},
		{"GET", "/contacten/{id}", people, s.contactPage},
		{"GET", "/contacten/{id}/verbeteren", people, s.correctContactPage},
		{"POST", "/contacten/{id}/verbeteren", people, s.correctContact},
		{"POST", "/contacten/{id}/intrekken", people, s.withdrawContact},
		{"POST", "/contacten/{id}/opvolgen", people, s.followUpRequest},
	}
}

func contactsTrail() []web.Crumb {
	return []web.Crumb{{Label: web.T("contacts.title"), Href: "/contacten"}}
}

// contactsPage lists contacts, newest first.
func (s *site) contactsPage(w http.ResponseWriter, r *http.Request) error {
	fields := newFields(filterForm(r))
	filter := projections.ContactFilter{
		Activity: fields.code("activity"), Theme: fields.code("theme"),
		Approach: fields.code("approach"), Service: fields.code("service"),
		Period: fields.period(),
		After:  fields.text("after"),
	}
	if fields.err != nil {
		return fields.err
	}
	page, err := s.Set.Contacts.List(actorOf(r).Practice, filter)
	if err != nil {
		return err
	}
	frame := web.Frame{Title: web.T("contacts.title"), Lead: web.T("contacts.lead"), Section: "/contacten"}
	return s.show(w, r, http.StatusOK, frame, web.ContactsPage{
		Filter: fields.form, Rows: page.Rows, More: nextPage(r, page.Next),
	})
}

// contactOf is the contact that the path names.
func (s *site) contactOf(r *http.Request) (projections.Contact, error) {
	id := domain.NewStreamID(contact.Decider.Category, variable(r, "id"))
	found, ok := s.Set.Contacts.Contact(actorOf(r).Practice, id)
	if !ok {
		return found, errNoSuchThing
	}
	return found, nil
}

func contactAddress(c projections.Contact) string { return "/contacten/" + c.ID.Key() }

// contactPage is one contact.
func (s *site) contactPage(w http.ResponseWriter, r *http.Request) error {
	found, err := s.contactOf(r)
	if err != nil {
		return err
	}
	return s.showContact(w, r, http.StatusOK, s.contactForms(found))
}

// contactForms is a contact with an empty form for all that can be done about it.
func (s *site) contactForms(found projections.Contact) web.ContactPage {
	address := contactAddress(found)
	page := web.ContactPage{
		Contact: found, Correct: address + "/verbeteren",
		Withdraw: withdrawForm(address, "entered-twice", "entered-in-error", "asked-by-person"),
	}
	for i := range found.Requests {
		page.FollowUps = append(page.FollowUps, web.NewForm(address+"/opvolgen", newCommand()).
			With("request", strconv.Itoa(i+1)).With("on", s.today().String()))
	}
	return page
}

func withdrawForm(address string, reasons ...string) web.ReasonForm {
	return web.ReasonForm{
		Form: web.NewForm(address+"/intrekken", newCommand()), Reasons: web.Options("reason", reasons...),
	}
}

func (s *site) showContact(w http.ResponseWriter, r *http.Request, status int, page web.ContactPage) error {
	frame := web.Frame{
		Title: web.T("contact.title", web.Date(page.Contact.On)), Section: "/contacten", Trail: contactsTrail(),
	}
	return s.show(w, r, status, frame, page)
}

// correctContactPage is the form of a contact, filled as it was recorded.
func (s *site) correctContactPage(w http.ResponseWriter, r *http.Request) error {
	found, err := s.contactOf(r)
	if err != nil {
		return err
	}
	form := web.NewForm(contactAddress(found)+"/verbeteren", newCommand())
	form.Revision = revisionText(found.Revision)
	form.Values = contactValues(found)
	return s.showContactForm(w, r, http.StatusOK, web.ContactFormPage{
		Form: form, Correcting: true, Back: contactAddress(found),
	})
}

// contactValues is a contact as its form holds it.
func contactValues(c projections.Contact) url.Values {
	values := url.Values{
		"on": {c.On.String()}, "activity": {string(c.Activity)}, "place": {string(c.Place)},
		"initiative": {string(c.Initiative)}, "relation": {string(c.Relation)}, "known": {string(c.Known)},
		"person": {string(contact.KeepPerson)},
	}
	for i, request := range c.Requests {
		values.Add(web.RequestsField, strconv.Itoa(i+1))
		values[web.RequestField(i, "themes")] = texts(request.Themes)
		values[web.RequestField(i, "approaches")] = texts(request.Approaches)
		values[web.RequestField(i, "services")] = texts(request.Services)
	}
	return values
}

func texts(codes []domain.Code) []string {
	written := make([]string, len(codes))
	for i, code := range codes {
		written[i] = string(code)
	}
	return written
}

// correctContact records the whole contact again.
func (s *site) correctContact(w http.ResponseWriter, r *http.Request) error {
	found, err := s.contactOf(r)
	if err != nil {
		return err
	}
	return s.submitContact(w, r, web.ContactFormPage{Correcting: true, Back: contactAddress(found)},
		func(form *web.Form, meta domain.Meta) (ledger.Receipt, error) {
			return s.giveCorrection(r, found, form, meta)
		},
		func(web.Form, ledger.Receipt) string { return done(contactAddress(found), "corrected") })
}

func (s *site) giveCorrection(
	r *http.Request, found projections.Contact, form *web.Form, meta domain.Meta,
) (ledger.Receipt, error) {
	register, err := s.readContact(r, form, meta)
	if err != nil {
		return ledger.Receipt{}, err
	}
	fields := newFields(*form)
	receipt, err := s.Ledger.Contacts.Execute(r.Context(), fields.target(found.ID), contact.Correct{
		Register: register, Person: personOf(*form, register.Card),
		Reason: contact.CorrectionReason(fields.text("reason")),
	}, meta)
	return receipt, atPerson(err)
}

// withdrawContact makes a contact not count.
func (s *site) withdrawContact(w http.ResponseWriter, r *http.Request) error {
	return s.aboutContact(w, r, "withdrawn",
		func(fields *fields) contact.Command {
			return contact.Withdraw{Reason: contact.WithdrawalReason(fields.text("reason"))}
		},
		func(page *web.ContactPage, refused web.Form) bool {
			page.Withdraw.Form = refused
			return true
		},
	)
}

// followUpRequest adds what was done about a help request later.
func (s *site) followUpRequest(w http.ResponseWriter, r *http.Request) error {
	return s.aboutContact(w, r, "followed-up",
		func(fields *fields) contact.Command {
			return contact.FollowUpRequest{
				Request: fields.number("request"), Approaches: fields.codes("approaches"),
				Services: fields.codes("services"), Settled: fields.ticked("settled"),
			}
		},
		func(page *web.ContactPage, refused web.Form) bool {
			number, err := strconv.Atoi(refused.Value("request"))
			if err != nil || number < 1 || number > len(page.FollowUps) {
				return false
			}
			page.FollowUps[number-1] = refused
			return true
		},
	)
}

// aboutContact gives a command about one contact; refused, its form stands on the contact's page as it was left,
// if there is a place for it.
func (s *site) aboutContact(
	w http.ResponseWriter, r *http.Request, what string,
	read func(*fields) contact.Command, place func(*web.ContactPage, web.Form) bool,
) error {
	found, err := s.contactOf(r)
	if err != nil {
		return err
	}
	return s.submit(w, r, submission{
		give: ordering(r, s.Ledger.Contacts, found.ID, read),
		show: func(status int, refused web.Form) error {
			page := s.contactForms(found)
			if !place(&page, refused) {
				return errNoSuchThing
			}
			return s.showContact(w, r, status, page)
		},
		next: func(ledger.Receipt) string { return done(contactAddress(found), what) },
	})
}
