package projections

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/release"
	"signaalboek/domain/vocabulary"
)

// editing is editions that are being made.
type editing struct {
	Edited
	set  *Set
	name string
	book vocabulary.Book
	from string // the version of the defaults that the practice began with
}

func (s *Set) editing(of Edited) *editing {
	s.lock.RLock()
	defer s.lock.RUnlock()
	e := &editing{Edited: of, set: s, book: s.Words.book(of.Practice)}
	if words := s.Words.practices[of.Practice]; words != nil {
		e.name, e.from = words.name, words.defaults
	}
	return e
}

func (e *editing) read(context.Context) error { return nil }

// head is the top of an edition; its keys are added when all texts are in it.
func (e *editing) head(edition release.Edition) EditionHead {
	head := EditionHead{Practice: e.name, Period: e.Release.Period}
	for _, place := range release.Places(edition) {
		for _, sentence := range e.Release.Sentences {
			if sentence.Edition == edition && sentence.Place == place {
				head.Sentences = append(head.Sentences, EditionSentence{place, sentence.Text})
			}
		}
	}
	return head
}

// keys is the keys of texts, each once, in their order.
func keys(texts []domain.Sealed) []uuid.UUID {
	var all []uuid.UUID
	for _, text := range texts {
		if !text.IsZero() {
			all = append(all, text.Key)
		}
	}
	slices.SortFunc(all, func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) })
	return slices.Compact(all)
}

func (e *editing) council() CouncilEdition {
	return CouncilEdition{
		EditionHead: e.head(release.Council), Figures: e.Figures,
		Neighbourhood: vocabulary.Context(e.from), Method: e.method(),
	}
}

func (e *editing) residents() ResidentsEdition {
	return ResidentsEdition{EditionHead: e.head(release.Residents)}
}

func (e *editing) partners() []PartnerEdition { return nil }
