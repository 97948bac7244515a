package projections

import (
	"cmp"
	"maps"
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/pursuit"
)

// code writes the whole table of signals, or reads it. What follows from the rest is made again: numbers of streams,
// and what each forum has to do with.
func (s *Signals) code(c *coder) {
	c.position(&s.position)
	number(c, &s.events)
	codeRows(c, &s.things, codeThing)
	codeRows(c, &s.asides, codeAside)
	list(c, &s.whose.values, codeWhose)
	codeRows(c, &s.matters, codeMatter)
	list(c, &s.manners.values, codeManner)
	list(c, &s.promises, codePromise)
	list(c, &s.outcomes, number[sayingNo])
	list(c, &s.bonds, codeBond)
	for _, relation := range []*map[thingNo][]thingNo{&s.parts, &s.answers, &s.heirs} {
		table(c, relation, number[thingNo], codeThings)
	}
	table(c, &s.books, number[symbol], codeShelf)
	s.codeCouncils(c)
	codeDebts(c, &s.debts)
	if c.reading && c.err == nil {
		s.remember()
	}
}

// remember makes again what was not written.
func (s *Signals) remember() {
	s.ofStream = make([]thingNo, 0, s.names.streams.table.keys.len())
	s.whose.remember()
	s.manners.remember()
	s.things.all(func(no uint32, t *thing) {
		if no > 0 {
			s.remembers(t.stream, thingNo(no))
		}
	})
	for _, shelf := range s.books {
		for place, debtor := range shelf.debtors {
			if int(debtor.thing) < s.things.len() {
				s.thing(debtor.thing).debtor = uint32(place + 1)
			}
		}
	}
	for no := 1; no < s.matters.len(); no++ {
		m := s.matterAt(matterNo(no))
		desk := s.desk(s.thing(m.thing).practice, m.forum)
		desk.matters = append(desk.matters, matterNo(no))
	}
	for no := 1; no < len(s.promises); no++ {
		p := &s.promises[no]
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

func codeThing(c *coder, t *thing) {
	number(c, &t.text)
	number(c, &t.said.saying)
	number(c, &t.said.on)
	number(c, &t.said.expected)
	number(c, &t.said.seq)
	number(c, &t.stream)
	number(c, &t.practice)
	number(c, &t.revision)
	for _, day := range []*domain.Date{&t.since, &t.worded, &t.carried, &t.closedOn} {
		number(c, day)
	}
	number(c, &t.whose)
	for _, codes := range []*listNo{&t.themes, &t.threshold, &t.targets} {
		number(c, codes)
	}
	number(c, &t.mandateAt)
	number(c, &t.matter)
	number(c, &t.aside)
	number(c, &t.evidence)
	for _, count := range []*uint16{&t.version, &t.owed, &t.settings} {
		number(c, count)
	}
	number(c, &t.flags)
	number(c, &t.phase)
	number(c, &t.mandate)
}

func codeAside(c *coder, a *aside) {
	for _, no := range []*thingNo{&a.into, &a.member, &a.sibling} {
		number(c, no)
	}
	number(c, &a.heard)
	number(c, &a.parked)
	number(c, &a.promise)
	number(c, &a.promised)
}

func codeWhose(c *coder, w *whose) {
	for _, word := range []*symbol{&w.from, &w.maker, &w.keeper, &w.closed} {
		number(c, word)
	}
}

func codeMatter(c *coder, m *matter) {
	number(c, &m.thing)
	number(c, &m.next)
	number(c, &m.seq)
	for _, day := range []*domain.Date{&m.first, &m.talked, &m.decided, &m.scheduled, &m.meeting, &m.discussed, &m.waiting} {
		number(c, day)
	}
	number(c, &m.forum)
	number(c, &m.manner)
}

func codeManner(c *coder, m *manner) {
	for _, word := range []*symbol{&m.outcome, &m.inNameOf, &m.through} {
		number(c, word)
	}
	c.truth(&m.deferred)
}

func codePromise(c *coder, p *promise) {
	number(c, &p.text)
	number(c, &p.thing)
	number(c, &p.next)
	number(c, &p.forum)
	number(c, &p.made)
	number(c, &p.by)
	number(c, &p.number)
	number(c, &p.state)
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
	debtors := slices.SortedFunc(slices.Values((*h).debtors), func(a, b debtor) int { return cmp.Compare(a.thing, b.thing) })
	list(c, &debtors, codeDebtor)
	if c.reading {
		(*h).debtors = debtors
	}
	table(c, &(*h).forums, number[symbol], codeDesk)
	table(c, &(*h).heardAt, number[streamNo], codeThings)
}

func codeAge(c *coder, a *age) {
	number(c, &a.heard)
	number(c, &a.no)
}

func codeDebtor(c *coder, d *debtor) {
	number(c, &d.thing)
	number(c, &d.since)
	list(c, &d.owed, func(c *coder, o *owing) {
		number(c, &o.setting)
		number(c, &o.since)
	})
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

// codeDebts codes the rows that pursuit.Debts keeps.
func codeDebts(c *coder, d *pursuit.Debts) {
	list(c, &d.Accounts, func(c *coder, a *pursuit.Account) {
		codeNumbers(c, &a.Raised, &a.Outcomes, &a.Told, &a.Bond)
	})
	list(c, &d.Bonds, func(c *coder, b *pursuit.Bond) {
		codeNumbers(c, &b.Into, &b.Joined, &b.Members, &b.Origins)
	})
	list(c, &d.Links, func(c *coder, l *pursuit.Link) { codeNumbers(c, &l.Value, &l.Next) })
	list(c, &d.Tellings, func(c *coder, t *pursuit.Telling) { codeNumbers(c, &t.Setting, &t.Upto, &t.Next) })
	list(c, &d.Days, number[domain.Date])
}

func codeNumbers(c *coder, numbers ...*uint32) {
	for _, n := range numbers {
		number(c, n)
	}
}
