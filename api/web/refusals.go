package web

import (
	"regexp"
	"time"

	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// refusal is what people read when something is not done. Sentence may name values, as {key} of Refusal.With; Title and
// Remedy never do: they stand on a page of their own, for whoever meets the code.
type refusal struct {
	Title    string
	Sentence string // what is wrong
	Remedy   string // what to do
}

// RefusalTitle is what a refusal is called, in a few words.
func RefusalTitle(code string) string { return refusals[code].Title }

// RefusalMeaning is what a code means for whoever meets it, and what to do. False if there is no such code.
func RefusalMeaning(code string) (title, remedy string, known bool) {
	r, known := refusals[code]
	return r.Title, r.Remedy, known
}

// RefusalSentence says in Dutch what is wrong and what to do, in the words of a practice.
func RefusalSentence(r *domain.Refusal, book vocabulary.Book) string {
	text, known := refusals[r.Code]
	if !known {
		return r.Code
	}
	named := placeholder.ReplaceAllStringFunc(text.Sentence, func(key string) string {
		return sayNamed(r.With, key[1:len(key)-1], book)
	})
	return named + " " + text.Remedy
}

var placeholder = regexp.MustCompile(`\{[a-zA-Z]+\}`)

// sayNamed is a value that a refusal names, as people call it: the label of a code, a day as it is written here.
func sayNamed(with map[string]string, key string, book vocabulary.Book) string {
	value := with[key]
	if value == "" {
		return "…"
	}
	if day, err := time.Parse(time.DateOnly, value); err == nil {
		return Date(domain.DayOf(day))
	}
	switch key {
	case "list":
		return book.Label("list", domain.Code(value))
	case "forum":
		return book.ForumLabel(domain.Code(value))
	case "code":
		return book.Label(domain.Code(with["list"]), domain.Code(value))
	}
	if list, ok := listOfKey[key]; ok {
		return book.Label(list, domain.Code(value))
	}
	return value
}

// listOfKey is the code list of the values that refusals name under a key.
var listOfKey = map[string]domain.Code{
	"activity": vocabulary.Activities, "theme": vocabulary.Themes, "service": vocabulary.Services,
	"approach": vocabulary.Approaches, "role": vocabulary.Roles,
}
