package domaintest

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"signaalboek/domain"
)

var recognisingTests = map[string]func(*testing.T, domain.Vault){
	"a card is made once per command":         cardsOnce,
	"a command makes no other card":           noOtherCard,
	"a card changed is still that command's":  changedIsSameCard,
	"cards of one's own practice by nickname": cardsListed,
	"cards last used here come first":         recentFirst,
	"traits are replaced":                     traitsReplaced,
	"traits of a year by pseudonym":           traitsOfYear,
	"a pseudonym joins one practice and year": pseudonyms,
	"no card of another practice":             noCard,
	"answers of somebody new":                 answers(somebodyNew),
	"answers of somebody from before":         answers(fromBefore(domain.Yes), fromBefore(domain.Unknown)),
	"late contacts move nothing":              answers(late...),
	"merged cards are one person":             mergedCards,
	"merged again and again":                  mergedAgain,
	"a card merged with itself":               mergedWithItself,
	"what was merged is told again":           mergedTold,
	"a concern counts once per command":       concerns,
}

func cardsOnce(t *testing.T, v domain.Vault) {
	command, card := uuid.New(), domain.NewCard{Practice: ownPractice, Nickname: "rode fiets", EarlierYear: domain.No}
	one, two := mustCard(t, v, command, card), mustCard(t, v, command, card)
	if one != two || one == uuid.Nil {
		t.Errorf("one command made two cards")
	}
	if other := mustCard(t, v, uuid.New(), card); other == one {
		t.Errorf("another command made no card of its own")
	}
	if cards, err := v.Cards(t.Context(), ownPractice); err != nil || len(cards) != 2 {
		t.Errorf("two commands made %d cards: %v", len(cards), err)
	}
}

// Repeated with another card, a command is refused; in another practice it is another command.
func noOtherCard(t *testing.T, v domain.Vault) {
	command, bike := uuid.New(), domain.NewCard{Practice: ownPractice, Nickname: "rode fiets", EarlierYear: domain.No}
	own := mustCard(t, v, command, bike)
	for name, change := range map[string]func(*domain.NewCard){
		"another nickname": func(c *domain.NewCard) { c.Nickname = "groene muts" },
		"another answer":   func(c *domain.NewCard) { c.EarlierYear = domain.Yes },
		"another trait":    func(c *domain.NewCard) { c.Traits = domain.Traits{"gender": "woman"} },
	} {
		other := bike
		change(&other)
		if _, err := v.AddCard(t.Context(), command, other); !errors.Is(err, domain.ErrOtherCard) {
			t.Errorf("%s under the same command: %v", name, err)
		}
	}
	far := bike
	far.Practice = otherPractice
	if mustCard(t, v, command, far) == own {
		t.Error("a command of another practice gave a card away")
	}
}

func cardsListed(t *testing.T, v domain.Vault) {
	for _, nickname := range []string{"muts", "rode fiets", "Zonnebril", "élan"} {
		mustCard(t, v, uuid.New(), domain.NewCard{Practice: ownPractice, Nickname: nickname})
	}
	mustCard(t, v, uuid.New(), domain.NewCard{Practice: otherPractice, Nickname: "pet"})
	cards, err := v.Cards(t.Context(), ownPractice)
	noFault(t, err)
	var names []string
	for _, card := range cards {
		if card.Practice != ownPractice || card.ID == uuid.Nil {
			t.Errorf("a card without id, or of another practice")
		}
		names = append(names, card.Nickname)
	}
	if got := strings.Join(names, ", "); got != "muts, rode fiets, Zonnebril, élan" {
		t.Errorf("cards: %s", got)
	}
	if none, err := v.Cards(t.Context(), "nowhere"); err != nil || len(none) != 0 {
		t.Errorf("cards of a practice that has none: %d, %v", len(none), err)
	}
}

func pseudonyms(t *testing.T, v domain.Vault) {
	one := mustCard(t, v, uuid.New(), domain.NewCard{Practice: ownPractice, Nickname: "een"})
	two := mustCard(t, v, uuid.New(), domain.NewCard{Practice: ownPractice, Nickname: "twee"})
	far := mustCard(t, v, uuid.New(), domain.NewCard{Practice: otherPractice, Nickname: "drie"})
	first := mustRecognise(t, v, one, 2022, "soep").Pseudonym
	if again := mustRecognise(t, v, one, 2022, "huisbezoek").Pseudonym; again != first {
		t.Errorf("one card in one year has two pseudonyms")
	}
	elsewhere, err := v.Recognise(t.Context(), otherPractice, far, inYear(2022), "soep")
	noFault(t, err)
	seen := map[[16]byte]bool{{}: true, [16]byte(one): true, [16]byte(two): true}
	for _, pseudonym := range [][16]byte{
		first, elsewhere.Pseudonym,
		mustRecognise(t, v, one, 2023, "soep").Pseudonym, mustRecognise(t, v, two, 2022, "soep").Pseudonym,
	} {
		if seen[pseudonym] {
			t.Errorf("a pseudonym joins two cards, two years or two practices, or is the card")
		}
		seen[pseudonym] = true
	}
}

