package api

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/go-json-experiment/json"

	"signaalboek/api/export"
	"signaalboek/domain"
	"signaalboek/domain/disclosure"
	"signaalboek/domain/release"
	"signaalboek/projections"
)

// What a release shows beside its own figures is what the releases before it show, and no more: it is read in their files,
// as everybody can.

// figuresUntil is what a release shows in figures, after what the releases before it show that still stand.
func (s *site) figuresUntil(
	ctx context.Context, practice domain.PracticeID, one projections.Release, found judgement,
) ([]projections.PeriodFigures, error) {
	var figures []projections.PeriodFigures
	for _, before := range slices.Backward(s.Set.Releases.List(practice)) {
		if before.ID == one.ID || before.Phase != release.IsPublished {
			continue
		}
		bundle, err := s.keptBundle(ctx, practice, before)
		if err != nil {
			return nil, err
		}
		tables, err := tablesIn(bundle, before)
		if err != nil {
			return nil, fmt.Errorf("figures of release %s: %w", before.ID, err)
		}
		figures = append(figures, projections.PeriodFigures{Period: before.Period, Tables: tables})
	}
	return append(figures, projections.PeriodFigures{Period: one.Period, Tables: found.tables}), nil
}

// keptBundle is the files of a release that is out.
func (s *site) keptBundle(ctx context.Context, practice domain.PracticeID, one projections.Release) (export.Bundle, error) {
	content, err := s.Vault.Bundle(ctx, practice, one.ID, one.Built.Bundle)
	if errors.Is(err, domain.ErrForgotten) { // a text in it was erased just now: the log will say so
		return export.Bundle{}, release.ErrWithdrawn
	}
	if err != nil {
		return export.Bundle{}, fmt.Errorf("files of release %s: %w", one.ID, err)
	}
	bundle, err := export.Read(content, one.Built.Bundle)
	if err != nil {
		return bundle, fmt.Errorf("files of release %s: %w", one.ID, err)
	}
	return bundle, nil
}

// errNoFigures is a bundle without what every release has; a fault.
var errNoFigures = errors.New("api: a release has no release.json")

// shownTable is one table of release.json: see package export.
type shownTable struct {
	Name string `json:"name"`
	Rows []struct {
		Category domain.Code        `json:"category"`
		Measure  disclosure.Measure `json:"measure"`
		Least    *int               `json:"least"` // none: it was not recorded
		Most     *int               `json:"most"`
	} `json:"rows"`
}

// tablesIn is the tables of the catalogue that the files of a release show.
func tablesIn(bundle export.Bundle, one projections.Release) ([]disclosure.Published, error) {
	raw, found := bundle.File("release.json")
	if !found {
		return nil, errNoFigures
	}
	var shown struct {
		Tables []shownTable `json:"tables"`
	}
	if err := json.Unmarshal(raw, &shown); err != nil {
		return nil, err
	}
	widths := widthsOf(one)
	var tables []disclosure.Published
	for _, table := range disclosure.V1().Tables(one.Period.Part) {
		i := slices.IndexFunc(shown.Tables, func(t shownTable) bool { return t.Name == string(table.Name) })
		if i < 0 {
			return nil, fmt.Errorf("%w with table %s", errNoFigures, table.Name)
		}
		tables = append(tables, disclosure.Published{Table: table, Width: widths[table.Name], Cells: shown.Tables[i].cells()})
	}
	return tables, nil
}

func (t shownTable) cells() (cells []disclosure.Cell) {
	for _, row := range t.Rows {
		cell := disclosure.Cell{Measure: row.Measure, Category: row.Category, Recorded: row.Least != nil && row.Most != nil}
		if cell.Recorded {
			cell.Band = disclosure.Band{Least: *row.Least, Most: *row.Most}
		}
		cells = append(cells, cell)
	}
	return cells
}
