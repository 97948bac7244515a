package projections

import (
	"signaalboek/domain"
	"signaalboek/domain/forum"
	"signaalboek/domain/pursuit"
)

// Agenda is what must be on the next agenda of a forum. Each list has the longest waiting at the top.
type Agenda struct {
	Forum       domain.Code
	Last        *ForumMeeting // the last one held; none if no meeting was recorded
	Next        *ForumMeeting // the first one planned for today or later
	New         []AgendaItem  // scheduled since the last meeting and never discussed there
	CarriedOver []AgendaItem  // scheduled before the last meeting and not discussed since, or deferred there
	Promises    []PromiseRow  // of this forum, neither kept nor broken, the first due at the top
	Awaited     []AgendaItem  // discussed there, or its meeting is past, and an answer is owed
}

// AgendaItem is one signal or recommendation that a forum has to do with: a whole, if it was bundled.
type AgendaItem struct {
	ID        domain.StreamID
	Text      domain.Sealed // statement, first wording or proposal
	Themes    []domain.Code // of a signal
	Scheduled domain.Date   // the day it was last put on the agenda; none: it was discussed without
	Meeting   domain.Date   // the day of the meeting it was scheduled for; none: no day was said
	Discussed domain.Date   // the last time here; none: never
	Outcome   pursuit.Outcome
	Since     domain.Date // what it waits since: scheduled, deferred, or an answer expected
	InNameOf  pursuit.InNameOf
	Through   pursuit.Through
}

// PromiseRow is a promise of a forum.
type PromiseRow struct {
	ID      domain.StreamID // the whole that it was made about
	Text    domain.Sealed   // of the whole
	Made    domain.Date
	By      domain.Date // none: no day was promised
	Promise domain.Sealed
	Stream  domain.StreamID // whose promise it is, and
	Number  int             // which one there, from 1: what PromiseKept and PromiseBroken name
	Forum   domain.Code
	Overdue bool
}

// ForumMeeting is one meeting of a forum.
type ForumMeeting struct {
	ID        forum.MeetingID
	Forum     domain.Code
	Day       domain.Date // that it was held, or is planned for
	Held      bool
	Cancelled bool
	Documents []forum.Document
}
