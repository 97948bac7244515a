package projections

import "signaalboek/domain"

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
	Signals     []domain.StreamID // picked up or recognised in a meeting, with this theme; bundled ones as their whole
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
