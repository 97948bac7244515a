package projections

import "signaalboek/domain"

// people is who was recognised in a practice in one year, by pseudonym. Several pseudonyms may have turned out to be one
// person: whichever way they were merged, the lowest of their numbers stands for all.
type people struct {
	pseudonyms keyTable
	same       map[uint32]uint32 // a lower number of the same person
}

// number is the number of a pseudonym, a new one if it was not there.
func (p *people) number(pseudonym domain.Pseudonym) uint32 {
	number, _ := p.pseudonyms.number(pseudonym)
	return number
}

// one is the number that stands for a person.
func (p *people) one(number uint32) uint32 {
	for {
		lower, merged := p.same[number]
		if !merged {
			return number
		}
		number = lower
	}
}

// merge takes two pseudonyms for one person.
func (p *people) merge(pair domain.SamePerson) {
	a, b := p.one(p.number(pair.Kept)), p.one(p.number(pair.Other))
	if a == b {
		return
	}
	if p.same == nil {
		p.same = map[uint32]uint32{}
	}
	p.same[max(a, b)] = min(a, b)
}

// ones is, by number, the number that stands for a person; nil if nobody has two.
func (p *people) ones() []uint32 {
	if p == nil || len(p.same) == 0 {
		return nil
	}
	ones := make([]uint32, p.pseudonyms.keys.len())
	for number := range ones {
		ones[number] = p.one(uint32(number))
	}
	return ones
}

// len is how many pseudonyms there are.
func (p *people) len() int {
	if p == nil {
		return 0
	}
	return p.pseudonyms.keys.len()
}

func codePeople(c *coder, p **people) {
	if *p == nil {
		*p = &people{}
	}
	codeKeys(c, &(*p).pseudonyms)
	table(c, &(*p).same, number[uint32], number[uint32])
}

// ForgetYear lets go of who was recognised in a year whose key is destroyed: from now on no two contacts of it can be
// told to be of one person, as if the log were read anew.
func (s *Set) ForgetYear(practice domain.PracticeID, year int) {
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.Contacts.forgetYear(practice, year) {
		s.forgot++
	}
}

// Forgot is how many times this set let go of a year, or of texts. Whoever keeps a set of an earlier moment, or what was
// made of one, throws it away when that changes.
func (s *Set) Forgot() int {
	s.lock.RLock()
	defer s.lock.RUnlock()
	return s.forgot
}

func (c *Contacts) forgetYear(practice domain.PracticeID, year int) bool {
	in := c.of(practice)
	if in == nil || in.people[year].len() == 0 {
		return false
	}
	for _, rows := range in.days.days(YearPeriod(year)) {
		for _, row := range rows {
			if f := c.facts.at(row); f.person != nobody {
				f.person, f.said = nobody, f.said&(said(3)<<saidKnown|withdrawn)|erased
			}
		}
	}
	delete(in.people, year)
	return true
}
