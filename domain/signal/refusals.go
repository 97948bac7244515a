package signal

import (
	"signaalboek/domain"
	"signaalboek/domain/pursuit"
)

// The refusals of signals; those shared with recommendations stand in package pursuit.
var (
	ErrNotFound         = pursuit.ErrSignalNotFound
	ErrExists           = domain.Refuse(domain.Conflict, "signal-picked-up-already")
	ErrClosed           = domain.Refuse(domain.Conflict, "signal-closed") // names the reason
	ErrNotClosed        = domain.Refuse(domain.Conflict, "signal-not-closed")
	ErrBundled          = domain.Refuse(domain.Conflict, "signal-bundled") // names the signal it is pursued through
	ErrSplit            = domain.Refuse(domain.Conflict, "signal-split")
	ErrParked           = domain.Refuse(domain.Conflict, "signal-parked")
	ErrNotWorded        = domain.Refuse(domain.Conflict, "signal-not-worded")
	ErrWordedAlready    = domain.Refuse(domain.Conflict, "signal-worded-already")
	ErrNotWeighed       = domain.Refuse(domain.Conflict, "signal-not-weighed")    // names the forum
	ErrNotStructural    = domain.Refuse(domain.Conflict, "signal-not-structural") // names the forum
	ErrOtherWording     = domain.Refuse(domain.Conflict, "other-wording-asked")
	ErrDebtOpen         = domain.Refuse(domain.Conflict, "feedback-open") // names how many settings wait
	ErrNothingTold      = domain.Refuse(domain.Conflict, "reaction-before-feedback")
	ErrNotTold          = domain.Refuse(domain.Invalid, "setting-not-told")
	ErrNewSignalMissing = domain.Refuse(domain.Invalid, "reaction-without-new-signal")
	ErrNewSignalItself  = domain.Refuse(domain.Invalid, "reaction-new-signal-itself")
	ErrNoThemes         = domain.Refuse(domain.Invalid, "themes-missing")
	ErrTooManyCodes     = domain.Refuse(domain.Invalid, "too-many-codes")
	ErrOriginUnclear    = domain.Refuse(domain.Invalid, "origin-does-not-fit-setting")
	ErrContactMissing   = domain.Refuse(domain.Invalid, "help-request-missing")
	ErrContactNotFound  = domain.Refuse(domain.Conflict, "help-request-not-found") // also: of a contact that was withdrawn
	ErrEvidenceKnown    = domain.Refuse(domain.Conflict, "evidence-known-already")
)
