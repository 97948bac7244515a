package projections

import (
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
