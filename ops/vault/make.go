package vault

import (
	"fmt"

	"github.com/go-json-experiment/json"
	"signaalboek/domain"
)

// blank fills new, empty tables with what a vault cannot be without.
func blank(tx Tx, m *Master) error {
	for _, name := range []string{digestName, marksName} {
		if _, err := insert(tx, m, row{name: name}); err != nil {
			return err
		}
	}
	return begin(tx, m, 0)
}

// begin makes what form 2 has beside form 1; erase is 1 if there is something to erase from pages and journals.
func begin(tx Tx, m *Master, erase int) error {
	if _, err := insert(tx, m, row{name: ordersName}); err != nil {
		return err
	}
	return tx.Do(`INSERT INTO state (one, generation, master, erase) VALUES (1, 1, $1, $2)`, nil, m.id, erase)
}

// Holds reports whether m is the master key of rows: the one they are wrapped with, or one that leads to it.
func Holds(tx Tx, m *Master) error {
	s, err := readState(tx)
	if err != nil {
		return err
	}
	_, err = follow(tx, m, s.master)
	return err
}

// FromForm1 fills the tables of form 2, which are there and empty but for table secret, from those of form 1: table
// secret is the same, and table card1 is what table card was. It refuses another master key before it changes anything.
func FromForm1(tx Tx, m *Master) error {
	marks, found, err := find(tx, m, secretByName, marksName)
	if err != nil {
		return err
	}
	if !found {
		return fmt.Errorf("%w: it has no secret %s", ErrForeign, marksName)
	}
	cards, err := cardsOfForm1(tx, m)
	if err != nil {
		return err
	}
	for _, old := range cards {
		if err := old.bring(tx, m, marks); err != nil {
			return fmt.Errorf("bring card into form 2: %w", err)
		}
	}
	return begin(tx, m, 1)
}

// card1 is a card of form 1: the master key wrapped it, in two parts.
type card1 struct {
	card
	mark []byte
}

func cardsOfForm1(tx Tx, m *Master) (cards []card1, err error) {
	err = tx.Do(`SELECT id, practice, mark, master, nickname, history FROM card1`, func(r Row) error {
		c := card1{
			card: card{id: idAt(r, 0), practice: domain.PracticeID(r.Text(1))},
			mark: append([]byte(nil), r.Bytes(2)...),
		}
		nickname, err := m.unwrap(r.Bytes(3), r.Bytes(4), "nickname", string(c.id[:]), string(c.practice))
		if err != nil {
			return err
		}
		history, err := m.unwrap(r.Bytes(3), r.Bytes(5), "history", string(c.id[:]), string(c.practice))
		if err != nil {
			return err
		}
		c.Nickname, c.History = string(nickname), &domain.CardHistory{}
		cards = append(cards, c)
		return json.Unmarshal(history, c.History, json.RejectUnknownMembers(true))
	})
	return cards, err
}

// bring makes the card's row of form 2.
func (c card1) bring(tx Tx, m *Master, marks secret) (err error) {
	c.Asked = asMade(marks, domain.NewCard{Practice: c.practice, Nickname: c.Nickname, EarlierYear: c.History.Made})
	if c.key, err = insert(tx, m, cardRow(c.id)); err != nil {
		return err
	}
	return insertCard(tx, &c.card, c.mark)
}
