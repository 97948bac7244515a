package contact_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"signaalboek/domain"
	"signaalboek/domain/contact"
	"signaalboek/domain/domaintest"
	"signaalboek/domain/vocabulary"
)

// Whatever else is said of it, it is another contact: what was said first stands until it is corrected.
func TestRegisterComparesEveryField(t *testing.T) {
	whole := contact.Register{
		Activity: "huisbezoek", Initiative: words.Terms(vocabulary.Initiatives)[0].Code,
		Relation: words.Terms(vocabulary.Relations)[0].Code, Place: words.Terms(vocabulary.Places)[0].Code,
		Known: domain.Yes, Card: &card, Requests: []contact.Request{{
			Themes: codes{"huisvesting"}, Approaches: codes{"doorverwijzing"}, Services: codes{"caw"},
		}},
	}
	first := contact.Registered{Details: contact.Details{
		Activity: whole.Activity, Initiative: whole.Initiative, Relation: whole.Relation, Place: whole.Place,
		Known: whole.Known, Requests: whole.Requests,
	}}
	given(t, facts(), first).When(whole).Nothing() // who it was cannot be compared
	for field, other := range domaintest.EachLacking(t, whole) {
		if field == "Activity" {
			other.Activity = "digipunt"
		}
		if field != "Card" {
			given(t, facts(), first).When(other).Refused(contact.ErrExists)
		}
	}
	for field, request := range domaintest.EachLacking(t, whole.Requests[0]) {
		other := whole
		other.Requests = []contact.Request{request}
		if field == "Approaches" { // a service brings its own
			other.Requests[0].Approaches = codes{"advies"}
		}
		given(t, facts(), first).When(other).Refused(contact.ErrExists)
	}
}

// As much as one contact holds, and not one more.
func TestLimitsOfAContact(t *testing.T) {
	themes, approaches, services := many(vocabulary.Themes), many(vocabulary.Approaches), many(vocabulary.Services)
	for name, test := range map[string]struct {
		request contact.Request
		at      string
	}{
		"themes":     {contact.Request{Themes: themes}, "/requests/0/themes"},
		"approaches": {contact.Request{Approaches: approaches}, "/requests/0/approaches"},
		"services":   {contact.Request{Services: services}, "/requests/0/services"},
	} {
		t.Run(name, func(t *testing.T) {
			f := facts()
			f.Book = plenty
			if refusal := given(t, f).When(asking(test.request)).Refused(contact.ErrTooMany); refusal.Field != test.at {
				t.Errorf("at %q, want %q", refusal.Field, test.at)
			}
		})
	}
	full := contact.Request{
		Themes: themes[:contact.MaxCodes], Services: services[:contact.MaxCodes],
		Approaches: append(slices.Clone(approaches[:contact.MaxCodes-1]), "doorverwijzing"),
	}
	requests := slices.Repeat([]contact.Request{full}, contact.MaxRequests)
	f := facts()
	f.Book = plenty
	given(t, f).When(asking(requests...)).
		Then(contact.Registered{Details: contact.Details{Activity: "huisbezoek", Known: domain.Unknown, Requests: requests}})
}

// plenty is words with more of each sort than one request may hold, none of which brings another.
var plenty = func() vocabulary.Book {
	book := words
	for _, list := range (codes{vocabulary.Themes, vocabulary.Approaches, vocabulary.Services}) {
		for n := range contact.MaxCodes + 1 {
			code := domain.Code("x" + strconv.Itoa(n))
			book = book.WithTerm(list, vocabulary.Term{Code: code, Label: string(code)})
		}
	}
	return book
}()

func many(list domain.Code) (all codes) {
	for _, term := range plenty.Terms(list) {
		if strings.HasPrefix(string(term.Code), "x") {
			all = append(all, term.Code)
		}
	}
	return all
}

func asking(requests ...contact.Request) contact.Register {
	return contact.Register{Activity: "huisbezoek", Requests: requests}
}
