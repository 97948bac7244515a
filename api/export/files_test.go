package export_test

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"signaalboek/api/export"
	"signaalboek/domain"
	"signaalboek/domain/disclosure"
	"signaalboek/domain/vocabulary"
)

func TestARowHasAsManyCellsAsItsHeader(t *testing.T) {
	sheets, err := export.Sheets(sample(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, sheet := range sheets {
		if len(sheet.Rows) == 0 && sheet.Note == "" {
			t.Errorf("the sample has nothing in sheet %s", sheet.Name)
		}
		for i, cells := range sheet.Rows {
			if len(cells) != len(sheet.Columns) {
				t.Errorf("row %d of %s has %d cells for %d columns", i, sheet.Name, len(cells), len(sheet.Columns))
			}
		}
	}
}

// Whenever they are built, files are the same, byte for byte.
func TestFilesAreTheSameWheneverTheyAreBuilt(t *testing.T) {
	first := filesOf(t, sample(t))
	for range 100 {
		again := filesOf(t, sample(t))
		if len(again) != len(first) {
			t.Fatalf("%d files, not %d", len(again), len(first))
		}
		for name, content := range first {
			if !bytes.Equal(again[name], content) {
				t.Fatalf("%s is built otherwise", name)
			}
		}
	}
}

// told is what one file says of a table: for each cell "category measure least most".
type told []string

func toldBy(table disclosure.Published) told {
	all := told{}
	for _, cell := range table.Cells {
		ends := ends(cell)
		all = append(all, fmt.Sprintln(cell.Category, cell.Measure, ends[0], ends[1]))
	}
	return all
}

func toldByRows(rows [][]string) told {
	all := told{}
	for _, row := range rows {
		all = append(all, fmt.Sprintln(row[4], row[5], row[2], row[3]))
	}
	return all
}

// document is release.json as a stranger reads it.
type document struct {
	Format string `json:"format"`
	Widths []struct {
		Table string `json:"table"`
		Width int    `json:"width"`
	} `json:"widths"`
	Tables []struct {
		Name string           `json:"name"`
		Note string           `json:"note"`
		Rows []map[string]any `json:"rows"`
	} `json:"tables"`
	Method []export.Section `json:"method"`
}

func (d document) told(i int) told {
	all := told{}
	for _, row := range d.Tables[i].Rows {
		ends := [2]string{"niet geregistreerd", "niet geregistreerd"}
		if row["least"] != nil {
			ends = [2]string{fmt.Sprint(row["least"]), fmt.Sprint(row["most"])}
		}
		all = append(all, fmt.Sprintln(row["category"], row["measure"], ends[0], ends[1]))
	}
	return all
}

// drawTable is a table as some release may show it.
func drawTable(t *rapid.T, table disclosure.Table, lists disclosure.Lists) disclosure.Published {
	drawn := disclosure.Published{Table: table, Width: rapid.SampledFrom([]disclosure.Width{
		disclosure.Exact, disclosure.ByFive, disclosure.ByTen, disclosure.ByTwenty, disclosure.Unpublished,
	}).Draw(t, "width")}
	if drawn.Width == disclosure.Unpublished {
		return drawn
	}
	categories := lists[table.By]
	if table.By == "" {
		categories = []disclosure.Category{{}}
	}
	for _, category := range categories {
		for _, measure := range table.Measures {
			cell := disclosure.Cell{Measure: measure, Category: category.Code, Recorded: rapid.Bool().Draw(t, "recorded")}
			if cell.Recorded {
				cell.Band = drawn.Width.Band(rapid.IntRange(0, 5000).Draw(t, "count"))
			}
			drawn.Cells = append(drawn.Cells, cell)
		}
	}
	return drawn
}

// A table, the workbook and the JSON of a release say the same numbers, which are those that the gate let through.
func TestEveryFileSaysTheSameNumbers(t *testing.T) {
	of := sample(t)
	rapid.Check(t, func(t *rapid.T) {
		lists := disclosure.ListsOf(of.Book)
		var tables []disclosure.Published
		for _, table := range disclosure.V1().Tables(disclosure.WholeYear) {
			tables = append(tables, drawTable(t, table, lists))
		}
		of.Edition.Figures[1].Tables = tables
		files, err := export.Files(of)
		if err != nil {
			t.Fatal(err)
		}
		named := map[string][]byte{}
		for _, file := range files {
			named[file.Name] = file.Content
		}
		var read document
		if err := json.Unmarshal(named["release.json"], &read); err != nil {
			t.Fatal(err)
		}
		workbook, err := excelize.OpenReader(bytes.NewReader(named["figures.xlsx"]))
		if err != nil {
			t.Fatal(err)
		}
		defer workbook.Close()
		for i, table := range tables {
			want := toldBy(table)
			rows := rowsOf(t, named["tables/"+string(table.Name)+".csv"])
			sheet, err := workbook.GetRows(workbook.GetSheetName(i + 1)) // the first one explains
			if err != nil {
				t.Fatal(err)
			}
			if table.Width == disclosure.Unpublished {
				rows, sheet = rows[1:], sheet[1:]
			}
			if got := toldByRows(rows[1:]); !slices.Equal(got, want) {
				t.Fatalf("the table of %s says %q, not %q", table.Name, got, want)
			}
			if got := toldByRows(sheet[1:]); !slices.Equal(got, want) {
				t.Fatalf("the sheet of %s says %q, not %q", table.Name, got, want)
			}
			if got := read.told(i); !slices.Equal(got, want) {
				t.Fatalf("the JSON of %s says %q, not %q", table.Name, got, want)
			}
		}
	})
}

func TestReleaseJSON(t *testing.T) {
	content := filesOf(t, sample(t))["release.json"]
	var read document
	if err := json.Unmarshal(content, &read); err != nil {
		t.Fatal(err)
	}
	if read.Format != "signaalboek-release-1" || len(read.Method) != 5 || len(read.Widths) != 10 || len(read.Tables) != 18 {
		t.Errorf("it has %q, %d sections, %d widths, %d tables", read.Format, len(read.Method), len(read.Widths), len(read.Tables))
	}
	if table := read.Tables[4]; table.Note == "" || table.Rows == nil || len(table.Rows) > 0 {
		t.Errorf("the table that is not published is %+v", table)
	}
	order := []string{`"format"`, `"practice"`, `"period"`, `"counted"`, `"catalogue"`, `"widths"`, `"tables"`, `"method"`}
	at := -1
	for _, member := range order {
		next := bytes.Index(content, []byte("\n  "+member))
		if next <= at {
			t.Errorf("%s is not where it belongs", member)
		}
		at = next
	}
}

// A text that cannot be opened stops everything: nothing goes out that says less than it should.
func TestATextThatCannotBeOpened(t *testing.T) {
	of := sample(t)
	lost := errors.New("lost")
	of.Open = func(domain.Sealed) (string, error) { return "", lost }
	if files, err := export.Files(of); !errors.Is(err, lost) || files != nil {
		t.Errorf("%d files, %v", len(files), err)
	}
}

// Every sheet of every release has a name that a workbook can have.
func TestNamesOfSheets(t *testing.T) {
	sheets, err := export.Sheets(sample(t))
	if err != nil {
		t.Fatal(err)
	}
	sheets = append(sheets, export.FigureSheet(disclosure.Published{Table: disclosure.PossibleConcerns}, vocabulary.Book{}))
	seen := map[string]bool{"Uitleg": true}
	for _, sheet := range sheets {
		if len([]rune(sheet.Title)) > 31 || strings.ContainsAny(sheet.Title, `:\/?*[]`) || seen[sheet.Title] || sheet.Title == sheet.Name {
			t.Errorf("a sheet cannot be called %q", sheet.Title)
		}
		seen[sheet.Title] = true
	}
	if names := slices.Sorted(maps.Keys(seen)); len(names) != len(sheets)+1 {
		t.Errorf("the sheets are %q", names)
	}
}
