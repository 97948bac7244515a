package web

import (
	"cmp"
	"fmt"
	"html/template"
	"net/url"

	"signaalboek/domain"
)

// functions is what templates can call.
var functions = template.FuncMap{
	"t":         T,
	"word":      Word,
	"options":   Options,
	"plural":    Plural,
	"date":      Date,
	"shortdate": shortDate,
	"moment":    moment,
	"number":    number,
	"join":      join,
	"aside":     aside,
	"static":    staticAddress,
	"link":      link,
	"entry":     newEntry,
	"fieldid":   FieldID,
	"minus":     func(n int) int { return -n },
	"place":     Place,
	"duration":  Duration,
	"onroad":    func(view View, road Road) OnRoad { return OnRoad{view, road} },
	"ondraft":   func(view View, draft DraftLine) OnDraft { return OnDraft{view, draft} },
	"oncard":    func(view View, card OverviewCard) OnCard { return OnCard{view, card} },

	"period":       PeriodName,
	"widening":     Widening,
	"settingkinds": SettingKinds,
	"groupfield":   GroupField,
}

// Word is how a value of the program itself (a phase, an answer, a reason) is called: the text "<family>.<value>". A
// value that has no text is shown as it is, so that a page stays readable when a newer event holds a newer value.
func Word(family string, value any) string {
	code := fmt.Sprint(value)
	if text, ok := texts[family+"."+code]; ok {
		return text
	}
	return code
}

// Options is values of a family, to choose from.
func Options(family string, values ...string) []Option {
	options := make([]Option, len(values))
	for i, value := range values {
		options[i] = Option{Value: value, Label: Word(family, value)}
	}
	return options
}

// link is the address of a thing: its list and the key of its stream, or a path with parameters.
func link(path string, parts ...any) string {
	for _, part := range parts {
		if stream, ok := part.(domain.StreamID); ok {
			part = stream.Key()
		}
		path += "/" + url.PathEscape(fmt.Sprint(part))
	}
	return path
}

// places is where the pages of each category of streams begin.
var places = map[string]string{
	"contact": "/contacten", "session": "/momenten", "focusgroep": "/focusgroep", "signal": "/signalen",
	"recommendation": "/aanbevelingen",
}

// Place is the address of the page of a thing, whatever sort of thing it is.
func Place(stream domain.StreamID) string {
	return link(cmp.Or(places[stream.Category()], "/signalen"), stream)
}

// entry is one entry of the navigation.
type entry struct {
	Href  string
	Label string
	Here  bool
}

func newEntry(view View, href, label string) entry { return entry{href, label, view.Section == href} }
