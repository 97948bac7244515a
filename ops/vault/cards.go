package vault

import (
	"context"
	"fmt"
	"slices"

	"github.com/go-json-experiment/json"
	"github.com/google/uuid"
	"github.com/ncruces/go-sqlite3"
	"signaalboek/domain"
)

// AddCard implements domain.Vault.
func (v *Vault) AddCard(ctx context.Context, command domain.CommandID, card domain.NewCard) (domain.CardID, error) {
	made := make(chan domain.CardID, 1) // the writer may still be at it when we have left
	mark := v.mark("card"+string(card.Practice), command)
	err := v.writer.do(ctx, func(db *conn) error {
		id, err := v.findOrMakeCard(db, mark, card)
		made <- id
		return err
	})
	if err != nil {
		return domain.CardID{}, fmt.Errorf("vault: add a card: %w", err)
	}
	return <-made, nil
}

// findOrMakeCard is the card of a mark, which must say what card says.
func (v *Vault) findOrMakeCard(db *conn, mark []byte, card domain.NewCard) (id domain.CardID, err error) {
	found, nickname := false, ""
	err = db.do(`SELECT id, master, nickname FROM card WHERE mark = ?`, func(stmt *sqlite3.Stmt) (err error) {
		id, found = columnID(stmt, 0), true
		nickname, err = v.nickname(stmt, card.Practice)
		return err
	}, mark)
	if err != nil {
		return id, err
	}
	if !found {
		id = uuid.New()
		return id, v.insertCard(db, id, mark, card)
	}
	history, err := v.history(db, id, card.Practice)
	if err == nil && (nickname != card.Nickname || history.Made != card.EarlierYear) {
		err = domain.ErrOtherCard
	}
	return id, err
}

// nickname reads a row of id, master and nickname.
func (v *Vault) nickname(stmt *sqlite3.Stmt, practice domain.PracticeID) (string, error) {
	id := columnID(stmt, 0)
	raw, err := v.master.unwrap(stmt.ColumnRawBlob(1), stmt.ColumnRawBlob(2), "nickname", string(id[:]), string(practice))
	return string(raw), err
}

func (v *Vault) insertCard(db *conn, id domain.CardID, mark []byte, card domain.NewCard) error {
	history, err := v.wrapHistory(id, card.Practice, &domain.CardHistory{Made: card.EarlierYear})
	if err != nil {
		return err
	}
	nickname := v.master.wrap([]byte(card.Nickname), "nickname", string(id[:]), string(card.Practice))
	return db.do(`INSERT INTO card (id, practice, mark, master, nickname, history) VALUES (?, ?, ?, ?, ?, ?)`, nil,
		id[:], string(card.Practice), mark, v.master.id, nickname, history)
}

// Cards implements domain.Vault.
func (v *Vault) Cards(ctx context.Context, practice domain.PracticeID) ([]domain.Card, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var cards []domain.Card
	err := v.read(ctx, func(db *conn) error {
		return db.do(`SELECT id, master, nickname FROM card WHERE practice = ?`, func(stmt *sqlite3.Stmt) error {
			nickname, err := v.nickname(stmt, practice)
			cards = append(cards, domain.Card{ID: columnID(stmt, 0), Practice: practice, Nickname: nickname})
			return err
		}, string(practice))
	})
	if err != nil {
		return nil, fmt.Errorf("vault: cards of %s: %w", practice, err)
	}
	slices.SortFunc(cards, domain.CompareCards)
	return cards, nil
}

// Recognise implements domain.Vault. In a year whose key was destroyed nobody is recognised any more: ErrForgotten.
func (v *Vault) Recognise(ctx context.Context, practice domain.PracticeID, card domain.CardID,
	on domain.Date, activity domain.Code) (domain.Recognition, error) {
	if err := ctx.Err(); err != nil {
		return domain.Recognition{}, err
	}
	earlier, here, err := v.ask(ctx, practice, card, on.Year(), activity)
	if err != nil {
		return domain.Recognition{}, fmt.Errorf("vault: recognise: %w", err)
	}
	year, err := v.named(ctx, scopeRow(domain.YearScope(practice, on.Year())))
	if err != nil {
		return domain.Recognition{}, fmt.Errorf("vault: recognise in %d: %w", on.Year(), err)
	}
	pseudonym := mac(v.keyOf(year).pseudonym, card[:])
	return domain.Recognition{Pseudonym: pseudonym, EarlierYear: earlier, EarlierYearHere: here}, nil
}

// ask is what is said of a card in a year, at an activity. Only the first time is anything written: the answers, and
// the key of the year, so that both cost one sync.
func (v *Vault) ask(ctx context.Context, practice domain.PracticeID, card domain.CardID,
	year int, activity domain.Code) (earlier, here domain.Answer, err error) {
	var said bool
	err = v.read(ctx, func(db *conn) error {
		history, err := v.history(db, card, practice)
		if err == nil {
			earlier, here, said = history.Said(year, activity)
		}
		return err
	})
	if err != nil || said {
		return earlier, here, err
	}
	answers := make(chan [2]domain.Answer, 1) // the writer may still be at it when we have left
	err = v.writer.do(ctx, func(db *conn) error {
		earlier, here, err := v.fix(db, practice, card, year, activity)
		answers <- [2]domain.Answer{earlier, here}
		return err
	})
	if err != nil {
		return "", "", err
	}
	fixed := <-answers
	return fixed[0], fixed[1], nil
}

func (v *Vault) fix(db *conn, practice domain.PracticeID, card domain.CardID,
	year int, activity domain.Code) (earlier, here domain.Answer, err error) {
	if _, err := scopeRow(domain.YearScope(practice, year)).findOrMake(db, v.master); err != nil {
		return "", "", err
	}
	history, err := v.history(db, card, practice)
	if err != nil {
		return "", "", err
	}
	earlier, here = history.Ask(year, activity)
	wrapped, err := v.wrapHistory(card, practice, history)
	if err != nil {
		return "", "", err
	}
	return earlier, here, db.do(`UPDATE card SET history = ? WHERE id = ?`, nil, wrapped, card[:])
}

// history is what is remembered of a card of a practice.
func (v *Vault) history(db *conn, card domain.CardID, practice domain.PracticeID) (*domain.CardHistory, error) {
	var history *domain.CardHistory
	err := db.do(`SELECT master, history FROM card WHERE id = ? AND practice = ?`, func(stmt *sqlite3.Stmt) error {
		raw, err := v.master.unwrap(stmt.ColumnRawBlob(0), stmt.ColumnRawBlob(1), "history", string(card[:]), string(practice))
		if err != nil {
			return err
		}
		history = &domain.CardHistory{}
		return json.Unmarshal(raw, history, json.RejectUnknownMembers(true))
	}, card[:], string(practice))
	if err == nil && history == nil {
		err = domain.ErrNoCard
	}
	return history, err
}

func (v *Vault) wrapHistory(card domain.CardID, practice domain.PracticeID, history *domain.CardHistory) ([]byte, error) {
	raw, err := json.Marshal(history)
	if err != nil {
		return nil, err
	}
	return v.master.wrap(raw, "history", string(card[:]), string(practice)), nil
}