func noCard(t *testing.T, v domain.Vault) {
	card := mustCard(t, v, uuid.New(), domain.NewCard{Practice: ownPractice, Nickname: "rode fiets"})
	if _, err := v.Recognise(t.Context(), otherPractice, card, inYear(2022), "soep"); !errors.Is(err, domain.ErrNoCard) {
		t.Errorf("a card of another practice: %v", err)
	}
	if _, err := v.Recognise(t.Context(), ownPractice, uuid.New(), inYear(2022), "soep"); !errors.Is(err, domain.ErrNoCard) {
		t.Errorf("a card that never was: %v", err)
	}
}

// question is one Recognise and what it must answer.
type question struct {
	year     int
	activity domain.Code
	earlier  domain.Answer
	here     domain.Answer
}

// course is what is asked about a card, in that order, by what was said when it was made.
type course struct {
	made  domain.Answer
	asked []question
}

var somebodyNew = course{domain.No, []question{
	{2022, "soep", domain.No, domain.No},
	{2022, "atelier", domain.No, domain.No},
	{2023, "soep", domain.Yes, domain.Yes},
	{2023, "huisbezoek", domain.Yes, domain.No},
	{2022, "soep", domain.No, domain.No},
}}

// fromBefore is somebody of whom the worker said that they came in an earlier year, or did not know.
func fromBefore(made domain.Answer) course {
	return course{made, []question{
		{2022, "soep", made, domain.Unknown},
		{2023, "soep", domain.Yes, domain.Yes},
		{2023, "atelier", domain.Yes, domain.Unknown},
	}}
}

// late is two people, one new and one not, with a contact of 2021 that arrived after one of 2022.
var late = []course{
	{domain.No, []question{
		{2022, "soep", domain.No, domain.No},
		{2021, "atelier", domain.No, domain.No},
		{2022, "soep", domain.No, domain.No},
		{2022, "atelier", domain.No, domain.No},
		{2023, "atelier", domain.Yes, domain.Yes},
	}},
	{domain.Yes, []question{
		{2022, "soep", domain.Yes, domain.Unknown},
		{2021, "atelier", domain.Unknown, domain.Unknown},
		{2022, "soep", domain.Yes, domain.Unknown},
		{2022, "atelier", domain.Yes, domain.Yes},
	}},
}

// answers has each course be followed with a card of its own, every question asked twice.
func answers(courses ...course) func(*testing.T, domain.Vault) {
	return func(t *testing.T, v domain.Vault) {
		for _, c := range courses {
			card := mustCard(t, v, uuid.New(), domain.NewCard{Practice: ownPractice, Nickname: "rode fiets", EarlierYear: c.made})
			for i, q := range c.asked {
				for range 2 {
					got := mustRecognise(t, v, card, q.year, q.activity)
					if got.EarlierYear != q.earlier || got.EarlierYearHere != q.here {
						t.Errorf("made %s, question %d, %d at %s: %s and %s, not %s and %s",
							c.made, i, q.year, q.activity, got.EarlierYear, got.EarlierYearHere, q.earlier, q.here)
					}
				}
			}
		}
	}
}

func concerns(t *testing.T, v domain.Vault) {
	twice := uuid.New()
	for _, command := range []domain.CommandID{twice, twice, uuid.New()} {
		noFault(t, v.CountConcern(t.Context(), command, 2022))
	}
	noFault(t, v.CountConcern(t.Context(), uuid.New(), 2023))
	for year, want := range map[int]int{2021: 0, 2022: 2, 2023: 1} {
		if got, err := v.Concerns(t.Context(), year); err != nil || got != want {
			t.Errorf("%d counts %d, not %d: %v", year, got, want, err)
		}
	}
}

var alone = domain.Traits{"household": "alone"}

// changedIsSameCard repeats a command late, when its card has become another in everything.
func changedIsSameCard(t *testing.T, v domain.Vault) {
	command, asMade := uuid.New(), domain.NewCard{Practice: ownPractice, Nickname: "rode fiets", Traits: alone}
	card := mustCard(t, v, command, asMade)
	noFault(t, v.SetTraits(t.Context(), ownPractice, card, nil))
	mustMerge(t, v, mustCard(t, v, uuid.New(), domain.NewCard{Practice: ownPractice, Nickname: "muts"}), card)
	if again := mustCard(t, v, command, asMade); again != card {
		t.Error("the command made a second card")
	}
}

