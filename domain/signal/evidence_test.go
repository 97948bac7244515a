package signal_test

import (
	"reflect"
	"slices"
	"testing"

	"signaalboek/domain"
	"signaalboek/domain/domaintest"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/signal"
	"signaalboek/domain/vocabulary"
)

func TestPickingUp(t *testing.T) {
	pick := func(from signal.Origin, e signal.Evidence) signal.PickUp {
		return signal.PickUp{From: from, Evidence: e, Themes: []domain.Code{"huisvesting"}}
	}
	partner := signal.Evidence{Setting: pursuit.Setting{Kind: pursuit.AtPartner, Code: "caw"}}
	volunteers := signal.Evidence{Setting: pursuit.Setting{Kind: pursuit.ByVolunteers, Year: 2024}}
	longAgo := signal.Evidence{Setting: pursuit.Setting{Kind: pursuit.AtActivity, Code: "focusgroep", Year: 2019}}
	for _, c := range []signal.PickUp{
		pick(signal.FromHelpRequest, heardInRequest), pick(signal.FromFocusgroep, heardAtMeeting),
		pick(signal.FromSession, heardInSession), pick(signal.FromSurvey, heardInSurvey),
		pick(signal.FromPartner, partner), pick(signal.FromVolunteer, volunteers),
		pick(signal.FromSession, heardInSewing), pick(signal.FromFocusgroep, longAgo),
	} {
		given(t).When(c).Then(signal.PickedUp(c))
		given(t, signal.PickedUp(c)).When(c).Refused(signal.ErrExists)
	}
	once, twice := pick(signal.FromSurvey, heardInSurvey), pick(signal.FromSurvey, heardInSurvey)
	twice.Themes = []domain.Code{"huisvesting", "huisvesting"}
	given(t).When(twice).Then(signal.PickedUp(once))
	given(t).When(signal.PickUp{From: signal.FromSurvey, Evidence: heardInSurvey}).Refused(signal.ErrNoThemes)
	given(t).When(pick("hearsay", heardInSurvey)).Refused(pursuit.ErrChoiceUnknown)
	given(t).When(pick(signal.FromSession, heardInSurvey)).Refused(signal.ErrOriginUnclear)
	given(t).When(pick(signal.FromFocusgroep, heardInSewing)).Refused(signal.ErrOriginUnclear)
	given(t).When(pick(signal.FromHelpRequest, heardInSewing)).Refused(signal.ErrContactMissing)
	unknown := pick(signal.FromSurvey, heardInSurvey)
	unknown.Thresholds = []domain.Code{"taal", "zwaartekracht"}
	if r := given(t).When(unknown).Refused(vocabulary.ErrUnknownCode); r.Field != "/thresholds/1" {
		t.Errorf("refused at %s, want /thresholds/1", r.Field)
	}
}

func TestPickingUpKeepsEveryCodeOnce(t *testing.T) {
	whole := signal.PickUp{
		From: signal.FromSurvey, Evidence: heardInSurvey, Themes: []domain.Code{"werk"},
		Thresholds: []domain.Code{"taal", "taal"}, TargetGroups: []domain.Code{"jongeren", "jongeren"},
	}
	given(t).When(whole).Then(signal.PickedUp{
		From: whole.From, Evidence: heardInSurvey, Themes: whole.Themes,
		Thresholds: whole.Thresholds[:1], TargetGroups: whole.TargetGroups[:1],
	})
	for field, change := range map[string]func(c *signal.PickUp, codes []domain.Code){
		"/themes":       func(c *signal.PickUp, codes []domain.Code) { c.Themes = codes },
		"/thresholds":   func(c *signal.PickUp, codes []domain.Code) { c.Thresholds = codes },
		"/targetGroups": func(c *signal.PickUp, codes []domain.Code) { c.TargetGroups = codes },
	} {
		unknown, many := whole, whole
		change(&unknown, []domain.Code{"zwaartekracht"})
		if r := given(t).When(unknown).Refused(vocabulary.ErrUnknownCode); r.Field != field+"/0" {
			t.Errorf("refused at %s, want %s/0", r.Field, field)
		}
		change(&many, slices.Repeat([]domain.Code{"zwaartekracht"}, 21))
		if r := given(t).When(many).Refused(signal.ErrTooManyCodes); r.Field != field || r.With["most"] != "20" {
			t.Errorf("refused at %s, naming %v", r.Field, r.With)
		}
	}
	whole.Themes = slices.Repeat([]domain.Code{"werk"}, 20)
	given(t).When(whole).Then(signal.PickedUp{
		From: whole.From, Evidence: heardInSurvey, Themes: whole.Themes[:1],
		Thresholds: whole.Thresholds[:1], TargetGroups: whole.TargetGroups[:1],
	})
}

