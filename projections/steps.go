package projections

import (
	"fmt"

	"signaalboek/domain"
	"signaalboek/domain/pursuit"
)

// step applies one step of a pursuit and says what a sentence about it needs.
func (s *Signals) step(no thingNo, step pursuit.Step, r *Reading) (described, error) {
	t := s.change(no)
	switch step := step.(type) {
	case pursuit.Scheduled:
		t.set(isUnmandated, t.is(isUnmandated) || step.WithoutMandate)
		return s.schedule(no, step, r), nil
	case pursuit.Unscheduled:
		m := s.matter(no, step.Forum)
		m.scheduled, m.meeting = 0, 0
		s.setManner(m, func(how *manner) { how.deferred = false })
		return described{saying: saying{forum: m.forum}}, nil
	case pursuit.Discussed:
		return s.discuss(no, step, r), nil
	case pursuit.WentUnanswered:
		return s.unanswered(no, step, r), nil
	case pursuit.Decided:
		return s.decide(no, step, r), nil
	case pursuit.PromiseKept:
		return s.settlePromise(no, step.Promise, promiseKept, r)
	case pursuit.PromiseBroken:
		return s.settlePromise(no, step.Promise, promiseBroken, r)
	case pursuit.PublicActionTaken: // it asks nobody anything
	case pursuit.CarriedOut:
		s.carryOut(no, r)
	case pursuit.FedBack:
		s.names.setting(step.Setting)
		s.touch(no)
	default:
		return described{}, fmt.Errorf("%T is not a step that is known here", step)
	}
	return described{}, nil
}

// matter is where a thing stands with a forum; a step changes it now.
func (s *Signals) matter(no thingNo, forum domain.Code) *matter {
	code, t := s.names.code(forum), s.change(no)
	for at := t.matter; at != 0; {
		m := s.matterAt(at)
		if m.forum == code {
			changed := s.matters.change(uint32(at))
			changed.seq = s.events
			return changed
		}
		at = m.next
	}
	t.matter = matterNo(s.matters.add(matter{thing: no, forum: code, next: t.matter, seq: s.events}))
	desk := s.desk(t.practice, code)
	desk.matters = append(desk.matters, t.matter)
	return s.matters.change(uint32(t.matter))
}

func (s *Signals) schedule(no thingNo, step pursuit.Scheduled, r *Reading) described {
	m := s.matter(no, step.Forum)
	m.scheduled, m.meeting = r.Meta.On, step.Meeting
	m.manner = s.manners.number(manner{
		outcome:  s.mannerOf(m).outcome,
		inNameOf: s.names.code(domain.Code(step.InNameOf)), through: s.names.code(domain.Code(step.Through)),
	})
	if m.first.IsZero() {
		m.first = r.Meta.On
	}
	return described{saying: saying{forum: m.forum}, expected: step.Meeting}
}

func (s *Signals) discuss(no thingNo, step pursuit.Discussed, r *Reading) described {
	m := s.matter(no, step.Forum)
	m.discussed = max(m.discussed, r.Meta.On)
	outcome, deferred := s.names.code(domain.Code(step.Outcome)), step.Outcome == pursuit.Deferred
	s.setManner(m, func(how *manner) { how.outcome, how.deferred = outcome, deferred })
	if m.talked.IsZero() {
		m.talked = r.Meta.On
	}
	if !deferred {
		m.scheduled = 0
	} else if m.scheduled.IsZero() {
		m.scheduled = r.Meta.On
	}
	m.meeting, m.waiting = 0, 0
	if owesAnswer(step.Outcome) {
		m.waiting = r.Meta.On
	}
	was := described{saying: saying{forum: m.forum, outcome: outcome}, expected: step.PromiseBy}
	s.sendOn(no, step, r)
	s.promise(no, was.forum, step, r)
	s.count(no, was, r)
	return was
}

