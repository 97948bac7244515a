package projections

import (
	"cmp"
	"maps"
	"slices"

	"signaalboek/domain"
)

// code writes the whole table of signals, or reads it. What follows from the rest is made again: numbers of streams,
// and what each forum has to do with.
func (s *Signals) code(c *coder) {
	c.position(&s.position)
	number(c, &s.events)
	s.ids.code(c)
	s.things.code(c)
	codeRows(c, &s.outlines, codeOutline)
	table(c, &s.ties, number[thingNo], codeTie)
	list(c, &s.whose.values, codeWhose)
	s.matters.code(c)
	list(c, &s.manners.values, codeManner)
	s.promises.code(c)
	list(c, &s.outcomes, number[sayingNo])
	list(c, &s.bonds, codeBond)
	for _, relation := range []*map[thingNo][]thingNo{&s.parts, &s.answers, &s.heirs} {
		table(c, relation, number[thingNo], codeThings)
	}
	table(c, &s.books, number[symbol], codeShelf)
	s.codeCouncils(c)
	s.accounts.rows.code(c)
	list(c, &s.debts.Days, number[domain.Date])
	if c.reading && c.err == nil {
		s.remember()
	}
}

// remember makes again what was not written.
func (s *Signals) remember() {
	s.whose.remember()
	s.manners.remember()
	for no := 1; no < s.matters.len(); no++ {
		m := s.matterAt(matterNo(no))
		desk := s.desk(s.thing(m.thing).practice, m.forum)
		desk.matters = append(desk.matters, matterNo(no))
	}
	for no := 1; no < s.promises.len(); no++ {
		p := s.promiseAt(promiseNo(no))
		desk := s.desk(s.thing(p.thing).practice, p.forum)
		desk.promises = append(desk.promises, promiseNo(no))
	}
}

func (s *Signals) codeCouncils(c *coder) {
	keys := slices.SortedFunc(maps.Keys(s.councils), func(a, b forumIn) int {
		return cmp.Or(cmp.Compare(a.practice, b.practice), cmp.Compare(a.forum, b.forum))
	})
	list(c, &keys, func(c *coder, key *forumIn) {
		number(c, &key.practice)
		number(c, &key.forum)
		if c.reading {
			s.councils[*key] = true
		}
	})
}

func codeThings(c *coder, things *[]thingNo) { list(c, things, number[thingNo]) }

func codeOutline(c *coder, o *outline) {
	for _, day := range []*domain.Date{&o.spoken, &o.waits, &o.due, &o.owes, &o.discussed} {
		number(c, day)
	}
	number(c, &o.flags)
	number(c, &o.phase)
}

func codeTie(c *coder, t *tie) {
	for _, no := range []*thingNo{&t.into, &t.member, &t.sibling} {
		number(c, no)
	}
	number(c, &t.heard)
}

func codeWhose(c *coder, w *whose) {
	for _, word := range []*symbol{&w.from, &w.maker, &w.keeper, &w.closed} {
		number(c, word)
	}
}

func codeManner(c *coder, m *manner) {
	for _, word := range []*symbol{&m.outcome, &m.inNameOf, &m.through} {
		number(c, word)
	}
	c.truth(&m.deferred)
}

func codeBond(c *coder, b *bond) {
	number(c, &b.from)
	number(c, &b.into)
	c.truth(&b.split)
	c.truth(&b.undone)
	number(c, &b.on)
	number(c, &b.at)
}

func codeShelf(c *coder, h **shelf) {
	if c.reading {
		*h = &shelf{}
	}
	list(c, &(*h).ages.main, codeAge)
	list(c, &(*h).ages.fresh, codeAge)
	list(c, &(*h).recommendations, number[thingNo])
	list(c, &(*h).debtors, number[thingNo])
	table(c, &(*h).forums, number[symbol], codeDesk)
	table(c, &(*h).heardAt, number[streamNo], codeThings)
}

func codeAge(c *coder, a *age) {
	number(c, &a.heard)
	number(c, &a.no)
}

func codeDesk(c *coder, d **desk) {
	if c.reading {
		*d = &desk{}
	}
	table(c, &(*d).outcomes, number[symbol], number[int])
	table(c, &(*d).verdicts, number[symbol], number[int])
	number(c, &(*d).unanswered)
	number(c, &(*d).talked)
}