func TestEvidenceMustExist(t *testing.T) {
	nothing := signal.Facts{On: today, Book: book(t)}
	ask := func(f signal.Facts, e signal.Evidence) domaintest.Answer[signal.Event] {
		return knowing(t, f, pickedUp).When(signal.LinkEvidence{Evidence: e})
	}
	ask(nothing, heardAtMeeting).Refused(pursuit.ErrMeetingNotHeld)
	ask(nothing, heardInSession).Refused(pursuit.ErrSessionNotFound)
	ask(nothing, heardInRequest).Refused(signal.ErrContactNotFound)
	ask(nothing, heardInSewing).Then(signal.EvidenceLinked{Evidence: heardInSewing})
	ask(nothing, heardInSurvey).Nothing()
	withdrawn := facts(t)
	withdrawn.Contact.Withdrawn = true
	ask(withdrawn, heardInRequest).Refused(signal.ErrContactNotFound)
	ask(facts(t), heardInRequest).Then(signal.EvidenceLinked{Evidence: heardInRequest})
	for request, want := range map[int]*domain.Refusal{-1: signal.ErrContactNotFound, 0: signal.ErrContactNotFound, 2: nil, 3: signal.ErrContactNotFound} {
		of := heardInRequest
		of.Request = request
		if answer := ask(facts(t), of); want != nil {
			answer.Refused(want)
		} else {
			answer.Then(signal.EvidenceLinked{Evidence: of})
		}
	}
	for _, contact := range []domain.StreamID{"", "signal-3", "contact-", "contact-DRIE"} {
		ask(facts(t), signal.Evidence{Setting: heardInSewing.Setting, Contact: contact, Request: 1}).Refused(signal.ErrContactMissing)
	}
	for _, s := range []pursuit.Setting{
		{Kind: pursuit.AtFocusgroep, Stream: "session-7"},
		{Kind: pursuit.AtSession, Stream: "session-7", Year: 2023},
		{Kind: pursuit.AtActivity, Code: "naaiatelier", Year: 2025},
		{Kind: pursuit.AtActivity, Code: "naaiatelier", Year: 2023, Stream: "session-7"},
		{Kind: pursuit.InSurvey, Year: 1800},
		{Kind: pursuit.ByVolunteers},
	} {
		ask(facts(t), signal.Evidence{Setting: s}).Refused(pursuit.ErrSettingUnclear)
	}
}

// What picks up, links and reopens is held to the same evidence.
func TestEvidenceIsCheckedWhereverItComesIn(t *testing.T) {
	planned := facts(t)
	planned.MeetingHeld = false
	closed := signal.Closed{Reason: signal.Answered}
	knowing(t, planned).When(signal.PickUp{From: signal.FromFocusgroep, Evidence: heardAtMeeting, Themes: pickedUp.Themes}).
		Refused(pursuit.ErrMeetingNotHeld)
	knowing(t, planned, pickedUp).When(signal.LinkEvidence{Evidence: heardAtMeeting}).Refused(pursuit.ErrMeetingNotHeld)
	knowing(t, planned, pickedUp, closed).When(signal.Reopen{Reason: "Toch.", Evidence: heardAtMeeting}).
		Refused(pursuit.ErrMeetingNotHeld)
}

