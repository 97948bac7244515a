// Package pursuit is what signals and recommendations share: the road from an agenda to an answer, and from the answer
// back to the people who raised it.
//
//	scheduled → discussed → (promised, forwarded, unanswered …) → decided → carried out → fed back
//
// Nothing on this road is a state machine that closes behind you: a forum may discuss a thing again, several decisions
// may follow each other and none overwrites another. What does hold is debt: every outcome is owed to every setting
// that raised the thing, until somebody has told them there.
//
// signal and recommendation each embed these steps in events of their own, under names of their own.
package pursuit

import "signaalboek/domain"

// Step is one step of a pursuit. The union is closed: evolve is unexported.
type Step interface {
	evolve(State) State
}

// InNameOf says for whom workers raise something in a forum.
type InNameOf string

// For whom something is raised.
const (
	Partnership     InNameOf = "partnership"
	OwnOrganisation InNameOf = "own-organisation"
)

// Through says how something comes on an agenda.
type Through string

// The ways onto an agenda. A council item comes through somebody who may put it there.
const (
	OwnItem            Through = "own-item"
	ForwardedItem      Through = "forwarded"
	CollegeItem        Through = "college-item"
	CouncillorQuestion Through = "councillor-question"
	Petition           Through = "petition" // verzoekschrift
)

// Outcome is what came of a discussion.
type Outcome string

// The outcomes of a discussion.
const (
	TakenUp           Outcome = "taken-up"
	Noted             Outcome = "noted"
	Deferred          Outcome = "deferred"
	Forwarded         Outcome = "forwarded"
	Promised          Outcome = "promised"
	OutsideCompetence Outcome = "outside-competence"
	Declined          Outcome = "declined"
)

// BroughtBy says who spoke in the forum.
type BroughtBy string

// Who spoke.
const (
	Workers   BroughtBy = "workers"
	Residents BroughtBy = "residents"
	Both      BroughtBy = "both"
)

// Verdict is what a forum decided.
type Verdict string

// The verdicts.
const (
	Adopted  Verdict = "adopted"
	Partly   Verdict = "partly"
	Rejected Verdict = "rejected"
)

// ActionKind is a public action that was taken.
type ActionKind string

// The public actions.
const (
	Press     ActionKind = "press"
	Testimony ActionKind = "testimony"
	Campaign  ActionKind = "campaign"
	OtherWay  ActionKind = "other"
)

// SettingKind is a sort of place where something was said.
type SettingKind string

// The kinds of setting.
const (
	AtFocusgroep SettingKind = "focusgroep" // a meeting of the focusgroep
	AtSession    SettingKind = "session"    // one moment of a group activity
	AtActivity   SettingKind = "activity"   // an activity in a year
	AtPartner    SettingKind = "partner"    // a partner, named by its service
	InSurvey     SettingKind = "survey"     // a survey in a year
	ByVolunteers SettingKind = "volunteers" // the volunteers in a year
)

// Setting is where something was said; never a person. Settings are compared whole.
type Setting struct {
	Kind   SettingKind     `json:"kind"`
	Stream domain.StreamID `json:"stream,omitzero"` // of the focusgroep meeting or session
	Code   domain.Code     `json:"code,omitzero"`   // of the activity, or of the partner's service
	Year   int             `json:"year,omitzero"`   // of an activity, a survey or the volunteers
}

// Tag places a step in one of the frames that the field reports with, such as De Cirkel: a code list and a code of it.
type Tag struct {
	List domain.Code `json:"list"`
	Code domain.Code `json:"code"`
}

// Reference is the official publication of a decision: a link, and where in it.
type Reference struct {
	URI    string `json:"uri"`
	Page   int    `json:"page,omitzero"`
	Digest string `json:"digest,omitzero"` // SHA-256 of the document, in hexadecimal
}

// Scheduled: it was put on the agenda of a forum.
type Scheduled struct {
	Forum          domain.Code `json:"forum"`
	Meeting        domain.Date `json:"meeting,omitzero"` // the day of the meeting, if it is known
	InNameOf       InNameOf    `json:"inNameOf"`
	Through        Through     `json:"through"`
	WithoutMandate bool        `json:"withoutMandate,omitzero"` // the focusgroep could not meet, and this is marked
	Tags           []Tag       `json:"tags,omitzero"`
}

// Unscheduled: it was taken off that agenda before it was discussed.
type Unscheduled struct {
	Forum domain.Code `json:"forum"`
}

// Discussed: a forum talked about it.
type Discussed struct {
	Forum       domain.Code   `json:"forum"`
	Outcome     Outcome       `json:"outcome"`
	BroughtBy   BroughtBy     `json:"broughtBy"`
	Motivation  domain.Sealed `json:"motivation,omitzero"`
	ForwardedTo domain.Code   `json:"forwardedTo,omitzero"` // a forum
	Promise     domain.Sealed `json:"promise,omitzero"`     // what it said it would do
	PromiseBy   domain.Date   `json:"promiseBy,omitzero"`
	Tags        []Tag         `json:"tags,omitzero"`
}

// WentUnanswered: a forum that was asked gave no answer. No answer is an outcome too.
type WentUnanswered struct {
	Forum domain.Code `json:"forum"`
	Since domain.Date `json:"since"`
}

// Decided: a forum took a decision. A later one stands beside it.
type Decided struct {
	Forum      domain.Code   `json:"forum"`
	Verdict    Verdict       `json:"verdict"`
	Motivation domain.Sealed `json:"motivation"`
	Reference  *Reference    `json:"reference,omitzero"`
	Tags       []Tag         `json:"tags,omitzero"`
}

// PromiseKept: a forum did what it promised. Promises of a pursuit are counted from 1, in the order they were made.
type PromiseKept struct {
	Promise int `json:"promise"`
}

// PromiseBroken: it was established that a forum did not do what it promised.
type PromiseBroken struct {
	Promise int `json:"promise"`
}

// PublicActionTaken: it was brought into public debate.
type PublicActionTaken struct {
	Action ActionKind    `json:"action"`
	What   domain.Sealed `json:"what,omitzero"`
	Tags   []Tag         `json:"tags,omitzero"`
}

// CarriedOut: what was asked for came about, wholly or in part.
type CarriedOut struct {
	What domain.Sealed `json:"what"`
	Tags []Tag         `json:"tags,omitzero"`
}

// FedBack: a setting that raised it was told everything that had come of it so far.
type FedBack struct {
	Setting  Setting       `json:"setting"`
	Channel  domain.Code   `json:"channel"`           // of the list feedback-channel
	Present  int           `json:"present,omitzero"`  // how many people heard it, where that was counted
	ToldWhat domain.Sealed `json:"toldWhat,omitzero"` // what they were told
}
