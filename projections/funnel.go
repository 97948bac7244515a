package projections

import "slices"

// FunnelStep is one step of the funnel.
type FunnelStep struct {
	Step  FunnelStage
	Count int
}

// FunnelStage is where a funnel narrows.
type FunnelStage string

// The stages. The first two count contacts and help requests; all others count signals that were picked up in the
// period and what had happened to them, or to what they were bundled into, by the end of it.
const (
	FunnelContacts FunnelStage = "contacts"
	FunnelRequests FunnelStage = "requests"
	FunnelSignals  FunnelStage = "signals"
	FunnelWorded   FunnelStage = "worded"
	FunnelRaised   FunnelStage = "raised"   // scheduled or discussed somewhere
	FunnelAnswered FunnelStage = "answered" // something came of it, be it no answer
	FunnelFedBack  FunnelStage = "fed-back" // a setting was told
)

// funnel counts what came of the signals that were heard in the period.
func (o *Overviews) funnel(practice symbol, period Period, counted Heard, heard []thingNo) []FunnelStep {
	var raised, answered, told things
	for row := range o.roads[practice].all() {
		if row.on > period.To && !period.To.IsZero() {
			continue
		}
		switch Said(o.names.codeOf(o.names.sayings.values[row.saying].said)) {
		case "scheduled":
			raised.add(row.thing)
		case "discussed":
			raised.add(row.thing)
			answered.add(row.thing)
		case "decided", "went-unanswered", "carried-out", "answered-by-own-offer", "promise-kept", "promise-broken":
			answered.add(row.thing)
		case "fed-back":
			told.add(row.thing)
		}
	}
	happened := func(to *things, no thingNo) int {
		for ; no != 0; no = o.signals.into(no) {
			if to.has(no) || slices.ContainsFunc(o.signals.parts[no], to.has) {
				return 1
			}
		}
		return 0
	}
	worded, counts := 0, [3]int{}
	for _, no := range heard {
		own, top := o.signals.thing(no), o.signals.thing(o.signals.top(no))
		worded += btoi(top.wordedBy(period) || own.wordedBy(period))
		for i, to := range []*things{&raised, &answered, &told} {
			counts[i] += happened(to, no)
		}
	}
	return []FunnelStep{
		{FunnelContacts, counted.Contacts}, {FunnelRequests, counted.Requests}, {FunnelSignals, counted.Signals}, {FunnelWorded, worded},
		{FunnelRaised, counts[0]}, {FunnelAnswered, counts[1]}, {FunnelFedBack, counts[2]},
	}
}

// wordedBy reports whether a signal had a statement by the end of a period.
func (t *thing) wordedBy(period Period) bool {
	return !t.worded.IsZero() && (period.To.IsZero() || t.worded <= period.To)
}
