package pursuit

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// The longest texts, in characters.
const (
	MaxStatement = 280  // what the bottleneck is
	MaxText      = 1000 // a reason, a motivation, a promise, what was told
)

// MaxPresent is more people than ever heard feedback at once.
const MaxPresent = 10_000

// maxPage is more pages than an official publication has.
const maxPage = 10_000

// The lists that steps can be tagged with: the frames that the field reports with.
const (
	CircleLevels domain.Code = "circle-level"
	CircleGoals  domain.Code = "circle-goal"
	Strategies   domain.Code = "strategy"
	Functions    domain.Code = "function"
	Conditions   domain.Code = "condition"
	Priorities   domain.Code = "priority"
)

// TagLists is every list that a tag may come from.
func TagLists() []domain.Code {
	return []domain.Code{CircleLevels, CircleGoals, Strategies, Functions, Conditions, Priorities}
}

// FirstOf is the first refusal among checks, none if there is none.
func FirstOf(checks ...error) error {
	for _, err := range checks {
		if err != nil {
			return err
		}
	}
	return nil
}

// CheckText refuses a text that is too long, in characters, or holds what is no text.
func CheckText(text string, most int, pointer string) error {
	if !utf8.ValidString(text) || strings.ContainsFunc(text, control) {
		return ErrTextInvalid.At(pointer)
	}
	if utf8.RuneCountInString(text) > most {
		return ErrTextTooLong.At(pointer).Naming("most", strconv.Itoa(most))
	}
	return nil
}

// control reports whether r is a control character; a text may have several lines.
func control(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' }

// CheckRequired refuses a text that is empty, blank or too long.
func CheckRequired(text string, most int, pointer string) error {
	if strings.TrimSpace(text) == "" {
		return ErrTextMissing.At(pointer)
	}
	return CheckText(text, most, pointer)
}

// Choice is one of a closed set of words.
type Choice interface{ ~string }

// CheckChoice refuses a word that is not one of those offered.
func CheckChoice[C Choice](chosen C, pointer string, offered ...C) error {
	for _, o := range offered {
		if chosen == o {
			return nil
		}
	}
	return ErrChoiceUnknown.At(pointer)
}

// CheckNotBefore refuses a day that lies before another; no day is fine.
func CheckNotBefore(day, first domain.Date, pointer string) error {
	if !day.IsZero() && day < first {
		return ErrDateTooEarly.At(pointer).Naming("first", first.String())
	}
	return nil
}

// checkNotAfter refuses a day that is missing or lies after another.
func checkNotAfter(day, last domain.Date, pointer string) error {
	if day.IsZero() {
		return ErrDateMissing.At(pointer)
	}
	if day > last {
		return ErrDateTooLate.At(pointer).Naming("last", last.String())
	}
	return nil
}

// ForumOf is the forum of a code, also when it meets no more: it may still have answered before. An unknown one is
// refused.
func ForumOf(book vocabulary.Book, code domain.Code, pointer string) (vocabulary.Forum, error) {
	forum, ok := book.Forum(code)
	if !ok {
		return forum, book.CheckForum(code, pointer)
	}
	return forum, nil
}

// CheckMeeting refuses a stream that is no meeting of the focusgroep, and a meeting that was not held.
func CheckMeeting(meeting domain.StreamID, held bool, pointer string) error {
	switch {
	case !meeting.Valid() || meeting.Category() != string(AtFocusgroep):
		return ErrMeetingMissing.At(pointer)
	case !held:
		return ErrMeetingNotHeld.At(pointer)
	}
	return nil
}

// CheckTags refuses a tag of a list that is none of TagLists, or of a code that is not in its list.
func CheckTags(book vocabulary.Book, tags []Tag) error {
	for i, tag := range tags {
		at := "/tags/" + strconv.Itoa(i)
		err := FirstOf(CheckChoice(tag.List, at+"/list", TagLists()...), book.Check(tag.List, tag.Code, at+"/code"))
		if err != nil {
			return err
		}
	}
	return nil
}

func checkReference(reference *Reference) error {
	if reference == nil {
		return nil
	}
	if err := domain.CheckLink(reference.URI); err != nil {
		return domain.ErrLink.At("/reference/uri")
	}
	if reference.Page < 0 || reference.Page > maxPage {
		return ErrNumberInvalid.At("/reference/page")
	}
	if reference.Digest != "" && domain.CheckDigest(reference.Digest) != nil {
		return domain.ErrDigest.At("/reference/digest")
	}
	return nil
}
