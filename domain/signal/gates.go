package signal

import (
	"strconv"

	"signaalboek/domain/pursuit"
	"signaalboek/domain/vocabulary"
)

// found holds that the signal exists.
func (s State) found() error {
	if !s.exists {
		return ErrNotFound
	}
	return nil
}

// open holds that it exists and is not closed.
func (s State) open() error {
	if err := s.found(); err != nil {
		return err
	}
	if s.closed != "" {
		return ErrClosed.Naming("reason", string(s.closed))
	}
	return nil
}

// notBundled holds that it is not pursued through a whole. What was split still answers for itself.
func (f Facts) notBundled() error {
	if f.Into != "" {
		return ErrBundled.Naming("into", string(f.Into))
	}
	return nil
}

// alone holds that it is not pursued through another signal.
func (f Facts) alone() error {
	if err := f.notBundled(); err != nil {
		return err
	}
	if f.Split {
		return ErrSplit
	}
	return nil
}

// pursued holds that it is open, and pursued by itself.
func (s State) pursued(f Facts) error { return pursuit.FirstOf(s.open(), f.alone()) }

// taken holds that it is open, pursued by itself, and not left alone for now.
func (s State) taken(f Facts) error {
	if err := s.pursued(f); err != nil {
		return err
	}
	if s.parked {
		return ErrParked
	}
	return nil
}

// whole is the signal with everything that is bundled into it.
func (s State) whole(f Facts) pursuit.Whole {
	own, _ := s.Fact()
	return pursuit.Whole{SignalFact: own, Others: f.Members}
}

// allowed holds that the focusgroep does not keep it, or anything bundled into it, from going further.
func (s State) allowed(f Facts) error {
	if s.whole(f).Refused() {
		return pursuit.ErrMandateRefused
	}
	if s.ofFocusgroep && s.mandate == otherWording {
		return ErrOtherWording
	}
	return nil
}

// marked holds that going further without the mandate that is needed is marked so, and that nothing is marked beside a
// mandate. What needs none may be marked all the same: it tells that the focusgroep could not meet to talk about it.
func (s State) marked(f Facts, without bool) error {
	switch {
	case !without && !s.whole(f).Mandated():
		return pursuit.ErrMandateMissing.At("/withoutMandate")
	case without && s.mandate == mandateGiven:
		return pursuit.ErrMandateThere.At("/withoutMandate")
	}
	return nil
}

// mayGoTo is the gate before a forum: every signal is worded first; only forums that weigh take it before it was found
// to be structural.
func (s State) mayGoTo(forum vocabulary.Forum) error {
	switch {
	case forum.Kind.Weighs() || s.structural:
		return nil
	case !s.weighed:
		return ErrNotWeighed.At("/forum").Naming("forum", string(forum.Code))
	}
	return ErrNotStructural.At("/forum").Naming("forum", string(forum.Code))
}

func (s State) worded() error {
	if s.versions == 0 {
		return ErrNotWorded
	}
	return nil
}

// paid holds that no setting waits for an answer, or that the reason says why it cannot get one.
func (f Facts) paid(reason ClosingReason) error {
	if reason == Unreachable || reason == ActivityStopped {
		return nil
	}
	waiting := 0
	for _, standing := range f.Standings {
		if standing.Owed() {
			waiting++
		}
	}
	if waiting > 0 {
		return ErrDebtOpen.Naming("settings", strconv.Itoa(waiting))
	}
	return nil
}
