package projections

import (
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/disclosure"
	"signaalboek/domain/vocabulary"
)

// countedPeople is the rows of a count on their way.
type countedPeople struct {
	contacts *Contacts
	in       *practiceContacts // nil: nothing was ever registered
	book     vocabulary.Book
	year     int
	lists    disclosure.Lists
	people   *people
	said     map[uint32]*person            // by the number that stands for somebody, as below
	came     map[uint32]*disclosure.Person // those who count
	nobody   disclosure.Person
	atNow    map[symbol]atActivity // by activity
}

// atActivity is what counts of what happens at an activity.
type atActivity struct{ contacts, requests bool }

func newCountedPeople(contacts *Contacts, book vocabulary.Book, practice domain.PracticeID, count disclosure.Count) *countedPeople {
	c := &countedPeople{
		contacts: contacts, in: contacts.of(practice), book: book, year: count.Period.Year, lists: count.Lists,
		people: &people{}, said: map[uint32]*person{}, came: map[uint32]*disclosure.Person{},
		nobody: *newCountedPerson(), atNow: map[symbol]atActivity{},
	}
	if c.in != nil && c.in.people[c.year] != nil {
		c.people = c.in.people[c.year]
	}
	return c
}

func newCountedPerson() *disclosure.Person {
	return &disclosure.Person{
		Contacts: map[domain.Code]int{}, Themes: map[domain.Code]int{}, Approaches: map[domain.Code]int{}, Services: map[domain.Code]int{},
	}
}

// add counts every contact of a period, by day and then by registration: the latest answer counts.
func (c *countedPeople) add(period Period) error {
	if c.in == nil {
		return nil
	}
	for _, rows := range c.in.days.days(period) {
		for _, row := range rows {
			f := c.contacts.facts.at(row)
			switch {
			case f.said&withdrawn != 0:
			case f.said&erased != 0:
				return yearGone(c.year)
			default:
				c.contact(row, f)
			}
		}
	}
	return nil
}

func (c *countedPeople) contact(row uint32, f *contactFacts) {
	who := c.answer(f)
	at := c.countsAt(f.activity)
	if at.contacts {
		c.row(who).Contacts[c.contacts.names.codeOf(f.activity)]++
	}
	if !at.requests {
		return
	}
	for _, number := range c.contacts.shapesOf(row) {
		c.request(c.row(who), c.contacts.shapes.values[number])
	}
}

// answer notes what a contact says of somebody, wherever it was said, and is the number that stands for them.
func (c *countedPeople) answer(f *contactFacts) uint32 {
	if f.person == nobody {
		return nobody
	}
	who := c.people.one(f.person)
	if c.said[who] == nil {
		c.said[who] = &person{}
	}
	c.said[who].says(f)
	return who
}

// countsAt is what counts at an activity. At the focusgroep nothing does, and where contacts do not count requests have
// nobody behind them.
func (c *countedPeople) countsAt(activity symbol) atActivity {
	at, known := c.atNow[activity]
	if known {
		return at
	}
	code := c.contacts.names.codeOf(activity)
	at.contacts = !c.book.IsFocusgroep(code) && countsIn(c.book, c.year, vocabulary.CountContacts, code)
	at.requests = at.contacts && countsIn(c.book, c.year, vocabulary.CountRequests, code)
	c.atNow[activity] = at
	return at
}

// row is where somebody is counted.
func (c *countedPeople) row(who uint32) *disclosure.Person {
	if who == nobody {
		return &c.nobody
	}
	if c.came[who] == nil {
		c.came[who] = newCountedPerson()
	}
	return c.came[who]
}

func (c *countedPeople) request(of *disclosure.Person, request shape) {
	of.Requests++
	c.carry(of.Themes, vocabulary.Themes, request.themes)
	c.carry(of.Approaches, vocabulary.Approaches, request.approaches)
	c.carry(of.Services, vocabulary.Services, request.services)
}

// carry counts the codes of a request that a release has a row for.
func (c *countedPeople) carry(to map[domain.Code]int, list domain.Code, carried listNo) {
	c.contacts.names.inList(carried, func(word symbol) {
		code := c.contacts.names.codeOf(word)
		if slices.ContainsFunc(c.lists[list], func(category disclosure.Category) bool { return category.Code == code }) {
			to[code]++
		}
	})
}

// rows is everybody who counts, by number, and what nobody was recognised for.
func (c *countedPeople) rows(traits map[domain.Pseudonym]domain.Traits) (all []disclosure.Person, nobody disclosure.Person) {
	told := c.people.told(traits)
	for number := range uint32(c.people.len()) {
		row := c.came[number]
		if row == nil {
			continue
		}
		said := c.said[number]
		row.Number, row.Traits = int(number), told[number]
		row.New, row.Known = answerOf(said.isNew()), answerOf(said.known)
		all = append(all, *row)
	}
	return all, c.nobody
}
