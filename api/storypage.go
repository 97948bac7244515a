package api

import (
	"slices"
	"strings"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/signal"
	"signaalboek/projections"
)

// story is the steps of a trajectory with their texts opened, numbered as the drawing numbers them.
func (l look) story(past projections.Trajectory) ([]web.StoryLine, error) {
	lines := make([]web.StoryLine, 0, len(past.Steps))
	for i, step := range past.Steps {
		line := web.StoryLine{TrajectoryStep: step, Number: i + 1, Where: l.whereOf(step.Event)}
		for _, sealed := range step.Texts {
			text, err := l.open(sealed)
			if err != nil {
				return nil, err
			}
			line.Texts = append(line.Texts, web.Quote{Field: strings.TrimPrefix(sealed.Place.Field, "/"), Text: text})
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// whereOf is the setting or focusgroep meeting that an event names, as people call it.
func (l look) whereOf(event domain.Event) string {
	if setting, ok := settingOf(event); ok {
		return l.settingName(setting)
	}
	switch e := event.(type) {
	case signal.Recognised:
		return l.meetingName(e.Meeting)
	case signal.MandateGiven:
		return l.meetingName(e.Meeting)
	case signal.MandateRefused:
		return l.meetingName(e.Meeting)
	case signal.OtherWordingAsked:
		return l.meetingName(e.Meeting)
	}
	return ""
}

func (l look) meetingName(meeting domain.StreamID) string {
	return l.settingName(pursuit.Setting{Kind: pursuit.AtFocusgroep, Stream: meeting})
}

// settingOf is the setting that an event names.
func settingOf(event domain.Event) (pursuit.Setting, bool) {
	if setting, raised := raisedBy(event); raised {
		return setting, true
	}
	switch e := event.(type) {
	case signal.ReactionHeard:
		return e.Setting, true
	case interface{ Step() pursuit.Step }:
		told, ok := e.Step().(pursuit.FedBack)
		return told.Setting, ok
	}
	return pursuit.Setting{}, false
}

// raisedBy is the setting that raises a signal by an event.
func raisedBy(event domain.Event) (pursuit.Setting, bool) {
	switch e := event.(type) {
	case signal.PickedUp:
		return e.Evidence.Setting, true
	case signal.EvidenceLinked:
		return e.Evidence.Setting, true
	case signal.Reopened:
		return e.Evidence.Setting, true
	}
	return pursuit.Setting{}, false
}

// settings is where a thing was raised: those that wait for an answer first.
func (l look) settings(past projections.Trajectory) ([]web.SettingLine, error) {
	owed, err := l.set.Debts.Owed(l.ctx, l.practice, projections.DebtFilter{Of: past.ID, Limit: mostRows}, l.today)
	if err != nil {
		return nil, err
	}
	var lines []web.SettingLine
	seen := map[pursuit.Setting]bool{}
	for _, debt := range owed.Settings {
		seen[debt.Setting] = true
		lines = append(lines, web.SettingLine{
			Label: l.settingName(debt.Setting), Value: web.SettingText(debt.Setting),
			Owed: true, Since: debt.Since, Days: debt.Days,
		})
	}
	for _, step := range past.Steps {
		setting, raised := raisedBy(step.Event)
		if raised && !seen[setting] {
			seen[setting] = true
			lines = append(lines, web.SettingLine{Label: l.settingName(setting), Value: web.SettingText(setting)})
		}
	}
	return lines, nil
}

// told is the settings that were fed back to, in the stream that was asked for.
func (l look) told(past projections.Trajectory) []web.Option {
	var options []web.Option
	for _, step := range past.Steps {
		walked, ok := step.Event.(interface{ Step() pursuit.Step })
		if !ok || !step.Own {
			continue
		}
		told, ok := walked.Step().(pursuit.FedBack)
		option := web.Option{Value: web.SettingText(told.Setting), Label: l.settingName(told.Setting)}
		if ok && !slices.Contains(options, option) {
			options = append(options, option)
		}
	}
	return options
}

// promises is those of a trajectory that are neither kept nor broken.
func (l look) promises(story []web.StoryLine) []web.PromiseLine {
	var open []web.PromiseLine
	for _, line := range story {
		walked, ok := line.Event.(interface{ Step() pursuit.Step })
		if !ok || line.Promise == 0 {
			continue
		}
		discussed, made := walked.Step().(pursuit.Discussed)
		if !made {
			open = slices.DeleteFunc(open, func(p web.PromiseLine) bool {
				return p.Stream == line.Stream && p.Number == line.Promise
			})
			continue
		}
		open = append(open, web.PromiseLine{
			PromiseRow: projections.PromiseRow{
				Made: line.Meta.On, By: discussed.PromiseBy, Stream: line.Stream, Number: line.Promise, Forum: line.Forum,
				Overdue: !discussed.PromiseBy.IsZero() && discussed.PromiseBy < l.today,
			},
			Promised: quoted(line, "promise"),
		})
	}
	return open
}

func quoted(line web.StoryLine, field string) string {
	for _, quote := range line.Texts {
		if quote.Field == field {
			return quote.Text
		}
	}
	return ""
}

// expected is what is still to come: meetings that a thing is on the agenda of, and promises with a day.
func (l look) expected(story []web.StoryLine, promises []web.PromiseLine) []web.Expected {
	meetings := map[domain.Code]domain.Date{}
	for _, line := range story {
		walked, ok := line.Event.(interface{ Step() pursuit.Step })
		if !ok {
			continue
		}
		switch step := walked.Step().(type) {
		case pursuit.Scheduled:
			meetings[step.Forum] = step.Meeting
		case pursuit.Unscheduled:
			delete(meetings, step.Forum)
		case pursuit.Discussed:
			delete(meetings, step.Forum)
		}
	}
	var coming []web.Expected
	for forum, day := range meetings {
		if day >= l.today {
			coming = append(coming, web.Expected{On: day, Forum: forum, Word: "meeting"})
		}
	}
	for _, promise := range promises {
		if promise.By >= l.today {
			coming = append(coming, web.Expected{On: promise.By, Forum: promise.Forum, Word: "promise"})
		}
	}
	slices.SortFunc(coming, func(a, b web.Expected) int { return int(a.On - b.On) })
	return coming
}

// kin is lineage with the wording of both sides.
func (l look) kin(lineage []projections.Kin) ([]web.KinLine, error) {
	var lines []web.KinLine
	for _, bond := range lineage {
		from, _, err := l.line(bond.From)
		if err != nil {
			return nil, err
		}
		into, _, err := l.line(bond.Into)
		if err != nil {
			return nil, err
		}
		lines = append(lines, web.KinLine{Kin: bond, FromText: from.Text, IntoText: into.Text})
	}
	return lines, nil
}

// road is what the pages of signals and recommendations share, without what can be done next.
func (l look) road(past projections.Trajectory) (web.Road, error) {
	road := web.Road{Today: l.today, AsOf: l.asOf}
	var err error
	if road.Story, err = l.story(past); err != nil {
		return road, err
	}
	if road.Settings, err = l.settings(past); err != nil {
		return road, err
	}
	road.Promises = l.promises(road.Story)
	road.Expected = l.expected(road.Story, road.Promises)
	return road, nil
}
