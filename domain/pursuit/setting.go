package pursuit

import (
	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// firstYear is the earliest year of a setting: practices that began before it have no register to take from.
const firstYear = 1990

// Check refuses a setting whose fields do not fit its kind, or whose codes are not known on that day. Whether its
// meeting was held or its session exists stands in other streams: see Facts of package signal.
func (s Setting) Check(book vocabulary.Book, on domain.Date, pointer string) error {
	if err := s.checkShape(pointer); err != nil {
		return err
	}
	switch s.Kind {
	case AtActivity:
		return FirstOf(
			book.Check(vocabulary.Activities, s.Code, pointer+"/code"), s.checkName(book, pointer), s.checkYear(on, pointer),
		)
	case AtPartner:
		return book.Check(vocabulary.Services, s.Code, pointer+"/code")
	case InSurvey, ByVolunteers:
		return s.checkYear(on, pointer)
	}
	return nil
}

// checkShape holds that settings can be compared whole: each kind has its own fields and no others.
func (s Setting) checkShape(pointer string) error {
	want := Setting{Kind: s.Kind}
	switch s.Kind {
	case AtFocusgroep, AtSession:
		want.Stream = s.Stream
		if !s.Stream.Valid() || s.Stream.Category() != string(s.Kind) {
			return ErrSettingUnclear.At(pointer + "/stream")
		}
	case AtActivity:
		want.Code, want.Year = s.Code, s.Year
	case AtPartner:
		want.Code = s.Code
	case InSurvey, ByVolunteers:
		want.Year = s.Year
	default:
		return ErrChoiceUnknown.At(pointer + "/kind")
	}
	if s != want {
		return ErrSettingUnclear.At(pointer)
	}
	return nil
}

// checkName holds that the focusgroep goes by one name: a word of the practice's own for it would get past its mandate,
// for what was recorded is folded without a book. See OfFocusgroep.
func (s Setting) checkName(book vocabulary.Book, pointer string) error {
	if !s.OfFocusgroep() && book.IsFocusgroep(s.Code) {
		return ErrSettingFocusgroep.At(pointer + "/code")
	}
	return nil
}

func (s Setting) checkYear(on domain.Date, pointer string) error {
	if s.Year < firstYear || s.Year > on.Year() {
		return ErrSettingUnclear.At(pointer + "/year")
	}
	return nil
}

// OfFocusgroep reports whether it was the focusgroep that said it there.
func (s Setting) OfFocusgroep() bool {
	return s.Kind == AtFocusgroep || s.Kind == AtActivity && s.Code == vocabulary.ActivityFocusgroep
}
