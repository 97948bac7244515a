package contact_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/contact"
	"signaalboek/domain/domaintest"
	"signaalboek/domain/vocabulary"
)

type (
	codes = []domain.Code
	spec  = domaintest.Spec[contact.State, contact.Facts, contact.Command, contact.Event]
)

var (
	words, _ = vocabulary.Defaults(vocabulary.Harelbeke2022)
	card     = uuid.MustParse("6a1f7c52-9c0b-4e2b-8f55-0d9f5a3f0a11")
	redBike  = domain.Recognition{Pseudonym: [16]byte{1}, EarlierYear: domain.Yes, EarlierYearHere: domain.Unknown}
	blueHat  = domain.Recognition{Pseudonym: [16]byte{2}, EarlierYear: domain.No, EarlierYearHere: domain.No}
	may      = domain.DateOf(2022, time.May, 2)
	june     = domain.DateOf(2022, time.June, 2)
	nextYear = domain.DateOf(2023, time.June, 2)
)

func facts() contact.Facts {
	return contact.Facts{Practice: "harelbeke-centrum", On: may, Book: words, EarlierOn: may}
}

// recognising is the facts when the vault knows the card.
func recognising(who domain.Recognition) contact.Facts {
	f := facts()
	f.Recognition = &who
	return f
}

// recorded is the facts when this person was recorded earlier.
func recorded(who domain.Recognition) contact.Facts {
	f := facts()
	f.Earlier = &who
	return f
}

func given(t *testing.T, f contact.Facts, events ...contact.Event) spec {
	t.Helper()
	return domaintest.Given(t, contact.Decider, f, events...)
}

func sealed(who domain.Recognition, year int) domain.Sealed {
	raw, _ := who.MarshalBinary()
	return domain.ToSealUnder(domain.YearScope("harelbeke-centrum", year), raw)
}

func housing() contact.Register {
	return contact.Register{
		Activity: "huisbezoek", Known: domain.Yes,
		Requests: []contact.Request{{Themes: codes{"huisvesting"}, Approaches: codes{"informatie"}}},
	}
}

func registered(change ...func(*contact.Details)) contact.Registered {
	r := housing()
	details := contact.Details{Activity: r.Activity, Known: r.Known, Requests: r.Requests}
	for _, c := range change {
		c(&details)
	}
	return contact.Registered{Details: details}
}

func withRedBike(d *contact.Details) { d.Recognition = sealed(redBike, 2022) }

func TestRegister(t *testing.T) {
	given(t, facts()).When(housing()).Then(registered())
	given(t, facts(), registered()).When(housing()).Nothing()
	other := housing()
	other.Activity = "digipunt"
	given(t, facts(), registered()).When(other).Refused(contact.ErrExists)

	bare := contact.Register{Activity: "contact-op-straat"} // as fast as it gets
	given(t, facts()).When(bare).Then(contact.Registered{
		Details: contact.Details{Activity: "contact-op-straat", Known: domain.Unknown},
	})
}

// Rule 9: who is recognised is sealed under the key of practice and year; nobody recognised is a contact too.
func TestRule9Recognition(t *testing.T) {
	withCard := housing()
	withCard.Card = &card
	given(t, recognising(redBike)).When(withCard).Then(registered(withRedBike))
	given(t, facts()).When(withCard).Refused(contact.ErrNoCard)
	given(t, recognising(redBike), registered(withRedBike)).When(withCard).Nothing()
}

func TestAtAFocusgroepNobodyIsRecognised(t *testing.T) {
	meeting := contact.Register{Activity: "focusgroep", Card: &card}
	given(t, recognising(redBike)).When(meeting).Refused(contact.ErrFocusgroepCard)
	if needs := contact.NeedsOf(contact.State{}, words, meeting); needs.Card != nil {
		t.Error("the vault would be asked about a card at a focusgroep")
	}
	corrected := contact.Correct{Register: meeting, Person: contact.CardPerson, Reason: contact.WronglyEntered}
	given(t, recognising(redBike), registered()).When(corrected).Refused(contact.ErrFocusgroepCard)
}

