package web

// familyValues is every value that a family of words must have a word for.
var familyValues = map[string][]string{
	"done": {
		"contact", "corrected", "withdrawn", "followed-up", "session", "planned", "held", "theme", "closed", "term",
		"relabelled", "retired",
	},
}
