package projections

import (
	"errors"
	"reflect"
	"testing"

	"signaalboek/domain"
	"signaalboek/domain/contact"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/referral"
	"signaalboek/domain/session"
	"signaalboek/domain/signal"
)

func request(themes, approaches, services string) contact.Request {
	codes := func(code string) []domain.Code {
		if code == "" {
			return nil
		}
		return []domain.Code{domain.Code(code)}
	}
	return contact.Request{Themes: codes(themes), Approaches: codes(approaches), Services: codes(services)}
}

func visited(activity domain.Code, requests ...contact.Request) contact.Details {
	return contact.Details{Activity: activity, Known: domain.Unknown, Requests: requests}
}

// contactsLog is five contacts: one corrected to another day, one withdrawn, one followed up.
func contactsLog() *log {
	l := newLog()
	l.contact(streamIn("contact", 1), date(2022, 3, 1), 1, domain.No, contact.Registered{
		Details: visited("huisbezoek", request("huisvesting", "doorverwijzing", "caw"), request("werk", "informatie", ""))})
	l.contact(streamIn("contact", 2), date(2022, 3, 9), 2, domain.No, contact.Registered{Details: visited("digipunt")})
	l.contact(streamIn("contact", 3), date(2022, 3, 5), 0, "", contact.Registered{
		Details: visited("digipunt", request("werk", "opgepikt-als-signaal", "vdab"))})
	l.contact(streamIn("contact", 4), date(2022, 4, 2), 0, "", contact.Registered{
		Details: visited("naaiatelier", request("nt2", "opgepikt-als-signaal", ""))})
	l.contact(streamIn("contact", 5), date(2022, 3, 5), 0, "", contact.Registered{Details: visited("huisbezoek", request("werk", "", "caw"))})
	l.contact(streamIn("contact", 2), date(2022, 2, 1), 2, domain.No, contact.Corrected{
		Details: visited("digipunt", request("huisvesting", "informatie", "")), Reason: contact.WrongDay})
	l.on(streamIn("contact", 5), date(2022, 3, 6), contact.Withdrawn{Reason: contact.EnteredTwice})
	l.on(streamIn("contact", 1), date(2022, 5, 1), contact.RequestFollowedUp{Request: 2, Services: []domain.Code{"vdab"}, Settled: true})
	return l
}

func TestContactsLists(t *testing.T) {
	s := thawed(t, contactsLog().set(t))
	tests := map[string]struct {
		filter ContactFilter
		want   []int
	}{
		"all, newest first":              {ContactFilter{}, []int{4, 5, 3, 1, 2}},
		"of an activity":                 {ContactFilter{Activity: "digipunt"}, []int{3, 2}},
		"with a theme":                   {ContactFilter{Theme: "huisvesting"}, []int{1, 2}},
		"with both in one request":       {ContactFilter{Theme: "huisvesting", Service: "caw"}, []int{1}},
		"with each in another request":   {ContactFilter{Theme: "huisvesting", Approach: "informatie"}, []int{2}},
		"with a service that came later": {ContactFilter{Service: "vdab"}, []int{3, 1}},
		"in a period":                    {ContactFilter{Period: Period{date(2022, 3, 1), date(2022, 3, 5)}}, []int{5, 3, 1}},
		"with a code nobody used":        {ContactFilter{Theme: "gezondheid"}, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			for _, limit := range []int{0, 1, 2} {
				if got := pagesOf(t, s, tt.filter, limit); !reflect.DeepEqual(got, streamsIn("contact", tt.want)) {
					t.Errorf("pages of %d give %v, not contacts %v", limit, got, tt.want)
				}
			}
		})
	}
	if _, err := s.Contacts.List(here, ContactFilter{After: "2022-01-01.x"}); !errors.Is(err, ErrCursor) {
		t.Errorf("a cursor that no page gave: %v", err)
	}
	if page, _ := s.Contacts.List("elsewhere", ContactFilter{}); page.Rows != nil {
		t.Error("another practice sees them")
	}
}

func pagesOf(t *testing.T, s *Set, filter ContactFilter, limit int) (ids []domain.StreamID) {
	t.Helper()
	for filter.Limit = limit; ; {
		page, err := s.Contacts.List(here, filter)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range page.Rows {
			ids = append(ids, row.ID)
		}
		if filter.After = page.Next; page.Next == "" {
			return ids
		}
	}
}

func streamsIn(category string, numbers []int) (ids []domain.StreamID) {
	for _, n := range numbers {
		ids = append(ids, streamIn(category, n))
	}
	return ids
}

