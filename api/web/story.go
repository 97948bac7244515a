package web

import (
	"strconv"
	"strings"

	"signaalboek/domain"
	"signaalboek/domain/contact"
	"signaalboek/domain/focusgroep"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/recommendation"
	"signaalboek/domain/session"
	"signaalboek/domain/signal"
	"signaalboek/domain/vocabulary"
	"signaalboek/projections"
)

// StoryLine is one step of a trajectory, with its texts opened.
type StoryLine struct {
	projections.TrajectoryStep
	Number int    // by which the drawing names it
	Where  string // the setting that it names; may be empty
	Texts  []Quote
}

// Quote is a text that somebody wrote.
type Quote struct {
	Field string // of the event: "statement"
	Text  string
}

// Sentence says what happened.
func (v View) Sentence(line StoryLine) string {
	return v.fill(Word("said", line.Said), line.Forum, line.Meta.On)
}

// Details says more about a step: what its event holds beside day, forum and texts, in a few words each.
func (v View) Details(line StoryLine) []string {
	details := v.eventDetails(line.Event)
	if step, ok := line.Event.(interface{ Step() pursuit.Step }); ok {
		details = v.stepDetails(step.Step())
	}
	if line.Where != "" {
		details = append([]string{line.Where}, details...)
	}
	return details
}

func (v View) eventDetails(event domain.Event) []string {
	switch e := event.(type) {
	case signal.PickedUp:
		return append([]string{Word("origin", e.From)}, v.labels(vocabulary.Themes, e.Themes)...)
	case signal.Worded:
		return []string{T("story.version", e.Version)}
	case signal.Weighed:
		return weighed(e)
	case signal.KeeperNamed:
		return []string{v.Label(string(vocabulary.Roles), e.Role)}
	case signal.Recognised:
		return []string{Word("share", e.HowMany)}
	case signal.AnsweredByOwnOffer:
		return v.tags(e.Tags)
	case signal.ReactionHeard:
		return []string{Word("reaction", e.Reaction)}
	case signal.Parked:
		if !e.Until.IsZero() {
			return []string{T("story.until", Date(e.Until))}
		}
	case signal.Closed:
		return []string{Word("closing", e.Reason)}
	case recommendation.Drafted:
		return []string{Word("maker", e.MadeBy)}
	case recommendation.Reworded:
		return []string{T("story.version", e.Version)}
	case contact.Registered:
		return []string{v.Label(string(vocabulary.Activities), e.Activity)}
	case session.Held:
		return []string{v.Label(string(vocabulary.Activities), e.Activity), Plural(e.Present, "focusgroep.present")}
	case focusgroep.Held:
		return []string{T("focusgroep.title"), Plural(e.Present, "focusgroep.present")}
	}
	return nil
}

func weighed(e signal.Weighed) []string {
	details := []string{Word("judged", "structural")}
	if !e.Structural {
		details[0] = T("story.not-structural")
	}
	for _, judged := range []struct {
		word string
		so   bool
	}{{"recurring", e.Recurring}, {"beyond-one-person", e.BeyondOnePerson}, {"needs-others", e.NeedsOthers}} {
		if judged.so {
			details = append(details, Word("judged", judged.word))
		}
	}
	return details
}

func (v View) stepDetails(step pursuit.Step) []string {
	switch e := step.(type) {
	case pursuit.Scheduled:
		details := []string{Word("name", e.InNameOf), Word("through", e.Through)}
		if !e.Meeting.IsZero() {
			details = append(details, T("status.meeting", Date(e.Meeting)))
		}
		if e.WithoutMandate {
			details = append(details, T("story.unmandated"))
		}
		return append(details, v.tags(e.Tags)...)
	case pursuit.Discussed:
		return append(v.discussed(e), v.tags(e.Tags)...)
	case pursuit.WentUnanswered:
		return []string{T("story.since", Date(e.Since))}
	case pursuit.Decided:
		return append([]string{T("status.verdict", Word("verdict", e.Verdict))}, v.tags(e.Tags)...)
	case pursuit.PublicActionTaken:
		return append([]string{Word("action", e.Action)}, v.tags(e.Tags)...)
	case pursuit.CarriedOut:
		return v.tags(e.Tags)
	case pursuit.FedBack:
		details := []string{v.Label(string(vocabulary.FeedbackChannels), e.Channel)}
		if e.Present > 0 {
			details = append(details, Plural(e.Present, "focusgroep.present"))
		}
		return details
	}
	return nil
}

