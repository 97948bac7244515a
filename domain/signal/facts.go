package signal

import (
	"signaalboek/domain"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/vocabulary"
)

// Facts is what a decision about a signal looks at elsewhere. NeedsOf says which of it a command is decided with; the
// rest may be left out. Stream, On and Book are always needed.
type Facts struct {
	Stream domain.StreamID // of the signal itself
	On     domain.Date     // the day it happened
	Book   vocabulary.Book // the words of the practice, as they are now

	Contact     *ContactFact // the contact that the evidence names; nil: there is no such contact
	MeetingHeld bool         // the focusgroep meeting that the command names was held
	SessionHeld bool         // the session that the evidence names was held, and not withdrawn
	Signals     map[domain.StreamID]pursuit.SignalFact

	Into      domain.StreamID      // bundle.State.Into
	Split     bool                 // bundle.State.IsSplit
	Members   []pursuit.SignalFact // of each of bundle.State.Members
	Standings []pursuit.Standing   // pursuit.Debts.Standings, fed with the streams of bundle.State.Kin and the bundles
}

// ContactFact is what is asked of a contact.
type ContactFact struct {
	Withdrawn bool
	Requests  int // how many help requests it has
}

// NeedsOf says which facts a command is decided with, beside the signal itself.
func NeedsOf(c Command) pursuit.Needs {
	if far, ok := c.(interface{ needs() pursuit.Needs }); ok {
		return far.needs()
	}
	return pursuit.Needs{Bundles: true}
}

func (f Facts) pursuit() pursuit.Facts {
	return pursuit.Facts{On: f.On, Book: f.Book, Standings: f.Standings}
}

func (e Evidence) needs() pursuit.Needs {
	needs := pursuit.Needs{Bundles: true}
	if e.Contact != "" {
		needs.Contacts = []domain.StreamID{e.Contact}
	}
	switch e.Setting.Kind {
	case pursuit.AtFocusgroep:
		needs.Meetings = []domain.StreamID{e.Setting.Stream}
	case pursuit.AtSession:
		needs.Sessions = []domain.StreamID{e.Setting.Stream}
	}
	return needs
}

func atMeeting(meeting domain.StreamID) pursuit.Needs {
	return pursuit.Needs{Bundles: true, Meetings: []domain.StreamID{meeting}}
}

func (c PickUp) needs() pursuit.Needs          { return c.Evidence.needs() }
func (c LinkEvidence) needs() pursuit.Needs    { return c.Evidence.needs() }
func (c Reopen) needs() pursuit.Needs          { return c.Evidence.needs() }
func (c Recognise) needs() pursuit.Needs       { return atMeeting(c.Meeting) }
func (c GiveMandate) needs() pursuit.Needs     { return atMeeting(c.Meeting) }
func (c RefuseMandate) needs() pursuit.Needs   { return atMeeting(c.Meeting) }
func (c AskOtherWording) needs() pursuit.Needs { return atMeeting(c.Meeting) }
func (c FeedBack) needs() pursuit.Needs        { return pursuit.Needs{Bundles: true, Debts: true} }
func (c Close) needs() pursuit.Needs           { return pursuit.Needs{Bundles: true, Debts: true} }

func (c Schedule) needs() pursuit.Needs         { return pursuit.Needs{Bundles: true, Members: true} }
func (c TakePublicAction) needs() pursuit.Needs { return pursuit.Needs{Bundles: true, Members: true} }

func (c HearReaction) needs() pursuit.Needs {
	needs := pursuit.Needs{Bundles: true}
	if c.NewSignal != "" {
		needs.Signals = []domain.StreamID{c.NewSignal}
	}
	return needs
}