// Given a practice with a word of its own for the focusgroep, when evidence names that as where it was heard, then it is
// refused: by that name it would go further without a mandate. By the name that all know it does not.
func TestRule1TheFocusgroepHasOneName(t *testing.T) {
	practising := facts(t)
	practising.Book = practising.Book.WithTerm(vocabulary.Activities,
		vocabulary.Term{Code: "bewonersraad", Label: "Bewonersraad", Core: vocabulary.ActivityFocusgroep})
	heard := func(activity domain.Code) signal.Evidence {
		return signal.Evidence{Setting: pursuit.Setting{Kind: pursuit.AtActivity, Code: activity, Year: 2023}}
	}
	closed := signal.Closed{Reason: signal.Answered}
	for _, from := range []signal.Origin{signal.FromFocusgroep, signal.FromSession} {
		knowing(t, practising).When(signal.PickUp{From: from, Evidence: heard("bewonersraad"), Themes: pickedUp.Themes}).
			Refused(pursuit.ErrSettingFocusgroep)
	}
	knowing(t, practising, pickedUp).When(signal.LinkEvidence{Evidence: heard("bewonersraad")}).
		Refused(pursuit.ErrSettingFocusgroep)
	knowing(t, practising, pickedUp, closed).When(signal.Reopen{Reason: "Toch.", Evidence: heard("bewonersraad")}).
		Refused(pursuit.ErrSettingFocusgroep)

	known := signal.EvidenceLinked{Evidence: heard(vocabulary.ActivityFocusgroep)}
	knowing(t, practising, pickedUp).When(signal.LinkEvidence(known)).Then(known)
	knowing(t, practising, pickedUp, worded, known, refusedMandate).When(to(team)).Refused(pursuit.ErrMandateRefused)
}

// Every way in which a setting comes to a signal has it owed what comes, and came, of the signal.
func TestRule2WhoeverRaisedItIsOwedAnAnswer(t *testing.T) {
	answered := signal.AnsweredByOwnOffer{}
	raise := []signal.Event{
		pickedUp, signal.EvidenceLinked{Evidence: heardInSewing}, answered,
		signal.Reopened{Evidence: heardAtMeeting}, answered,
	}
	var debts pursuit.Debts
	for i, e := range raise {
		debts.Apply(domain.Entry{
			Stream: "signal-x", Position: domain.Position{Commit: uint64(i + 1)}, Meta: domain.Meta{On: today}, Event: e,
		})
	}
	want := []pursuit.Setting{heardInSurvey.Setting, heardInSewing.Setting, heardAtMeeting.Setting}
	if got := debts.Settings("signal-x"); !slices.Equal(got, want) {
		t.Errorf("settings %+v, want %+v", got, want)
	}
	for _, standing := range debts.Standings("signal-x") {
		if standing.Unpaid != 2 || standing.Oldest.On != today {
			t.Errorf("%+v, want two outcomes unpaid, the first of today", standing)
		}
	}
}

// The ledger looks up no more and no less than this; what it did not look up, a decision takes for absent.
func TestNeeds(t *testing.T) {
	contact, session := []domain.StreamID{"contact-3"}, []domain.StreamID{"session-7"}
	meetings, bundles := []domain.StreamID{meeting}, pursuit.Needs{Bundles: true}
	atMeeting := pursuit.Needs{Bundles: true, Meetings: meetings}
	heard := pursuit.Needs{Bundles: true, Contacts: contact}
	for _, c := range []struct {
		command signal.Command
		want    pursuit.Needs
	}{
		{signal.PickUp{Evidence: heardInRequest}, heard}, {signal.LinkEvidence{Evidence: heardInRequest}, heard},
		{signal.Reopen{Evidence: heardInRequest}, heard}, {signal.PickUp{Evidence: heardAtMeeting}, atMeeting},
		{signal.LinkEvidence{Evidence: heardInSession}, pursuit.Needs{Bundles: true, Sessions: session}},
		{signal.LinkEvidence{Evidence: heardInSurvey}, bundles},
		{signal.Recognise{Meeting: meeting}, atMeeting}, {signal.GiveMandate{Meeting: meeting}, atMeeting},
		{signal.RefuseMandate{Meeting: meeting}, atMeeting}, {signal.AskOtherWording{Meeting: meeting}, atMeeting},
		{to(team), pursuit.Needs{Bundles: true, Members: true}},
		{signal.TakePublicAction{}, pursuit.Needs{Bundles: true, Members: true}},
		{signal.FeedBack{}, pursuit.Needs{Bundles: true, Debts: true}}, {signal.Close{}, pursuit.Needs{Bundles: true, Debts: true}},
		{signal.HearReaction{}, bundles},
		{signal.HearReaction{NewSignal: other}, pursuit.Needs{Bundles: true, Signals: []domain.StreamID{other}}},
		{signal.Word{}, bundles}, {signal.Park{}, bundles}, {talked(team, pursuit.Noted), bundles},
	} {
		if got := signal.NeedsOf(c.command); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%T needs %+v, want %+v", c.command, got, c.want)
		}
	}
}
