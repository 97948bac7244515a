package api

import (
	"net/http"

	"signaalboek/api/web"
	"signaalboek/domain/release"
)

// publishedPage is the releases that went out, with what proves their files.
func (s *site) publishedPage(w http.ResponseWriter, r *http.Request) error {
	page := web.AuditReleasesPage{Outside: s.Outside}
	for _, one := range s.Set.Releases.List(actorOf(r).Practice) {
		if !one.WentOut() {
			continue
		}
		line := web.AuditRelease{ReleaseLine: web.ReleaseLine{Release: one}}
		if one.Phase == release.IsPublished {
			line.Bundle = publishedAddress + "/" + one.ID.String() + "/alle-bestanden.zip"
		}
		page.Releases = append(page.Releases, line)
	}
	frame := web.Frame{Title: web.T("published.title"), Lead: web.T("published.lead"), Section: publishedAddress}
	return s.show(w, r, http.StatusOK, frame, page)
}

// publishedZip is all files of a release that is out. One that is not out yet looks like one that there is not.
func (s *site) publishedZip(w http.ResponseWriter, r *http.Request) error {
	one, err := releaseIn(s.Set, r)
	switch {
	case err != nil:
		return err
	case !one.WentOut():
		return release.ErrUnknown
	case one.Phase != release.IsPublished:
		return release.ErrWithdrawn
	}
	bundle, err := s.keptBundle(r.Context(), actorOf(r).Practice, one)
	if err != nil {
		return err
	}
	w.Header().Set("ETag", `"`+bundle.Digest+`"`)
	return answerFile(w, one.Period.String()+".zip", bundle.Content)
}
