package contact_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

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

func correct(person contact.Person, change func(*contact.Register)) contact.Correct {
	c := contact.Correct{Register: housing(), Person: person, Reason: contact.WronglyEntered}
	if change != nil {
		change(&c.Register)
	}
	if person == contact.CardPerson {
		c.Card = &card
	}
	return c
}

// Rule 6: nothing is edited; a mistake is corrected by an event that says why.
func TestRule6Correct(t *testing.T) {
	known := func(c *contact.Register) { c.Known = domain.No }
	want := registered(func(d *contact.Details) { d.Known = domain.No })
	given(t, facts(), registered()).When(correct(contact.NoPerson, known)).
		Then(contact.Corrected{Details: want.Details, Reason: contact.WronglyEntered})
	given(t, facts(), registered()).When(correct(contact.NoPerson, nil)).Nothing()
	given(t, facts()).When(correct(contact.NoPerson, nil)).Refused(contact.ErrUnknown)

	otherDay := facts()
	otherDay.On = june
	given(t, otherDay, registered()).When(correct(contact.NoPerson, nil)).
		Then(contact.Corrected{Details: registered().Details, Reason: contact.WronglyEntered})

	noReason := correct(contact.NoPerson, known)
	noReason.Reason = "just because"
	given(t, facts(), registered()).When(noReason).Refused(contact.ErrReason)
}

func TestCorrectKeepsThePerson(t *testing.T) {
	keep := correct(contact.KeepPerson, nil)
	given(t, recorded(redBike), registered(withRedBike)).When(keep).Nothing()
	given(t, facts(), registered()).When(keep).Nothing() // nobody stays nobody

	later := recorded(redBike)
	later.On = june
	given(t, later, registered(withRedBike)).When(keep).
		Then(contact.Corrected{Details: registered(withRedBike).Details, Reason: contact.WronglyEntered})

	otherYear := recorded(redBike)
	otherYear.On = nextYear
	given(t, otherYear, registered(withRedBike)).When(keep).Refused(contact.ErrChooseAgain)
	otherActivity := correct(contact.KeepPerson, func(c *contact.Register) { c.Activity = "digipunt" })
	given(t, recorded(redBike), registered(withRedBike)).When(otherActivity).Refused(contact.ErrChooseAgain)
	given(t, facts(), registered(withRedBike)).When(keep).Refused(contact.ErrChooseAgain) // forgotten
}

func TestCorrectChoosesAnotherPerson(t *testing.T) {
	toBlueHat := recorded(redBike)
	toBlueHat.Recognition = &blueHat
	given(t, toBlueHat, registered(withRedBike)).When(correct(contact.CardPerson, nil)).
		Then(contact.Corrected{
			Details: registered(func(d *contact.Details) { d.Recognition = sealed(blueHat, 2022) }).Details,
			Reason:  contact.WronglyEntered,
		})
	same := recorded(redBike)
	same.Recognition = &redBike
	given(t, same, registered(withRedBike)).When(correct(contact.CardPerson, nil)).Nothing()
	given(t, recorded(redBike), registered(withRedBike)).When(correct(contact.NoPerson, nil)).
		Then(contact.Corrected{Details: registered().Details, Reason: contact.WronglyEntered})

	inNextYear := toBlueHat
	inNextYear.On = nextYear
	given(t, inNextYear, registered(withRedBike)).When(correct(contact.CardPerson, nil)).
		Then(contact.Corrected{
			Details: registered(func(d *contact.Details) { d.Recognition = sealed(blueHat, 2023) }).Details,
			Reason:  contact.WronglyEntered,
		})

	given(t, facts(), registered()).When(correct("somebody", nil)).Refused(contact.ErrPerson)
	given(t, facts(), registered()).When(correct(contact.CardPerson, nil)).Refused(contact.ErrNoCard)
	noCard := correct(contact.CardPerson, nil)
	noCard.Card = nil
	given(t, facts(), registered()).When(noCard).Refused(contact.ErrPerson)
	twoWays := correct(contact.KeepPerson, nil)
	twoWays.Card = &card
	given(t, facts(), registered()).When(twoWays).Refused(contact.ErrPerson)
}

func TestNeedsOfCorrect(t *testing.T) {
	state := contact.Decider.Fold(contact.State{}, registered(withRedBike))
	needs := contact.NeedsOf(state, words, correct(contact.CardPerson, nil))
	if needs.Card == nil || *needs.Card != card || needs.Activity != "huisbezoek" || needs.Earlier != sealed(redBike, 2022) {
		t.Errorf("needs %+v", needs)
	}
	if needs := contact.NeedsOf(state, words, contact.Withdraw{}); needs != (contact.Needs{}) {
		t.Errorf("to withdraw: %+v", needs)
	}
}

