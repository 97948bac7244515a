package proof

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"signaalboek/domain"
)

// What a release says for programs, and the form in which it is known here.
const (
	releaseFile = "release.json"
	releaseForm = "signaalboek-release-1"
)

// printedRelease is what release.json says, as far as it is compared with anything.
type printedRelease struct {
	Format    string         `json:"format"`
	Period    printedPeriod  `json:"period"`
	Catalogue int            `json:"catalogue"`
	Widths    []TableWidth   `json:"widths"`
	Tables    []printedTable `json:"tables"`
}

type printedPeriod struct {
	Year int         `json:"year"`
	Part domain.Code `json:"part"`
}

// printedTable is one table, or list.
type printedTable struct {
	Name string       `json:"name"`
	Note string       `json:"note"`
	Rows []printedRow `json:"rows"`
}

// printedRow is one row: its members are the columns, in their order.
type printedRow []printedCell

type printedCell struct {
	name  string
	value jsontext.Value
}

// UnmarshalJSONFrom keeps the order.
func (r *printedRow) UnmarshalJSONFrom(in *jsontext.Decoder) error {
	if in.PeekKind() != jsontext.KindBeginObject {
		return ErrEvidence
	}
	if _, err := in.ReadToken(); err != nil {
		return err
	}
	for in.PeekKind() == jsontext.KindString {
		name, err := in.ReadToken()
		if err != nil {
			return err
		}
		cell := printedCell{name: name.String()}
		value, err := in.ReadValue()
		if err != nil {
			return err
		}
		cell.value = bytes.Clone(value)
		*r = append(*r, cell)
	}
	_, err := in.ReadToken()
	return err
}

// printedRelease reads release.json; what hinders that is the outcome of whoever needs it.
func (c *checking) printedRelease() (printed printedRelease, problem *outcome) {
	content := c.file(releaseFile)
	if content == nil {
		o := failed(FileMissing, releaseFile)
		return printed, &o
	}
	var form struct {
		Format string `json:"format"`
	}
	if json.Unmarshal(content, &form) == nil && form.Format != releaseForm {
		o := undecided(OtherForm)
		return printed, &o
	}
	if json.Unmarshal(content, &printed) != nil {
		o := failed(TableDiffers, releaseFile)
		return printed, &o
	}
	return printed, nil
}

func (p printedRelease) table(name string) printedTable {
	i := slices.IndexFunc(p.Tables, func(t printedTable) bool { return t.Name == name })
	if i < 0 {
		return printedTable{}
	}
	return p.Tables[i]
}

func (r printedRow) value(name string) jsontext.Value {
	i := slices.IndexFunc(r, func(c printedCell) bool { return c.name == name })
	if i < 0 {
		return nil
	}
	return r[i].value
}

func (r printedRow) text(name string) (text string) {
	if json.Unmarshal(r.value(name), &text) != nil {
		return ""
	}
	return text
}

func (r printedRow) code(name string) string { return said(r.value(name)) }

// lines is a table for spreadsheets, without its byte order mark; nil, if it is none.
func lines(content []byte) [][]string {
	in := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(content, []byte("\ufeff"))))
	in.Comma = ';'
	all, err := in.ReadAll()
	if err != nil {
		return nil
	}
	return all
}

// reads reports whether a cell for spreadsheets says what one in JSON says. Yes or no, and half-years, are words there;
// what is not known is no number.
func (c printedCell) reads(cell string) bool {
	switch c.value.Kind() {
	case jsontext.KindNumber:
		return sameNumber(string(c.value), cell)
	case jsontext.KindNull:
		_, err := strconv.Atoi(cell)
		return err != nil
	case jsontext.KindString, jsontext.KindBeginObject:
		text := c.said()
		return cell == text || cell == "'"+text || isHalfYear(text)
	}
	return true
}

func sameNumber(number, cell string) bool {
	a, err := strconv.ParseFloat(number, 64)
	b, failed := strconv.ParseFloat(strings.Replace(cell, ",", ".", 1), 64)
	return err == nil && failed == nil && a == b
}

// said is a text, or the label of a term.
func (c printedCell) said() (text string) {
	if json.Unmarshal(c.value, &text) == nil {
		return text
	}
	var term struct {
		Label string `json:"label"`
	}
	if json.Unmarshal(c.value, &term) != nil {
		return ""
	}
	return term.Label
}

func isHalfYear(text string) bool {
	year, half, found := strings.Cut(text, "-")
	_, err := strconv.Atoi(year)
	return found && err == nil && (half == "1" || half == "2")
}
