package projections

import (
	"signaalboek/domain"
	"signaalboek/domain/practice"
	"signaalboek/domain/vocabulary"
)

// forumIn is a forum of a practice.
type forumIn struct {
	practice symbol
	forum    symbol
}

// applyPractice keeps which forums are of the council.
func (s *Signals) applyPractice(event practice.Event, of domain.PracticeID) {
	switch event := event.(type) {
	case practice.Opened:
		book, _ := vocabulary.Defaults(event.Defaults)
		for _, forum := range book.Forums() {
			s.keepKind(of, forum)
		}
	case practice.ForumRegistered:
		s.keepKind(of, event.Forum)
	case practice.ForumChanged:
		s.keepKind(of, event.Forum)
	}
}

func (s *Signals) keepKind(of domain.PracticeID, forum vocabulary.Forum) {
	key := forumIn{s.names.practice(of), s.names.code(forum.Code)}
	if forum.Kind == vocabulary.CommitteeForum || forum.Kind == vocabulary.GoverningForum {
		s.councils[key] = true
	} else {
		delete(s.councils, key)
	}
}
