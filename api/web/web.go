// Package web is what people see: the pages, their texts, their style and their charts. It decides nothing and knows no
// request; a handler of package api gives it a View and a place to write.
//
//	View = Frame (title, practice, where we are) + Body (what one page shows)
//	Body  → pages/<name>.html, inside pages/layout.html, with the pieces of pages/parts.html and pages/charts.html
//	*text.go    every Dutch sentence, by key, in the file of its noun; templates say {{t "key"}}
//	form.go     a form that stays filled when the domain says no
//	static.go   style, script and pictures, under addresses that change when they do
//	editions.go documents of a release: whole files that leave the practice, from editions/<name>.html
//
// To add a page: a struct beside the others with a method page, pages/<name>.html that defines "main", an entry in
// bodies, and its sentences in <noun>text.go. A test renders every body with nothing, one and many of everything, with markup
// in every text, and finds sentences that are missing or not used.
package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"

	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// Body is what one page shows. Its type decides the template.
type Body interface {
	page() string // the file in pages/, without .html
}

// Frame is what all pages share.
type Frame struct {
	Title    string // the one H1
	Lead     string // a sentence below it; may be empty
	Section  string // address of the entry of the navigation that this page belongs to
	Trail    []Crumb
	Alerts   []Alert
	Practice string // how it is called
	Public   bool   // nothing on it is about a practice: it may be passed on
	Demo     bool   // everything in it is invented
	Book     vocabulary.Book

	Coordinator bool // whoever asked is one, and may change what everybody works with
	Auditor     bool // whoever asked is one, and sees the history with nobody in it
}

// Crumb is one step on the way from the start page to this one.
type Crumb struct {
	Label string
	Href  string
}

// Tone is how an alert block looks; its title says the same in words.
type Tone string

// The tones.
const (
	Done    Tone = "done"    // it is recorded
	Note    Tone = "note"    // good to know
	Warning Tone = "warning" // look out
)

// Alert is a block with a title, at the top of a page.
type Alert struct {
	Tone  Tone
	Title string
	Text  string
	Href  string // where to go on; may be empty
	Link  string // what that is called
}

// View is a page, ready to be rendered: the dot of every template.
type View struct {
	Frame
	Body Body
}

// Label is how a code of a list of the practice is called.
func (v View) Label(list string, code domain.Code) string {
	return v.Book.Label(domain.Code(list), code)
}

// Labels is how several codes of a list are called, in one sentence.
func (v View) Labels(list string, codes []domain.Code) string {
	labels := make([]string, len(codes))
	for i, code := range codes {
		labels[i] = v.Label(list, code)
	}
	return strings.Join(labels, ", ")
}

// Forum is how a forum is called.
func (v View) Forum(code domain.Code) string { return v.Book.ForumLabel(code) }

// bodies is one of every page: the site map of package web.
var bodies = []Body{
	ErrorPage{}, SignInPage{}, TextPage{}, KeysPage{}, SubtractionPage{},
	StartPage{},
	ContactsPage{}, ContactFormPage{}, ContactPage{}, ConcernPage{},
	SessionsPage{}, SessionFormPage{}, SessionPage{},
	FocusgroepPage{}, MeetingPage{}, ThemesPage{},
	FiguresPage{}, CloseYearPage{},
	VocabularyPage{}, CodeListPage{}, ForumListPage{}, ForumEntryPage{}, CrosswalksPage{}, CrosswalkPage{},
	DefinitionsPage{}, DefinitionPage{}, CardsPage{}, CardPage{}, MergePage{},
	SignalsPage{}, SignalFormPage{}, SignalPage{},
	RecommendationsPage{}, RecommendationFormPage{}, RecommendationPage{},
	ForumsPage{}, ForumPage{}, DebtPage{}, ReferralsPage{}, ReferralFormPage{},
	OverviewPage{}, SearchPage{}, DraftsPage{}, DraftPage{}, ErasePage{},
	ForeignPage{}, ForeignFormPage{},
	AuditPage{}, HistoryPage{}, EventProofPage{}, CheckpointsPage{}, VerificationsPage{}, AuditReleasesPage{},
	ReleasesPage{}, ReleasePage{}, WordingPage{}, PreviewPage{},
}

//go:embed pages/*.html
var pageFiles embed.FS

var templates = parse(pageFiles)

// parse reads every page once, at start: a template with a mistake never gets as far as a visitor.
func parse(files fs.FS) map[string]*template.Template {
	shared := template.Must(template.New("").Funcs(functions).ParseFS(files,
		"pages/layout.html", "pages/parts.html", "pages/charts.html", "pages/pursuit.html"))
	parsed := map[string]*template.Template{}
	for _, file := range names(files) {
		switch name := strings.TrimSuffix(path.Base(file), ".html"); name {
		case "layout", "parts", "charts", "pursuit":
		default:
			parsed[name] = template.Must(template.Must(shared.Clone()).ParseFS(files, file))
		}
	}
	return parsed
}

func names(files fs.FS) []string {
	found, err := fs.Glob(files, "pages/*.html")
	if err != nil {
		panic(err) // the pattern above is wrong
	}
	return found
}

// Render writes a page with a status. It renders into memory first: what goes wrong leaves no half page behind, and the
// caller can still answer otherwise.
func Render(w http.ResponseWriter, status int, view View) error {
	page, err := render(view)
	if err != nil {
		return err
	}
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Length", strconv.Itoa(len(page)))
	w.WriteHeader(status)
	_, err = w.Write(page)
	return err
}

func render(view View) ([]byte, error) {
	name := view.Body.page()
	var page bytes.Buffer
	if err := templates[name].ExecuteTemplate(&page, "layout", view); err != nil {
		return nil, fmt.Errorf("render page %s: %w", name, err)
	}
	return page.Bytes(), nil
}
