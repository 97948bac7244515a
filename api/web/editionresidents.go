package web

import (
	"strings"
	"unicode/utf8"

	"signaalboek/domain/release"
	"signaalboek/domain/vocabulary"
	"signaalboek/projections"
)

// residentsSheet is what is printed of the edition for residents.
type residentsSheet struct {
	editionHead
	Size    string // of the type: what there is to say decides how large
	Themes  []string
	Heard   []string
	Decided []answerSheet
	Next    []promiseSheet
	Waiting []waitSheet
	More    bool
}

// answerSheet is what was decided about something, and why.
type answerSheet struct {
	About string
	stepSheet
}

// waitSheet is something about which a forum still owes an answer.
type waitSheet struct {
	About string
	Forum string
}

func (s *sheets) residents(edition projections.ResidentsEdition) residentsSheet {
	sheet := residentsSheet{
		editionHead: s.head(release.Residents, edition.EditionHead, T("edition.residents.title"), T("edition.residents")),
		Next:        s.promises(edition.Next), More: edition.More,
	}
	for _, theme := range edition.Themes {
		sheet.Themes = append(sheet.Themes, s.Book.Label(vocabulary.Themes, theme.Theme))
	}
	for _, signal := range edition.Heard {
		sheet.Heard = append(sheet.Heard, s.say(signal.Statement))
	}
	for _, answer := range edition.Decided {
		sheet.Decided = append(sheet.Decided, answerSheet{s.say(answer.Statement), s.step(answer.Step)})
	}
	for _, wait := range edition.Waiting {
		sheet.Waiting = append(sheet.Waiting, waitSheet{s.say(wait.Statement), s.forum(wait.Forum)})
	}
	sheet.fit()
	return sheet
}

// sizes is the sizes of type, the largest first, with how many letters of running text fill one sheet of A4,
// above what the document says of itself.
var sizes = []struct {
	name    string
	letters int
}{{"large", 500}, {"medium", 800}, {"plain", 1300}}

// fit makes everything stand on one sheet, in type as large as it can be. What there is no room for is left out, from the
// end of the longest list, and told to be elsewhere; what the coordinator says is not.
func (r *residentsSheet) fit() {
	for {
		letters := r.letters()
		for _, size := range sizes {
			if r.Size = size.name; letters <= size.letters {
				return
			}
		}
		if !r.shorten() {
			return
		}
		r.More = true
	}
}

// shorten leaves out the last line of the longest list; of each, one line stays.
func (r *residentsSheet) shorten() bool {
	longest := max(len(r.Heard), len(r.Decided), len(r.Next), len(r.Waiting))
	switch {
	case longest < 2:
		return false
	case longest == len(r.Waiting):
		r.Waiting = r.Waiting[:longest-1]
	case longest == len(r.Next):
		r.Next = r.Next[:longest-1]
	case longest == len(r.Heard):
		r.Heard = r.Heard[:longest-1]
	default:
		r.Decided = r.Decided[:longest-1]
	}
	return true
}

// A paragraph takes whole lines, of about lineLetters, and some room below the last.
const (
	lineLetters = 70
	gapLetters  = 20
)

func room(paragraph string) int {
	return (1+utf8.RuneCountInString(paragraph)/lineLetters)*lineLetters + gapLetters
}

func (r residentsSheet) letters() int {
	all := 0
	for _, place := range release.Places(release.Residents) {
		if said := r.voices[place]; said != "" {
			for paragraph := range strings.SplitSeq(said, "\n") {
				all += room(paragraph)
			}
		}
	}
	for _, heard := range r.Heard {
		all += room(heard)
	}
	for _, answer := range r.Decided {
		why := answer.Said
		for _, quote := range answer.Quote {
			why += quote.Label + quote.Text
		}
		all += room(answer.About) + room(why)
	}
	for _, promise := range r.Next {
		all += room(promise.About) + room(promise.Promise)
	}
	for _, wait := range r.Waiting {
		all += room(T("edition.we-wait", wait.Forum) + wait.About)
	}
	return all
}
