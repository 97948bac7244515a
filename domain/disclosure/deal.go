package disclosure

import (
	"slices"

	"signaalboek/domain"
)

// aim is what a world is made for: that a target is nobody, or that four people are in it.
type aim struct {
	target
	crowded bool // four people, rather than nobody
}

// deal gives the people of a draft what the aim asks for: traits that no table is made by, and requests. The order in
// which people are dealt to is all that differs: those who shall be in the target first, or last.
func (d *draft) deal(a aim) {
	in := d.inTarget(a.target)
	stays := func(i int) bool { return d.counted(d.last(), i) }
	in = slices.Concat(filter(in, stays, true), filter(in, stays, false)) // who leaves can be given nothing
	first, last := d.order(in, a.crowded)
	if a.crowded {
		for _, i := range in[:min(apartBy, len(in))] {
			d.giveTraits(i, a.target)
		}
	}
	apart := d.apart(a)
	for _, list := range []domain.Code{themes, approaches, services} {
		for _, category := range d.releases[d.last()].Lists[list] {
			order := first
			if list == apart {
				order = last
			}
			d.dealCode(feature{list, category.Code}, a, order, in)
		}
	}
	d.dealRequests()
}

// apart is the list that is dealt from the other end, so that nobody has a code of it and one of another list: the first
// that a target looks at, if nobody shall be in it.
func (d *draft) apart(a aim) domain.Code {
	for _, number := range a.given() {
		if f := d.features[number]; isVolume(f.list) && !a.crowded {
			return f.list
		}
	}
	return ""
}

// inTarget is the people who are in a target as far as their class and activities say.
func (d *draft) inTarget(t target) []int {
	group := d.groupOf(t)
	var in []int
	for i, s := range d.people {
		if (group < 0 || slices.Contains(s.groups, group)) && d.inCore(d.classes[s.class], t) {
			in = append(in, i)
		}
	}
	return in
}

// order is in which order people are dealt to: those in the target first, if it is to be crowded, and last if not. The
// second order goes the other way round in both parts: what is dealt by the one and by the other meets in nobody.
func (d *draft) order(in []int, crowded bool) (first, second []int) {
	out := filter(d.everybody(), func(i int) bool { return slices.Contains(in, i) }, false)
	came := func(i int) bool { return d.stays(0, i) }
	out = slices.Concat(filter(out, came, true), filter(out, came, false)) // who came already has requests to carry them
	if crowded {
		first = slices.Concat(in, out)
		return first, first
	}
	first = slices.Concat(out, in)
	slices.Reverse(out)
	back := slices.Clone(in)
	slices.Reverse(back)
	return first, append(out, back...)
}

func (d *draft) giveTraits(i int, t target) {
	for _, number := range t.given() {
		f := d.features[number]
		if !isTrait(f.list) {
			continue
		}
		for k := range d.releases {
			d.rows[k][i].Traits[f.list] = f.code
		}
	}
}

// enoughPeople is from how many on requests are dealt without help of people who were not recognised.
const enoughPeople = 2 * fewestBehind

// dealCode deals the requests that carry one code: those of the first release, and then what the second has more. In a tiny
// practice some stay with people who were not recognised.
func (d *draft) dealCode(f feature, a aim, order, in []int) {
	dealt, spare := 0, 0
	for k := range d.releases {
		if !d.tells(k, f.list) {
			continue
		}
		volume := d.volumes(f, a)[k]
		if len(d.people) < enoughPeople {
			spare = max(spare, min(d.releases[k].Nobody.in(f.list, f.code), volume/2, volume-dealt-fewestBehind+1))
		}
		if more := volume - spare - dealt; more > 0 {
			d.give(k, f, more, d.orderAt(k, f, a, order, in))
			dealt += more
		}
		d.spares[k].add(f, volume-dealt)
	}
}

// orderAt is the order for what a release has new. In the second one, those who have no code yet come first, so that five
// people stand behind it; but where a target of newcomers shall be nobody, those who have it do.
func (d *draft) orderAt(k int, f feature, a aim, order, in []int) []int {
	carries := func(i int) bool { return d.rows[0][i].in(f.list, f.code) > 0 }
	inside := func(i int) bool { return slices.Contains(in, i) }
	switch {
	case k == 0 && a.crowded && a.moment == between:
		return filter(order, inside, false)
	case k == 0:
		return order
	case a.crowded:
		return slices.Concat(filter(order, carries, false), filter(order, carries, true)) // those inside are first in both
	case a.moment == between:
		return d.oldFirst(f, filter(order, carries, true), filter(order, carries, false))
	}
	out, within := filter(order, inside, false), filter(order, inside, true)
	return slices.Concat(filter(out, carries, false), filter(out, carries, true), within)
}

// oldFirst is those who have a code before those who have not, but for as many new ones as five people take.
func (d *draft) oldFirst(f feature, having, fresh []int) []int {
	lack := 0
	if d.volumeBand(1, f).Least > 0 {
		lack = min(len(fresh), max(0, fewestBehind-len(having)))
	}
	return slices.Concat(fresh[:lack], having, fresh[lack:])
}

// filter is those of which something holds, or does not.
func filter[T any](of []T, holds func(T) bool, so bool) []T {
	return slices.DeleteFunc(slices.Clone(of), func(one T) bool { return holds(one) != so })
}

