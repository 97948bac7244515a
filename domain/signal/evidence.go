package signal

import (
	"slices"
	"strconv"

	"signaalboek/domain"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/vocabulary"
)

// maxCodes is more codes of one list than ever describe one signal.
const maxCodes = 20

// settingsOf is the kinds of setting that an origin comes with; a help request comes up in any. What was heard in a
// group that kept no count of its moments, or before there was a register, is placed in the activity and its year.
var settingsOf = map[Origin][]pursuit.SettingKind{
	FromFocusgroep: {pursuit.AtFocusgroep, pursuit.AtActivity},
	FromSession:    {pursuit.AtSession, pursuit.AtActivity},
	FromPartner:    {pursuit.AtPartner},
	FromSurvey:     {pursuit.InSurvey},
	FromVolunteer:  {pursuit.ByVolunteers},
}

// decide picks it up. There is no text yet: nothing has to be typed on the street.
func (c PickUp) decide(s State, f Facts) ([]Event, error) {
	if s.exists {
		return nil, ErrExists
	}
	if err := pursuit.FirstOf(c.checkCodes(f.Book), f.check(c.Evidence), c.checkOrigin()); err != nil {
		return nil, err
	}
	return []Event{PickedUp{
		From: c.From, Evidence: c.Evidence, Themes: vocabulary.Distinct(c.Themes),
		Thresholds: vocabulary.Distinct(c.Thresholds), TargetGroups: vocabulary.Distinct(c.TargetGroups),
	}}, nil
}

func (c PickUp) checkCodes(book vocabulary.Book) error {
	if len(c.Themes) == 0 {
		return ErrNoThemes.At("/themes")
	}
	return pursuit.FirstOf(
		checkCodes(book, vocabulary.Themes, c.Themes, "/themes"),
		checkCodes(book, vocabulary.Thresholds, c.Thresholds, "/thresholds"),
		checkCodes(book, vocabulary.TargetGroups, c.TargetGroups, "/targetGroups"),
	)
}

func checkCodes(book vocabulary.Book, list domain.Code, codes []domain.Code, pointer string) error {
	if len(codes) > maxCodes {
		return ErrTooManyCodes.At(pointer).Naming("most", strconv.Itoa(maxCodes))
	}
	return book.CheckAll(list, codes, pointer)
}

func (c PickUp) checkOrigin() error {
	kinds, bound := settingsOf[c.From]
	setting := c.Evidence.Setting
	switch {
	case c.From == FromHelpRequest && c.Evidence.Contact == "":
		return ErrContactMissing.At("/evidence/contact")
	case c.From == FromHelpRequest:
		return nil
	case !bound:
		return pursuit.ErrChoiceUnknown.At("/from")
	case !slices.Contains(kinds, setting.Kind):
		return ErrOriginUnclear.At("/evidence/setting/kind")
	case c.From == FromFocusgroep && !setting.OfFocusgroep():
		return ErrOriginUnclear.At("/evidence/setting/code")
	}
	return nil
}

// decide links evidence, also to a signal that was bundled: it counts for the whole. One that was split has parts that
// were heard. The same evidence again is nothing.
func (c LinkEvidence) decide(s State, f Facts) ([]Event, error) {
	if err := s.open(); err != nil {
		return nil, err
	}
	if f.Split {
		return nil, ErrSplit
	}
	if slices.Contains(s.evidence, c.Evidence) {
		return nil, nil
	}
	if err := f.check(c.Evidence); err != nil {
		return nil, err
	}
	return []Event{EvidenceLinked(c)}, nil
}

// decide reopens what was closed. Old evidence is no reason to.
func (c Reopen) decide(s State, f Facts) ([]Event, error) {
	if err := pursuit.FirstOf(s.found(), f.alone()); err != nil {
		return nil, err
	}
	if s.closed == "" {
		return nil, ErrNotClosed
	}
	if slices.Contains(s.evidence, c.Evidence) {
		return nil, ErrEvidenceKnown.At("/evidence")
	}
	err := pursuit.FirstOf(pursuit.CheckRequired(c.Reason, pursuit.MaxText, "/reason"), f.check(c.Evidence))
	if err != nil {
		return nil, err
	}
	return []Event{Reopened{Reason: domain.ToSeal(c.Reason), Evidence: c.Evidence}}, nil
}

// check holds that evidence is whole, and that what it names exists.
func (f Facts) check(e Evidence) error {
	if err := e.Setting.Check(f.Book, f.On, "/evidence/setting"); err != nil {
		return err
	}
	switch {
	case e.Setting.Kind == pursuit.AtFocusgroep && !f.MeetingHeld:
		return pursuit.ErrMeetingNotHeld.At("/evidence/setting/stream")
	case e.Setting.Kind == pursuit.AtSession && !f.SessionHeld:
		return pursuit.ErrSessionNotFound.At("/evidence/setting/stream")
	}
	return f.checkContact(e)
}

func (f Facts) checkContact(e Evidence) error {
	switch {
	case e.Contact == "" && e.Request == 0:
		return nil
	case !e.Contact.Valid() || e.Contact.Category() != "contact":
		return ErrContactMissing.At("/evidence/contact")
	case f.Contact == nil || f.Contact.Withdrawn:
		return ErrContactNotFound.At("/evidence/contact")
	case e.Request < 1 || e.Request > f.Contact.Requests:
		return ErrContactNotFound.At("/evidence/request")
	}
	return nil
}
