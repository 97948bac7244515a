package api

import (
	"context"
	"errors"
	"net/http"
	"reflect"
	"slices"
	"strconv"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/guard"
	"signaalboek/domain/ledger"
)

// pages lists the pages that people see. Each noun lists its own at the top of its file <noun>page.go.
func (s *site) pages() []route {
	return slices.Concat(
		s.plainPages(),
		s.startPages(),
		s.contactPages(),
		s.concernPages(),
		s.cardPages(),
		s.sessionPages(),
		s.focusgroepPages(),
		s.figurePages(),
		s.closingPages(),
		s.forumListPages(),
		s.crosswalkPages(),
		s.definitionPages(),
		s.vocabularyPages(), // after what has an address of its own below code lists
		s.signalPages(),
		s.recommendationPages(),
		s.releasePages(),
		s.auditPages(),
		s.draftPages(),
		s.erasurePages(),
		s.forumPages(),
		s.debtPages(),
		s.referralPages(),
		s.overviewPages(),
	)
}

// plainPages is what holds nothing of a practice.
func (s *site) plainPages() []route {
	static := web.Static()
	return []route{
		{"GET", "/static/{name}", anybody, func(w http.ResponseWriter, r *http.Request) error {
			static.ServeHTTP(w, r)
			return nil
		}},
		{"GET", "/toegankelijkheid", anybody, s.textPage(web.Accessibility)},
		{"GET", "/privacy", anybody, s.textPage(web.Privacy)},
		{"GET", "/over", anybody, s.textPage(web.About)},
		{"GET", "/privacy/cijfers", anybody, s.subtractionPage},
		{"GET", "/toetsen", anybody, s.keysPage},
	}
}

func (s *site) textPage(name string) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		frame := web.Frame{Title: web.T(name + ".title"), Public: true}
		return s.show(w, r, http.StatusOK, frame, web.TextPage{Name: name})
	}
}

func (s *site) subtractionPage(w http.ResponseWriter, r *http.Request) error {
	frame := web.Frame{Title: web.T("subtraction.title"), Public: true}
	return s.show(w, r, http.StatusOK, frame, web.SubtractionPage{})
}

func (s *site) keysPage(w http.ResponseWriter, r *http.Request) error {
	return s.show(w, r, http.StatusOK, web.Frame{Title: web.T("keys.title"), Public: true}, web.KeysPage{})
}

// show renders a page in the frame of whoever asked for it.
func (s *site) show(w http.ResponseWriter, r *http.Request, status int, frame web.Frame, body web.Body) error {
	practice := actorOf(r).Practice
	frame.Coordinator, frame.Auditor = actorOf(r).Role == Coordinator, actorOf(r).Role == Auditor
	if name, ok := s.Set.Words.Practice(practice); ok {
		frame.Practice = name.Name
	}
	frame.Book, frame.Demo = s.Set.Words.Book(practice), s.Demo
	if err := s.trouble(); err != nil && practice != "" {
		frame.Alerts = append([]web.Alert{web.TroubleAlert(err)}, frame.Alerts...)
	}
	if done := r.URL.Query().Get(doneParameter); web.IsDone(done) {
		frame.Alerts = append([]web.Alert{web.DoneAlert(done)}, frame.Alerts...)
	}
	return web.Render(w, status, web.View{Frame: frame, Body: body})
}

// trouble is why nothing can be recorded now; nil: it can.
func (s *site) trouble() error {
	if s.Trouble == nil {
		return nil
	}
	return s.Trouble()
}

// doneParameter tells the page that follows a form what was done.
const doneParameter = "gelukt"

// readForm is a form as somebody sent it, to be shown again if it is refused.
func (s *site) readForm(w http.ResponseWriter, r *http.Request) (web.Form, error) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	if err := r.ParseForm(); err != nil {
		return web.Form{}, formFault(err)
	}
	return web.Form{
		Action:   r.URL.Path,
		Command:  r.PostForm.Get("command"),
		Revision: r.PostForm.Get("revision"),
		Values:   r.PostForm,
	}, nil
}

func formFault(err error) error {
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return errTooLarge
	}
	return errForm
}

// errand reads a form into a command, and gives that to the ledger. What it changes of the form stays changed when the
// form is shown again.
type errand func(form *web.Form, meta domain.Meta) (ledger.Receipt, error)

// submission is what becomes of a form that was sent.
type submission struct {
	give errand
	show func(status int, form web.Form) error // the page again, with the form as it was left
	next func(receipt ledger.Receipt) string   // where to go when it is recorded
}

