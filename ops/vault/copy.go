package vault

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// ErrOther is a vault that is no copy of the one that it was compared with.
var ErrOther = errors.New("vault: the other vault is not a copy of this one")

// Original is what a new vault begins with.
type Original struct {
	Master *Master        // goes into its key file
	Fill   func(Tx) error // fills its tables, which are new and empty

	rows    Tx             // of the vault that it is a copy of, if that is lent
	compare func(Tx) error // fails with ErrOther if rows are not those of the vault that it is a copy of
}

// Blank is the original of a vault that nobody has used yet.
func Blank() Original {
	m := NewMaster()
	return Original{Master: m, Fill: func(tx Tx) error { return blank(tx, m) }}
}

// Lend has to make a copy of the vault as it stands: it lends one state of all rows, and the master key that wraps them.
//
// A copy is the same rows, byte for byte, under the same master key. So everything opens in it that opens here, and what
// is forgotten here is forgotten there: its row says so in both. But for table turn, which leads from key files of
// former times to the master key: whoever uses the copy has its key file.
//
// From then on there are two vaults, and what one forgets the other still knows, until it is destroyed.
func (v *Vault) Lend(ctx context.Context, to func(Original) error) error {
	if err := v.flushUses(ctx); err != nil {
		return err
	}
	return v.read(ctx, func(b book) error {
		return to(Original{
			Master: b.master, rows: b.Tx,
			Fill:    func(tx Tx) error { return eachTable(func(t table) error { return t.copy(b.Tx, tx) }) },
			compare: func(tx Tx) error { return eachTable(func(t table) error { return t.compare(b.Tx, tx) }) },
		})
	})
}

// Compare fails with ErrOther if rows, or the master key in a file, are not those of the original.
func (o Original) Compare(tx Tx, key KeyFile) error {
	held, err := key.Read()
	if err != nil {
		return err
	}
	if !held.is(o.Master.id) {
		return fmt.Errorf("%w: it has another master key", ErrOther)
	}
	return o.compare(tx)
}

func eachTable(do func(table) error) error {
	for _, t := range tables {
		if err := do(t); err != nil {
			return err
		}
	}
	return nil
}

// table is a table as it is copied. The first of its columns is its key.
type table struct {
	name    string
	first   any // before every key
	columns []column
}

type column struct {
	name string
	kind columnKind
}

type columnKind int

const (
	blob    columnKind = iota // also NULL
	large                     // a blob of megabytes, also NULL
	text                      // never NULL
	textNil                   // also NULL
	number
)

// tables is all tables but turn, as the schemas have them.
var tables = []table{
	{"state", 0, []column{{"one", number}, {"generation", number}, {"master", blob}, {"erase", number}}},
	{"secret", []byte{}, []column{
		{"id", blob}, {"subject", text}, {"name", textNil}, {"event", blob}, {"field", textNil}, {"master", blob},
		{"wrapped", blob}, {"owed", textNil},
	}},
	{"card", []byte{}, []column{{"id", blob}, {"practice", text}, {"mark", blob}, {"secret", blob}, {"content", blob}}},
	{"shelf", []byte{}, []column{{"mark", blob}, {"practice", text}, {"content", blob}}},
	{"draft", []byte{}, []column{
		{"id", blob}, {"practice", text}, {"subject", text}, {"key", blob}, {"master", blob}, {"wrapped", blob}, {"content", blob},
	}},
	{"bundle", []byte{}, []column{
		{"mark", blob}, {"practice", text}, {"about", blob}, {"key", blob}, {"texts", blob}, {"master", blob}, {"wrapped", blob},
		{"content", large},
	}},
	{"dropped", []byte{}, []column{{"mark", blob}}},
	{"concern", []byte{}, []column{{"mark", blob}, {"year", number}}},
}

// pageRows is how many rows are in memory at a time, and largeRows of those that are large.
const (
	pageRows  = 2000
	largeRows = 8
)

func (t table) pageRows() int {
	if slices.ContainsFunc(t.columns, func(c column) bool { return c.kind == large }) {
		return largeRows
	}
	return pageRows
}

// copy writes all rows of a table into another, which is empty.
func (t table) copy(from, to Tx) error {
	names, places := t.insertion()
	for after := t.first; ; {
		rows, err := t.page(from, after)
		if err != nil || len(rows) == 0 {
			return err
		}
		if err := to.Many(`INSERT INTO `+t.name+` (`+names+`) VALUES (`+places+`)`, rows); err != nil {
			return fmt.Errorf("vault: copy %s: %w", t.name, err)
		}
		after = rows[len(rows)-1][0]
	}
}

// compare fails with ErrOther if two tables do not have the same rows.
func (t table) compare(ours, theirs Tx) error {
	for after := t.first; ; {
		a, err := t.page(ours, after)
		if err != nil {
			return err
		}
		b, err := t.page(theirs, after)
		if err != nil {
			return err
		}
		if !slices.EqualFunc(a, b, func(a, b []any) bool { return reflect.DeepEqual(a, b) }) {
			return fmt.Errorf("%w: %s differs", ErrOther, t.name)
		}
		if len(a) == 0 {
			return nil
		}
		after = a[len(a)-1][0]
	}
}

// page reads the next rows behind a key, each as the arguments of an INSERT.
func (t table) page(tx Tx, after any) (rows [][]any, err error) {
	key := t.columns[0].name
	query := `SELECT ` + t.selection() + ` FROM ` + t.name + ` WHERE ` + key + ` > $1 ORDER BY ` + key + ` LIMIT $2`
	err = tx.Do(query, func(r Row) error {
		rows = append(rows, t.arguments(r))
		return nil
	}, after, t.pageRows())
	if err != nil {
		return nil, fmt.Errorf("vault: read %s: %w", t.name, err)
	}
	return rows, nil
}

// selection asks of each column for its value, and of a text that may be missing also whether it is.
func (t table) selection() string {
	var asked []string
	for _, c := range t.columns {
		asked = append(asked, c.name)
		if c.kind == textNil {
			asked = append(asked, `CASE WHEN `+c.name+` IS NULL THEN 1 ELSE 0 END`)
		}
	}
	return strings.Join(asked, ", ")
}

func (t table) arguments(r Row) (values []any) {
	at := 0
	for _, c := range t.columns {
		values = append(values, c.value(r, at))
		if at++; c.kind == textNil {
			at++
		}
	}
	return values
}

func (c column) value(r Row, at int) any {
	switch c.kind {
	case number:
		return r.Int(at)
	case text:
		return r.Text(at)
	case textNil:
		if r.Int(at+1) == 1 {
			return nil
		}
		return r.Text(at)
	default:
		if r.Bytes(at) == nil {
			return nil
		}
		return append([]byte{}, r.Bytes(at)...)
	}
}

// insertion is the names of all columns, and the places of their values.
func (t table) insertion() (names, places string) {
	var all, marks []string
	for i, c := range t.columns {
		all, marks = append(all, c.name), append(marks, fmt.Sprintf("$%d", i+1))
	}
	return strings.Join(all, ", "), strings.Join(marks, ", ")
}
