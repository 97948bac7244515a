package signal

import (
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/vocabulary"
)

// decide notes a first wording, until there is a statement. What is sealed cannot be compared, so a text that is sent
// twice is recorded twice; its command id is what keeps a retry from that.
func (c Note) decide(s State, f Facts) ([]Event, error) {
	if err := s.pursued(f); err != nil {
		return nil, err
	}
	if s.versions > 0 {
		return nil, ErrWordedAlready
	}
	if err := pursuit.CheckRequired(c.Wording, pursuit.MaxStatement, "/wording"); err != nil {
		return nil, err
	}
	return []Event{Noted{Wording: domain.ToSeal(c.Wording)}}, nil
}

// decide words it: always a new version.
func (c Word) decide(s State, f Facts) ([]Event, error) {
	err := pursuit.FirstOf(s.pursued(f), pursuit.CheckRequired(c.Statement, pursuit.MaxStatement, "/statement"))
	if err != nil {
		return nil, err
	}
	return []Event{Worded{Statement: domain.ToSeal(c.Statement), Version: s.versions + 1}}, nil
}

// decide weighs what was worded. A later weighing stands beside an earlier one; the last one holds.
func (c Weigh) decide(s State, f Facts) ([]Event, error) {
	if err := pursuit.FirstOf(s.pursued(f), s.worded()); err != nil {
		return nil, err
	}
	if c.Forum != "" {
		if _, err := pursuit.ForumOf(f.Book, c.Forum, "/forum"); err != nil {
			return nil, err
		}
	}
	if err := pursuit.CheckRequired(c.Reason, pursuit.MaxText, "/reason"); err != nil {
		return nil, err
	}
	return []Event{Weighed{
		Structural: c.Structural, Recurring: c.Recurring, BeyondOnePerson: c.BeyondOnePerson, NeedsOthers: c.NeedsOthers,
		Forum: c.Forum, Reason: domain.ToSeal(c.Reason),
	}}, nil
}

// decide names a keeper. The one it has already is nothing.
func (c NameKeeper) decide(s State, f Facts) ([]Event, error) {
	if err := s.pursued(f); err != nil || s.keeper != "" && s.keeper == c.Role {
		return nil, err
	}
	if err := f.Book.Check(vocabulary.Roles, c.Role, "/role"); err != nil {
		return nil, err
	}
	return []Event{KeeperNamed(c)}, nil
}

// decide has the focusgroep recognise it, also when it was bundled since.
func (c Recognise) decide(s State, f Facts) ([]Event, error) {
	if err := s.open(); err != nil || slices.Contains(s.recognitions, Recognised(c)) {
		return nil, err
	}
	err := pursuit.FirstOf(pursuit.CheckMeeting(c.Meeting, f.MeetingHeld, "/meeting"), pursuit.CheckChoice(c.HowMany, "/howMany", Few, Half, Most))
	if err != nil {
		return nil, err
	}
	return []Event{Recognised(c)}, nil
}

func (c GiveMandate) decide(s State, f Facts) ([]Event, error) {
	return s.speak(f, mandateGiven, c.Meeting, MandateGiven(c))
}

func (c RefuseMandate) decide(s State, f Facts) ([]Event, error) {
	return s.speak(f, mandateRefused, c.Meeting, MandateRefused(c))
}

func (c AskOtherWording) decide(s State, f Facts) ([]Event, error) {
	return s.speak(f, otherWording, c.Meeting, OtherWordingAsked(c))
}

// speak records the word of the focusgroep, also on what was bundled since: its refusal holds for the whole. The same
// word of the same meeting is nothing.
func (s State) speak(f Facts, word mandate, meeting domain.StreamID, event Event) ([]Event, error) {
	if err := s.open(); err != nil || s.mandate == word && s.meeting == meeting {
		return nil, err
	}
	if err := pursuit.CheckMeeting(meeting, f.MeetingHeld, "/meeting"); err != nil {
		return nil, err
	}
	return []Event{event}, nil
}