func TestPossibleConcernEntersNoContact(t *testing.T) {
	concern := housing()
	concern.Requests = []contact.Request{{Approaches: codes{"informatie", "mogelijke-verontrusting"}}}
	refusal := given(t, facts()).When(concern).Refused(contact.ErrConcern)
	if refusal.Field != "/requests/0/approaches/1" {
		t.Errorf("at %q", refusal.Field)
	}
	given(t, facts(), registered()).When(contact.FollowUpRequest{Request: 1, Approaches: codes{"mogelijke-verontrusting"}}).
		Refused(contact.ErrConcern)
}

func TestAServiceIsAReferral(t *testing.T) {
	referring := housing()
	referring.Requests = []contact.Request{{Services: codes{"caw", "caw"}, Approaches: codes{"advies", "advies"}}}
	want := registered(func(d *contact.Details) {
		d.Requests = []contact.Request{{Services: codes{"caw"}, Approaches: codes{"advies", "doorverwijzing"}}}
	})
	given(t, facts()).When(referring).Then(want)

	without := facts() // a practice that does not use the word is not given it
	without.Book = words.Retiring(vocabulary.Approaches, vocabulary.Referring)
	given(t, without).When(referring).Then(registered(func(d *contact.Details) {
		d.Requests = []contact.Request{{Services: codes{"caw"}, Approaches: codes{"advies"}}}
	}))
}

func TestRegisterRefuses(t *testing.T) {
	many := make(codes, 0, 16)
	for _, service := range words.Terms(vocabulary.Services) {
		many = append(many, service.Code)
	}
	for name, test := range map[string]struct {
		change func(*contact.Register)
		want   *domain.Refusal
		at     string
	}{
		"no activity": {func(c *contact.Register) { c.Activity = "" }, vocabulary.ErrUnknownCode, "/activity"},
		"initiative":  {func(c *contact.Register) { c.Initiative = "x" }, vocabulary.ErrUnknownCode, "/initiative"},
		"relation":    {func(c *contact.Register) { c.Relation = "x" }, vocabulary.ErrUnknownCode, "/relation"},
		"place":       {func(c *contact.Register) { c.Place = "x" }, vocabulary.ErrUnknownCode, "/place"},
		"known":       {func(c *contact.Register) { c.Known = "maybe" }, contact.ErrKnown, "/known"},
		"theme": {func(c *contact.Register) {
			c.Requests[0].Themes = codes{"x"}
		}, vocabulary.ErrUnknownCode, "/requests/0/themes/0"},
		"service": {func(c *contact.Register) {
			c.Requests[0].Services = codes{"x"}
		}, vocabulary.ErrUnknownCode, "/requests/0/services/0"},
		"empty request": {func(c *contact.Register) {
			c.Requests = append(c.Requests, contact.Request{})
		}, contact.ErrEmptyRequest, "/requests/1"},
		"many services": {func(c *contact.Register) {
			c.Requests[0].Services = many
		}, contact.ErrTooMany, "/requests/0/services"},
		"many requests": {func(c *contact.Register) {
			for range contact.MaxRequests {
				c.Requests = append(c.Requests, contact.Request{Themes: codes{"werk"}})
			}
		}, contact.ErrTooMany, "/requests"},
	} {
		t.Run(name, func(t *testing.T) {
			command := housing()
			test.change(&command)
			if refusal := given(t, facts()).When(command).Refused(test.want); refusal.Field != test.at {
				t.Errorf("at %q, want %q", refusal.Field, test.at)
			}
		})
	}
}

func TestWithdraw(t *testing.T) {
	withdrawn := contact.Withdrawn{Reason: contact.AskedByPerson}
	withdraw := contact.Withdraw{Reason: contact.AskedByPerson}
	for _, reason := range []contact.WithdrawalReason{contact.EnteredTwice, contact.EnteredInError, contact.AskedByPerson} {
		given(t, facts(), registered()).When(contact.Withdraw{Reason: reason}).Then(contact.Withdrawn{Reason: reason})
	}
	given(t, facts(), registered(), withdrawn).When(withdraw).Nothing()
	given(t, facts()).When(withdraw).Refused(contact.ErrUnknown)
	given(t, facts(), registered()).When(contact.Withdraw{}).Refused(contact.ErrReason)
	given(t, facts(), registered(), withdrawn).When(correct(contact.NoPerson, nil)).Refused(contact.ErrWithdrawn)
	given(t, facts(), registered(), withdrawn).When(contact.FollowUpRequest{Request: 1, Settled: true}).
		Refused(contact.ErrWithdrawn)
}

