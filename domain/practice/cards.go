package practice

import (
	"fmt"
	"slices"

	"signaalboek/domain"
)

// The refusals of cards that are merged.
var (
	ErrSameCard = domain.Refuse(domain.Invalid, "cards-same")
	ErrNoCards  = domain.Refuse(domain.Invalid, "cards-unknown") // one of them is not there, or was forgotten
)

// CardsMerged: two cards turned out to be one person, who therefore had two pseudonyms in a year. Which cards, nobody can
// read here. There is an event for each such year, sealed under its key: it goes when the year goes.
type CardsMerged struct {
	Year int           `json:"year"`
	Same domain.Sealed `json:"same"` // of two pseudonyms, see PairOf
}

// EventName implements domain.Event.
func (CardsMerged) EventName() string { return "practice.cards-merged.v1" }

func (e CardsMerged) evolve(s State) State {
	s.merged = append(slices.Clip(s.merged), e)
	return s
}

// SealPair is two pseudonyms that are one person, to be sealed: 32 bytes, the one and then the other.
func SealPair(practice domain.PracticeID, pair domain.SamePerson) domain.Sealed {
	raw := slices.Concat(pair.Kept[:], pair.Other[:])
	return domain.ToSealUnder(domain.YearScope(practice, pair.Year), raw)
}

// PairOf reads what SealPair wrote, opened.
func PairOf(year int, raw []byte) (domain.SamePerson, error) {
	pair := domain.SamePerson{Year: year}
	if len(raw) != len(pair.Kept)+len(pair.Other) {
		return pair, fmt.Errorf("pair of pseudonyms: not %d bytes", len(pair.Kept)+len(pair.Other))
	}
	copy(pair.Kept[:], raw)
	copy(pair.Other[:], raw[len(pair.Kept):])
	return pair, nil
}

// MergeCards says that two cards are one person. The vault merges them for good before anything is decided here; what is
// decided is what the log says of it. So a command whose answer was lost, asked again, still records what the vault has
// done, and records nothing that stands there already.
type MergeCards struct {
	Keep  domain.CardID `json:"keep"`
	Other domain.CardID `json:"other"`
}

// CompleteMergings records what the vault merged and the log does not say, because the program died in between.
type CompleteMergings struct{}

// Merging is what a decision about merged cards knows of the vault.
type Merging struct {
	Practice domain.PracticeID
	Pairs    []domain.SamePerson // what the vault answered
	Recorded []domain.SamePerson // what earlier events say, as far as it can be opened
}

// Needs is what the ledger asks the vault before a decision. The zero Needs asks nothing.
type Needs struct {
	Merge    *MergeCards // merge these
	Merged   bool        // tell all that were ever merged
	Recorded []CardsMerged
}

// NeedsOf tells what a command needs to know of the vault. What is refused anyway merges nothing.
func NeedsOf(s State, c Command) Needs {
	if s.opened == nil {
		return Needs{}
	}
	switch c := c.(type) {
	case MergeCards:
		if c.check() == nil {
			return Needs{Merge: &c, Recorded: s.merged}
		}
	case CompleteMergings:
		return Needs{Merged: true, Recorded: s.merged}
	}
	return Needs{}
}

func (c MergeCards) check() error {
	if c.Keep == c.Other {
		return ErrSameCard.At("/other")
	}
	return nil
}

func (c MergeCards) decide(_ State, f Facts) ([]Event, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	if f.Merging == nil {
		return nil, ErrNoCards.At("/other")
	}
	return f.Merging.missing(), nil
}

func (c CompleteMergings) decide(_ State, f Facts) ([]Event, error) {
	if f.Merging == nil {
		return nil, nil
	}
	return f.Merging.missing(), nil
}

// missing is what the log does not say yet.
func (m *Merging) missing() (events []Event) {
	for _, pair := range m.Pairs {
		if !slices.Contains(m.Recorded, pair) {
			events = append(events, CardsMerged{Year: pair.Year, Same: SealPair(m.Practice, pair)})
		}
	}
	return events
}
