package release

import (
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/disclosure"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/vocabulary"
)

// Who subtracts what two organisations publish of the same people does not care that each was careful. So a coordinator
// records what others published, in the terms of our own tables, and the gate holds the next release against it: see
// disclosure.Foreign. What was judged was judged with what stood then; so while a proposal waits nothing is added or taken
// away.

// ForeignID identifies a foreign table within its practice.
type ForeignID = uuid.UUID

// NewForeignID is the id of the foreign table that a command records.
func NewForeignID(command domain.CommandID) ForeignID { return domain.DeriveID(command, "foreign", 0) }

// ForeignTable is what others published, as one of our tables would say it of a period of ours.
type ForeignTable struct {
	Period Period        `json:"period"`
	Table  domain.Code   `json:"table"`
	Cells  []ForeignCell `json:"cells"`
	Source domain.Code   `json:"source,omitzero"` // who published it: a service; none, if it is in no list
}

// ForeignCell is one count of it: from Least to Most, which are the same if it was told exactly.
type ForeignCell struct {
	Measure  disclosure.Measure `json:"measure"`
	Category domain.Code        `json:"category,omitzero"` // none: the whole practice
	Least    int                `json:"least"`
	Most     int                `json:"most"`
}

// ForeignRecorded: it is known that somebody else published a table about the people of this practice.
type ForeignRecorded struct {
	Foreign ForeignID `json:"foreign"`
	ForeignTable
	Document domain.Sealed `json:"document,omitzero"` // where it stands, in words
}

// ForeignWithdrawn: a foreign table is not what somebody thought it was. One that was published is never withdrawn because
// it is old: people have read it.
type ForeignWithdrawn struct {
	Foreign    ForeignID     `json:"foreign"`
	Motivation domain.Sealed `json:"motivation,omitzero"`
}

// EventName implements domain.Event.
func (ForeignRecorded) EventName() string { return "releases.foreign-recorded.v1" }

// EventName implements domain.Event.
func (ForeignWithdrawn) EventName() string { return "releases.foreign-withdrawn.v1" }

// The refusals of foreign tables.
var (
	ErrForeignUnknown = domain.Refuse(domain.NotFound, "foreign-unknown")
	ErrForeignOpen    = domain.Refuse(domain.Conflict, "foreign-proposal-open") // it was judged without this
	ErrForeignTable   = domain.Refuse(domain.Invalid, "foreign-table-unknown")  // a release shows no such table of such a period
	ErrForeignEmpty   = domain.Refuse(domain.Invalid, "foreign-cells-missing")
	ErrForeignCell    = domain.Refuse(domain.Invalid, "foreign-cell-unknown") // the table has no such count, or it is said twice
	ErrForeignRange   = domain.Refuse(domain.Invalid, "foreign-range-invalid")
	ErrForeignSource  = domain.Refuse(domain.Invalid, "foreign-source-missing")
)

// RecordForeign records what others published. By a service of the code list, or by whoever Document names, or both.
type RecordForeign struct {
	ForeignTable
	Document string `json:"document,omitzero"`
}

// WithdrawForeign says that a foreign table was recorded wrongly; motivation may say why.
type WithdrawForeign struct {
	Foreign    ForeignID `json:"foreign"`
	Motivation string    `json:"motivation,omitzero"`
}

// Foreign is one foreign table, as it stands.
type Foreign struct {
	ID ForeignID
	ForeignTable
	Document  domain.Sealed
	Withdrawn bool
}

// Foreign lists what others published, in the order of recording, without what was withdrawn: what the gate is told.
func (s State) Foreign() []Foreign {
	return slices.DeleteFunc(slices.Clone(s.foreign), func(f Foreign) bool { return f.Withdrawn })
}

func (e ForeignRecorded) evolve(s State) State {
	s.foreign = append(slices.Clip(s.foreign), Foreign{ID: e.Foreign, ForeignTable: e.ForeignTable, Document: e.Document})
	return s
}

func (e ForeignWithdrawn) evolve(s State) State {
	s.foreign = slices.Clone(s.foreign)
	if i := s.foreignIndex(e.Foreign); i >= 0 {
		s.foreign[i].Withdrawn = true
	}
	return s
}

