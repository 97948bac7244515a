package projections

import (
	"signaalboek/domain"
	"signaalboek/domain/referral"
)

// ReferralState is how far a referral has come.
type ReferralState string

// The states of a referral.
const (
	ReferralOpen      ReferralState = "open" // nobody knows yet whether the person arrived
	ReferralArrived   ReferralState = "arrived"
	ReferralMissed    ReferralState = "missed"
	ReferralCompleted ReferralState = "completed"
	ReferralLapsed    ReferralState = "lapsed"
)

// Referral is one referral, made as such or following from a help request.
type Referral struct {
	ID        domain.StreamID
	Revision  domain.Revision  // domain.NoStream: it follows from a help request and nothing was heard of it yet
	Origin    *referral.Origin // the help request it follows from; nil if it was made as a referral
	On        domain.Date
	Service   domain.Code
	Themes    []domain.Code
	Direction referral.Direction
	Warm      domain.Answer // Unknown when it follows from a help request
	Session   domain.StreamID
	Partner   domain.Code
	State     ReferralState
	Arrived   bool // also when it is completed since
	Missed    referral.MissedReason
	Result    referral.Result
	Since     domain.Date // the day of its last step
}

// ReferralFilter says which referrals are asked for. What is left empty does not matter.
type ReferralFilter struct {
	Service   domain.Code
	Direction referral.Direction
	State     ReferralState
	Period    Period // of the day it was made
	After     string // the Next of the page before
	Limit     int    // rows a page; 50 if 0
}

// ReferralPage is some referrals, newest day first.
type ReferralPage struct {
	Rows []Referral
	Next string // cursor of the page after this one; empty at the end
}

// ReferralCount is what became of the referrals in one direction.
type ReferralCount struct {
	Made      int
	Warm      int // the worker went along
	NotWarm   int
	Arrived   int // also those completed since
	Missed    int
	Completed int
	Lapsed    int
	Open      int // nobody knows yet whether the person arrived
	MissedFor map[referral.MissedReason]int
	Results   map[referral.Result]int
}

// ServiceReferrals is the traffic with one service: In against Out is its reciprocity.
type ServiceReferrals struct {
	Service domain.Code
	Label   string
	Out     ReferralCount
	In      ReferralCount
}

// referrals is where people were sent, and whether they arrived.
//
//	(s *Set) ReferralsByService(practice, Period) []ServiceReferrals    by label; services with traffic only
//	(s *Set) Referrals(practice, ReferralFilter) (ReferralPage, error)  ErrCursor
//	(s *Set) Referral(practice, id) (Referral, bool)         made as such, or following from a request and heard of since
//	(s *Set) ReferralFromRequest(practice, referral.Origin) (Referral, bool)
