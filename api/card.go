package api

import (
	"errors"
	"maps"
	"net/http"
	"slices"
	"time"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/guard"
	"signaalboek/domain/ledger"
	"signaalboek/domain/practice"
	"signaalboek/domain/vocabulary"
)

// What is refused of a card or a concern.
var (
	errNickname    = obstruct(http.StatusUnprocessableEntity, "nickname")
	errEarlierYear = obstruct(http.StatusUnprocessableEntity, "earlier-year")
	errTelling     = obstruct(http.StatusUnprocessableEntity, "nickname-identifies")
)

// cardCalls is what can be asked and said of the cards by which people are recognised, and of possible concerns. Both stand
// in the vault, and enter no event; only that two cards are one person does.
func (s *site) cardCalls() []route {
	return slices.Concat(
		commands(s, s.Ledger.Practices, cardVerbs...),
		[]route{
			{"GET", apiPath + "/cards", programs, s.tellCards},
			{"POST", apiPath + "/cards", programs, s.makeCard},
			{"GET", apiPath + "/cards/traits", programs, s.tellTraits},
			{"POST", apiPath + "/cards/{id}/traits", programs, s.takeTraits},
			{"POST", apiPath + "/concerns", programs, s.takeConcern},
		},
	)
}

var cardVerbs = []verb[practice.Command]{
	{path: "/cards/merge", command: practice.MergeCards{}, stream: ofPractice},
}

// cardOf is a card as its practice sees it.
type cardOf struct {
	ID       domain.CardID
	Nickname string
	Traits   []traitOf
}

// traitOf is one thing that a card says of somebody, in a coarse class.
type traitOf struct {
	Trait domain.Code `json:"trait"`
	Class domain.Code `json:"class"`
}

func toldTraits(traits domain.Traits) []traitOf {
	told := []traitOf{}
	for _, trait := range slices.Sorted(maps.Keys(traits)) {
		told = append(told, traitOf{trait, traits[trait]})
	}
	return told
}

// sentTraits is traits as a program sends them; of a trait that it says twice, the last holds.
func sentTraits(sent []traitOf) domain.Traits {
	traits := domain.Traits{}
	for _, said := range sent {
		traits[said.Trait] = said.Class
	}
	return traits
}

// tellCards is the cards of the practice by nickname; of an activity, first those that were used there last.
func (s *site) tellCards(w http.ResponseWriter, r *http.Request) error {
	a := &asked{site: s, r: r, set: s.Set, given: r.URL.Query()}
	activity := a.code("activity")
	if err := a.done(); err != nil {
		return err
	}
	cards, err := s.cardsFor(r, activity)
	if err != nil {
		return err
	}
	rows := make([]cardOf, len(cards))
	for i, card := range cards {
		rows[i] = cardOf{card.ID, card.Nickname, toldTraits(card.Traits)}
	}
	return s.answer(w, r, a, answer{rows: rows})
}

// cardsFor is the cards of whoever asks, in the order in which they are looked for at an activity; by nickname without
// one, and at a focusgroep, where no card is used.
func (s *site) cardsFor(r *http.Request, activity domain.Code) ([]domain.Card, error) {
	if activity == "" || s.book(r).IsFocusgroep(activity) {
		return s.Vault.Cards(r.Context(), actorOf(r).Practice)
	}
	return s.Vault.RecentCards(r.Context(), actorOf(r).Practice, activity)
}

// newCard is what a worker says when making a card.
type newCard struct {
	Nickname    string        `json:"nickname"`
	EarlierYear domain.Answer `json:"earlierYear,omitzero"` // unknown, if empty
	Traits      []traitOf     `json:"traits,omitzero"`      // only those that a figure of the practice needs
}

// longestNickname is how long a nickname may be, in characters.
const longestNickname = 40

// checkCard refuses a nickname that is no short line, or that says who somebody is; an answer that is none; and traits
// that nobody needs. A nickname must change whatever the guard finds: it is for one's own memory, so another will do.
func (s *site) checkCard(r *http.Request, card domain.NewCard) error {
	line := vocabulary.Line(card.Nickname)
	switch {
	case line == "" || line != card.Nickname || !vocabulary.OneLine(line, longestNickname):
		return errNickname.at("/nickname")
	case len(guard.New(s.book(r)).Check(line)) > 0:
		return errTelling.at("/nickname")
	case !card.EarlierYear.Valid():
		return errEarlierYear.at("/earlierYear")
	}
	return s.checkTraits(r, card.Traits)
}

