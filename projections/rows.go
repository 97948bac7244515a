package projections

// rows is a list that grows without being copied: its rows lie in chunks, of which all but the first are made whole. A
// million rows would otherwise be copied again and again while a log is replayed, each time with room to spare.
type rows[T any] struct {
	chunks [][]T
}

const (
	rowBits  = 10
	chunkLen = 1 << rowBits
)

// len is the number of rows.
func (r *rows[T]) len() int {
	last := len(r.chunks) - 1
	if last < 0 {
		return 0
	}
	return last<<rowBits + len(r.chunks[last])
}

// at is the row with a number, to be read or changed.
func (r *rows[T]) at(number uint32) *T {
	return &r.chunks[number>>rowBits][number&(chunkLen-1)]
}

// rowReader reads rows of which many that are read one after the other lie near each other.
type rowReader[T any] struct {
	rows  *rows[T]
	chunk []T
	first uint32 // number of the first row of the chunk
}

func (r *rows[T]) reader() rowReader[T] { return rowReader[T]{rows: r} }

// at is the row with a number, to be read.
func (r *rowReader[T]) at(number uint32) *T {
	if at := number - r.first; at < uint32(len(r.chunk)) {
		return &r.chunk[at]
	}
	r.chunk, r.first = r.rows.chunks[number>>rowBits], number&^(chunkLen-1)
	return &r.chunk[number-r.first]
}

// add puts a row at the end.
func (r *rows[T]) add(row T) {
	last := len(r.chunks) - 1
	if last < 0 || len(r.chunks[last]) == chunkLen {
		r.chunks = append(r.chunks, r.room())
		last++
	}
	r.chunks[last] = append(r.chunks[last], row)
}

// room is a new chunk: a small one to begin with, since most lists stay short.
func (r *rows[T]) room() []T {
	if len(r.chunks) == 0 {
		return nil
	}
	return make([]T, 0, chunkLen)
}

// all visits every row, in order.
func (r *rows[T]) all(visit func(number uint32, row *T)) {
	for i, chunk := range r.chunks {
		for j := range chunk {
			visit(uint32(i<<rowBits+j), &chunk[j])
		}
	}
}

// codeRows codes rows, one by one.
func codeRows[T any](c *coder, r *rows[T], element func(c *coder, row *T)) {
	length := r.len()
	number(c, &length)
	if !c.reading {
		r.all(func(_ uint32, row *T) { element(c, row) })
		return
	}
	*r = rows[T]{}
	for left := length; left > 0 && c.err == nil; left -= chunkLen {
		chunk := make([]T, min(left, chunkLen))
		for i := range chunk {
			element(c, &chunk[i])
		}
		r.chunks = append(r.chunks, chunk)
	}
}
