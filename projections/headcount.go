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
	chosen    yesses // of the unique: of the classes that the group counts; all of them, if it looks at no traits
	newcomers yesses // of the chosen, as all below: no contact in an earlier year
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
	return c.countChosen(practice, period, groups, holds, nil)
}

// countChosen is countAt for groups of which some look at the traits of people.
func (c *Contacts) countChosen(
	practice domain.PracticeID, period Period, groups int, holds func(activity domain.Code, group int) bool, by *choosing,
) []headcount {
	return inChunks(groups, func(first, groups int) []headcount {
		masks := make([]uint64, len(c.names.symbols.values))
		for _, activity := range c.seenActivities {
			code := c.names.codeOf(activity)
			masks[activity] = maskOf(groups, func(group int) bool { return holds(code, first+group) })
		}
		n := &count{
			contacts: c, heads: make([]headcount, groups), byActivity: masks, activities: make([]tally, len(masks)),
			choosing: by.from(first, groups),
		}
		return n.over(c.of(practice), period)
	})
}

// countWith counts the contacts of a period in groups of requests: those of which a request carries a code that a group
// holds. Only such requests count in it.
func (c *Contacts) countWith(practice domain.PracticeID, period Period, groups int, by Dimension, holds func(codes []domain.Code, group int) bool) []headcount {
	return inChunks(groups, func(first, groups int) []headcount {
		masks := c.masksOf(by, func(codes []domain.Code) uint64 {
			return maskOf(groups, func(group int) bool { return holds(codes, first+group) })
		})
		n := &count{contacts: c, heads: make([]headcount, groups), byShape: masks, shapes: make([]tally, len(masks))}
		return n.over(c.of(practice), period)
	})
}

// masksOf is the groups of each shape. Many shapes carry the same codes in one dimension, which are looked at once.
func (c *Contacts) masksOf(by Dimension, maskOf func(codes []domain.Code) uint64) []uint64 {
	masks := make([]uint64, len(c.shapes.values))
	ofList, known := make([]uint64, len(c.names.lists.values)), make([]bool, len(c.names.lists.values))
	for number, shape := range c.shapes.values {
		list := shape.carried(by)
		if !known[list] {
			ofList[list], known[list] = maskOf(c.names.listOf(list)), true
		}
		masks[number] = ofList[list]
	}
	return masks
}

// inChunks counts groups 64 at a time: as many as a mask has bits. Hardly anybody has more.
func inChunks(groups int, count func(first, groups int) []headcount) []headcount {
	var heads []headcount
	for first := 0; first < groups; first += 64 {
		heads = append(heads, count(first, min(64, groups-first))...)
	}
	return heads
}

