package projections

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
)

// pageOf makes a page of what is found, newest first, of what is wanted: each as a row, and the cursor of the page after
// this one, empty at the end.
func pageOf[F interface{ cursor() string }, R any](
	found iter.Seq[F], wanted func(F) bool, limit int, row func(F) R,
) (rows []R, next string) {
	var last F
	for f := range found {
		if !wanted(f) {
			continue
		}
		if len(rows) == pageSize(limit) {
			return rows, last.cursor()
		}
		rows, last = append(rows, row(f)), f
	}
	return rows, ""
}

// spot is where a row stands in an order: by a key, and among equal ones by its number in the log. A cursor is the
// place of the last row of a page, so that what is added meanwhile moves nothing.
type spot struct {
	key int64
	no  thingNo
}

func (p spot) String() string { return fmt.Sprintf("%d.%d", p.key, p.no) }

// parseCursor is the place that a page gave as its next; nil at the beginning.
func parseCursor(cursor string) (*spot, error) {
	if cursor == "" {
		return nil, nil
	}
	var p spot
	if _, err := fmt.Sscanf(cursor, "%d.%d", &p.key, &p.no); err != nil || p.String() != cursor {
		return nil, ErrCursor
	}
	return &p, nil
}

// nearest keeps the first few of many places.
type nearest struct {
	count    int
	backward bool
	spots    []spot
}

func (n *nearest) compare(a, b spot) int {
	order := cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.no, b.no))
	if n.backward {
		return -order
	}
	return order
}

// fits reports whether a place would be kept now.
func (n *nearest) fits(p spot) bool {
	return len(n.spots) < n.count || n.compare(p, n.spots[len(n.spots)-1]) < 0
}

func (n *nearest) add(p spot) {
	at, _ := slices.BinarySearchFunc(n.spots, p, n.compare)
	n.spots = slices.Insert(n.spots, at, p)
	if len(n.spots) > n.count {
		n.spots = n.spots[:n.count]
	}
}
