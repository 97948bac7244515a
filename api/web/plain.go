package web

import (
	"errors"

	"signaalboek/domain"
)

// ErrorPage tells that something was refused or went wrong, and what to do.
type ErrorPage struct {
	Sentence string
	Request  string // by which the operator finds it in the log; may be empty
	Again    *Form  // that was sent, to be sent once more; may be nil
}

// SignInPage offers to open a session with a one-time link, which it does not use up by itself.
type SignInPage struct {
	Action string
	Link   string
}

// TextPage is one of the short pages at the foot: accessibility, privacy, about. Its texts are "<name>.1", "<name>.2" …
type TextPage struct {
	Name string
}

// The pages of text.
const (
	Accessibility = "accessibility"
	Privacy       = "privacy"
	About         = "about"
	Limits        = "limits" // for auditors: what proofs cannot show
)

// Sections is the paragraphs of the page, each with its heading.
func (p TextPage) Sections() []Alert {
	var sections []Alert
	for _, section := range textPages[p.Name] {
		sections = append(sections, Alert{Title: T(p.Name + "." + section), Text: T(p.Name + "." + section + ".text")})
	}
	return sections
}

// textPages is the sections of every page of text, in order.
var textPages = map[string][]string{
	Accessibility: {"aim", "done", "left", "tell"},
	Privacy:       {"nobody", "card", "texts", "inside", "concern"},
	About:         {"what", "begin", "chain", "source"},
	Limits:        {"found", "unrecorded", "rollback", "key", "erased", "tells", "content"},
}

// KeysPage tells which keys do what, and lets them be switched off.
type KeysPage struct{}

func (ErrorPage) page() string  { return "error" }
func (SignInPage) page() string { return "signin" }
func (TextPage) page() string   { return "text" }
func (KeysPage) page() string   { return "keys" }

// IsDone reports whether a word stands for something that a page can say was done.
func IsDone(word string) bool { return texts["done."+word] != "" }

// TroubleAlert says why nothing can be recorded now, and that what is shown may be old. Most of it passes by itself; a log that
// contradicts what was signed waits for somebody.
func TroubleAlert(refusal error) Alert {
	alert := Alert{Tone: Warning, Title: T("trouble.title"), Text: T("trouble.text")}
	if errors.Is(refusal, domain.ErrForked) {
		alert.Text = T("trouble.forked")
	}
	if r, ok := errors.AsType[*domain.Refusal](refusal); ok {
		alert.Text = RefusalTitle(r.Code) + ". " + alert.Text
	}
	return alert
}

// DoneAlert says that something was recorded.
func DoneAlert(word string) Alert { return Alert{Tone: Done, Title: Word("done", word)} }