func TestContactAndItsHistory(t *testing.T) {
	s := thawed(t, contactsLog().set(t))
	one, _ := s.Contacts.Contact(here, streamIn("contact", 2))
	if one.On != date(2022, 2, 1) || one.Corrected != 1 || one.Revision != 1 || !one.Recognised || one.Known != domain.Unknown {
		t.Errorf("corrected, it reads %+v", one)
	}
	said := []Said{}
	for _, mark := range one.History {
		said = append(said, mark.Said)
	}
	if !reflect.DeepEqual(said, []Said{"registered", "corrected"}) || one.History[0].On != date(2022, 3, 9) || one.History[1].Reason != "wrong-day" {
		t.Errorf("its history is %v", one.History)
	}
	two, _ := s.Contacts.Contact(here, streamIn("contact", 1))
	if len(two.Requests) != 2 || !two.Requests[1].Settled || !two.Requests[1].FollowedUp || two.Requests[1].Services[0] != "vdab" {
		t.Errorf("followed up, its requests are %+v", two.Requests)
	}
	if five, _ := s.Contacts.Contact(here, streamIn("contact", 5)); !five.Withdrawn {
		t.Error("it is not withdrawn")
	}
	if _, found := s.Contacts.Contact("elsewhere", streamIn("contact", 1)); found {
		t.Error("another practice finds it")
	}
}

// That a request is settled stays when the contact is corrected, as its own state has it.
func TestCorrectionKeepsSettled(t *testing.T) {
	l := contactsLog()
	l.contact(streamIn("contact", 1), date(2022, 3, 1), 1, domain.No, contact.Corrected{
		Details: visited("huisbezoek", request("werk", "", ""), request("nt2", "", "")), Reason: contact.Incomplete})
	one, _ := l.set(t).Contacts.Contact(here, streamIn("contact", 1))
	if one.Requests[0].Settled || !one.Requests[1].Settled {
		t.Errorf("its requests are %+v", one.Requests)
	}
}

func TestUntakenRequests(t *testing.T) {
	l := contactsLog()
	untaken := func() (ids []domain.StreamID) {
		for _, request := range thawed(t, l.set(t)).Contacts.Untaken(here) {
			ids = append(ids, request.Contact)
		}
		return ids
	}
	if got := untaken(); !reflect.DeepEqual(got, streamsIn("contact", []int{3, 4})) {
		t.Errorf("nothing is taken up, and %v waits", got)
	}
	l.on(streamIn("signal", 1), date(2022, 5, 1), signal.PickedUp{From: signal.FromHelpRequest, Themes: []domain.Code{"werk"},
		Evidence: signal.Evidence{
			Setting: pursuit.Setting{Kind: pursuit.AtActivity, Code: "digipunt", Year: 2022}, Contact: streamIn("contact", 3), Request: 1,
		}})
	if got := untaken(); !reflect.DeepEqual(got, streamsIn("contact", []int{4})) {
		t.Errorf("contact 3 is taken up, and %v waits", got)
	}
	l.on(streamIn("contact", 4), date(2022, 5, 1), contact.Withdrawn{Reason: contact.EnteredInError})
	if got := untaken(); got != nil {
		t.Errorf("contact 4 is withdrawn, and %v waits", got)
	}
}

func TestSessionsLists(t *testing.T) {
	l := newLog()
	held := func(n int, on domain.Date, activity domain.Code) {
		l.on(streamIn("session", n), on, session.Held{Details: session.Details{Activity: activity, Present: n}})
	}
	held(1, date(2022, 1, 1), "soep-met-babbels")
	held(2, date(2022, 1, 8), "naaiatelier")
	held(3, date(2022, 1, 9), "soep-met-babbels")
	l.on(streamIn("session", 1), date(2022, 2, 1), session.Corrected{
		Details: session.Details{Activity: "soep-met-babbels", Present: 12}, Reason: session.WrongDay})
	s := thawed(t, l.set(t))
	page, err := s.Sessions.List(here, SessionFilter{Activity: "soep-met-babbels", Limit: 1})
	if err != nil || len(page.Rows) != 1 || page.Rows[0].Present != 12 || page.Rows[0].Corrected != 1 {
		t.Fatalf("the newest is %+v, %v", page.Rows, err)
	}
	page, err = s.Sessions.List(here, SessionFilter{Activity: "soep-met-babbels", After: page.Next})
	if err != nil || len(page.Rows) != 1 || page.Rows[0].ID != streamIn("session", 3) || page.Next != "" {
		t.Errorf("after it comes %+v, %v", page, err)
	}
	if one, found := s.Sessions.Session(here, streamIn("session", 1)); !found || len(one.History) != 2 {
		t.Errorf("its history is %v", one.History)
	}
}

