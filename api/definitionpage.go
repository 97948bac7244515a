package api

import (
	"errors"
	"net/http"
	"strconv"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/ledger"
	"signaalboek/domain/practice"
	"signaalboek/domain/vocabulary"
)

const definitionsPath = "/codelijsten/cijfers"

// errFigureExists refuses to define a figure that has a definition as if it were new.
var errFigureExists = obstruct(http.StatusConflict, "figure-exists")

func (s *site) definitionPages() []route {
	return forCoordinators([]route{
		{"GET", definitionsPath, people, s.definitionsPage},
		{"POST", definitionsPath, people, s.defineFigure},
		{"GET", definitionsPath + "/{figure}", people, s.definitionPage},
		{"POST", definitionsPath + "/{figure}", people, s.redefineFigure},
	})
}

// beyond is a year after the first year of every definition: whoever asks for it gets each newest version.
const beyond = 9999

func (s *site) definitionsPage(w http.ResponseWriter, r *http.Request) error {
	form := web.NewForm(definitionsPath, newCommand()).
		With("version", "1").With("fromYear", strconv.Itoa(s.today().Year()))
	return s.showDefinitions(w, r, http.StatusOK, form)
}

func (s *site) showDefinitions(w http.ResponseWriter, r *http.Request, status int, form web.Form) error {
	book := s.book(r)
	page := web.DefinitionsPage{Define: web.NewDefinitionForm(book, form)}
	for _, newest := range book.Figures(beyond) {
		page.Figures = append(page.Figures, web.DefinitionLine{Figure: newest, Versions: len(book.FigureVersions(newest.Code))})
	}
	frame := web.Frame{
		Title: web.T("definitions.title"), Lead: web.T("definitions.lead"), Section: "/codelijsten", Trail: wordsTrail(),
	}
	return s.show(w, r, status, frame, page)
}

// defineFigure gives a new figure its first definition; one without a code gets the code that its name suggests.
func (s *site) defineFigure(w http.ResponseWriter, r *http.Request) error {
	form, err := s.readForm(w, r)
	if err != nil {
		return err
	}
	code := newFields(form).code("code")
	if code == "" {
		code = codeFrom(form.Value("label"))
	}
	define := s.defining(r, code)
	return s.submitForm(w, r, form, submission{
		give: func(form *web.Form, meta domain.Meta) (ledger.Receipt, error) {
			receipt, err := define(form, meta)
			if errors.Is(err, practice.ErrVersion) { // nobody gave a number: the figure is there already
				err = errFigureExists.at("/code").naming("figure", s.book(r).FigureVersions(code)[0].Label)
			}
			return receipt, err
		},
		show: func(status int, refused web.Form) error { return s.showDefinitions(w, r, status, refused) },
		next: definedAt(code),
	})
}

// defining reads the definition of a figure and gives it to the ledger.
func (s *site) defining(r *http.Request, code domain.Code) errand {
	return ordering(r, s.Ledger.Practices, ofPractice(r), func(fields *fields) practice.Command {
		return practice.DefineFigure{Figure: vocabulary.Figure{
			Code: code, Version: fields.number("version"), Label: fields.text("label"),
			Unit: vocabulary.Unit(fields.text("unit")), Only: fields.codes("only"), Without: fields.codes("without"),
			Where: readWhere(fields), FromYear: fields.number("fromYear"), Definition: fields.text("definition"),
		}}
	})
}

// readWhere reads which classes of people a figure counts; a trait of which none was chosen is not looked at.
func readWhere(fields *fields) []vocabulary.TraitIn {
	var where []vocabulary.TraitIn
	for _, trait := range vocabulary.Traits() {
		if classes := fields.codes(web.WhereName(trait)); len(classes) > 0 {
			where = append(where, vocabulary.TraitIn{Trait: trait, Classes: classes})
		}
	}
	return where
}

func definedAt(code domain.Code) func(ledger.Receipt) string {
	return func(ledger.Receipt) string { return done(definitionsPath+"/"+string(code), "figure") }
}

// definitionOf is the versions of the figure that the path names, with a form for the next one, filled as the newest.
func (s *site) definitionOf(r *http.Request) (web.DefinitionPage, error) {
	book, code := s.book(r), domain.Code(variable(r, "figure"))
	page := web.DefinitionPage{Versions: book.FigureVersions(code)}
	if len(page.Versions) == 0 {
		return page, errNoSuchThing
	}
	newest := page.Newest()
	form := web.NewForm(definitionsPath+"/"+string(code), newCommand()).
		With("version", strconv.Itoa(newest.Version+1)).With("label", newest.Label).With("unit", string(newest.Unit)).
		With("only", texts(newest.Only)...).With("without", texts(newest.Without)...).
		With("fromYear", strconv.Itoa(max(s.today().Year(), newest.FromYear))).With("definition", newest.Definition)
	for _, where := range newest.Where {
		form = form.With(web.WhereName(where.Trait), texts(where.Classes)...)
	}
	form.Revision = revisionText(s.Set.Words.Revision(actorOf(r).Practice))
	page.Next = web.NewDefinitionForm(book, form)
	return page, nil
}

func (s *site) definitionPage(w http.ResponseWriter, r *http.Request) error {
	page, err := s.definitionOf(r)
	if err != nil {
		return err
	}
	return s.showDefinition(w, r, http.StatusOK, page)
}

func (s *site) showDefinition(w http.ResponseWriter, r *http.Request, status int, page web.DefinitionPage) error {
	frame := web.Frame{
		Title: page.Newest().Label, Section: "/codelijsten",
		Trail: wordsTrail(web.Crumb{Label: web.T("definitions.title"), Href: definitionsPath}),
	}
	return s.show(w, r, status, frame, page)
}

// redefineFigure gives a figure the next version of its definition: a break in the series.
func (s *site) redefineFigure(w http.ResponseWriter, r *http.Request) error {
	page, err := s.definitionOf(r)
	if err != nil {
		return err
	}
	code := page.Newest().Code
	return s.submit(w, r, submission{
		give: s.defining(r, code),
		show: func(status int, refused web.Form) error {
			page.Next.Form = refused
			return s.showDefinition(w, r, status, page)
		},
		next: definedAt(code),
	})
}
