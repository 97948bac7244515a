package api

import (
	"net/http"
	"strings"

	"signaalboek/api/export"
	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/ledger"
	"signaalboek/domain/release"
	"signaalboek/projections"
)

func previewAddress(id release.ID) string { return releaseAddress(id) + "/voorbeeld" }

// bundleOf is the files of a release as they are: those that are out, or of a proposal those that would be.
func (s *site) bundleOf(r *http.Request, one projections.Release) (export.Bundle, error) {
	switch one.Phase {
	case release.IsProposed:
		built, err := s.build(r.Context(), one.Of, one.ID)
		return built.Bundle, err
	case release.IsPublished:
		return s.keptBundle(r.Context(), one.Of, one)
	case release.IsDropped:
		return export.Bundle{}, release.ErrDropped
	}
	return export.Bundle{}, release.ErrWithdrawn
}

// bundleIn is the release that the path names, and its files as they are.
func (s *site) bundleIn(r *http.Request) (projections.Release, export.Bundle, error) {
	one, err := releaseIn(s.Set, r)
	if err != nil {
		return one, export.Bundle{}, err
	}
	bundle, err := s.bundleOf(r, one)
	return one, bundle, err
}

// fileLines is the files of a bundle, for each of its readers.
func fileLines(one projections.Release, editions []release.EditionFiles) (lines []web.EditionOfFiles) {
	for _, edition := range editions {
		line := web.EditionOfFiles{Edition: edition.Edition}
		for _, file := range edition.Files {
			line.Files = append(line.Files, web.FileLine{Name: file.Name, Href: releaseAddress(one.ID) + "/bestanden/" + file.Name})
		}
		lines = append(lines, line)
	}
	return lines
}

func zipAddress(id release.ID) string { return releaseAddress(id) + "/alle-bestanden.zip" }

// previewPage is what every reader of a proposal will see, and the form that publishes it.
func (s *site) previewPage(w http.ResponseWriter, r *http.Request) error {
	return s.showPreview(w, r, http.StatusOK, web.NewForm(releasesAddress+"/"+variable(r, "id")+"/bevestigen", newCommand()))
}

// showPreview shows what is built now. So a form that was refused because something else was built is about that from here
// on, and whoever sends it again says that they saw it.
func (s *site) showPreview(w http.ResponseWriter, r *http.Request, status int, form web.Form) error {
	one, err := releaseIn(s.Set, r)
	if err != nil {
		return err
	}
	built, err := s.build(r.Context(), one.Of, one.ID)
	if err != nil {
		return err
	}
	_, found, err := s.judging(r.Context(), one)
	if err != nil {
		return err
	}
	page := web.PreviewPage{
		Period: one.Period, OneNumber: one.Of == release.Together, Back: releaseAddress(one.ID), Report: found.report, Bundle: zipAddress(one.ID),
		Files: fileLines(one, built.Built.Editions),
	}
	if page.Foreign, err = s.foreignIn(r, one); err != nil {
		return err
	}
	if one.By != actorOf(r).ID {
		form = form.With(web.DigestField, built.Built.Bundle)
		page.Confirm = &form
	}
	return s.show(w, r, status, web.Frame{
		Title: web.T("preview.title"), Section: releasesAddress,
		Trail: append(trailOf(one), web.Crumb{Label: web.PeriodName(one.Period), Href: releaseAddress(one.ID)}),
	}, page)
}

// confirmRelease publishes what somebody looked at.
func (s *site) confirmRelease(w http.ResponseWriter, r *http.Request) error {
	one, err := releaseIn(s.Set, r)
	if err != nil {
		return err
	}
	return s.submit(w, r, submission{
		give: func(form *web.Form, meta domain.Meta) (ledger.Receipt, error) {
			return s.publish(r, one.ID, form.Value(web.DigestField), nil, meta)
		},
		show: func(status int, refused web.Form) error { return s.showPreview(w, r, status, refused) },
		next: func(ledger.Receipt) string { return done(releaseAddress(one.ID), "release-published") },
	})
}

// releaseFile is one file of a release, as its readers get it.
func (s *site) releaseFile(w http.ResponseWriter, r *http.Request) error {
	_, bundle, err := s.bundleIn(r)
	if err != nil {
		return err
	}
	name := variable(r, "file")
	content, found := bundle.File(name)
	if !found {
		return errNoFile
	}
	return answerFile(w, name, content)
}

// releaseZip is all files of a release in one.
func (s *site) releaseZip(w http.ResponseWriter, r *http.Request) error {
	one, bundle, err := s.bundleIn(r)
	if err != nil {
		return err
	}
	w.Header().Set("ETag", `"`+bundle.Digest+`"`)
	return answerFile(w, one.Period.String()+".zip", bundle.Content)
}

// answerFile writes a file as it is. A document brings its own style and nothing else: its policy says so.
func answerFile(w http.ResponseWriter, name string, content []byte) error {
	header, kind := w.Header(), kindOfFile(name)
	header.Set("Content-Type", kind)
	header.Set("Content-Security-Policy", web.EditionPolicy()+"; frame-ancestors 'none'; sandbox")
	if !strings.HasPrefix(kind, "text/") && kind != "application/json" {
		header.Set("Content-Disposition", `attachment; filename="`+name[strings.LastIndexByte(name, '/')+1:]+`"`)
	}
	w.WriteHeader(http.StatusOK)
	_, _ = w.Write(content) // the caller left; there is nobody to tell
	return nil
}

// kindOfFile is the content type of a file of a release.
func kindOfFile(name string) string {
	switch name[strings.LastIndexByte(name, '.')+1:] {
	case "html":
		return "text/html; charset=utf-8"
	case "txt":
		return "text/plain; charset=utf-8"
	case "csv":
		return "text/csv; charset=utf-8; header=present"
	case "json":
		return "application/json"
	case "xlsx":
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	}
	return "application/zip"
}
