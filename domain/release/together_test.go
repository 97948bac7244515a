package release_test

import (
	"testing"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/domaintest"
	"signaalboek/domain/release"
)

// Of all practices together somebody publishes one number, in whole years, once, and says nothing.
func TestTogether(t *testing.T) {
	together := func(actor domain.ActorID, events ...release.Event) spec {
		facts := by(actor)
		facts.Together = true
		return domaintest.Given(t, release.Decider, facts, events...)
	}
	yearly := release.Propose{Period: whole}
	out := []release.Event{proposed(first, whole), publishedWhole(first, built(release.ByTen, release.ByTen))}
	together(coordinator).When(yearly).Then(proposed(third, whole))
	together(coordinator, proposed(first, whole)).When(yearly).Nothing()
	together(colleague, proposed(first, whole)).When(yearly).Refused(release.ErrOpen)
	together(coordinator).When(release.Propose{Period: half}).Refused(release.ErrYearsOnly)
	together(coordinator).When(release.Propose{Period: release.Period{Year: 2026}}).Refused(release.ErrPeriod)
	together(coordinator, out...).When(yearly).Refused(release.ErrOnce)
	withdrawn := append(out, release.Withdrawn{Release: first, Reason: release.Mistaken})
	together(coordinator, withdrawn...).When(yearly).Refused(release.ErrOnce)
	together(coordinator, withdrawn...).When(release.Propose{Period: release.Period{Year: 2025, Part: release.WholeYear}}).
		Then(proposed(third, release.Period{Year: 2025, Part: release.WholeYear}))

	publish := release.Publish{Release: first, Built: built(release.ByTen, release.ByTen)}
	together(coordinator, proposed(first, whole)).When(publish).Refused(release.ErrOwn)
	together(colleague, proposed(first, whole)).When(publish).Then(publishedWhole(first, publish.Built))
	publish.Texts = []uuid.UUID{theme}
	if refusal := together(colleague, proposed(first, whole)).When(publish).Refused(release.ErrBuilt); refusal.Field != "/texts" {
		t.Errorf("refused at %s", refusal.Field)
	}

	together(coordinator, proposed(first, whole)).When(release.Write{
		Release: first, Edition: release.Council, Place: release.Opening, Text: "Dank u.",
	}).Refused(release.ErrWordless)
	together(coordinator, proposed(first, whole)).When(release.Drop{Release: first, Motivation: "Nee."}).Refused(release.ErrWordless)
	together(coordinator, proposed(first, whole)).When(release.Drop{Release: first}).Then(release.Dropped{Release: first})
	together(coordinator, out...).When(release.Withdraw{Release: first, Reason: release.Mistaken, Motivation: "Nee."}).
		Refused(release.ErrWordless)
	together(coordinator, out...).When(release.Withdraw{Release: first, Reason: release.Mistaken}).
		Then(release.Withdrawn{Release: first, Reason: release.Mistaken})
	together(coordinator).When(release.RecordForeign{ForeignTable: elsewhere}).Refused(release.ErrWordless)
}
