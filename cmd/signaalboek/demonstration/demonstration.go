// Package demonstration is the demonstration ledger of Harelbeke: a register of contacts that reads exactly as the
// figures that were published for 2020, 2021 and 2022, and the signals and recommendations of the field, walking the
// chain from a contact to feedback.
//
//	what is told in the sources    figures, statements, themes, thresholds, forums, titles of recommendations: *.csv
//	what is invented here          every contact, day, text and outcome; and every year after 2022
//
// Nothing is written past the ledger: each contact, step and meeting is a command, refused or recorded as any other.
//
// Planning comes first, performing after. A plan is a list of errands: commands with the day on which they happened and
// the moment at which they were recorded. It is made from fixed names, fixed seeds and the day of today, so that the
// same moment gives the same plan, and performing a plan again records nothing. A build that was cut off is completed
// by building again, with the moment that it was begun at.
//
// Recording follows the clock, so that the ledger can be asked what was known on any day since 2019: errands are
// performed in the order of their moments. A day ends, and is recorded, at four in the afternoon UTC. Contacts, sessions
// and referrals are recorded together at the end of their week: workers do their register then, and so the program may
// record those of one week side by side, which the log and the vault write as one group.
//
// Releases go out as they would have: each counts what was recorded before its proposal, passes the gate, and is given its
// proof when it is out.
//
// Until the end of 2022 days are fixed. What happens later is told from the day of today backward: somebody is waiting
// for an answer, a promise is overdue and a meeting is planned, whenever the demonstration is started.
package demonstration

import (
	"context"
	"fmt"
	"time"

	"signaalboek/domain"
	"signaalboek/domain/ledger"
	"signaalboek/domain/release"
)

// The practices of the demonstration.
const (
	Harelbeke domain.PracticeID = "harelbeke-centrum"
	Zillebeke domain.PracticeID = "ter-plekke-zillebeke"
)

// Earliest is the first day on which the demonstration can be built: what it tells from today backward lies after 2022.
var Earliest = domain.DateOf(2025, time.January, 1)

// Book is where the demonstration is recorded.
type Book struct {
	Ledger *ledger.Ledger
	Vault  domain.Vault
	Press  Press // nil: nothing is published, which takes much less time

	// Anchor gives a release that is out its proof: package anchoring has the one there is. Given again, its answer is the old
	// one. nil: no release gets one.
	Anchor func(ctx context.Context, id release.ID, meta domain.Meta) (ledger.Receipt, error)
}

// Build records the demonstration in a ledger, as seen at a moment. Built again with the same moment, it records
// nothing; built on a ledger where it was cut off, it completes it.
func Build(ctx context.Context, book Book, now time.Time) error {
	if book.Ledger.Today(now) < Earliest {
		return fmt.Errorf("demonstration: it cannot be built before %s", Earliest)
	}
	p := newPlan(book, now)
	p.openPractices()
	p.register()
	p.meetFocusgroep()
	p.walkSignals()
	p.recommend()
	p.visitZillebeke()
	p.keepCalendars()
	p.followReferrals()
	p.emitRegister()
	p.changeWords()
	if book.Press != nil {
		p.publish()
	}
	return p.perform(ctx)
}
