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
		{"GET", "/verontrusting", people, s.concernPage},
		{"POST", "/verontrusting", people, s.countConcern},
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
