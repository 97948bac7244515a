package transparency

import (
	"sort"

	"signaalboek/domain"
)

// mostPassed is how many positions a tree remembers with the frontier that it had there: whoever follows the same log, and
// is not far behind, finds there what to compare itself with.
const mostPassed = 4096

// passed is the positions that a tree came through last, oldest first, in a ring.
type passed struct {
	ring []passage
	next int // where the oldest one stands, once the ring is full
}

type passage struct {
	at       domain.Position
	frontier domain.Frontier
}

func (p *passed) add(at domain.Position, frontier domain.Frontier) {
	if len(p.ring) < mostPassed {
		p.ring = append(p.ring, passage{at, frontier})
		return
	}
	p.ring[p.next] = passage{at, frontier}
	p.next = (p.next + 1) % mostPassed
}

func (p *passed) at(position domain.Position) (domain.Frontier, bool) {
	nth := func(i int) passage { return p.ring[(p.next+i)%len(p.ring)] }
	i := sort.Search(len(p.ring), func(i int) bool { return !nth(i).at.Before(position) })
	if i == len(p.ring) || nth(i).at != position {
		return domain.Frontier{}, false
	}
	return nth(i).frontier, true
}
