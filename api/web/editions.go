package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"

	"signaalboek/domain"
	"signaalboek/domain/proof"
	"signaalboek/domain/release"
	"signaalboek/domain/vocabulary"
	"signaalboek/projections"
)

// Printing is what the documents of a release are printed with, beside what they say. Each is one file of HTML that holds
// its own style and drawings, has no script and asks nothing of anybody, so that it reads the same wherever it is kept. The
// same edition, book and texts give the same bytes: what is previewed is what is published.
//
//	projections.Editions → a sheet: every sentence in Dutch, every text opened → editions/<name>.html → bytes
type Printing struct {
	Book vocabulary.Book
	Open func(domain.Sealed) (string, error) // an error of it ends the printing: a document says all or is not made
	Demo bool                                // everything in it is invented

	// Counted is the tree of all that stood in the log when this was counted: every document bears its root. It has no
	// origin; size 0: there is none, and nothing is borne.
	Counted proof.Checkpoint
}

//go:embed editions
var editionFiles embed.FS

// editionStyle is the style that stands in every document.
var editionStyle = string(mustReadEdition("print.css"))

var editionTemplates = parseEditions("council", "residents", "partners")

func mustReadEdition(name string) []byte {
	body, err := editionFiles.ReadFile("editions/" + name)
	if err != nil {
		panic(err) // what is compiled in cannot be read
	}
	return body
}

func parseEditions(of ...string) map[string]*template.Template {
	shared := template.New("").Funcs(functions).Funcs(template.FuncMap{
		"style":  func() template.CSS { return template.CSS(editionStyle) },
		"policy": EditionPolicy,
	})
	template.Must(shared.ParseFS(editionFiles, "editions/layout.html", "editions/charts.html", "editions/parts.html"))
	parsed := map[string]*template.Template{}
	for _, name := range of {
		parsed[name] = template.Must(template.Must(shared.Clone()).ParseFS(editionFiles, "editions/"+name+".html"))
	}
	return parsed
}

// EditionPolicy is the content security policy of a document: its own style, and nothing else. It stands in each; whoever
// serves one may say it too.
func EditionPolicy() string {
	digest := sha256.Sum256([]byte(editionStyle))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(digest[:]) +
		"'; base-uri 'none'; form-action 'none'"
}

// Council prints the edition for the council.
func (p Printing) Council(edition projections.CouncilEdition) ([]byte, error) {
	return p.print("council", edition.Period, func(s *sheets) any { return s.council(edition) })
}

// Residents prints the edition for residents: one sheet of A4, as long as the coordinator's own sentences leave room.
func (p Printing) Residents(edition projections.ResidentsEdition) ([]byte, error) {
	return p.print("residents", edition.Period, func(s *sheets) any { return s.residents(edition) })
}

// Partners prints the edition for the partners in one forum.
func (p Printing) Partners(edition projections.PartnerEdition) ([]byte, error) {
	return p.print("partners", edition.Period, func(s *sheets) any { return s.partners(edition) })
}

// print fills the sheet of an edition about a period, and renders it when every text in it could be opened.
func (p Printing) print(edition string, about release.Period, fill func(*sheets) any) ([]byte, error) {
	s := &sheets{Printing: p, period: about}
	sheet := fill(s)
	if s.err != nil {
		return nil, fmt.Errorf("print edition %s: %w", edition, s.err)
	}
	var document bytes.Buffer
	if err := editionTemplates[edition].ExecuteTemplate(&document, "edition", sheet); err != nil {
		return nil, fmt.Errorf("print edition %s: %w", edition, err)
	}
	return document.Bytes(), nil
}

// sheets turns what an edition says into what is printed of it. The first text that cannot be opened is kept: see print.
type sheets struct {
	Printing
	period release.Period // what the edition is about
	err    error
}

// say is a text in the clear.
func (s *sheets) say(text domain.Sealed) string {
	if s.err != nil || text.IsZero() {
		return ""
	}
	said, err := s.Open(text)
	s.err = err
	return said
}

// editionHead is the top of every document, and what the coordinator says in it.
type editionHead struct {
	Edition  release.Edition
	Title    string
	Kicker   string // for whom it is
	Practice string
	Period   string
	Demo     bool
	Mark     *historyMark // nil: none

	voices map[release.Place]string
}

// Voice is what the coordinator says in one place; nothing, if nothing is said there.
func (h editionHead) Voice(place string) string { return h.voices[release.Place(place)] }

func (s *sheets) head(edition release.Edition, head projections.EditionHead, title, kicker string) editionHead {
	printed := editionHead{
		Edition: edition, Title: title, Kicker: kicker, Practice: head.Practice, Period: Period(head.Period), Demo: s.Demo,
		Mark: s.mark(), voices: map[release.Place]string{},
	}
	for _, sentence := range head.Sentences {
		printed.voices[sentence.Place] = s.say(sentence.Text)
	}
	return printed
}

// Period says what a release is about: "eerste helft 2026", "heel 2026".
func Period(p release.Period) string {
	if p.Part == release.FirstHalf {
		return T("half.first", p.Year)
	}
	return T("edition.whole-year", p.Year)
}

// HalfYear says when something was, as near as an edition does: "eerste helft 2026", or the year alone.
func HalfYear(h projections.HalfYear) string {
	switch h.Half {
	case 1:
		return T("half.first", h.Year)
	case 2:
		return T("half.second", h.Year)
	}
	return h.String()
}

func (s *sheets) labels(list domain.Code, codes []domain.Code) []string {
	labels := make([]string, len(codes))
	for i, code := range codes {
		labels[i] = s.Book.Label(list, code)
	}
	return labels
}
