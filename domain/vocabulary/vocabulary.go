// Package vocabulary is the words of a practice: code lists with labels and aliases, forums, crosswalks to reporting
// lists, and definitions of figures. They are data that a practice extends by events; the defaults, taken from the
// field, stand under defaults/ and are named by a version, because what was recorded with them must stay readable.
package vocabulary

import "signaalboek/domain"

// Term is one entry of a code list.
type Term struct {
	Code    domain.Code `json:"code"`
	Label   string      `json:"label"`
	Aliases []string    `json:"aliases,omitzero"` // other spellings, matched on import and search
	Core    domain.Code `json:"core,omitzero"`    // the default term that a practice's own term counts as
	Remark  string      `json:"remark,omitzero"`
	Retired bool        `json:"retired,omitzero"` // not offered any more
}

// The code lists that the program itself refers to.
const (
	Activities       domain.Code = "activity"
	Themes           domain.Code = "theme"
	Approaches       domain.Code = "approach"
	Services         domain.Code = "service"
	Thresholds       domain.Code = "threshold"
	TargetGroups     domain.Code = "target-group"
	Initiatives      domain.Code = "initiative"
	Places           domain.Code = "place"
	Relations        domain.Code = "relation"
	FeedbackChannels domain.Code = "feedback-channel"
	Roles            domain.Code = "role"
	ReportThemes     domain.Code = "report-theme"
	Phases           domain.Code = "phase"
	ForumLevels      domain.Code = "forum-level"
)

// The codes that the program itself refers to.
const (
	ActivityFocusgroep domain.Code = "focusgroep"
	Referring          domain.Code = "doorverwijzing"
	TakenUpAsSignal    domain.Code = "opgepikt-als-signaal"
	PossibleConcern    domain.Code = "mogelijke-verontrusting"
)

// ForumKind is a sort of forum; it decides which signals may go there.
type ForumKind string

// The kinds of forum.
const (
	TeamForum       ForumKind = "team"
	InternalForum   ForumKind = "intern"
	ProjectForum    ForumKind = "project"
	ConsultingForum ForumKind = "overleg"
	ServiceForum    ForumKind = "dienst"
	NetworkForum    ForumKind = "netwerk"
	CommitteeForum  ForumKind = "raadscommissie"
	GoverningForum  ForumKind = "bestuursorgaan"
)

// Weighs reports whether a worded signal may go to a forum of this kind to be weighed there; every other kind needs it
// weighed as structural first.
func (k ForumKind) Weighs() bool { return k == TeamForum || k == InternalForum || k == ProjectForum }

// Valid reports whether k is one of the kinds.
func (k ForumKind) Valid() bool {
	switch k {
	case TeamForum, InternalForum, ProjectForum, ConsultingForum, ServiceForum, NetworkForum, CommitteeForum,
		GoverningForum:
		return true
	}
	return false
}

// Forum is a body where a signal can be raised.
type Forum struct {
	Code    domain.Code `json:"code"`
	Label   string      `json:"label"`
	Aliases []string    `json:"aliases,omitzero"`
	Kind    ForumKind   `json:"kind"`
	Level   domain.Code `json:"level"` // of list ForumLevels
	Cadence string      `json:"cadence,omitzero"`
	Remark  string      `json:"remark,omitzero"`
	Retired bool        `json:"retired,omitzero"`
}

// Crosswalk reports the terms of one list in the groups of another, from a day on.
type Crosswalk struct {
	From  domain.Code `json:"from"`
	To    domain.Code `json:"to"`
	Since domain.Date `json:"since,omitzero"` // from the beginning, if none
	Pairs []Pair      `json:"pairs"`
}

// Pair leads one code to another.
type Pair struct {
	From domain.Code `json:"from"`
	To   domain.Code `json:"to"`
}

// Unit is what a figure counts.
type Unit string

// The units of figures.
const (
	CountContacts    Unit = "contacts"
	CountUnique      Unit = "unique"       // different cards in the year
	CountNew         Unit = "new"          // unique, and no contact in any earlier year
	CountNewHere     Unit = "new-here"     // unique, and no contact in any earlier year at this activity
	CountKnown       Unit = "known"        // unique, and known to the social service
	CountRequests    Unit = "requests"     // help requests
	CountSessions    Unit = "sessions"     // moments of group activities
	CountPresent     Unit = "present"      // people present at sessions, added up
	CountMeanPresent Unit = "mean-present" // people present at a session, on average, rounded to whole people
	CountSignals     Unit = "signals"      // signals picked up
)

// Valid reports whether u is one of the units.
func (u Unit) Valid() bool {
	switch u {
	case CountContacts, CountUnique, CountNew, CountNewHere, CountKnown, CountRequests, CountSessions, CountPresent,
		CountMeanPresent, CountSignals:
		return true
	}
	return false
}

// Figure is one version of the definition of a figure. A later version begins a new series.
type Figure struct {
	Code       domain.Code   `json:"code"`
	Version    int           `json:"version"` // from 1
	Label      string        `json:"label"`
	Unit       Unit          `json:"unit"`
	Only       []domain.Code `json:"only,omitzero"`    // activities that count; all, if none
	Without    []domain.Code `json:"without,omitzero"` // activities that are left out
	Where      []TraitIn     `json:"where,omitzero"`   // only people of whom all of these are so; everybody, if none
	FromYear   int           `json:"fromYear"`         // the first year that this version is used for
	Definition string        `json:"definition"`       // in words, as printed below the figure
}
