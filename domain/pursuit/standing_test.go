package pursuit_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"signaalboek/domain"
	"signaalboek/domain/pursuit"
)

// numbered gives numbers and keeps accounts, as a projection does; the odd numbers stay free.
type numbered struct {
	things   []domain.StreamID
	settings []pursuit.Setting
	accounts map[uint32]*pursuit.Account
}

func (n *numbered) Thing(id domain.StreamID) uint32 {
	if !slices.Contains(n.things, id) {
		n.things = append(n.things, id)
	}
	return n.KnownThing(id)
}

func (n *numbered) Setting(s pursuit.Setting) uint32 {
	if !slices.Contains(n.settings, s) {
		n.settings = append(n.settings, s)
	}
	return n.KnownSetting(s)
}

func (n *numbered) KnownThing(id domain.StreamID) uint32 {
	return uint32(2 * (slices.Index(n.things, id) + 1))
}
func (n *numbered) KnownSetting(s pursuit.Setting) uint32 {
	return uint32(2 * (slices.Index(n.settings, s) + 1))
}
func (n *numbered) ThingNamed(no uint32) domain.StreamID   { return n.things[no/2-1] }
func (n *numbered) SettingNamed(no uint32) pursuit.Setting { return n.settings[no/2-1] }

func (n *numbered) Account(thing uint32) pursuit.Account {
	if a := n.accounts[thing]; a != nil {
		return *a
	}
	return pursuit.Account{}
}

func (n *numbered) Change(thing uint32) *pursuit.Account {
	if n.accounts[thing] == nil {
		n.accounts[thing] = &pursuit.Account{}
	}
	return n.accounts[thing]
}

// both is the same debts twice: with numbers and accounts of their own, and with those of somebody else.
type both struct {
	own, others pursuit.Debts
	numbers     *numbered
	outcomes    int
}

func (b *both) do(change func(*pursuit.Debts)) {
	change(&b.own)
	change(&b.others)
}

func drawThing(t *rapid.T, name string) domain.StreamID {
	return domain.StreamID(fmt.Sprintf("signal-%d", rapid.IntRange(0, 4).Draw(t, name)))
}

func drawSetting(t *rapid.T) pursuit.Setting {
	return pursuit.Setting{Kind: pursuit.InSurvey, Year: rapid.IntRange(2020, 2022).Draw(t, "year")}
}

// change does something that may happen to debts; bundles form no circle, as package bundle sees to.
func (b *both) change(t *rapid.T) {
	thing, other, setting := drawThing(t, "thing"), drawThing(t, "other"), drawSetting(t)
	switch rapid.IntRange(0, 6).Draw(t, "what") {
	case 0:
		b.do(func(d *pursuit.Debts) { d.Raise(thing, setting) })
	case 1, 2:
		b.outcomes++
		b.do(func(d *pursuit.Debts) { d.Outcome(thing, at(uint64(b.outcomes)), domain.Date(b.outcomes)) })
	case 3:
		b.do(func(d *pursuit.Debts) { d.Told(thing, setting) })
	case 4:
		if b.own.Top(thing) == thing && b.own.Top(other) != thing {
			b.do(func(d *pursuit.Debts) { d.Join(thing, other) })
		}
	case 5:
		b.do(func(d *pursuit.Debts) { d.Part(thing) })
	case 6:
		b.do(func(d *pursuit.Debts) { d.Divide(thing, []domain.StreamID{other}) })
	}
}

// check holds that every way of asking tells the same of a thing.
func (b *both) check(t *rapid.T, thing domain.StreamID) {
	standings := b.own.Standings(thing)
	if others := b.others.Standings(thing); !slices.Equal(standings, others) {
		t.Fatalf("%s stands at %+v; with numbers of somebody else, at %+v", thing, standings, others)
	}
	owed := map[pursuit.Setting]domain.Date{}
	b.others.EachOwed(b.numbers.KnownThing(thing), func(setting, oldest uint32) {
		owed[b.numbers.SettingNamed(setting)] = b.others.Days[oldest-1]
	})
	for _, standing := range standings {
		b.checkUnpaid(t, thing, standing)
		oldest, owes := owed[standing.Setting]
		if owes != standing.Owed() || oldest != standing.Oldest.On {
			t.Fatalf("%s: %+v, by numbers owed since %d", thing, standing, oldest)
		}
		delete(owed, standing.Setting)
	}
	if len(owed) > 0 {
		t.Fatalf("%s owes %+v, which have no standing", thing, owed)
	}
}

func (b *both) checkUnpaid(t *rapid.T, thing domain.StreamID, standing pursuit.Standing) {
	unpaid := b.own.Unpaid(thing, standing.Setting)
	if len(unpaid) != standing.Unpaid || standing.Owed() && (unpaid[0] != standing.Oldest || !standing.Answered) {
		t.Fatalf("%s: %+v, unpaid %+v", thing, standing, unpaid)
	}
	for i := range unpaid {
		if i > 0 && unpaid[i-1].On >= unpaid[i].On {
			t.Fatalf("%s owes %v %+v, not in order or twice", thing, standing.Setting, unpaid)
		}
	}
}

func TestRule2DebtsAreTheSameHoweverTheyAreNumberedOrAsked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		numbers := &numbered{accounts: map[uint32]*pursuit.Account{}}
		b := &both{others: pursuit.NewDebts(numbers, numbers), numbers: numbers}
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			b.change(t)
			for n := range 5 {
				b.check(t, domain.StreamID(fmt.Sprintf("signal-%d", n)))
			}
			if b.outcomes > 0 && len(numbers.accounts) == 0 {
				t.Fatal("somebody else keeps no account of any outcome")
			}
		}
	})
}

// Something came of it as soon as there is an outcome, also once everybody was told.
func TestAnswered(t *testing.T) {
	var d pursuit.Debts
	d.Raise("signal-a", survey)
	if d.Standings("signal-a")[0].Answered {
		t.Error("answered before anything came of it")
	}
	d.Outcome("signal-a", at(1), 1)
	d.Told("signal-a", survey)
	if standing := d.Standings("signal-a")[0]; !standing.Answered || standing.Owed() {
		t.Errorf("told of what came: %+v", standing)
	}
}
