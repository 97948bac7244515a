package vault

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// dumpForm is the form of a dump: that of the tables that it holds.
const dumpForm = 3

// ErrDump is records that are no dump of a vault.
var ErrDump = errors.New("vault: this is no dump of a vault")

// dumpHead is the first record of a dump. Whoever reads it has the master key.
type dumpHead struct {
	Form   int    `json:"form"`
	Master []byte `json:"master"`
}

// Dump gives the vault that was lent as records, to be kept elsewhere: the form and the master key, then every row. A
// record is a line of JSON: an object for the first, for a row an array with the name of its table and its columns in the
// order of tables, bytes in base64. The rows stay wrapped, but the key to them is there: whoever has the records opens
// whatever the vault opens. Two dumps of the same rows are the same. The bytes of a record belong to each.
func (o Original) Dump(each func(record []byte) error) error {
	head, err := json.Marshal(dumpHead{dumpForm, o.Master.raw})
	if err != nil {
		return fmt.Errorf("vault: dump: %w", err)
	}
	if err := each(head); err != nil {
		return err
	}
	return eachTable(func(t table) error { return t.dump(o.rows, each) })
}

func (t table) dump(from Tx, each func([]byte) error) error {
	for after := t.first; ; {
		rows, err := t.page(from, after)
		if err != nil || len(rows) == 0 {
			return err
		}
		for _, row := range rows {
			record, err := json.Marshal(append([]any{t.name}, row...))
			if err != nil {
				return fmt.Errorf("vault: dump %s: %w", t.name, err)
			}
			if err := each(record); err != nil {
				return err
			}
		}
		after = rows[len(rows)-1][0]
	}
}

// Dumped is the original of a vault whose records Dump gave. They are read once now, and again whenever a vault is made of
// them or compared with them, so records must begin anew each time. It fails with ErrDump, ErrNewer, and what records say.
func Dumped(records func() iter.Seq2[[]byte, error]) (o Original, err error) {
	next, stop := iter.Pull2(records())
	defer stop()
	if o.Master, err = readHead(next); err != nil {
		return Original{}, err
	}
	d := dumped{records, o.Master}
	o.Fill, o.compare = d.fill, d.compare
	return o, nil
}

// dumped is a dump that is read.
type dumped struct {
	records func() iter.Seq2[[]byte, error]
	master  *Master
}

func readHead(next func() ([]byte, error, bool)) (*Master, error) {
	record, err, more := next()
	var head dumpHead
	switch {
	case err != nil:
		return nil, err
	case !more || json.Unmarshal(record, &head, json.RejectUnknownMembers(true)) != nil:
		return nil, ErrDump
	case head.Form > dumpForm:
		return nil, fmt.Errorf("%w: a dump of form %d, and this program knows %d", ErrNewer, head.Form, dumpForm)
	case head.Form != dumpForm || len(head.Master) != masterSize:
		return nil, ErrDump
	}
	return masterOf(head.Master), nil
}

// dumpRows is how many rows are inserted at a time.
const dumpRows = 500

// fill writes the rows of a dump into new, empty tables.
func (d dumped) fill(to Tx) error {
	next, stop := iter.Pull2(d.records())
	defer stop()
	if _, err := readHead(next); err != nil {
		return err
	}
	var waiting [][]any
	var of table
	flush := func() error {
		if len(waiting) == 0 {
			return nil
		}
		names, places := of.insertion()
		err := to.Many(`INSERT INTO `+of.name+` (`+names+`) VALUES (`+places+`)`, waiting)
		waiting = waiting[:0]
		if err != nil {
			return fmt.Errorf("vault: restore %s: %w", of.name, err)
		}
		return nil
	}
	for {
		record, err, more := next()
		if err != nil {
			return err
		}
		if !more {
			return flush()
		}
		t, row, err := readRecord(record)
		if err != nil {
			return err
		}
		if t.name != of.name || len(waiting) >= min(dumpRows, t.pageRows()) {
			if err := flush(); err != nil {
				return err
			}
		}
		of, waiting = t, append(waiting, row)
	}
}

// compare fails with ErrOther if a vault does not give the same records. Its master key is compared already.
func (d dumped) compare(theirs Tx) error {
	next, stop := iter.Pull2(d.records())
	defer stop()
	err := Original{Master: d.master, rows: theirs}.Dump(func(record []byte) error {
		ours, err, more := next()
		if err == nil && (!more || string(ours) != string(record)) {
			err = fmt.Errorf("%w: its rows differ", ErrOther)
		}
		return err
	})
	if err != nil {
		return err
	}
	if _, err, more := next(); err != nil || !more {
		return err
	}
	return fmt.Errorf("%w: it lacks rows", ErrOther)
}

// readRecord reads a row of a dump.
func readRecord(record []byte) (t table, row []any, err error) {
	var values []jsontext.Value
	var name string
	if json.Unmarshal(record, &values) != nil || len(values) == 0 || json.Unmarshal(values[0], &name) != nil {
		return t, nil, ErrDump
	}
	at := slices.IndexFunc(tables, func(t table) bool { return t.name == name })
	if at < 0 || len(values) != 1+len(tables[at].columns) {
		return t, nil, fmt.Errorf("%w: a row of %s", ErrDump, strings.ToValidUTF8(name, "?"))
	}
	for i, c := range tables[at].columns {
		value, err := c.read(values[1+i])
		if err != nil {
			return t, nil, fmt.Errorf("%w: %s of %s", ErrDump, c.name, name) // what stands there is said to nobody
		}
		row = append(row, value)
	}
	return tables[at], row, nil
}

// read reads what value gave, of a dump.
func (c column) read(raw jsontext.Value) (any, error) {
	null := raw.Kind() == 'n'
	switch {
	case null && (c.kind == number || c.kind == text):
		return nil, ErrDump
	case null:
		return nil, nil
	case c.kind == number:
		return readAs[int](raw)
	case c.kind == text || c.kind == textNil:
		return readAs[string](raw)
	default:
		return readAs[[]byte](raw)
	}
}

func readAs[T any](raw jsontext.Value) (any, error) {
	var value T
	err := json.Unmarshal(raw, &value)
	return value, err
}
