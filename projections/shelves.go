package projections

import "signaalboek/domain"

type promiseNo uint32

// promise is one promise of a forum. It is kept packed.
type promise struct {
	text   textAt
	thing  thingNo
	next   promiseNo // of the same thing, made before it
	forum  symbol
	made   domain.Date
	by     domain.Date
	number uint32
	state  promiseState
}

// packPromise names the fields in order.
func packPromise(p *packing, one *promise) {
	packField(p, &one.thing)
	packField(p, &one.forum)
	packField(p, &one.number)
	packDay(p, &one.made, nearDay)
	packField(p, &one.text)
	packDay(p, &one.by, one.made)
	packField(p, &one.state)
	packField(p, &one.next)
}

// promiseAt is the row with a number, to be read.
func (s *Signals) promiseAt(no promiseNo) (p promise) {
	if open := s.promises.opened(uint32(no)); open != nil {
		return *open
	}
	row := s.promises.row(uint32(no))
	packPromise(&row, &p)
	return p
}

type promiseState uint8

const (
	promiseOpen promiseState = iota
	promiseKept
	promiseBroken
)

func (p *promise) overdue(today domain.Date) bool {
	return p.state == promiseOpen && !p.by.IsZero() && p.by < today
}

// bond is one bundling or splitting.
type bond struct {
	from, into thingNo
	split      bool
	undone     bool
	on         domain.Date
	at         int64 // microseconds since 1970
}

// shelf is what one practice pursues.
type shelf struct {
	ages            ageList // signals
	recommendations []thingNo
	debtors         []thingNo // wholes that owe, in the order of their numbers
	forums          map[symbol]*desk
	heardAt         map[streamNo][]thingNo // by focusgroep meeting: picked up or recognised there
}

// desk is what one forum has to do with.
type desk struct {
	matters    []matterNo
	promises   []promiseNo
	outcomes   map[symbol]int // of discussions
	verdicts   map[symbol]int
	unanswered int
	talked     domain.Date // the last discussion here
}

func (s *Signals) shelf(practice symbol) *shelf {
	if s.books[practice] == nil {
		s.books[practice] = &shelf{forums: map[symbol]*desk{}, heardAt: map[streamNo][]thingNo{}}
	}
	return s.books[practice]
}

func (s *Signals) desk(practice, forum symbol) *desk {
	shelf := s.shelf(practice)
	if shelf.forums[forum] == nil {
		shelf.forums[forum] = &desk{outcomes: map[symbol]int{}, verdicts: map[symbol]int{}}
	}
	return shelf.forums[forum]
}
