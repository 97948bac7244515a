package api

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/disclosure"
	"signaalboek/domain/ledger"
	"signaalboek/domain/release"
	"signaalboek/domain/vocabulary"
)

const (
	foreignAddress    = releasesAddress + "/cijfers-van-anderen"
	newForeignAddress = foreignAddress + "/nieuw"
)

// foreignPage is what others published, and the choice of which table to add.
func (s *site) foreignPage(w http.ResponseWriter, r *http.Request) error {
	return s.showForeign(w, r, http.StatusOK, web.Form{}, nil)
}

// showForeign shows the page, with the choice as somebody made it, and the forms to withdraw that were refused.
func (s *site) showForeign(
	w http.ResponseWriter, r *http.Request, status int, choice web.Form, refused map[release.ForeignID]web.Form,
) error {
	practice := actorOf(r).Practice
	choice.Action = newForeignAddress
	page := web.ForeignPage{Choice: choice, Tables: disclosure.V1().ForeignTables(release.WholeYear)}
	for _, one := range s.Set.Releases.List(practice) {
		if one.Phase == release.IsProposed {
			line := releaseLine(one)
			page.Open = &line
		}
	}
	for _, period := range s.periods(practice) {
		if period.Last() < s.today() {
			page.Periods = append(page.Periods, period)
		}
	}
	for _, table := range s.Set.Releases.ForeignTables(practice) {
		line, err := s.foreignLine(r, table)
		if err != nil {
			return err
		}
		if !table.Withdrawn && page.Open == nil {
			line.Withdraw = formFor(refused, table.ID)
		}
		page.Lines = append(page.Lines, line)
	}
	frame := web.Frame{Title: web.T("foreign.title"), Lead: web.T("foreign.lead"), Section: releasesAddress, Trail: releasesTrail()}
	return s.show(w, r, status, frame, page)
}

// formFor is the form that withdraws a foreign table: the one that was refused, or a new one.
func formFor(refused map[release.ForeignID]web.Form, id release.ForeignID) *web.Form {
	form, was := refused[id]
	if !was {
		form = web.NewForm(foreignAddress+"/"+id.String()+"/intrekken", newCommand())
	}
	return &form
}

// foreignNamed is the foreign table that the path names.
func (s *site) foreignNamed(r *http.Request) (release.ForeignID, error) {
	id, err := uuid.Parse(variable(r, "id"))
	if err != nil {
		return id, release.ErrForeignUnknown
	}
	for _, one := range s.Set.Releases.ForeignTables(actorOf(r).Practice) {
		if one.ID == id {
			return id, nil
		}
	}
	return id, release.ErrForeignUnknown
}

// foreignTable is the table of a period that a form is about. One that no release of such a period has is refused.
func (f *fields) foreignTable() (release.Period, disclosure.Table, error) {
	period, name := f.releasePeriod(web.PeriodField), f.code(web.TableField)
	if !period.Valid() {
		return period, disclosure.Table{}, release.ErrPeriod.At("/period")
	}
	tables := disclosure.V1().ForeignTables(period.Part)
	i := slices.IndexFunc(tables, func(t disclosure.Table) bool { return t.Name == name })
	if i < 0 {
		return period, disclosure.Table{}, release.ErrForeignTable.At("/table")
	}
	return period, tables[i], nil
}

// foreignFormPage is the form for one table of a period: a row for each count of it. Whoever comes without one chooses it
// first.
func (s *site) foreignFormPage(w http.ResponseWriter, r *http.Request) error {
	if r.URL.RawQuery == "" {
		http.Redirect(w, r, foreignAddress, http.StatusSeeOther)
		return nil
	}
	chosen := filterForm(r)
	period, table, err := newFields(chosen).foreignTable()
	if refusal, status := refusalOf(err); err != nil {
		return s.showForeign(w, r, status, web.Refuse(chosen, refusal, s.book(r)), nil)
	}
	form := web.NewForm(newForeignAddress, newCommand()).
		With(web.PeriodField, period.String()).With(web.TableField, string(table.Name))
	return s.showForeignForm(w, r, http.StatusOK, form)
}

