package projections

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"signaalboek/domain"
)

// A table of packed rows is a list of rows: whatever is added and changed is there, while it is open and when it is
// closed, and after a snapshot.
func TestPackedRowsAreRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := newPacked(packMatter)
		var want []matter
		check := func(table *packed[matter]) {
			if got := rowsOf(table); !slices.Equal(got, want) {
				t.Fatalf("the table holds %+v, not %+v", got, want)
			}
		}
		for range rapid.IntRange(0, 150).Draw(t, "turns") {
			switch rapid.IntRange(0, 9).Draw(t, "turn") {
			case 0:
				table.close()
			case 1, 2, 3:
				if len(want) > 0 {
					at := rapid.IntRange(0, len(want)-1).Draw(t, "at")
					row := anyMatter(t)
					*table.change(uint32(at)), want[at] = row, row
				}
			default:
				row := anyMatter(t)
				if at := table.add(row); int(at) != len(want) {
					t.Fatalf("row %d was added as %d", len(want), at)
				}
				want = append(want, row)
			}
			check(&table)
		}
		table.close()
		check(&table)
		again := newPacked(packMatter)
		throughCoder(t, table.code, again.code)
		check(&again)
	})
}

func anyMatter(t *rapid.T) matter {
	number := func(name string) uint32 {
		return rapid.OneOf(rapid.Just(uint32(0)), rapid.Uint32Max(99), rapid.Uint32()).Draw(t, name)
	}
	day := func(name string) domain.Date {
		near := rapid.Map(rapid.Int32Range(18000, 20000), func(day int32) domain.Date { return domain.Date(day) })
		return rapid.OneOf(rapid.Just(domain.Date(0)), near, rapid.SampledFrom([]domain.Date{math.MinInt32, -1, 1, math.MaxInt32})).Draw(t, name)
	}
	return matter{
		thing: thingNo(number("thing")), next: matterNo(number("next")), forum: symbol(number("forum")), seq: number("seq"),
		first: day("first"), talked: day("talked"), decided: day("decided"), scheduled: day("scheduled"),
		meeting: day("meeting"), discussed: day("discussed"), waiting: day("waiting"), manner: number("manner"),
	}
}

// throughCoder writes with one method of a snapshot, and reads with the other.
func throughCoder(t *rapid.T, write, read func(*coder)) {
	var raw []byte
	c := &coder{put: func(block []byte) error { raw = append(raw, block...); return nil }}
	write(c)
	c.flush()
	c = &coder{reading: true, block: raw}
	if read(c); c.err != nil {
		t.Fatal(c.err)
	}
}

// A form names every field: a row in which nothing is zero comes back whole. A matter has a test of its own.
func TestFormsNameEveryField(t *testing.T) {
	things := newPacked(packThing)
	things.add(thing{
		practice: 1, since: 2, phase: 3, flags: 4, said: lastSaid{saying: 5, on: 6, expected: 7, seq: 8}, whose: 9, revision: 10,
		text: 11, evidence: 12, settings: 13, themes: 14, threshold: 15, targets: 16, worded: 17, version: 18, matter: 19,
		owed: 20, promise: 21, mandate: 22, mandateAt: 23, carried: 24, closedOn: 25, parked: 26,
	})
	keepsRow(t, &things)
	promises := newPacked(packPromise)
	promises.add(promise{text: 1, thing: 2, next: 3, forum: 4, made: 5, by: 6, number: 7, state: 8})
	keepsRow(t, &promises)
}

func keepsRow[T comparable](t *testing.T, table *packed[T]) {
	t.Helper()
	want := table.at(0)
	if field := zeroField(reflect.ValueOf(want)); field != "" {
		t.Errorf("%T has a field %s that this test does not know", want, field)
	}
	if table.close(); table.at(0) != want {
		t.Errorf("%+v comes back as %+v", want, table.at(0))
	}
}

// zeroField is a field of a struct, or of one inside it, that is zero; none if there is no such field.
func zeroField(row reflect.Value) string {
	for field, value := range row.Fields() {
		if value.IsZero() {
			return field.Name
		}
		if value.Kind() == reflect.Struct {
			if inside := zeroField(value); inside != "" {
				return inside
			}
		}
	}
	return ""
}

// Chunks that do not hold what they should are refused, and not read.
func TestPackedRowsOfADamagedSnapshot(t *testing.T) {
	for _, chunks := range [][][]byte{{{}}, {{5}}, {{1, 0}, {1, 0}}, {{0x80}}, nil} {
		damaged := packed[matter]{closed: 1, chunks: chunks}
		if damaged.isWhole() {
			t.Errorf("%v holds one row", chunks)
		}
	}
}
