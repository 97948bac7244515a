package demonstration

import (
	"fmt"
	"math/rand/v2"

	"signaalboek/domain"
)

// person is somebody whom a worker recognises again. Nothing is known of them but a card.
type person struct {
	number int
	made   domain.Answer // whether they came in an earlier year, as said when the card was made
	known  bool          // the social service knows them by now
	days   map[domain.Date]bool
}

// newPerson makes a person with a card of their own.
func (p *plan) newPerson(made domain.Answer) *person {
	one := &person{number: len(p.people), made: made, days: map[domain.Date]bool{}}
	p.people = append(p.people, one)
	return one
}

func (o *person) card() domain.NewCard {
	return domain.NewCard{Practice: Harelbeke, Nickname: nickname(o.number), EarlierYear: o.made}
}

func (o *person) name() string { return fmt.Sprintf("card/%d", o.number) }

var (
	looks = []string{
		"rode", "blauwe", "gele", "groene", "witte", "zwarte", "bruine", "grijze", "oranje", "paarse", "grote", "kleine",
		"oude", "nieuwe", "lange", "gestreepte", "geruite", "ronde", "zilveren", "gouden", "houten", "warme", "zachte",
		"vrolijke",
	}
	things = []string{
		"fiets", "sjaal", "jas", "tas", "paraplu", "muts", "hond", "kat", "buggy", "bril", "trui", "stoel", "koffie",
		"deur", "bus", "brug", "tuin", "boom", "lamp", "klok", "bal", "pan", "kast", "bank", "vaas",
	}
)

// nickname is what a worker could write on a card: never a name.
func nickname(number int) string {
	nickname := looks[number%len(looks)] + " " + things[number/len(looks)%len(things)]
	if round := number / (len(looks) * len(things)); round > 0 {
		nickname += fmt.Sprint(" ", round+1)
	}
	return nickname
}

// gather is who comes in a year: people from before whom the ledger has, people from before whom it has not, and
// newcomers; in any order.
func (p *plan) gather(y year, dice *rand.Rand) []*person {
	before := shuffled(dice, p.people)
	returning := min(y.returning, len(before))
	here := before[:returning]
	for range y.unique - returning - y.newcomers {
		here = append(here, p.newPerson(y.fromBefore))
	}
	for range y.newcomers {
		here = append(here, p.newPerson(domain.No))
	}
	here = shuffled(dice, here)
	introduce(here, y.known)
	return shuffled(dice, here)
}

// introduce has so many of these people known to the social service. Who was known stays so.
func introduce(people []*person, known int) {
	for _, one := range people {
		if one.known {
			known--
		}
	}
	for _, one := range people {
		if known > 0 && !one.known {
			one.known = true
			known--
		}
	}
}

func shuffled[T any](dice *rand.Rand, all []T) []T {
	mixed := append([]T(nil), all...)
	dice.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
	return mixed
}
