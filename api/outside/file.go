package outside

import (
	"fmt"
	"path"
	"strings"

	"github.com/gorilla/mux"

	"signaalboek/domain"
	"signaalboek/domain/release"
)

// fileCaching lets caches keep a file, which never changes, for a day: the time within which a text that is erased must
// be gone.
const fileCaching = "public, max-age=86400, immutable"

// documentPolicy lets a document use the style in it, and nothing else: it has no script, form or picture of elsewhere.
const documentPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; " +
	"frame-ancestors 'none'; sandbox"

// kinds is content types by extension; those of the machine would differ.
var kinds = map[string]string{
	".html": "text/html; charset=utf-8",
	".csv":  "text/csv; charset=utf-8; header=present",
	".txt":  "text/plain; charset=utf-8",
	".json": "application/json",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".zip":  "application/zip",
}

// file answers one file of a release.
func (s *Site) file(a *asked) (answer, error) {
	practice, of, err := s.released(a)
	if err != nil {
		return answer{}, err
	}
	file, found := of.file(mux.Vars(a.Request)["file"])
	if !found {
		return answer{}, errAbsent
	}
	files, err := s.opened(a, practice, of)
	if err != nil {
		return answer{}, err
	}
	return frozen(file.Name, path.Base(file.Name), files.Named[file.Name], file.Digest), nil
}

// bundle answers all files of a release, in one.
func (s *Site) bundle(a *asked) (answer, error) {
	practice, of, err := s.released(a)
	if err != nil {
		return answer{}, err
	}
	files, err := s.opened(a, practice, of)
	if err != nil {
		return answer{}, err
	}
	name := fmt.Sprintf("%s-%s.zip", practice.ID, of.Period)
	return frozen(name, name, files.Bundle, of.Bundle), nil
}

// provenZip ends the address, and the name, of a release with its proof.
const provenZip = "-proof.zip"

// proven answers all files of a release with what proves them, in one.
func (s *Site) proven(a *asked) (answer, error) {
	practice, of, err := s.released(a)
	if err != nil {
		return answer{}, err
	}
	if of.Proof == nil {
		return answer{}, errAbsent
	}
	files, err := s.opened(a, practice, of)
	if err != nil {
		return answer{}, err
	}
	name := provenName(practice, of)
	return frozen(name, name, files.Proven, of.Proof.Bundle), nil
}

// provenName is what a release with its proof is saved as.
func provenName(practice Practice, of Release) string {
	return fmt.Sprintf("%s-%s%s", practice.ID, of.Period, provenZip)
}

// opened is the files of a release that is shown.
func (s *Site) opened(a *asked, practice Practice, of Release) (Files, error) {
	if of.Withdrawn != "" {
		return Files{}, errGone
	}
	return s.shelf.files(a.Context(), practice.ID, of)
}

func (r Release) file(name string) (release.File, bool) {
	for _, edition := range r.Editions {
		for _, file := range edition.Files {
			if file.Name == name {
				return file, true
			}
		}
	}
	return release.File{}, false
}

// frozen is the answer that is a file. Documents are shown, all else is saved.
func frozen(name, saved string, content []byte, digest string) answer {
	kind, known := kinds[path.Ext(name)]
	if !known {
		kind = "application/octet-stream"
	}
	header := map[string]string{"Cache-Control": fileCaching, "Content-Disposition": `attachment; filename="` + saved + `"`}
	if path.Ext(name) == ".html" {
		header["Content-Security-Policy"] = documentPolicy
		header["Content-Disposition"] = "inline"
	}
	return answer{kind: kind, body: content, digest: digest, header: header}
}

// digests answers the digests of a release, in the form that sha256sum --check reads. They stay when the files are gone.
func (s *Site) digests(a *asked) (answer, error) {
	_, of, err := s.released(a)
	if err != nil {
		return answer{}, err
	}
	var lines strings.Builder
	for _, edition := range of.Editions {
		for _, file := range edition.Files {
			fmt.Fprintf(&lines, "%s  %s\n", file.Digest, file.Name)
		}
	}
	return answer{kind: kinds[".txt"], body: []byte(lines.String()), digest: domain.DigestOf([]byte(lines.String()))}, nil
}
