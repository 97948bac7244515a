package pursuit

import "signaalboek/domain"

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
