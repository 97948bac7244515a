package main

import (
	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// shape is who comes to a practice beside a crowd made by chance: people for whom tables are dangerous.
type shape struct {
	name     string
	reserves int  // activities, the last of the list, that nobody else comes to
	alone    bool // there is no crowd
	people   func(*drawing) []visitor
}

// crowd is what chance makes, without anybody special.
var crowd = shape{name: "a crowd", people: func(*drawing) []visitor { return nil }}

// shapeOf is the shape of a seed: every other one is a crowd, and between them the shapes take turns.
func shapeOf(seed uint64) shape {
	if seed%2 == 0 {
		return crowd
	}
	return shapes[seed/2%uint64(len(shapes))]
}

// shapes are the dangerous ones. Their order is part of what a seed means.
var shapes = []shape{
	{name: "everybody known at one activity", reserves: 1, people: (*drawing).allKnown},
	{name: "a unique profile", reserves: 1, people: (*drawing).unique},
	{name: "a family of seven", reserves: 1, people: (*drawing).family},
	{name: "a group of five", reserves: 1, people: (*drawing).five},
	{name: "a group of nine", reserves: 1, people: (*drawing).nine},
	{name: "a group of ten, all known", reserves: 1, people: (*drawing).ten},
	{name: "a group of fourteen, two of them not known", reserves: 1, people: (*drawing).fourteen},
	{name: "few newcomers", alone: true, people: (*drawing).fewNewcomers},
	{name: "one who asks most", people: (*drawing).busy},
	{name: "nobody known", people: (*drawing).plain},
	{name: "corrections", people: (*drawing).corrected},
}

func (d *drawing) allKnown() []visitor { return d.alike(6+d.IntN(10), "no", "yes", d.last()) }
func (d *drawing) family() []visitor   { return d.alike(7, "yes", "yes", d.last()) }
func (d *drawing) five() []visitor     { return d.alike(5, "yes", "no", d.last()) }
func (d *drawing) nine() []visitor     { return d.alike(9, "no", "yes", d.last()) }
func (d *drawing) ten() []visitor      { return d.alike(10, "no", "yes", d.last()) }

// last is the activity that is kept for some.
func (d *drawing) last() domain.Code { return d.rare(vocabulary.Activities) }

// alike is people of whom the same is true, who came once in the first half of the year.
func (d *drawing) alike(n int, isNew, known domain.Answer, activity domain.Code) []visitor {
	some := make([]visitor, n)
	for i := range some {
		some[i] = visitor{new: isNew, known: known, later: known, visits: []visit{{inHalf: true, activity: activity}}}
	}
	return some
}

// unique is somebody like nobody else, who came in the second half of the year.
func (d *drawing) unique() []visitor {
	one := d.alike(1, "yes", "yes", d.last())
	one[0].visits[0].inHalf = false
	one[0].visits[0].request = d.rareRequest()
	return one
}

// rareRequest is one that hardly anybody makes.
func (d *drawing) rareRequest() *request {
	theme, approach := d.rare(vocabulary.Themes), d.rare(vocabulary.Approaches)
	return &request{themes: []domain.Code{theme}, approach: approach, service: d.sensitive()}
}

func (d *drawing) rare(list domain.Code) domain.Code {
	of := d.lists[list]
	return of[len(of)-1].Code
}

// sensitive is a service to be sent to which says something of somebody.
func (d *drawing) sensitive() domain.Code {
	for _, category := range d.lists[vocabulary.Services] {
		if category.Sensitive {
			return category.Code
		}
	}
	return ""
}

func (d *drawing) fourteen() []visitor {
	return append(d.alike(12, "no", "yes", d.last()), d.alike(2, "no", "no", d.last())...)
}

// fewNewcomers is a practice that hardly grows: everybody but a few came in the first half, and all but those came once.
func (d *drawing) fewNewcomers() []visitor {
	some := d.alike(120+d.IntN(60), "no", "no", d.pick(vocabulary.Activities, 0))
	for i := range some {
		if some[i].visits[0].activity = d.pick(vocabulary.Activities, 0); i%2 == 0 {
			some[i].known, some[i].later = domain.Yes, domain.Yes
		}
	}
	for i := range 1 + d.IntN(4) {
		some[i].visits[0].inHalf = false
	}
	return some
}

// busy is somebody with more requests of one kind than all others have.
func (d *drawing) busy() []visitor {
	one := d.alike(1, "no", "no", d.pick(vocabulary.Activities, 0))
	for range 15 {
		again := visit{inHalf: true, activity: one[0].visits[0].activity}
		again.request = d.rareRequest()
		one[0].visits = append(one[0].visits, again)
	}
	return one
}

// plain is many of whom the same is true.
func (d *drawing) plain() []visitor {
	return d.alike(30+d.IntN(40), "no", "no", d.pick(vocabulary.Activities, 0))
}

// corrected is some whose contacts were withdrawn after the first half was published.
func (d *drawing) corrected() []visitor {
	some := d.alike(1+d.IntN(4), "yes", "yes", d.pick(vocabulary.Activities, 0))
	for i := range some {
		some[i].withdrawn = true
	}
	return some
}
