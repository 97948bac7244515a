package contact_test

import (
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"signaalboek/domain"
	"signaalboek/domain/contact"
	"signaalboek/domain/domaintest"
)

// Rule 12: asked again, nothing is recorded twice; and the other laws of domaintest.Laws.
func TestRule12AndOtherLaws(t *testing.T) {
	people := map[uuid.UUID]domain.Recognition{{1}: redBike, {2}: blueHat}
	domaintest.Laws[contact.State, contact.Facts, contact.Command, contact.Event]{
		Decider:  contact.Decider,
		Commands: rapid.Custom(drawCommand),
		Facts: func(t *rapid.T, f contact.Facts, s contact.State, c contact.Command) contact.Facts {
			f.Practice, f.Book, f.Recognition = "harelbeke-centrum", words, nil
			f.On = rapid.SampledFrom([]domain.Date{may, june, nextYear}).Draw(t, "on")
			if needs := contact.NeedsOf(s, words, c); needs.Card != nil {
				if who, ok := people[*needs.Card]; ok {
					f.Recognition = &who
				}
			}
			return f
		},
		After: func(f contact.Facts, events []contact.Event) contact.Facts {
			for _, e := range events {
				if contact.Dates(e) {
					f.EarlierOn, f.Earlier = f.On, opened(e)
				}
			}
			return f
		},
	}.Check(t)
}

// opened is the person in an event, as the vault would open it.
func opened(e contact.Event) *domain.Recognition {
	var details contact.Details
	switch e := e.(type) {
	case contact.Registered:
		details = e.Details
	case contact.Corrected:
		details = e.Details
	}
	plain, _ := details.Recognition.Plain()
	who := new(domain.Recognition)
	if who.UnmarshalBinary([]byte(plain)) != nil {
		return nil
	}
	return who
}

func drawCommand(t *rapid.T) contact.Command {
	list := func(name string, from ...domain.Code) codes {
		return rapid.SliceOfN(rapid.SampledFrom(from), 0, 3).Draw(t, name)
	}
	request := contact.Request{
		Themes:     list("themes", "werk", "nt2", "huisvesting", "x"),
		Approaches: list("approaches", "informatie", "advies", "doorverwijzing", "mogelijke-verontrusting"),
		Services:   list("services", "caw", "vdab", "stadhuis"),
	}
	register := contact.Register{
		Activity: rapid.SampledFrom(codes{"huisbezoek", "focusgroep", "digipunt", "x"}).Draw(t, "activity"),
		Known:    rapid.SampledFrom([]domain.Answer{"", domain.Yes, domain.No, domain.Unknown}).Draw(t, "known"),
		Requests: []contact.Request{request, {Themes: codes{"werk"}}}[:rapid.IntRange(0, 2).Draw(t, "requests")],
	}
	if n := rapid.IntRange(0, 3).Draw(t, "card"); n > 0 {
		register.Card = &uuid.UUID{byte(n)}
	}
	switch rapid.IntRange(0, 9).Draw(t, "command") {
	case 0, 1, 2:
		return register
	case 3, 4, 5:
		person := rapid.SampledFrom([]contact.Person{contact.KeepPerson, contact.NoPerson, contact.CardPerson}).Draw(t, "person")
		if person != contact.CardPerson {
			register.Card = nil
		}
		return contact.Correct{Register: register, Person: person, Reason: contact.WrongDay}
	case 6:
		return contact.Withdraw{Reason: contact.EnteredTwice}
	default:
		return contact.FollowUpRequest{
			Request: rapid.IntRange(0, 3).Draw(t, "request"), Approaches: request.Approaches, Services: request.Services,
			Settled: rapid.Bool().Draw(t, "settled"),
		}
	}
}
