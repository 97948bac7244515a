package demonstration

import (
	"context"
	"time"

	"signaalboek/domain"
	"signaalboek/domain/contact"
	"signaalboek/domain/ledger"
	"signaalboek/domain/practice"
)

// visitZillebeke plans the other practice: a contact, and the signal that it told of; and somebody who got two cards.
// Whoever works in Harelbeke sees nothing of it.
func (p *plan) visitZillebeke() {
	of := facts()["antwoord"]
	asked := &registration{
		name: "zillebeke/contact", on: day(2021, time.October, 5), practice: Zillebeke,
		said: contact.Register{Activity: of.heardIn, Requests: []contact.Request{{
			Themes: of.themes, Approaches: []domain.Code{"luisterend-oor", "opgepikt-als-signaal"},
		}}},
	}
	p.contacts = append(p.contacts, asked)
	s := p.fromHelpRequest(of, asked, "ouderen")
	s.word(day(2021, time.November, 8)).keep(day(2021, time.November, 8), "buurtopbouwwerker")
	s.weigh(day(2021, time.November, 15), "De vraag komt van veel mensen, over meer dan één dienst.")
	p.meetTwice()
}

// meetTwice plans two contacts with somebody who was not recognised the second time, and that the two cards of it are
// merged when it is found out.
func (p *plan) meetTwice() {
	p.comeInZillebeke("rode paraplu", day(2022, time.March, 8))
	p.comeInZillebeke("gele laarzen", day(2022, time.May, 17))
	p.add(errand{
		name: "zillebeke/merge", rank: ofEndings, on: day(2022, time.June, 7), practice: Zillebeke, actor: coordinator,
		give: func(ctx context.Context, meta domain.Meta) (int, error) {
			keep, err := p.cardInZillebeke(ctx, "rode paraplu")
			if err != nil {
				return 0, err
			}
			other, err := p.cardInZillebeke(ctx, "gele laarzen")
			if err != nil {
				return 0, err
			}
			merge := practice.MergeCards{Keep: keep, Other: other}
			receipt, err := p.book.Ledger.Practices.Execute(ctx, ledger.Target{Stream: practice.StreamOf(Zillebeke)}, merge, meta)
			return receipt.Events, err
		},
	})
}

// comeInZillebeke plans a contact with the person on a card.
func (p *plan) comeInZillebeke(nickname string, on domain.Date) {
	p.add(errand{
		name: "zillebeke/" + nickname, rank: ofRegister, on: on, practice: Zillebeke,
		give: func(ctx context.Context, meta domain.Meta) (int, error) {
			card, err := p.cardInZillebeke(ctx, nickname)
			if err != nil {
				return 0, err
			}
			receipt, err := p.book.Ledger.Contacts.Create(ctx, contact.Register{Activity: "huisbezoek", Card: &card}, meta)
			return receipt.Events, err
		},
	})
}

// cardInZillebeke is a card with a nickname, which is made when it is first asked for.
func (p *plan) cardInZillebeke(ctx context.Context, nickname string) (domain.CardID, error) {
	return p.book.Vault.AddCard(ctx, named("zillebeke/card/"+nickname), domain.NewCard{
		Practice: Zillebeke, Nickname: nickname, EarlierYear: domain.No,
	})
}
