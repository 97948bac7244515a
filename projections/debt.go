package projections

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"signaalboek/domain"
	"signaalboek/domain/pursuit"
)

// DebtFilter chooses feedback debts. The zero filter is every debt of the practice.
type DebtFilter struct {
	Kinds   []pursuit.SettingKind
	Setting *pursuit.Setting // only what is owed to this one
	Of      domain.StreamID  // only of this signal or recommendation, resolved to its whole
	MinDays int              // only settings whose oldest debt is at least so old
	After   string
	Limit   int // settings a page; 50 if 0
}

// SettingDebt is everything that one setting was not told yet.
type SettingDebt struct {
	Setting pursuit.Setting
	Since   domain.Date // the day of the oldest outcome that was not told there
	Days    int         // since then
	Debts   []Debt      // oldest first
}

// Debt is what came of one signal or recommendation and was not told to one setting. One feedback there pays all of it.
type Debt struct {
	ID       domain.StreamID // the whole
	Text     domain.Sealed
	Since    domain.Date
	Days     int
	Outcomes []OwedOutcome // oldest first

	text textAt
}

// OwedOutcome is one outcome that was not told.
type OwedOutcome struct {
	On      domain.Date
	Said    Said // discussed, went-unanswered, decided, promise-kept, promise-broken, carried-out, answered-by-own-offer
	Forum   domain.Code
	Outcome pursuit.Outcome
	Verdict pursuit.Verdict
}

// DebtPage is one page of settings, the oldest debt first.
type DebtPage struct {
	Settings []SettingDebt
	Next     string // cursor of the page after this one; empty at the end
}

// Debts tells whom an answer is owed to. It holds nothing itself: Signals keeps, for every whole, what pursuit.Debts
// works out.
type Debts struct {
	lock    *sync.RWMutex
	signals *Signals
}

// Owed lists to whom an answer is owed, page by page. A cursor that no page gave is ErrCursor.
func (d *Debts) Owed(ctx context.Context, practice domain.PracticeID, filter DebtFilter, today domain.Date) (DebtPage, error) {
	after, err := parseCursor(filter.After)
	if err != nil {
		return DebtPage{}, err
	}
	page := d.owed(practice, filter, after, today)
	var texts shown
	for _, setting := range page.Settings {
		for i := range setting.Debts {
			debt := &setting.Debts[i]
			texts.add(debt.ID, debt.text, &debt.Text)
		}
	}
	return page, d.signals.texts.fill(ctx, texts)
}

func (d *Debts) owed(practice domain.PracticeID, filter DebtFilter, after *spot, today domain.Date) DebtPage {
	d.lock.RLock()
	defer d.lock.RUnlock()
	owed := d.chosen(practice, filter)
	creditors := d.creditors(owed)
	first := nearest{count: pageSize(filter.Limit) + 1}
	for setting, c := range creditors {
		at := spot{int64(c.since), thingNo(setting)}
		if c.debts > 0 && (after == nil || first.compare(*after, at) < 0) && int(today-c.since) >= filter.MinDays && first.fits(at) {
			first.add(at)
		}
	}
	return d.page(first, owed, creditors, today)
}

// chosen is what every whole owes to every setting that the filter asks for.
func (d *Debts) chosen(practice domain.PracticeID, filter DebtFilter) (owed []debtAt) {
	s := d.signals
	wholes, wanted := s.shelfOf(practice).debtors, s.names.settingsWanted(filter)
	if filter.Of != "" {
		no, _ := s.find(practice, filter.Of)
		at, owes := slices.BinarySearch(wholes, s.top(no))
		if !owes {
			return nil
		}
		wholes = wholes[at : at+1]
	}
	for _, no := range wholes {
		s.eachOwed(no, func(o owing) {
			if wanted == nil || wanted[o.setting] {
				owed = append(owed, debtAt{no, o})
			}
		})
	}
	return owed
}

// creditor is a setting that waits for answers.
type creditor struct {
	since domain.Date
	debts int
}

// creditors is every setting, by number, with the day of the oldest debt to it, if there is any.
func (d *Debts) creditors(owed []debtAt) []creditor {
	found := make([]creditor, d.signals.names.settings.keys.len())
	for _, debt := range owed {
		c := &found[debt.owing.setting]
		c.debts, c.since = c.debts+1, earliest(c.since, debt.owing.since)
	}
	return found
}

func (d *Debts) page(first nearest, owed []debtAt, creditors []creditor, today domain.Date) (page DebtPage) {
	spots := first.spots
	if len(spots) == first.count {
		spots = spots[:len(spots)-1]
		page.Next = spots[len(spots)-1].String()
	}
	place := make([]int, len(creditors)) // by setting: on this page, from 1
	shown := make([][]debtAt, len(spots))
	for i, at := range spots {
		setting := settingNo(at.no)
		since := creditors[setting].since
		place[setting] = i + 1
		shown[i] = make([]debtAt, 0, creditors[setting].debts)
		page.Settings = append(page.Settings, SettingDebt{
			Setting: d.signals.names.settingOf(setting), Since: since, Days: int(today - since),
		})
	}
	for _, debt := range owed {
		if i := place[debt.owing.setting]; i > 0 {
			shown[i-1] = append(shown[i-1], debt)
		}
	}
	for i := range page.Settings {
		page.Settings[i].Debts = d.inOrder(shown[i], today)
	}
	return page
}

// debtAt is what one whole owes to one setting.
type debtAt struct {
	thing thingNo
	owing owing
}

// inOrder is the debts to one setting, oldest first.
func (d *Debts) inOrder(owed []debtAt, today domain.Date) []Debt {
	s := d.signals
	slices.SortFunc(owed, func(a, b debtAt) int {
		if order := cmp.Compare(a.owing.since, b.owing.since); order != 0 {
			return order
		}
		return s.ids.compare(uint32(a.thing), uint32(b.thing))
	})
	debts := make([]Debt, 0, len(owed))
	for i := range owed {
		debts = append(debts, d.debt(owed[i].thing, &owed[i].owing, today))
	}
	return debts
}

func (d *Debts) debt(no thingNo, o *owing, today domain.Date) Debt {
	s := d.signals
	debt := Debt{ID: s.idOf(no), text: s.thing(no).text, Since: o.since, Days: int(today - o.since)}
	unpaid := s.debts.UnpaidOf(uint32(no), uint32(o.setting))
	debt.Outcomes = make([]OwedOutcome, 0, len(unpaid))
	for _, result := range unpaid {
		debt.Outcomes = append(debt.Outcomes, s.outcome(result))
	}
	return debt
}

// outcome is what happened at one of the results of debts, counted from 1.
func (s *Signals) outcome(result uint32) OwedOutcome {
	o := s.names.sayings.values[s.outcomes[result-1]]
	return OwedOutcome{
		On: s.debts.Days[result-1], Said: Said(s.names.codeOf(o.said)), Forum: s.names.codeOf(o.forum),
		Outcome: pursuit.Outcome(s.names.codeOf(o.outcome)), Verdict: pursuit.Verdict(s.names.codeOf(o.verdict)),
	}
}
