package proof

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
)

// tables holds tables against each other and against the event: what is printed twice is the same; every count stands in
// a band of the width that was recorded; and there are whole numbers that fit all bands. Percentages and means are
// printed nowhere.
func (c *checking) tables() outcome {
	if !c.read {
		return undecided(Unread)
	}
	printed, problem := c.printedRelease()
	if problem != nil {
		return *problem
	}
	widths, same := c.recordedHead(printed)
	if !same {
		return failed(TableDiffers, releaseFile)
	}
	if wrong := c.otherTable(printed); wrong != "" {
		return failed(TableDiffers, wrong)
	}
	if wrong := printed.without(widths); wrong != "" {
		return failed(FileMissing, wrong)
	}
	return count(printed, widths)
}

// without is the first table that was recorded and is not printed; none, if all are.
func (p printedRelease) without(widths map[string]int) string {
	for _, table := range slices.Sorted(maps.Keys(widths)) {
		if p.table(table).Name == "" {
			return fileOf(table)
		}
	}
	return ""
}

// count holds all figures against their widths, and against each other.
func count(printed printedRelease, widths map[string]int) outcome {
	all := figures{}
	for _, table := range printed.Tables {
		if wrong := all.add(table, widths); wrong != "" {
			return failed(BandInvalid, wrong)
		}
	}
	if wrong := all.impossible(); wrong != "" {
		return failed(Impossible, wrong)
	}
	return held(len(all))
}

// recordedHead is the widths that were recorded, by table. False if what release.json says of itself was not recorded.
func (c *checking) recordedHead(printed printedRelease) (widths map[string]int, same bool) {
	gate, err := GateOf(c.evidence.Events[0].Disclosed)
	if err != nil || gate.Catalogue != printed.Catalogue {
		return nil, false
	}
	var period printedPeriod
	said, _ := c.evidence.Events[0].Field("period")
	if json.Unmarshal(said, &period) != nil || period != printed.Period {
		return nil, false
	}
	widths = byTable(gate.Widths)
	return widths, maps.Equal(widths, byTable(printed.Widths))
}

func byTable(all []TableWidth) map[string]int {
	widths := map[string]int{}
	for _, w := range all {
		widths[string(w.Table)] = w.Width
	}
	return widths
}

const tablesFolder = "tables/"

func fileOf(table string) string { return tablesFolder + table + ".csv" }

// at is a row of a table, as a line of its file.
func at(table string, row int) string { return fmt.Sprintf("%s:%d", fileOf(table), row+2) }

// otherTable is the first table for spreadsheets that says another thing than release.json, or is missing; none, if all
// say the same.
func (c *checking) otherTable(printed printedRelease) string {
	for i, table := range printed.Tables {
		if slices.ContainsFunc(printed.Tables[:i], func(t printedTable) bool { return t.Name == table.Name }) {
			return releaseFile
		}
		if wrong := table.differs(lines(c.file(fileOf(table.Name)))); wrong != "" {
			return wrong
		}
	}
	for _, file := range c.frozen {
		name, isTable := strings.CutPrefix(file.Name, tablesFolder)
		if isTable && printed.table(strings.TrimSuffix(name, ".csv")).Name == "" {
			return file.Name
		}
	}
	return ""
}

// differs is the first line that says another thing than the table; none, if all say the same.
func (t printedTable) differs(lines [][]string) string {
	rows := len(t.Rows)
	if t.Note != "" {
		rows++
	}
	if len(lines) != 1+rows {
		return fileOf(t.Name)
	}
	if t.Note != "" {
		lines = append(lines[:1:1], lines[2:]...)
	}
	for i, row := range t.Rows {
		for n, cell := range row {
			if len(row) != len(lines[i+1]) || !cell.reads(lines[i+1][n]) {
				return at(t.Name, i)
			}
		}
	}
	return ""
}

// figures is every band that is printed, by what it counts.
type figures map[counted]figure

// counted is what a figure counts: a measure, of people or requests in a category of a list. No list and category: of the
// whole practice.
type counted struct {
	list, category, measure string
}

type figure struct {
	least, most int
	where       string
}

// add takes up the counts of a table of figures. What is wrong with them is the first row that cannot be.
func (f figures) add(table printedTable, widths map[string]int) (wrong string) {
	width, isFigures := widths[table.Name]
	if !isFigures {
		return ""
	}
	if width == 0 && len(table.Rows) > 0 || width != 0 && table.Note != "" {
		return fileOf(table.Name)
	}
	_, list, _ := strings.Cut(table.Name, "-by-")
	for i, row := range table.Rows {
		of := counted{list, row.text("category"), row.text("measure")}
		if _, twice := f[of]; twice {
			return at(table.Name, i)
		}
		band, valid := row.band(width)
		if !valid {
			return at(table.Name, i)
		}
		if band != nil {
			f[of] = figure{band[0], band[1], at(table.Name, i)}
		}
	}
	return ""
}

// band is both ends of what a row counts, or nothing if it was not recorded. False if the gate lets no such band through
// in a table of this width: how often a voice met is no count of people, and shown as it is.
func (r printedRow) band(width int) (ends *[2]int, valid bool) {
	var least, most *int
	if json.Unmarshal(r.value("least"), &least) != nil || json.Unmarshal(r.value("most"), &most) != nil {
		return nil, false
	}
	if least == nil || most == nil {
		return nil, least == nil && most == nil
	}
	if r.text("measure") == "meetings" {
		width = 1
	}
	wide := *most - *least + 1
	valid = *least >= 0 && slices.Contains([]int{1, 5, 10, 20}, wide) && wide >= width && *least%wide == 0
	return &[2]int{*least, *most}, valid
}

// impossible is the first row that no whole number fits, beside those of which it is a part; none, if all fit.
func (f figures) impossible() string {
	var wrong []string
	for of, part := range f {
		for _, whole := range of.wholes() {
			if total, printed := f[whole]; printed && part.least > total.most {
				wrong = append(wrong, part.where)
			}
		}
	}
	if len(wrong) == 0 {
		return ""
	}
	return slices.Min(wrong)
}

// wholes is what a count is at most: who is new or known is one of all, who is in a category is in the practice, and
// everybody who counts had a contact.
func (c counted) wholes() (wholes []counted) {
	if c.measure == "new" || c.measure == "known" {
		wholes = append(wholes, counted{c.list, c.category, "unique"})
	}
	if c.measure == "unique" {
		wholes = append(wholes, counted{"", "", "contacts"})
	}
	if c.category != "" && slices.Contains([]string{"unique", "new", "known", "requests"}, c.measure) {
		wholes = append(wholes, counted{"", "", c.measure})
	}
	return wholes
}
