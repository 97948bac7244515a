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

// Numbers gives things and settings numbers, counted from 1: the same one each time.
type Numbers interface {
	Thing(domain.StreamID) uint32      // given now if need be
	KnownThing(domain.StreamID) uint32 // 0 if it was not given yet
	ThingNamed(uint32) domain.StreamID // the thing with a number that was given
	Setting(Setting) uint32            // given now if need be
	KnownSetting(Setting) uint32       // 0 if it was not given yet
	SettingNamed(uint32) Setting       // the setting with a number that was given
}

// Accounts keeps the account of each thing.
type Accounts interface {
	Account(thing uint32) Account // to be read only; an empty one if it has none
	Change(thing uint32) *Account // to be changed; made if need be
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

// Result is an outcome: where it stands in the log, if that was said, and the day it happened.
type Result struct {
	At domain.Position
	On domain.Date
}

// Standing is how things stand with one setting that raised a thing.
type Standing struct {
	Setting  Setting
	Answered bool   // something came of it
	Unpaid   int    // outcomes that this setting was not told
	Oldest   Result // the first of those
}

// Owed reports whether the setting waits for an answer.
func (s Standing) Owed() bool { return s.Unpaid > 0 }

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
	slices.SortStableFunc(entries, func(a, b domain.Entry) int { return compare(a.Position, b.Position) })
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

// Told tells that a setting heard everything that had come of a thing, and of all that is bundled into it. When that
// was follows from the outcomes before it.
func (d *Debts) Told(thing domain.StreamID, s Setting, _ domain.Position) {
	setting := d.given().Setting(s)
	for _, member := range d.whole(d.given().Thing(thing)) {
		d.account(member).hear(setting, d.now())
	}
}

// Join tells that a thing was bundled into another. When that was follows from the outcomes before it.
func (d *Debts) Join(thing, into domain.StreamID, _ domain.Position) {
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

// Top is the thing that a thing was bundled into, through bundles of bundles; itself if it was not.
func (d *Debts) Top(thing domain.StreamID) domain.StreamID {
	no := d.known(thing)
	if d.at(no).Into == 0 {
		return thing
	}
	return d.numbers.ThingNamed(d.top(no))
}

// Settings is every setting that raised a thing, or anything that counts for it, in the order it counts.
func (d *Debts) Settings(thing domain.StreamID) []Setting {
	var all []Setting
	no := d.known(thing)
	a := d.at(no)
	for _, setting := range d.settings(no, &a) {
		all = append(all, d.numbers.SettingNamed(setting))
	}
	return all
}

// Standings is how things stand with each of those settings. What was bundled into another thing owes nothing by
// itself: its settings stand with the whole.
func (d *Debts) Standings(thing domain.StreamID) []Standing {
	no := d.known(thing)
	settings := d.SettingsOf(no)
	if len(settings) == 0 {
		return nil
	}
	members := d.whole(no)
	answered := slices.ContainsFunc(members, func(member uint32) bool { return len(d.at(member).Outcomes) > 0 })
	standings := make([]Standing, 0, len(settings))
	for _, setting := range settings {
		standing := Standing{Setting: d.numbers.SettingNamed(setting), Answered: answered}
		if unpaid := d.unpaid(members, setting); len(unpaid) > 0 {
			standing.Unpaid, standing.Oldest = len(unpaid), d.result(unpaid[0])
		}
		standings = append(standings, standing)
	}
	return standings
}

// SettingsOf is every setting that raised a thing, or anything that counts for it, by numbers; none of what was bundled
// into another thing, since its settings stand with the whole.
func (d *Debts) SettingsOf(thing uint32) []uint32 {
	if thing == 0 {
		return nil
	}
	a := d.at(thing)
	if a.Into != 0 {
		return nil
	}
	return d.settings(thing, &a)
}

// EachOwed visits those settings that wait for an answer, each with the oldest outcome that it was not told; by numbers,
// of which those of outcomes are counted from 1.
func (d *Debts) EachOwed(thing uint32, visit func(setting, oldest uint32)) {
	a := d.at(thing)
	if thing == 0 || a.Into != 0 {
		return
	}
	accounts := []Account{a}
	if !a.isAlone() {
		accounts = d.accountsOf(d.whole(thing))
	}
	for _, setting := range d.settings(thing, &a) {
		if oldest := oldest(accounts, setting); oldest != 0 {
			visit(setting, oldest)
		}
	}
}

func (d *Debts) accountsOf(members []uint32) (accounts []Account) {
	for _, member := range members {
		accounts = append(accounts, d.at(member))
	}
	return accounts
}

// Owed is those settings that wait for an answer.
func (d *Debts) Owed(thing domain.StreamID) []Standing {
	return slices.DeleteFunc(d.Standings(thing), func(s Standing) bool { return !s.Owed() })
}

// Unpaid is the outcomes of a thing, and of all that is bundled into it, that a setting was not told, in log order.
func (d *Debts) Unpaid(thing domain.StreamID, s Setting) []Result {
	no := d.known(thing)
	if no == 0 {
		return nil
	}
	var results []Result
	for _, result := range d.UnpaidOf(no, d.numbers.KnownSetting(s)) {
		results = append(results, d.result(result))
	}
	return results
}

// UnpaidOf is the same by numbers: of a thing and a setting, and of the outcomes, counted from 1.
func (d *Debts) UnpaidOf(thing, setting uint32) []uint32 { return d.unpaid(d.whole(thing), setting) }

// unpaid is the outcomes of some accounts that a setting was not told: in each, those after the last time that it was,
// since none is ever told without those before it.
func (d *Debts) unpaid(members []uint32, setting uint32) (results []uint32) {
	for _, member := range members {
		a := d.at(member)
		results = append(results, a.untold(setting)...)
	}
	slices.Sort(results)
	return slices.Compact(results) // what left a bundle and came back holds outcomes of that bundle too
}

// oldest is the first of those; 0 if there is none.
func oldest(accounts []Account, setting uint32) (oldest uint32) {
	for i := range accounts {
		if untold := accounts[i].untold(setting); len(untold) > 0 && (oldest == 0 || untold[0] < oldest) {
			oldest = untold[0]
		}
	}
	return oldest
}

// untold is the outcomes of an account after the last time that a setting was told.
func (a *Account) untold(setting uint32) []uint32 {
	upto := uint32(0)
	for _, told := range a.Told {
		if told.Setting == setting {
			upto = told.Upto
		}
	}
	first, _ := slices.BinarySearch(a.Outcomes, upto+1)
	return a.Outcomes[first:]
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

// settings is every setting that counts for a thing with an account, each once.
func (d *Debts) settings(no uint32, a *Account) (settings []uint32) {
	if a.isAlone() {
		return a.Raised
	}
	d.eachSource(no, map[uint32]bool{}, func(a Account) {
		for _, setting := range a.Raised {
			settings = include(settings, setting)
		}
	})
	return settings
}

// whole is a thing and everything bundled into it, through bundles of bundles.
func (d *Debts) whole(no uint32) []uint32 {
	all := []uint32{no}
	for i := 0; i < len(all); i++ {
		all = append(all, d.at(all[i]).Members...)
	}
	return all
}

// eachSource visits every account whose settings count for a thing: its own, those bundled into it, and those of what
// each of these came from. An origin that was bundled since resolves to its top.
func (d *Debts) eachSource(no uint32, seen map[uint32]bool, visit func(Account)) {
	for _, member := range d.whole(no) {
		if seen[member] {
			continue
		}
		seen[member] = true
		a := d.at(member)
		visit(a)
		for _, origin := range a.Origins {
			d.eachSource(d.top(origin), seen, visit)
		}
	}
}

func (d *Debts) top(no uint32) uint32 {
	for into := d.at(no).Into; into != 0; into = d.at(no).Into {
		no = into
	}
	return no
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

func (d *Debts) result(no uint32) Result {
	if len(d.Places) == 0 {
		return Result{On: d.Days[no-1]}
	}
	return Result{At: d.Places[no-1], On: d.Days[no-1]}
}

// at is the account of a thing, to be read only; an empty one if it has none.
func (d *Debts) at(no uint32) Account {
	if d.accounts == nil {
		return Account{}
	}
	return d.accounts.Account(no)
}

// account is the account of a thing, to be changed before another one is asked for.
func (d *Debts) account(no uint32) *Account {
	if d.accounts == nil {
		d.accounts = new(ownAccounts)
	}
	return d.accounts.Change(no)
}

// include is a list that holds a value, at its end if it did not yet.
func include(list []uint32, value uint32) []uint32 {
	if slices.Contains(list, value) {
		return list
	}
	return append(list, value)
}

// given is who gives numbers.
func (d *Debts) given() Numbers {
	if d.numbers == nil {
		d.numbers = &ownNumbers{things: map[domain.StreamID]uint32{}, settings: map[Setting]uint32{}}
	}
	return d.numbers
}

// known is the number of a thing that has one.
func (d *Debts) known(thing domain.StreamID) uint32 {
	if d.numbers == nil {
		return 0
	}
	return d.numbers.KnownThing(thing)
}

// ownNumbers numbers things and settings as they come.
type ownNumbers struct {
	things     map[domain.StreamID]uint32
	settings   map[Setting]uint32
	thingNames []domain.StreamID
	settingsOf []Setting
}

func (n *ownNumbers) Thing(id domain.StreamID) uint32 {
	if n.things[id] == 0 {
		n.thingNames = append(n.thingNames, id)
		n.things[id] = uint32(len(n.thingNames))
	}
	return n.things[id]
}

func (n *ownNumbers) Setting(s Setting) uint32 {
	if n.settings[s] == 0 {
		n.settingsOf = append(n.settingsOf, s)
		n.settings[s] = uint32(len(n.settingsOf))
	}
	return n.settings[s]
}

func (n *ownNumbers) KnownSetting(s Setting) uint32        { return n.settings[s] }
func (n *ownNumbers) KnownThing(id domain.StreamID) uint32 { return n.things[id] }
func (n *ownNumbers) ThingNamed(no uint32) domain.StreamID { return n.thingNames[no-1] }
func (n *ownNumbers) SettingNamed(no uint32) Setting       { return n.settingsOf[no-1] }

// ownAccounts keeps accounts as they are, by number.
type ownAccounts []Account

func (o ownAccounts) Account(no uint32) Account {
	if int(no) < len(o) {
		return o[no]
	}
	return Account{}
}

func (o *ownAccounts) Change(no uint32) *Account {
	for int(no) >= len(*o) {
		*o = append(*o, Account{})
	}
	return &(*o)[no]
}

func compare(p, q domain.Position) int {
	switch {
	case p.Before(q):
		return -1
	case q.Before(p):
		return 1
	}
	return 0
}
