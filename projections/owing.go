package projections

import (
	"signaalboek/domain"
	"signaalboek/domain/pursuit"
)

// debtor is a whole that owes.
type debtor struct {
	thing thingNo
	since domain.Date // the oldest of what is owed
	owed  []owing
}

// owing is what a whole owes to one setting.
type owing struct {
	setting settingNo
	since   domain.Date
}

// owe keeps an outcome: pursuit.Debts says to whom it is owed.
func (s *Signals) owe(no thingNo, r *Reading, was described) {
	s.thing(no).set(isAnswered, true)
	was.said = s.saidIn(r.Event)
	s.outcomes = append(s.outcomes, s.names.saying(was.saying))
	s.touch(no)
}

// touch has the debts of the whole, and of whoever is owed along with it, worked out again at the next settling.
func (s *Signals) touch(no thingNo) {
	top := s.top(no)
	s.dirty[top] = struct{}{}
	if len(s.heirs) > 0 {
		s.touchHeirs(top, map[thingNo]bool{})
	}
}

func (s *Signals) touchHeirs(top thingNo, seen map[thingNo]bool) {
	if seen[top] {
		return
	}
	seen[top] = true
	s.dirty[top] = struct{}{}
	s.eachMember(top, func(member thingNo) {
		for _, heir := range s.heirs[member] {
			s.touchHeirs(s.top(heir), seen)
		}
	})
}

// settle works out the debts that changed.
func (s *Signals) settle() {
	for no := range s.dirty {
		s.settleDebt(no)
	}
	clear(s.dirty)
}

// settleDebt notes what a whole owes. Nothing is owed any more by what was closed, because its reason says why, nor by
// what was bundled, because the whole owes it.
func (s *Signals) settleDebt(no thingNo) {
	t := s.thing(no)
	standings := s.debts.Standings(s.names.streamOf(t.stream))
	t.settings = uint16(len(standings))
	debtor := debtor{thing: no}
	for _, standing := range standings {
		if !standing.Owed() || t.is(isClosed) {
			continue
		}
		debtor.owed = append(debtor.owed, owing{s.names.setting(standing.Setting), standing.Oldest.On})
		debtor.since = earliest(debtor.since, standing.Oldest.On)
	}
	t.owed = uint16(len(debtor.owed))
	s.enter(s.shelf(t.practice), t, debtor)
}

// owedSince is the oldest outcome of a whole that was not told to somebody; none if nothing is owed.
func (s *Signals) owedSince(t *thing) domain.Date {
	if t.debtor == 0 {
		return 0
	}
	return s.books[t.practice].debtors[t.debtor-1].since
}

// enter puts a debtor on the list, changes what it owes, or strikes it off.
func (s *Signals) enter(h *shelf, t *thing, now debtor) {
	switch place := t.debtor; {
	case place != 0 && len(now.owed) != 0:
		h.debtors[place-1] = now
	case len(now.owed) != 0:
		h.debtors = append(h.debtors, now)
		t.debtor = uint32(len(h.debtors))
	case place != 0:
		last := len(h.debtors) - 1
		h.debtors[place-1] = h.debtors[last]
		s.thing(h.debtors[last].thing).debtor = place
		h.debtors = h.debtors[:last]
		t.debtor = 0
	}
}

// debtNumbers has pursuit.Debts count things and settings as this package does.
type debtNumbers struct{ *Signals }

func (n debtNumbers) Thing(id domain.StreamID) uint32 {
	no, _ := n.mustFind(id) // Signals found it before, or stopped
	return uint32(no)
}

func (n debtNumbers) KnownThing(id domain.StreamID) uint32 {
	stream, _ := n.names.knownStream(id)
	return uint32(n.thingOf(stream))
}

func (n debtNumbers) ThingNamed(no uint32) domain.StreamID { return n.idOf(thingNo(no)) }

func (n debtNumbers) Setting(s pursuit.Setting) uint32 { return uint32(n.names.setting(s)) }

func (n debtNumbers) KnownSetting(s pursuit.Setting) uint32 { return uint32(n.names.knownSetting(s)) }

func (n debtNumbers) SettingNamed(no uint32) pursuit.Setting { return n.names.settingOf(settingNo(no)) }