// give deals requests with a code evenly to the first five people of an order that a release counts, in it and in all
// later ones.
func (d *draft) give(k int, f feature, volume int, order []int) {
	var to []int
	for _, i := range order {
		if d.stays(k, i) && len(to) < min(fewestBehind, volume) {
			to = append(to, i)
		}
	}
	for n := range volume {
		if len(to) > 0 {
			d.carry(k, to[n%len(to)], f)
		}
	}
}

// carry adds a request with a code to somebody, in a release and all later ones.
func (d *draft) carry(k, i int, f feature) {
	for later := k; later < len(d.releases); later++ {
		if d.tells(later, f.list) {
			d.rows[later][i].add(f, 1)
		}
	}
}

// add adds requests with a code.
func (p *Person) add(f feature, n int) {
	counts := p.of(f.list)
	if *counts == nil {
		*counts = map[domain.Code]int{}
	}
	(*counts)[f.code] += n
}

// of is where a person's requests of one list are counted.
func (p *Person) of(list domain.Code) *map[domain.Code]int {
	switch list {
	case themes:
		return &p.Themes
	case approaches:
		return &p.Approaches
	}
	return &p.Services
}

// volumes is how many requests carry a code, release by release: as few as the bands allow where nobody shall be in the
// target, and as many as were counted, but enough new ones, where people shall.
func (d *draft) volumes(f feature, a aim) [2]int {
	var least, most, really [2]int
	for k, r := range d.releases {
		band := d.volumeBand(k, f)
		least[k], most[k], really[k] = band.Least, min(band.Most, d.told(k, RequestsInAll.Name, Requests, "").Most), r.tallyOf(f)
	}
	volumes, last := least, d.last()
	switch {
	case a.crowded && a.moment == atFirst:
		volumes = really
		volumes[0] = max(really[0], min(most[0], apartBy))
	case a.crowded:
		volumes[last] = max(really[last], min(most[last], least[0]+fewestBehind))
	case a.moment == between:
		volumes[0] = min(most[0], max(least[0], least[1]))
	}
	volumes[last] = max(volumes[0], volumes[last])
	return volumes
}

// volumeBand is the band in which the requests with a code were published in a release; nothing, if it tells nothing of
// them.
func (d *draft) volumeBand(k int, f feature) Band {
	if !d.tells(k, f.list) {
		return Band{}
	}
	for _, t := range d.catalogue.Tables(d.releases[k].Period.Part) {
		if t.By == f.list {
			return d.told(k, t.Name, Requests, f.code)
		}
	}
	return anyBand
}

// tallyOf is how many requests carry a code.
func (c Count) tallyOf(f feature) int {
	n := c.Nobody.in(f.list, f.code)
	for i := range c.People {
		n += c.People[i].in(f.list, f.code)
	}
	return n
}

// dealRequests gives everybody as many requests as the codes they carry need, and deals out what is left of those that
// were counted: one to each of five people, then to those who will need more in the second release, then to people who
// were not recognised, and then to all alike.
func (d *draft) dealRequests() {
	for k, r := range d.releases {
		left := r.tally(RequestsInAll, Requests, "").value - d.needRequests(k)
		lacks := func(i int) int { return d.rows[d.last()][i].needed() - d.rows[k][i].Requests }
		to := filter(d.everybody(), func(i int) bool { return d.stays(k, i) }, true)
		slices.SortStableFunc(to, func(a, b int) int { return lacks(b) - lacks(a) })
		left = d.round(k, left, to[:min(fewestBehind, len(to))], func(i int) bool { return d.rows[k][i].Requests == 0 })
		for before := left + 1; left < before; {
			before, left = left, d.round(k, left, to, func(i int) bool { return lacks(i) > 0 })
		}
		spare := max(0, min(left, r.Nobody.Requests-d.spares[k].Requests))
		d.spares[k].Requests += spare
		d.share(k, left-spare, to)
	}
}

func (d *draft) everybody() []int {
	all := make([]int, len(d.people))
	for i := range all {
		all[i] = i
	}
	return all
}

// round gives one request to each who wants one, and tells how many are left.
func (d *draft) round(k, left int, to []int, wants func(int) bool) int {
	for _, i := range to {
		if left > 0 && wants(i) {
			d.rows[k][i].Requests++
			left--
		}
	}
	return left
}

// needRequests gives everybody the requests that they had before, or that their codes need, and tells how many that are.
func (d *draft) needRequests(k int) int {
	given := 0
	for i := range d.rows[k] {
		p := &d.rows[k][i]
		p.Requests = p.needed()
		if k > 0 && d.counted(k-1, i) {
			p.Requests = max(p.Requests, d.rows[k-1][i].Requests)
		}
		if d.counted(k, i) {
			given += p.Requests
		}
	}
	d.spares[k].Requests = d.spares[k].needed()
	if k > 0 && !d.corrected {
		d.spares[k].Requests = max(d.spares[k].Requests, d.spares[k-1].Requests)
	}
	return given + d.spares[k].Requests
}

// share deals out requests one after the other; to people who were not recognised, if there are no others.
func (d *draft) share(k, left int, to []int) {
	for n := range left {
		if len(to) == 0 {
			d.spares[k].Requests++
			continue
		}
		d.rows[k][to[n%len(to)]].Requests++
	}
}

// needed is the fewest requests that carry somebody's codes: one request may carry several.
func (p *Person) needed() int {
	most := 0
	for _, counts := range []map[domain.Code]int{p.Themes, p.Approaches, p.Services} {
		for _, n := range counts {
			most = max(most, n)
		}
	}
	return most
}