func (s *site) showForeignForm(w http.ResponseWriter, r *http.Request, status int, form web.Form) error {
	period, table, err := newFields(form).foreignTable()
	if err != nil {
		return err
	}
	book := s.book(r)
	page := web.ForeignFormPage{
		Form: form, Period: period, Table: table, Rows: s.foreignRows(book, table),
		Sources: web.OptionsOf(book.Offered(vocabulary.Services)),
	}
	frame := web.Frame{
		Title: web.T("foreign.new"), Section: releasesAddress,
		Trail: append(releasesTrail(), web.Crumb{Label: web.T("foreign.title"), Href: foreignAddress}),
	}
	return s.show(w, r, status, frame, page)
}

// foreignRows is a row for each count that a table of ours has.
func (s *site) foreignRows(book vocabulary.Book, table disclosure.Table) (rows []web.ForeignRow) {
	for _, category := range disclosure.ListsOf(book).Rows(table) {
		for _, measure := range table.Measures {
			rows = append(rows, web.NewForeignRow(book, table, measure, category.Code))
		}
	}
	return rows
}

// recordForeign records the counts that were filled in.
func (s *site) recordForeign(w http.ResponseWriter, r *http.Request) error {
	return s.submit(w, r, submission{
		give: func(form *web.Form, meta domain.Meta) (ledger.Receipt, error) {
			fields := newFields(*form)
			command, rows, err := s.readForeign(r, fields)
			if err = cmp.Or(err, fields.err); err != nil {
				return ledger.Receipt{}, err
			}
			receipt, err := s.Ledger.Releases.Execute(r.Context(), ledger.Target{Stream: ofPracticeReleases(r)}, command, meta)
			return receipt, inRow(err, rows)
		},
		show: func(status int, refused web.Form) error { return s.showForeignForm(w, r, status, refused) },
		next: func(ledger.Receipt) string { return done(foreignAddress, "foreign") },
	})
}

// readForeign reads the command, and tells of which row of the form each of its counts is.
func (s *site) readForeign(r *http.Request, fields *fields) (release.RecordForeign, []web.ForeignRow, error) {
	period, table, err := fields.foreignTable()
	if err != nil {
		return release.RecordForeign{}, nil, err
	}
	command := release.RecordForeign{
		ForeignTable: release.ForeignTable{Period: period, Table: table.Name, Source: fields.code("source")},
		Document:     fields.text("document"),
	}
	var said []web.ForeignRow
	for _, row := range s.foreignRows(s.book(r), table) {
		if cell, told := fields.foreignCell(row); told {
			command.Cells, said = append(command.Cells, cell), append(said, row)
		}
	}
	return command, said, nil
}

// foreignCell is a count from least to most. Told without a most it is known exactly; told without a least it may be none.
func (f *fields) foreignCell(row web.ForeignRow) (cell release.ForeignCell, told bool) {
	least, most := f.text(row.LeastName()), f.text(row.MostName())
	if least == "" && most == "" {
		return cell, false
	}
	cell = release.ForeignCell{Measure: row.Measure, Category: row.Category, Least: f.number(row.LeastName())}
	cell.Most = cell.Least
	if most != "" {
		cell.Most = f.number(row.MostName())
	}
	return cell, true
}

// inRow says of a refused count in which row of the form it stands.
func inRow(err error, rows []web.ForeignRow) error {
	refusal, is := errors.AsType[*domain.Refusal](err)
	if !is {
		return err
	}
	number, counted := strings.CutPrefix(refusal.Field, "/cells/")
	if i, unread := strconv.Atoi(number); counted && unread == nil && i < len(rows) {
		return refusal.At("/" + rows[i].LeastName())
	}
	return err
}
