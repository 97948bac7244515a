package projections

import (
	"context"
	"io"
	"time"

	"signaalboek/domain"
)

// Open lists signals, page by page.
func (s *Signals) Open(practice domain.PracticeID, filter SignalFilter, today domain.Date) (SignalPage, error) {
	return SignalPage{}, nil
}

// Count is the number of signals that a filter chooses, whatever its page.
func (s *Signals) Count(practice domain.PracticeID, filter SignalFilter, today domain.Date) int {
	return 0
}

// Signal is the row of one signal: of its whole, if it was bundled; BundledInto of the id asked for tells. False if there
// is no such signal in the practice.
func (s *Signals) Signal(practice domain.PracticeID, id domain.StreamID, today domain.Date) (SignalRow, bool) {
	return SignalRow{}, false
}

// Resolve is the whole that a signal or recommendation belongs to: itself, unless it was bundled. False if there is no
// such thing in the practice.
func (s *Signals) Resolve(practice domain.PracticeID, id domain.StreamID) (domain.StreamID, bool) {
	return "", false
}

// RecommendationFilter chooses recommendations. The zero filter is all of the practice.
type RecommendationFilter struct {
	Among   []domain.StreamID // only these; nil: no condition
	Answers domain.StreamID   // only those that answer this signal, or the whole it belongs to
	Forum   domain.Code       // only those that are or were on the agenda there
	After   string
	Limit   int // rows a page; 50 if 0
}

// RecommendationRow is one recommendation as lists show it.
type RecommendationRow struct {
	ID        domain.StreamID
	Revision  domain.Revision
	Text      domain.Sealed
	Version   int
	MadeBy    string
	Forum     domain.Code // which one, if a forum made it
	Adopted   bool        // by the focusgroep
	Answers   []domain.StreamID
	Phase     Phase // Analysing until it is scheduled
	Described Described
	Computed  Computed
	Since     domain.Date // the day it was drafted
	Age       int
	Next      NextStep
	Forums    []domain.Code
	Settings  int // of the signals it answers
	Owed      int
}

// RecommendationPage is one page of rows, newest first.
type RecommendationPage struct {
	Rows []RecommendationRow
	Next string // cursor of the page after this one; empty at the end
}

// Recommendations lists recommendations, page by page.
func (s *Signals) Recommendations(practice domain.PracticeID, filter RecommendationFilter, today domain.Date) (RecommendationPage, error) {
	return RecommendationPage{}, nil
}

// Trajectory is everything that happened to a signal or recommendation and what was bundled into it, read from store
// up to where the set is. False if there is no such thing in the practice.
func (s *Signals) Trajectory(ctx context.Context, store domain.Store, practice domain.PracticeID, id domain.StreamID, today domain.Date) (Trajectory, bool, error) {
	return Trajectory{}, false, nil
}

// Recurring is what keeps coming back in the focusgroep.
func (t *Themes) Recurring(practice domain.PracticeID, window ThemeWindow) ThemeReport {
	return ThemeReport{}
}

// Map is the heat map of the last held meetings.
func (t *Themes) Map(practice domain.PracticeID, last int) ThemeMap { return ThemeMap{} }

// Meetings lists the focusgroep meetings of a practice, newest first.
func (t *Themes) Meetings(practice domain.PracticeID) []FocusgroepMeeting { return nil }

// Meeting is one focusgroep meeting. False if there is no such meeting in the practice.
func (t *Themes) Meeting(practice domain.PracticeID, id domain.StreamID) (FocusgroepMeeting, bool) {
	return FocusgroepMeeting{}, false
}

// Meetings lists the meetings of a forum, newest first; of every forum, if none is named.
func (f *Forums) Meetings(practice domain.PracticeID, forum domain.Code) []ForumMeeting { return nil }

// Agenda is what must be on the next agenda of a forum.
func (f *Forums) Agenda(practice domain.PracticeID, forum domain.Code, today domain.Date) Agenda {
	return Agenda{}
}

// FollowUp is how a forum follows up what is raised there.
func (f *Forums) FollowUp(practice domain.PracticeID, forum domain.Code, today domain.Date) FollowUp {
	return FollowUp{}
}

// Codes lists the forums where anything was ever raised, or that ever had a meeting, by code.
func (f *Forums) Codes(practice domain.PracticeID) []domain.Code { return nil }

// Owed lists to whom an answer is owed, page by page.
func (d *Debts) Owed(practice domain.PracticeID, filter DebtFilter, today domain.Date) (DebtPage, error) {
	return DebtPage{}, nil
}

// AsOf is a set folded up to the last event that was recorded at or before a moment.
func AsOf(ctx context.Context, store domain.Store, vault domain.Vault, moment time.Time) (*Set, error) {
	return nil, nil
}

// WriteSnapshot writes the whole set, sealed.
func (s *Set) WriteSnapshot(ctx context.Context, w io.Writer) error { return nil }

// ReadSnapshot is the set that WriteSnapshot wrote. A snapshot that is damaged, that the vault cannot open any more, or
// that another version of the code wrote is ErrStale: begin with New instead.
func ReadSnapshot(ctx context.Context, vault domain.Vault, r io.Reader) (*Set, error) {
	return nil, nil
}
