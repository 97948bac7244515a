package projections

import (
	"errors"
	"slices"
	"testing"

	"signaalboek/domain"
	"signaalboek/domain/bundle"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/recommendation"
	"signaalboek/domain/signal"
)

// One signal, from first heard to closed: after each event, what its row says on that day.
func TestLifeOfASignal(t *testing.T) {
	d, id, heard := newDiary(t), signalNo(1), partner("caw")
	promised := discussed("team-opstap", pursuit.Promised)
	promised.Promise, promised.PromiseBy = domain.ToSeal("een zitdag in de buurt"), day(60)
	steps := []struct {
		on    domain.Date
		event domain.Event
		said  Said
		phase signal.Phase
		next  NextStep
		owed  int
	}{
		{day(1), picked(heard, "vrije-tijd"), "picked-up", signal.Noticing, NextNote, 0},
		{day(2), signal.Noted{Wording: domain.ToSeal("te duur")}, "noted", signal.Collecting, NextWord, 0},
		{day(3), signal.Worded{Statement: domain.ToSeal("De prijs is een drempel."), Version: 1}, "worded", signal.Analysing, NextWeigh, 0},
		{day(4), signal.Weighed{Structural: true, Reason: domain.ToSeal("keert terug")}, "weighed", signal.Analysing, NextNameKeeper, 0},
		{day(5), signal.KeeperNamed{Role: "buurtopbouwwerker"}, "weighed", signal.Analysing, NextSchedule, 0},
		{day(6), scheduled("team-opstap", day(20)), "scheduled", signal.Reporting, NextAttend, 0},
		{day(20), promised, "discussed", signal.Deciding, NextFeedBack, 1},
		{day(21), fedBack(heard), "fed-back", signal.Telling, NextFollowPromise, 0},
		{day(61), signal.PromiseBroken{PromiseBroken: pursuit.PromiseBroken{Promise: 1}}, "promise-broken", signal.Acting, NextFeedBack, 1},
		{day(62), fedBack(heard), "fed-back", signal.Telling, NextClose, 0},
		{day(63), signal.Parked{Reason: domain.ToSeal("zomer"), Until: day(70)}, "parked", signal.Telling, NextWaitParked, 0},
		{day(64), signal.Resumed{}, "resumed", signal.Telling, NextClose, 0},
		{day(65), signal.Closed{Reason: signal.Exhausted}, "closed", signal.Telling, NextNothing, 0},
		{day(66), signal.Reopened{Reason: domain.ToSeal("opnieuw"), Evidence: signal.Evidence{Setting: heard}}, "reopened", signal.Collecting, NextSchedule, 0},
	}
	for i, step := range steps {
		d.write(step.on, id, step.event)
		row := mustSignal(t, d.set(), id, step.on)
		if row.Described.Said != step.said || row.Phase != step.phase || row.Next != step.next || row.Owed != step.owed {
			t.Errorf("after %s: said %s, phase %s, next %s, owed %d; not %s, %s, %s, %d", step.event.EventName(),
				row.Described.Said, row.Phase.Code(), row.Next, row.Owed, step.said, step.phase.Code(), step.next, step.owed)
		}
		if row.Revision != domain.Revision(i) || row.Since != day(1) || row.Evidence < 1 {
			t.Errorf("after %s: revision %d, since %s", step.event.EventName(), row.Revision, row.Since)
		}
	}
	if text := d.open(mustSignal(t, d.set(), id, day(70)).Text); text != "De prijs is een drempel." {
		t.Errorf("its text is %q", text)
	}
}

// What the clock says changes with the day that asks, and with nothing else.
func TestComputedStates(t *testing.T) {
	d, id := newDiary(t), signalNo(1)
	promised := discussed("college", pursuit.Promised)
	promised.PromiseBy = day(100)
	d.write(day(1), id, picked(inFocusgroep(1), "mobiliteit"))
	d.write(day(2), id, signal.Worded{Statement: domain.ToSeal("De bus rijdt niet."), Version: 1})
	d.write(day(3), id, scheduled("college", day(30)))
	d.write(day(31), id, promised)
	set := d.set()
	tests := map[string]struct {
		today domain.Date
		want  []State
	}{
		"just promised":   {day(32), []State{Waiting, MandateMissing}},
		"debt is ageing":  {day(31 + 61), []State{Waiting, DebtAgeing, MandateMissing}},
		"promise overdue": {day(101), []State{Waiting, PromiseOverdue, DebtAgeing, MandateMissing}},
		"silent":          {day(31 + 190), []State{Waiting, PromiseOverdue, DebtAgeing, NotDiscussed, MandateMissing}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := mustSignal(t, set, id, tt.today).Computed.States(); !slices.Equal(got, tt.want) {
				t.Errorf("states are %v, not %v", got, tt.want)
			}
		})
	}
	d.write(day(105), id, signal.MandateGiven{Meeting: meetingNo(1)})
	d.write(day(106), id, signal.PromiseKept{PromiseKept: pursuit.PromiseKept{Promise: 1}})
	d.write(day(107), id, fedBack(inFocusgroep(1)))
	if got := mustSignal(t, d.set(), id, day(108)).Computed.States(); len(got) != 0 {
		t.Errorf("after everything was answered: %v", got)
	}
}

