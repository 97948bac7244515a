package audit

import (
	"slices"
	"strings"

	"signaalboek/domain/proof"
)

// policy is the events that are shown by themselves and can be proven, by their names on disk, and of each the fields that
// are disclosed. A field that is not named stays closed, and so does every field of an event that is not named: texts,
// settings and evidence, how many were there, and whatever stands for people.
var policy = map[string][]string{
	"signal.worded.v1":                {"version"},
	"signal.weighed.v1":               {"structural", "recurring", "beyondOnePerson", "needsOthers", "forum"},
	"signal.keeper-named.v1":          {"role"},
	"signal.mandate-given.v1":         nil,
	"signal.mandate-refused.v1":       nil,
	"signal.other-wording-asked.v1":   nil,
	"signal.scheduled.v1":             scheduled,
	"signal.unscheduled.v1":           {"forum"},
	"signal.discussed.v1":             discussed,
	"signal.went-unanswered.v1":       {"forum", "since"},
	"signal.decided.v1":               decided,
	"signal.promise-kept.v1":          {"promise"},
	"signal.promise-broken.v1":        {"promise"},
	"signal.public-action-taken.v1":   {"action", "tags"},
	"signal.carried-out.v1":           {"tags"},
	"signal.answered-by-own-offer.v1": {"tags"},
	"signal.fed-back.v1":              nil,
	"signal.parked.v1":                {"until"},
	"signal.resumed.v1":               nil,
	"signal.closed.v1":                {"reason"},

	"recommendation.drafted.v1":             {"madeBy", "forum"},
	"recommendation.reworded.v1":            {"version"},
	"recommendation.adopted.v1":             nil,
	"recommendation.scheduled.v1":           scheduled,
	"recommendation.unscheduled.v1":         {"forum"},
	"recommendation.discussed.v1":           discussed,
	"recommendation.went-unanswered.v1":     {"forum", "since"},
	"recommendation.decided.v1":             decided,
	"recommendation.promise-kept.v1":        {"promise"},
	"recommendation.promise-broken.v1":      {"promise"},
	"recommendation.public-action-taken.v1": {"action", "tags"},
	"recommendation.carried-out.v1":         {"tags"},
	"recommendation.fed-back.v1":            nil,

	"forum.meeting-planned.v1":   {"day"},
	"forum.meeting-held.v1":      nil,
	"forum.meeting-cancelled.v1": nil,
	"forum.documents-linked.v1":  {"documents"},

	"releases.proposed.v1":         {"release", "period", "again"},
	"releases.sentence-written.v1": {"release", "edition", "place"},
	proof.PublishedName:            nil, // see proof.PublishedFields
	"releases.anchored.v1":         {"release", "checkpoint", "bundle"},
	"releases.dropped.v1":          {"release"},
	"releases.withdrawn.v1":        {"release", "reason"},
}

// What steps of signals and of recommendations have in common.
var (
	scheduled = []string{"forum", "meeting", "inNameOf", "through", "withoutMandate", "tags"}
	discussed = []string{"forum", "outcome", "broughtBy", "forwardedTo", "promiseBy", "tags"}
	decided   = []string{"forum", "verdict", "reference", "tags"}
)

// IsPolicy reports whether events of a name are shown by themselves and can be proven.
func IsPolicy(name string) bool {
	_, is := policy[name]
	return is
}

// Discloses reports whether a field of the events of a name is disclosed. The practice always is, of what can be proven.
func Discloses(name, field string) bool {
	if name == proof.PublishedName {
		return proof.PublishedFields(field)
	}
	fields, is := policy[name]
	return is && (field == "@practice" || slices.Contains(fields, field))
}

// ShowsActor reports whether it is shown who did it, by a pseudonym: of releases, which two people make.
func ShowsActor(name string) bool { return CategoryOf(name) == "releases" }

// CategoryOf is the category of the streams in which events of a name stand.
func CategoryOf(name string) string {
	category, _, _ := strings.Cut(name, ".")
	return category
}
