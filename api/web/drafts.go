package web

import (
	"signaalboek/domain"
	"signaalboek/domain/guard"
	"signaalboek/domain/pursuit"
	"signaalboek/projections"
)

// DraftLine is a draft: what somebody wrote, and nobody recorded yet.
type DraftLine struct {
	Step    string       // what it will be, of family "step"
	About   *SignalLine  // none: it makes something new
	Event   domain.Event // that it would become now; none, if the rules say no
	On      domain.Date
	Texts   []DraftText
	Own     bool          // whoever looks wrote it as it stands
	Waits   bool          // the guard asks about it: a colleague has to confirm it
	Classes []guard.Class // that whoever confirms it answers for
	Why     string        // why it cannot be recorded now; empty if it can
	Href    string        // of its own page; empty on that page
	Confirm Form
}

// DraftText is one text of a draft, with what the guard says of it.
type DraftText struct {
	Field    string // of family "quote"
	Text     string
	Findings []string
}

// DraftsPage is all drafts of the practice.
type DraftsPage struct {
	Own    []DraftLine
	Others []DraftLine
}

// DraftPage is one draft, with the forms to change it and to throw it away.
type DraftPage struct {
	DraftLine
	Change Form
	Drop   Form
}

// DraftDetails says what a draft holds beside its texts.
func (v View) DraftDetails(draft DraftLine) []string {
	if draft.Event == nil {
		return nil
	}
	line := StoryLine{TrajectoryStep: projections.TrajectoryStep{Entry: domain.Entry{Event: draft.Event}}}
	return v.Details(line)
}

// OnDraft is a draft with the view that its sentences need.
type OnDraft struct {
	View  View
	Draft DraftLine
}

// Room is how long one text of a draft may be.
func (DraftPage) Room(text DraftText) int {
	if text.Field == "wording" || text.Field == "statement" {
		return pursuit.MaxStatement
	}
	return pursuit.MaxText
}

func (DraftsPage) page() string { return "drafts" }
func (DraftPage) page() string  { return "draft" }
