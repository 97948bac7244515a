package projections

import (
	"context"
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/recommendation"
	"signaalboek/domain/signal"
)

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
	MadeBy    recommendation.Maker
	Forum     domain.Code // which one, if a forum made it
	Adopted   bool        // by the focusgroep
	Answers   []domain.StreamID
	Phase     signal.Phase // Analysing until it is scheduled
	Described Described
	Computed  Computed
	Since     domain.Date // the day it was drafted
	Age       int
	Next      NextStep
	Forums    []domain.Code
	Settings  int // of the signals it answers
	Owed      int

	text textAt
}

// RecommendationPage is one page of rows, newest first.
type RecommendationPage struct {
	Rows []RecommendationRow
	Next string // cursor of the page after this one; empty at the end
}

// Recommendations lists recommendations, page by page. A cursor that no page gave is ErrCursor.
func (s *Signals) Recommendations(ctx context.Context, practice domain.PracticeID, filter RecommendationFilter, today domain.Date) (RecommendationPage, error) {
	after, err := parseCursor(filter.After)
	if err != nil {
		return RecommendationPage{}, err
	}
	page := s.recommendations(practice, filter, after, today)
	var texts shown
	for i := range page.Rows {
		row := &page.Rows[i]
		texts.add(row.ID, row.text, &row.Text)
	}
	return page, s.texts.fill(ctx, texts)
}

func (s *Signals) recommendations(practice domain.PracticeID, filter RecommendationFilter, after *spot, today domain.Date) RecommendationPage {
	s.lock.RLock()
	defer s.lock.RUnlock()
	limit := pageSize(filter.Limit)
	nearest := nearest{count: limit + 1, backward: true}
	for _, no := range s.shelfOf(practice).recommendations {
		at := spot{int64(s.thing(no).since), no}
		if (after == nil || nearest.compare(*after, at) < 0) && nearest.fits(at) && s.recommends(no, practice, filter) {
			nearest.add(at)
		}
	}
	return s.recommendationPage(nearest.spots, limit, today)
}

// Recommendation is the row of one recommendation. False if there is no such recommendation in the practice.
func (s *Signals) Recommendation(ctx context.Context, practice domain.PracticeID, id domain.StreamID, today domain.Date) (RecommendationRow, bool, error) {
	row, found := s.recommendation(practice, id, today)
	var texts shown
	texts.add(row.ID, row.text, &row.Text)
	return row, found, s.texts.fill(ctx, texts)
}

func (s *Signals) recommendation(practice domain.PracticeID, id domain.StreamID, today domain.Date) (RecommendationRow, bool) {
	s.lock.RLock()
	defer s.lock.RUnlock()
	no, found := s.find(practice, id)
	if !found || !s.thing(no).is(isRecommendation) {
		return RecommendationRow{}, false
	}
	return s.recommendationRow(no, today), true
}

func (s *Signals) recommends(no thingNo, practice domain.PracticeID, filter RecommendationFilter) bool {
	if filter.Among != nil && !slices.Contains(filter.Among, s.idOf(no)) {
		return false
	}
	if filter.Forum != "" {
		if _, raised := s.matterIn(no, s.names.sought(string(filter.Forum))); !raised {
			return false
		}
	}
	if filter.Answers == "" {
		return true
	}
	answered, found := s.find(practice, filter.Answers)
	return found && slices.ContainsFunc(s.answers[no], func(a thingNo) bool { return s.top(a) == s.top(answered) })
}

func (s *Signals) recommendationPage(found []spot, limit int, today domain.Date) (page RecommendationPage) {
	if len(found) > limit {
		found = found[:limit]
		page.Next = found[limit-1].String()
	}
	for _, at := range found {
		page.Rows = append(page.Rows, s.recommendationRow(at.no, today))
	}
	return page
}

func (s *Signals) recommendationRow(no thingNo, today domain.Date) RecommendationRow {
	var of sheet
	s.read(no, &of)
	t := &of.thing
	computed, whose := s.computed(&of, Patience{}, today), s.whoseOf(t)
	return RecommendationRow{
		ID: s.idOf(no), Revision: domain.Revision(t.revision), text: t.text, Version: int(t.version),
		MadeBy: recommendation.Maker(s.names.codeOf(whose.from)), Forum: s.names.codeOf(whose.maker), Adopted: t.is(isAdopted),
		Answers: s.idsOf(s.answers[no]), Phase: t.phase, Described: s.described(t), Computed: computed,
		Since: t.since, Age: s.days(t, t.since, today), Next: s.next(&of, computed, today),
		Forums: s.forums(&of), Settings: int(t.settings), Owed: int(t.owed),
	}
}
