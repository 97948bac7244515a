package projections

import (
	"cmp"
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
func (d *Debts) Owed(practice domain.PracticeID, filter DebtFilter, today domain.Date) (DebtPage, error) {
	after, err := parseCursor(filter.After)
	if err != nil {
		return DebtPage{}, err
	}
	d.lock.RLock()
	defer d.lock.RUnlock()
	creditors := d.creditors(practice, filter)
	first := nearest{count: pageSize(filter.Limit) + 1}
	for setting, c := range creditors {
		at := spot{int64(c.since), thingNo(setting)}
		if (after == nil || first.compare(*after, at) < 0) && int(today-c.since) >= filter.MinDays && first.fits(at) {
			first.add(at)
		}
	}
	return d.page(practice, first, creditors, filter, today), nil
}

// creditor is a setting that waits for answers.
type creditor struct {
	since domain.Date
}

// creditors is every setting that something is owed to, with the day of the oldest debt.
func (d *Debts) creditors(practice domain.PracticeID, filter DebtFilter) map[settingNo]creditor {
	found := map[settingNo]creditor{}
	d.eachDebt(practice, filter, func(_ thingNo, o *owing) {
		if c, known := found[o.setting]; !known || o.since < c.since {
			found[o.setting] = creditor{o.since}
		}
	})
	return found
}

func (d *Debts) eachDebt(practice domain.PracticeID, filter DebtFilter, visit func(thingNo, *owing)) {
	s := d.signals
	of := thingNo(0)
	if filter.Of != "" {
		no, found := s.find(practice, filter.Of)
		if !found {
			return
		}
		of = s.top(no)
	}
	debtors := s.shelfOf(practice).debtors
	for i := range debtors {
		if of != 0 && debtors[i].thing != of {
			continue
		}
		for j := range debtors[i].owed {
			if o := &debtors[i].owed[j]; filter.wants(s.names.settingOf(o.setting)) {
				visit(debtors[i].thing, o)
			}
		}
	}
}

func (f *DebtFilter) wants(setting pursuit.Setting) bool {
	return (f.Setting == nil || *f.Setting == setting) && (len(f.Kinds) == 0 || slices.Contains(f.Kinds, setting.Kind))
}

func (d *Debts) page(practice domain.PracticeID, first nearest, creditors map[settingNo]creditor, filter DebtFilter, today domain.Date) (page DebtPage) {
	spots := first.spots
	if len(spots) == first.count {
		spots = spots[:len(spots)-1]
		page.Next = spots[len(spots)-1].String()
	}
	place := map[settingNo]int{}
	for i, at := range spots {
		setting := settingNo(at.no)
		since := creditors[setting].since
		place[setting] = i
		page.Settings = append(page.Settings, SettingDebt{
			Setting: d.signals.names.settingOf(setting), Since: since, Days: int(today - since),
		})
	}
	d.eachDebt(practice, filter, func(no thingNo, o *owing) {
		if i, shown := place[o.setting]; shown {
			page.Settings[i].Debts = append(page.Settings[i].Debts, d.debt(no, o, today))
		}
	})
	for _, setting := range page.Settings {
		slices.SortFunc(setting.Debts, func(a, b Debt) int {
			return cmp.Or(cmp.Compare(a.Since, b.Since), cmp.Compare(a.ID, b.ID))
		})
	}
	return page
}

func (d *Debts) debt(no thingNo, o *owing, today domain.Date) Debt {
	s := d.signals
	debt := Debt{ID: s.idOf(no), Text: s.names.closedText(s.things[no].text), Since: o.since, Days: int(today - o.since)}
	for _, result := range s.debts.Unpaid(debt.ID, s.names.settingOf(o.setting)) {
		debt.Outcomes = append(debt.Outcomes, s.outcomeAt(result))
	}
	return debt
}

// outcomeAt is what happened at a place in the log. Outcomes stand in its order.
func (s *Signals) outcomeAt(result pursuit.Result) OwedOutcome {
	at, _ := slices.BinarySearchFunc(s.debts.Results, result.At, func(r pursuit.Result, p domain.Position) int {
		return comparePositions(r.At, p)
	})
	o := s.names.sayings.values[s.outcomes[at]]
	return OwedOutcome{
		On: result.On, Said: Said(s.names.codeOf(o.said)), Forum: s.names.codeOf(o.forum),
		Outcome: pursuit.Outcome(s.names.codeOf(o.outcome)), Verdict: pursuit.Verdict(s.names.codeOf(o.verdict)),
	}
}
