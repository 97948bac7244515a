package api

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/catalog"
)

// What is refused of an erasure.
var (
	errErasing   = obstruct(http.StatusUnprocessableEntity, "erase-what")     // neither a card nor a thing, or both
	errUnchosen  = obstruct(http.StatusUnprocessableEntity, "erase-unchosen") // on the page: none of the texts
	errUncertain = obstruct(http.StatusUnprocessableEntity, "erase-unsure")   // not confirmed
)

// erasureCalls is how a program erases. It is no command: nothing is recorded now.
func (s *site) erasureCalls() []route {
	return forCoordinators([]route{{"POST", apiPath + "/erasures", programs, s.takeErasure}})
}

// newErasure is what is to be erased, for good: one text of a thing, all its texts, or a card.
type newErasure struct {
	Thing domain.StreamID `json:"thing,omitzero"` // a signal, or whatever else has texts
	Event domain.EventID  `json:"event,omitzero"` // with Field: one text of the thing
	Field string          `json:"field,omitzero"`
	Card  domain.CardID   `json:"card,omitzero"`
	Sure  bool            `json:"sure"`
}

// text is the one text that is to be erased; the zero Place means all.
func (e newErasure) text() domain.Place { return domain.Place{Event: e.Event, Field: e.Field} }

func (e newErasure) check() error {
	switch one := e.Event != uuid.Nil; {
	case (e.Thing == "") == (e.Card == uuid.Nil), one != (e.Field != ""), one && e.Thing == "":
		return errErasing
	case !e.Sure:
		return errUncertain.at("/sure")
	}
	return nil
}

func (s *site) takeErasure(w http.ResponseWriter, r *http.Request) error {
	_, sent, err := readPlain[newErasure](w, r)
	if err == nil {
		err = s.erase(r.Context(), actorOf(r).Practice, sent)
	}
	if err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// erase destroys keys, and then lets go of all that is held open. If we die in between, the program does that when it
// starts. What was erased before, or was never there, is no error: who asks again hears the same.
func (s *site) erase(ctx context.Context, practice domain.PracticeID, what newErasure) error {
	if err := what.check(); err != nil {
		return err
	}
	if err := s.destroy(ctx, practice, what); err != nil {
		return err
	}
	s.Set.ForgetTexts()
	s.Judging.ForgetBuilt()
	if s.Forgotten == nil {
		return nil
	}
	return s.Forgotten(context.WithoutCancel(ctx))
}

func (s *site) destroy(ctx context.Context, practice domain.PracticeID, what newErasure) error {
	switch {
	case what.Card != uuid.Nil:
		return orNoSuchThing(s.Vault.ForgetCard(ctx, practice, what.Card))
	case what.text() != domain.Place{}:
		keys, err := s.Ledger.TextKeys(ctx, practice, what.Thing, what.text())
		if err != nil {
			return orNoSuchThing(err)
		}
		return s.Vault.ForgetTexts(ctx, practice, keys...)
	default:
		keys, err := s.Ledger.Keys(ctx, practice, what.Thing)
		if err != nil {
			return orNoSuchThing(err)
		}
		return s.Vault.ForgetSubject(ctx, practice, what.Thing, keys...)
	}
}

// erasable is one text that stands in the log.
type erasable struct {
	on domain.Date
	domain.Sealed
}

// textsOf is every text of a thing of a practice, oldest first.
func (s *site) textsOf(ctx context.Context, practice domain.PracticeID, thing domain.StreamID) (all []erasable, err error) {
	found := false
	for recorded, err := range s.Store.ReadStream(ctx, thing, 0) {
		if err != nil {
			return nil, err
		}
		entry, err := catalog.Decode(recorded)
		if err != nil {
			return nil, err
		}
		if found = entry.Meta.Practice == practice; !found {
			break
		}
		_, err = catalog.Default.EachText(entry.Event, func(_ string, text domain.Sealed) (domain.Sealed, error) {
			if !text.IsZero() {
				all = append(all, erasable{entry.Meta.On, text})
			}
			return text, nil
		})
		if err != nil {
			return nil, err
		}
	}
	if !found {
		return nil, errNoSuchThing
	}
	return all, nil
}
