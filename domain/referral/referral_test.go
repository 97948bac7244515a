package referral_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"signaalboek/domain"
	"signaalboek/domain/domaintest"
	"signaalboek/domain/referral"
	"signaalboek/domain/vocabulary"
)

type spec = domaintest.Spec[referral.State, referral.Facts, referral.Command, referral.Event]

var (
	words, _ = vocabulary.Defaults(vocabulary.Harelbeke2022)
	origin   = &referral.Origin{Contact: "contact-6a1f7c52-9c0b-4e2b-8f55-0d9f5a3f0a11", Request: 1, Service: "caw"}
	derived  = referral.Facts{Stream: origin.ID(), Book: words, OriginHolds: true}
	plain    = referral.Facts{Stream: "referral-00000000-0000-0000-0000-000000000001", Book: words, SessionHolds: true}
	made     = referral.Made{
		Service: "caw", Themes: []domain.Code{"werk"}, Warm: domain.Yes, Direction: referral.Out, Session: "session-x",
	}
)

func given(t *testing.T, f referral.Facts, events ...referral.Event) spec {
	t.Helper()
	return domaintest.Given(t, referral.Decider, f, events...)
}

// The id is for ever: were it to change, what happened to a referral would be cut off from it.
func TestIDIsForEver(t *testing.T) {
	const want = "referral-4cc08e9f-3c33-5815-a2f3-13dccd66c18d"
	if got := origin.ID(); got != want || !got.Valid() {
		t.Errorf("id %q, want %q", got, want)
	}
	others := []domain.StreamID{
		referral.ID(origin.Contact, 2, "caw"), referral.ID(origin.Contact, 1, "vdab"), referral.ID("contact-b", 1, "caw"),
	}
	for _, other := range others {
		if other == want {
			t.Error("two referrals of one id")
		}
	}
}

func TestMake(t *testing.T) {
	given(t, plain).When(referral.Make(made)).Then(made)
	given(t, plain, made).When(referral.Make(made)).Nothing()
	given(t, plain, made).When(referral.Make{Service: "vdab", Direction: referral.In}).Refused(referral.ErrExists)
	for _, told := range []referral.Event{
		referral.Arrived{}, referral.Missed{Reason: referral.NotKnown}, referral.Completed{Result: referral.Helped}, referral.Lapsed{},
	} {
		given(t, plain, told).When(referral.Make(made)).Refused(referral.ErrExists)
	}
	comingIn := referral.Make{Service: "caw", Direction: referral.In, Partner: "stadhuis"}
	given(t, plain).When(comingIn).
		Then(referral.Made{Service: "caw", Direction: referral.In, Partner: "stadhuis", Warm: domain.Unknown})
	for name, test := range map[string]struct {
		change func(*referral.Make)
		want   *domain.Refusal
		at     string
	}{
		"service":   {func(c *referral.Make) { c.Service = "" }, vocabulary.ErrUnknownCode, "/service"},
		"themes":    {func(c *referral.Make) { c.Themes = []domain.Code{"x"} }, vocabulary.ErrUnknownCode, "/themes/0"},
		"partner":   {func(c *referral.Make) { c.Partner = "x" }, vocabulary.ErrUnknownCode, "/partner"},
		"direction": {func(c *referral.Make) { c.Direction = "" }, referral.ErrDirection, "/direction"},
		"warm":      {func(c *referral.Make) { c.Warm = "lukewarm" }, referral.ErrWarm, "/warm"},
		"many": {func(c *referral.Make) {
			for range referral.MaxThemes {
				c.Themes = append(c.Themes, "werk")
			}
		}, referral.ErrTooMany, "/themes"},
	} {
		t.Run(name, func(t *testing.T) {
			command := referral.Make(made)
			test.change(&command)
			if refusal := given(t, plain).When(command).Refused(test.want); refusal.Field != test.at {
				t.Errorf("at %q, want %q", refusal.Field, test.at)
			}
		})
	}
	full := referral.Make(made)
	full.Themes = slices.Repeat(full.Themes, referral.MaxThemes)
	given(t, plain).When(full).Then(made) // every theme once
	noSession := plain
	noSession.SessionHolds = false
	given(t, noSession).When(referral.Make(made)).Refused(referral.ErrSession)
}

// Whatever else is said of it, it is another referral.
func TestMakeComparesEveryField(t *testing.T) {
	whole := made
	whole.Partner = "vdab"
	for field, other := range domaintest.EachLacking(t, whole) {
		switch field {
		case "Service":
			other.Service = "stadhuis"
		case "Direction":
			other.Direction = referral.In
		}
		t.Run(field, func(t *testing.T) { given(t, plain, whole).When(referral.Make(other)).Refused(referral.ErrExists) })
	}
}

func TestEveryReasonAndResultIsOffered(t *testing.T) {
	for _, reason := range []referral.MissedReason{
		referral.NotReached, referral.ChangedMind, referral.Threshold, referral.OtherSolution, referral.NotKnown,
	} {
		given(t, plain, made).When(referral.Miss{Reason: reason}).Then(referral.Missed{Reason: reason})
	}
	for _, result := range []referral.Result{referral.Helped, referral.WaitingList, referral.NotHelped, referral.SentBack} {
		given(t, plain, made, referral.Arrived{}).When(referral.Complete{Result: result}).Then(referral.Completed{Result: result})
	}
}

