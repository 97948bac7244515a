package api

import (
	"slices"

	"signaalboek/domain/focusgroep"
	"signaalboek/projections"
)

// focusgroepCalls is what can be asked and said of the focusgroep: its meetings, and what keeps coming back in them.
func (s *site) focusgroepCalls() []route {
	return slices.Concat(
		commands(s, s.Ledger.Focusgroepen, focusgroepVerbs...),
		s.questions(
			question{"/focusgroep-meetings", listFocusgroep},
			question{"/focusgroep-meetings/{id}", readFocusgroep},
			question{"/themes", readThemes},
			question{"/themes/map", readThemeMap},
		),
	)
}

var focusgroepVerbs = []verb[focusgroep.Command]{
	{path: "/focusgroep-meetings", command: focusgroep.Plan{}, stream: created},
	{path: "/focusgroep-meetings/{id}/cancel", command: focusgroep.Cancel{}, stream: byID},
	{path: "/focusgroep-meetings/{id}/hold", command: focusgroep.Hold{}, stream: byID},
	{path: "/focusgroep-meetings/{id}/discuss-theme", command: focusgroep.DiscussTheme{}, stream: byID},
	{path: "/focusgroep-meetings/{id}/close", command: focusgroep.Close{}, stream: byID},
}

func listFocusgroep(a *asked) (answer, error) {
	return answer{rows: a.set.Themes.Meetings(a.practice)}, nil
}

func readFocusgroep(a *asked) (answer, error) {
	meeting, ok := a.set.Themes.Meeting(a.practice, a.id())
	if !ok {
		return answer{}, errNoSuchThing
	}
	return found(meeting, meeting.Revision)
}

// mostMeetings is how far back themes are looked at.
const mostMeetings = 40

func readThemes(a *asked) (answer, error) {
	return whole(a.set.Themes.Recurring(a.practice, projections.ThemeWindow{
		Least: a.number("least", mostMeetings), Last: a.number("last", mostMeetings),
	}))
}

func readThemeMap(a *asked) (answer, error) {
	last := a.number("last", mostMeetings)
	if last == 0 {
		last = 8
	}
	return whole(a.set.Themes.Map(a.practice, last))
}
