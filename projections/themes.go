package projections

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"sync"

	"signaalboek/domain"
	"signaalboek/domain/focusgroep"
)

// ThemeWindow says when a theme counts as recurring: discussed in at least Least of the Last held meetings. A zero
// field stands for its default: at least 2 of the last 4.
type ThemeWindow struct {
	Least int
	Last  int
}

// ThemeRow is one theme of the focusgroep.
type ThemeRow struct {
	Theme       domain.Code
	Recurring   bool
	Discussed   int               // in how many of the last meetings of the window
	Since       domain.Date       // the first meeting that ever discussed it
	Latest      domain.Date       // the last one
	Consecutive int               // in how many meetings on end, up to the last one held
	Weight      int               // in the meetings of the window together; a theme that nobody weighed weighs 1
	Before      int               // in as many meetings before those
	Trend       int               // Weight less Before
	Signals     []domain.StreamID // with this theme, picked up or recognised in a meeting of the window; bundled ones as their whole
}

// ThemeReport is what comes back in the focusgroep: recurring themes first, then by weight, then by code.
type ThemeReport struct {
	Window ThemeWindow
	Held   int // meetings held, of those in the window
	Themes []ThemeRow
}

// ThemeMap is the heat map: how heavy each theme was in each meeting.
type ThemeMap struct {
	Meetings []FocusgroepMeeting // held ones, oldest first
	Themes   []domain.Code       // those that were discussed in one of them, by weight, heaviest first
	Weights  [][]int             // by theme, by meeting; 0: not discussed
}

// FocusgroepMeeting is one meeting of the focusgroep.
type FocusgroepMeeting struct {
	ID        domain.StreamID
	Revision  domain.Revision
	Day       domain.Date // that it was held, or is planned for
	Place     domain.Sealed
	Cancelled bool // it does not take place
	Held      bool
	Closed    bool
	Present   int // only if it was held
	Newcomers int
	Themes    []WeighedTheme
	Signals   []domain.StreamID // picked up or recognised there; bundled ones as their whole
}

// WeighedTheme is a theme that a meeting talked about.
type WeighedTheme struct {
	Theme  domain.Code
	Weight int // 1 to 5; 0: nobody weighed it
}

// Themes is the meetings of the focusgroep and what they talked about.
type Themes struct {
	lock    *sync.RWMutex
	names   *names
	signals *Signals

	meetings   map[domain.StreamID]*meeting
	byPractice map[domain.PracticeID][]domain.StreamID // in the order in which they were planned
}

// meeting is a focusgroep meeting; what is in it is copied for whoever asks.
type meeting struct {
	FocusgroepMeeting
	practice domain.PracticeID
}

func newThemes(lock *sync.RWMutex, names *names, signals *Signals) *Themes {
	return &Themes{
		lock: lock, names: names, signals: signals,
		meetings: map[domain.StreamID]*meeting{}, byPractice: map[domain.PracticeID][]domain.StreamID{},
	}
}

func (t *Themes) name() string { return "themes" }
func (t *Themes) settle()      {}

func (t *Themes) apply(r *Reading) error {
	event, ok := r.Event.(focusgroep.Event)
	if !ok {
		return nil
	}
	m := t.meetings[r.Stream]
	if m == nil {
		m = &meeting{FocusgroepMeeting{ID: r.Stream}, r.Meta.Practice}
		t.meetings[r.Stream] = m
		t.byPractice[m.practice] = append(t.byPractice[m.practice], m.ID)
	}
	m.Revision = r.Revision
	switch event := event.(type) {
	case focusgroep.Planned:
		m.Day, m.Place = event.Day, event.Place
	case focusgroep.Cancelled:
		m.Cancelled = true
	case focusgroep.Held:
		m.Held, m.Day, m.Present, m.Newcomers = true, r.Meta.On, event.Present, event.Newcomers
	case focusgroep.ThemeDiscussed:
		m.discuss(WeighedTheme(event))
	case focusgroep.Closed:
		m.Closed = true
	default:
		return fmt.Errorf("%s is not known here", event.EventName())
	}
	return nil
}

