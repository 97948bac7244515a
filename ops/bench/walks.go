package main

import (
	"signaalboek/domain"
	"signaalboek/domain/bundle"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/recommendation"
	"signaalboek/domain/signal"
	"signaalboek/domain/vocabulary"
)

// walk is a signal on its way along the chain.
type walk struct {
	*stream
	in        *place
	settings  []pursuit.Setting
	promises  int
	rounds    int
	ended     bool // bundled or closed: it takes no more steps
	structure bool
}

// pickUp has a signal heard somewhere.
func (r *region) pickUp(p *place) {
	year := r.today.Year()
	switch n := r.rng.IntN(10); {
	case n < 3 && len(p.meetings) > 0:
		r.hear(p, signal.FromFocusgroep, signal.Evidence{Setting: r.atFocusgroep(p)})
	case n < 6 && len(p.sessions) > 0:
		stream := p.sessions[len(p.sessions)-1-r.early(len(p.sessions))]
		r.later(1, 3, func() {
			r.hear(p, signal.FromSession, signal.Evidence{Setting: pursuit.Setting{Kind: pursuit.AtSession, Stream: stream}})
		})
	case n < 8:
		setting := pursuit.Setting{Kind: pursuit.AtPartner, Code: r.of(vocabulary.Services)}
		r.hear(p, signal.FromPartner, signal.Evidence{Setting: setting})
	default:
		r.hear(p, signal.FromVolunteer, signal.Evidence{Setting: pursuit.Setting{Kind: pursuit.ByVolunteers, Year: year}})
	}
}

func (r *region) atFocusgroep(p *place) pursuit.Setting {
	return pursuit.Setting{Kind: pursuit.AtFocusgroep, Stream: p.meetings[len(p.meetings)-1-r.early(len(p.meetings))]}
}

// pickUpRequest has a help request taken up as a signal.
func (r *region) pickUpRequest(p *place, from domain.StreamID, request int, activity domain.Code) {
	setting := pursuit.Setting{Kind: pursuit.AtActivity, Code: activity, Year: r.today.Year()}
	r.hear(p, signal.FromHelpRequest, signal.Evidence{Setting: setting, Contact: from, Request: request})
}

func (r *region) hear(p *place, from signal.Origin, evidence signal.Evidence) {
	w := &walk{stream: r.newStream("signal"), in: p, settings: []pursuit.Setting{evidence.Setting}}
	r.emit(p, w.stream, signal.PickedUp{
		From: from, Evidence: evidence, Themes: r.some(vocabulary.Themes, 2),
		Thresholds: r.some(vocabulary.Thresholds, 2), TargetGroups: r.some(vocabulary.TargetGroups, 1),
	})
	r.next(w, 1, 15, r.note)
}

// next has the next step of a walk happen, unless it has ended by then.
func (r *region) next(w *walk, from, until int, step func(*walk)) {
	r.later(from, until, func() {
		if !w.ended {
			step(w)
		}
	})
}

func (r *region) note(w *walk) {
	r.emit(w.in, w.stream, signal.Noted{Wording: domain.ToSeal(r.sentence())})
	if r.often(92) {
		r.next(w, 2, 30, r.word)
	}
}

func (r *region) word(w *walk) {
	r.emit(w.in, w.stream, signal.Worded{Statement: domain.ToSeal(r.sentence()), Version: 1})
	w.in.signals = append(w.in.signals, w)
	r.next(w, 2, 40, r.weigh)
	if r.often(40) {
		r.next(w, 1, 200, r.hearAgain)
	}
	if r.often(7) {
		r.next(w, 5, 100, r.bundle)
	}
}

// hearAgain links evidence from elsewhere.
func (r *region) hearAgain(w *walk) {
	if len(w.in.meetings) == 0 {
		return
	}
	setting := r.atFocusgroep(w.in)
	for _, known := range w.settings {
		if known == setting {
			return
		}
	}
	w.settings = append(w.settings, setting)
	r.emit(w.in, w.stream, signal.EvidenceLinked{Evidence: signal.Evidence{Setting: setting}})
	if r.often(60) {
		r.emit(w.in, w.stream, signal.Recognised{Meeting: setting.Stream, HowMany: signal.Half})
		r.emit(w.in, w.stream, signal.MandateGiven{Meeting: setting.Stream})
	}
}