// recentFirst uses cards at two activities: each has an order of its own.
func recentFirst(t *testing.T, v domain.Vault) {
	card := map[string]domain.CardID{}
	for _, nickname := range []string{"a", "b", "c", "d"} {
		card[nickname] = mustCard(t, v, uuid.New(), domain.NewCard{Practice: ownPractice, Nickname: nickname})
	}
	for _, used := range []string{"c", "b", "c", "d"} {
		mustRecognise(t, v, card[used], 2022, "soep")
	}
	mustRecognise(t, v, card["b"], 2022, "atelier")
	mustRecognise(t, v, card["c"], 2021, "soep") // a late contact is a use as any other
	for activity, want := range map[domain.Code]string{"soep": "c d b a", "atelier": "b a c d", "huisbezoek": "a b c d"} {
		cards, err := v.RecentCards(t.Context(), ownPractice, activity)
		noFault(t, err)
		if got := nicknames(cards); got != want {
			t.Errorf("at %s: %s, not %s", activity, got, want)
		}
	}
}

func nicknames(cards []domain.Card) string {
	var names []string
	for _, card := range cards {
		names = append(names, card.Nickname)
	}
	return strings.Join(names, " ")
}

func traitsReplaced(t *testing.T, v domain.Vault) {
	card := mustCard(t, v, uuid.New(), domain.NewCard{Practice: ownPractice, Nickname: "rode fiets", Traits: alone})
	for _, want := range []domain.Traits{alone, {"gender": "man", "origin": "eu"}, {"origin": "other"}, nil} {
		noFault(t, v.SetTraits(t.Context(), ownPractice, card, want))
		cards, err := v.Cards(t.Context(), ownPractice)
		noFault(t, err)
		if len(cards) != 1 || !maps.Equal(cards[0].Traits, want) {
			t.Errorf("%d cards, the traits not those that were set", len(cards))
		}
	}
	if err := v.SetTraits(t.Context(), otherPractice, card, alone); !errors.Is(err, domain.ErrNoCard) {
		t.Errorf("traits of a card of another practice: %v", err)
	}
}

func traitsOfYear(t *testing.T, v domain.Vault) {
	none, err := v.Traits(t.Context(), ownPractice, 2022)
	noFault(t, err)
	if len(none) != 0 {
		t.Error("traits of nobody")
	}
	card := mustCard(t, v, uuid.New(), domain.NewCard{Practice: ownPractice, Nickname: "rode fiets", Traits: alone})
	plain := mustCard(t, v, uuid.New(), domain.NewCard{Practice: ownPractice, Nickname: "muts"})
	mustCard(t, v, uuid.New(), domain.NewCard{Practice: ownPractice, Nickname: "nooit gezien", Traits: alone})
	mustRecognise(t, v, plain, 2022, "soep")
	for _, year := range []int{2022, 2023} {
		pseudonym := mustRecognise(t, v, card, year, "soep").Pseudonym
		of, err := v.Traits(t.Context(), ownPractice, year)
		noFault(t, err)
		if len(of) != 1 || !maps.Equal(of[pseudonym], alone) {
			t.Errorf("%d: %d people with traits, or not those of the one who has them", year, len(of))
		}
	}
	if of, err := v.Traits(t.Context(), otherPractice, 2022); err != nil || len(of) != 0 {
		t.Errorf("traits of another practice: %d, %v", len(of), err)
	}
}

// mergedCards follows two cards of one person through the merging and after it.
func mergedCards(t *testing.T, v domain.Vault) {
	keep := mustCard(t, v, uuid.New(), domain.NewCard{
		Practice: ownPractice, Nickname: "rode fiets", EarlierYear: domain.No, Traits: domain.Traits{"gender": "man"}})
	other := mustCard(t, v, uuid.New(), domain.NewCard{
		Practice: ownPractice, Nickname: "muts", Traits: domain.Traits{"gender": "woman", "household": "alone"}})
	mustRecognise(t, v, keep, 2023, "soep")
	var want []domain.SamePerson
	for _, year := range []int{2022, 2023} {
		want = append(want, domain.SamePerson{Year: year, Other: mustRecognise(t, v, other, year, "atelier").Pseudonym})
	}
	pairs := mustMerge(t, v, keep, other)
	for i := range want {
		want[i].Kept = mustRecognise(t, v, keep, want[i].Year, "soep").Pseudonym
		if got := mustRecognise(t, v, other, want[i].Year, "soep").Pseudonym; got != want[i].Kept {
			t.Errorf("%d: the other card is not the kept one", want[i].Year)
		}
	}
	if fmt.Sprint(pairs) != fmt.Sprint(want) || fmt.Sprint(mustMerge(t, v, keep, other)) != fmt.Sprint(want) {
		t.Errorf("one person's pseudonyms are not those of both cards, or not those again")
	}
	if here := mustRecognise(t, v, keep, 2024, "atelier"); here.EarlierYear != domain.Yes || here.EarlierYearHere != domain.Yes {
		t.Errorf("what the other card remembered is gone: %s, %s", here.EarlierYear, here.EarlierYearHere)
	}
	both := domain.Traits{"gender": "man", "household": "alone"}
	cards, err := v.Cards(t.Context(), ownPractice)
	noFault(t, err)
	if len(cards) != 1 || cards[0].ID != keep || cards[0].Nickname != "rode fiets" || !maps.Equal(cards[0].Traits, both) {
		t.Errorf("%d cards, or not the kept one with the traits of both", len(cards))
	}
	of, err := v.Traits(t.Context(), ownPractice, 2023)
	noFault(t, err)
	if len(of) != 2 || !maps.Equal(of[want[1].Kept], both) || !maps.Equal(of[want[1].Other], both) {
		t.Errorf("%d pseudonyms of the year have traits, not both of the one person", len(of))
	}
}

