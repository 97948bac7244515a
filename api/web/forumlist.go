package web

import "signaalboek/domain/vocabulary"

// ForumListPage is the forums of the practice as words: their names, kinds and levels.
type ForumListPage struct {
	Forums   []vocabulary.Forum
	Register ForumForm
}

// ForumForm is a form that describes a forum.
type ForumForm struct {
	Form
	Levels []Option
}

// ForumEntryPage is one forum as a word, with what can be changed about it.
type ForumEntryPage struct {
	Forum  vocabulary.Forum
	Change *ForumForm // nil: it is retired
	Retire *Form      // the same
	Back   *ForumForm // nil: it is not
}

func (ForumListPage) page() string  { return "forum-list" }
func (ForumEntryPage) page() string { return "forum-entry" }
