package signal_test

import (
	"testing"

	"signaalboek/domain"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/signal"
)

func TestReactionsToFeedback(t *testing.T) {
	told := signal.FedBack{FedBack: pursuit.FedBack{Setting: heardInSurvey.Setting, Channel: "flyer"}}
	hear := func(r signal.Reaction, s domain.StreamID) signal.HearReaction {
		return signal.HearReaction{Setting: heardInSurvey.Setting, Reaction: r, NewSignal: s}
	}
	enough := hear(signal.ReactionNotEnough, "")
	given(t, pickedUp).When(enough).Refused(signal.ErrNothingTold)
	given(t, pickedUp, told).When(enough).Then(signal.ReactionHeard(enough))
	given(t, pickedUp, told, signal.ReactionHeard(enough)).When(enough).Nothing()
	given(t, pickedUp, told, signal.ReactionHeard(enough), told).When(enough).Then(signal.ReactionHeard(enough))
	given(t, pickedUp, told).When(hear(signal.ReactionNewSignal, "")).Refused(signal.ErrNewSignalMissing)
	given(t, pickedUp, told).When(hear(signal.ReactionNewSignal, "signal-none")).Refused(signal.ErrNotFound)
	given(t, pickedUp, told).When(hear(signal.ReactionNotEnough, other)).Refused(pursuit.ErrFieldUnexpected)
	itself := facts(t)
	itself.Stream = other
	knowing(t, itself, pickedUp, told).When(hear(signal.ReactionNewSignal, other)).Refused(signal.ErrNewSignalItself)
	given(t, pickedUp, told).When(hear("cheered", "")).Refused(pursuit.ErrChoiceUnknown)
	known := hear(signal.ReactionRecognised, "")
	given(t, pickedUp, told).When(known).Then(signal.ReactionHeard(known))
	fresh := hear(signal.ReactionNewSignal, other)
	given(t, pickedUp, told).When(fresh).Then(signal.ReactionHeard(fresh))
	fresh.Setting = heardInSewing.Setting
	given(t, pickedUp, told).When(fresh).Refused(signal.ErrNotTold)
}

func TestAnsweringOneself(t *testing.T) {
	offer := signal.AnswerByOwnOffer{What: "Zelf een naailes begonnen.", Tags: []pursuit.Tag{{List: "strategy", Code: "zelf-anders-doen"}}}
	given(t, pickedUp).When(offer).Then(signal.AnsweredByOwnOffer{What: domain.ToSeal(offer.What), Tags: offer.Tags})
	given(t, pickedUp).When(signal.AnswerByOwnOffer{What: " "}).Refused(pursuit.ErrTextMissing)
	offer.Tags = []pursuit.Tag{{List: "theme", Code: "werk"}}
	given(t, pickedUp).When(offer).Refused(pursuit.ErrChoiceUnknown)
	given(t, pickedUp).When(signal.CarryOut{}).Refused(signal.ErrNotWorded)
}

func TestParking(t *testing.T) {
	park := signal.Park{Reason: "Wacht op de begroting.", Until: today + 30}
	parked := signal.Parked{Reason: domain.ToSeal(park.Reason), Until: park.Until}
	given(t, pickedUp).When(park).Then(parked)
	given(t, pickedUp, parked).When(park).Nothing()
	given(t, pickedUp, worded, parked).When(to(team)).Refused(signal.ErrParked)
	given(t, pickedUp, worded, parked, signal.Resumed{}).When(to(team)).Then(on(team))
	given(t, pickedUp, parked).When(signal.Resume{}).Then(signal.Resumed{})
	given(t, pickedUp).When(signal.Resume{}).Nothing()
	bundled := facts(t)
	bundled.Into = other
	knowing(t, bundled, pickedUp, parked).When(signal.Resume{}).Refused(signal.ErrBundled)
	given(t, pickedUp).When(signal.Park{}).Refused(pursuit.ErrTextMissing)
	park.Until = today - 1
	given(t, pickedUp).When(park).Refused(pursuit.ErrDateTooEarly)
}
