package release

import (
	"signaalboek/domain"
	"signaalboek/domain/pursuit"
)

// Together stands in the place of a practice for what all practices publish together: once a year, how often a possible
// concern (mogelijke verontrusting) was counted. No practice can have this name. Coordinators of any practice propose and
// confirm it, by the same rules as releases of their own.
//
// The count stands in the vault, and in no event: what was published is what the files say, which the log has the digest
// of. So of a year it is published once, for ever: counted again it could be another number, and who subtracts the two
// learns of single people. Nor can anybody say something in it, so that there is nothing in it to erase.
const Together domain.PracticeID = "together"

// The refusals of what all practices publish together.
var (
	ErrYearsOnly = domain.Refuse(domain.Invalid, "release-together-years-only")
	ErrOnce      = domain.Refuse(domain.Conflict, "release-together-once")
	ErrWordless  = domain.Refuse(domain.Invalid, "release-together-wordless") // neither sentences, nor motivations, nor what others published
)

// checkMotivation refuses a motivation that is no text, and any of all practices together.
func (f Facts) checkMotivation(motivation string) error {
	if f.Together && motivation != "" {
		return ErrWordless.At("/motivation")
	}
	return pursuit.CheckText(motivation, pursuit.MaxText, "/motivation")
}