// submit reads the form that was sent, records it and leads on; what the domain or we refuse shows the form again, filled
// as it was, with what is wrong at its field. A fault is returned.
func (s *site) submit(w http.ResponseWriter, r *http.Request, sent submission) error {
	form, err := s.readForm(w, r)
	if err != nil {
		return err
	}
	return s.submitForm(w, r, form, sent)
}

// submitForm is submit for a form that was read already.
func (s *site) submitForm(w http.ResponseWriter, r *http.Request, form web.Form, sent submission) error {
	receipt, err := s.giveForm(r, &form, sent.give)
	if refusal, status := refusalOf(err); err != nil && refusal.Code != errFault.Code {
		return sent.show(status, web.Refuse(form, refusal, s.book(r)))
	}
	if err != nil {
		return err
	}
	if form.Draft != "" {
		http.Redirect(w, r, done(form.Draft, "draft"), http.StatusSeeOther)
		return nil
	}
	s.tellPosition(w, receipt.Position) // the page that follows waits for it
	http.Redirect(w, r, sent.next(receipt), http.StatusSeeOther)
	return nil
}

func (s *site) giveForm(r *http.Request, form *web.Form, give errand) (ledger.Receipt, error) {
	fields := newFields(*form)
	command, on := fields.command(), fields.on()
	if fields.err != nil {
		return ledger.Receipt{}, fields.err
	}
	return give(form, s.meta(r, command, on))
}

// ordering is the errand of a command to an aggregate: about something that exists, or, without a stream, about what it
// creates.
func ordering[S, F, C any, E domain.Event](
	r *http.Request, to ledger.Aggregate[S, F, C, E], stream domain.StreamID, read func(*fields) C,
) errand {
	return func(form *web.Form, meta domain.Meta) (ledger.Receipt, error) {
		fields := newFields(*form)
		command := read(fields)
		if fields.err != nil {
			return ledger.Receipt{}, fields.err
		}
		if stream == "" {
			return to.Create(r.Context(), command, meta)
		}
		return to.Execute(r.Context(), fields.target(stream), command, meta)
	}
}

// writing is ordering for a command that may hold a text. If it is one that people see again before it is recorded, or if
// they leave it for a colleague, it becomes a draft.
func writing[S, F, C any, E domain.Event](
	s *site, r *http.Request, to ledger.Aggregate[S, F, C, E], stream domain.StreamID, read func(*fields) C,
) errand {
	give := ordering(r, to, stream, read)
	return func(form *web.Form, meta domain.Meta) (ledger.Receipt, error) {
		fields := newFields(*form)
		command := read(fields)
		pen, holds := s.penFor(reflect.TypeOf(command))
		if fields.err == nil && holds && (pen.first || form.Value("do") == "draft") {
			seen := fields.target(stream).Revision
			saved, err := s.saveDraft(r.Context(), sheet{pen: pen, command: command, meta: meta, subject: stream, seen: seen})
			form.Draft = draftAddress(saved.ID)
			return ledger.Receipt{}, err
		}
		receipt, err := give(form, meta)
		form.Asks = holds && errors.Is(err, guard.ErrAsked)
		return receipt, err
	}
}

// done is an address that says what was done.
func done(address, what string) string { return address + "?" + doneParameter + "=" + what }

// filterForm is what a list is chosen by: the parameters of its address.
func filterForm(r *http.Request) web.Form { return web.Form{Action: r.URL.Path, Values: r.URL.Query()} }

// nextPage is the address of the page that a cursor begins; none if there is no such page.
func nextPage(r *http.Request, next string) string { return nextOf(filterForm(r), "after", next) }

// nextOf is nextPage for what a list was chosen by, and the parameter that holds its cursor.
func nextOf(chosen web.Form, parameter, next string) string {
	if next == "" {
		return ""
	}
	query := chosen.With(parameter, next).Values
	query.Del(doneParameter)
	return chosen.Action + "?" + query.Encode()
}

// opened is a text in the clear, for whoever may read it. One that was forgotten says so, and so does one that cannot be
// read now because the log or the vault is away: what is around it can.
func (s *site) opened(ctx context.Context, text domain.Sealed) (string, error) {
	return openSealed(ctx, s.Vault, text)
}

// revisionText is a revision as a form carries it.
func revisionText(revision domain.Revision) string { return strconv.FormatInt(int64(revision), 10) }
