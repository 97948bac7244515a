package pursuit

import (
	"slices"

	"signaalboek/domain"
)

// Debts is to whom answers are owed, for any number of things: the one place where that is worked out. The ledger feeds
// it the streams that a decision looks at, a projection the whole log; both in log order, through Apply.
//
// Each thing, a signal or a recommendation, has its own account. What was bundled into a thing counts for the whole;
// what came of a signal and who was told stays in its own account, so that leaving a bundle loses nothing. A setting
// that comes later is owed the earlier outcomes too. The zero Debts owes nothing.
//
// Things and settings go by their numbers in Numbers, and a moment is how many outcomes there had been: told after seven
// outcomes is told of the first seven. Number 0 is none, everywhere. A projection keeps an account of every signal there
// ever was; so who numbers things also keeps their accounts, as small as it likes.
type Debts struct {
	Days   []domain.Date     // of every outcome, in log order
	Places []domain.Position // of the same; none, if nobody said where they stand

	numbers  Numbers
	accounts Accounts
}

// Account is what one thing itself brought: who raised it, what came of it, who was told; and how it is tied to others.
type Account struct {
	Raised   []uint32  // settings, in order, each once
	Outcomes []uint32  // the numbers of outcomes, in order
	Told     []Telling // one a setting
	Into     uint32    // what it was bundled into
	Joined   uint32    // when: how many outcomes there had been
	Members  []uint32  // what was bundled into it, in order
	Origins  []uint32  // what was split into it; or, of a recommendation, what it answers
}

// isAlone reports whether a thing is tied to no other, as nearly all are.
func (a *Account) isAlone() bool { return a.Into == 0 && len(a.Members) == 0 && len(a.Origins) == 0 }

// Telling is the last feedback to a setting: how many outcomes there had been.
type Telling struct{ Setting, Upto uint32 }

// Owing is an event that changes who is owed what. Every other event leaves debts as they are.
type Owing interface {
	Owe(*Debts, domain.Entry)
}

// NewDebts owes nothing yet. Somebody else numbers things and settings, and keeps the accounts.
func NewDebts(numbers Numbers, accounts Accounts) Debts {
	return Debts{numbers: numbers, accounts: accounts}
}

// DebtsOf is the debts after entries of several streams, each in its own order.
func DebtsOf(streams ...[]domain.Entry) *Debts {
	entries := slices.Concat(streams...)
	slices.SortStableFunc(entries, func(a, b domain.Entry) int { return a.Position.Compare(b.Position) })
	var d Debts
	for _, e := range entries {
		d.Apply(e)
	}
	return &d
}

// Apply takes one entry of the log into account.
func (d *Debts) Apply(e domain.Entry) {
	if event, ok := e.Event.(Owing); ok {
		event.Owe(d, e)
	}
}

// Raise tells that a setting raised a thing.
func (d *Debts) Raise(thing domain.StreamID, s Setting) {
	setting := d.given().Setting(s)
	a := d.account(d.given().Thing(thing))
	a.Raised = include(a.Raised, setting)
}

// Outcome tells that something came of a thing. Where it stands in the log is said of every outcome or of none.
func (d *Debts) Outcome(thing domain.StreamID, at domain.Position, on domain.Date) {
	d.Days = append(d.Days, on)
	if !at.IsZero() {
		d.Places = append(d.Places, at)
	}
	a := d.account(d.given().Thing(thing))
	a.Outcomes = append(a.Outcomes, d.now())
}

// Told tells that a setting heard everything that had come of a thing, and of all that is bundled into it.
func (d *Debts) Told(thing domain.StreamID, s Setting) {
	setting := d.given().Setting(s)
	for _, member := range d.whole(d.given().Thing(thing)) {
		d.account(member).hear(setting, d.now())
	}
}

// Join tells that a thing was bundled into another, and left the one that it was in.
func (d *Debts) Join(thing, into domain.StreamID) {
	no, whole := d.given().Thing(thing), d.given().Thing(into)
	d.leave(no)
	a := d.account(no)
	a.Into, a.Joined = whole, d.now()
	a = d.account(whole)
	a.Members = append(a.Members, no)
}

// Part tells that a thing stands on its own again. What came of the whole while it was part of it came of it too, and
// stays owed to those who raised it.
func (d *Debts) Part(thing domain.StreamID) {
	no := d.given().Thing(thing)
	a := d.at(no)
	for into, since := a.Into, a.Joined; into != 0; {
		d.take(no, into, since)
		a = d.at(into)
		into, since = a.Into, max(since, a.Joined)
	}
	d.leave(no)
}

// Divide tells that the parts take along who raised a thing; what came of it before stays with it.
func (d *Debts) Divide(thing domain.StreamID, parts []domain.StreamID) {
	for _, part := range parts {
		d.Answer(part, []domain.StreamID{thing})
	}
}

// Answer tells that whoever raised certain signals is owed what comes of a thing too.
func (d *Debts) Answer(thing domain.StreamID, signals []domain.StreamID) {
	no := d.given().Thing(thing)
	for _, signal := range signals {
		origin := d.given().Thing(signal)
		a := d.account(no)
		a.Origins = include(a.Origins, origin)
	}
}

func (a *Account) hear(setting, now uint32) {
	for i := range a.Told {
		if a.Told[i].Setting == setting {
			a.Told[i].Upto = now
			return
		}
	}
	a.Told = append(a.Told, Telling{Setting: setting, Upto: now})
}

// take adds outcomes of a whole since a part joined it.
func (d *Debts) take(no, whole, since uint32) {
	results := slices.Clone(d.at(no).Outcomes)
	for _, result := range d.at(whole).Outcomes {
		if result > since {
			results = append(results, result)
		}
	}
	slices.Sort(results)
	d.account(no).Outcomes = results
}

func (d *Debts) leave(no uint32) {
	into := d.at(no).Into
	if into == 0 {
		return
	}
	a := d.account(into)
	a.Members = slices.DeleteFunc(a.Members, func(member uint32) bool { return member == no })
	a = d.account(no)
	a.Into, a.Joined = 0, 0
}

// now is the moment: how many outcomes there have been.
func (d *Debts) now() uint32 { return uint32(len(d.Days)) }

// include is a list that holds a value, at its end if it did not yet.
func include(list []uint32, value uint32) []uint32 {
	if slices.Contains(list, value) {
		return list
	}
	return append(list, value)
}
