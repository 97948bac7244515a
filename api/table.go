package api

import (
	"bytes"
	"encoding/csv"
	"io"
	"reflect"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"signaalboek/api/export"
)

// table writes rows as CSV. The columns follow from the type of the rows, so that no rows still have a header: a struct
// in a row gives a column for each of its members ("described.said"), several values stand in one cell with " | "
// between them, and what is deeper stands there as JSON.
func (t *teller) table(w io.Writer, rows reflect.Value) error {
	columns := columnsOf(rows.Type().Elem(), "", nil)
	out := csv.NewWriter(w)
	header := make([]string, len(columns))
	for i, c := range columns {
		header[i] = c.name
	}
	if err := out.Write(header); err != nil {
		return err
	}
	for i := range rows.Len() {
		cells := make([]string, len(columns))
		for j, c := range columns {
			cell, err := t.cell(c, rows.Index(i).FieldByIndex(c.index))
			if err != nil {
				return err
			}
			cells[j] = cell
		}
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// columnsOf is the columns of a type of rows.
func columnsOf(t reflect.Type, prefix string, at []int) []member {
	var columns []member
	for _, m := range membersOf(t) {
		index := append(at[:len(at):len(at)], m.index...)
		if m.of.Kind() == reflect.Struct && !isText(m.of) {
			columns = append(columns, columnsOf(m.of, prefix+m.name+".", index)...)
			continue
		}
		m.name, m.index = prefix+m.name, index
		columns = append(columns, m)
	}
	return columns
}

// isText reports whether a value of a struct type is written as a text.
func isText(t reflect.Type) bool {
	_, is, _ := (&teller{}).text(reflect.Zero(t))
	return is
}

func (t *teller) cell(column member, v reflect.Value) (string, error) {
	if column.leftOut(v) {
		return "", nil
	}
	if text, is, err := t.text(v); is || err != nil {
		return export.NoFormula(text), err
	}
	if v.Kind() != reflect.Slice {
		return t.inJSON(v)
	}
	var parts []string
	for i := range v.Len() {
		text, is, err := t.text(v.Index(i))
		if err != nil {
			return "", err
		}
		if !is {
			return t.inJSON(v)
		}
		parts = append(parts, text)
	}
	return export.NoFormula(strings.Join(parts, " | ")), nil
}

func (t *teller) inJSON(v reflect.Value) (string, error) {
	var out bytes.Buffer
	deeper := &teller{t.ctx, t.vault, jsontext.NewEncoder(&out)}
	err := deeper.tell(v)
	return strings.TrimSuffix(out.String(), "\n"), err
}