func (v View) discussed(e pursuit.Discussed) []string {
	details := []string{T("status.outcome", Word("outcome", e.Outcome)), Word("brought", e.BroughtBy)}
	if e.ForwardedTo != "" {
		details = append(details, T("story.forwarded", v.Forum(e.ForwardedTo)))
	}
	if !e.PromiseBy.IsZero() {
		details = append(details, T("status.expected", Date(e.PromiseBy)))
	}
	return details
}

func (v View) labels(list domain.Code, codes []domain.Code) []string {
	labels := make([]string, len(codes))
	for i, code := range codes {
		labels[i] = v.Label(string(list), code)
	}
	return labels
}

func (v View) tags(tags []pursuit.Tag) []string {
	labels := make([]string, len(tags))
	for i, tag := range tags {
		labels[i] = v.Label(string(tag.List), tag.Code)
	}
	return labels
}

// Reference is the official publication of a decision, if the step names one.
func (line StoryLine) Reference() string {
	if step, ok := line.Event.(interface{ Step() pursuit.Step }); ok {
		if decided, ok := step.Step().(pursuit.Decided); ok && decided.Reference != nil {
			return decided.Reference.URI
		}
	}
	return ""
}

// lanes is the lanes of a timeline, top down.
var lanes = []projections.Lane{
	projections.LanePractice, projections.LaneFocusgroep, projections.LaneForum, projections.LaneCouncil,
}

// Expected is something that is still to come: drawn open at the end of a timeline.
type Expected struct {
	On     domain.Date
	Number int // by which the drawing names it
	Forum  domain.Code
	Word   string // of family "coming"
}

// Timeline is a part of a trajectory in lanes, with what is still expected. It ends with a day, or later if there is more.
func (v View) Timeline(lines []StoryLine, expected []Expected, until domain.Date) Timeline {
	t := Timeline{ID: "traject", Until: until}
	for _, lane := range lanes {
		t.Lanes = append(t.Lanes, Word("lane", lane))
	}
	for _, line := range lines {
		t.Marks = append(t.Marks, Mark{
			On: line.Meta.On, Lane: laneNumber(line.Lane), Number: line.Number, Label: v.Sentence(line),
		})
	}
	for _, e := range expected {
		t.Marks = append(t.Marks, Mark{
			On: e.On, Lane: laneNumber(v.laneOf(e.Forum)), Number: e.Number, Label: v.Expectation(e), Owed: true,
		})
		t.Until = max(t.Until, e.On)
	}
	if len(t.Marks) > 0 {
		t.From = t.Marks[0].On
		t.Until = max(t.Until, t.From)
	}
	return t
}

// Expectation says what is still to come.
func (v View) Expectation(e Expected) string { return v.fill(Word("coming", e.Word), e.Forum, e.On) }

func laneNumber(lane projections.Lane) int {
	for i, known := range lanes {
		if lane == known {
			return i
		}
	}
	return 0
}

func (v View) laneOf(forum domain.Code) projections.Lane {
	known, _ := v.Book.Forum(forum)
	switch {
	case known.Kind == vocabulary.CommitteeForum || known.Kind == vocabulary.GoverningForum:
		return projections.LaneCouncil
	case forum == "":
		return projections.LanePractice
	}
	return projections.LaneForum
}

// KinLine is one bond of lineage, with the wording of both sides.
type KinLine struct {
	projections.Kin
	FromText string
	IntoText string
}

// PhaseBars is how long each phase took, in days.
func (v View) PhaseBars(phases []projections.PhaseTime) Bars {
	bars := Bars{
		ID: "doorlooptijd", Title: T("signal.phases"), Unit: T("days.unit"), Column: T("phase"), Value: T("days.column"),
	}
	for _, phase := range phases {
		bars.Lines = append(bars.Lines, Bar{Label: v.Phase(phase.Phase), N: phase.Days})
	}
	return bars
}

// SettingLine is a place where something was said, and what it was not told yet.
type SettingLine struct {
	Label string
	Value string // as a form carries it
	Owed  bool
	Since domain.Date
	Days  int
}

// SettingText is a setting as a form carries it; ParseSetting reads it back.
func SettingText(s pursuit.Setting) string {
	return strings.Join([]string{string(s.Kind), string(s.Stream), string(s.Code), strconv.Itoa(s.Year)}, "/")
}

// ParseSetting reads what SettingText wrote. Anything else is a setting that the domain refuses.
func ParseSetting(text string) pursuit.Setting {
	parts := strings.Split(text, "/")
	if len(parts) != 4 {
		return pursuit.Setting{}
	}
	year, err := strconv.Atoi(parts[3])
	if err != nil {
		return pursuit.Setting{}
	}
	return pursuit.Setting{
		Kind: pursuit.SettingKind(parts[0]), Stream: domain.StreamID(parts[1]), Code: domain.Code(parts[2]), Year: year,
	}
}
