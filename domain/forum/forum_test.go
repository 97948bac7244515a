package forum_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"signaalboek/domain"
	"signaalboek/domain/domaintest"
	"signaalboek/domain/forum"
	"signaalboek/domain/vocabulary"
)

type spec = domaintest.Spec[forum.State, forum.Facts, forum.Command, forum.Event]

var (
	words, _ = vocabulary.Defaults(vocabulary.Harelbeke2022)
	june     = domain.DateOf(2022, time.June, 20)
	first    = uuid.UUID{1}
	second   = uuid.UUID{2}
	facts    = forum.Facts{Forum: "gemeenteraad", On: domain.DateOf(2022, time.May, 2), Book: words, MeetingID: first}
	planned  = forum.MeetingPlanned{Meeting: first, Day: june}
	agenda   = forum.Document{
		Kind: forum.AgendaDocument, URI: "https://harelbeke.be/zitting/agenda.pdf", Page: 4, Digest: strings.Repeat("0f", 32),
	}
	minutes = forum.Document{Kind: forum.Minutes, URI: "https://harelbeke.be/zitting/notulen.pdf"}
)

func given(t *testing.T, f forum.Facts, events ...forum.Event) spec {
	t.Helper()
	return domaintest.Given(t, forum.Decider, f, events...)
}

func TestStreamOf(t *testing.T) {
	stream := forum.StreamOf("harelbeke-centrum", "gemeenteraad")
	if stream != "forum-harelbeke-centrum.gemeenteraad" || !stream.Valid() {
		t.Errorf("stream %q", stream)
	}
	if practice, code, ok := forum.OwnerOf(stream); practice != "harelbeke-centrum" || code != "gemeenteraad" || !ok {
		t.Errorf("owner %q, forum %q, %v", practice, code, ok)
	}
	for _, wrong := range []domain.StreamID{"", "forum-a", "forum-a.", "forum-.b", "forum-a.b.c", "signal-a.b"} {
		if _, _, ok := forum.OwnerOf(wrong); ok {
			t.Errorf("%q taken for a calendar", wrong)
		}
	}
}

func TestPlanMeeting(t *testing.T) {
	plan := forum.PlanMeeting{Day: june}
	given(t, facts).When(plan).Then(planned)
	given(t, facts).When(forum.PlanMeeting{}).Refused(domain.ErrNoPlannedDay)
	given(t, facts).When(forum.PlanMeeting{Day: domain.DateOf(206, time.June, 1)}).Refused(domain.ErrPlannedDay)

	again := facts
	again.MeetingID = second
	given(t, again, planned).When(plan).Nothing() // one a day
	given(t, again, planned, forum.MeetingCancelled{Meeting: first}).When(plan).
		Then(forum.MeetingPlanned{Meeting: second, Day: june})
	given(t, again, planned).When(forum.PlanMeeting{Day: june + 1}).
		Then(forum.MeetingPlanned{Meeting: second, Day: june + 1})

	retired := facts
	retired.Book = words.RetiringForum("gemeenteraad")
	given(t, retired).When(plan).Refused(vocabulary.ErrUnknownForum)
	unknown := facts
	unknown.Forum = "wijkraad"
	given(t, unknown).When(plan).Refused(vocabulary.ErrUnknownForum)
}

func TestMeetingIsHeldOrCancelledOnce(t *testing.T) {
	held, cancelled := forum.MeetingHeld{Meeting: first}, forum.MeetingCancelled{Meeting: first}
	given(t, facts, planned).When(forum.HoldMeeting(held)).Then(held)
	given(t, facts, planned, held).When(forum.HoldMeeting(held)).Nothing()
	given(t, facts, planned, cancelled).When(forum.HoldMeeting(held)).Refused(forum.ErrCancelled)
	given(t, facts).When(forum.HoldMeeting(held)).Refused(forum.ErrUnknown)

	given(t, facts, planned).When(forum.CancelMeeting(cancelled)).Then(cancelled)
	given(t, facts, planned, cancelled).When(forum.CancelMeeting(cancelled)).Nothing()
	given(t, facts, planned, held).When(forum.CancelMeeting(cancelled)).Refused(forum.ErrHeld)
	given(t, facts).When(forum.CancelMeeting(cancelled)).Refused(forum.ErrUnknown)

	state := forum.Decider.Fold(forum.State{}, planned, held)
	if meeting, ok := state.Meeting(first); !ok || !meeting.Held || meeting.Cancelled || meeting.Day != june {
		t.Errorf("meeting %+v", meeting)
	}
	if _, ok := state.On(june); !ok {
		t.Error("no meeting that day")
	}
}

