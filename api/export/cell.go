package export

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/projections"
)

// Cell is a value in a sheet. Each kind knows how it stands in every file.
type Cell interface {
	csv() string
	workbook() any // nil: empty
	MarshalJSONTo(*jsontext.Encoder) error
}

// Text is words, of which no spreadsheet makes a formula.
type Text string

func (t Text) csv() string   { return NoFormula(string(t)) }
func (t Text) workbook() any { return string(t) }

// MarshalJSONTo writes the words.
func (t Text) MarshalJSONTo(out *jsontext.Encoder) error {
	return out.WriteToken(jsontext.String(string(t)))
}

// Number is a count.
type Number int

func (n Number) csv() string   { return strconv.Itoa(int(n)) }
func (n Number) workbook() any { return int(n) }

// MarshalJSONTo writes the count.
func (n Number) MarshalJSONTo(out *jsontext.Encoder) error {
	return out.WriteToken(jsontext.Int(int64(n)))
}

// Decimal is a number that somebody else published.
type Decimal float64

func (d Decimal) csv() string {
	return strings.Replace(strconv.FormatFloat(float64(d), 'f', -1, 64), ".", ",", 1)
}

func (d Decimal) workbook() any { return float64(d) }

// MarshalJSONTo writes the number.
func (d Decimal) MarshalJSONTo(out *jsontext.Encoder) error {
	return out.WriteToken(jsontext.Float(float64(d)))
}

// Unrecorded is a count that nobody recorded. It is not zero.
type Unrecorded struct{}

func (Unrecorded) csv() string   { return web.T("unrecorded") }
func (Unrecorded) workbook() any { return web.T("unrecorded") }

// MarshalJSONTo writes null.
func (Unrecorded) MarshalJSONTo(out *jsontext.Encoder) error { return out.WriteToken(jsontext.Null) }

// Empty is nothing to say: it does not apply here, or did not happen.
type Empty struct{}

func (Empty) csv() string   { return "" }
func (Empty) workbook() any { return nil }

// MarshalJSONTo writes null.
func (Empty) MarshalJSONTo(out *jsontext.Encoder) error { return out.WriteToken(jsontext.Null) }

// Day is a day, never the zero one.
type Day domain.Date

func (d Day) csv() string   { return domain.Date(d).String() }
func (d Day) workbook() any { return domain.Date(d).Time() }

// MarshalJSONTo writes the day as 2006-01-02.
func (d Day) MarshalJSONTo(out *jsontext.Encoder) error {
	return out.WriteToken(jsontext.String(d.csv()))
}

// Half is a half-year, never the zero one: in words, since a spreadsheet takes 2026-1 for a month.
type Half projections.HalfYear

func (h Half) csv() string   { return web.HalfYear(projections.HalfYear(h)) }
func (h Half) workbook() any { return h.csv() }

// MarshalJSONTo writes the half-year as 2026-1.
func (h Half) MarshalJSONTo(out *jsontext.Encoder) error {
	return out.WriteToken(jsontext.String(projections.HalfYear(h).String()))
}

// Term is what has a code and is called something.
type Term struct {
	Code  string `json:"code"`
	Label string `json:"label"`
}

func (t Term) csv() string   { return NoFormula(t.Label) }
func (t Term) workbook() any { return t.Label }

// MarshalJSONTo writes both.
func (t Term) MarshalJSONTo(out *jsontext.Encoder) error {
	type plain Term
	return json.MarshalEncode(out, plain(t))
}

// Several is more than one value in one cell, or fewer.
type Several []Cell

func (s Several) csv() string { return NoFormula(s.said()) }

func (s Several) workbook() any { return s.said() }

func (s Several) said() string {
	parts := make([]string, len(s))
	for i, cell := range s {
		parts[i] = fmt.Sprint(cell.workbook())
	}
	return strings.Join(parts, " | ")
}

// MarshalJSONTo writes an array.
func (s Several) MarshalJSONTo(out *jsontext.Encoder) error {
	return json.MarshalEncode(out, []Cell(s))
}

// YesNo is an answer.
type YesNo bool

func (y YesNo) csv() string {
	if y {
		return web.Word("answer", domain.Yes)
	}
	return web.Word("answer", domain.No)
}

func (y YesNo) workbook() any { return y.csv() }

// MarshalJSONTo writes true or false.
func (y YesNo) MarshalJSONTo(out *jsontext.Encoder) error {
	return out.WriteToken(jsontext.Bool(bool(y)))
}
