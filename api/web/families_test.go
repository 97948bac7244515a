package web

// familyValues is every value that a family of words must have a word for.
var familyValues = map[string][]string{
	"answer": {"yes", "no", "unknown"},
	"by":     {"activity", "theme", "approach", "service", "report-theme"},
	"closing": {
		"answered", "no-longer-needed", "not-a-signal", "exhausted", "unreachable", "activity-stopped",
	},
	"column": {"activity", "theme", "approach", "service", "report-theme"},
	"done": {
		"contact", "corrected", "withdrawn", "followed-up", "session", "planned", "held", "theme", "closed", "term",
		"relabelled", "retired",
	},
	"forum-kind": {"team", "intern", "project", "overleg", "dienst", "netwerk", "raadscommissie", "bestuursorgaan"},
	"list": {
		"activity", "approach", "circle-goal", "circle-level", "condition", "feedback-channel", "forum-level", "function", "initiative",
		"phase", "place", "priority", "relation", "report-theme", "role", "service", "strategy", "target-group", "theme",
		"threshold",
	},
	"mark":   {"registered", "held", "corrected", "withdrawn", "request-followed-up"},
	"person": {"keep", "none", "card", "new"},
	"reason": {
		"wrongly-entered", "wrong-person", "wrong-day", "incomplete", "entered-twice", "entered-in-error",
		"asked-by-person",
	},
	"settled": {"yes"},
	"weekday": {"0", "1", "2", "3", "4", "5", "6"},
	"weight":  {"0", "1", "2", "3", "4", "5"},
}