// The waiting of a forum begins with its meeting, and ends with its answer.
func TestWaiting(t *testing.T) {
	forwarded := discussed("team-opstap", pursuit.Forwarded)
	forwarded.ForwardedTo = "college"
	decided := signal.Decided{Decided: pursuit.Decided{Forum: "college", Verdict: pursuit.Rejected, Motivation: domain.ToSeal("geen geld")}}
	tests := map[string]struct {
		events []domain.Event
		forum  domain.Code
		since  domain.Date
	}{
		"on an agenda to come":      {[]domain.Event{scheduled("college", day(50))}, "", 0},
		"its meeting is past":       {[]domain.Event{scheduled("college", day(20))}, "college", day(20)},
		"taken note of":             {[]domain.Event{discussed("college", pursuit.Noted)}, "", 0},
		"taken up":                  {[]domain.Event{discussed("college", pursuit.TakenUp)}, "college", day(10)},
		"put off":                   {[]domain.Event{discussed("college", pursuit.Deferred)}, "college", day(10)},
		"sent on":                   {[]domain.Event{forwarded}, "college", day(10)},
		"sent on, then decided":     {[]domain.Event{forwarded, decided}, "", 0},
		"established: no answer":    {[]domain.Event{scheduled("college", day(20)), signal.WentUnanswered{WentUnanswered: pursuit.WentUnanswered{Forum: "college", Since: day(20)}}}, "", 0},
		"taken off again":           {[]domain.Event{scheduled("college", day(20)), signal.Unscheduled{Unscheduled: pursuit.Unscheduled{Forum: "college"}}}, "", 0},
		"taken up, then came about": {[]domain.Event{discussed("college", pursuit.TakenUp), signal.CarriedOut{CarriedOut: pursuit.CarriedOut{What: domain.ToSeal("bus")}}}, "", 0},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			d := newDiary(t)
			d.write(day(1), signalNo(1), picked(partner("caw"), "mobiliteit"))
			for _, event := range tt.events {
				d.write(day(10), signalNo(1), event)
			}
			c := mustSignal(t, d.set(), signalNo(1), day(30)).Computed
			if c.WaitingFor != tt.forum || c.WaitingSince != tt.since {
				t.Errorf("waits for %q since %s", c.WaitingFor, c.WaitingSince)
			}
		})
	}
}

func TestBundlingCountsForTheWhole(t *testing.T) {
	d := newDiary(t)
	top, middle, low := signalNo(1), signalNo(2), signalNo(3)
	d.write(day(5), top, picked(partner("caw"), "huisvesting"))
	d.write(day(3), middle, picked(partner("ocmw"), "financieel"))
	d.write(day(1), low, picked(inFocusgroep(1), "mobiliteit"))
	d.write(day(6), low, discussed("team-opstap", pursuit.Noted))
	d.write(day(7), bundles, bundle.Bundled{Signals: []domain.StreamID{low}, Into: middle})
	d.write(day(8), bundles, bundle.Bundled{Signals: []domain.StreamID{middle}, Into: top})
	d.write(day(9), top, discussed("college", pursuit.Declined))

	set := d.set()
	page, err := set.Signals.Open(t.Context(), harelbeke, SignalFilter{}, day(10))
	if err != nil || len(page.Rows) != 1 {
		t.Fatalf("%d rows, %v", len(page.Rows), err)
	}
	row := page.Rows[0]
	if row.ID != top || row.Bundled != 2 || row.Settings != 3 || row.Owed != 3 || row.Evidence != 3 || row.Since != day(1) {
		t.Errorf("the whole is %+v", row)
	}
	if !slices.Equal(row.Themes, []domain.Code{"huisvesting", "financieel", "mobiliteit"}) {
		t.Errorf("its themes are %v", row.Themes)
	}
	if !slices.Equal(row.Forums, []domain.Code{"college", "team-opstap"}) {
		t.Errorf("its forums are %v", row.Forums)
	}
	if row := mustSignal(t, set, low, day(10)); row.BundledInto != top || row.Owed != 0 {
		t.Errorf("the lowest says bundled into %s, owed %d", row.BundledInto, row.Owed)
	}

	d.write(day(11), bundles, bundle.Unbundled{Signal: middle})
	row = mustSignal(t, d.set(), top, day(12))
	if row.Bundled != 0 || row.Settings != 1 || row.Since != day(5) {
		t.Errorf("alone again: %+v", row)
	}
	if row := mustSignal(t, d.set(), middle, day(12)); row.Bundled != 1 || row.Owed != 2 || row.Since != day(1) {
		t.Errorf("what left: bundled %d, owed %d, since %s", row.Bundled, row.Owed, row.Since)
	}
}

