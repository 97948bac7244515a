package pursuit

import (
	"maps"
	"slices"

	"signaalboek/domain"
)

// Debts is to whom answers are owed, for any number of things: the one place where that is worked out. The ledger feeds
// it the streams that a decision looks at, a projection the whole log; both in log order, through Apply.
//
// Each thing, a signal or a recommendation, has its own account. What was bundled into a thing counts for the whole;
// what came of a signal and who was told stays in its own account, so that leaving a bundle loses nothing. A setting
// that comes later is owed the earlier outcomes too. The zero Debts owes nothing.
type Debts struct {
	Accounts map[domain.StreamID]*Account `json:"accounts,omitzero"`
}

// Account is what one thing itself brought: who raised it, what came of it, who was told.
type Account struct {
	Raised   []Setting         `json:"raised,omitzero"`   // in order, each once
	Outcomes []Result          `json:"outcomes,omitzero"` // in log order
	Told     []Telling         `json:"told,omitzero"`     // the last time of each setting
	Into     domain.StreamID   `json:"into,omitzero"`     // what it was bundled into
	Joined   domain.Position   `json:"joined,omitzero"`   // when
	Members  []domain.StreamID `json:"members,omitzero"`  // what was bundled into it
	Origins  []domain.StreamID `json:"origins,omitzero"`  // what was split into it; or, of a recommendation, what it answers
}

// Result is an outcome: where it stands in the log, and the day it happened.
type Result struct {
	At domain.Position `json:"at"`
	On domain.Date     `json:"on"`
}

// Telling is a feedback: to whom, and where it stands in the log.
type Telling struct {
	Setting Setting         `json:"setting"`
	At      domain.Position `json:"at"`
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
	a := d.account(thing)
	if !slices.Contains(a.Raised, s) {
		a.Raised = append(a.Raised, s)
	}
}

// Outcome tells that something came of a thing.
func (d *Debts) Outcome(thing domain.StreamID, at domain.Position, on domain.Date) {
	a := d.account(thing)
	a.Outcomes = append(a.Outcomes, Result{At: at, On: on})
}

// Told tells that a setting heard everything that had come of a thing, and of all that is bundled into it.
func (d *Debts) Told(thing domain.StreamID, s Setting, at domain.Position) {
	for _, member := range d.whole(thing) {
		d.account(member).heard(s, at)
	}
}

// Join tells that a thing was bundled into another.
func (d *Debts) Join(thing, into domain.StreamID, at domain.Position) {
	d.leave(thing)
	a, whole := d.account(thing), d.account(into)
	a.Into, a.Joined = into, at
	whole.Members = append(whole.Members, thing)
}

// Part tells that a thing stands on its own again. What came of the whole while it was part of it came of it too, and
// stays owed to those who raised it.
func (d *Debts) Part(thing domain.StreamID) {
	a := d.account(thing)
	since := a.Joined
	for into := a.Into; into != ""; {
		whole := d.account(into)
		a.take(whole.Outcomes, since)
		into = whole.Into
		if since.Before(whole.Joined) {
			since = whole.Joined
		}
	}
	d.leave(thing)
}

// Divide tells that the parts take along who raised a thing; what came of it before stays with it.
func (d *Debts) Divide(thing domain.StreamID, parts []domain.StreamID) {
	for _, part := range parts {
		d.Answer(part, []domain.StreamID{thing})
	}
}

// Answer tells that whoever raised certain signals is owed what comes of a thing too.
func (d *Debts) Answer(thing domain.StreamID, signals []domain.StreamID) {
	a := d.account(thing)
	for _, signal := range signals {
		if !slices.Contains(a.Origins, signal) {
			a.Origins = append(a.Origins, signal)
		}
	}
}

// Top is the thing that a thing was bundled into, through bundles of bundles; itself if it was not.
func (d *Debts) Top(thing domain.StreamID) domain.StreamID {
	for {
		a, ok := d.Accounts[thing]
		if !ok || a.Into == "" {
			return thing
		}
		thing = a.Into
	}
}

// Settings is every setting that raised a thing, or anything that counts for it, in the order it counts.
func (d *Debts) Settings(thing domain.StreamID) []Setting {
	var all []Setting
	seen := map[Setting]bool{}
	d.eachSource(thing, map[domain.StreamID]bool{}, func(a *Account) {
		for _, s := range a.Raised {
			if !seen[s] {
				seen[s] = true
				all = append(all, s)
			}
		}
	})
	return all
}