// discuss adds a theme; named again, it has its latest weight.
func (m *meeting) discuss(theme WeighedTheme) {
	for i := range m.Themes {
		if m.Themes[i].Theme == theme.Theme {
			m.Themes[i] = theme
			return
		}
	}
	m.Themes = append(m.Themes, theme)
}

// weight is how heavy a theme was in a meeting: what nobody weighed weighs 1, because it was talked about; 0 if it was
// not.
func (m *meeting) weight(theme domain.Code) int {
	for _, discussed := range m.Themes {
		if discussed.Theme == theme {
			return max(1, discussed.Weight)
		}
	}
	return 0
}

// Meetings lists the focusgroep meetings of a practice, newest first.
func (t *Themes) Meetings(practice domain.PracticeID) []FocusgroepMeeting {
	t.lock.RLock()
	defer t.lock.RUnlock()
	var meetings []FocusgroepMeeting
	for _, id := range t.byPractice[practice] {
		meetings = append(meetings, t.shown(t.meetings[id]))
	}
	slices.SortStableFunc(meetings, func(a, b FocusgroepMeeting) int { return cmp.Compare(b.Day, a.Day) })
	return meetings
}

// Meeting is one focusgroep meeting. False if there is no such meeting in the practice.
func (t *Themes) Meeting(practice domain.PracticeID, id domain.StreamID) (FocusgroepMeeting, bool) {
	t.lock.RLock()
	defer t.lock.RUnlock()
	m := t.meetings[id]
	if m == nil || m.practice != practice {
		return FocusgroepMeeting{}, false
	}
	return t.shown(m), true
}

func (t *Themes) shown(m *meeting) FocusgroepMeeting {
	shown := m.FocusgroepMeeting
	shown.Themes = slices.Clone(m.Themes)
	shown.Signals = t.signals.idsOf(t.signals.wholesHeardAt(m.practice, m.ID))
	return shown
}

// wholesHeardAt is what was picked up or recognised in a focusgroep meeting, each whole once, in the order of the log.
func (s *Signals) wholesHeardAt(practice domain.PracticeID, meeting domain.StreamID) (wholes []thingNo) {
	stream, known := s.names.knownStream(meeting)
	if !known {
		return nil
	}
	seen := map[thingNo]bool{}
	for _, no := range s.shelfOf(practice).heardAt[stream] {
		if top := s.top(no); !seen[top] {
			seen[top] = true
			wholes = append(wholes, top)
		}
	}
	return wholes
}

// Recurring is what keeps coming back in the focusgroep.
func (t *Themes) Recurring(practice domain.PracticeID, window ThemeWindow) ThemeReport {
	t.lock.RLock()
	defer t.lock.RUnlock()
	window = ThemeWindow{Least: cmp.Or(window.Least, 2), Last: cmp.Or(window.Last, 4)}
	held := t.held(practice)
	report := ThemeReport{Window: window, Held: min(len(held), window.Last)}
	for _, theme := range themesOf(held) {
		report.Themes = append(report.Themes, t.row(theme, held, window))
	}
	t.addSignals(report.Themes, practice, held[len(held)-report.Held:])
	slices.SortFunc(report.Themes, func(a, b ThemeRow) int {
		return cmp.Or(-cmp.Compare(btoi(a.Recurring), btoi(b.Recurring)), -cmp.Compare(a.Weight, b.Weight),
			cmp.Compare(a.Theme, b.Theme))
	})
	return report
}

// held is the meetings that took place, oldest first.
func (t *Themes) held(practice domain.PracticeID) (held []*meeting) {
	for _, id := range t.byPractice[practice] {
		if m := t.meetings[id]; m.Held {
			held = append(held, m)
		}
	}
	slices.SortStableFunc(held, func(a, b *meeting) int { return cmp.Compare(a.Day, b.Day) })
	return held
}

