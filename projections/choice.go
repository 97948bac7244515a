package projections

import (
	"iter"
	"math"
	"slices"

	"signaalboek/domain"
)

// choice is a filter, understood once for many signals.
type choice struct {
	*Signals
	SignalFilter
	practice                    domain.PracticeID
	today                       domain.Date
	themes, thresholds, targets []symbol
	from                        []symbol
	keeper, forum               symbol
	sheet                       sheet // of the whole that is looked at
}

func (s *Signals) choose(practice domain.PracticeID, filter SignalFilter, today domain.Date) *choice {
	filter.Patience = filter.Patience.orDefault()
	return &choice{
		Signals: s, SignalFilter: filter, practice: practice, today: today,
		themes: knownOf(s.names, filter.Themes), thresholds: knownOf(s.names, filter.Thresholds),
		targets: knownOf(s.names, filter.TargetGroups), from: knownOf(s.names, filter.From),
		keeper: s.names.sought(string(filter.Keeper)), forum: s.names.sought(string(filter.Forum)),
	}
}

// unknown is the number of no word at all.
const unknown = ^symbol(0)

// sought is the number of a word to look for, 0 for none; a word that was never read is found nowhere.
func (n *names) sought(word string) symbol {
	if number, known := n.known(word); known {
		return number
	}
	return unknown
}

func knownOf[T ~string](n *names, words []T) []symbol {
	sought := make([]symbol, len(words))
	for i, word := range words {
		sought[i] = n.sought(string(word))
	}
	return sought
}

// candidates are the signals that may be chosen; not in the order that is asked for.
func (c *choice) candidates() iter.Seq[thingNo] {
	if c.Among != nil {
		return slices.Values(c.among())
	}
	return func(yield func(thingNo) bool) {
		for a := range c.shelfOf(c.practice).ages.after(age{}) {
			if !yield(a.no) {
				return
			}
		}
	}
}

func (c *choice) among() []thingNo {
	var wholes []thingNo
	for _, id := range c.Among {
		if no, found := c.find(c.practice, id); found && !c.thing(no).is(isRecommendation) {
			wholes = append(wholes, c.top(no))
		}
	}
	slices.Sort(wholes)
	return slices.Compact(wholes)
}

// chosen reports whether every condition holds; those that the outline tells are looked at first.
func (c *choice) chosen(no thingNo) bool {
	o := c.outlines.at(uint32(no))
	return c.fits(o) && c.hasState(o) && c.ofKeeper(no) && c.raisedThere(no) && c.hasCodes(no) && c.hasNext(no)
}

func (c *choice) fits(o *outline) bool {
	return !o.is(isBundled) && (c.Status == AllSignals || o.isOpen() == (c.Status == OpenSignals)) &&
		(!c.Parked || o.is(isParked)) && (!c.Owed || !o.owes.IsZero()) &&
		(len(c.Phases) == 0 || slices.Contains(c.Phases, o.phase))
}

func (c *choice) hasState(o *outline) bool {
	holds := func(state State) bool { return o.has(state, c.Patience, c.today) }
	return len(c.States) == 0 || slices.ContainsFunc(c.States, holds)
}

func (c *choice) ofKeeper(no thingNo) bool {
	if c.keeper == 0 && !c.NoKeeper {
		return true
	}
	t := c.thing(no)
	keeper := c.whoseOf(&t).keeper
	return (c.keeper == 0 || keeper == c.keeper) && (!c.NoKeeper || keeper == 0)
}

func (c *choice) raisedThere(no thingNo) bool {
	if c.forum == 0 {
		return true
	}
	_, raised := c.matterIn(no, c.forum)
	return raised
}

func (c *choice) hasCodes(no thingNo) bool {
	return c.anyMember(no, c.themes, func(t *thing) bool { return c.names.listHasAny(t.themes, c.themes) }) &&
		c.anyMember(no, c.thresholds, func(t *thing) bool { return c.names.listHasAny(t.threshold, c.thresholds) }) &&
		c.anyMember(no, c.targets, func(t *thing) bool { return c.names.listHasAny(t.targets, c.targets) }) &&
		c.anyMember(no, c.from, func(t *thing) bool { return slices.Contains(c.from, c.whoseOf(t).from) })
}

// anyMember reports whether a condition holds for a member of the whole; if nothing is sought, there is no condition.
func (c *choice) anyMember(no thingNo, sought []symbol, holds func(*thing) bool) (found bool) {
	if len(sought) == 0 {
		return true
	}
	c.eachMember(no, func(member thingNo) {
		t := c.thing(member)
		found = found || holds(&t)
	})
	return found
}

func (c *choice) hasNext(no thingNo) bool {
	if len(c.SignalFilter.Next) == 0 {
		return true
	}
	c.read(no, &c.sheet)
	computed := c.computed(&c.sheet, c.Patience, c.today)
	return slices.Contains(c.SignalFilter.Next, c.next(&c.sheet, computed, c.today))
}

// key is what a signal is ordered by.
func (c *choice) key(no thingNo) int64 {
	o := c.outlines.at(uint32(no))
	switch c.Order {
	case SilentFirst:
		return int64(o.spoken)
	case OwedFirst:
		if o.owes.IsZero() {
			return math.MaxInt64
		}
		return int64(o.owes)
	case FurthestLast:
		return int64(o.phase)
	}
	t := c.thing(no)
	return int64(c.heard(no, &t))
}

// page fills a page with the first that are chosen after a place.
func (s *Signals) page(c *choice, after *spot) (page SignalPage) {
	limit := pageSize(c.Limit)
	found := c.first(limit+1, after)
	if len(found) > limit {
		found = found[:limit]
		page.Next = found[limit-1].String()
	}
	page.Rows = make([]SignalRow, len(found))
	for i, at := range found {
		s.read(at.no, &c.sheet)
		page.Rows[i] = s.row(&c.sheet, c.Patience, c.today)
	}
	return page
}

// first is the first so many places that are chosen, in order, after another.
func (c *choice) first(count int, after *spot) []spot {
	if c.Among == nil && (c.Order == OldestFirst || c.Order == NewestFirst) {
		return c.walk(count, after)
	}
	nearest := nearest{count: count, backward: c.Order == NewestFirst}
	for no := range c.candidates() {
		at := spot{c.key(no), no}
		if (after == nil || nearest.compare(*after, at) < 0) && nearest.fits(at) && c.chosen(no) {
			nearest.add(at)
		}
	}
	return nearest.spots
}

// walk takes from the ordered list of the practice what comes after a place, until it has enough.
func (c *choice) walk(count int, after *spot) (found []spot) {
	var begin age
	if after != nil {
		begin = age{domain.Date(after.key), after.no}
	}
	ages := &c.shelfOf(c.practice).ages
	walk := ages.after(begin)
	if c.Order == NewestFirst {
		walk = ages.before(begin)
	}
	for a := range walk {
		if !c.chosen(a.no) {
			continue
		}
		if found = append(found, spot{int64(a.heard), a.no}); len(found) == count {
			break
		}
	}
	return found
}
