package practice

import (
	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// The refusals of forums.
var (
	ErrForumKind   = domain.Refuse(domain.Invalid, "forum-kind-unknown")
	ErrForumExists = domain.Refuse(domain.Conflict, "forum-exists")
)

// maxForumCode is the longest code of a forum, in bytes: with that of the longest practice it must still name a stream,
// that of the forum's calendar.
const maxForumCode = domain.MaxStreamID - len("forum-") - domain.MaxCode - len(".")

// RegisterForum adds a forum. A retired one comes back, with what is given.
type RegisterForum struct {
	vocabulary.Forum
}

func (c RegisterForum) decide(s State, _ Facts) ([]Event, error) {
	forum := tidy(c.Forum)
	if err := checkForum(s.book, forum); err != nil {
		return nil, err
	}
	existing, exists := s.book.Forum(forum.Code)
	switch {
	case exists && existing.Says(forum):
		return nil, nil
	case exists && !existing.Retired:
		return nil, ErrForumExists.At("/code").Naming("code", string(forum.Code))
	}
	return []Event{ForumRegistered{forum}}, nil
}

// ChangeForum gives a forum another name, kind or level from now on: the whole again. Its old name stays as an alias.
type ChangeForum struct {
	vocabulary.Forum
}

func (c ChangeForum) decide(s State, _ Facts) ([]Event, error) {
	forum := tidy(c.Forum)
	if err := s.book.CheckForum(forum.Code, "/code"); err != nil {
		return nil, err
	}
	if err := checkForum(s.book, forum); err != nil {
		return nil, err
	}
	if existing, _ := s.book.Forum(forum.Code); existing.Says(forum) {
		return nil, nil
	}
	return []Event{ForumChanged{forum}}, nil
}

// RetireForum stops offering a forum. What was raised there stays.
type RetireForum struct {
	Code domain.Code `json:"code"`
}

func (c RetireForum) decide(s State, _ Facts) ([]Event, error) {
	if forum, ok := s.book.Forum(c.Code); ok && forum.Retired {
		return nil, nil
	}
	if err := s.book.CheckForum(c.Code, "/code"); err != nil {
		return nil, err
	}
	return []Event{ForumRetired{Code: c.Code}}, nil
}

func tidy(f vocabulary.Forum) vocabulary.Forum {
	f.Label, f.Cadence, f.Remark = vocabulary.Line(f.Label), vocabulary.Line(f.Cadence), vocabulary.Line(f.Remark)
	f.Aliases = withoutLabel(vocabulary.Lines(f.Aliases), f.Label)
	f.Retired = false
	return f
}

func checkForum(book vocabulary.Book, forum vocabulary.Forum) error {
	if !forum.Code.Valid() || len(forum.Code) > maxForumCode {
		return ErrCode.At("/code")
	}
	if err := checkNames(forum.Label, forum.Aliases, ""); err != nil {
		return err
	}
	if !forum.Kind.Valid() {
		return ErrForumKind.At("/kind")
	}
	if err := book.Check(vocabulary.ForumLevels, forum.Level, "/level"); err != nil {
		return err
	}
	if !vocabulary.OneLine(forum.Cadence, vocabulary.MaxLabel) {
		return ErrRemark.At("/cadence")
	}
	if !vocabulary.OneLine(forum.Remark, vocabulary.MaxLabel) {
		return ErrRemark.At("/remark")
	}
	for _, other := range book.Forums() {
		if !other.Retired && other.Code != forum.Code && vocabulary.Fold(other.Label) == vocabulary.Fold(forum.Label) {
			return ErrLabelTaken.At("/label").Naming("code", string(other.Code))
		}
	}
	return nil
}