// bundle makes the signal one with an earlier one that stands on its own.
func (r *region) bundle(w *walk) {
	into := w.in.signals[r.rng.IntN(len(w.in.signals))]
	if into == w || into.ended || w.promises > 0 {
		return
	}
	w.ended = true
	into.settings = append(into.settings, w.settings...)
	r.emit(w.in, w.in.bundles, bundle.Bundled{Signals: []domain.StreamID{w.id}, Into: into.id})
}

func (r *region) weigh(w *walk) {
	structural := r.often(85)
	r.emit(w.in, w.stream, signal.Weighed{
		Structural: structural, Recurring: r.often(60), BeyondOnePerson: true, NeedsOthers: r.often(70),
		Reason: domain.ToSeal(r.sentence()),
	})
	if !structural {
		r.next(w, 1, 20, func(w *walk) { r.close(w, signal.NotASignal) })
		return
	}
	if r.often(60) {
		r.emit(w.in, w.stream, signal.KeeperNamed{Role: "buurtwerker"})
	}
	r.next(w, 3, 90, r.schedule)
	if r.often(8) {
		r.next(w, 20, 120, r.recommend)
	}
}

func (r *region) schedule(w *walk) {
	forum := w.in.forums[r.early(len(w.in.forums))]
	w.rounds++
	r.emit(w.in, w.stream, signal.Scheduled{Scheduled: pursuit.Scheduled{
		Forum: forum, Meeting: r.today + 14, InNameOf: pursuit.Partnership, Through: pursuit.OwnItem,
	}})
	switch {
	case r.often(75):
		r.next(w, 14, 25, func(w *walk) { r.discuss(w, forum) })
	case r.often(50):
		r.next(w, 90, 200, func(w *walk) {
			r.emit(w.in, w.stream, signal.WentUnanswered{WentUnanswered: pursuit.WentUnanswered{Forum: forum, Since: r.today - 60}})
			r.again(w)
		})
	}
}

// again puts the signal on another agenda, a few times at most.
func (r *region) again(w *walk) {
	if w.rounds < 3 {
		r.next(w, 20, 120, r.schedule)
	}
}

func (r *region) discuss(w *walk, forum domain.Code) {
	discussed := pursuit.Discussed{Forum: forum, BroughtBy: pursuit.Workers, Motivation: domain.ToSeal(r.sentence())}
	switch n := r.rng.IntN(10); {
	case n < 3:
		discussed.Outcome = pursuit.TakenUp
		r.next(w, 10, 120, func(w *walk) { r.decide(w, forum) })
	case n < 5:
		discussed.Outcome, discussed.Promise = pursuit.Promised, domain.ToSeal(r.sentence())
		discussed.PromiseBy = r.today + 90
		w.promises++
		promise := w.promises
		if r.often(70) {
			r.next(w, 30, 150, func(w *walk) { r.keep(w, promise) })
		}
	case n < 8:
		discussed.Outcome = pursuit.Noted
		r.again(w)
	default:
		discussed.Outcome = pursuit.Deferred
		r.again(w)
	}
	r.emit(w.in, w.stream, signal.Discussed{Discussed: discussed})
	r.maybeTell(w)
}

func (r *region) decide(w *walk, forum domain.Code) {
	verdict := [...]pursuit.Verdict{pursuit.Adopted, pursuit.Partly, pursuit.Rejected}[r.rng.IntN(3)]
	r.emit(w.in, w.stream, signal.Decided{Decided: pursuit.Decided{
		Forum: forum, Verdict: verdict, Motivation: domain.ToSeal(r.sentence()),
		Reference: &pursuit.Reference{URI: "https://besluiten.example.org/" + r.newID().String()},
	}})
	if verdict != pursuit.Rejected {
		r.next(w, 20, 200, r.carryOut)
		return
	}
	r.maybeTell(w)
	r.next(w, 30, 60, r.tellAndClose)
}

