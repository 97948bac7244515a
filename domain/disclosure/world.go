package disclosure

import "signaalboek/domain"

// soul is somebody in a world that is made up.
type soul struct {
	class  int
	groups []int // activities in the last release
}

// souls makes up people in the given numbers. At each activity the people of a class take turns, so that everybody is
// somewhere, if the numbers allow it.
func (m *model) souls(counts []int) []soul {
	var all []soul
	for c := range m.classes {
		some := make([]soul, counts[c])
		turn := 0
		for i := range some {
			some[i].class = c
		}
		for g := range m.groups {
			for range min(counts[m.column(g, c)], len(some)) {
				at := turn % len(some)
				some[at].groups = append(some[at].groups, g)
				turn++
			}
		}
		all = append(all, some...)
	}
	return all
}

// world is what the releases of a year would have counted, had there been these people.
type world struct {
	counts []Count
	rows   []pair
}

// draft is a world that is being made: people with activities, to whom requests are dealt.
type draft struct {
	*model
	people []soul
	rows   [2][]Person // by release and soul
	spares [2]Person   // requests of people who were not recognised
}

func (m *model) draft(people []soul) *draft {
	d := &draft{model: m, people: people}
	for k := range m.releases {
		d.rows[k] = make([]Person, len(people))
		for i, s := range people {
			d.rows[k][i] = m.person(i, k, s)
		}
	}
	return d
}

func (m *model) person(number, k int, s soul) Person {
	of := m.classes[s.class][k]
	p := Person{Number: number, New: of.new, Known: of.known, Contacts: map[domain.Code]int{}, Traits: domain.Traits{}}
	for i, trait := range m.traits {
		if of.traits[i] != "" {
			p.Traits[trait] = of.traits[i]
		}
	}
	groups := s.groups
	if k != m.last() {
		groups = groups[:min(1, len(groups))] // the others are for meetEarlier
	}
	for _, g := range groups {
		p.Contacts[m.groups[g]] = 1
	}
	if len(p.Contacts) == 0 {
		p.Contacts[anywhere] = 1
	}
	return p
}

// anywhere is an activity without a row.
const anywhere = domain.Code("")

func (d *draft) counted(k, i int) bool { return d.classes[d.people[i].class][k].counted }

// stays reports whether a release counts somebody, and all later ones do.
func (d *draft) stays(k, i int) bool {
	for later := k; later < len(d.releases); later++ {
		if !d.counted(later, i) {
			return false
		}
	}
	return true
}

// world finishes a draft: contacts of nobody in particular make up what was counted beyond what these people need.
func (d *draft) world() world {
	var w world
	w.rows = make([]pair, len(d.people))
	d.meetEarlier()
	for k, r := range d.releases {
		count := Count{Period: r.Period, Lists: r.Lists, Voices: r.Voices, Concerns: r.Concerns}
		for i := range d.rows[k] {
			if d.counted(k, i) {
				count.People = append(count.People, d.rows[k][i])
				w.rows[i][k] = &d.rows[k][i]
			}
		}
		count.Nobody = d.spares[k]
		if left := d.unrecognised(k, append(w.counts, count)); left > 0 {
			count.Nobody.Contacts = map[domain.Code]int{anywhere: left}
		}
		w.counts = append(w.counts, count)
	}
	return w
}

// meetEarlier has people who come back meet at all their activities before the first release already, as far as contacts
// were counted then: what is left is of people who were not recognised, and does not go away again.
func (d *draft) meetEarlier() {
	left := d.releases[0].tally(ContactsInAll, Contacts, "").value
	for i := range d.people {
		if d.counted(0, i) {
			left -= len(d.rows[0][i].Contacts)
		}
	}
	for i, s := range d.people {
		for _, g := range s.groups {
			if activity := d.groups[g]; left > 0 && d.stays(0, i) && d.rows[0][i].Contacts[activity] == 0 {
				d.rows[0][i].Contacts[activity] = 1
				left--
			}
		}
	}
}

// unrecognised is how many contacts of people who were not recognised the last of some releases has: what was counted
// beyond what others need, and no fewer than the one before it had.
func (d *draft) unrecognised(k int, counts []Count) int {
	left := d.releases[k].tally(ContactsInAll, Contacts, "").value - counts[k].tally(ContactsInAll, Contacts, "").value
	if k > 0 && !d.corrected {
		left = max(left, counts[0].Nobody.Contacts[anywhere])
	}
	return left
}
