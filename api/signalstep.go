package api

import (
	"net/http"
	"slices"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/bundle"
	"signaalboek/domain/ledger"
	"signaalboek/domain/signal"
	"signaalboek/projections"
)

// signalSteps is all that can be done with a signal, in the order of the road. Bundling is asked with a command that is
// refused for the same reasons: a signal that is not pursued by itself cannot be bundled or split either, and leaves a
// bundle as long as it is open.
var signalSteps = []nextStep[signal.Command]{
	{"note", "words", []projections.NextStep{projections.NextNote}, signal.Note{}, ofSignal(func(f *fields) signal.Command {
		return signal.Note{Wording: f.text("wording")}
	})},
	{"word", "words", []projections.NextStep{projections.NextWord, projections.NextReword}, signal.Word{},
		ofSignal(func(f *fields) signal.Command { return signal.Word{Statement: f.text("statement")} })},
	{"weigh", "words", []projections.NextStep{projections.NextWeigh}, signal.Weigh{}, ofSignal(readWeigh)},
	{"name-keeper", "words", []projections.NextStep{projections.NextNameKeeper}, signal.NameKeeper{},
		ofSignal(func(f *fields) signal.Command { return signal.NameKeeper{Role: f.code("role")} })},
	{"link-evidence", "words", nil, signal.LinkEvidence{}, ofSignal(func(f *fields) signal.Command {
		return signal.LinkEvidence{Evidence: f.evidence()}
	})},
	{"give-mandate", "focusgroep", []projections.NextStep{projections.NextAskMandate, projections.NextMandateNo},
		signal.GiveMandate{}, ofSignal(func(f *fields) signal.Command { return signal.GiveMandate{Meeting: f.meeting()} })},
	{"refuse-mandate", "focusgroep", nil, signal.RefuseMandate{}, ofSignal(func(f *fields) signal.Command {
		return signal.RefuseMandate{Meeting: f.meeting()}
	})},
	{"ask-other-wording", "focusgroep", nil, signal.AskOtherWording{}, ofSignal(func(f *fields) signal.Command {
		return signal.AskOtherWording{Meeting: f.meeting()}
	})},
	{"recognise", "focusgroep", nil, signal.Recognise{}, ofSignal(func(f *fields) signal.Command {
		return signal.Recognise{Meeting: f.meeting(), HowMany: signal.Share(f.text("howMany"))}
	})},
	{"schedule", "forum", []projections.NextStep{projections.NextSchedule}, signal.Schedule{},
		ofSignal(func(f *fields) signal.Command { return signal.Schedule{Schedule: f.schedule()} })},
	{"discuss", "forum", []projections.NextStep{projections.NextAttend, projections.NextAskAnswer}, signal.Discuss{},
		ofSignal(func(f *fields) signal.Command { return signal.Discuss{Discuss: f.discuss()} })},
	{"decide", "forum", nil, signal.Decide{}, ofSignal(func(f *fields) signal.Command {
		return signal.Decide{Decide: f.decide()}
	})},
	{"go-unanswered", "forum", nil, signal.GoUnanswered{}, ofSignal(func(f *fields) signal.Command {
		return signal.GoUnanswered{GoUnanswered: f.goUnanswered()}
	})},
	{"unschedule", "forum", nil, signal.Unschedule{}, ofSignal(func(f *fields) signal.Command {
		return signal.Unschedule{Unschedule: f.unschedule()}
	})},
	{"keep-promise", "action", []projections.NextStep{projections.NextSettlePromise, projections.NextFollowPromise},
		signal.KeepPromise{}, ofPromise(func(f *fields) signal.Command {
			return signal.KeepPromise{KeepPromise: f.keepPromise()}
		})},
	{"break-promise", "action", nil, signal.BreakPromise{}, ofPromise(func(f *fields) signal.Command {
		return signal.BreakPromise{BreakPromise: f.breakPromise()}
	})},
	{"carry-out", "action", []projections.NextStep{projections.NextCarryOut}, signal.CarryOut{},
		ofSignal(func(f *fields) signal.Command { return signal.CarryOut{CarryOut: f.carryOut()} })},
	{"answer-by-own-offer", "action", nil, signal.AnswerByOwnOffer{}, ofSignal(func(f *fields) signal.Command {
		return signal.AnswerByOwnOffer{What: f.text("what"), Tags: f.tags()}
	})},
	{"take-public-action", "action", nil, signal.TakePublicAction{}, ofSignal(func(f *fields) signal.Command {
		return signal.TakePublicAction{TakePublicAction: f.takePublicAction()}
	})},
	{"feed-back", "telling", []projections.NextStep{projections.NextFeedBack}, signal.FeedBack{},
		ofSignal(func(f *fields) signal.Command { return signal.FeedBack{FeedBack: f.feedBack()} })},
	{"hear-reaction", "telling", nil, signal.HearReaction{}, ofSignal(readReaction)},
	{"bundle", "lineage", nil, signal.NameKeeper{}, ofBundles(func(f *fields, id domain.StreamID) bundle.Command {
		return bundle.Bundle{Into: id, Signals: f.signals("signals")}
	})},
	{"bundle-into", "lineage", nil, signal.NameKeeper{}, ofBundles(func(f *fields, id domain.StreamID) bundle.Command {
		return bundle.Bundle{Into: f.signal("into"), Signals: []domain.StreamID{id}}
	})},
	{"unbundle", "lineage", nil, signal.Recognise{}, ofBundles(func(_ *fields, id domain.StreamID) bundle.Command {
		return bundle.Unbundle{Signal: id}
	})},
	{"split", "lineage", nil, signal.NameKeeper{}, ofBundles(func(f *fields, id domain.StreamID) bundle.Command {
		return bundle.SplitUp{Signal: id, Into: f.signals("into")}
	})},
	{"park", "pause", nil, signal.Park{}, ofSignal(func(f *fields) signal.Command {
		return signal.Park{Reason: f.text("reason"), Until: f.day("until")}
	})},
	{"resume", "pause", []projections.NextStep{projections.NextResume}, signal.Resume{},
		ofSignal(func(*fields) signal.Command { return signal.Resume{} })},
	{"close", "pause", []projections.NextStep{projections.NextClose}, signal.Close{},
		ofSignal(func(f *fields) signal.Command { return signal.Close{Reason: signal.ClosingReason(f.text("reason"))} })},
	{"reopen", "pause", nil, signal.Reopen{}, ofSignal(func(f *fields) signal.Command {
		return signal.Reopen{Reason: f.text("reason"), Evidence: f.evidence()}
	})},
}

