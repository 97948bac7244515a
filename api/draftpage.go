package api

import (
	"errors"
	"net/http"
	"slices"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/guard"
	"signaalboek/domain/ledger"
)

const draftsAddress = "/concepten"

func (s *site) draftPages() []route {
	return []route{
		{"GET", draftsAddress, people, s.draftsPage},
		{"GET", draftsAddress + "/{id}", people, s.draftPage},
		{"POST", draftsAddress + "/{id}", people, s.changeDraft},
		{"POST", draftsAddress + "/{id}/bevestigen", people, s.confirmOnPage},
		{"POST", draftsAddress + "/{id}/weggooien", people, s.dropOnPage},
	}
}

func draftsTrail() []web.Crumb {
	return []web.Crumb{{Label: web.T("drafts.title"), Href: draftsAddress}}
}

func draftAddress(id domain.CommandID) string { return draftsAddress + "/" + id.String() }

// draftsPage is all drafts of the practice: one's own, and those of colleagues.
func (s *site) draftsPage(w http.ResponseWriter, r *http.Request) error {
	look, err := s.look(r)
	if err != nil {
		return err
	}
	drafts, err := s.drafts(r, "")
	if err != nil {
		return err
	}
	var page web.DraftsPage
	for _, d := range drafts {
		line, err := look.draft(r, d)
		if err != nil {
			return err
		}
		if line.Own {
			page.Own = append(page.Own, line)
		} else {
			page.Others = append(page.Others, line)
		}
	}
	frame := web.Frame{Title: web.T("drafts.title"), Lead: web.T("drafts.lead"), Section: draftsAddress}
	return s.show(w, r, http.StatusOK, frame, page)
}

// draft is a draft as a page shows it: what it would become now, or why it cannot.
func (l look) draft(r *http.Request, d draft) (web.DraftLine, error) {
	line := web.DraftLine{
		Step: kindOf(d.path), On: d.on, Own: wroteSelf(r, d), Href: draftAddress(d.ID),
		Confirm: web.NewForm(draftAddress(d.ID)+"/bevestigen", d.ID),
	}
	line.Confirm.Revision = revisionText(domain.Revision(d.Revision))
	if err := l.draftSubject(&line, d); err != nil {
		return line, err
	}
	watch, err := l.site.Ledger.Guard(l.ctx, l.practice)
	if err != nil {
		return line, err
	}
	for _, name := range d.texts {
		text := textIn(d.envelope.command, name)
		found := watch.Check(text)
		for _, f := range found {
			if !slices.Contains(line.Classes, f.Class) {
				line.Classes = append(line.Classes, f.Class)
			}
		}
		line.Texts = append(line.Texts, web.DraftText{Field: name, Text: text, Findings: web.FindingSentences(found)})
	}
	return line, l.rehearseDraft(&line, d)
}

// draftSubject adds what a draft is about, at the revision that is shown.
func (l look) draftSubject(line *web.DraftLine, d draft) error {
	if d.made != nil {
		return nil
	}
	about, ok, err := l.line(d.Subject)
	if err != nil || !ok {
		return err
	}
	line.About = &about
	if d.match == nil {
		return nil
	}
	seen, err := l.revisionOf(d.Subject)
	line.Confirm = line.Confirm.With("seen", revisionText(seen))
	return err
}

// revisionOf is the revision at which a signal or recommendation is shown.
func (l look) revisionOf(id domain.StreamID) (domain.Revision, error) {
	if row, ok, err := l.set.Signals.Signal(l.ctx, l.practice, id, l.today); ok || err != nil {
		return row.Revision, err
	}
	row, _, err := l.set.Signals.Recommendation(l.ctx, l.practice, id, l.today)
	return row.Revision, err
}

// rehearseDraft adds what a draft would become now, or why it cannot.
func (l look) rehearseDraft(line *web.DraftLine, d draft) error {
	events, err := d.rehearse(l.ctx, ledger.Target{Stream: d.Subject}, d.envelope.command, d.meta(l.site))
	if len(events) > 0 {
		line.Event = events[0]
	}
	refusal, is := errors.AsType[*domain.Refusal](err)
	switch {
	case errors.Is(err, guard.ErrAsked):
		line.Waits = true
	case is:
		line.Why = web.RefusalSentence(refusal, l.book)
	default:
		return err
	}
	return nil
}