// themesOf is every theme that was discussed in a meeting, in order of code.
func themesOf(meetings []*meeting) []domain.Code {
	themes := map[domain.Code]bool{}
	for _, m := range meetings {
		for _, discussed := range m.Themes {
			themes[discussed.Theme] = true
		}
	}
	return slices.Sorted(maps.Keys(themes))
}

func (t *Themes) row(theme domain.Code, held []*meeting, window ThemeWindow) ThemeRow {
	row := ThemeRow{Theme: theme}
	for i, m := range held {
		weight, back := m.weight(theme), len(held)-i
		if weight == 0 {
			row.Consecutive = 0
			continue
		}
		row.Since, row.Latest = earliest(row.Since, m.Day), m.Day
		row.Consecutive++
		switch {
		case back <= window.Last:
			row.Discussed++
			row.Weight += weight
		case back <= 2*window.Last:
			row.Before += weight
		}
	}
	row.Recurring = row.Discussed >= window.Least
	row.Trend = row.Weight - row.Before
	return row
}

// addSignals adds the signals behind each theme, as some meetings brought them.
func (t *Themes) addSignals(rows []ThemeRow, practice domain.PracticeID, held []*meeting) {
	place := map[domain.Code]int{}
	for i := range rows {
		place[rows[i].Theme] = i
	}
	seen := map[thingNo]bool{}
	for _, m := range held {
		for _, no := range t.signals.wholesHeardAt(practice, m.ID) {
			if seen[no] {
				continue
			}
			seen[no] = true
			for _, theme := range t.signals.themesOf(no) {
				if i, discussed := place[theme]; discussed {
					rows[i].Signals = append(rows[i].Signals, t.signals.idOf(no))
				}
			}
		}
	}
}

// Map is the heat map of the last held meetings: 8 if last is 0.
func (t *Themes) Map(practice domain.PracticeID, last int) ThemeMap {
	t.lock.RLock()
	defer t.lock.RUnlock()
	held := t.held(practice)
	held = held[max(0, len(held)-cmp.Or(last, 8)):]
	var heat ThemeMap
	for _, m := range held {
		heat.Meetings = append(heat.Meetings, t.shown(m))
	}
	heat.Themes = themesOf(held)
	total := map[domain.Code]int{}
	for _, theme := range heat.Themes {
		for _, m := range held {
			total[theme] += m.weight(theme)
		}
	}
	slices.SortStableFunc(heat.Themes, func(a, b domain.Code) int { return cmp.Compare(total[b], total[a]) })
	for _, theme := range heat.Themes {
		weights := make([]int, len(held))
		for i, m := range held {
			weights[i] = m.weight(theme)
		}
		heat.Weights = append(heat.Weights, weights)
	}
	return heat
}

func (t *Themes) code(c *coder) {
	table(c, &t.byPractice, text[domain.PracticeID], func(c *coder, ids *[]domain.StreamID) {
		list(c, ids, text[domain.StreamID])
	})
	table(c, &t.meetings, text[domain.StreamID], func(c *coder, m **meeting) {
		if c.reading {
			*m = &meeting{}
		}
		(*m).code(c)
	})
}

func (m *meeting) code(c *coder) {
	text(c, &m.practice)
	text(c, &m.ID)
	number(c, &m.Revision)
	number(c, &m.Day)
	c.sealed(&m.Place)
	c.truth(&m.Cancelled)
	c.truth(&m.Held)
	c.truth(&m.FocusgroepMeeting.Closed)
	number(c, &m.Present)
	number(c, &m.Newcomers)
	list(c, &m.Themes, func(c *coder, theme *WeighedTheme) {
		text(c, &theme.Theme)
		number(c, &theme.Weight)
	})
}