func TestSplitPartsTakeSettingsAlong(t *testing.T) {
	d := newDiary(t)
	d.write(day(1), signalNo(1), picked(inFocusgroep(1), "mobiliteit"))
	d.write(day(2), signalNo(2), picked(partner("caw"), "mobiliteit"))
	d.write(day(2), signalNo(3), picked(partner("caw"), "mobiliteit"))
	d.write(day(3), bundles, bundle.Split{Signal: signalNo(1), Into: []domain.StreamID{signalNo(2), signalNo(3)}})
	d.write(day(4), signalNo(2), discussed("college", pursuit.Declined))
	set := d.set()
	if row := mustSignal(t, set, signalNo(2), day(5)); row.Settings != 2 || row.Owed != 2 {
		t.Errorf("a part has %d settings and owes %d", row.Settings, row.Owed)
	}
	if row := mustSignal(t, set, signalNo(1), day(5)); row.Next != NextPursueParts || len(row.SplitInto) != 2 {
		t.Errorf("what was split: next %s, into %v", row.Next, row.SplitInto)
	}
	if n := set.Signals.Count(harelbeke, SignalFilter{}, day(5)); n != 2 {
		t.Errorf("%d are open", n)
	}
}

func TestRecommendationOwesToItsSignals(t *testing.T) {
	d := newDiary(t)
	d.write(day(1), signalNo(1), picked(partner("caw"), "mobiliteit"))
	d.write(day(2), adviceNo(1), recommendation.Drafted{Text: domain.ToSeal("Rij op zondag."), Answers: []domain.StreamID{signalNo(1)}, MadeBy: recommendation.ByTeam})
	d.write(day(3), adviceNo(1), recommendation.Decided{Decided: pursuit.Decided{Forum: "college", Verdict: pursuit.Adopted, Motivation: domain.ToSeal("goed")}})
	d.write(day(4), signalNo(1), signal.EvidenceLinked{Evidence: signal.Evidence{Setting: partner("ocmw")}})
	set := d.set()
	page, err := set.Signals.Recommendations(t.Context(), harelbeke, RecommendationFilter{Answers: signalNo(1)}, day(5))
	if err != nil || len(page.Rows) != 1 {
		t.Fatalf("%d rows, %v", len(page.Rows), err)
	}
	if row := page.Rows[0]; row.Owed != 2 || row.Phase != signal.Deciding || row.Next != NextFeedBack {
		t.Errorf("it owes %d, phase %s, next %s", row.Owed, row.Phase.Code(), row.Next)
	}
	if row := mustSignal(t, set, signalNo(1), day(5)); !slices.Equal(row.Recommended, []domain.StreamID{adviceNo(1)}) {
		t.Errorf("recommended: %v", row.Recommended)
	}
}

