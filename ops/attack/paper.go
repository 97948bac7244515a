package main

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"strconv"

	"github.com/go-json-experiment/json"
)

// paper is what a published release says, as somebody reads it who has its files and the manual, and nothing else.
type paper struct {
	widths map[string]int // by table; 0: not published
	cells  map[cell]band
}

// cell is one count: in which table, of what, and in which row.
type cell struct{ table, measure, category string }

// band is from where to where a count may be.
type band struct{ least, most int }

// endless is more than anything that is counted; a band up to there is no upper bound.
const endless = math.MaxInt32

var (
	errNotOurs  = errors.New("the bundle has no release.json of a form that is known")
	errTwoWords = errors.New("the tables of a bundle do not say what its release.json says")
)

// readBundle reads a bundle: its tables and its release.json, which must say the same.
func readBundle(content []byte) (paper, error) {
	files, err := unzip(content)
	if err != nil {
		return paper{}, err
	}
	p, err := readRelease(files["release.json"])
	if err != nil {
		return paper{}, err
	}
	tabled := map[cell]band{}
	for table := range p.widths {
		if err := readTable(tabled, table, files["tables/"+table+".csv"]); err != nil {
			return paper{}, fmt.Errorf("read table %s: %w", table, err)
		}
	}
	if !maps.Equal(tabled, p.cells) {
		return paper{}, errTwoWords
	}
	return p, nil
}

func unzip(content []byte) (map[string][]byte, error) {
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, fmt.Errorf("unzip a bundle: %w", err)
	}
	files := map[string][]byte{}
	for _, entry := range archive.File {
		r, err := entry.Open()
		if err != nil {
			return nil, fmt.Errorf("unzip %s: %w", entry.Name, err)
		}
		if files[entry.Name], err = io.ReadAll(r); err != nil {
			return nil, fmt.Errorf("unzip %s: %w", entry.Name, err)
		}
	}
	return files, nil
}

// document is what of release.json tells of counts.
type document struct {
	Format string
	Widths []struct {
		Table string
		Width int
	}
	Tables []struct {
		Name string
		Rows []row
	}
}

// row is one row of any table; those that have no measure are not of counts.
type row struct {
	Category string
	Measure  string
	Least    *int
	Most     *int
}

func readRelease(content []byte) (paper, error) {
	var r document
	err := json.Unmarshal(content, &r, json.MatchCaseInsensitiveNames(true))
	if err != nil || r.Format != "signaalboek-release-1" {
		return paper{}, errors.Join(errNotOurs, err)
	}
	p := paper{widths: map[string]int{}, cells: map[cell]band{}}
	for _, w := range r.Widths {
		p.widths[w.Table] = w.Width
	}
	for _, table := range r.Tables {
		for _, one := range table.Rows {
			if one.Measure != "" {
				p.cells[cell{table.Name, one.Measure, one.Category}] = one.band()
			}
		}
	}
	return p, nil
}

// unrecorded is a count of what nobody wrote down: no answer was yes.
var unrecorded = band{0, 0}

func (r row) band() band {
	if r.Least == nil || r.Most == nil {
		return unrecorded
	}
	return band{*r.Least, *r.Most}
}

// The columns of a table of counts, by their places.
const (
	leastAt    = 2
	mostAt     = 3
	categoryAt = 4
	measureAt  = 5
)

// readTable reads a table of counts for spreadsheets. Its first line says what its columns are.
func readTable(into map[cell]band, table string, content []byte) error {
	in := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(content, []byte("\ufeff"))))
	in.Comma = ';'
	lines, err := in.ReadAll()
	if err != nil || len(lines) == 0 || len(lines[0]) <= measureAt {
		return errors.Join(errTwoWords, err)
	}
	for _, line := range lines[1:] {
		if line[measureAt] != "" {
			into[cell{table, line[measureAt], line[categoryAt]}] = bandOf(line[leastAt], line[mostAt])
		}
	}
	return nil
}

func bandOf(least, most string) band {
	from, err := strconv.Atoi(least)
	to, worse := strconv.Atoi(most)
	if err != nil || worse != nil {
		return unrecorded
	}
	return band{from, to}
}

// of is the band of a count; endless, if it is not published.
func (p paper) of(table, measure, category string) band {
	if b, told := p.cells[cell{table, measure, category}]; told {
		return b
	}
	return band{0, endless}
}

// and is a count of which somebody else has told something too.
func (p *paper) and(c cell, told band) {
	was := p.of(c.table, c.measure, c.category)
	p.cells[c] = band{max(was.least, told.least), min(was.most, told.most)}
}
