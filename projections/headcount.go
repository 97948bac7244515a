package projections

import (
	"math/bits"
	"slices"

	"signaalboek/domain"
)

// headcount is what one group of contacts counts.
type headcount struct {
	contacts  int
	requests  int
	erased    int // contacts whose recognition was forgotten
	unique    int
	newcomers yesses // of the unique: no contact in an earlier year
	newHere   yesses // the same at the activities of the group
	known     yesses // to the social service
	years     int    // in which somebody was recognised: people of two years cannot be told apart

	inAll         int // contacts of the period, whatever their group
	requestsInAll int
}

// yesses is of how many people something holds, and of how many nobody said.
type yesses struct{ yes, unknown int }

// countAt counts the contacts of a period in groups of activities: those whose activity a group holds.
func (c *Contacts) countAt(practice domain.PracticeID, period Period, groups int, holds func(activity domain.Code, group int) bool) []headcount {
	masks := newMasks(groups, len(c.names.symbols.values))
	for _, activity := range c.activities() {
		for group := range groups {
			masks.set(uint32(activity), group, holds(c.names.codeOf(activity), group))
		}
	}
	count := newCount(c, groups, func(row uint32, f *contactFacts, count *count) []uint64 {
		mask := masks.of(uint32(f.activity))
		count.add(mask, 1, int(f.count), f.said)
		return mask
	})
	return count.over(c.of(practice), period)
}

// countWith counts the contacts of a period in groups of requests: those of which a request carries a code that a group
// holds. Only such requests count in it.
func (c *Contacts) countWith(practice domain.PracticeID, period Period, groups int, by Dimension, holds func(codes []domain.Code, group int) bool) []headcount {
	masks := newMasks(groups, len(c.shapes.values))
	for number, shape := range c.shapes.values {
		codes := c.names.listOf(shape.carried(by))
		for group := range groups {
			masks.set(uint32(number), group, holds(codes, group))
		}
	}
	together := make([]uint64, masks.words)
	count := newCount(c, groups, func(row uint32, f *contactFacts, count *count) []uint64 {
		clear(together)
		for _, number := range c.shapesOf(row) {
			mask := masks.of(number)
			count.add(mask, 0, 1, 0)
			for w := range mask {
				together[w] |= mask[w]
			}
		}
		count.add(together, 1, 0, f.said)
		return together
	})
	return count.over(c.of(practice), period)
}

// carried is the codes of a request in one dimension.
func (s shape) carried(by Dimension) listNo {
	switch by {
	case ByTheme, ByReportTheme:
		return s.themes
	case ByApproach:
		return s.approaches
	case ByService:
		return s.services
	}
	return 0
}

// activities is every activity at which a contact ever was.
func (c *Contacts) activities() []symbol { return c.seenActivities }

// used is every code that a contact or request ever carried in a dimension, in the order of first appearance.
func (c *Contacts) used(by Dimension) []domain.Code {
	var codes []domain.Code
	if by == ByActivity {
		for _, activity := range c.activities() {
			codes = append(codes, c.names.codeOf(activity))
		}
		return codes
	}
	seen := map[listNo]bool{}
	for _, shape := range c.shapes.values {
		if list := shape.carried(by); !seen[list] {
			seen[list] = true
			for _, code := range c.names.listOf(list) {
				if !slices.Contains(codes, code) {
					codes = append(codes, code)
				}
			}
		}
	}
	return codes
}

// masks is sets of groups, one bit a group, by the number of what is in them.
type masks struct {
	words int // of 64 groups
	bits  []uint64
}

func newMasks(groups, numbers int) masks {
	words := (groups + 63) / 64
	return masks{words, make([]uint64, words*numbers)}
}

func (m masks) of(number uint32) []uint64 { return m.bits[int(number)*m.words:][:m.words] }

func (m masks) set(number uint32, group int, in bool) {
	if in {
		m.of(number)[group/64] |= 1 << (group % 64)
	}
}

