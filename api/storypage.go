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

// story is a part of the steps of a trajectory with their texts opened, numbered as the drawing numbers them.
func (l look) story(steps []projections.TrajectoryStep, part storyPart) ([]web.StoryLine, error) {
	lines := make([]web.StoryLine, 0, part.to-part.from)
	for i, step := range steps[part.from:part.to] {
		line := web.StoryLine{TrajectoryStep: step, Number: part.from + i + 1, Where: l.whereOf(step.Event)}
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
	}
	told, ok := pursued[pursuit.FedBack](event)
	return told.Setting, ok
}

// pursued is the step of a pursuit that an event is, if it is one of that kind.
func pursued[S pursuit.Step](event domain.Event) (step S, ok bool) {
	if walked, walks := event.(interface{ Step() pursuit.Step }); walks {
		step, ok = walked.Step().(S)
	}
	return step, ok
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
		told, ok := pursued[pursuit.FedBack](step.Event)
		if !ok || !step.Own {
			continue
		}
		option := web.Option{Value: web.SettingText(told.Setting), Label: l.settingName(told.Setting)}
		if !slices.Contains(options, option) {
			options = append(options, option)
		}
	}
	return options
}

// promises is those of a trajectory that are neither kept nor broken.
func (l look) promises(steps []projections.TrajectoryStep) ([]web.PromiseLine, error) {
	var open []projections.TrajectoryStep
	for _, step := range steps {
		if step.Promise == 0 {
			continue
		}
		if _, made := pursued[pursuit.Discussed](step.Event); made {
			open = append(open, step)
			continue
		}
		open = slices.DeleteFunc(open, func(made projections.TrajectoryStep) bool {
			return made.Stream == step.Stream && made.Promise == step.Promise
		})
	}
	lines := make([]web.PromiseLine, len(open))
	for i, step := range open {
		promised, err := l.open(textOf(step, "promise"))
		if err != nil {
			return nil, err
		}
		made, _ := pursued[pursuit.Discussed](step.Event)
		lines[i] = web.PromiseLine{
			PromiseRow: projections.PromiseRow{
				Made: step.Meta.On, By: made.PromiseBy, Stream: step.Stream, Number: step.Promise, Forum: step.Forum,
				Overdue: !made.PromiseBy.IsZero() && made.PromiseBy < l.today,
			},
			Promised: promised,
		}
	}
	return lines, nil
}

// textOf is the text in a field of a step; none if it has no such text.
func textOf(step projections.TrajectoryStep, field string) domain.Sealed {
	for _, text := range step.Texts {
		if strings.TrimPrefix(text.Place.Field, "/") == field {
			return text
		}
	}
	return domain.Sealed{}
}

// expected is what is still to come: meetings that a thing is on the agenda of, and promises with a day.
func (l look) expected(steps []projections.TrajectoryStep, promises []web.PromiseLine) []web.Expected {
	meetings := map[domain.Code]domain.Date{}
	for _, step := range steps {
		walked, _ := pursued[pursuit.Step](step.Event)
		switch e := walked.(type) {
		case pursuit.Scheduled:
			meetings[e.Forum] = e.Meeting
		case pursuit.Unscheduled:
			delete(meetings, e.Forum)
		case pursuit.Discussed:
			delete(meetings, e.Forum)
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
	for i := range coming {
		coming[i].Number = len(steps) + i + 1
	}
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
	road := web.Road{Until: l.today, Steps: len(past.Steps), AsOf: l.asOf}
	part, err := l.storyPart(past.Steps)
	if err != nil {
		return road, err
	}
	road.Earlier, road.Newest = part.earlier, part.newest
	if road.Story, err = l.story(past.Steps, part); err != nil {
		return road, err
	}
	if road.Settings, err = l.settings(past); err != nil {
		return road, err
	}
	if road.Promises, err = l.promises(past.Steps); err != nil {
		return road, err
	}
	if part.newest != "" {
		road.Until = road.Story[len(road.Story)-1].Meta.On
		return road, nil
	}
	road.Expected = l.expected(past.Steps, road.Promises)
	return road, nil
}
