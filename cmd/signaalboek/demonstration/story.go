package demonstration

import (
	"fmt"

	"signaalboek/domain"
	"signaalboek/domain/bundle"
	"signaalboek/domain/ledger"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/signal"
)

// story is one signal walking the chain.
type story struct {
	plan     *plan
	fact     fact
	stream   domain.StreamID
	pickedUp domain.Date
	settings []pursuit.Setting // where it was heard
	steps    int
}

// pickUp begins a story: somebody heard it.
func (p *plan) pickUp(of fact, on domain.Date, from signal.Origin, heard signal.Evidence, groups ...domain.Code) *story {
	s := &story{plan: p, fact: of, pickedUp: on, settings: []pursuit.Setting{heard.Setting}}
	command := signal.PickUp{From: from, Evidence: heard, Themes: of.themes, TargetGroups: groups}
	if of.threshold != "" {
		command.Thresholds = []domain.Code{of.threshold}
	}
	s.stream = to(p, p.book.Ledger.Signals).create(errand{
		name: "signal/" + of.key, rank: ofPursuits, on: on, practice: of.practice,
	}, command)
	p.signals[of.key] = s
	return s
}

// fromHelpRequest begins a story with what somebody asked, at the end of the week in which it was registered.
func (p *plan) fromHelpRequest(of fact, r *registration, groups ...domain.Code) *story {
	return p.pickUp(of, p.weekEnd(r.on), signal.FromHelpRequest, p.asked(r), groups...)
}

// asked is a help request as evidence: an activity in a year, and which request it was.
func (p *plan) asked(r *registration) signal.Evidence {
	return signal.Evidence{Setting: during(r.said.Activity, r.on.Year()), Contact: p.stream(r), Request: 1}
}

// fromFocusgroep begins a story at a meeting of the focusgroep.
func (p *plan) fromFocusgroep(of fact, m meeting, groups ...domain.Code) *story {
	return p.pickUp(of, m.on, signal.FromFocusgroep, signal.Evidence{Setting: m.at()}, groups...)
}

// do takes a step.
func (s *story) do(on domain.Date, command signal.Command) *story {
	s.steps++
	to(s.plan, s.plan.book.Ledger.Signals).execute(s.stream, errand{
		name: fmt.Sprintf("signal/%s/%d", s.fact.key, s.steps), rank: ofPursuits, on: on, practice: s.fact.practice,
	}, command)
	return s
}

// heard tells that it was heard once more.
func (s *story) heard(on domain.Date, e signal.Evidence) *story {
	s.settings = append(s.settings, e.Setting)
	return s.do(on, signal.LinkEvidence{Evidence: e})
}

// word states it as the sources do.
func (s *story) word(on domain.Date) *story {
	return s.do(on, signal.Word{Statement: s.fact.statement})
}

// weigh finds it to be structural.
func (s *story) weigh(on domain.Date, reason string) *story {
	return s.do(on, signal.Weigh{Structural: true, Recurring: true, BeyondOnePerson: true, NeedsOthers: true, Reason: reason})
}

func (s *story) keep(on domain.Date, role domain.Code) *story {
	return s.do(on, signal.NameKeeper{Role: role})
}

// mandate has a meeting of the focusgroep recognise it and let it go further.
func (s *story) mandate(m meeting, howMany signal.Share) *story {
	s.do(m.on, signal.Recognise{Meeting: m.stream, HowMany: howMany})
	return s.do(m.on, signal.GiveMandate{Meeting: m.stream})
}

// raise puts it on the agenda of a meeting of a forum.
func (s *story) raise(on domain.Date, in domain.Code, at domain.Date, through pursuit.Through) *story {
	s.plan.sits(in, at)
	return s.do(on, signal.Schedule{Schedule: pursuit.Schedule{
		Forum: in, Meeting: at, InNameOf: pursuit.Partnership, Through: through,
	}})
}

func (s *story) discuss(on domain.Date, said pursuit.Discuss) *story {
	if said.BroughtBy == "" {
		said.BroughtBy = pursuit.Workers
	}
	s.plan.sits(said.Forum, on)
	return s.do(on, signal.Discuss{Discuss: said})
}

func (s *story) decide(on domain.Date, said pursuit.Decide) *story {
	s.plan.sits(said.Forum, on)
	return s.do(on, signal.Decide{Decide: said})
}

// tell tells everybody who raised it what came of it.
func (s *story) tell(on domain.Date, what string) *story {
	for _, setting := range s.settings {
		s.tellAt(on, setting, what)
	}
	return s
}

func (s *story) tellAt(on domain.Date, setting pursuit.Setting, what string) *story {
	return s.do(on, signal.FeedBack{FeedBack: feedback(setting, what)})
}

// feedback is telling a setting something, the way one reaches it.
func feedback(setting pursuit.Setting, what string) pursuit.FeedBack {
	told := pursuit.FeedBack{Setting: setting, ToldWhat: what}
	switch setting.Kind {
	case pursuit.AtFocusgroep:
		told.Channel, told.Present = "focusgroep", 10
	case pursuit.AtActivity, pursuit.AtSession:
		told.Channel, told.Present = "activiteit", 12
	case pursuit.InSurvey:
		told.Channel = "nieuwsbrief"
	default:
		told.Channel = "mondeling"
	}
	return told
}

func (s *story) reacts(on domain.Date, setting pursuit.Setting, reaction signal.Reaction) *story {
	return s.do(on, signal.HearReaction{Setting: setting, Reaction: reaction})
}

func (s *story) close(on domain.Date, reason signal.ClosingReason) *story {
	return s.do(on, signal.Close{Reason: reason})
}

// bundle plans what becomes of signals among each other.
func (p *plan) bundle(name string, on domain.Date, command bundle.Command) {
	to(p, p.book.Ledger.Bundles).execute(ledger.BundlesOf(Harelbeke), errand{
		name: "bundles/" + name, rank: ofPursuits, on: on, actor: coordinator,
	}, command)
}

func during(activity domain.Code, year int) pursuit.Setting {
	return pursuit.Setting{Kind: pursuit.AtActivity, Code: activity, Year: year}
}

func survey(year int) pursuit.Setting {
	return pursuit.Setting{Kind: pursuit.InSurvey, Year: year}
}

func volunteers(year int) pursuit.Setting {
	return pursuit.Setting{Kind: pursuit.ByVolunteers, Year: year}
}

// with is tags, each a list and a code of it.
func with(listsAndCodes ...domain.Code) []pursuit.Tag {
	var tags []pursuit.Tag
	for i := 0; i < len(listsAndCodes); i += 2 {
		tags = append(tags, pursuit.Tag{List: listsAndCodes[i], Code: listsAndCodes[i+1]})
	}
	return tags
}