// owesAnswer reports whether a forum that says this still owes an answer. To take note, to decline and to be outside
// competence are answers; what is forwarded is owed by the next forum.
func owesAnswer(said pursuit.Outcome) bool {
	return said == pursuit.TakenUp || said == pursuit.Deferred || said == pursuit.Promised
}

func (s *Signals) count(no thingNo, was described, r *Reading) {
	t := s.thing(no)
	desk := s.desk(t.practice, was.forum)
	desk.outcomes[was.outcome]++
	desk.talked = max(desk.talked, r.Meta.On)
	s.owe(no, r, was)
}

// sendOn notes that a forum sent a thing to another one, which owes the answer now.
func (s *Signals) sendOn(no thingNo, step pursuit.Discussed, r *Reading) {
	if step.ForwardedTo == "" {
		return
	}
	m := s.matter(no, step.ForwardedTo)
	if m.waiting.IsZero() {
		m.waiting = r.Meta.On
	}
	if m.first.IsZero() {
		m.first = r.Meta.On
	}
}

func (s *Signals) promise(no thingNo, forum symbol, step pursuit.Discussed, r *Reading) {
	if step.Outcome != pursuit.Promised {
		return
	}
	t, before := s.change(no), uint32(0)
	if t.promise != 0 {
		before = s.promiseAt(t.promise).number
	}
	t.promise = promiseNo(s.promises.add(promise{
		text: textOf(r, fieldPromise, step.Promise), thing: no, next: t.promise, forum: forum,
		made: r.Meta.On, by: step.PromiseBy, number: before + 1,
	}))
	desk := s.desk(t.practice, forum)
	desk.promises = append(desk.promises, t.promise)
}

func (s *Signals) settlePromise(no thingNo, number int, as promiseState, r *Reading) (described, error) {
	for at := s.thing(no).promise; at != 0; {
		p := s.promiseAt(at)
		if int(p.number) != number {
			at = p.next
			continue
		}
		s.promises.change(uint32(at)).state = as
		s.matter(no, s.names.codeOf(p.forum)).waiting = 0
		was := described{saying: saying{forum: p.forum}}
		s.owe(no, r, was)
		return was, nil
	}
	return described{}, fmt.Errorf("%s holds no promise %d", r.Stream, number)
}

func (s *Signals) unanswered(no thingNo, step pursuit.WentUnanswered, r *Reading) described {
	m := s.matter(no, step.Forum)
	m.waiting, m.scheduled, m.meeting = 0, 0, 0
	s.setManner(m, func(how *manner) { how.deferred = false })
	s.desk(s.thing(no).practice, m.forum).unanswered++
	was := described{saying: saying{forum: m.forum}}
	s.owe(no, r, was)
	return was
}

func (s *Signals) decide(no thingNo, step pursuit.Decided, r *Reading) described {
	m := s.matter(no, step.Forum)
	m.waiting, m.scheduled, m.meeting = 0, 0, 0
	s.setManner(m, func(how *manner) { how.deferred = false })
	if m.decided.IsZero() && !m.first.IsZero() && m.first <= r.Meta.On {
		m.decided = r.Meta.On
	}
	t := s.change(no)
	t.set(isDecidedFor, step.Verdict != pursuit.Rejected)
	was := described{saying: saying{forum: m.forum, verdict: s.names.code(domain.Code(step.Verdict))}}
	s.desk(t.practice, m.forum).verdicts[was.verdict]++
	s.owe(no, r, was)
	return was
}

// carryOut ends every wait: what was asked for came about.
func (s *Signals) carryOut(no thingNo, r *Reading) {
	t := s.change(no)
	if t.carried.IsZero() {
		t.carried = r.Meta.On
	}
	t.set(isDecidedFor, false)
	for at := t.matter; at != 0; {
		m := s.matters.change(uint32(at))
		m.waiting, at = 0, m.next
	}
	s.owe(no, r, described{})
}
