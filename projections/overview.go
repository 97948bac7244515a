package projections

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"signaalboek/domain"
	"signaalboek/domain/focusgroep"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/signal"
)

// Overview is the politiseren overview of a period for people inside the practice: heard → raised → decided → fed
// back. Every number is exact: it is for no eyes outside.
type Overview struct {
	Practice        domain.PracticeID
	Period          Period
	Heard           Heard
	Raised          Raised
	Decided         DecidedCount
	FedBack         FedBackCount
	Funnel          []FunnelStep   // contacts → requests → signals → worded → raised → answered → fed back
	Signals         []OverviewLine // that something happened to in the period, by the day they were picked up
	Recommendations []OverviewLine // that something happened to in the period
}

// Heard is what came in.
type Heard struct {
	Contacts         int
	Requests         int
	Signals          int // picked up, without those that are parts of one that was split
	Meetings         int // of the focusgroep, held
	Present          int // people at those meetings, added up
	FocusgroepThemes []ThemeCount
}

// ThemeCount is at how many focusgroep meetings a theme was discussed.
type ThemeCount struct {
	Theme    domain.Code
	Meetings int
}

// Raised is where signals and recommendations were taken.
type Raised struct {
	Scheduled int // different things that were put on an agenda
	Discussed int // different things that were discussed
	Forums    []ForumCount
	Actions   int // public actions taken
}

// ForumCount is what one forum was asked and did.
type ForumCount struct {
	Forum      domain.Code
	Scheduled  int
	Discussed  int
	Decided    int
	Promises   int
	Unanswered int
}

// DecidedCount is what came of it.
type DecidedCount struct {
	Adopted    int
	Partly     int
	Rejected   int
	Outcomes   map[pursuit.Outcome]int // of discussions
	Promises   int
	Kept       int
	Broken     int
	Unanswered int
	CarriedOut int
	OwnOffer   int // answered by an offer of the practice itself
}

// FedBackCount is who was told.
type FedBackCount struct {
	Settings int // times that a setting was told
	Present  int // people who heard it, where that was counted
	Owed     int // settings that still wait now: in an overview of the past, ask a set as of then
}

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

// Of is the overview of a period.
func (o *Overviews) Of(ctx context.Context, practice domain.PracticeID, period Period) (Overview, error) {
	all := o.of(practice, period)
	var texts shown
	for _, lines := range [][]OverviewLine{all.Signals, all.Recommendations} {
		for i := range lines {
			texts.add(lines[i].ID, lines[i].text, &lines[i].Statement)
		}
	}
	return all, o.signals.texts.fill(ctx, texts)
}

func (o *Overviews) of(practice domain.PracticeID, period Period) Overview {
	o.lock.RLock()
	defer o.lock.RUnlock()
	all := Overview{Practice: practice, Period: period}
	number, known := o.names.known(string(practice))
	if !known {
		return all
	}
	all.hear(o, period)
	o.eachThing(number, func(_ thingNo, t *thing) {
		if t.isNew() && period.Holds(t.since) {
			all.Heard.Signals++
		}
	})
	all.raise(o, number, period)
	all.Signals, all.Recommendations = o.lines(number, period)
	all.Funnel = o.funnel(number, period, all.Heard)
	all.FedBack.Owed = o.owed(number, period)
	return all
}

// Overviews is what the overview of any period is made of: every step of every pursuit on its day, and the meetings of
// the focusgroep. What things are called and what is owed stands in Signals.
type Overviews struct {
	lock     *sync.RWMutex // of the set
	names    *names
	contacts *Contacts
	signals  *Signals
	words    *Words
	roads    map[symbol]*road // by practice
	refs     []pursuit.Reference
	meetings []heardMeeting
	meeting  map[domain.StreamID]int

	scheduled, discussed, decided, fedBack symbol // what steps say, by number
}

type heardMeeting struct {
	practice domain.PracticeID
	on       domain.Date // held; none: not yet
	present  int
	themes   []domain.Code
}

func newOverviews(lock *sync.RWMutex, names *names, words *Words, contacts *Contacts, signals *Signals) *Overviews {
	said := func(word Said) symbol { return names.code(domain.Code(word)) }
	return &Overviews{
		lock: lock, names: names, words: words, contacts: contacts, signals: signals,
		roads: map[symbol]*road{}, meeting: map[domain.StreamID]int{},
		scheduled: said("scheduled"), discussed: said("discussed"), decided: said("decided"), fedBack: said("fed-back"),
	}
}

func (o *Overviews) name() string { return "overview" }

func (o *Overviews) settle() {}

func (o *Overviews) apply(reading *Reading) error {
	switch event := reading.Event.(type) {
	case interface{ Step() pursuit.Step }:
		return o.walk(reading, event.Step())
	case signal.AnsweredByOwnOffer:
		return o.add(reading, saying{}, 0)
	case focusgroep.Held:
		m := o.meetingOf(reading)
		m.on, m.present = reading.Meta.On, event.Present
	case focusgroep.ThemeDiscussed:
		m := o.meetingOf(reading)
		if !slices.Contains(m.themes, event.Theme) {
			m.themes = append(m.themes, event.Theme)
		}
	}
	return nil
}

