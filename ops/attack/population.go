package main

import (
	"math/rand/v2"

	"signaalboek/domain"
	"signaalboek/domain/disclosure"
	"signaalboek/domain/vocabulary"
)

// population is everybody who came to one practice, made by chance from a seed. It has one or two years; only within a
// year do rows join.
type population struct {
	seed  uint64
	shape string
	years []year
}

// year is what was counted of the people of one year. What there is no release of has no people.
type year struct {
	half, whole disclosure.Count
	releases    int                  // 1 (of the whole year, unless that one was refused) or 2
	foreign     []disclosure.Foreign // what others published about the same people
}

// visitor is one person in one year, or all who were not recognised.
type visitor struct {
	new       domain.Answer
	known     domain.Answer
	later     domain.Answer // known, when the whole year was counted
	withdrawn bool          // their contacts were, between both releases
	visits    []visit
}

// visit is one contact, and the request that was made there, if any.
type visit struct {
	inHalf   bool // in the first half of the year
	activity domain.Code
	request  *request
}

// request is one question with its codes. A service is where somebody was referred to.
type request struct {
	themes   []domain.Code
	approach domain.Code
	service  domain.Code
}

// row is a person as a release counts them; false if it does not.
func (v visitor) row(number int, half bool) (disclosure.Person, bool) {
	p := disclosure.Person{Number: number, New: v.new, Known: v.known, Contacts: map[domain.Code]int{}}
	if !half {
		p.Known = v.later
	}
	p.Themes, p.Approaches, p.Services = map[domain.Code]int{}, map[domain.Code]int{}, map[domain.Code]int{}
	for _, one := range v.visits {
		if !half || one.inHalf {
			one.addTo(&p)
		}
	}
	return p, len(p.Contacts) > 0 && (half || !v.withdrawn)
}

func (v visit) addTo(p *disclosure.Person) {
	p.Contacts[v.activity]++
	if v.request == nil {
		return
	}
	p.Requests++
	for _, theme := range v.request.themes {
		p.Themes[theme]++
	}
	p.Approaches[v.request.approach]++
	if v.request.service != "" {
		p.Services[v.request.service]++
	}
}

// count is what a release counts of visitors. The last of them is nobody in particular.
func count(period disclosure.Period, lists disclosure.Lists, visitors []visitor) disclosure.Count {
	c := disclosure.Count{Period: period, Lists: lists}
	c.Voices = []disclosure.Voice{{Group: vocabulary.ActivityFocusgroep, Meetings: 6, Present: 51}}
	half, last := period.Part == disclosure.FirstHalf, len(visitors)-1
	for number, v := range visitors[:last] {
		if p, counted := v.row(number, half); counted {
			c.People = append(c.People, p)
		}
	}
	c.Nobody, _ = visitors[last].row(-1, half)
	return c
}

// drawing makes a population.
type drawing struct {
	*rand.Rand
	lists    disclosure.Lists
	unknown  float64 // how many answers are not known
	reserved int     // activities that the crowd does not come to
}

func newDrawing(seed uint64) *drawing {
	book, _ := vocabulary.Defaults(vocabulary.Harelbeke2022)
	return &drawing{Rand: rand.New(rand.NewPCG(2022, seed)), lists: disclosure.ListsOf(book)}
}

// populate makes the population of a seed: of 20 to 300 people, in the shape whose turn it is.
func populate(seed uint64) population {
	d, shape := newDrawing(seed), shapeOf(seed)
	p := population{seed: seed, shape: shape.name}
	size := 20 + d.IntN(281)
	if d.IntN(3) == 0 {
		d.unknown = 0.1
	}
	if d.IntN(3) == 0 {
		p.years = append(p.years, d.year(2025, size, shape).without(disclosure.FirstHalf))
	}
	p.years = append(p.years, d.year(2026, size, shape))
	if d.IntN(6) == 0 {
		last := &p.years[len(p.years)-1]
		last.foreign = d.foreign(last.whole)
	}
	return p
}

func (d *drawing) year(number, size int, shape shape) year {
	d.reserved = shape.reserves
	some := shape.people(d)
	for len(some) < size && !shape.alone {
		some = append(some, d.visitor())
	}
	some = append(some, d.nobody(size/4, shape.alone))
	return year{
		half:     count(disclosure.Period{Year: number, Part: disclosure.FirstHalf}, d.lists, some),
		whole:    count(disclosure.Period{Year: number, Part: disclosure.WholeYear}, d.lists, some),
		releases: 2,
	}
}

// without is a year of which one part is not published.
func (y year) without(part disclosure.Part) year {
	y.releases--
	if part == disclosure.FirstHalf {
		y.half.People = nil
	} else {
		y.whole.People = nil
	}
	return y
}

// counts is what is proposed for the releases of a year, in their order.
func (y year) counts() []disclosure.Count {
	if y.releases == 1 {
		return []disclosure.Count{y.whole}
	}
	return []disclosure.Count{y.half, y.whole}
}

// visitor is anybody: some come once, some all the time, a few ask much.
func (d *drawing) visitor() visitor {
	v := visitor{new: d.answer(0.3), known: d.answer(0.45)}
	v.later = v.known
	early := d.IntN(5) < 3
	if early && d.IntN(12) == 0 {
		v.later = domain.Yes // somebody found out
	}
	v.withdrawn = early && d.IntN(60) == 0
	v.visits = append(v.visits, d.visit(early))
	for range d.IntN(1 + d.IntN(6)) {
		v.visits = append(v.visits, d.visit(early && d.IntN(2) == 0))
	}
	return v
}

// nobody is contacts of people who were not recognised, all of them early in the year or only some.
func (d *drawing) nobody(contacts int, early bool) visitor {
	v := visitor{new: domain.Unknown, known: domain.Unknown, later: domain.Unknown}
	for range contacts {
		v.visits = append(v.visits, d.visit(early || d.IntN(2) == 0))
	}
	return v
}

func (d *drawing) answer(yes float64) domain.Answer {
	switch x := d.Float64(); {
	case x < d.unknown:
		return domain.Unknown
	case x < d.unknown+yes*(1-d.unknown):
		return domain.Yes
	}
	return domain.No
}

func (d *drawing) visit(inHalf bool) visit {
	v := visit{inHalf: inHalf, activity: d.pick(vocabulary.Activities, d.reserved)}
	if d.IntN(2) > 0 {
		return v
	}
	v.request = &request{themes: []domain.Code{d.pick(vocabulary.Themes, 0)}, approach: d.pick(vocabulary.Approaches, 0)}
	if other := d.pick(vocabulary.Themes, 0); d.IntN(4) == 0 && other != v.request.themes[0] {
		v.request.themes = append(v.request.themes, other)
	}
	if d.IntN(4) == 0 {
		v.request.service = d.pick(vocabulary.Services, 0)
	}
	return v
}

// pick is a category: the first ones often, the last ones hardly ever, the very last not at all if they are kept.
func (d *drawing) pick(list domain.Code, kept int) domain.Code {
	of := len(d.lists[list]) - kept
	return d.lists[list][min(d.IntN(of), d.IntN(of))].Code
}

// foreign is what another organisation says of the same year: how many people there were, in a band that does not nest in
// any of ours.
func (d *drawing) foreign(c disclosure.Count) []disclosure.Foreign {
	least := max(0, len(c.People)-d.IntN(12))
	return []disclosure.Foreign{{
		Period: c.Period, Table: disclosure.Headline.Name, Measure: disclosure.Unique,
		Band: disclosure.Band{Least: least, Most: least + 12},
	}}
}