func TestFollowUpRequest(t *testing.T) {
	followUp := contact.FollowUpRequest{Request: 1, Approaches: codes{"informatie", "advies"}, Services: codes{"caw"}, Settled: true}
	followed := contact.RequestFollowedUp{
		Request: 1, Approaches: codes{"advies", "doorverwijzing"}, Services: codes{"caw"}, Settled: true,
	}
	given(t, facts(), registered()).When(followUp).Then(followed)
	given(t, facts(), registered(), followed).When(followUp).Nothing()
	for _, part := range []contact.RequestFollowedUp{
		{Request: 1, Approaches: codes{"advies"}}, {Request: 1, Settled: true},
	} {
		given(t, facts(), registered()).When(contact.FollowUpRequest(part)).Then(part)
	}
	referring := registered(func(d *contact.Details) { d.Requests = []contact.Request{{Approaches: codes{"doorverwijzing"}}} })
	given(t, facts(), referring).When(contact.FollowUpRequest{Request: 1, Services: codes{"caw"}}).
		Then(contact.RequestFollowedUp{Request: 1, Services: codes{"caw"}})
	given(t, facts(), registered()).When(contact.FollowUpRequest{Request: 1, Approaches: codes{"informatie"}}).Nothing()
	for _, request := range []int{-1, 0, 2} {
		given(t, facts(), registered()).When(contact.FollowUpRequest{Request: request}).Refused(contact.ErrNoRequest)
	}
	given(t, facts(), registered()).When(contact.FollowUpRequest{Request: 1, Services: codes{"x"}}).
		Refused(vocabulary.ErrUnknownCode)
	given(t, facts()).When(followUp).Refused(contact.ErrUnknown)
	many := contact.FollowUpRequest{Request: 1}
	for _, service := range words.Terms(vocabulary.Services) {
		many.Services = append(many.Services, service.Code)
	}
	given(t, facts(), registered()).When(many).Refused(contact.ErrTooMany)
}

// No contact has any free text, and nothing that could say who somebody was: every field is a code, an answer, a
// number, or sealed. Who adds a field of another type must think here first.
func TestNoFreeText(t *testing.T) {
	allowed := map[string]bool{
		"domain.Code": true, "domain.Answer": true, "domain.Sealed": true, "int": true, "bool": true,
		"contact.CorrectionReason": true, "contact.WithdrawalReason": true,
	}
	var look func(reflect.Type)
	look = func(typ reflect.Type) {
		switch {
		case allowed[typ.String()]:
		case typ.Kind() == reflect.Slice:
			look(typ.Elem())
		case typ.Kind() == reflect.Struct && strings.HasPrefix(typ.String(), "contact."):
			for i := range typ.NumField() {
				look(typ.Field(i).Type)
			}
		default:
			t.Errorf("a contact holds %s", typ)
		}
	}
	for _, e := range []contact.Event{contact.Registered{}, contact.Corrected{}, contact.Withdrawn{}, contact.RequestFollowedUp{}} {
		look(reflect.TypeOf(e))
	}
}

// Figures of a closed year stand, and nobody of it is recognised any more; what was never one's own can still be
// withdrawn.
func TestRule6ClosedYearTakesNoContacts(t *testing.T) {
	closed := facts()
	closed.YearClosed = true
	given(t, closed).When(housing()).Refused(contact.ErrYearClosed)
	given(t, closed, registered()).When(contact.Correct{Register: housing(), Person: contact.NoPerson, Reason: contact.WrongDay}).Refused(contact.ErrYearClosed)
	given(t, closed, registered()).When(contact.Withdraw{Reason: contact.AskedByPerson}).Then(contact.Withdrawn{Reason: contact.AskedByPerson})
}
