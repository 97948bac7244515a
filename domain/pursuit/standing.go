package pursuit

import (
	"slices"

	"signaalboek/domain"
)

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

func (d *Debts) result(no uint32) Result {
	if len(d.Places) == 0 {
		return Result{On: d.Days[no-1]}
	}
	return Result{At: d.Places[no-1], On: d.Days[no-1]}
}