// ofSignal gives a command to a signal.
func ofSignal(read func(*fields) signal.Command) giving {
	return func(s *site, r *http.Request, id domain.StreamID) errand {
		return writing(s, r, s.Ledger.Signals, id, read)
	}
}

// ofPromise gives a command about a promise to the signal that it was made about: that one may be bundled into the signal
// whose page holds the form.
func ofPromise(read func(*fields) signal.Command) giving {
	return func(s *site, r *http.Request, _ domain.StreamID) errand {
		return func(form *web.Form, meta domain.Meta) (ledger.Receipt, error) {
			key, _ := newFields(*form).promise()
			return ordering(r, s.Ledger.Signals, signalID(key), read)(form, meta)
		}
	}
}

// ofBundles gives a command about a signal to the bundles of the practice.
func ofBundles(read func(*fields, domain.StreamID) bundle.Command) giving {
	return func(s *site, r *http.Request, id domain.StreamID) errand {
		return ordering(r, s.Ledger.Bundles, ledger.BundlesOf(actorOf(r).Practice), func(f *fields) bundle.Command {
			return read(f, id)
		})
	}
}

func readWeigh(f *fields) signal.Command {
	judged := f.codes("judged")
	return signal.Weigh{
		Structural: slices.Contains(judged, "structural"), Recurring: slices.Contains(judged, "recurring"),
		BeyondOnePerson: slices.Contains(judged, "beyond-one-person"), NeedsOthers: slices.Contains(judged, "needs-others"),
		Forum: f.code("forum"), Reason: f.text("reason"),
	}
}

func readReaction(f *fields) signal.Command {
	return signal.HearReaction{
		Setting: web.ParseSetting(f.text("setting")), Reaction: signal.Reaction(f.text("reaction")),
		NewSignal: f.signal("newSignal"),
	}
}

// signal is a signal that was chosen, by its key; none if nothing was.
func (f *fields) signal(name string) domain.StreamID {
	if key := f.text(name); key != "" {
		return signalID(key)
	}
	return ""
}

func (f *fields) signals(name string) []domain.StreamID {
	var ids []domain.StreamID
	for _, key := range f.codes(name) {
		ids = append(ids, signalID(string(key)))
	}
	return ids
}

// signalID is the stream of a signal with a key.
func signalID(key string) domain.StreamID { return domain.NewStreamID(signal.Decider.Category, key) }