// maskOf is a set of groups, one bit a group.
func maskOf(groups int, holds func(group int) bool) (mask uint64) {
	for group := range groups {
		if holds(group) {
			mask |= 1 << group
		}
	}
	return mask
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

// used is every code that a contact or request ever carried in a dimension, in the order of first appearance.
func (c *Contacts) used(by Dimension) []domain.Code {
	var codes []domain.Code
	if by == ByActivity {
		for _, activity := range c.seenActivities {
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

// count counts contacts in at most 64 groups: one pass over the days of a period, one year after the other. In that
// pass, contacts are told apart only by what decides their groups: their activity, or the shapes of their requests;
// what each of these counts is dealt out to the groups at the end.
type count struct {
	contacts   *Contacts
	heads      []headcount
	byActivity []uint64 // groups of each activity; nil when requests decide
	activities []tally
	byShape    []uint64  // groups of each shape; nil when activities decide
	shapes     []tally   // contacts only of those with one request
	choosing   *choosing // by traits; nil: nobody looks at them
	all        tally
	people     []person // of the year that is counted, by the number that stands for them
	ones       []uint32 // that number, by number; nil: nobody has two
}

// tally is what is counted without looking at people.
type tally struct{ contacts, requests, erased int }

// person is what the contacts of somebody in one year say together. Each of the masks is a set of groups.
type person struct {
	seen        uint64
	hereYes     uint64 // came there in an earlier year
	hereUnknown uint64 // nobody said
	earlier     uint8  // the answers, one bit each
	known       uint8  // latest answer that is not unknown
}

func (n *count) over(in *practiceContacts, period Period) []headcount {
	if in == nil {
		return n.heads
	}
	for i := range in.days.years {
		year := in.days.years[i]
		if from, to := year.within(period); from <= to {
			n.year(year.days[from:to+1], year.year, in.people[year.year])
		}
	}
	n.deal()
	return n.heads
}

func (n *count) year(days [][]uint32, year int, people *people) {
	n.people, n.ones = make([]person, people.len()), people.ones()
	facts := n.contacts.facts.reader()
	for _, rows := range days {
		for _, row := range rows {
			if f := facts.at(row); f.said&withdrawn == 0 {
				n.contact(row, f)
			}
		}
	}
	n.unite(n.choosing.in(year, people))
}

func (n *count) contact(row uint32, f *contactFacts) {
	n.all.contacts++
	n.all.requests += int(f.count)
	groups := n.groupsOf(row, f)
	if f.person == nobody {
		return
	}
	p := n.who(f.person)
	p.seen |= groups
	p.says(f)
	switch f.said.answer(saidHere) {
	case bitsYes:
		p.hereYes |= groups
	case bitsUnknown:
		p.hereUnknown |= groups
	}
}

// says takes up what a contact says of somebody, wherever it was. Contacts come in the order of their days.
func (p *person) says(f *contactFacts) {
	p.earlier |= 1 << f.said.answer(saidEarlier)
	if known := f.said.answer(saidKnown); known != bitsUnknown {
		p.known = known
	}
}

// who is the person with a number.
func (n *count) who(number uint32) *person {
	if n.ones != nil {
		number = n.ones[number]
	}
	return &n.people[number]
}

// groupsOf is the groups of a contact, which is counted on the way.
func (n *count) groupsOf(row uint32, f *contactFacts) uint64 {
	erased := int(f.said / erased)
	if n.byActivity != nil {
		t := &n.activities[f.activity]
		t.contacts, t.requests, t.erased = t.contacts+1, t.requests+int(f.count), t.erased+erased
		return n.byActivity[f.activity]
	}
	if f.count == 1 {
		t := &n.shapes[f.requests[0]]
		t.contacts, t.requests, t.erased = t.contacts+1, t.requests+1, t.erased+erased
		return n.byShape[f.requests[0]]
	}
	var groups uint64
	for _, number := range n.contacts.shapesOf(row) {
		n.shapes[number].requests++
		groups |= n.byShape[number]
	}
	n.give(groups, tally{contacts: 1, erased: erased})
	return groups
}

// deal deals out what activities or shapes counted.
func (n *count) deal() {
	for activity, t := range n.activities {
		n.give(n.byActivity[activity], t)
	}
	for number, t := range n.shapes {
		n.give(n.byShape[number], t)
	}
	for g := range n.heads {
		n.heads[g].inAll, n.heads[g].requestsInAll = n.all.contacts, n.all.requests
	}
}

func (n *count) give(groups uint64, t tally) {
	for ; groups != 0; groups &= groups - 1 {
		head := &n.heads[bits.TrailingZeros64(groups)]
		head.contacts, head.requests, head.erased = head.contacts+t.contacts, head.requests+t.requests, head.erased+t.erased
	}
}

// unite adds the people of a year to the groups in which they were seen.
func (n *count) unite(chosen chosen) {
	var seen uint64
	for i := range n.people {
		p := &n.people[i]
		seen |= p.seen
		for groups := p.seen; groups != 0; groups &= groups - 1 {
			group := bits.TrailingZeros64(groups)
			n.heads[group].meet(p, groups&-groups, chosen.answer(i, group))
		}
	}
	for ; seen != 0; seen &= seen - 1 {
		n.heads[bits.TrailingZeros64(seen)].years++
	}
}

// meet counts somebody in one group, who is of the classes that it counts, or is not, or may be.
func (h *headcount) meet(p *person, group uint64, chosen uint8) {
	h.unique++
	h.chosen.count(chosen)
	h.newcomers.count(both(chosen, p.isNew()))
	h.newHere.count(both(chosen, p.isNewHere(group)))
	h.known.count(both(chosen, p.known))
}

// isNew says whether somebody had no contact in an earlier year. The answers of one pseudonym are one; of a person with
// two, a yes weighs more than a no, because somebody remembered, and both weigh more than not knowing.
func (p *person) isNew() uint8 {
	switch {
	case p.earlier&(1<<bitsYes) != 0:
		return bitsNo
	case p.earlier&(1<<bitsNo) != 0:
		return bitsYes
	}
	return bitsUnknown
}

// isNewHere says the same of the activities of a group: it takes a no at every one of them.
func (p *person) isNewHere(group uint64) uint8 {
	switch {
	case p.hereYes&group != 0:
		return bitsNo
	case p.hereUnknown&group != 0:
		return bitsUnknown
	}
	return bitsYes
}

// both is the answer to whether two things are so.
func both(a, b uint8) uint8 {
	switch {
	case a == bitsNo || b == bitsNo:
		return bitsNo
	case a == bitsUnknown || b == bitsUnknown:
		return bitsUnknown
	}
	return bitsYes
}

func (y *yesses) count(answer uint8) {
	switch answer {
	case bitsYes:
		y.yes++
	case bitsUnknown:
		y.unknown++
	}
}
