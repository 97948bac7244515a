package signal_test

import (
	"strings"
	"testing"

	"signaalboek/domain"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/signal"
	"signaalboek/domain/vocabulary"
)

func TestWords(t *testing.T) {
	long := strings.Repeat("é", pursuit.MaxStatement)
	given(t, pickedUp).When(signal.Word{Statement: long}).Then(signal.Worded{Statement: domain.ToSeal(long), Version: 1})
	given(t, pickedUp).When(signal.Word{Statement: long + "é"}).Refused(pursuit.ErrTextTooLong)
	given(t, pickedUp).When(signal.Word{Statement: " \n"}).Refused(pursuit.ErrTextMissing)
	given(t, pickedUp).When(signal.Word{Statement: "a\x00b"}).Refused(pursuit.ErrTextInvalid)
	given(t, pickedUp).When(signal.Note{Wording: "Eerst zo."}).Then(signal.Noted{Wording: domain.ToSeal("Eerst zo.")})
	given(t, pickedUp, worded).When(signal.Note{Wording: "Eerst zo."}).Refused(signal.ErrWordedAlready)
	given(t, pickedUp).When(signal.Weigh{Reason: "Daarom."}).Refused(signal.ErrNotWorded)
	given(t, pickedUp, worded).When(signal.Weigh{Structural: true, Reason: "Het komt terug."}).Then(structural)
	given(t, pickedUp, worded).When(signal.Weigh{Reason: "Daarom.", Forum: "kaartclub"}).Refused(vocabulary.ErrUnknownForum)
	given(t, pickedUp).When(signal.NameKeeper{Role: "coordinator"}).Then(signal.KeeperNamed{Role: "coordinator"})
	given(t, pickedUp, signal.KeeperNamed{Role: "coordinator"}).When(signal.NameKeeper{Role: "coordinator"}).Nothing()
	given(t, pickedUp, signal.KeeperNamed{Role: "coordinator"}).When(signal.NameKeeper{Role: "buurtopbouwwerker"}).Then(signal.KeeperNamed{Role: "buurtopbouwwerker"})
	given(t, pickedUp).When(signal.NameKeeper{}).Refused(vocabulary.ErrUnknownCode)
	given(t, pickedUp).When(signal.NameKeeper{Role: "burgemeester"}).Refused(vocabulary.ErrUnknownCode)
}

// What was judged is recorded as it was judged, each part for itself.
func TestWeighingKeepsEveryPart(t *testing.T) {
	for _, weigh := range []signal.Weigh{
		{Structural: true}, {Recurring: true}, {BeyondOnePerson: true}, {NeedsOthers: true}, {Forum: team},
	} {
		weigh.Reason = "Daarom."
		given(t, pickedUp, worded).When(weigh).Then(signal.Weighed{
			Structural: weigh.Structural, Recurring: weigh.Recurring, BeyondOnePerson: weigh.BeyondOnePerson,
			NeedsOthers: weigh.NeedsOthers, Forum: weigh.Forum, Reason: domain.ToSeal(weigh.Reason),
		})
	}
}

func TestWordOfTheFocusgroep(t *testing.T) {
	given(t, pickedUp).When(signal.GiveMandate{Meeting: meeting}).Then(mandate)
	given(t, pickedUp, mandate).When(signal.GiveMandate{Meeting: meeting}).Nothing()
	given(t, pickedUp, mandate).When(signal.GiveMandate{Meeting: "focusgroep-13"}).Then(signal.MandateGiven{Meeting: "focusgroep-13"})
	given(t, pickedUp, mandate).When(signal.RefuseMandate{Meeting: meeting}).Then(refusedMandate)
	given(t, pickedUp).When(signal.AskOtherWording{Meeting: meeting}).Then(signal.OtherWordingAsked{Meeting: meeting})
	given(t, pickedUp).When(signal.GiveMandate{Meeting: "session-7"}).Refused(pursuit.ErrMeetingMissing)
	given(t, pickedUp).When(signal.Recognise{Meeting: meeting, HowMany: "all"}).Refused(pursuit.ErrChoiceUnknown)
	known := signal.Recognised{Meeting: meeting, HowMany: signal.Most}
	for _, share := range []signal.Share{signal.Few, signal.Half, signal.Most} {
		seen := signal.Recognised{Meeting: meeting, HowMany: share}
		given(t, pickedUp).When(signal.Recognise(seen)).Then(seen)
	}
	given(t, pickedUp, known).When(signal.Recognise(known)).Nothing()
	planned := facts(t)
	planned.MeetingHeld = false
	knowing(t, planned, pickedUp).When(signal.Recognise(known)).Refused(pursuit.ErrMeetingNotHeld)
	knowing(t, planned, pickedUp).When(signal.GiveMandate{Meeting: meeting}).Refused(pursuit.ErrMeetingNotHeld)
}
