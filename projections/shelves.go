package projections

import "signaalboek/domain"

type promiseNo uint32

// promise is one promise of a forum.
type promise struct {
	text   textAt
	thing  thingNo
	next   promiseNo // of the same thing, made before it
	forum  symbol
	made   domain.Date
	by     domain.Date
	number uint16
	state  promiseState
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
	debtors         []debtor
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
