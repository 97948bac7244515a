package catalog

import (
	"strings"
	"testing"
	"time"

	"signaalboek/domain"
	"signaalboek/domain/bundle"
	"signaalboek/domain/contact"
	"signaalboek/domain/focusgroep"
	"signaalboek/domain/forum"
	"signaalboek/domain/practice"
	"signaalboek/domain/recommendation"
	"signaalboek/domain/referral"
	"signaalboek/domain/session"
	"signaalboek/domain/signal"
)

// An event is recorded in a stream of the category that its name begins with.
func TestNamesBeginWithTheCategoryOfTheirStreams(t *testing.T) {
	for category, schemas := range map[string][]domain.Schema{
		practice.Decider.Category: practice.Schemas(), contact.Decider.Category: contact.Schemas(),
		session.Decider.Category: session.Schemas(), focusgroep.Decider.Category: focusgroep.Schemas(),
		signal.Decider.Category: signal.Schemas(), bundle.Decider.Category: bundle.Schemas(),
		referral.Decider.Category: referral.Schemas(), forum.Decider.Category: forum.Schemas(),
		recommendation.Decider.Category: recommendation.Schemas(),
	} {
		for _, schema := range schemas {
			if !strings.HasPrefix(schema.Name, category+".") {
				t.Errorf("%s stands in streams of category %q", schema.Name, category)
			}
		}
	}
}

// Decoded, an event still says where and when it was recorded, and by which command.
func TestDecodeKeepsWhereItStands(t *testing.T) {
	at := time.Date(2024, 2, 29, 9, 30, 0, 0, time.UTC)
	recorded := domain.Recorded{
		Draft: domain.Draft{
			ID: someID, Name: contact.Withdrawn{}.EventName(), At: at, Metadata: aTrail(t, 0),
			Payload: written(t, contact.Withdrawn{Reason: contact.EnteredTwice}),
		},
		Stream: "contact-x", Revision: 3, Position: domain.Position{Commit: 7, Prepare: 1},
	}
	meta, _ := decodeMeta(recorded.Metadata)
	meta.At = at
	want := domain.Entry{
		ID: someID, Stream: "contact-x", Revision: 3, Position: recorded.Position, Meta: meta,
		Event: contact.Withdrawn{Reason: contact.EnteredTwice},
	}
	if entry, err := Decode(recorded); err != nil || entry != want {
		t.Errorf("got %+v, %v\nwant %+v", entry, err, want)
	}
}
