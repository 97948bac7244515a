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

// alone holds that it is not pursued through another signal.
func (f Facts) alone() error {
	switch {
	case f.Into != "":
		return ErrBundled.Naming("into", string(f.Into))
	case f.Split:
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

// allowed holds that the focusgroep does not keep it, or anything bundled into it, from going further. Bundling is no
// way around a refusal.
func (s State) allowed(f Facts) error {
	if own, _ := s.Fact(); own.Refused() {
		return pursuit.ErrMandateRefused
	}
	for _, member := range f.Members {
		if member.Refused() {
			return pursuit.ErrMandateRefused
		}
	}
	if s.ofFocusgroep && s.mandate == otherWording {
		return ErrOtherWording
	}
	return nil
}

// mandated reports whether the focusgroep was heard: it gave its mandate to the whole, or to each part of it that is
// its own. What is not its own needs none.
func (s State) mandated(f Facts) bool {
	if s.mandate == mandateGiven {
		return true
	}
	for _, member := range f.Members {
		if member.OfFocusgroep && !member.MandateGiven {
			return false
		}
	}
	return !s.ofFocusgroep
}

// marked holds that going further without the mandate that is needed is marked so, and that nothing else is.
func (s State) marked(f Facts, without bool) error {
	if !without && !s.mandated(f) {
		return ErrNoMandate.At("/withoutMandate")
	}
	if without && s.mandate == mandateGiven {
		return ErrMandateThere.At("/withoutMandate")
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
