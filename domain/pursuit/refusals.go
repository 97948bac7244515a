package pursuit

import "signaalboek/domain"

// The refusals that signals, bundles and recommendations share.
var (
	ErrSignalNotFound    = domain.Refuse(domain.NotFound, "signal-not-found")
	ErrMeetingMissing    = domain.Refuse(domain.Invalid, "focusgroep-meeting-missing")
	ErrMeetingNotHeld    = domain.Refuse(domain.Conflict, "focusgroep-meeting-not-held") // or there is no such meeting
	ErrSessionNotFound   = domain.Refuse(domain.Conflict, "session-not-found")           // or it was withdrawn
	ErrMandateRefused    = domain.Refuse(domain.Conflict, "mandate-refused")             // by the focusgroep, as things stand
	ErrMandateMissing    = domain.Refuse(domain.Conflict, "mandate-missing")             // and not marked to be
	ErrMandateThere      = domain.Refuse(domain.Invalid, "mandate-there-already")        // marked to be missing, and is not
	ErrSettingUnclear    = domain.Refuse(domain.Invalid, "setting-unclear")              // fields do not fit its kind
	ErrSettingFocusgroep = domain.Refuse(domain.Invalid, "setting-is-focusgroep")        // by another name
	ErrChoiceUnknown     = domain.Refuse(domain.Invalid, "choice-unknown")               // not one of a closed set of words
	ErrTextMissing       = domain.Refuse(domain.Invalid, "text-missing")
	ErrTextInvalid       = domain.Refuse(domain.Invalid, "text-invalid")  // control characters, or no UTF-8
	ErrTextTooLong       = domain.Refuse(domain.Invalid, "text-too-long") // names the most, in characters
	ErrDateMissing       = domain.Refuse(domain.Invalid, "date-missing")
	ErrDateTooEarly      = domain.Refuse(domain.Invalid, "date-too-early")        // names the first day that can be
	ErrDateTooLate       = domain.Refuse(domain.Invalid, "date-too-late")         // names the last day that can be
	ErrNumberInvalid     = domain.Refuse(domain.Invalid, "number-invalid")        // negative, or absurdly large
	ErrFieldUnexpected   = domain.Refuse(domain.Invalid, "field-not-with-choice") // belongs to another choice
)

// The refusals of the road from an agenda to an answer and back.
var (
	ErrForumRetired    = domain.Refuse(domain.Conflict, "forum-retired")
	ErrThroughNobody   = domain.Refuse(domain.Conflict, "council-item-through-nobody") // a council takes no own items
	ErrNotScheduled    = domain.Refuse(domain.Conflict, "not-on-this-agenda")
	ErrNotRaised       = domain.Refuse(domain.Conflict, "not-raised-in-this-forum")
	ErrForwardMissing  = domain.Refuse(domain.Invalid, "forward-without-forum")
	ErrForwardToItself = domain.Refuse(domain.Invalid, "forward-to-itself")
	ErrNoPromise       = domain.Refuse(domain.Conflict, "no-promise-made")
	ErrPromiseUnknown  = domain.Refuse(domain.Invalid, "promise-unknown")  // names how many were made
	ErrPromiseSettled  = domain.Refuse(domain.Conflict, "promise-settled") // kept is not broken, broken is not kept
	ErrSettingNotOurs  = domain.Refuse(domain.Invalid, "setting-did-not-raise-it")
	ErrNothingToTell   = domain.Refuse(domain.Conflict, "nothing-to-tell-yet")
)
