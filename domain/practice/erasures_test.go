package practice_test

import (
	"testing"

	"github.com/google/uuid"

	"signaalboek/domain/domaintest"
	"signaalboek/domain/practice"
)

func TestRecordErasures(t *testing.T) {
	batch := practice.TextsErased{Month: "2022-03", Keys: []uuid.UUID{redBike, blueHat}}
	fresh := domaintest.Given(t, practice.Decider, today, practice.Event(opened))
	fresh.When(practice.RecordErasures{Month: "2022-03", Keys: []uuid.UUID{blueHat, redBike, blueHat}}).Then(batch)
	fresh.When(practice.RecordErasures{Month: "2022-03"}).Then(practice.TextsErased{Month: "2022-03", Keys: []uuid.UUID{}})
	fresh.When(practice.RecordErasures{Month: "maart"}).Refused(practice.ErrMonth)
	given := domaintest.Given(t, practice.Decider, today, practice.Event(opened), practice.Event(batch))
	given.When(practice.RecordErasures{Month: "2022-03", Keys: []uuid.UUID{blueHat}}).Nothing()
	given.When(practice.RecordErasures{Month: "2022-03"}).Nothing()
	given.When(practice.RecordErasures{Month: "2022-04", Keys: []uuid.UUID{redBike}}).
		Then(practice.TextsErased{Month: "2022-04", Keys: []uuid.UUID{}})
	never(t).When(practice.RecordErasures{Month: "2022-03"}).Refused(practice.ErrNotOpened)
}
