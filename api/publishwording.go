package api

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/ledger"
	"signaalboek/domain/release"
	"signaalboek/projections"
)

// The sentences of one edition stand on one page, and are sent together. Each is a command of its own: those that say
// what stands there already are left out, and if one is refused, none is recorded.

func wordingAddress(id release.ID, edition release.Edition) string {
	return releaseAddress(id) + "/zinnen/" + string(edition)
}

// sentencesOf is what is said in one edition of a release.
func sentencesOf(one projections.Release, edition release.Edition) []release.Sentence {
	return slices.DeleteFunc(slices.Clone(one.Sentences), func(said release.Sentence) bool { return said.Edition != edition })
}

// wording is one edition of a release, with what is said in it.
type wording struct {
	projections.Release
	edition release.Edition
	said    map[release.Place]string
}

// wordingOf is the edition that the path names.
func (s *site) wordingOf(r *http.Request) (wording, error) {
	one, err := releaseIn(s.Set, r)
	if err != nil {
		return wording{}, err
	}
	w := wording{one, release.Edition(variable(r, "edition")), map[release.Place]string{}}
	if !slices.Contains(release.Editions(), w.edition) || one.Of == release.Together {
		return w, errNoPage
	}
	for _, sentence := range sentencesOf(one, w.edition) {
		if w.said[sentence.Place], err = s.opened(r.Context(), sentence.Text); err != nil {
			return w, err
		}
	}
	return w, nil
}

func (s *site) wordingPage(w http.ResponseWriter, r *http.Request) error {
	words, err := s.wordingOf(r)
	if err != nil {
		return err
	}
	form := web.NewForm(r.URL.Path, newCommand())
	for place, text := range words.said {
		form = form.With(string(place), text)
	}
	return s.showWording(w, r, http.StatusOK, words, form)
}

func (s *site) showWording(w http.ResponseWriter, r *http.Request, status int, words wording, form web.Form) error {
	form.Revision = revisionText(s.Set.Releases.Revision(actorOf(r).Practice))
	page := web.WordingPage{
		Edition: words.edition, Form: form, Places: release.Places(words.edition),
		Own: words.By == actorOf(r).ID && words.Phase == release.IsProposed,
	}
	frame := web.Frame{
		Title: web.T("wording.title", web.Word("reader", words.edition)), Section: releasesAddress,
		Trail: append(releasesTrail(), web.Crumb{Label: web.PeriodName(words.Period), Href: releaseAddress(words.ID)}),
	}
	return s.show(w, r, status, frame, page)
}

// wordRelease writes the sentences of an edition.
func (s *site) wordRelease(w http.ResponseWriter, r *http.Request) error {
	words, err := s.wordingOf(r)
	if err != nil {
		return err
	}
	return s.submit(w, r, submission{
		give: func(form *web.Form, meta domain.Meta) (ledger.Receipt, error) { return s.write(r, words, form, meta) },
		show: func(status int, refused web.Form) error { return s.showWording(w, r, status, words, refused) },
		next: func(ledger.Receipt) string { return done(releaseAddress(words.ID), "worded") },
	})
}

// write records the sentences that the form changes. All are tried first, so that what is refused is refused whole. If we
// die in between, the same form records the rest.
func (s *site) write(r *http.Request, words wording, form *web.Form, meta domain.Meta) (last ledger.Receipt, err error) {
	changed := words.changed(newFields(*form))
	target := newFields(*form).target(ofPracticeReleases(r))
	for _, command := range changed {
		if _, err := s.Ledger.Releases.Rehearse(r.Context(), target, command, sentenceMeta(meta, command.Place)); err != nil {
			return last, inPlace(err, command.Place)
		}
	}
	for _, command := range changed {
		last, err = s.Ledger.Releases.Execute(r.Context(), target, command, sentenceMeta(meta, command.Place))
		if err != nil {
			return last, inPlace(err, command.Place)
		}
		target.Revision = nil // it moved by our own hand
	}
	return last, nil
}

// changed is the commands for what the form says otherwise than it stands.
func (w wording) changed(fields *fields) (commands []release.Write) {
	for _, place := range release.Places(w.edition) {
		text := strings.ReplaceAll(fields.text(string(place)), "\r\n", "\n") // as browsers send what ends a line
		if fields.form.Values.Has(string(place)) && text != w.said[place] {
			commands = append(commands, release.Write{Release: w.ID, Edition: w.edition, Place: place, Text: text})
		}
	}
	return commands
}

// sentenceMeta is what is true of the command for one place, of all that a form sends.
func sentenceMeta(meta domain.Meta, place release.Place) domain.Meta {
	meta.Command = domain.DeriveID(meta.Command, "sentence-"+string(place), 0)
	return meta
}

// inPlace says of a refused sentence at which field of the form it was.
func inPlace(err error, place release.Place) error {
	if refusal, is := errors.AsType[*domain.Refusal](err); is && refusal.Field == "/text" {
		return refusal.At("/" + string(place))
	}
	return err
}
