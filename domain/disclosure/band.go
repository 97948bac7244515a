package disclosure

import "math"

// Width is how wide the bands are in which a table shows its counts. Its values are stable: they stand in releases.
type Width int

// The widths, from narrow to wide. Each divides the next, so that bands nest; what is not published is wider than all.
const (
	Exact       Width = 1
	ByFive      Width = 5
	ByTen       Width = 10
	ByTwenty    Width = 20
	Unpublished Width = 0
)

// Valid reports whether w is one of the widths.
func (w Width) Valid() bool {
	return w == Exact || w == ByFive || w == ByTen || w == ByTwenty || w == Unpublished
}

// wider is the next width.
func (w Width) wider() Width {
	switch w {
	case Exact:
		return ByFive
	case ByFive:
		return ByTen
	case ByTen:
		return ByTwenty
	}
	return Unpublished
}

// Narrower reports whether w tells more than other.
func (w Width) Narrower(other Width) bool {
	return w != Unpublished && (other == Unpublished || w < other)
}

// widest is the wider of two widths.
func widest(w, other Width) Width {
	if w.Narrower(other) {
		return other
	}
	return w
}

// Band is the band of this width that holds a count: [b⌊n/b⌋, b⌊n/b⌋ + b − 1]. Zero is in the first one.
func (w Width) Band(n int) Band {
	if w == Unpublished {
		return anyBand
	}
	least := n - n%int(w)
	return Band{least, least + int(w) - 1}
}

// Band is what a release says of a count: it is Least, Most, or something between.
type Band struct {
	Least, Most int
}

// anyBand says nothing.
var anyBand = Band{0, unlimited}

// unlimited is more than anything that a practice counts.
const unlimited = math.MaxInt32

// Published reports whether b says anything.
func (b Band) Published() bool { return b.Most < unlimited }

// Holds reports whether n may be the count.
func (b Band) Holds(n int) bool { return b.Least <= n && n <= b.Most }

// both is what two bands of one count say together; empty (Most below Least) if they contradict each other.
func (b Band) both(other Band) Band { return Band{max(b.Least, other.Least), min(b.Most, other.Most)} }
