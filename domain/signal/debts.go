package signal

import (
	"signaalboek/domain"
	"signaalboek/domain/pursuit"
)

// Owe has the setting be owed whatever comes of the signal.
func (p PickedUp) Owe(d *pursuit.Debts, e domain.Entry) { d.Raise(e.Stream, p.Evidence.Setting) }

// Owe has one more setting be owed whatever comes, and came, of the signal.
func (l EvidenceLinked) Owe(d *pursuit.Debts, e domain.Entry) { d.Raise(e.Stream, l.Evidence.Setting) }

// Owe has one more setting be owed whatever comes, and came, of the signal.
func (r Reopened) Owe(d *pursuit.Debts, e domain.Entry) { d.Raise(e.Stream, r.Evidence.Setting) }

// Owe has the answer of the practice itself owed, as any other outcome.
func (AnsweredByOwnOffer) Owe(d *pursuit.Debts, e domain.Entry) {
	d.Outcome(e.Stream, e.Position, e.Meta.On)
}