// mergedAgain merges three cards into one, names the first by what it became, and leaves out a year that is gone.
func mergedAgain(t *testing.T, v domain.Vault) {
	var card [3]domain.CardID
	var seen [3]domain.Pseudonym
	for i := range card {
		card[i] = mustCard(t, v, uuid.New(), domain.NewCard{Practice: ownPractice, Nickname: fmt.Sprint(i)})
		seen[i] = mustRecognise(t, v, card[i], 2022, "soep").Pseudonym
		mustRecognise(t, v, card[i], 2021, "soep")
	}
	noFault(t, v.DestroyYear(t.Context(), ownPractice, 2021))
	mustMerge(t, v, card[1], card[0])
	pairs := mustMerge(t, v, card[2], card[0])
	linked := map[domain.Pseudonym]bool{}
	for _, pair := range pairs {
		if pair.Year != 2022 || pair.Kept != seen[2] {
			t.Errorf("a pair of %d, or not with the card that is kept", pair.Year)
		}
		linked[pair.Other] = true
	}
	if !linked[seen[1]] {
		t.Error("what the first card had become is not linked")
	}
	for _, named := range card {
		if mustRecognise(t, v, named, 2022, "soep").Pseudonym != seen[2] {
			t.Error("one of the three is not the one that was kept")
		}
	}
	far := mustCard(t, v, uuid.New(), domain.NewCard{Practice: otherPractice, Nickname: "x"})
	for _, two := range [][2]domain.CardID{{card[2], far}, {far, card[2]}, {card[2], uuid.New()}} {
		if _, err := v.MergeCards(t.Context(), ownPractice, two[0], two[1]); !errors.Is(err, domain.ErrNoCard) {
			t.Errorf("merged with a card of another practice, or with none: %v", err)
		}
	}
}

// mergedTold merges two cards and then a third with what they became, forgets somebody else, and destroys a year.
func mergedTold(t *testing.T, v domain.Vault) {
	var card [3]domain.CardID
	for i := range card {
		card[i] = mustCard(t, v, uuid.New(), domain.NewCard{Practice: ownPractice, Nickname: fmt.Sprint(i)})
		mustRecognise(t, v, card[i], 2021, "soep")
		mustRecognise(t, v, card[i], 2022, "soep")
	}
	want := slices.Concat(mustMerge(t, v, card[1], card[0]), mustMerge(t, v, card[2], card[1]))
	slices.SortFunc(want, domain.CompareSamePerson)
	told := func(practice domain.PracticeID, want []domain.SamePerson) {
		t.Helper()
		for range 2 {
			if got, err := v.Merged(t.Context(), practice); err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("told %d pairs, and not the %d that there are: %v", len(got), len(want), err)
			}
		}
	}
	told(ownPractice, want)
	told(otherPractice, nil)
	noFault(t, v.DestroyYear(t.Context(), ownPractice, 2021))
	told(ownPractice, want[2:])
	noFault(t, v.ForgetCard(t.Context(), ownPractice, card[0]))
	told(ownPractice, nil)
}

func mergedWithItself(t *testing.T, v domain.Vault) {
	card := mustCard(t, v, uuid.New(), domain.NewCard{Practice: ownPractice, Nickname: "rode fiets"})
	mustRecognise(t, v, card, 2022, "soep")
	if pairs := mustMerge(t, v, card, card); len(pairs) != 0 {
		t.Errorf("%d pairs", len(pairs))
	}
	if cards, err := v.Cards(t.Context(), ownPractice); err != nil || len(cards) != 1 {
		t.Errorf("%d cards: %v", len(cards), err)
	}
}

func mustMerge(t *testing.T, v domain.Vault, keep, other domain.CardID) []domain.SamePerson {
	t.Helper()
	pairs, err := v.MergeCards(t.Context(), ownPractice, keep, other)
	noFault(t, err)
	return pairs
}
