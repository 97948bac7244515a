package api

import (
	"net/http"
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/practice"
)

// practiceCalls is what can be asked and said of the practice of whoever asks: its words, forums and figures.
func (s *site) practiceCalls() []route {
	return slices.Concat(
		forCoordinators(commands(s, s.Ledger.Practices, practiceVerbs...)),
		s.questions(
			question{"/practice", readPractice},
			question{"/practice/lists", listLists},
			question{"/practice/lists/{list}", listTerms},
			question{"/practice/crosswalks", listCrosswalks},
		),
	)
}

var practiceVerbs = []verb[practice.Command]{
	{path: "/practice/open", command: practice.Open{}, stream: ofPractice},
	{path: "/practice/add-term", command: practice.AddTerm{}, stream: ofPractice},
	{path: "/practice/relabel-term", command: practice.RelabelTerm{}, stream: ofPractice, match: always},
	{path: "/practice/retire-term", command: practice.RetireTerm{}, stream: ofPractice},
	{path: "/practice/register-forum", command: practice.RegisterForum{}, stream: ofPractice},
	{path: "/practice/change-forum", command: practice.ChangeForum{}, stream: ofPractice, match: always},
	{path: "/practice/retire-forum", command: practice.RetireForum{}, stream: ofPractice},
	{path: "/practice/set-crosswalk", command: practice.SetCrosswalk{}, stream: ofPractice},
	{path: "/practice/define-figure", command: practice.DefineFigure{}, stream: ofPractice},
	{path: "/practice/close-year", command: practice.CloseYear{}, stream: ofPractice, count: (*site).countYear},
}

// ofPractice is the stream of the practice of whoever asks.
func ofPractice(r *http.Request) domain.StreamID { return practice.StreamOf(actorOf(r).Practice) }

func readPractice(a *asked) (answer, error) {
	name, ok := a.set.Words.Practice(a.practice)
	if !ok {
		return answer{}, errNoSuchThing
	}
	return found(name, a.set.Words.Revision(a.practice))
}

// listOf is one code list, without its terms.
type listOf struct {
	List  domain.Code
	Terms int
}

func listLists(a *asked) (answer, error) {
	book := a.set.Words.Book(a.practice)
	lists := []listOf{}
	for _, code := range book.Lists() {
		lists = append(lists, listOf{code, len(book.Terms(code))})
	}
	return answer{rows: lists}, nil
}

func listTerms(a *asked) (answer, error) {
	book, list := a.set.Words.Book(a.practice), domain.Code(variable(a.r, "list"))
	if !slices.Contains(book.Lists(), list) {
		return answer{}, errNoSuchThing
	}
	return answer{rows: book.Terms(list)}, nil
}

func listCrosswalks(a *asked) (answer, error) {
	return answer{rows: a.set.Words.Book(a.practice).Crosswalks()}, nil
}
