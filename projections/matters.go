package projections

import "signaalboek/domain"

type matterNo uint32

// matter is where a thing stands with one forum.
type matter struct {
	thing     thingNo
	next      matterNo // of the same thing
	forum     symbol
	seq       uint32      // of the last step here
	first     domain.Date // first put on the agenda
	talked    domain.Date // first discussed
	decided   domain.Date // first decided after it was put on the agenda
	scheduled domain.Date // when it was put on the agenda where it stands now; none: it does not
	meeting   domain.Date
	discussed domain.Date // last
	waiting   domain.Date // an answer is owed since that discussion; none: it was given
	manner    uint32
}

// manner is how a thing stands with a forum; a few dozen different ones exist.
type manner struct {
	outcome  symbol // of the last discussion
	inNameOf symbol
	through  symbol
	deferred bool // it stands on the agenda because it was put off
}

func (s *Signals) matterAt(no matterNo) *matter { return s.matters.at(uint32(no)) }

func (s *Signals) mannerOf(m *matter) manner { return s.manners.values[m.manner] }

// setManner changes how a thing stands with a forum.
func (s *Signals) setManner(m *matter, change func(*manner)) {
	now := s.mannerOf(m)
	change(&now)
	m.manner = s.manners.number(now)
}
