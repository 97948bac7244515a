package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"strings"

	"github.com/go-json-experiment/json"

	"signaalboek/domain"
	"signaalboek/domain/guard"
	"signaalboek/domain/ledger"
)

// A draft is a command that waits in the vault: a first wording, which is looked at again before it is recorded, or any
// text that the guard asks about. Everybody of its practice may read it, change it and throw it away.
//
//	saved → changed … → confirmed → recorded, under the draft's id → dropped
//
// Confirming decides anew: the rules may say no by now, and the guard reads what stands there then. The draft stays until
// it is recorded. What the guard asks about takes a colleague of whoever wrote it; what it blocks is not kept at all.

// What is refused of a draft.
var (
	errNoDraft      = obstruct(http.StatusNotFound, "draft-gone")
	errDraftChanged = obstruct(http.StatusPreconditionFailed, "draft-changed")
	errDraftRead    = obstruct(http.StatusPreconditionRequired, "draft-unread")
)

// pen writes one sort of command that holds texts, and so can be a draft.
type pen struct {
	path    string       // of the command, below /api/v1; a draft keeps it
	command reflect.Type // of the command
	texts   []string     // the members of it that hold a text
	first   bool         // on pages it is a draft first, whatever it says
	match   matched
	made    func(domain.PracticeID, domain.CommandID) domain.StreamID // that it creates; none: it is about one that is there

	rehearse func(context.Context, ledger.Target, any, domain.Meta) ([]domain.Event, error)
	give     func(context.Context, ledger.Target, any, domain.Meta, guard.Override) (ledger.Receipt, error)
}

// pens is every pen, by path.
func (s *site) pens() map[string]pen {
	pens := map[string]pen{}
	addPens(pens, s.Ledger.Signals, signalVerbs)
	addPens(pens, s.Ledger.Recommendations, recommendationVerbs)
	addPens(pens, s.Ledger.Focusgroepen, focusgroepVerbs)
	return pens
}

// penFor is the pen of a type of command; none if it holds no text.
func (s *site) penFor(command reflect.Type) (pen, bool) {
	for _, p := range s.pen {
		if p.command == command {
			return p, true
		}
	}
	return pen{}, false
}

func addPens[S, F, C any, E domain.Event](pens map[string]pen, to ledger.Aggregate[S, F, C, E], verbs []verb[C]) {
	for _, v := range verbs {
		texts := textsOf(reflect.TypeOf(v.command))
		if len(texts) == 0 {
			continue
		}
		p := pen{path: v.path, command: reflect.TypeOf(v.command), texts: texts, first: v.draft, match: v.match}
		p.rehearse = func(ctx context.Context, target ledger.Target, command any, meta domain.Meta) ([]domain.Event, error) {
			events, err := to.Rehearse(ctx, target, command.(C), meta)
			return eventsOf(events), err
		}
		p.give = func(ctx context.Context, target ledger.Target, command any, meta domain.Meta, by guard.Override) (ledger.Receipt, error) {
			if v.stream == nil {
				return to.Confirmed(by).Create(ctx, command.(C), meta)
			}
			return to.Confirmed(by).Execute(ctx, target, command.(C), meta)
		}
		if v.stream == nil {
			p.made = to.NewStream
		}
		pens[v.path] = p
	}
}

func eventsOf[E domain.Event](events []E) []domain.Event {
	var all []domain.Event
	for _, event := range events {
		all = append(all, event)
	}
	return all
}

// textsOf is the members of a command that hold a text: those of no type of their own.
func textsOf(command reflect.Type) []string {
	var texts []string
	for _, m := range membersOf(command) {
		if m.of == reflect.TypeFor[string]() {
			texts = append(texts, m.name)
		}
	}
	return texts
}

// textIn is what a command says in one of its members.
func textIn(command any, name string) string {
	value := reflect.ValueOf(command)
	for _, m := range membersOf(value.Type()) {
		if m.name == name {
			return value.FieldByIndex(m.index).String()
		}
	}
	return ""
}

// withText is the command with another text in one of its members.
func withText(command any, name, text string) any {
	changed := reflect.New(reflect.TypeOf(command)).Elem()
	changed.Set(reflect.ValueOf(command))
	for _, m := range membersOf(changed.Type()) {
		if m.name == name {
			changed.FieldByIndex(m.index).SetString(text)
		}
	}
	return changed.Interface()
}

// encode writes a command with its day, as it would be sent.
func (p pen) encode(command any, on domain.Date) ([]byte, error) {
	sent := reflect.New(envelopeOf(p.command)).Elem()
	sent.Field(0).Set(reflect.ValueOf(dated{on}))
	sent.Field(1).Set(reflect.ValueOf(command))
	return json.Marshal(sent.Interface(), json.Deterministic(true))
}

// draft is one that was opened.
type draft struct {
	domain.DraftCommand
	pen
	envelope
}

// meta is what is true of the command when it is confirmed: whoever wrote it is its actor.
func (d draft) meta(s *site) domain.Meta {
	return domain.Meta{Command: d.ID, Actor: d.Author, Practice: d.Practice, On: d.on, At: s.Clock().UTC()}
}

// sheet is a draft to be saved.
type sheet struct {
	pen
	command  any
	meta     domain.Meta
	subject  domain.StreamID  // none, if the command creates it
	seen     *domain.Revision // of the subject, that the author looked at
	revision int              // of the draft, that is changed; 0: it is new
}

