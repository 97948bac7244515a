package export

import (
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Sheet is rows under a header: a table of figures, or a list.
type Sheet struct {
	Name    string // of its file, and in JSON; stable
	Title   string // in Dutch, at most 31 characters: the name of its tab
	Note    string // said instead of rows, if there can be none
	Columns []Column
	Rows    [][]Cell // as many cells as there are columns
}

// Column is what stands in one place of each row.
type Column struct {
	Name  string // in JSON; stable
	Title string // in Dutch
	Wide  int    // in a workbook, in characters; longer texts take more lines
}

// MarshalJSONTo writes a sheet, with each row as an object: its members are the columns, in their order.
func (s Sheet) MarshalJSONTo(out *jsontext.Encoder) error {
	rows := make([]row, len(s.Rows))
	for i, cells := range s.Rows {
		rows[i] = row{s.Columns, cells}
	}
	return json.MarshalEncode(out, struct {
		Name  string `json:"name"`
		Title string `json:"title"`
		Note  string `json:"note,omitzero"`
		Rows  []row  `json:"rows"`
	}{s.Name, s.Title, s.Note, rows})
}

// row is one row on its way into JSON.
type row struct {
	columns []Column
	cells   []Cell
}

// MarshalJSONTo writes the row as an object.
func (r row) MarshalJSONTo(out *jsontext.Encoder) error {
	if err := out.WriteToken(jsontext.BeginObject); err != nil {
		return err
	}
	for i, column := range r.columns {
		if err := out.WriteToken(jsontext.String(column.Name)); err != nil {
			return err
		}
		if err := r.cells[i].MarshalJSONTo(out); err != nil {
			return err
		}
	}
	return out.WriteToken(jsontext.EndObject)
}