// checkTraits refuses traits that no figure needs now, also when that figure was defined a moment ago: it reads the log.
func (s *site) checkTraits(r *http.Request, traits domain.Traits) error {
	if len(traits) == 0 {
		return nil
	}
	now, err := s.Ledger.Practices.State(r.Context(), actorOf(r).Practice, ofPractice(r))
	if err != nil {
		return err
	}
	return now.Book().CheckTraits(traits, s.today().Year(), "/traits")
}

func (s *site) makeCard(w http.ResponseWriter, r *http.Request) error {
	id, sent, err := readPlain[newCard](w, r)
	if err != nil {
		return err
	}
	made, err := s.addCard(r, id, domain.NewCard{
		Practice: actorOf(r).Practice, Nickname: sent.Nickname, EarlierYear: sent.EarlierYear,
		Traits: sentTraits(sent.Traits),
	})
	if err != nil {
		return err
	}
	return answerJSON(w, http.StatusCreated, cardMade{made})
}

// addCard makes a card, with "unknown" for an answer that was not given; a command that made another one is refused as
// the ledger refuses its own.
func (s *site) addCard(r *http.Request, command domain.CommandID, card domain.NewCard) (domain.CardID, error) {
	if card.EarlierYear == "" {
		card.EarlierYear = domain.Unknown
	}
	if err := s.checkCard(r, card); err != nil {
		return domain.CardID{}, err
	}
	id, err := s.Vault.AddCard(r.Context(), command, card)
	if errors.Is(err, domain.ErrOtherCard) {
		err = ledger.ErrReused
	}
	return id, err
}

type cardMade struct {
	ID uuid.UUID `json:"id"`
}

// tellTraits is what is asked of people now, and why: the figures that need it.
func (s *site) tellTraits(w http.ResponseWriter, r *http.Request) error {
	if err := knownParameters(r); err != nil {
		return err
	}
	asking := []vocabulary.Asking{}
	asking = append(asking, s.book(r).Asked(s.today().Year())...)
	return s.answer(w, r, &asked{site: s, r: r, set: s.Set}, answer{rows: asking})
}

// newTraits is all that a card is to say of somebody.
type newTraits struct {
	Traits []traitOf `json:"traits"`
}

func (s *site) takeTraits(w http.ResponseWriter, r *http.Request) error {
	_, sent, err := readPlain[newTraits](w, r)
	if err != nil {
		return err
	}
	card, err := uuid.Parse(variable(r, "id"))
	if err != nil {
		return errNoSuchThing
	}
	if err := s.setTraits(r, card, sentTraits(sent.Traits)); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// setTraits replaces all that a card says of somebody.
func (s *site) setTraits(r *http.Request, card domain.CardID, traits domain.Traits) error {
	if err := s.checkTraits(r, traits); err != nil {
		return err
	}
	err := s.Vault.SetTraits(r.Context(), actorOf(r).Practice, card, traits)
	if errors.Is(err, domain.ErrNoCard) || errors.Is(err, domain.ErrForgotten) {
		return errNoSuchThing
	}
	return err
}

// newConcern is one possible concern. It says nothing but when.
type newConcern struct {
	On domain.Date `json:"on,omitzero"`
}

func (s *site) takeConcern(w http.ResponseWriter, r *http.Request) error {
	id, sent, err := readPlain[newConcern](w, r)
	if err != nil {
		return err
	}
	if sent.On.IsZero() {
		sent.On = s.today()
	}
	if err := s.checkDay(sent.On); err != nil {
		return err
	}
	if err := s.Vault.CountConcern(r.Context(), id, sent.On.Year()); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// checkDay refuses a day to come, and one that is a slip of the pen, as the ledger does for commands.
func (s *site) checkDay(day domain.Date) error {
	earliest := domain.DateOf(firstYear, time.January, 1)
	switch {
	case day > s.today():
		return ledger.ErrFuture.Naming("today", s.today().String())
	case day < earliest:
		return ledger.ErrLongAgo.Naming("earliest", earliest.String())
	}
	return nil
}

// readPlain reads what is sent to the vault and not to an aggregate.
func readPlain[T any](w http.ResponseWriter, r *http.Request) (domain.CommandID, T, error) {
	var sent T
	if err := knownParameters(r); err != nil {
		return domain.CommandID{}, sent, err
	}
	id, err := commandID(r)
	if err != nil {
		return id, sent, err
	}
	raw, err := readBody(w, r)
	if err != nil {
		return id, sent, err
	}
	return id, sent, decodeInto(raw, &sent)
}
