package outside

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"

	"signaalboek/domain"
	"signaalboek/domain/release"
)

// view is a page, ready to be rendered.
type view struct {
	Title string // the one H1
	Lead  string
	Up    string // address of the page above; none: there is none
	Demo  bool
	Body  any
}

//go:embed pages/*.html static/outside.css
var files embed.FS

// styleAddress is where the style of the pages is.
const styleAddress = "/stijl.css"

var styleSheet = must(files.ReadFile("static/outside.css"))

var templates = parse("home", "practice", "release", "refusal")

func must[T any](value T, err error) T {
	if err != nil {
		panic(err) // what is compiled in cannot be read
	}
	return value
}

func parse(names ...string) map[string]*template.Template {
	shared := template.Must(template.New("").Funcs(template.FuncMap{
		"t": text, "period": periodText, "date": dateText, "file": fileText, "number": numberText, "style": func() string { return styleAddress },
	}).ParseFS(files, "pages/layout.html"))
	parsed := map[string]*template.Template{}
	for _, name := range names {
		parsed[name] = template.Must(template.Must(shared.Clone()).ParseFS(files, "pages/"+name+".html"))
	}
	return parsed
}

// page renders a page.
func (s *Site) page(name string, v view) (answer, error) {
	v.Demo = s.Demo
	var page bytes.Buffer
	if err := templates[name].ExecuteTemplate(&page, "layout", v); err != nil {
		return answer{}, fmt.Errorf("outside: render page %s: %w", name, err)
	}
	return answer{kind: kinds[".html"], body: page.Bytes()}, nil
}

func style(*asked) (answer, error) {
	return answer{kind: "text/css; charset=utf-8", body: styleSheet}, nil
}

func (s *Site) home(*asked) (answer, error) {
	return s.page("home", view{Title: text("home"), Lead: text("home.lead"), Body: s.Library.Practices()})
}

// practiceBody is the releases of one practice.
type practiceBody struct {
	Practice
	Releases []Release
}

// practice lists the releases of a practice; as of a moment it is the page of the latest.
func (s *Site) practice(a *asked) (answer, error) {
	practice, releases, err := s.shown(a)
	if err != nil {
		return answer{}, err
	}
	if !a.moment.IsZero() {
		return s.releasePage(practice, releases[0])
	}
	return s.page("practice", view{Title: practice.Name, Lead: practice.text("practice.lead"), Up: "/", Body: practiceBody{practice, releases}})
}

// releaseBody is one release.
type releaseBody struct {
	Practice
	Release
}

// readers is whom editions are for, in the order of the page: residents first, for it is about them.
var readers = []release.Edition{release.Residents, release.Council, release.Partners}

// About is what the release is, in words.
func (b releaseBody) About() string { return b.text("release.frozen") }

// ForSome reports whether it has documents that are each for other readers.
func (b releaseBody) ForSome() bool { return len(b.Editions) > 1 }

// ByReader is the editions in the order of the page.
func (b releaseBody) ByReader() (all []release.EditionFiles) {
	for _, reader := range readers {
		for _, edition := range b.Editions {
			if edition.Edition == reader {
				all = append(all, edition)
			}
		}
	}
	return all
}

// Words is the words of the root that the proof promises, as they are read out.
func (b releaseBody) Words() string { return strings.Join(b.Proof.Words, " ") }

// Saved is what the release with its proof is saved as.
func (b releaseBody) Saved() string { return provenName(b.Practice, b.Release) }

func (s *Site) release(a *asked) (answer, error) {
	practice, of, err := s.released(a)
	if err != nil {
		return answer{}, err
	}
	return s.releasePage(practice, of)
}

func (s *Site) releasePage(practice Practice, of Release) (answer, error) {
	return s.page("release", view{
		Title: periodText(of.Period), Lead: practice.Name, Up: "/" + string(practice.ID), Body: releaseBody{practice, of},
	})
}

// releaseList is the releases of a practice for programs, the last published first.
type releaseList struct {
	Practice
	Releases []Release `json:"releases"`
}

func (s *Site) list(a *asked) (answer, error) {
	practice, releases, err := s.shown(a)
	if err != nil {
		return answer{}, err
	}
	body, err := json.Marshal(releaseList{practice, releases})
	if err != nil {
		return answer{}, fmt.Errorf("outside: write the list of %s: %w", practice.ID, err)
	}
	return answer{kind: kinds[".json"], body: body}, nil
}

func newestFirst(releases []Release) []Release {
	releases = slices.Clone(releases)
	slices.Reverse(releases)
	return releases
}

// dateText writes a day as people do here: 05/03/2027.
func dateText(day domain.Date) string { return day.Time().Format("02/01/2006") }
