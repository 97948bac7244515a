package api

import (
	"errors"
	"slices"
	"strconv"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/vocabulary"
	"signaalboek/projections"
)

// The most that a form lets people choose from: what is older is seldom meant.
const (
	mostMoments = 24
	mostSignals = 60
)

// choices is what the forms of next steps let people choose from, but for what depends on the thing itself.
func (l look) choices() (*web.Choices, error) {
	c := &web.Choices{Forums: l.forums(), Meetings: l.meetings(), Requests: l.untaken()}
	var err error
	c.Where, err = l.whereGroups()
	return c, err
}

func (l look) forums() []web.Option {
	var options []web.Option
	for _, forum := range l.book.Forums() {
		if !forum.Retired {
			options = append(options, web.Option{Value: string(forum.Code), Label: forum.Label})
		}
	}
	return options
}

func (l look) forumOptions(codes []domain.Code) []web.Option {
	options := make([]web.Option, len(codes))
	for i, code := range codes {
		options[i] = web.Option{Value: string(code), Label: l.book.ForumLabel(code)}
	}
	return options
}

// meetings is those of the focusgroep that were held, newest first.
func (l look) meetings() []web.Option {
	var options []web.Option
	for _, meeting := range l.set.Themes.Meetings(l.practice) {
		if meeting.Held && len(options) < mostMoments {
			options = append(options, web.Option{
				Value: meeting.ID.Key(), Label: web.T("focusgroep.meeting", web.Date(meeting.Day)),
			})
		}
	}
	return options
}

// untaken is the help requests that wait for a signal.
func (l look) untaken() []web.Option {
	var options []web.Option
	for _, request := range l.set.Contacts.Untaken(l.practice) {
		options = append(options, web.Option{
			Value: web.RequestText(request.Contact, request.Request),
			Label: web.T("debt.request", request.Request, web.Date(request.On)) + " · " +
				l.book.Label(vocabulary.Activities, request.Activity),
		})
	}
	return options
}

// whereGroups is everywhere something can be heard.
func (l look) whereGroups() ([]web.OptionGroup, error) {
	sessions, err := l.set.Sessions.List(l.practice, projections.SessionFilter{Limit: mostMoments})
	if err != nil {
		return nil, err
	}
	var held []pursuit.Setting
	for _, one := range sessions.Rows {
		if !one.Withdrawn {
			held = append(held, pursuit.Setting{Kind: pursuit.AtSession, Stream: one.ID})
		}
	}
	var met []pursuit.Setting
	for _, meeting := range l.meetings() {
		met = append(met, pursuit.Setting{Kind: pursuit.AtFocusgroep, Stream: meetingID(meeting.Value)})
	}
	groups := []web.OptionGroup{
		l.settingGroup(pursuit.AtFocusgroep, met),
		l.settingGroup(pursuit.AtSession, held),
		codeGroup(pursuit.AtActivity, l.activitiesOfSettings()),
		codeGroup(pursuit.AtPartner, l.book.Offered(vocabulary.Services)),
		{Label: web.T("setting.other"), Options: []web.Option{
			{Value: web.SettingText(pursuit.Setting{Kind: pursuit.InSurvey}), Label: web.Word("setting", pursuit.InSurvey)},
			{Value: web.SettingText(pursuit.Setting{Kind: pursuit.ByVolunteers}), Label: web.Word("setting", pursuit.ByVolunteers)},
		}},
	}
	return groups, nil
}

func (l look) settingGroup(kind pursuit.SettingKind, settings []pursuit.Setting) web.OptionGroup {
	group := web.OptionGroup{Label: web.Word("setting", kind)}
	for _, setting := range settings {
		group.Options = append(group.Options, web.Option{Value: web.SettingText(setting), Label: l.settingName(setting)})
	}
	return group
}

// activitiesOfSettings leaves out other names of the focusgroep: what it said is placed with itself.
func (l look) activitiesOfSettings() []vocabulary.Term {
	return slices.DeleteFunc(l.book.Offered(vocabulary.Activities), func(term vocabulary.Term) bool {
		return term.Code != vocabulary.ActivityFocusgroep && l.book.IsFocusgroep(term.Code)
	})
}

func codeGroup(kind pursuit.SettingKind, terms []vocabulary.Term) web.OptionGroup {
	group := web.OptionGroup{Label: web.Word("setting", kind)}
	for _, term := range terms {
		setting := pursuit.Setting{Kind: kind, Code: term.Code}
		group.Options = append(group.Options, web.Option{Value: web.SettingText(setting), Label: term.Label})
	}
	return group
}

// otherSignals is the open signals but one, newest first.
func (l look) otherSignals(but domain.StreamID) ([]web.Option, error) {
	page, err := l.set.Signals.Open(l.ctx, l.practice, projections.SignalFilter{
		Order: projections.NewestFirst, Limit: mostSignals,
	}, l.today)
	if err != nil {
		return nil, err
	}
	var options []web.Option
	for _, row := range page.Rows {
		if row.ID == but {
			continue
		}
		option, err := l.signalOption(row)
		if err != nil {
			return nil, err
		}
		options = append(options, option)
	}
	return options, nil
}

func (l look) signalOption(row projections.SignalRow) (web.Option, error) {
	text, err := l.open(row.Text)
	if text == "" {
		text = web.T("signal.untold")
	}
	return web.Option{Value: row.ID.Key(), Label: text + " (" + web.Date(row.Since) + ")"}, err
}

// settingOptions is the places that can be told something.
func settingOptions(lines []web.SettingLine) []web.Option {
	options := make([]web.Option, len(lines))
	for i, line := range lines {
		options[i] = web.Option{Value: line.Value, Label: line.Label}
		if line.Owed {
			options[i].Hint = web.T("setting.owed", web.Date(line.Since))
		}
	}
	return options
}

// promiseOptions is the promises that can be kept or broken on the page of a thing: those made about it, and about the
// signals that are bundled into it.
func promiseOptions(promises []web.PromiseLine, of domain.StreamID) []web.Option {
	var options []web.Option
	for _, promise := range promises {
		if promise.Stream.Category() == of.Category() {
			options = append(options, web.Option{Value: promiseText(promise), Label: promise.Promised})
		}
	}
	return options
}

// promiseText is a promise as a form carries it: what it was made about, and its number there.
func promiseText(promise web.PromiseLine) string {
	return promise.Stream.Key() + "/" + strconv.Itoa(promise.Number)
}

// allowed is those of some forums that a command about one is not refused for as a rule.
func allowed(forums []domain.Code, answers []error, refused *domain.Refusal) []domain.Code {
	var kept []domain.Code
	for i, forum := range forums {
		if !errors.Is(answers[i], refused) {
			kept = append(kept, forum)
		}
	}
	return kept
}
