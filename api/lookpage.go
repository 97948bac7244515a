package api

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/focusgroep"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/session"
	"signaalboek/domain/vocabulary"
	"signaalboek/projections"
)

// look is what a page is about: what is known now, or what was known at the end of an earlier day.
type look struct {
	site     *site
	ctx      context.Context
	set      *projections.Set
	practice domain.PracticeID
	book     vocabulary.Book
	today    domain.Date // that earlier day, if there is one
	asOf     web.AsOf
}

// look finds what a request looks at. A day that is not over yet is known as it is now.
func (s *site) look(r *http.Request) (look, error) {
	practice := actorOf(r).Practice
	l := look{
		site: s, ctx: r.Context(), set: s.Set, practice: practice, book: s.book(r), today: s.today(),
		asOf: web.AsOf{Form: filterForm(r), Now: withoutDay(r.URL)},
	}
	fields := newFields(l.asOf.Form)
	day := fields.day(web.AsOfField)
	if fields.err != nil || day.IsZero() || day == l.today {
		return l, fields.err
	}
	set, err := s.past.set(r.Context(), s.endOf(day))
	l.set, l.today, l.asOf.Day = set, day, day
	return l, err
}

// at is the look of a page that stands at an address, also where a form of it was sent to another.
func (l look) at(address string) look {
	l.asOf.Form.Action = address
	return l
}

// endOf is the last moment of a day.
func (s *site) endOf(day domain.Date) time.Time {
	t := day.Time()
	return time.Date(t.Year(), t.Month(), t.Day()+1, 0, 0, 0, 0, s.Zone).Add(-time.Nanosecond)
}

func withoutDay(u *url.URL) string {
	query := u.Query()
	query.Del(web.AsOfField)
	query.Del("after")
	return (&url.URL{Path: u.Path, RawQuery: query.Encode()}).String()
}

// past reports whether the page looks back: nothing can be done then.
func (l look) past() bool { return !l.asOf.Day.IsZero() }

func (l look) open(text domain.Sealed) (string, error) { return l.site.opened(l.ctx, text) }

// line is a signal or recommendation as a link with its wording. False if there is no such thing.
func (l look) line(id domain.StreamID) (web.SignalLine, bool, error) {
	found, ok, err := l.set.Signals.Signal(l.ctx, l.practice, id, l.today)
	if err != nil {
		return web.SignalLine{}, false, err
	}
	if ok {
		text, err := l.open(found.Text)
		return web.SignalLine{ID: id, Text: text}, true, err
	}
	row, ok, err := l.set.Signals.Recommendation(l.ctx, l.practice, id, l.today)
	if err != nil {
		return web.SignalLine{}, false, err
	}
	text, err := l.open(row.Text)
	return web.SignalLine{ID: id, Text: text}, ok, err
}

// lines is those that are there.
func (l look) lines(ids []domain.StreamID) ([]web.SignalLine, error) {
	var lines []web.SignalLine
	for _, id := range ids {
		line, ok, err := l.line(id)
		if err != nil {
			return nil, err
		}
		if ok {
			lines = append(lines, line)
		}
	}
	return lines, nil
}

// settingName is what a setting is called.
func (l look) settingName(setting pursuit.Setting) string {
	switch setting.Kind {
	case pursuit.AtFocusgroep:
		if meeting, ok := l.set.Themes.Meeting(l.practice, setting.Stream); ok {
			return web.T("focusgroep.meeting", web.Date(meeting.Day))
		}
	case pursuit.AtSession:
		if held, ok := l.set.Sessions.Session(l.practice, setting.Stream); ok {
			return web.T("setting.on", l.book.Label(vocabulary.Activities, held.Activity), web.Date(held.On))
		}
	case pursuit.AtActivity:
		return web.T("setting.in-year", l.book.Label(vocabulary.Activities, setting.Code), setting.Year)
	case pursuit.AtPartner:
		return web.T("setting.named", l.book.Label(vocabulary.Services, setting.Code))
	case pursuit.InSurvey:
		return web.T("setting.in-survey", setting.Year)
	case pursuit.ByVolunteers:
		return web.T("setting.by-volunteers", setting.Year)
	}
	return web.T("setting.gone")
}

// meetingID is the stream of a focusgroep meeting with a key.
func meetingID(key string) domain.StreamID {
	return domain.NewStreamID(focusgroep.Decider.Category, key)
}

// sessionID is the stream of a session with a key.
func sessionID(key string) domain.StreamID { return domain.NewStreamID(session.Decider.Category, key) }
