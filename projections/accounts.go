package projections

import (
	"encoding/binary"

	"signaalboek/domain/pursuit"
)

// accounts is the accounts of pursuit.Debts, by number of thing, packed: most hold one or two of each.
type accounts struct {
	rows packed[pursuit.Account]
}

// Account implements pursuit.Accounts.
func (a *accounts) Account(thing uint32) (account pursuit.Account) {
	if int(thing) >= a.rows.len() {
		return account
	}
	if open := a.rows.opened(thing); open != nil {
		return *open
	}
	row := a.rows.row(thing)
	packAccount(&row, &account)
	return account
}

// Change implements pursuit.Accounts.
func (a *accounts) Change(thing uint32) *pursuit.Account {
	for int(thing) >= a.rows.len() {
		a.rows.add(pursuit.Account{})
	}
	return a.rows.change(thing)
}

// packAccount names the fields in order, those that most have first.
func packAccount(p *packing, a *pursuit.Account) {
	packNumbers(p, &a.Raised)
	packRising(p, &a.Outcomes)
	packTellings(p, a)
	packField(p, &a.Into)
	packField(p, &a.Joined)
	packNumbers(p, &a.Members)
	packNumbers(p, &a.Origins)
}

// packNumbers packs a list of numbers.
func packNumbers(p *packing, list *[]uint32) {
	for i := range packLength(p, list) {
		packValue(p, &(*list)[i], 0)
	}
}

// packRising packs a list of numbers of which each is more than the one before it, as what is added.
func packRising(p *packing, list *[]uint32) {
	before := uint32(0)
	for i := range packLength(p, list) {
		packValue(p, &(*list)[i], before)
		before = (*list)[i]
	}
}

// packTellings packs when settings were told as how much later that was than the last outcome: seldom much.
func packTellings(p *packing, a *pursuit.Account) {
	last := uint32(0)
	if len(a.Outcomes) > 0 {
		last = a.Outcomes[len(a.Outcomes)-1]
	}
	for i := range packLength(p, &a.Told) {
		packValue(p, &a.Told[i].Setting, 0)
		packValue(p, &a.Told[i].Upto, last)
	}
}

// packLength packs how long a list is, and makes room for one that is read: what was read may be anything.
func packLength[T any](p *packing, list *[]T) int {
	if p.passes() {
		return 0
	}
	length := p.field(len(*list) > 0, uint64(len(*list)))
	if p.reading {
		*list = make([]T, min(length, uint64(len(p.values))))
	}
	return len(*list)
}

// packValue packs a number of a list as how far it is from another.
func packValue(p *packing, v *uint32, from uint32) {
	if p.reading {
		*v = from + uint32(takeVarint(&p.values))
		return
	}
	p.values = binary.AppendVarint(p.values, int64(int32(*v-from)))
}
