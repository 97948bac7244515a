package projections

import (
	"cmp"
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/pursuit"
)

func (all *Overview) hear(o *Overviews, period Period) {
	whole := o.contacts.countAt(all.Practice, period, 1, func(domain.Code, int) bool { return true })[0]
	all.Heard.Contacts, all.Heard.Requests = whole.contacts, whole.requests
	themes := map[domain.Code]int{}
	for _, m := range o.meetings {
		if m.practice != all.Practice || m.on.IsZero() || !period.Holds(m.on) {
			continue
		}
		all.Heard.Meetings, all.Heard.Present = all.Heard.Meetings+1, all.Heard.Present+m.present
		for _, theme := range m.themes {
			themes[theme]++
		}
	}
	for theme, meetings := range themes {
		all.Heard.FocusgroepThemes = append(all.Heard.FocusgroepThemes, ThemeCount{theme, meetings})
	}
	slices.SortFunc(all.Heard.FocusgroepThemes, func(a, b ThemeCount) int {
		return cmp.Or(cmp.Compare(b.Meetings, a.Meetings), cmp.Compare(a.Theme, b.Theme))
	})
}

// raise counts the steps of the period.
func (all *Overview) raise(o *Overviews, practice symbol, period Period) {
	var scheduled, discussed things
	all.Decided.Outcomes = map[pursuit.Outcome]int{}
	forums := map[symbol]*forumThings{}
	counted := make([]struct {
		steps int
		at    *forumThings
	}, len(o.names.sayings.values))
	for row := range o.roads[practice].all() {
		if !period.Holds(row.on) {
			continue
		}
		count := &counted[row.saying]
		said := &o.names.sayings.values[row.saying]
		if count.steps++; count.at == nil {
			count.at = o.forumIn(forums, said.forum)
		}
		switch said.said {
		case o.scheduled:
			scheduled.add(row.thing)
			count.at.scheduled.add(row.thing)
		case o.discussed:
			discussed.add(row.thing)
			count.at.discussed.add(row.thing)
		case o.fedBack:
			all.FedBack.Present += int(row.detail)
		}
	}
	for no, count := range counted {
		if count.steps > 0 {
			all.count(o, o.names.sayings.values[no], &count.at.count, count.steps)
		}
	}
	all.Raised.Scheduled, all.Raised.Discussed = scheduled.count, discussed.count
	all.Raised.Forums = o.inOrder(all.Practice, forums)
}

// forumIn is the counts of a forum; those of no forum are for nobody.
func (o *Overviews) forumIn(forums map[symbol]*forumThings, code symbol) *forumThings {
	if forums[code] == nil {
		forums[code] = &forumThings{count: ForumCount{Forum: o.names.codeOf(code)}}
	}
	return forums[code]
}

// count counts something that was said, so many times.
func (all *Overview) count(o *Overviews, s saying, forum *ForumCount, times int) {
	switch Said(o.names.codeOf(s.said)) {
	case "discussed":
		all.Decided.discussed(forum, pursuit.Outcome(o.names.codeOf(s.outcome)), times)
	case "decided":
		forum.Decided += times
		all.Decided.decided(pursuit.Verdict(o.names.codeOf(s.verdict)), times)
	case "went-unanswered":
		forum.Unanswered += times
		all.Decided.Unanswered += times
	case "promise-kept":
		all.Decided.Kept += times
	case "promise-broken":
		all.Decided.Broken += times
	case "carried-out":
		all.Decided.CarriedOut += times
	case "answered-by-own-offer":
		all.Decided.OwnOffer += times
	case "public-action-taken":
		all.Raised.Actions += times
	case "fed-back":
		all.FedBack.Settings += times
	}
}

func (d *DecidedCount) discussed(forum *ForumCount, outcome pursuit.Outcome, times int) {
	d.Outcomes[outcome] += times
	if outcome == pursuit.Promised {
		d.Promises += times
		forum.Promises += times
	}
}

func (d *DecidedCount) decided(verdict pursuit.Verdict, times int) {
	switch verdict {
	case pursuit.Adopted:
		d.Adopted += times
	case pursuit.Partly:
		d.Partly += times
	case pursuit.Rejected:
		d.Rejected += times
	}
}

// things is different signals and recommendations: one bit each.
type things struct {
	bits  []uint64
	count int
}

func (t *things) add(no thingNo) {
	if t.has(no) {
		return
	}
	for int(no/64) >= len(t.bits) {
		t.bits = append(t.bits, 0)
	}
	t.bits[no/64] |= 1 << (no % 64)
	t.count++
}

func (t *things) has(no thingNo) bool {
	return int(no/64) < len(t.bits) && t.bits[no/64]&(1<<(no%64)) != 0
}

type forumThings struct {
	scheduled things
	discussed things
	count     ForumCount
}

// inOrder is the forums by label.
func (o *Overviews) inOrder(practice domain.PracticeID, forums map[symbol]*forumThings) []ForumCount {
	var all []ForumCount
	delete(forums, 0)
	for _, f := range forums {
		f.count.Scheduled, f.count.Discussed = f.scheduled.count, f.discussed.count
		all = append(all, f.count)
	}
	book := o.words.book(practice)
	slices.SortFunc(all, func(a, b ForumCount) int {
		return cmp.Or(cmp.Compare(book.ForumLabel(a.Forum), book.ForumLabel(b.Forum)), cmp.Compare(a.Forum, b.Forum))
	})
	return all
}

// owed is how many settings wait for an answer about something that was there by the end of the period.
func (o *Overviews) owed(practice symbol, period Period) (owed int) {
	for _, no := range o.signals.shelfAt(practice).debtors {
		if t := o.signals.thing(no); period.To.IsZero() || t.since <= period.To {
			owed += int(t.owed)
		}
	}
	return owed
}
