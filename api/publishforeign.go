package api

import (
	"net/http"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/ledger"
	"signaalboek/domain/release"
	"signaalboek/projections"
)

// What others published about the same people is recorded in the terms of our own tables, so that the gate can hold the
// next release against it: see release.ForeignTable.

var foreignVerbs = []verb[release.Command]{
	{path: "/releases/record-foreign", command: release.RecordForeign{}, stream: ofPracticeReleases},
	{path: "/releases/withdraw-foreign", command: release.WithdrawForeign{}, stream: ofPracticeReleases},
}

// foreignOf is what others published, as the practice recorded it.
type foreignOf struct {
	ID         release.ForeignID     `json:"id"`
	Period     periodOf              `json:"period"`
	Table      domain.Code           `json:"table"`
	Cells      []release.ForeignCell `json:"cells"`
	Source     domain.Code           `json:"source,omitzero"`
	Document   domain.Sealed         `json:"document,omitzero"`
	RecordedOn domain.Date           `json:"recordedOn"`
	Withdrawn  bool                  `json:"withdrawn"`
	EndedOn    domain.Date           `json:"endedOn,omitzero"`
	Motivation domain.Sealed         `json:"motivation,omitzero"`
}

func listForeign(a *asked) (answer, error) {
	rows := []foreignOf{}
	for _, one := range a.set.Releases.ForeignTables(a.practice) {
		rows = append(rows, foreignOf{
			ID: one.ID, Period: periodOf(one.Period), Table: one.Table, Cells: one.Cells, Source: one.Source,
			Document: one.Document, RecordedOn: one.Recorded.On, Withdrawn: one.Withdrawn, EndedOn: one.Ended.On,
			Motivation: one.Motivation,
		})
	}
	return answer{rows: rows}, nil
}

// foreignLine is what others published, as a page shows it.
func (s *site) foreignLine(r *http.Request, one projections.ForeignTable) (line web.ForeignLine, err error) {
	line = web.ForeignLine{ForeignTable: one, Book: s.book(r)}
	if line.Where, err = s.opened(r.Context(), one.Document); err != nil {
		return line, err
	}
	line.Why, err = s.opened(r.Context(), one.Motivation)
	return line, err
}

// foreignIn is what others published of the year of a proposal, and what the gate was told of it. Of a release that shows
// the figures of an earlier one nothing was judged anew.
func (s *site) foreignIn(r *http.Request, one projections.Release) (lines []web.ForeignLine, err error) {
	for _, table := range s.Set.Releases.ForeignTables(one.Of) {
		if table.Withdrawn || table.Period.Year != one.Period.Year || one.Again != (release.ID{}) {
			continue
		}
		line, err := s.foreignLine(r, table)
		if err != nil {
			return nil, err
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// withdrawForeign says that a foreign table was recorded wrongly.
func (s *site) withdrawForeign(w http.ResponseWriter, r *http.Request) error {
	id, err := s.foreignNamed(r)
	if err != nil {
		return err
	}
	return s.submit(w, r, submission{
		give: ordering(r, s.Ledger.Releases, ofPracticeReleases(r), func(fields *fields) release.Command {
			return release.WithdrawForeign{Foreign: id, Motivation: fields.text("motivation")}
		}),
		show: func(status int, refused web.Form) error {
			return s.showForeign(w, r, status, web.Form{}, map[release.ForeignID]web.Form{id: refused})
		},
		next: func(ledger.Receipt) string { return done(foreignAddress, "foreign-withdrawn") },
	})
}
