package forum

import (
	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// Facts is what a decision knows besides the stream.
type Facts struct {
	Forum     domain.Code // whose calendar it is: CodeOf of the stream
	On        domain.Date // the day of the command
	Book      vocabulary.Book
	MeetingID MeetingID // for a meeting that is planned: NewMeetingID of the command
}

// PlanMeeting plans a meeting for a day.
type PlanMeeting struct {
	Day domain.Date `json:"day"`
}

// HoldMeeting records that a meeting took place, on the day of the command.
type HoldMeeting struct {
	Meeting MeetingID `json:"meeting"`
}

// CancelMeeting records that a meeting does not take place.
type CancelMeeting struct {
	Meeting MeetingID `json:"meeting"`
}

// LinkDocuments records where the official documents of a meeting are.
type LinkDocuments struct {
	Meeting   MeetingID  `json:"meeting"`
	Documents []Document `json:"documents"`
}

// Meeting is one meeting in the calendar.
type Meeting struct {
	ID        MeetingID
	Day       domain.Date // it was planned for
	Held      bool
	Cancelled bool
	documents []Document
}

// State is what decisions about the calendar need.
type State struct {
	meetings []Meeting
}

// StreamOf is the stream of a practice's calendar of a forum.
func StreamOf(practice domain.PracticeID, forum domain.Code) domain.StreamID {
	return domain.NewStreamID(Decider.Category, string(practice)+"."+string(forum))
}

// NewMeetingID is the id of the meeting that a command plans.
func NewMeetingID(command domain.CommandID) MeetingID { return domain.DeriveID(command, "meeting", 0) }
