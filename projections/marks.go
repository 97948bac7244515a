package projections

import (
	"slices"
	"time"

	"signaalboek/domain"
)

// Mark is one thing that happened to a contact or a session.
type Mark struct {
	Said   Said        // "registered", "corrected", "withdrawn" …
	Reason domain.Code // of a correction or withdrawal
	On     domain.Date // the day it is about
	At     time.Time   // the moment of recording, in whole seconds
}

// marks is what happened to those contacts, or sessions, to which more happened than being recorded: of all others their
// row says it. The marks of one are a chain, the last one first.
type marks struct {
	names *names
	made  rows[mark]
	last  map[uint32]uint32 // by number of the contact or session: its last one in made, from 1
}

type mark struct {
	before uint32
	said   symbol
	reason symbol
	on     domain.Date
	at     uint32 // seconds since 1970
}

func newMarks(names *names) marks { return marks{names: names, last: map[uint32]uint32{}} }

// add notes what happens to one, whose first mark is known.
func (m *marks) add(of uint32, first, next Mark) {
	if m.last[of] == 0 {
		m.put(of, first)
	}
	m.put(of, next)
}

func (m *marks) put(of uint32, one Mark) {
	m.made.add(mark{
		before: m.last[of], said: m.names.code(domain.Code(one.Said)), reason: m.names.code(one.Reason),
		on: one.On, at: seconds(one.At),
	})
	m.last[of] = uint32(m.made.len())
}

// history is everything that happened to one, oldest first.
func (m *marks) history(of uint32, first Mark) (all []Mark) {
	for at := m.last[of]; at != 0; {
		one := m.made.at(at - 1)
		all = append(all, Mark{
			Said: Said(m.names.codeOf(one.said)), Reason: m.names.codeOf(one.reason), On: one.on,
			At: time.Unix(int64(one.at), 0).UTC(),
		})
		at = one.before
	}
	if all == nil {
		return []Mark{first}
	}
	slices.Reverse(all)
	return all
}

// corrected is how many times one was corrected.
func (m *marks) corrected(of uint32) (times int) {
	corrected, known := m.names.known("corrected")
	for at := m.last[of]; known && at != 0; at = m.made.at(at - 1).before {
		times += btoi(m.made.at(at-1).said == corrected)
	}
	return times
}

func (m *marks) code(c *coder) {
	codeRows(c, &m.made, func(c *coder, one *mark) {
		number(c, &one.before)
		number(c, &one.said)
		number(c, &one.reason)
		number(c, &one.on)
		number(c, &one.at)
	})
	table(c, &m.last, number[uint32], number[uint32])
}

func markOf(reading *Reading, reason domain.Code) Mark {
	return Mark{Said: participle(reading.Event), Reason: reason, On: reading.Meta.On, At: reading.Meta.At}
}

func seconds(t time.Time) uint32 { return uint32(max(0, t.Unix())) }
