package projections

import (
	"fmt"
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/bundle"
)

func (s *Signals) applyBundle(event bundle.Event, r *Reading) error {
	switch event := event.(type) {
	case bundle.Bundled:
		return s.bundle(event, r)
	case bundle.Unbundled:
		return s.unbundle(event)
	case bundle.Split:
		return s.split(event, r)
	}
	return fmt.Errorf("%s is not known here", event.EventName())
}

func (s *Signals) bundle(event bundle.Bundled, r *Reading) error {
	into, err := s.mustFind(event.Into)
	if err != nil {
		return err
	}
	for _, id := range event.Signals {
		no, err := s.mustFind(id)
		if err != nil {
			return err
		}
		s.leave(no)
		s.join(no, into)
		s.bonds = append(s.bonds, bond{from: no, into: into, on: r.Meta.On, at: r.Meta.At.UnixMicro()})
	}
	whole := s.change(into)
	whole.phase = whole.phase.AfterBundling()
	return nil
}

func (s *Signals) unbundle(event bundle.Unbundled) error {
	no, err := s.mustFind(event.Signal)
	if err != nil {
		return err
	}
	s.leave(no)
	return nil
}

func (s *Signals) split(event bundle.Split, r *Reading) error {
	no, err := s.mustFind(event.Signal)
	if err != nil {
		return err
	}
	s.change(no).set(isSplit, true)
	for _, id := range event.Into {
		part, err := s.mustFind(id)
		if err != nil {
			return err
		}
		s.parts[no] = append(s.parts[no], part)
		s.heirs[no] = append(s.heirs[no], part)
		s.change(part).set(isPart, true)
		s.bonds = append(s.bonds, bond{from: no, into: part, split: true, on: r.Meta.On, at: r.Meta.At.UnixMicro()})
		s.touch(part)
	}
	s.touch(no)
	return nil
}

func (s *Signals) join(no, into thingNo) {
	first := s.ties[into].member
	s.bind(into, func(t *tie) { t.member = no })
	s.bind(no, func(t *tie) { t.into, t.sibling = into, first })
	s.dirty[no] = struct{}{}
	s.touch(no)
	s.ageAgain(s.top(into))
}

// leave takes a thing out of what it was bundled into; nothing happens if it was not.
func (s *Signals) leave(no thingNo) {
	into := s.into(no)
	if into == 0 {
		return
	}
	s.touch(into)
	after := s.ties[no].sibling
	if s.ties[into].member == no {
		s.bind(into, func(t *tie) { t.member = after })
	} else {
		s.bind(s.before(no, into), func(t *tie) { t.sibling = after })
	}
	s.bind(no, func(t *tie) { t.into, t.sibling = 0, 0 })
	for i := range slices.Backward(s.bonds) {
		if b := &s.bonds[i]; b.from == no && b.into == into && !b.split {
			b.undone = true
			break
		}
	}
	s.touch(no)
	s.ageAgain(s.top(into))
	s.ageAgain(no)
}

// before is the member of a whole that stands before another one, which is not the first.
func (s *Signals) before(no, into thingNo) thingNo {
	at := s.ties[into].member
	for s.ties[at].sibling != no {
		at = s.ties[at].sibling
	}
	return at
}

// ageAgain gives a whole its place by the first day that anything in it was heard.
func (s *Signals) ageAgain(top thingNo) {
	t := s.thing(top)
	before, heard := s.heard(top, &t), t.since
	s.eachMember(top, func(no thingNo) { heard = min(heard, s.thing(no).since) })
	if heard == before {
		return
	}
	ages := &s.shelf(t.practice).ages
	ages.remove(age{before, top})
	s.bind(top, func(t *tie) { t.heard = heard })
	ages.add(age{heard, top})
}

// top is the whole that a thing belongs to: itself, unless it was bundled.
func (s *Signals) top(no thingNo) thingNo {
	for into := s.into(no); into != 0; into = s.into(no) {
		no = into
	}
	return no
}

// eachMember visits a thing and everything bundled into it, through bundles of bundles.
func (s *Signals) eachMember(no thingNo, visit func(thingNo)) {
	visit(no)
	for at := s.ties[no].member; at != 0; at = s.ties[at].sibling {
		s.eachMember(at, visit)
	}
}

// members is a whole, itself first.
func (s *Signals) members(no thingNo) (all []thingNo) {
	s.eachMember(no, func(member thingNo) { all = append(all, member) })
	return all
}

// alone reports whether nothing was bundled into a thing: it is its own whole, as nearly all are.
func (s *Signals) alone(no thingNo) bool { return s.ties[no].member == 0 }

// whole is the row of a thing with what all its members add to it.
func (s *Signals) whole(no thingNo) thing {
	row := s.thing(no)
	if s.alone(no) {
		return row
	}
	s.eachMember(no, func(member thingNo) {
		if member != no {
			t := s.thing(member)
			row.add(&t)
		}
	})
	return row
}

// add counts a member for the whole. What only one can have, such as the statement and the keeper, is that of the top.
func (t *thing) add(member *thing) {
	const any = isOfFocusgroep | isUnmandated | isAnswered | isDecidedFor
	t.flags |= member.flags & any
	t.phase = max(t.phase, member.phase)
	t.evidence += member.evidence
	if t.carried.IsZero() || !member.carried.IsZero() && member.carried < t.carried {
		t.carried = member.carried
	}
	if member.mandateAt > t.mandateAt {
		t.mandate, t.mandateAt = member.mandate, member.mandateAt
	}
	if d := member.said; d.on > t.said.on || d.on == t.said.on && d.seq > t.said.seq {
		t.said = d
	}
}

// matterIn is where a whole stands with one forum; false if it was never raised there.
func (s *Signals) matterIn(no thingNo, forum symbol) (found matter, raised bool) {
	s.eachMember(no, func(member thingNo) {
		t := s.thing(member)
		s.eachOwnMatter(&t, func(m *matter) {
			switch {
			case m.forum != forum:
			case raised:
				found = found.merged(m)
			default:
				found, raised = *m, true
			}
		})
	})
	return found, raised
}

// eachOwnMatter visits where a thing itself stands with each forum.
func (s *Signals) eachOwnMatter(t *thing, visit func(*matter)) {
	for at := t.matter; at != 0; {
		m := s.matterAt(at)
		visit(&m)
		at = m.next
	}
}

// eachOwnPromise visits the promises made about a thing itself.
func (s *Signals) eachOwnPromise(t *thing, visit func(*promise)) {
	for at := t.promise; at != 0; {
		p := s.promiseAt(at)
		visit(&p)
		at = p.next
	}
}

// mergeMatter puts where a member stands with a forum among those of the whole.
func mergeMatter(all []matter, m *matter) []matter {
	at := slices.IndexFunc(all, func(other matter) bool { return other.forum == m.forum })
	if at < 0 {
		return append(all, *m)
	}
	all[at] = all[at].merged(m)
	return all
}

// merged is where two members stand with the same forum: the last word counts.
func (m matter) merged(with *matter) matter {
	last, other := *with, m
	if m.seq > with.seq {
		last, other = m, *with
	}
	last.first = earliest(last.first, other.first)
	last.talked = earliest(last.talked, other.talked)
	last.decided = earliest(last.decided, other.decided)
	last.discussed = max(last.discussed, other.discussed)
	return last
}

func earliest(a, b domain.Date) domain.Date {
	if a.IsZero() || !b.IsZero() && b < a {
		return b
	}
	return a
}
