package projections

import (
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/pursuit"
)

// owing is what a whole owes to one setting.
type owing struct {
	setting settingNo
	since   domain.Date
}

// owe keeps an outcome: pursuit.Debts says to whom it is owed.
func (s *Signals) owe(no thingNo, r *Reading, was described) {
	s.change(no).set(isAnswered, true)
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

// settle works out the debts and outlines that changed, and closes the rows that did.
func (s *Signals) settle() {
	for no := range s.dirty {
		s.draw(no, s.settleDebt(no))
	}
	clear(s.dirty)
	s.close()
}

func (s *Signals) close() {
	s.things.close()
	s.matters.close()
	s.promises.close()
	s.accounts.rows.close()
}

// settleDebt notes how many settings a whole owes, and gives the day of the oldest outcome that it owes. Nothing is owed
// any more by what was closed, because its reason says why, nor by what was bundled, because the whole owes it.
func (s *Signals) settleDebt(no thingNo) (since domain.Date) {
	t := s.change(no)
	settings := s.debts.SettingsOf(uint32(no))
	t.settings, t.owed = uint32(len(settings)), 0
	if !t.is(isClosed) {
		s.eachOwed(no, func(o owing) { t.owed, since = t.owed+1, earliest(since, o.since) })
	}
	s.enter(s.shelf(t.practice), no, t.owed > 0)
	return since
}

// eachOwed visits what a whole owes, setting by setting.
func (s *Signals) eachOwed(no thingNo, visit func(owing)) {
	s.debts.EachOwed(uint32(no), func(setting, oldest uint32) {
		visit(owing{settingNo(setting), s.debts.Days[oldest-1]})
	})
}

// enter puts a whole on the list of those that owe, or strikes it off.
func (s *Signals) enter(h *shelf, no thingNo, owes bool) {
	switch at, stands := slices.BinarySearch(h.debtors, no); {
	case owes && !stands:
		h.debtors = slices.Insert(h.debtors, at, no)
	case stands && !owes:
		h.debtors = slices.Delete(h.debtors, at, at+1)
	}
}

// debtNumbers has pursuit.Debts count things and settings as this package does.
type debtNumbers struct{ *Signals }

func (n debtNumbers) Thing(id domain.StreamID) uint32 {
	no, _ := n.mustFind(id) // Signals found it before, or stopped
	return uint32(no)
}

func (n debtNumbers) KnownThing(id domain.StreamID) uint32 {
	no, _ := n.ids.find(id)
	return no
}

func (n debtNumbers) ThingNamed(no uint32) domain.StreamID { return n.idOf(thingNo(no)) }

func (n debtNumbers) Setting(s pursuit.Setting) uint32 { return uint32(n.names.setting(s)) }

func (n debtNumbers) KnownSetting(s pursuit.Setting) uint32 { return uint32(n.names.knownSetting(s)) }

func (n debtNumbers) SettingNamed(no uint32) pursuit.Setting { return n.names.settingOf(settingNo(no)) }
