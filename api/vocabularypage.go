package api

import (
	"net/http"
	"strings"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/ledger"
	"signaalboek/domain/practice"
	"signaalboek/domain/vocabulary"
)

func (s *site) vocabularyPages() []route {
	return forCoordinators([]route{
		{"GET", "/codelijsten", people, s.vocabularyPage},
		{"GET", "/codelijsten/{list}", people, s.codeListPage},
		{"POST", "/codelijsten/{list}/toevoegen", people, s.addTerm},
		{"POST", "/codelijsten/{list}/hernoemen", people, s.relabelTerm},
		{"POST", "/codelijsten/{list}/intrekken", people, s.retireTerm},
		{"POST", "/codelijsten/{list}/terugzetten", people, s.bringBackTerm},
	})
}

// vocabularyPage is all words of the practice.
func (s *site) vocabularyPage(w http.ResponseWriter, r *http.Request) error {
	book := s.Set.Words.Book(actorOf(r).Practice)
	page := web.VocabularyPage{}
	for _, list := range book.Lists() {
		offered := len(book.Offered(list))
		page.Lists = append(page.Lists, web.ListLine{Code: list, Offered: offered, Retired: len(book.Terms(list)) - offered})
	}
	frame := web.Frame{Title: web.T("vocabulary.title"), Lead: web.T("vocabulary.lead"), Section: "/codelijsten"}
	return s.show(w, r, http.StatusOK, frame, page)
}

func listAddress(list domain.Code) string { return "/codelijsten/" + string(list) }

// codeListOf is the list that the path names, with an empty form for all that can be changed in it.
func (s *site) codeListOf(r *http.Request) (web.CodeListPage, error) {
	list := domain.Code(variable(r, "list"))
	terms := s.Set.Words.Book(actorOf(r).Practice).Terms(list)
	page := web.CodeListPage{List: list, Add: web.NewForm(listAddress(list)+"/toevoegen", newCommand())}
	if len(terms) == 0 {
		return page, errNoSuchThing
	}
	revision := revisionText(s.Set.Words.Revision(actorOf(r).Practice))
	for _, term := range terms {
		page.Terms = append(page.Terms, termLine(list, term, revision))
	}
	return page, nil
}

// termLine is a term with the forms for what can be done about it: called otherwise or retired; a retired one comes back.
func termLine(list domain.Code, term vocabulary.Term, revision string) web.TermLine {
	about := func(what string) *web.Form {
		form := web.NewForm(listAddress(list)+"/"+what, newCommand()).With("code", string(term.Code))
		return &form
	}
	if term.Retired {
		back := about("terugzetten").With("term/label", term.Label).With("term/core", string(term.Core))
		return web.TermLine{Term: term, Back: &back}
	}
	relabel := about("hernoemen").With("label", term.Label)
	relabel.Revision = revision
	return web.TermLine{Term: term, Relabel: &relabel, Retire: about("intrekken")}
}

func (s *site) codeListPage(w http.ResponseWriter, r *http.Request) error {
	page, err := s.codeListOf(r)
	if err != nil {
		return err
	}
	return s.showCodeList(w, r, http.StatusOK, page)
}

func (s *site) showCodeList(w http.ResponseWriter, r *http.Request, status int, page web.CodeListPage) error {
	frame := web.Frame{
		Title: web.Word("list", page.List), Section: "/codelijsten",
		Trail: []web.Crumb{{Label: web.T("vocabulary.title"), Href: "/codelijsten"}},
	}
	return s.show(w, r, status, frame, page)
}

// addTerm adds a code to a list.
func (s *site) addTerm(w http.ResponseWriter, r *http.Request) error {
	return s.aboutList(w, r, "term",
		func(list domain.Code, fields *fields) practice.Command {
			return practice.AddTerm{List: list, Term: readTerm(fields)}
		},
		func(page *web.CodeListPage, refused web.Form) { page.Add = refused },
	)
}

// readTerm reads a term; one without a code gets the code that its label suggests.
func readTerm(fields *fields) vocabulary.Term {
	term := vocabulary.Term{
		Code: fields.code("term/code"), Label: fields.text("term/label"), Aliases: fields.lines("term/aliases"),
		Core: fields.code("term/core"), Remark: fields.text("term/remark"),
	}
	if term.Code == "" {
		term.Code = codeFrom(term.Label)
	}
	return term
}

// relabelTerm calls a code otherwise, or adds spellings by which it is found.
func (s *site) relabelTerm(w http.ResponseWriter, r *http.Request) error {
	return s.aboutList(w, r, "relabelled",
		func(list domain.Code, fields *fields) practice.Command {
			return practice.RelabelTerm{
				List: list, Code: fields.code("code"), Label: fields.text("label"), Aliases: fields.lines("aliases"),
			}
		},
		func(page *web.CodeListPage, refused web.Form) {
			placeTerm(page, refused, func(line *web.TermLine) { line.Relabel = &refused })
		},
	)
}

// retireTerm stops offering a code.
func (s *site) retireTerm(w http.ResponseWriter, r *http.Request) error {
	return s.aboutList(w, r, "retired",
		func(list domain.Code, fields *fields) practice.Command {
			return practice.RetireTerm{List: list, Code: fields.code("code")}
		},
		func(page *web.CodeListPage, refused web.Form) {
			placeTerm(page, refused, func(line *web.TermLine) { line.Retire = &refused })
		},
	)
}

// bringBackTerm offers a retired code again, with the remark that it had.
func (s *site) bringBackTerm(w http.ResponseWriter, r *http.Request) error {
	book := s.book(r)
	return s.aboutList(w, r, "back",
		func(list domain.Code, fields *fields) practice.Command {
			term, _ := book.Term(list, fields.code("code"))
			return practice.AddTerm{List: list, Term: vocabulary.Term{
				Code: fields.code("code"), Label: fields.text("term/label"), Core: fields.code("term/core"), Remark: term.Remark,
			}}
		},
		func(page *web.CodeListPage, refused web.Form) {
			placeTerm(page, refused, func(line *web.TermLine) { line.Back = &refused })
		},
	)
}

func placeTerm(page *web.CodeListPage, refused web.Form, place func(*web.TermLine)) {
	for i := range page.Terms {
		if string(page.Terms[i].Code) == refused.Value("code") {
			place(&page.Terms[i])
		}
	}
}

// aboutList gives a command about a code list; refused, its form stands on the list's page as it was left.
func (s *site) aboutList(
	w http.ResponseWriter, r *http.Request, what string,
	read func(domain.Code, *fields) practice.Command, place func(*web.CodeListPage, web.Form),
) error {
	page, err := s.codeListOf(r)
	if err != nil {
		return err
	}
	return s.submit(w, r, submission{
		give: ordering(r, s.Ledger.Practices, ofPractice(r), func(fields *fields) practice.Command {
			return read(page.List, fields)
		}),
		show: func(status int, refused web.Form) error {
			place(&page, refused)
			return s.showCodeList(w, r, status, page)
		},
		next: func(ledger.Receipt) string { return done(listAddress(page.List), what) },
	})
}

// codeFrom is a code made of a label: small letters without accents, digits, and dashes between words.
func codeFrom(label string) domain.Code {
	words := strings.FieldsFunc(vocabulary.Fold(label), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	return domain.Code(strings.Join(words, "-"))
}
