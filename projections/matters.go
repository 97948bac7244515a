package projections

import "signaalboek/domain"

type matterNo uint32

// matter is where a thing stands with one forum. It is kept packed.
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

// packMatter names the fields in order, those that most have first.
func packMatter(p *packing, m *matter) {
	packField(p, &m.thing)
	packField(p, &m.forum)
	packField(p, &m.seq)
	packDay(p, &m.first, nearDay)
	packField(p, &m.manner)
	packDay(p, &m.discussed, m.first)
	packDay(p, &m.talked, m.discussed)
	packField(p, &m.next)
	packDay(p, &m.decided, m.first)
	packDay(p, &m.scheduled, m.first)
	packDay(p, &m.meeting, m.scheduled)
	packDay(p, &m.waiting, m.discussed)
}

// matterAt is the row with a number, to be read.
func (s *Signals) matterAt(no matterNo) (m matter) {
	if open := s.matters.opened(uint32(no)); open != nil {
		return *open
	}
	row := s.matters.row(uint32(no))
	packMatter(&row, &m)
	return m
}

func (s *Signals) mannerOf(m *matter) manner { return s.manners.values[m.manner] }

// setManner changes how a thing stands with a forum.
func (s *Signals) setManner(m *matter, change func(*manner)) {
	now := s.mannerOf(m)
	change(&now)
	m.manner = s.manners.number(now)
}