// saveDraft keeps a draft, if the command could be given now and no text of it is blocked.
func (s *site) saveDraft(ctx context.Context, w sheet) (draft, error) {
	if w.made != nil {
		w.subject = w.made(w.meta.Practice, w.meta.Command)
	}
	_, err := w.rehearse(ctx, ledger.Target{Stream: w.subject, Revision: w.seen}, w.command, w.meta)
	if err != nil && !errors.Is(err, guard.ErrAsked) {
		return draft{}, err
	}
	body, err := w.encode(w.command, w.meta.On)
	if err != nil {
		return draft{}, err
	}
	saved := domain.DraftCommand{
		ID: w.meta.Command, Practice: w.meta.Practice, Author: w.meta.Actor, Subject: w.subject, Path: w.path,
		Body: body, Revision: w.revision,
	}
	if saved.Revision, err = s.Vault.SaveDraft(ctx, saved); err != nil {
		return draft{}, s.draftRefused(ctx, w.meta.Practice, saved.ID, err)
	}
	return s.opening(saved)
}

// draftRefused says in words what the vault said of a draft.
func (s *site) draftRefused(ctx context.Context, practice domain.PracticeID, id domain.CommandID, err error) error {
	switch {
	case errors.Is(err, domain.ErrNoDraft):
		return errNoDraft
	case errors.Is(err, domain.ErrDraftChanged):
		kept, err := s.Vault.Draft(ctx, practice, id)
		if err != nil {
			return errNoDraft
		}
		return errDraftChanged.naming("revision", revisionText(domain.Revision(kept.Revision)))
	}
	return err
}

// opening reads the command in a draft.
func (s *site) opening(kept domain.DraftCommand) (draft, error) {
	p, known := s.pen[kept.Path]
	if !known {
		return draft{}, fmt.Errorf("open draft %s: no command at %s", kept.ID, kept.Path)
	}
	sent, err := decodeCommand(kept.Body, p.command)
	if err != nil { // not as a refusal: nobody who asks now wrote it so
		return draft{}, fmt.Errorf("open draft %s: %v", kept.ID, err)
	}
	return draft{kept, p, sent}, nil
}

// draftOfPractice is one draft of whoever asks.
func (s *site) draftOfPractice(r *http.Request, id domain.CommandID) (draft, error) {
	practice := actorOf(r).Practice
	kept, err := s.Vault.Draft(r.Context(), practice, id)
	if err != nil {
		return draft{}, s.draftRefused(r.Context(), practice, id, err)
	}
	return s.opening(kept)
}

// drafts is those of whoever asks that are about a subject; all, without one.
func (s *site) drafts(r *http.Request, subject domain.StreamID) ([]draft, error) {
	kept, err := s.Vault.Drafts(r.Context(), actorOf(r).Practice)
	if err != nil {
		return nil, err
	}
	var drafts []draft
	for _, one := range kept {
		if subject != "" && one.Subject != subject {
			continue
		}
		opened, err := s.opening(one)
		if err != nil {
			return nil, err
		}
		drafts = append(drafts, opened)
	}
	return drafts, nil
}

// findings is what the guard finds in the texts of a draft, as things are now.
func (s *site) findings(ctx context.Context, d draft) ([]problemAt, error) {
	watch, err := s.Ledger.Guard(ctx, d.Practice)
	if err != nil {
		return nil, err
	}
	var all []problemAt
	for _, name := range d.texts {
		all = append(all, findingsAt("/"+name, watch.Check(textIn(d.envelope.command, name)))...)
	}
	return all, nil
}

// confirming is what somebody who confirms a draft had before their eyes.
type confirming struct {
	revision int              // of the draft
	seen     *domain.Revision // of its subject
	classes  []guard.Class    // that they answer for
}

// confirmDraft records a draft as it was read, and drops it.
func (s *site) confirmDraft(r *http.Request, d draft, c confirming) (ledger.Receipt, error) {
	if d.Revision != c.revision {
		return ledger.Receipt{}, errDraftChanged.naming("revision", revisionText(domain.Revision(d.Revision)))
	}
	target := ledger.Target{Stream: d.Subject, Revision: c.seen}
	if d.made == nil && d.match != nil && c.seen == nil {
		var err error
		if target.Revision, err = d.match(s, r, d.Subject, d.ID); err != nil {
			return ledger.Receipt{}, err
		}
	}
	by := guard.Override{By: actorOf(r).ID, Classes: c.classes}
	receipt, err := d.give(r.Context(), target, d.envelope.command, d.meta(s), by)
	if err != nil {
		return receipt, err
	}
	// If we die here, it is recorded and still waits: confirmed again, the command finds itself, and the draft goes. What
	// somebody changed between our reading and now goes with it: they are told that it was confirmed.
	err = s.Vault.DropDraft(r.Context(), d.Practice, d.ID)
	return receipt, s.draftRefused(r.Context(), d.Practice, d.ID, err)
}

// wroteSelf reports whether whoever asks wrote the draft as it stands.
func wroteSelf(r *http.Request, d draft) bool { return d.Author == actorOf(r).ID }

// kindOf is how the form of a command is called: the last word of its path.
func kindOf(path string) string {
	step := path[strings.LastIndexByte(path, '/')+1:]
	switch step {
	case "recommendations":
		return "draft"
	case "focusgroep-meetings":
		return "plan"
	}
	return step
}