// count counts contacts in groups, one pass over the days of a period, one year after the other.
type count struct {
	contacts *Contacts
	words    int
	groups   func(row uint32, f *contactFacts, count *count) []uint64 // adds a contact, and tells its groups
	heads    []headcount
	all      int
	requests int

	// Of the people of the year that is counted, by their number.
	seen        masks // in which groups
	hereYes     masks // in which of them came in an earlier year
	hereUnknown masks // in which of them nobody said
	earlier     []uint8
	known       []uint8 // latest answer that is not unknown
}

func newCount(c *Contacts, groups int, of func(row uint32, f *contactFacts, count *count) []uint64) *count {
	return &count{contacts: c, words: (groups + 63) / 64, groups: of, heads: make([]headcount, groups)}
}

func (n *count) over(in *practiceContacts, period Period) []headcount {
	if in == nil {
		return n.heads
	}
	for i := range in.days.years {
		year := &in.days.years[i]
		if from, to := year.within(period); from <= to {
			n.year(year.days[from:to+1], len(in.peopleIn(year.year)))
		}
	}
	for g := range n.heads {
		n.heads[g].inAll, n.heads[g].requestsInAll = n.all, n.requests
	}
	return n.heads
}

func (n *count) year(days [][]uint32, people int) {
	size := people * n.words
	n.seen, n.hereYes, n.hereUnknown = masks{n.words, make([]uint64, size)}, masks{n.words, make([]uint64, size)}, masks{n.words, make([]uint64, size)}
	n.earlier, n.known = make([]uint8, people), make([]uint8, people)
	for _, rows := range days {
		for _, row := range rows {
			if f := &n.contacts.facts[row]; f.said&withdrawn == 0 {
				n.contact(row, f)
			}
		}
	}
	n.people()
}

func (n *count) contact(row uint32, f *contactFacts) {
	n.all++
	n.requests += int(f.count)
	groups := n.groups(row, f, n)
	if f.person == nobody {
		return
	}
	n.earlier[f.person] |= 1 << f.said.answer(saidEarlier)
	if known := f.said.answer(saidKnown); known != bitsUnknown {
		n.known[f.person] = known
	}
	or(n.seen.of(f.person), groups)
	switch f.said.answer(saidHere) {
	case bitsYes:
		or(n.hereYes.of(f.person), groups)
	case bitsUnknown:
		or(n.hereUnknown.of(f.person), groups)
	}
}

func or(to, more []uint64) {
	for w := range more {
		to[w] |= more[w]
	}
}

// add counts contacts and requests in every group of a mask.
func (n *count) add(mask []uint64, contacts, requests int, said said) {
	for w, set := range mask {
		for ; set != 0; set &= set - 1 {
			head := &n.heads[w*64+bits.TrailingZeros64(set)]
			head.contacts += contacts
			head.requests += requests
			head.erased += int(said&erased) / int(erased)
		}
	}
}

// people adds the people of a year to the groups in which they were seen.
func (n *count) people() {
	before := make([]int, len(n.heads))
	for g := range n.heads {
		before[g] = n.heads[g].unique
	}
	for person := range uint32(len(n.earlier)) {
		for w, set := range n.seen.of(person) {
			for ; set != 0; set &= set - 1 {
				n.person(person, w*64+bits.TrailingZeros64(set))
			}
		}
	}
	for g := range n.heads {
		if n.heads[g].unique > before[g] {
			n.heads[g].years++
		}
	}
}

func (n *count) person(person uint32, group int) {
	head := &n.heads[group]
	head.unique++
	word, bit := group/64, uint64(1)<<(group%64)
	head.newcomers.count(n.earlier[person]&(1<<bitsYes) != 0, n.earlier[person]&(1<<bitsUnknown) != 0)
	head.newHere.count(n.hereYes.of(person)[word]&bit != 0, n.hereUnknown.of(person)[word]&bit != 0)
	switch n.known[person] {
	case bitsYes:
		head.known.yes++
	case bitsUnknown:
		head.known.unknown++
	}
}

// count counts somebody as new who neither came before nor may have.
func (y *yesses) count(before, perhaps bool) {
	switch {
	case before:
	case perhaps:
		y.unknown++
	default:
		y.yes++
	}
}

// peopleIn is the pseudonyms of a year.
func (p *practiceContacts) peopleIn(year int) []key {
	if people := p.people[year]; people != nil {
		return people.keys
	}
	return nil
}