func (s State) foreignIndex(id ForeignID) int {
	return slices.IndexFunc(s.foreign, func(f Foreign) bool { return f.ID == id })
}

// decide records a foreign table. What is sealed cannot be compared, so only one without words is known to stand already.
func (c RecordForeign) decide(s State, f Facts) ([]Event, error) {
	if err := c.check(f); err != nil {
		return nil, err
	}
	document := strings.TrimSpace(c.Document)
	if document == "" && slices.ContainsFunc(s.Foreign(), c.ForeignTable.says) {
		return nil, nil
	}
	if err := s.unproposed(); err != nil {
		return nil, err
	}
	return []Event{ForeignRecorded{f.Foreign, c.ForeignTable, domain.ToSeal(document)}}, nil
}

func (c WithdrawForeign) decide(s State, f Facts) ([]Event, error) {
	i := s.foreignIndex(c.Foreign)
	switch {
	case i < 0:
		return nil, ErrForeignUnknown.At("/foreign")
	case s.foreign[i].Withdrawn:
		return nil, nil
	}
	if err := pursuit.FirstOf(s.unproposed(), f.checkMotivation(c.Motivation)); err != nil {
		return nil, err
	}
	return []Event{ForeignWithdrawn{c.Foreign, domain.ToSeal(c.Motivation)}}, nil
}

// unproposed refuses while a proposal waits.
func (s State) unproposed() error {
	if open := s.open(); open != nil {
		return ErrForeignOpen.Naming("period", open.Period.String())
	}
	return nil
}

// says reports whether a foreign table says the same, by the same, and nothing in words.
func (t ForeignTable) says(other Foreign) bool {
	return other.Document.IsZero() && t.Period == other.Period && t.Table == other.Table && t.Source == other.Source &&
		slices.Equal(t.Cells, other.Cells)
}

// check refuses what is in no terms of ours: the gate would pass over it.
func (c RecordForeign) check(f Facts) error {
	switch {
	case f.Together:
		return ErrWordless
	case !c.Period.Valid():
		return ErrPeriod.At("/period")
	case f.On <= c.Period.Last():
		return ErrNotOver.At("/period").Naming("last", c.Period.Last().String())
	case c.Source == "" && strings.TrimSpace(c.Document) == "":
		return ErrForeignSource.At("/source")
	}
	return pursuit.FirstOf(
		f.Book.CheckOptional(vocabulary.Services, c.Source, "/source"),
		pursuit.CheckText(c.Document, pursuit.MaxText, "/document"),
		c.checkCells(disclosure.ListsOf(f.Book)),
	)
}

func (t ForeignTable) checkCells(lists disclosure.Lists) error {
	tables := disclosure.V1().ForeignTables(t.Period.Part)
	i := slices.IndexFunc(tables, func(table disclosure.Table) bool { return table.Name == t.Table })
	switch {
	case i < 0:
		return ErrForeignTable.At("/table")
	case len(t.Cells) == 0:
		return ErrForeignEmpty.At("/cells")
	}
	seen := map[ForeignCell]bool{}
	for n, cell := range t.Cells {
		count := ForeignCell{Measure: cell.Measure, Category: cell.Category}
		if seen[count] || !slices.Contains(tables[i].Measures, cell.Measure) || !lists.HasRow(tables[i], cell.Category) {
			return ErrForeignCell.At("/cells/" + strconv.Itoa(n))
		}
		if cell.Least < 0 || cell.Most < cell.Least || cell.Most > maxCount {
			return ErrForeignRange.At("/cells/" + strconv.Itoa(n))
		}
		seen[count] = true
	}
	return nil
}

// maxCount is more than anybody counts in a year.
const maxCount = 1_000_000

// Told is what a foreign table tells the gate.
func (t ForeignTable) Told() []disclosure.Foreign {
	told := make([]disclosure.Foreign, len(t.Cells))
	for i, cell := range t.Cells {
		told[i] = disclosure.Foreign{
			Period: t.Period, Table: t.Table, Measure: cell.Measure, Category: cell.Category,
			Band: disclosure.Band{Least: cell.Least, Most: cell.Most},
		}
	}
	return told
}