// The vault remembers what it was asked, so it is asked nothing on behalf of what is refused anyway, or is so already.
func TestTheVaultIsNotAskedForNothing(t *testing.T) {
	nobody, somebody := contact.State{}, contact.Decider.Fold(contact.State{}, registered(withRedBike))
	withCard := housing()
	withCard.Card = &card
	misspelt := withCard
	misspelt.Place = "op-de-maan"
	elsewhere := correct(contact.CardPerson, nil)
	elsewhere.Place = "op-de-maan"
	keeping := correct(contact.KeepPerson, nil)
	keeping.Card = &card // refused: one says two things
	unexplained := correct(contact.CardPerson, nil)
	unexplained.Reason = ""
	for name, c := range map[string]struct {
		state   contact.State
		command contact.Command
		asked   bool
	}{
		"registers":           {nobody, withCard, true},
		"registers again":     {somebody, withCard, false},
		"unknown place":       {nobody, misspelt, false},
		"corrects":            {somebody, correct(contact.CardPerson, nil), true},
		"corrects to nobody":  {somebody, correct(contact.NoPerson, nil), false},
		"keeps, with a card":  {somebody, keeping, false},
		"corrects nothing":    {nobody, correct(contact.CardPerson, nil), false},
		"corrects wrongly":    {somebody, elsewhere, false},
		"corrects, no reason": {somebody, unexplained, false},
	} {
		if needs := contact.NeedsOf(c.state, words, c.command); (needs.Card != nil) != c.asked {
			t.Errorf("%s: asked about a card: %t", name, needs.Card != nil)
		}
	}
}

func TestCorrectionMayHoldRetiredWords(t *testing.T) {
	retired := facts()
	retired.Book = words.Retiring("theme", "huisvesting").Retiring("activity", "huisbezoek")
	given(t, retired).When(housing()).Refused(vocabulary.ErrUnknownCode)
	given(t, retired, registered()).When(correct(contact.NoPerson, nil)).Nothing()
	given(t, retired, registered()).
		When(correct(contact.NoPerson, func(c *contact.Register) { c.Known = domain.No })).
		Then(contact.Corrected{
			Details: registered(func(d *contact.Details) { d.Known = domain.No }).Details, Reason: contact.WronglyEntered,
		})

	retired.Book = words.Retiring("approach", "informatie")
	given(t, retired, registered()).When(contact.FollowUpRequest{Request: 1, Approaches: codes{"informatie"}}).Nothing()
}

func TestWithdraw(t *testing.T) {
	withdrawn := contact.Withdrawn{Reason: contact.AskedByPerson}
	withdraw := contact.Withdraw{Reason: contact.AskedByPerson}
	given(t, facts(), registered()).When(withdraw).Then(withdrawn)
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

// A correction says the whole again, so also what follow-ups had added; that a request was settled stays.
func TestCorrectionAfterFollowUp(t *testing.T) {
	followed := contact.RequestFollowedUp{Request: 1, Services: codes{"caw"}, Settled: true}
	state := contact.Decider.Fold(contact.State{}, registered(), followed)
	if !state.Refers(1, "caw") || state.Refers(1, "vdab") || state.Refers(2, "caw") || state.Refers(0, "caw") {
		t.Error("want a referral to caw on request 1 only")
	}
	corrected := contact.Corrected{Details: registered().Details, Reason: contact.WronglyEntered}
	given(t, facts(), registered(), followed).When(correct(contact.NoPerson, nil)).Then(corrected)
	if contact.Decider.Fold(state, corrected).Refers(1, "caw") {
		t.Error("the correction took the referral away")
	}
	given(t, facts(), registered(), followed, corrected).When(contact.FollowUpRequest{Request: 1, Settled: true}).Nothing()
	onceMore := contact.FollowUpRequest{Request: 1, Settled: true}
	gone := contact.Corrected{Details: contact.Details{Activity: "huisbezoek", Known: domain.Yes}}
	given(t, facts(), registered(), followed, gone, corrected).When(onceMore).
		Then(contact.RequestFollowedUp{Request: 1, Settled: true}) // another request than the one that was settled
	if contact.Decider.Fold(state, contact.Withdrawn{}).Refers(1, "caw") {
		t.Error("a withdrawn contact refers nobody")
	}
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

// Figures of a closed year stand, and nobody of it is recognised any more; what was never one's own can still be
// withdrawn.
func TestRule6ClosedYearTakesNoContacts(t *testing.T) {
	closed := facts()
	closed.YearClosed = true
	given(t, closed).When(housing()).Refused(contact.ErrYearClosed)
	given(t, closed, registered()).When(contact.Correct{Register: housing(), Person: contact.NoPerson, Reason: contact.WrongDay}).Refused(contact.ErrYearClosed)
	given(t, closed, registered()).When(contact.Withdraw{Reason: contact.AskedByPerson}).Then(contact.Withdrawn{Reason: contact.AskedByPerson})
}
