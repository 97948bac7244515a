package projections

import (
	"maps"
	"slices"

	"github.com/google/uuid"
)

// code writes every contact, or reads it. What follows from the rows is made again: on which day each stands, the
// services of each shape, and which contacts are marked.
func (c *Contacts) code(to *coder) {
	c.ids.code(to)
	codeRows(to, &c.facts, codeFacts)
	codeRows(to, &c.rest, codeRest)
	list(to, &c.scenes.values, codeScene)
	list(to, &c.lists, number[uint32])
	list(to, &c.shapes.values, codeShape)
	c.marks.code(to)
	codeRows(to, &c.taken.keys, codeTaken)
	list(to, &c.seenActivities, number[symbol])
	table(to, &c.practices, number[symbol], codePractice)
	if to.reading && to.err == nil {
		c.remember()
	}
}

func (c *Contacts) remember() {
	c.shapes.remember()
	c.scenes.remember()
	c.taken.remember()
	marked := make([]bool, len(c.shapes.values)) // by shape: asked once, not for every contact
	for number := range marked {
		marked[number] = c.isMarked(uint32(number))
	}
	c.facts.all(func(row uint32, f *contactFacts) {
		in := c.practiceOf(row)
		in.days.add(f.on, row)
		if slices.ContainsFunc(c.shapesOf(row), func(number uint32) bool { return marked[number] }) {
			in.marked[row] = struct{}{}
		}
	})
	c.services = nil
	c.unpack()
}

// remember makes the numbers of values again.
func (i *interned[T]) remember() {
	i.numbers = make(map[T]uint32, len(i.values))
	for number, value := range i.values {
		i.numbers[value] = uint32(number)
	}
}

func codeFacts(c *coder, f *contactFacts) {
	number(c, &f.on)
	number(c, &f.person)
	number(c, &f.requests[0])
	number(c, &f.activity)
	number(c, &f.count)
	number(c, &f.said)
}

func codeRest(c *coder, r *contactRest) {
	number(c, &r.at)
	number(c, &r.scene)
	number(c, &r.revision)
}

func codeScene(c *coder, s *scene) {
	for _, word := range []*symbol{&s.practice, &s.initiative, &s.relation, &s.place} {
		number(c, word)
	}
}

func codeShape(c *coder, s *shape) {
	for _, codes := range []*listNo{&s.themes, &s.approaches, &s.services} {
		number(c, codes)
	}
	c.truth(&s.followedUp)
	c.truth(&s.settled)
}

func codeTaken(c *coder, t *takenRequest) {
	c.id((*uuid.UUID)(&t.contact))
	number(c, &t.request)
}

func codePractice(c *coder, in **practiceContacts) {
	if *in == nil {
		*in = newPracticeContacts()
	}
	table(c, &(*in).people, number[int], codePeople)
}

// code writes the keys, in order; their places are made again.
func codeKeys(c *coder, t *keyTable) {
	codeRows(c, &t.keys, func(c *coder, k *key) { c.id((*uuid.UUID)(k)) })
	if c.reading {
		t.remember()
	}
}

func (t *streamTable) code(c *coder) {
	codeKeys(c, &t.table)
	table(c, &t.odd, number[uint32], text)
}

func (x *Sessions) code(c *coder) {
	x.ids.code(c)
	codeRows(c, &x.rows, codeSession)
	x.marks.code(c)
	if c.reading {
		x.rows.all(func(number uint32, row *sessionRow) { x.book(row.practice).add(row.on, number) })
	}
}

func codeSession(c *coder, row *sessionRow) {
	for _, word := range []*symbol{&row.practice, &row.activity, &row.theme, &row.guest} {
		number(c, word)
	}
	number(c, &row.on)
	number(c, &row.at)
	number(c, &row.revision)
	number(c, &row.present)
	c.truth(&row.withdrawn)
}

// pairs codes a map whose keys are more than a number or a text, in the order of compare.
func pairs[K comparable, V any](c *coder, v *map[K]V, compare func(a, b K) int, key func(*coder, *K), value func(*coder, *V)) {
	keys := slices.SortedFunc(maps.Keys(*v), compare)
	list(c, &keys, key)
	if c.reading {
		*v = make(map[K]V, len(keys))
	}
	for _, k := range keys {
		held := (*v)[k]
		value(c, &held)
		if c.reading {
			(*v)[k] = held
		}
	}
}