func TestLinkDocuments(t *testing.T) {
	link := func(documents ...forum.Document) forum.LinkDocuments {
		return forum.LinkDocuments{Meeting: first, Documents: documents}
	}
	linked := forum.DocumentsLinked{Meeting: first, Documents: []forum.Document{agenda}}
	given(t, facts, planned).When(link(agenda, agenda)).Then(linked)
	given(t, facts, planned, linked).When(link(agenda)).Nothing()
	given(t, facts, planned, linked).When(link(agenda, minutes)).
		Then(forum.DocumentsLinked{Meeting: first, Documents: []forum.Document{minutes}})
	given(t, facts, planned, forum.MeetingHeld{Meeting: first}).When(link(agenda)).Then(linked)
	given(t, facts).When(link(agenda)).Refused(forum.ErrUnknown)
	given(t, facts, planned).When(link()).Refused(forum.ErrDocuments)
	given(t, facts, planned).When(link(make([]forum.Document, 21)...)).Refused(forum.ErrTooMany)
	given(t, facts, planned).When(link(slices.Repeat([]forum.Document{agenda}, 20)...)).Then(linked)
	list, last := agenda, agenda
	list.Kind, last.Page = forum.DecisionList, forum.MaxPage
	given(t, facts, planned).When(link(list, last)).
		Then(forum.DocumentsLinked{Meeting: first, Documents: []forum.Document{list, last}})
	for name, test := range map[string]struct {
		change func(*forum.Document)
		want   *domain.Refusal
		at     string
	}{
		"kind":   {func(d *forum.Document) { d.Kind = "gossip" }, forum.ErrDocumentKind, "/documents/1/kind"},
		"link":   {func(d *forum.Document) { d.URI = "https://iemand:geheim@harelbeke.be" }, domain.ErrLink, "/documents/1/uri"},
		"page":   {func(d *forum.Document) { d.Page = -1 }, forum.ErrPage, "/documents/1/page"},
		"beyond": {func(d *forum.Document) { d.Page = forum.MaxPage + 1 }, forum.ErrPage, "/documents/1/page"},
		"digest": {func(d *forum.Document) { d.Digest = "0f" }, domain.ErrDigest, "/documents/1/digest"},
	} {
		t.Run(name, func(t *testing.T) {
			wrong := agenda
			test.change(&wrong)
			if refusal := given(t, facts, planned).When(link(minutes, wrong)).Refused(test.want); refusal.Field != test.at {
				t.Errorf("at %q, want %q", refusal.Field, test.at)
			}
		})
	}
}

// Rule 12: asked again, nothing is recorded twice; and the other laws of domaintest.Laws.
func TestRule12AndOtherLaws(t *testing.T) {
	domaintest.Laws[forum.State, forum.Facts, forum.Command, forum.Event]{
		Decider: forum.Decider,
		Commands: rapid.Custom(func(t *rapid.T) forum.Command {
			n := byte(rapid.IntRange(0, 5).Draw(t, "number"))
			switch rapid.IntRange(0, 5).Draw(t, "command") {
			case 0, 1:
				return forum.PlanMeeting{Day: june + domain.Date(n)}
			case 2:
				return forum.HoldMeeting{Meeting: uuid.UUID{n}}
			case 3:
				return forum.CancelMeeting{Meeting: uuid.UUID{n}}
			default:
				return forum.LinkDocuments{Meeting: uuid.UUID{n}, Documents: []forum.Document{agenda, minutes}[:n%3]}
			}
		}),
		Facts: func(_ *rapid.T, f forum.Facts, _ forum.State, _ forum.Command) forum.Facts {
			next := facts
			next.MeetingID = uuid.UUID{f.MeetingID[0] + 1}
			return next
		},
	}.Check(t)
}
