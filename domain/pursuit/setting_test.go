package pursuit_test

import (
	"errors"
	"testing"

	"signaalboek/domain"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/vocabulary"
)

func TestSettingsFitTheirKind(t *testing.T) {
	f := facts(t)
	f.Book = f.Book.WithTerm(vocabulary.Activities, vocabulary.Term{Code: "bewonersraad", Label: "Bewonersraad", Core: "focusgroep"})
	year := today.Year()
	for _, c := range []struct {
		setting pursuit.Setting
		want    *domain.Refusal
		field   string
	}{
		{pursuit.Setting{Kind: pursuit.AtFocusgroep, Stream: "focusgroep-1"}, nil, ""},
		{pursuit.Setting{Kind: pursuit.AtFocusgroep, Stream: "session-1"}, pursuit.ErrSettingUnclear, "/at/stream"},
		{pursuit.Setting{Kind: pursuit.AtFocusgroep, Stream: "focusgroep-Een Naam"}, pursuit.ErrSettingUnclear, "/at/stream"},
		{pursuit.Setting{Kind: pursuit.AtFocusgroep, Stream: "focusgroep-1", Year: year}, pursuit.ErrSettingUnclear, "/at"},
		{pursuit.Setting{Kind: pursuit.AtSession, Stream: "session-1"}, nil, ""},
		{pursuit.Setting{Kind: pursuit.AtSession, Stream: "session-1", Code: "caw"}, pursuit.ErrSettingUnclear, "/at"},
		{pursuit.Setting{Kind: pursuit.AtActivity, Code: "naaiatelier", Year: 1990}, nil, ""},
		{pursuit.Setting{Kind: pursuit.AtActivity, Code: "naaiatelier", Year: 1989}, pursuit.ErrSettingUnclear, "/at/year"},
		{pursuit.Setting{Kind: pursuit.AtActivity, Code: "kaartclub", Year: year}, vocabulary.ErrUnknownCode, "/at/code"},
		{pursuit.Setting{Kind: pursuit.AtActivity, Code: "focusgroep", Year: year}, nil, ""},
		{pursuit.Setting{Kind: pursuit.AtActivity, Code: "bewonersraad", Year: year}, pursuit.ErrSettingFocusgroep, "/at/code"},
		{pursuit.Setting{Kind: pursuit.AtPartner, Code: "caw"}, nil, ""},
		{pursuit.Setting{Kind: pursuit.AtPartner, Code: "kaartclub"}, vocabulary.ErrUnknownCode, "/at/code"},
		{pursuit.Setting{Kind: pursuit.InSurvey, Year: year}, nil, ""},
		{pursuit.Setting{Kind: pursuit.InSurvey, Year: year + 1}, pursuit.ErrSettingUnclear, "/at/year"},
		{pursuit.Setting{Kind: pursuit.ByVolunteers, Year: year}, nil, ""},
		{pursuit.Setting{Kind: pursuit.ByVolunteers, Year: year, Stream: "session-1"}, pursuit.ErrSettingUnclear, "/at"},
		{pursuit.Setting{Kind: "gossip"}, pursuit.ErrChoiceUnknown, "/at/kind"},
	} {
		err := c.setting.Check(f.Book, f.On, "/at")
		refusal, _ := errors.AsType[*domain.Refusal](err)
		if c.want == nil && err != nil || c.want != nil && (!errors.Is(err, c.want) || refusal.Field != c.field) {
			t.Errorf("%+v: %v, want %v at %s", c.setting, err, c.want, c.field)
		}
	}
}

func TestSettingsOfTheFocusgroep(t *testing.T) {
	for setting, want := range map[pursuit.Setting]bool{
		{Kind: pursuit.AtFocusgroep, Stream: "focusgroep-1"}:        true,
		{Kind: pursuit.AtActivity, Code: "focusgroep", Year: 2019}:  true,
		{Kind: pursuit.AtActivity, Code: "naaiatelier", Year: 2019}: false,
		{Kind: pursuit.AtPartner, Code: "focusgroep"}:               false,
		{Kind: pursuit.AtSession, Stream: "session-focusgroep"}:     false,
	} {
		if got := setting.OfFocusgroep(); got != want {
			t.Errorf("%+v is of the focusgroep: %t", setting, got)
		}
	}
}

func TestMeetingsOfTheFocusgroep(t *testing.T) {
	for meeting, want := range map[domain.StreamID]*domain.Refusal{
		"focusgroep-1": nil, "session-1": pursuit.ErrMeetingMissing, "": pursuit.ErrMeetingMissing,
		"focusgroep-Een Naam": pursuit.ErrMeetingMissing,
	} {
		if err := pursuit.CheckMeeting(meeting, true, "/meeting"); want == nil && err != nil || want != nil && !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", meeting, err, want)
		}
	}
	if err := pursuit.CheckMeeting("focusgroep-1", false, "/meeting"); !errors.Is(err, pursuit.ErrMeetingNotHeld) {
		t.Errorf("planned only: %v", err)
	}
}