// Rule 4: several things may follow each other; none overwrites another.
func TestRule4WhatBecameOfIt(t *testing.T) {
	arrived, missed, lapsed := referral.Arrived{}, referral.Missed{Reason: referral.Threshold}, referral.Lapsed{}
	waiting, helped := referral.Completed{Result: referral.WaitingList}, referral.Completed{Result: referral.Helped}

	given(t, plain, made).When(referral.Arrive{}).Then(arrived)
	given(t, plain, made, arrived).When(referral.Arrive{}).Nothing()
	given(t, plain, made, missed).When(referral.Arrive{}).Then(arrived) // came after all
	given(t, plain, made, lapsed).When(referral.Arrive{}).Then(arrived)

	given(t, plain, made).When(referral.Miss(missed)).Then(missed)
	given(t, plain, made, missed).When(referral.Miss(missed)).Nothing()
	given(t, plain, made, arrived).When(referral.Miss(missed)).Refused(referral.ErrArrived)
	given(t, plain, made).When(referral.Miss{Reason: "weather"}).Refused(referral.ErrReason)

	given(t, plain, made, arrived).When(referral.Complete(waiting)).Then(waiting)
	given(t, plain, made, arrived, waiting).When(referral.Complete(waiting)).Nothing()
	given(t, plain, made, arrived, waiting).When(referral.Complete(helped)).Then(helped)
	given(t, plain, made).When(referral.Complete(helped)).Then(arrived, helped)
	given(t, plain, made, missed).When(referral.Complete(helped)).Refused(referral.ErrMissed)
	given(t, plain, made).When(referral.Complete{}).Refused(referral.ErrResult)
	given(t, plain, made, missed, arrived).When(referral.Complete(helped)).Then(helped)
	given(t, plain, made, lapsed, arrived).When(referral.Lapse{}).Then(lapsed)

	given(t, plain, made).When(referral.Lapse{}).Then(lapsed)
	given(t, plain, made, lapsed).When(referral.Lapse{}).Nothing()
	given(t, plain, made, missed).When(referral.Lapse{}).Refused(referral.ErrMissed)
	given(t, plain, made, arrived, helped).When(referral.Lapse{}).Refused(referral.ErrCompleted)
}

func TestReferralOfAHelpRequest(t *testing.T) {
	given(t, derived).When(referral.Arrive{Origin: origin}).Then(referral.Arrived{Origin: origin})
	given(t, derived).When(referral.Complete{Origin: origin, Result: referral.Helped}).
		Then(referral.Arrived{Origin: origin}, referral.Completed{Origin: origin, Result: referral.Helped})
	given(t, derived).When(referral.Arrive{}).Refused(referral.ErrUnknown)

	gone := derived
	gone.OriginHolds = false
	elsewhere := derived
	elsewhere.Stream = plain.Stream
	for _, command := range []referral.Command{
		referral.Arrive{Origin: origin}, referral.Miss{Origin: origin, Reason: referral.NotKnown},
		referral.Complete{Origin: origin, Result: referral.Helped}, referral.Lapse{Origin: origin},
	} {
		given(t, gone).When(command).Refused(referral.ErrGone)
		given(t, elsewhere).When(command).Refused(referral.ErrOrigin)
		given(t, plain, made).When(command).Refused(referral.ErrOrigin)
		if needs := referral.NeedsOf(command); needs.Origin != origin || needs.Session != "" {
			t.Errorf("%T needs %+v", command, needs)
		}
	}
	if needs := referral.NeedsOf(referral.Make(made)); needs.Session != "session-x" || needs.Origin != nil {
		t.Errorf("Make needs %+v", needs)
	}
}

// Rule 12: asked again, nothing is recorded twice; and the other laws of domaintest.Laws.
func TestRule12AndOtherLaws(t *testing.T) {
	domaintest.Laws[referral.State, referral.Facts, referral.Command, referral.Event]{
		Decider:  referral.Decider,
		Commands: rapid.Custom(drawCommand),
		Facts: func(t *rapid.T, _ referral.Facts, _ referral.State, _ referral.Command) referral.Facts {
			return referral.Facts{Stream: origin.ID(), Book: words, OriginHolds: true, SessionHolds: true}
		},
	}.Check(t)
}

func drawCommand(t *rapid.T) referral.Command {
	from := rapid.SampledFrom([]*referral.Origin{nil, origin, origin, {Contact: "contact-b", Request: 1}}).Draw(t, "origin")
	way := rapid.SampledFrom([]referral.Direction{referral.Out, "x"}).Draw(t, "way")
	reason := rapid.SampledFrom([]referral.MissedReason{"", referral.NotKnown, referral.Threshold}).Draw(t, "reason")
	result := rapid.SampledFrom([]referral.Result{"", referral.Helped, referral.WaitingList}).Draw(t, "result")
	switch rapid.IntRange(0, 5).Draw(t, "command") {
	case 0:
		return referral.Make{Service: "caw", Direction: way}
	case 1:
		return referral.Miss{Origin: from, Reason: reason}
	case 2, 3:
		return referral.Complete{Origin: from, Result: result}
	case 4:
		return referral.Lapse{Origin: from}
	default:
		return referral.Arrive{Origin: from}
	}
}
