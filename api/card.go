package api

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/ledger"
	"signaalboek/domain/vocabulary"
)

// What is refused of a card or a concern.
var (
	errNickname    = obstruct(http.StatusUnprocessableEntity, "nickname")
	errEarlierYear = obstruct(http.StatusUnprocessableEntity, "earlier-year")
)

// cardCalls is what can be asked and said of the cards by which people are recognised, and of possible concerns. Both stand
// in the vault, and enter no event.
func (s *site) cardCalls() []route {
	return []route{
		{"GET", apiPath + "/cards", programs, s.tellCards},
		{"POST", apiPath + "/cards", programs, s.makeCard},
		{"POST", apiPath + "/concerns", programs, s.takeConcern},
	}
}

// cardOf is a card as its practice sees it.
type cardOf struct {
	ID       domain.CardID
	Nickname string
}

func (s *site) tellCards(w http.ResponseWriter, r *http.Request) error {
	if err := knownParameters(r); err != nil {
		return err
	}
	cards, err := s.Vault.Cards(r.Context(), actorOf(r).Practice)
	if err != nil {
		return err
	}
	rows := make([]cardOf, len(cards))
	for i, card := range cards {
		rows[i] = cardOf{card.ID, card.Nickname}
	}
	return s.answer(w, r, &asked{site: s, set: s.Set}, answer{rows: rows})
}

// newCard is what a worker says when making a card.
type newCard struct {
	Nickname    string        `json:"nickname"`
	EarlierYear domain.Answer `json:"earlierYear,omitzero"` // unknown, if empty
}

// longestNickname is how long a nickname may be, in characters.
const longestNickname = 40

// checkCard refuses a nickname that is no short line, and an answer that is none.
func checkCard(card domain.NewCard) error {
	line := vocabulary.Line(card.Nickname)
	switch {
	case line == "" || line != card.Nickname || !vocabulary.OneLine(line, longestNickname):
		return errNickname.at("/nickname")
	case !card.EarlierYear.Valid():
		return errEarlierYear.at("/earlierYear")
	}
	return nil
}

func (s *site) makeCard(w http.ResponseWriter, r *http.Request) error {
	id, sent, err := readPlain[newCard](w, r)
	if err != nil {
		return err
	}
	card := domain.NewCard{Practice: actorOf(r).Practice, Nickname: sent.Nickname, EarlierYear: sent.EarlierYear}
	if card.EarlierYear == "" {
		card.EarlierYear = domain.Unknown
	}
	if err := checkCard(card); err != nil {
		return err
	}
	made, err := s.addCard(r.Context(), id, card)
	if err != nil {
		return err
	}
	return answerJSON(w, http.StatusCreated, cardMade{made})
}

// addCard makes a card; a command that made another one is refused as the ledger refuses its own.
func (s *site) addCard(ctx context.Context, command domain.CommandID, card domain.NewCard) (domain.CardID, error) {
	id, err := s.Vault.AddCard(ctx, command, card)
	if errors.Is(err, domain.ErrOtherCard) {
		err = ledger.ErrReused
	}
	return id, err
}

type cardMade struct {
	ID uuid.UUID `json:"id"`
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