// draftsOf is the drafts about a subject; none while the vault is away, for the subject itself can be read then.
func (l look) draftsOf(r *http.Request, subject domain.StreamID) ([]web.DraftLine, error) {
	drafts, err := l.site.drafts(r, subject)
	if err != nil && !errors.Is(err, domain.ErrVaultAway) {
		return nil, err
	}
	var lines []web.DraftLine
	for _, d := range drafts {
		line, err := l.draft(r, d)
		if err != nil {
			return nil, err
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// draftPage is one draft: read it again, change it, record it or throw it away.
func (s *site) draftPage(w http.ResponseWriter, r *http.Request) error {
	return s.showDraft(w, r, http.StatusOK, func(*web.DraftPage) {})
}

// showDraft shows the page after something was done to its forms.
func (s *site) showDraft(w http.ResponseWriter, r *http.Request, status int, place func(*web.DraftPage)) error {
	d, err := s.draftNamed(r)
	if err != nil {
		return err
	}
	look, err := s.look(r)
	if err != nil {
		return err
	}
	line, err := look.draft(r, d)
	if err != nil {
		return err
	}
	line.Href = ""
	page := web.DraftPage{
		DraftLine: line, Change: web.NewForm(draftAddress(d.ID), d.ID).With("on", d.on.String()),
		Drop: web.NewForm(draftAddress(d.ID)+"/weggooien", d.ID),
	}
	page.Change.Revision = line.Confirm.Revision
	for _, text := range line.Texts {
		page.Change = page.Change.With(text.Field, text.Text)
	}
	place(&page)
	frame := web.Frame{Title: web.T("draft.title"), Section: draftsAddress, Trail: draftsTrail()}
	return s.show(w, r, status, frame, page)
}

// changeDraft saves other words, and perhaps another day. The page around a change that is refused shows the draft as it
// is now, so the form is about that from here on.
func (s *site) changeDraft(w http.ResponseWriter, r *http.Request) error {
	d, err := s.draftNamed(r)
	if err != nil {
		return err
	}
	return s.submit(w, r, submission{
		give: func(form *web.Form, meta domain.Meta) (ledger.Receipt, error) {
			meta.Command = d.ID
			return ledger.Receipt{}, s.saveChange(r, d, newFields(*form), meta)
		},
		show: func(status int, refused web.Form) error {
			return s.showDraft(w, r, status, func(page *web.DraftPage) {
				refused.Revision = page.Change.Revision
				page.Change = refused
			})
		},
		next: func(ledger.Receipt) string { return done(draftAddress(d.ID), "draft") },
	})
}

func (s *site) saveChange(r *http.Request, d draft, fields *fields, meta domain.Meta) error {
	read := revisionOf(fields.form.Revision)
	if read == nil {
		return errDraftRead
	}
	command := d.envelope.command
	for _, name := range d.texts {
		command = withText(command, name, fields.text(name))
	}
	_, err := s.saveDraft(r.Context(), sheet{
		pen: d.pen, command: command, meta: meta, subject: d.Subject, revision: int(*read),
	})
	return err
}

// confirmOnPage records a draft.
func (s *site) confirmOnPage(w http.ResponseWriter, r *http.Request) error {
	d, err := s.draftNamed(r)
	if err != nil {
		return err
	}
	return s.submit(w, r, submission{
		give: func(form *web.Form, _ domain.Meta) (ledger.Receipt, error) {
			sure := confirming{seen: revisionOf(form.Value("seen"))}
			if read := revisionOf(form.Revision); read != nil {
				sure.revision = int(*read)
			}
			for _, class := range form.Values["classes"] {
				sure.classes = append(sure.classes, guard.Class(class))
			}
			return s.confirmDraft(r, d, sure)
		},
		show: func(status int, refused web.Form) error {
			return s.showDraft(w, r, status, func(page *web.DraftPage) { page.Confirm.Errors = unplaced(refused.Errors) })
		},
		next: func(receipt ledger.Receipt) string { return done(web.Place(receipt.Stream), "recorded") },
	})
}

// unplaced is what was said of a command, on a page that shows no fields of it.
func unplaced(errors []web.FieldError) []web.FieldError {
	for i := range errors {
		errors[i].Field = ""
	}
	return errors
}

// dropOnPage throws a draft away.
func (s *site) dropOnPage(w http.ResponseWriter, r *http.Request) error {
	d, err := s.draftNamed(r)
	if err != nil {
		return err
	}
	return s.submit(w, r, submission{
		give: func(*web.Form, domain.Meta) (ledger.Receipt, error) {
			err := s.Vault.DropDraft(r.Context(), d.Practice, d.ID)
			return ledger.Receipt{}, s.draftRefused(r.Context(), d.Practice, d.ID, err)
		},
		show: func(status int, refused web.Form) error {
			return s.showDraft(w, r, status, func(page *web.DraftPage) { page.Drop.Errors = refused.Errors })
		},
		next: func(ledger.Receipt) string { return done(draftsAddress, "dropped") },
	})
}