func (r *region) keep(w *walk, promise int) {
	if r.often(30) {
		r.emit(w.in, w.stream, signal.PromiseBroken{PromiseBroken: pursuit.PromiseBroken{Promise: promise}})
		r.again(w)
		return
	}
	r.emit(w.in, w.stream, signal.PromiseKept{PromiseKept: pursuit.PromiseKept{Promise: promise}})
	r.next(w, 5, 60, r.carryOut)
}

func (r *region) carryOut(w *walk) {
	r.emit(w.in, w.stream, signal.CarriedOut{CarriedOut: pursuit.CarriedOut{What: domain.ToSeal(r.sentence())}})
	if r.often(85) {
		r.next(w, 5, 90, r.tellAndClose)
	}
}

func (r *region) maybeTell(w *walk) {
	if r.often(40) {
		r.next(w, 3, 40, r.tell)
	}
}

// tell tells every setting what came of it.
func (r *region) tell(w *walk) {
	for _, setting := range w.settings {
		r.emit(w.in, w.stream, signal.FedBack{FedBack: pursuit.FedBack{
			Setting: setting, Channel: r.of(vocabulary.FeedbackChannels), Present: r.rng.IntN(20),
		}})
	}
}

func (r *region) tellAndClose(w *walk) {
	r.tell(w)
	r.close(w, signal.Answered)
}

func (r *region) close(w *walk, why signal.ClosingReason) {
	r.emit(w.in, w.stream, signal.Closed{Reason: why})
	w.ended = true
}

// recommend has a proposal made that answers the signal, and taken to a forum.
func (r *region) recommend(w *walk) {
	made := r.newStream("recommendation")
	r.emit(w.in, made, recommendation.Drafted{
		Text: domain.ToSeal(r.sentence()), Answers: []domain.StreamID{w.id}, MadeBy: recommendation.ByFocusgroep,
	})
	forum := w.in.forums[r.early(len(w.in.forums))]
	r.later(5, 60, func() {
		r.emit(w.in, made, recommendation.Scheduled{Scheduled: pursuit.Scheduled{
			Forum: forum, Meeting: r.today + 14, InNameOf: pursuit.Partnership, Through: pursuit.OwnItem,
		}})
		r.later(14, 30, func() {
			r.emit(w.in, made, recommendation.Discussed{Discussed: pursuit.Discussed{
				Forum: forum, Outcome: pursuit.TakenUp, BroughtBy: pursuit.Both, Motivation: domain.ToSeal(r.sentence()),
			}})
		})
	})
}

// sentence is a text about as long as what people write.
func (r *region) sentence() string {
	who, what, why := sentences.who, sentences.what, sentences.why
	return who[r.rng.IntN(len(who))] + " " + what[r.rng.IntN(len(what))] + " " + why[r.rng.IntN(len(why))]
}

var sentences = struct{ who, what, why []string }{
	who: []string{
		"Gezinnen met jonge kinderen", "Bewoners zonder eigen wagen", "Ouderen die alleen wonen", "Huurders met een laag inkomen",
		"Nieuwkomers die de taal leren", "Jongeren zonder diploma", "Alleenstaande ouders", "Mensen zonder computer",
	},
	what: []string{
		"kunnen niet inschrijven voor de vakantiewerking", "geraken niet op tijd aan het loket", "vinden geen betaalbare woning",
		"krijgen brieven die zij niet begrijpen", "haken af bij het aanvragen van een toelage", "vinden geen oefenkansen Nederlands",
		"wachten te lang op een eerste gesprek", "kennen het aanbod van vrijetijdsparticipatie niet",
	},
	why: []string{
		"omdat het enkel digitaal kan.", "omdat het loket sluit om twaalf uur.", "omdat de bus er niet rijdt.",
		"omdat de kostprijs in een keer gevraagd wordt.", "omdat er een wachtlijst is van meer dan een jaar.",
		"omdat niemand weet bij wie men terecht kan.", "omdat de brieven in moeilijke taal geschreven zijn.",
	},
}
