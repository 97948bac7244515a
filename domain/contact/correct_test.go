package contact_test

import (
	"testing"

	"signaalboek/domain"
	"signaalboek/domain/contact"
	"signaalboek/domain/vocabulary"
)

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

	for _, reason := range []contact.CorrectionReason{
		contact.WronglyEntered, contact.WrongPerson, contact.WrongDay, contact.Incomplete,
	} {
		because := correct(contact.NoPerson, known)
		because.Reason = reason
		given(t, facts(), registered()).When(because).Then(contact.Corrected{Details: want.Details, Reason: reason})
	}
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
