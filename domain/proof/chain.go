package proof

import (
	"slices"
	"strings"
)

// chain is what is disclosed of each step in the chain from a signal to what policy made of it: the words of a closed set
// that the documents print too. Days are half-years there, and stay closed; so do texts, and where a signal was heard.
var chain = map[string][]string{
	"scheduled":             {"forum"},
	"unscheduled":           {"forum"},
	"discussed":             {"forum", "outcome"},
	"went-unanswered":       {"forum"},
	"decided":               {"forum", "verdict", "reference"},
	"promise-kept":          {},
	"promise-broken":        {},
	"public-action-taken":   {},
	"carried-out":           {},
	"answered-by-own-offer": {},
	"fed-back":              {},
}

// ChainEvent reports whether an event of this name, of a signal or a recommendation, is disclosed with the release that
// tells of it.
func ChainEvent(name string) bool {
	_, found := chain[participle(name)]
	category := categoryOf(name)
	return found && (category == "signal" || category == "recommendation")
}

// ChainFields are the names of the fields that are disclosed of such an event. A field that the event has and that is
// closed counts as one that it does not have.
func ChainFields(name string) func(field string) bool {
	open := chain[participle(name)]
	return func(field string) bool { return slices.Contains(open, field) }
}

// participle is what happened, in the name of an event: "discussed" in signal.discussed.v1.
func participle(name string) string {
	_, rest, _ := strings.Cut(name, ".")
	said, _, _ := strings.Cut(rest, ".")
	return said
}

func categoryOf(name string) string {
	category, _, _ := strings.Cut(name, ".")
	return category
}
