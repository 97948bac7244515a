package projections

import (
	"encoding/binary"
	"maps"
	"slices"

	"signaalboek/domain"
)

// packed is a table of rows that are kept as bytes: a field that is zero takes one bit, any other as few bytes as its
// value needs. Of the things that are pursued there are many, each with many fields of which few are set, and questions
// read a few thousand of them at most; so a third of the room is worth a tenth of a microsecond to read a row.
//
// A batch changes rows in the open: change gives a row to be changed, and everything sees it as it is then. When the batch
// is applied, close puts the rows back into bytes; queries, which come only then, find none open.
type packed[T any] struct {
	form   form[T]
	chunks [][]byte // each holds packLen rows, one after another, each behind its length; the last one may hold fewer
	closed int      // rows in chunks
	added  int      // rows that are only open yet
	open   map[uint32]*T
}

// form packs a row, or unpacks it into a zero one.
type form[T any] func(*packing, *T)

const packLen = 16

func newPacked[T any](form form[T]) packed[T] { return packed[T]{form: form, open: map[uint32]*T{}} }

func (p *packed[T]) len() int { return p.closed + p.added }

// opened is the row with a number, if this batch changed it. A table that is asked often asks for this first, and then
// unpacks row by itself: through a form that is not known beforehand, every row would be a piece of garbage.
func (p *packed[T]) opened(number uint32) *T {
	if len(p.open) == 0 {
		return nil
	}
	return p.open[number]
}

// row is the row with a number, to be unpacked.
func (p *packed[T]) row(number uint32) packing {
	from, until := p.bounds(number)
	return unpacking(p.chunks[number/packLen][from:until])
}

// at is the row with a number, to be read.
func (p *packed[T]) at(number uint32) (row T) {
	if open := p.opened(number); open != nil {
		return *open
	}
	packed := p.row(number)
	p.form(&packed, &row)
	return row
}

// change is the row with a number, to be changed until the batch is applied.
func (p *packed[T]) change(number uint32) *T {
	row := p.open[number]
	if row == nil {
		packed := p.row(number)
		row = new(T)
		p.form(&packed, row)
		p.open[number] = row
	}
	return row
}

// add puts a row at the end, and gives its number.
func (p *packed[T]) add(row T) uint32 {
	number := uint32(p.len())
	p.open[number] = &row
	p.added++
	return number
}

// close puts the rows that were changed back into bytes.
func (p *packed[T]) close() {
	var row packing
	for _, number := range slices.Sorted(maps.Keys(p.open)) {
		row.reset()
		p.form(&row, p.open[number])
		p.put(number, row.bytes())
	}
	clear(p.open)
	p.added = 0
}

// put makes bytes the row with a number: one that is there, or the next.
func (p *packed[T]) put(number uint32, row []byte) {
	at := int(number / packLen)
	if at == len(p.chunks) {
		p.chunks = append(p.chunks, nil)
	}
	chunk := p.chunks[at]
	from, until := len(chunk), len(chunk)
	if int(number) < p.closed {
		from, until = p.bounds(number)
	} else {
		p.closed++
	}
	p.chunks[at] = replace(chunk, from, until, row)
}

// replace is slices.Replace with little room to spare: of chunks there are many.
func replace(chunk []byte, from, until int, with []byte) []byte {
	size := len(chunk) + len(with) - (until - from)
	if size <= cap(chunk) {
		return slices.Replace(chunk, from, until, with...)
	}
	grown := make([]byte, 0, size+size/16)
	return append(append(append(grown, chunk[:from]...), with...), chunk[until:]...)
}

// bounds is where a row lies in its chunk, with its length before it.
func (p *packed[T]) bounds(number uint32) (from, until int) {
	chunk := p.chunks[number/packLen]
	for left := number % packLen; ; left-- {
		length, size := binary.Uvarint(chunk[from:])
		until = from + size + int(length)
		if left == 0 {
			return from, until
		}
		from = until
	}
}

// all visits every row, in order, to be read.
func (p *packed[T]) all(visit func(number uint32, row *T)) {
	for number := range uint32(p.len()) {
		row := p.at(number)
		visit(number, &row)
	}
}

// code writes the chunks as they are, or reads them.
func (p *packed[T]) code(c *coder) {
	number(c, &p.closed)
	list(c, &p.chunks, (*coder).bytes)
	if c.reading && c.err == nil && !p.isWhole() {
		c.err = errSnapshotShort
	}
}

// isWhole reports whether the chunks hold as many rows as they should: what was read may be anything.
func (p *packed[T]) isWhole() bool {
	left := p.closed
	for _, chunk := range p.chunks {
		rows := 0
		for len(chunk) > 0 {
			length, size := binary.Uvarint(chunk)
			if size <= 0 || length > uint64(len(chunk)-size) {
				return false
			}
			chunk = chunk[size+int(length):]
			rows++
		}
		if rows != min(left, packLen) || rows == 0 {
			return false
		}
		left -= rows
	}
	return left == 0
}

// packing is one row on its way into bytes, or out of them.
type packing struct {
	reading bool
	fields  uint64 // bit by bit, which fields are not zero
	next    int    // field, of a row that is written
	values  []byte
	whole   []byte // what bytes gave last
}

func (p *packing) reset() { p.fields, p.next, p.values = 0, 0, p.values[:0] }

// bytes is the row that was written, behind its length: which fields it has, and their values.
func (p *packing) bytes() []byte {
	var fields [binary.MaxVarintLen64]byte
	size := binary.PutUvarint(fields[:], p.fields)
	p.whole = binary.AppendUvarint(p.whole[:0], uint64(size+len(p.values)))
	p.whole = append(append(p.whole, fields[:size]...), p.values...)
	return p.whole
}

// unpacking is a row as bytes gave it.
func unpacking(row []byte) packing {
	takeUvarint(&row) // its length
	fields := takeUvarint(&row)
	return packing{reading: true, fields: fields, values: row}
}

// passes passes the next field of a row that is read, if that is zero there: most fields are.
func (p *packing) passes() bool {
	if !p.reading || p.fields&1 != 0 {
		return false
	}
	p.fields >>= 1
	return true
}

// field packs the next field as a number, unless it is zero and so not set; or takes that number out of a row that is read.
func (p *packing) field(set bool, number uint64) uint64 {
	if p.reading {
		p.fields >>= 1
		return takeUvarint(&p.values)
	}
	if set {
		p.fields |= 1 << p.next
		p.values = binary.AppendUvarint(p.values, number)
	}
	p.next++
	return number
}

// packField packs a number that counts.
func packField[T ~uint8 | ~uint16 | ~uint32](p *packing, v *T) {
	if !p.passes() {
		*v = T(p.field(*v != 0, uint64(*v)))
	}
}

// packDay packs a day as how far it is from another: most of what happens to a thing happens soon.
func packDay(p *packing, v *domain.Date, from domain.Date) {
	if !p.passes() {
		*v = from + domain.Date(unzigzag(p.field(*v != 0, zigzag(int64(*v)-int64(from)))))
	}
}

// nearDay is a day that most days are near to: 2 January 2022. They take two bytes then.
const nearDay domain.Date = 18994
