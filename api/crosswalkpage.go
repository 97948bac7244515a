package api

import (
	"cmp"
	"net/http"
	"slices"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/ledger"
	"signaalboek/domain/practice"
	"signaalboek/domain/vocabulary"
)

const crosswalksPath = "/codelijsten/indeling"

func (s *site) crosswalkPages() []route {
	return forCoordinators([]route{
		{"GET", crosswalksPath, people, s.crosswalksPage},
		{"GET", crosswalksPath + "/{from}/{to}", people, s.crosswalkPage},
		{"POST", crosswalksPath + "/{from}/{to}", people, s.setCrosswalk},
	})
}

// crosswalksPage lists which lists are reported in the groups of which; asked for two lists, it leads to theirs.
func (s *site) crosswalksPage(w http.ResponseWriter, r *http.Request) error {
	book, form := s.book(r), filterForm(r)
	from, to := domain.Code(form.Value("from")), domain.Code(form.Value("to"))
	if from != "" && to != "" {
		if canCross(book, from, to) {
			http.Redirect(w, r, crosswalkAddress(from, to), http.StatusSeeOther)
			return nil
		}
		form = form.Refused("/to", web.RefusalSentence(practice.ErrCrosswalk, book))
	}
	page := web.CrosswalksPage{Choose: form}
	for _, list := range book.Lists() {
		page.Lists = append(page.Lists, web.Option{Value: string(list), Label: web.Word("list", list)})
	}
	for _, one := range book.Crosswalks() {
		page.Add(one.From, one.To)
	}
	frame := web.Frame{
		Title: web.T("crosswalks.title"), Lead: web.T("crosswalks.lead"), Section: "/codelijsten", Trail: wordsTrail(),
	}
	return s.show(w, r, http.StatusOK, frame, page)
}

// canCross reports whether a list can be reported in the groups of another.
func canCross(book vocabulary.Book, from, to domain.Code) bool {
	return from != to && len(book.Terms(from)) > 0 && len(book.Terms(to)) > 0
}

func crosswalkAddress(from, to domain.Code) string {
	return crosswalksPath + "/" + string(from) + "/" + string(to)
}

// crosswalkOf is the two lists that the path names: how one was reported in the other, newest first, and a form with the
// newest as it stands.
func (s *site) crosswalkOf(r *http.Request) (web.CrosswalkPage, error) {
	book := s.book(r)
	page := web.CrosswalkPage{From: domain.Code(variable(r, "from")), To: domain.Code(variable(r, "to")), Today: s.today()}
	if !canCross(book, page.From, page.To) {
		return page, errNoSuchThing
	}
	for _, one := range book.Crosswalks() {
		if one.From == page.From && one.To == page.To {
			page.Versions = append(page.Versions, one)
		}
	}
	slices.SortFunc(page.Versions, func(a, b vocabulary.Crosswalk) int { return cmp.Compare(b.Since, a.Since) })
	page.Form = web.NewForm(crosswalkAddress(page.From, page.To), newCommand()).With("since", page.Today.String())
	if len(page.Versions) > 0 {
		for _, pair := range page.Versions[0].Pairs {
			page.Form = page.Form.With(web.GroupField(pair.From), string(pair.To))
		}
	}
	page.Terms, page.Groups = book.Terms(page.From), web.OptionsOf(book.Terms(page.To))
	return page, nil
}

func (s *site) crosswalkPage(w http.ResponseWriter, r *http.Request) error {
	page, err := s.crosswalkOf(r)
	if err != nil {
		return err
	}
	return s.showCrosswalk(w, r, http.StatusOK, page)
}

func (s *site) showCrosswalk(w http.ResponseWriter, r *http.Request, status int, page web.CrosswalkPage) error {
	frame := web.Frame{
		Title: page.Title(), Section: "/codelijsten",
		Trail: wordsTrail(web.Crumb{Label: web.T("crosswalks.title"), Href: crosswalksPath}),
	}
	return s.show(w, r, status, frame, page)
}

// setCrosswalk reports one list in the groups of the other from a day on.
func (s *site) setCrosswalk(w http.ResponseWriter, r *http.Request) error {
	page, err := s.crosswalkOf(r)
	if err != nil {
		return err
	}
	return s.submit(w, r, submission{
		give: ordering(r, s.Ledger.Practices, ofPractice(r), func(fields *fields) practice.Command {
			return practice.SetCrosswalk{Crosswalk: vocabulary.Crosswalk{
				From: page.From, To: page.To, Since: fields.day("since"), Pairs: readPairs(fields, page.Terms),
			}}
		}),
		show: func(status int, refused web.Form) error {
			page.Form = refused
			return s.showCrosswalk(w, r, status, page)
		},
		next: func(ledger.Receipt) string { return done(crosswalkAddress(page.From, page.To), "crosswalk") },
	})
}

// readPairs is the terms that lead to a group, in the order of their list.
func readPairs(fields *fields, terms []vocabulary.Term) []vocabulary.Pair {
	var pairs []vocabulary.Pair
	for _, term := range terms {
		if group := fields.code(web.GroupField(term.Code)); group != "" {
			pairs = append(pairs, vocabulary.Pair{From: term.Code, To: group})
		}
	}
	return pairs
}