// referralsLog is the referrals of contactsLog, one made as such and one that came in, with what was heard of them.
func referralsLog() *log {
	l := contactsLog()
	l.on(streamIn("referral", 1), date(2022, 3, 4), referral.Made{Service: "caw", Warm: domain.Yes, Direction: referral.Out,
		Session: streamIn("session", 9), Themes: []domain.Code{"werk"}})
	l.on(streamIn("referral", 2), date(2022, 3, 5), referral.Made{Service: "caw", Warm: domain.No, Direction: referral.In, Partner: "caw"})
	origin := &referral.Origin{Contact: streamIn("contact", 1), Request: 1, Service: "caw"}
	l.on(origin.ID(), date(2022, 4, 1), referral.Missed{Origin: origin, Reason: referral.Threshold})
	l.on(streamIn("referral", 2), date(2022, 4, 2), referral.Arrived{})
	l.on(streamIn("referral", 2), date(2022, 4, 3), referral.Completed{Result: referral.Helped})
	return l
}

func TestReferralsByService(t *testing.T) {
	s := thawed(t, referralsLog().set(t))
	got := map[domain.Code]ServiceReferrals{}
	for _, of := range s.Referrals.ByService(here, YearPeriod(2022)) {
		got[of.Service] = of
	}
	want := map[domain.Code]ServiceReferrals{
		"caw": {Service: "caw", Label: "CAW",
			Out: ReferralCount{Made: 2, Warm: 1, Missed: 1, Open: 1, MissedFor: map[referral.MissedReason]int{referral.Threshold: 1}},
			In:  ReferralCount{Made: 1, NotWarm: 1, Arrived: 1, Completed: 1, Results: map[referral.Result]int{referral.Helped: 1}}},
		"vdab": {Service: "vdab", Label: "VDAB", Out: ReferralCount{Made: 2, Open: 2}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("the traffic is\n%+v\nand not\n%+v", got, want)
	}
}

// A referral from a help request goes with its contact, and can be followed up by its origin.
func TestReferralsFollowContacts(t *testing.T) {
	l := referralsLog()
	origin := referral.Origin{Contact: streamIn("contact", 1), Request: 1, Service: "caw"}
	one, found := thawed(t, l.set(t)).Referrals.Referral(here, origin.ID())
	if !found || one.State != ReferralMissed || *one.Origin != origin || one.ID != origin.ID() || one.Revision != 0 || one.Themes[0] != "huisvesting" {
		t.Errorf("it is %+v, %t", one, found)
	}
	unheard, err := l.set(t).Referrals.List(here, ReferralFilter{Service: "vdab", Limit: 1})
	if err != nil || len(unheard.Rows) != 1 || unheard.Rows[0].State != ReferralOpen || unheard.Rows[0].Revision != domain.NoStream {
		t.Errorf("one nobody spoke of is %+v, %v", unheard, err)
	}
	l.on(streamIn("contact", 1), date(2022, 5, 2), contact.Withdrawn{Reason: contact.EnteredInError})
	if one, found := l.set(t).Referrals.Referral(here, origin.ID()); found {
		t.Errorf("its contact is withdrawn, and it is %+v", one)
	}
}

func TestReferralsLists(t *testing.T) {
	s := referralsLog().set(t)
	tests := map[string]struct {
		filter ReferralFilter
		want   []domain.Code
		count  int
	}{
		"all":          {ReferralFilter{}, []domain.Code{"caw", "vdab", "caw", "caw", "vdab"}, 5},
		"of a service": {ReferralFilter{Service: "vdab"}, []domain.Code{"vdab", "vdab"}, 2},
		"that came in": {ReferralFilter{Direction: referral.In}, []domain.Code{"caw"}, 1},
		"missed":       {ReferralFilter{State: ReferralMissed}, []domain.Code{"caw"}, 1},
		"in two days":  {ReferralFilter{Period: Period{date(2022, 3, 4), date(2022, 3, 5)}}, []domain.Code{"caw", "vdab", "caw"}, 3},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			for _, limit := range []int{0, 1, 2} {
				var got []domain.Code
				for filter := (ReferralFilter{Service: tt.filter.Service, Direction: tt.filter.Direction, State: tt.filter.State, Period: tt.filter.Period, Limit: limit}); ; {
					page, err := s.Referrals.List(here, filter)
					if err != nil {
						t.Fatal(err)
					}
					for _, row := range page.Rows {
						got = append(got, row.Service)
					}
					if filter.After = page.Next; page.Next == "" {
						break
					}
				}
				if !reflect.DeepEqual(got, tt.want) {
					t.Errorf("pages of %d give %v, not %v", limit, got, tt.want)
				}
			}
		})
	}
}
