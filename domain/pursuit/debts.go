package pursuit

import (
	"iter"
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
// Accounts are rows of numbers, because a projection keeps one of every signal there ever was. Things and settings go
// by their numbers in Numbers, lists are chains of links, and a moment is how many outcomes there had been: told after
// seven outcomes is told of the first seven. Number 0 is none, everywhere. The rows can be read for a snapshot, and
// put back; nobody else has business with them.
type Debts struct {
	Accounts []Account // by number of thing
	Bonds    []Bond    // of those few things that are tied to others
	Links    []Link
	Tellings []Telling
	Days     []domain.Date     // of every outcome, in log order
	Places   []domain.Position // of the same; none, if nobody said where they stand

	numbers Numbers
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

// Account is what one thing itself brought: who raised it, what came of it, who was told.
type Account struct {
	Raised   uint32 // chain of settings, in order, each once
	Outcomes uint32 // chain of numbers of outcomes, the last one first
	Told     uint32 // chain of tellings, one a setting
	Bond     uint32
}

// Bond is how a thing is tied to others.
type Bond struct {
	Into    uint32 // what it was bundled into
	Joined  uint32 // when: how many outcomes there had been
	Members uint32 // chain of what was bundled into it, in order
	Origins uint32 // chain of what was split into it; or, of a recommendation, what it answers
}

// Link is one value of a chain, and where the next one stands.
type Link struct{ Value, Next uint32 }

// Telling is the last feedback to a setting: how many outcomes there had been, and where the next telling stands.
type Telling struct{ Setting, Upto, Next uint32 }

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

// NewDebts owes nothing yet. Things and settings go by the numbers that somebody else gives them.
func NewDebts(numbers Numbers) Debts { return Debts{numbers: numbers} }

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
	a.Raised = d.include(a.Raised, setting)
}

// Outcome tells that something came of a thing. Where it stands in the log is said of every outcome or of none.
func (d *Debts) Outcome(thing domain.StreamID, at domain.Position, on domain.Date) {
	d.Days = append(d.Days, on)
	if !at.IsZero() {
		d.Places = append(d.Places, at)
	}
	a := d.account(d.given().Thing(thing))
	a.Outcomes = d.link(d.now(), a.Outcomes)
}

// Told tells that a setting heard everything that had come of a thing, and of all that is bundled into it. When that
// was follows from the outcomes before it.
func (d *Debts) Told(thing domain.StreamID, s Setting, _ domain.Position) {
	setting := d.given().Setting(s)
	for _, member := range d.whole(d.given().Thing(thing)) {
		d.hear(d.account(member), setting)
	}
}

// Join tells that a thing was bundled into another. When that was follows from the outcomes before it.
func (d *Debts) Join(thing, into domain.StreamID, _ domain.Position) {
	no, whole := d.given().Thing(thing), d.given().Thing(into)
	d.leave(no)
	b := d.bond(no)
	b.Into, b.Joined = whole, d.now()
	b = d.bond(whole)
	b.Members = d.chain(b.Members, no)
}

// Part tells that a thing stands on its own again. What came of the whole while it was part of it came of it too, and
// stays owed to those who raised it.
func (d *Debts) Part(thing domain.StreamID) {
	no := d.given().Thing(thing)
	since := d.tied(no).Joined
	for into := d.tied(no).Into; into != 0; into = d.tied(into).Into {
		d.take(no, into, since)
		since = max(since, d.tied(into).Joined)
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
		b := d.bond(no)
		b.Origins = d.include(b.Origins, origin)
	}
}

// Top is the thing that a thing was bundled into, through bundles of bundles; itself if it was not.
func (d *Debts) Top(thing domain.StreamID) domain.StreamID {
	no := d.known(thing)
	if d.tied(no).Into == 0 {
		return thing
	}
	return d.numbers.ThingNamed(d.top(no))
}

// Settings is every setting that raised a thing, or anything that counts for it, in the order it counts.
func (d *Debts) Settings(thing domain.StreamID) []Setting {
	var all []Setting
	for _, setting := range d.settings(d.known(thing)) {
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
	answered := slices.ContainsFunc(members, func(member uint32) bool { return d.at(member).Outcomes != 0 })
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
	if thing == 0 || d.tied(thing).Into != 0 {
		return nil
	}
	return d.settings(thing)
}

// EachOwed visits those settings that wait for an answer, each with the oldest outcome that it was not told; by numbers,
// of which those of outcomes are counted from 1.
func (d *Debts) EachOwed(thing uint32, visit func(setting, oldest uint32)) {
	settings := d.SettingsOf(thing)
	if len(settings) == 0 {
		return
	}
	members := d.whole(thing)
	for _, setting := range settings {
		if oldest := d.oldest(members, setting); oldest != 0 {
			visit(setting, oldest)
		}
	}
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
		upto := d.toldUpto(a, setting)
		for result := range d.values(a.Outcomes) {
			if result <= upto {
				break
			}
			results = append(results, result)
		}
	}
	slices.Sort(results)
	return slices.Compact(results) // what left a bundle and came back holds outcomes of that bundle too
}

// oldest is the first of those; 0 if there is none.
func (d *Debts) oldest(members []uint32, setting uint32) (oldest uint32) {
	for _, member := range members {
		a := d.at(member)
		upto := d.toldUpto(a, setting)
		for result := range d.values(a.Outcomes) {
			if result <= upto {
				break
			}
			if oldest == 0 || result < oldest {
				oldest = result
			}
		}
	}
	return oldest
}

func (d *Debts) toldUpto(a Account, setting uint32) uint32 {
	for at := a.Told; at != 0; at = d.Tellings[at-1].Next {
		if t := d.Tellings[at-1]; t.Setting == setting {
			return t.Upto
		}
	}
	return 0
}

func (d *Debts) hear(a *Account, setting uint32) {
	for at := a.Told; at != 0; at = d.Tellings[at-1].Next {
		if t := &d.Tellings[at-1]; t.Setting == setting {
			t.Upto = d.now()
			return
		}
	}
	d.Tellings = append(d.Tellings, Telling{Setting: setting, Upto: d.now(), Next: a.Told})
	a.Told = uint32(len(d.Tellings))
}

// take adds outcomes of a whole since a part joined it.
func (d *Debts) take(no, whole, since uint32) {
	results := slices.Collect(d.values(d.at(no).Outcomes))
	for result := range d.values(d.at(whole).Outcomes) {
		if result > since {
			results = append(results, result)
		}
	}
	slices.Sort(results)
	chain := uint32(0)
	for _, result := range results {
		chain = d.link(result, chain)
	}
	d.account(no).Outcomes = chain
}

// settings is every setting that counts for a thing, each once.
func (d *Debts) settings(no uint32) (settings []uint32) {
	if d.at(no).Bond == 0 { // it stands alone, as nearly all do
		return slices.Collect(d.values(d.at(no).Raised))
	}
	d.eachSource(no, map[uint32]bool{}, func(a Account) {
		for setting := range d.values(a.Raised) {
			if !slices.Contains(settings, setting) {
				settings = append(settings, setting)
			}
		}
	})
	return settings
}

// whole is a thing and everything bundled into it, through bundles of bundles.
func (d *Debts) whole(no uint32) []uint32 {
	all := []uint32{no}
	if d.at(no).Bond == 0 {
		return all
	}
	for i := 0; i < len(all); i++ {
		all = slices.AppendSeq(all, d.values(d.tied(all[i]).Members))
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
		visit(d.at(member))
		for origin := range d.values(d.tied(member).Origins) {
			d.eachSource(d.top(origin), seen, visit)
		}
	}
}

func (d *Debts) top(no uint32) uint32 {
	for d.tied(no).Into != 0 {
		no = d.tied(no).Into
	}
	return no
}

func (d *Debts) leave(no uint32) {
	into := d.tied(no).Into
	if into == 0 {
		return
	}
	b := d.bond(into)
	b.Members = d.unchain(b.Members, no)
	b = d.bond(no)
	b.Into, b.Joined = 0, 0
}

// now is the moment: how many outcomes there have been.
func (d *Debts) now() uint32 { return uint32(len(d.Days)) }

func (d *Debts) result(no uint32) Result {
	if len(d.Places) == 0 {
		return Result{On: d.Days[no-1]}
	}
	return Result{At: d.Places[no-1], On: d.Days[no-1]}
}

// at is the account of a thing, to be read; an empty one if it has none.
func (d *Debts) at(no uint32) Account {
	if int(no) < len(d.Accounts) {
		return d.Accounts[no]
	}
	return Account{}
}

// account is the account of a thing, to be changed before another one is asked for.
func (d *Debts) account(no uint32) *Account {
	for int(no) >= len(d.Accounts) {
		d.Accounts = append(d.Accounts, Account{})
	}
	return &d.Accounts[no]
}

// tied is how a thing is tied to others, to be read.
func (d *Debts) tied(no uint32) Bond {
	if bond := d.at(no).Bond; bond != 0 {
		return d.Bonds[bond-1]
	}
	return Bond{}
}

// bond is the same, to be changed before another one is asked for.
func (d *Debts) bond(no uint32) *Bond {
	a := d.account(no)
	if a.Bond == 0 {
		d.Bonds = append(d.Bonds, Bond{})
		a.Bond = uint32(len(d.Bonds))
	}
	return &d.Bonds[a.Bond-1]
}

// values is the values of a chain.
func (d *Debts) values(chain uint32) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		for at := chain; at != 0; at = d.Links[at-1].Next {
			if !yield(d.Links[at-1].Value) {
				return
			}
		}
	}
}

// link is a value before a chain.
func (d *Debts) link(value, chain uint32) uint32 {
	d.Links = append(d.Links, Link{Value: value, Next: chain})
	return uint32(len(d.Links))
}

// chain is a chain with one more value at its end.
func (d *Debts) chain(chain, value uint32) uint32 {
	added := d.link(value, 0)
	if chain == 0 {
		return added
	}
	last := chain
	for d.Links[last-1].Next != 0 {
		last = d.Links[last-1].Next
	}
	d.Links[last-1].Next = added
	return chain
}

// include is a chain that holds a value, at its end if it did not yet.
func (d *Debts) include(chain, value uint32) uint32 {
	for held := range d.values(chain) {
		if held == value {
			return chain
		}
	}
	return d.chain(chain, value)
}

// unchain is a chain without a value that it holds once.
func (d *Debts) unchain(chain, value uint32) uint32 {
	for at := &chain; *at != 0; at = &d.Links[*at-1].Next {
		if l := d.Links[*at-1]; l.Value == value {
			*at = l.Next
			break
		}
	}
	return chain
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

func compare(p, q domain.Position) int {
	switch {
	case p.Before(q):
		return -1
	case q.Before(p):
		return 1
	}
	return 0
}