func (o *Overviews) meetingOf(reading *Reading) *heardMeeting {
	at, found := o.meeting[reading.Stream]
	if !found {
		at = len(o.meetings)
		o.meeting[reading.Stream] = at
		o.meetings = append(o.meetings, heardMeeting{practice: reading.Meta.Practice})
	}
	return &o.meetings[at]
}

func (o *Overviews) walk(reading *Reading, step pursuit.Step) error {
	var said saying
	var more detail
	switch step := step.(type) {
	case pursuit.Scheduled:
		said.forum = o.names.code(step.Forum)
	case pursuit.Unscheduled:
		said.forum = o.names.code(step.Forum)
	case pursuit.Discussed:
		said.forum, said.outcome = o.names.code(step.Forum), o.names.code(domain.Code(step.Outcome))
		more = detail(step.PromiseBy)
	case pursuit.WentUnanswered:
		said.forum = o.names.code(step.Forum)
	case pursuit.Decided:
		said.forum, said.verdict = o.names.code(step.Forum), o.names.code(domain.Code(step.Verdict))
		if step.Reference != nil {
			o.refs = append(o.refs, *step.Reference)
			more = detail(len(o.refs))
		}
	case pursuit.PromiseKept:
		said.forum = o.promisedBy(reading, step.Promise)
	case pursuit.PromiseBroken:
		said.forum = o.promisedBy(reading, step.Promise)
	case pursuit.FedBack:
		more = detail(step.Present)
	}
	return o.add(reading, said, more)
}

func (o *Overviews) add(reading *Reading, said saying, more detail) error {
	no, err := o.signals.mustFind(reading.Stream)
	if err != nil {
		return err
	}
	said.said = o.signals.saidIn(reading.Event)
	in := o.names.practice(reading.Meta.Practice)
	if o.roads[in] == nil {
		o.roads[in] = &road{}
	}
	o.roads[in].add(roadStep{no, reading.Meta.On, o.names.saying(said), more})
	return nil
}

// promisedBy is the forum that made a promise, which Signals has read before.
func (o *Overviews) promisedBy(reading *Reading, number int) symbol {
	no, _ := o.signals.mustFind(reading.Stream)
	for at := o.signals.aside(no).promise; at != 0; at = o.signals.promises[at].next {
		if p := &o.signals.promises[at]; int(p.number) == number {
			return p.forum
		}
	}
	return 0
}

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

// lines is one line for everything that was picked up, drafted or pursued in the period.
func (o *Overviews) lines(practice symbol, period Period) (signals, recommendations []OverviewLine) {
	var found things
	o.eachThing(practice, func(no thingNo, t *thing) {
		if period.Holds(t.since) {
			found.add(no)
		}
	})
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
		ID: o.names.streamOf(t.stream), PickedUp: t.since, text: t.text, Themes: o.names.listOf(t.themes),
		Owed: int(t.owed), Closed: t.is(isClosed),
	}
	if t.is(isRecommendation) {
		for _, answered := range o.signals.answers[no] {
			line.Answers = append(line.Answers, o.names.streamOf(o.signals.thing(answered).stream))
		}
	} else {
		line.From = signal.Origin(o.names.codeOf(o.signals.whoseOf(t).from))
	}
	if o.signals.into(no) != 0 {
		line.PartOf = o.names.streamOf(o.signals.thing(o.signals.top(no)).stream)
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
			reference := o.refs[row.detail-1]
			step.Reference = &reference
		}
	}
	l.Steps = append(l.Steps, step)
}

func (l *OverviewLine) sort() {
	slices.SortStableFunc(l.Steps, func(a, b OverviewStep) int { return cmp.Compare(a.On, b.On) })
	slices.Sort(l.FedBack)
}

func (o *Overviews) eachThing(practice symbol, visit func(thingNo, *thing)) {
	for no := thingNo(1); int(no) < o.signals.things.len(); no++ {
		if t := o.signals.thing(no); t.practice == practice {
			visit(no, t)
		}
	}
}

func (o *Overviews) funnel(practice symbol, period Period, heard Heard) []FunnelStep {
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
	o.eachThing(practice, func(no thingNo, t *thing) {
		if !t.isNew() || !period.Holds(t.since) {
			return
		}
		if top := o.signals.thing(o.signals.top(no)); top.wordedBy(period) || t.wordedBy(period) {
			worded++
		}
		for i, to := range []*things{&raised, &answered, &told} {
			counts[i] += happened(to, no)
		}
	})
	return []FunnelStep{
		{FunnelContacts, heard.Contacts}, {FunnelRequests, heard.Requests}, {FunnelSignals, heard.Signals}, {FunnelWorded, worded},
		{FunnelRaised, counts[0]}, {FunnelAnswered, counts[1]}, {FunnelFedBack, counts[2]},
	}
}

// wordedBy reports whether a signal had a statement by the end of a period.
func (t *thing) wordedBy(period Period) bool {
	return !t.worded.IsZero() && (period.To.IsZero() || t.worded <= period.To)
}

// owed is how many settings wait for an answer about something that was there by the end of the period.
func (o *Overviews) owed(practice symbol, period Period) int {
	owed := 0
	o.eachThing(practice, func(_ thingNo, t *thing) {
		if period.To.IsZero() || t.since <= period.To {
			owed += int(t.owed)
		}
	})
	return owed
}