// Standings is how things stand with each of those settings. What was bundled into another thing owes nothing by
// itself: its settings stand with the whole.
func (d *Debts) Standings(thing domain.StreamID) []Standing {
	if a, ok := d.Accounts[thing]; !ok || a.Into != "" {
		return nil
	}
	members := d.whole(thing)
	settings := d.Settings(thing)
	standings := make([]Standing, 0, len(settings))
	for _, s := range settings {
		standings = append(standings, d.standing(s, members))
	}
	return standings
}

func (d *Debts) standing(s Setting, members []domain.StreamID) Standing {
	standing := Standing{Setting: s}
	var unpaid []Result
	for _, member := range members {
		if a, ok := d.Accounts[member]; ok && len(a.Outcomes) > 0 {
			standing.Answered = true
			unpaid = append(unpaid, a.unpaid(s)...)
		}
	}
	slices.SortFunc(unpaid, func(x, y Result) int { return compare(x.At, y.At) })
	unpaid = slices.Compact(unpaid) // what left a bundle and came back holds outcomes of that bundle too
	if standing.Unpaid = len(unpaid); standing.Unpaid > 0 {
		standing.Oldest = unpaid[0]
	}
	return standing
}

// Owed is those settings that wait for an answer.
func (d *Debts) Owed(thing domain.StreamID) []Standing {
	return slices.DeleteFunc(d.Standings(thing), func(s Standing) bool { return !s.Owed() })
}

// Unpaid is the outcomes of a thing, and of all that is bundled into it, that a setting was not told, in log order.
func (d *Debts) Unpaid(thing domain.StreamID, s Setting) []Result {
	var unpaid []Result
	for _, member := range d.whole(thing) {
		if a, ok := d.Accounts[member]; ok {
			unpaid = append(unpaid, a.unpaid(s)...)
		}
	}
	slices.SortFunc(unpaid, func(x, y Result) int { return compare(x.At, y.At) })
	return slices.Compact(unpaid)
}

// Things is everything that has an account, in order of name.
func (d *Debts) Things() []domain.StreamID { return slices.Sorted(maps.Keys(d.Accounts)) }

func (d *Debts) account(thing domain.StreamID) *Account {
	if d.Accounts == nil {
		d.Accounts = map[domain.StreamID]*Account{}
	}
	a, ok := d.Accounts[thing]
	if !ok {
		a = &Account{}
		d.Accounts[thing] = a
	}
	return a
}

// whole is a thing and everything bundled into it, through bundles of bundles.
func (d *Debts) whole(thing domain.StreamID) []domain.StreamID {
	all := []domain.StreamID{thing}
	for i := 0; i < len(all); i++ {
		if a, ok := d.Accounts[all[i]]; ok {
			all = append(all, a.Members...)
		}
	}
	return all
}

// eachSource visits every account whose settings count for a thing: its own, those bundled into it, and those of what
// each of these came from. An origin that was bundled since resolves to its top.
func (d *Debts) eachSource(thing domain.StreamID, seen map[domain.StreamID]bool, visit func(*Account)) {
	for _, member := range d.whole(thing) {
		a, ok := d.Accounts[member]
		if !ok || seen[member] {
			continue
		}
		seen[member] = true
		visit(a)
		for _, origin := range a.Origins {
			d.eachSource(d.Top(origin), seen, visit)
		}
	}
}

func (d *Debts) leave(thing domain.StreamID) {
	a := d.account(thing)
	if a.Into == "" {
		return
	}
	whole := d.account(a.Into)
	whole.Members = slices.DeleteFunc(whole.Members, func(m domain.StreamID) bool { return m == thing })
	a.Into, a.Joined = "", domain.Position{}
}

func (a *Account) heard(s Setting, at domain.Position) {
	for i := range a.Told {
		if a.Told[i].Setting == s {
			a.Told[i].At = at
			return
		}
	}
	a.Told = append(a.Told, Telling{Setting: s, At: at})
}

// unpaid is the outcomes after the last time that a setting was told: none is ever told without those before it.
func (a *Account) unpaid(s Setting) []Result {
	var last domain.Position
	for _, t := range a.Told {
		if t.Setting == s {
			last = t.At
		}
	}
	first := slices.IndexFunc(a.Outcomes, func(o Result) bool { return last.Before(o.At) })
	if first < 0 {
		return nil
	}
	return a.Outcomes[first:]
}

// take adds outcomes of a whole since a part joined it.
func (a *Account) take(outcomes []Result, since domain.Position) {
	for _, o := range outcomes {
		if since.Before(o.At) {
			a.Outcomes = append(a.Outcomes, o)
		}
	}
	slices.SortFunc(a.Outcomes, func(x, y Result) int { return compare(x.At, y.At) })
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
