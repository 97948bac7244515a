package projections

import (
	"cmp"
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/signal"
)

// OverviewLine is one signal or recommendation.
type OverviewLine struct {
	ID        domain.StreamID
	PickedUp  domain.Date   // or drafted
	From      signal.Origin // of a signal
	Statement domain.Sealed // as worded last, else as first noted; none: no text yet. As it is now, as Owed and Closed are
	Themes    []domain.Code
	Answers   []domain.StreamID // of a recommendation: the signals it answers
	Steps     []OverviewStep    // within the period, oldest first
	FedBack   []domain.Date     // days on which a setting was told, within the period
	Owed      int               // settings that still wait
	PartOf    domain.StreamID   // the signal it was bundled into, if it was
	Closed    bool

	text textAt
}

// OverviewStep is something that happened in a forum, or an answer outside one.
type OverviewStep struct {
	On        domain.Date
	Said      Said        // "scheduled", "discussed", "decided", "carried-out" …
	Forum     domain.Code // none for what happened outside forums
	Outcome   pursuit.Outcome
	Verdict   pursuit.Verdict
	PromiseBy domain.Date
	Reference *pursuit.Reference // official publication of a decision
}

// lines is one line for everything that began or was pursued in the period.
func (o *Overviews) lines(practice symbol, period Period, begun []thingNo) (signals, recommendations []OverviewLine) {
	var found things
	for _, no := range begun {
		found.add(no)
	}
	for row := range o.roads[practice].all() {
		if period.Holds(row.on) {
			found.add(row.thing)
		}
	}
	lines := make([]OverviewLine, 0, found.count)
	place := make([]uint32, o.signals.things.len()) // in lines
	for no := range thingNo(len(place)) {
		if found.has(no) {
			place[no] = uint32(len(lines))
			lines = append(lines, o.line(no))
		}
	}
	for row := range o.roads[practice].all() {
		if period.Holds(row.on) {
			lines[place[row.thing]].take(o, row)
		}
	}
	for no := range thingNo(len(place)) {
		if !found.has(no) {
			continue
		}
		line := &lines[place[no]]
		line.sort()
		if o.signals.thing(no).is(isRecommendation) {
			recommendations = append(recommendations, *line)
		} else {
			signals = append(signals, *line)
		}
	}
	byDay := func(a, b OverviewLine) int { return cmp.Compare(a.PickedUp, b.PickedUp) }
	slices.SortStableFunc(signals, byDay)
	slices.SortStableFunc(recommendations, byDay)
	return signals, recommendations
}

func (o *Overviews) line(no thingNo) OverviewLine {
	t := o.signals.thing(no)
	line := OverviewLine{
		ID: o.signals.idOf(no), PickedUp: t.since, text: t.text, Themes: o.names.listOf(t.themes),
		Owed: int(t.owed), Closed: t.is(isClosed),
	}
	if t.is(isRecommendation) {
		for _, answered := range o.signals.answers[no] {
			line.Answers = append(line.Answers, o.signals.idOf(answered))
		}
	} else {
		line.From = signal.Origin(o.names.codeOf(o.signals.whoseOf(&t).from))
	}
	if o.signals.into(no) != 0 {
		line.PartOf = o.signals.idOf(o.signals.top(no))
	}
	return line
}

func (l *OverviewLine) take(o *Overviews, row roadStep) {
	said := o.names.sayings.values[row.saying]
	if said.said == o.fedBack {
		l.FedBack = append(l.FedBack, row.on)
		return
	}
	step := OverviewStep{
		On: row.on, Said: Said(o.names.codeOf(said.said)), Forum: o.names.codeOf(said.forum),
		Outcome: pursuit.Outcome(o.names.codeOf(said.outcome)), Verdict: pursuit.Verdict(o.names.codeOf(said.verdict)),
	}
	switch said.said {
	case o.discussed:
		step.PromiseBy = domain.Date(row.detail)
	case o.decided:
		if row.detail != 0 {
			reference := o.refs.at(uint32(row.detail))
			step.Reference = &reference
		}
	}
	l.Steps = append(l.Steps, step)
}

func (l *OverviewLine) sort() {
	slices.SortStableFunc(l.Steps, func(a, b OverviewStep) int { return cmp.Compare(a.On, b.On) })
	slices.Sort(l.FedBack)
}