func TestFiltersAndPages(t *testing.T) {
	d := newDiary(t)
	themes := []domain.Code{"mobiliteit", "huisvesting", "financieel"}
	for n := range uint32(30) {
		d.write(day(int(n*7%30)+1), signalNo(n+1), picked(partner("caw"), themes[n%3]))
	}
	d.write(day(40), signalNo(1), signal.Closed{Reason: signal.NotASignal})
	d.write(day(40), signalNo(2), signal.KeeperNamed{Role: "coordinator"})
	d.write(day(40), signalNo(3), discussed("college", pursuit.Noted))
	d.writeIn("ter-plekke-zillebeke", day(2), signalNo(99), picked(partner("caw"), "mobiliteit"))
	set := d.set()
	counts := map[string]struct {
		filter SignalFilter
		want   int
	}{
		"open":        {SignalFilter{}, 29},
		"closed":      {SignalFilter{Status: ClosedSignals}, 1},
		"all":         {SignalFilter{Status: AllSignals}, 30},
		"theme":       {SignalFilter{Themes: themes[:1]}, 9},
		"no theme":    {SignalFilter{Themes: []domain.Code{"never-read"}}, 0},
		"keeper":      {SignalFilter{Keeper: "coordinator"}, 1},
		"no keeper":   {SignalFilter{NoKeeper: true}, 28},
		"forum":       {SignalFilter{Forum: "college"}, 1},
		"phase":       {SignalFilter{Phases: []signal.Phase{signal.Noticing}}, 28},
		"next":        {SignalFilter{Next: []NextStep{NextFeedBack}}, 1},
		"owed":        {SignalFilter{Owed: true}, 1},
		"among":       {SignalFilter{Among: []domain.StreamID{signalNo(1), signalNo(2), signalNo(99)}}, 1},
		"among none":  {SignalFilter{Among: []domain.StreamID{}}, 0},
		"from":        {SignalFilter{From: []signal.Origin{signal.FromFocusgroep}}, 0},
		"not settled": {SignalFilter{States: []State{DebtAgeing}}, 0},
	}
	for name, tt := range counts {
		if got := set.Signals.Count(harelbeke, tt.filter, day(41)); got != tt.want {
			t.Errorf("%s: %d, not %d", name, got, tt.want)
		}
	}
	for _, order := range []SignalOrder{OldestFirst, NewestFirst, SilentFirst, OwedFirst, FurthestLast} {
		whole, err := set.Signals.Open(t.Context(), harelbeke, SignalFilter{Order: order, Limit: 100}, day(41))
		if err != nil || len(whole.Rows) != 29 || whole.Next != "" {
			t.Fatalf("order %q: %d rows, next %q, %v", order, len(whole.Rows), whole.Next, err)
		}
		if paged := allPages(t, set, SignalFilter{Order: order, Limit: 7}); !slices.EqualFunc(paged, whole.Rows, sameID) {
			t.Errorf("order %q: pages differ from the whole", order)
		}
	}
	if _, err := set.Signals.Open(t.Context(), harelbeke, SignalFilter{After: "x"}, day(41)); !errors.Is(err, ErrCursor) {
		t.Errorf("a cursor that no page gave: %v", err)
	}
}

func sameID(a, b SignalRow) bool { return a.ID == b.ID }

func allPages(t *testing.T, set *Set, filter SignalFilter) (rows []SignalRow) {
	t.Helper()
	for {
		page, err := set.Signals.Open(t.Context(), harelbeke, filter, day(41))
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, page.Rows...)
		if filter.After = page.Next; page.Next == "" {
			return rows
		}
	}
}

// A mandate that was refused is the first thing to talk about: who pursues it or how it weighs comes after.
func TestARefusedMandateComesFirst(t *testing.T) {
	d, id := newDiary(t), signalNo(1)
	d.write(day(1), id, picked(inFocusgroep(1), "mobiliteit"))
	d.write(day(2), id, signal.Worded{Statement: domain.ToSeal("De bus rijdt niet."), Version: 1})
	d.write(day(3), id, signal.MandateRefused{Meeting: inFocusgroep(1).Stream})
	if next := mustSignal(t, d.set(), id, day(4)).Next; next != NextMandateNo {
		t.Errorf("next is %s", next)
	}
}

// A forum that was asked without a day owes no answer before it could meet.
func TestNoDayIsNotLateAtOnce(t *testing.T) {
	d, id := newDiary(t), signalNo(1)
	d.write(day(1), id, picked(partner("caw"), "mobiliteit"))
	d.write(day(2), id, scheduled("team-opstap", 0))
	for on, waiting := range map[domain.Date]domain.Date{day(2): 0, day(31): 0, day(32): day(2)} {
		if since := mustSignal(t, d.set(), id, on).Computed.WaitingSince; since != waiting {
			t.Errorf("on %s it waits since %s, want %s", on, since, waiting)
		}
	}
}

// A forum is not late on the day of its meeting, nor before it could meet.
func TestWaitsFrom(t *testing.T) {
	for name, tt := range map[string]struct {
		matter matter
		want   domain.Date
	}{
		"not asked":            {matter{}, 0},
		"asked without a day":  {matter{scheduled: day(1)}, day(1) + soon},
		"asked for a meeting":  {matter{scheduled: day(1), meeting: day(10)}, day(11)},
		"promised an answer":   {matter{waiting: day(5)}, day(5)},
		"promised, asked anew": {matter{waiting: day(5), scheduled: day(6), meeting: day(10)}, day(5)},
	} {
		if got := tt.matter.waitsFrom(); got != tt.want {
			t.Errorf("%s: from %s, not %s", name, got, tt.want)
		}
	}
}
