package ledger_test

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/catalog"
	"signaalboek/domain/focusgroep"
	"signaalboek/domain/guard"
	"signaalboek/domain/ledger"
	"signaalboek/domain/practice"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/recommendation"
	"signaalboek/domain/signal"
	"signaalboek/domain/vocabulary"
)

const (
	blocked  = "Bel haar op 0479 12 34 56."                     // a telephone
	asked    = "Een vrouw van 34 jaar raakt er niet."           // an age
	together = "Een alleenstaande Oekraïense moeder met kanker" // three circumstances of one person
	clean    = "De bus rijdt niet na zes uur 's avonds"         // nobody
)

// note gives the signal a first wording, written by author and confirmed by somebody else.
func (d *desk) note(id domain.StreamID, text string, author domain.ActorID, confirmed guard.Override) error {
	d.t.Helper()
	meta := d.meta()
	meta.Actor = author
	_, err := d.Signals.Confirmed(confirmed).Execute(d.t.Context(), ledger.Target{Stream: id}, signal.Note{Wording: text}, meta)
	return err
}

func TestGuardStandsBeforeTheLog(t *testing.T) {
	author, colleague := uuid.New(), uuid.New()
	ages := []guard.Class{guard.Age}
	for name, tt := range map[string]struct {
		text      string
		confirmed guard.Override
		want      *domain.Refusal
	}{
		"nothing to find":                  {clean, guard.Override{}, nil},
		"three circumstances":              {together, guard.Override{By: colleague, Classes: guard.Classes()}, guard.ErrBlocked},
		"nothing to find, colleague looks": {clean, guard.Override{By: colleague}, nil},
		"blocked":                          {blocked, guard.Override{}, guard.ErrBlocked},
		"blocked, colleague confirms":      {blocked, guard.Override{By: colleague, Classes: guard.Classes()}, guard.ErrBlocked},
		"asked":                            {asked, guard.Override{}, guard.ErrAsked},
		"asked, author confirms":           {asked, guard.Override{By: author, Classes: ages}, guard.ErrOwnOverride},
		"asked, colleague about other":     {asked, guard.Override{By: colleague, Classes: []guard.Class{guard.Name}}, guard.ErrAsked},
		"asked, colleague confirms":        {asked, guard.Override{By: colleague, Classes: ages}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			id := d.pickedUp()
			before := len(d.events())
			err := d.note(id, tt.text, author, tt.confirmed)
			recorded := len(d.events()) - before
			if tt.want == nil && (err != nil || recorded != 1) {
				t.Fatalf("recorded %d events, %v", recorded, err)
			}
			if tt.want == nil {
				return
			}
			refusal, _ := errors.AsType[*domain.Refusal](err)
			if !errors.Is(err, tt.want) || refusal.Field != "/wording" || recorded != 0 {
				t.Errorf("recorded %d events, %v, want %v", recorded, err, tt.want)
			}
			if strings.Contains(err.Error(), "0479") || strings.Contains(err.Error(), "Oekra") || strings.Contains(refusal.With["found"], "34 jaar") {
				t.Error("the refusal tells what stands there")
			}
		})
	}
}

// Who else confirmed is recorded, with what they answered for; the author alone is the actor and nobody else.
func TestASecondPairOfEyesIsRecorded(t *testing.T) {
	author, colleague := uuid.New(), uuid.New()
	ages := []guard.Class{guard.Age}
	for name, tt := range map[string]struct {
		text      string
		confirmed guard.Override
		want      catalog.Confirmation
	}{
		"nobody":            {clean, guard.Override{}, catalog.Confirmation{}},
		"the author":        {clean, guard.Override{By: author}, catalog.Confirmation{}},
		"a colleague":       {clean, guard.Override{By: colleague}, catalog.Confirmation{By: colleague}},
		"about a finding":   {asked, guard.Override{By: colleague, Classes: ages}, catalog.Confirmation{By: colleague, Classes: ages}},
		"about more of it":  {clean, guard.Override{By: colleague, Classes: ages}, catalog.Confirmation{By: colleague, Classes: ages}},
		"in another order":  {clean, guard.Override{By: colleague, Classes: []guard.Class{guard.Name, guard.Age, guard.Age}}, catalog.Confirmation{By: colleague, Classes: []guard.Class{guard.Age, guard.Name}}},
		"no such class":     {clean, guard.Override{By: colleague, Classes: []guard.Class{blocked}}, catalog.Confirmation{By: colleague}},
		"author, of a list": {clean, guard.Override{By: author, Classes: ages}, catalog.Confirmation{}},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			if err := d.note(d.pickedUp(), tt.text, author, tt.confirmed); err != nil {
				t.Fatal(err)
			}
			events := d.events()
			trail, err := catalog.DecodeTrail(events[len(events)-1].Metadata)
			if err != nil || trail.Actor != author || !reflect.DeepEqual(trail.Confirmed, tt.want) {
				t.Errorf("by %s, confirmed by %+v, %v", trail.Actor, trail.Confirmed, err)
			}
			fields, err := ledger.Fields(trail, events[len(events)-1].Payload)
			if committed := fields[len(fields)-1].Name == "@confirmed"; err != nil || committed == tt.want.IsZero() {
				t.Errorf("committed to who confirmed: %v, %v", committed, err)
			}
		})
	}
}

// A command that was recorded with a second pair of eyes finds itself, also without.
func TestAConfirmedCommandRecordsOnce(t *testing.T) {
	d := newDesk(t)
	target, meta, note := ledger.Target{Stream: d.pickedUp()}, d.meta(), signal.Note{Wording: asked}
	confirmed := guard.Override{By: uuid.New(), Classes: []guard.Class{guard.Age}}
	first, err := d.Signals.Confirmed(confirmed).Execute(t.Context(), target, note, meta)
	if err != nil {
		t.Fatal(err)
	}
	again, err := d.Signals.Execute(t.Context(), target, note, meta)
	if err != nil || !again.Repeated || again.Position != first.Position {
		t.Errorf("again %+v, %v", again, err)
	}
}

// Every text of every command is read, and the refusal points at the member that holds it.
func TestEveryTextIsRead(t *testing.T) {
	d := newDesk(t)
	id := d.pickedUp()
	meeting := d.heldMeeting()
	d.must(id, signal.Word{Statement: clean},
		signal.Weigh{Structural: true, Recurring: true, BeyondOnePerson: true, NeedsOthers: true, Reason: clean},
		signal.GiveMandate{Meeting: meeting},
		signal.Schedule{Schedule: pursuit.Schedule{Forum: "college", InNameOf: pursuit.Partnership, Through: pursuit.Petition}})
	onSignal := func(command signal.Command) func(domain.Meta) error {
		return func(meta domain.Meta) error {
			_, err := d.Signals.Execute(t.Context(), ledger.Target{Stream: id}, command, meta)
			return err
		}
	}
	inPractice := func(command practice.Command) func(domain.Meta) error {
		return func(meta domain.Meta) error {
			_, err := d.Practices.Execute(t.Context(), ledger.Target{Stream: practice.StreamOf(harelbeke)}, command, meta)
			return err
		}
	}
	forum := vocabulary.Forum{Code: "nieuw", Label: "Nieuw overleg", Kind: vocabulary.TeamForum, Level: "praktijk"}
	for pointer, give := range map[string]func(domain.Meta) error{
		"/statement":    onSignal(signal.Word{Statement: blocked}),
		"/reason":       onSignal(signal.Weigh{Reason: blocked}),
		"/reason park":  onSignal(signal.Park{Reason: blocked}),
		"/what":         onSignal(signal.AnswerByOwnOffer{What: blocked}),
		"/what carried": onSignal(signal.CarryOut{CarryOut: pursuit.CarryOut{What: blocked}}),
		"/motivation": onSignal(signal.Discuss{Discuss: pursuit.Discuss{
			Forum: "college", Outcome: pursuit.Declined, BroughtBy: pursuit.Workers, Motivation: blocked,
		}}),
		"/promise": onSignal(signal.Discuss{Discuss: pursuit.Discuss{
			Forum: "college", Outcome: pursuit.Promised, BroughtBy: pursuit.Workers, Promise: blocked,
		}}),
		"/motivation decided": onSignal(signal.Decide{Decide: pursuit.Decide{
			Forum: "college", Verdict: pursuit.Rejected, Motivation: blocked,
		}}),
		"/text": func(meta domain.Meta) error {
			_, err := d.Recommendations.Create(t.Context(), recommendation.Draft{
				Text: blocked, Answers: []domain.StreamID{id}, MadeBy: recommendation.ByTeam,
			}, meta)
			return err
		},
		"/place": func(meta domain.Meta) error {
			_, err := d.Focusgroepen.Create(t.Context(), focusgroep.Plan{Day: today, Place: blocked}, meta)
			return err
		},
		"/name": func(meta domain.Meta) error {
			meta.Practice = "ter-plekke-kortrijk"
			_, err := d.Practices.Execute(t.Context(), ledger.Target{Stream: practice.StreamOf(meta.Practice)},
				practice.Open{Name: blocked, Defaults: "harelbeke-2022"}, meta)
			return err
		},
		"/term/label":   inPractice(practice.AddTerm{List: "theme", Term: vocabulary.Term{Code: "nieuw", Label: blocked}}),
		"/term/aliases": inPractice(practice.AddTerm{List: "theme", Term: vocabulary.Term{Code: "nieuw", Label: "Nieuw", Aliases: []string{blocked}}}),
		"/term/remark":  inPractice(practice.AddTerm{List: "theme", Term: vocabulary.Term{Code: "nieuw", Label: "Nieuw", Remark: blocked}}),
		"/label":        inPractice(practice.RelabelTerm{List: "theme", Code: "werk", Label: blocked}),
		"/cadence": inPractice(practice.RegisterForum{Forum: func(f vocabulary.Forum) vocabulary.Forum {
			f.Cadence = blocked
			return f
		}(forum)}),
		"/remark": inPractice(practice.RegisterForum{Forum: func(f vocabulary.Forum) vocabulary.Forum {
			f.Remark = blocked
			return f
		}(forum)}),
	} {
		t.Run(pointer, func(t *testing.T) {
			want, _, _ := strings.Cut(pointer, " ")
			pointsAt(t, give(d.meta()), want)
		})
	}
}

func pointsAt(t *testing.T, err error, pointer string) {
	t.Helper()
	refusal, _ := errors.AsType[*domain.Refusal](err)
	if !errors.Is(err, guard.ErrBlocked) || refusal.Field != pointer {
		t.Errorf("got %v, want %v at %s", err, guard.ErrBlocked, pointer)
	}
}

// Words of an organisation are made of names of streets, people and conditions; only what is somebody's number or
// address is kept out, and where the practice itself is may stand in the list for that.
func TestWordsOfAnOrganisation(t *testing.T) {
	for name, tt := range map[string]struct {
		list domain.Code
		text string
		want error
	}{
		"a person's name":    {"service", "Dienst Fatima Peeters", nil},
		"circumstances":      {"target-group", together, nil},
		"an address":         {"service", "Gentsestraat 9", guard.ErrBlocked},
		"a site of our own":  {guard.Sites, "Gentsestraat 9", nil},
		"a number at a site": {guard.Sites, "Gentsestraat 9, 0479 12 34 56", guard.ErrBlocked},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			_, err := d.Practices.Execute(t.Context(), ledger.Target{Stream: practice.StreamOf(harelbeke)},
				practice.AddTerm{List: tt.list, Term: vocabulary.Term{Code: "nieuw", Label: tt.text}}, d.meta())
			if !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
		})
	}
}

// The guard knows the words of the practice as they are now: also those that another process added.
func TestTheGuardKnowsTheWordsAsTheyAreNow(t *testing.T) {
	d, other := newDesk(t), uuid.New()
	id := d.pickedUp()
	text := "Aan de Zonnekeerstraat 12 is er geen stoep."
	d.refused(guard.ErrBlocked, d.note(id, text, other, guard.Override{}))
	rival := ledger.New(d.store, d.vault, now.Location())
	_, err := rival.Practices.Execute(t.Context(), ledger.Target{Stream: practice.StreamOf(harelbeke)}, practice.AddTerm{
		List: guard.Sites, Term: vocabulary.Term{Code: "zon", Label: "Zonnekeerstraat 12"},
	}, d.meta())
	if err != nil {
		t.Fatal(err)
	}
	if err := d.note(id, text, other, guard.Override{}); err != nil {
		t.Errorf("the practice's own address: %v", err)
	}
}

// Nobody can add a text to an event and forget the guard: what is no code, day or sealed text is a word of an
// organisation that admit reads, or stands here with the reason why not.
func TestNoTextIsForgotten(t *testing.T) {
	unread := []string{
		"practice.opened.v1 Defaults",                        // one of a closed set
		"signal.decided.v1 Decided.Reference.URI",            // a link of an official publication, checked by its form
		"recommendation.decided.v1 Decided.Reference.URI",    // the same
		"forum.documents-linked.v1 Documents.URI",            // the same
		"signal.decided.v1 Decided.Reference.Digest",         // of a document
		"recommendation.decided.v1 Decided.Reference.Digest", // the same
		"forum.documents-linked.v1 Documents.Digest",         // the same
		"practice.texts-erased.v1 Month",                     // checked by its form
		"releases.published.v1 Built.Bundle",                 // the digest of what this program made
		"releases.published.v1 Built.Editions.Files.Digest",  // the same
		"releases.published.v1 Built.Editions.Files.Name",    // given by this program, and checked by its form
		"releases.anchored.v1 Proof.Bundle",                  // the digest of what this program made
		"releases.anchored.v1 Proof.Checkpoint",              // made by this program, and cosigned
		"releases.anchored.v1 Proof.Key",                     // of this program
	}
	read := []string{
		"practice.opened.v1 Name", "practice.term-added.v1 Term.Label", "practice.term-added.v1 Term.Aliases",
		"practice.term-added.v1 Term.Remark", "practice.term-relabelled.v1 Label", "practice.term-relabelled.v1 Aliases",
		"practice.forum-registered.v1 Forum.Label", "practice.forum-registered.v1 Forum.Aliases",
		"practice.forum-registered.v1 Forum.Cadence", "practice.forum-registered.v1 Forum.Remark",
		"practice.forum-changed.v1 Forum.Label", "practice.forum-changed.v1 Forum.Aliases",
		"practice.forum-changed.v1 Forum.Cadence", "practice.forum-changed.v1 Forum.Remark",
		"practice.figure-defined.v1 Figure.Label", "practice.figure-defined.v1 Figure.Definition",
	}
	var found []string
	for _, schema := range catalog.Schemas() {
		event, err := schema.Decode(func([]byte, any) error { return nil }, uuid.UUID{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, field := range plainTexts(reflect.TypeOf(event), "") {
			found = append(found, schema.Name+" "+field)
		}
	}
	known := append(unread, read...)
	slices.Sort(found)
	slices.Sort(known)
	if !slices.Equal(found, known) {
		t.Errorf("events hold the plain texts\n%q\nthis test knows\n%q", found, known)
	}
}

// plainTexts is the fields of a type that hold a text of no kind of its own.
func plainTexts(t reflect.Type, at string) (found []string) {
	switch {
	case t == reflect.TypeFor[string]():
		return []string{at}
	case t == reflect.TypeFor[domain.Sealed]():
		return nil
	case t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice:
		return plainTexts(t.Elem(), at)
	case t.Kind() != reflect.Struct:
		return nil
	}
	for i := range t.NumField() {
		under := strings.TrimPrefix(at+"."+t.Field(i).Name, ".")
		found = append(found, plainTexts(t.Field(i).Type, under)...)
	}
	return found
}

// A rehearsal answers as the command would, and records nothing.
func TestRehearsalRecordsNothing(t *testing.T) {
	d := newDesk(t)
	id := d.pickedUp()
	before := len(d.events())
	for text, want := range map[string]error{clean: nil, asked: guard.ErrAsked, blocked: guard.ErrBlocked, "": pursuit.ErrTextMissing} {
		events, err := d.Signals.Rehearse(t.Context(), ledger.Target{Stream: id}, signal.Note{Wording: text}, d.meta())
		if !errors.Is(err, want) || len(events) != min(len(text), 1) {
			t.Errorf("%d events, %v, want %v", len(events), err, want)
		}
	}
	meta := d.meta()
	creation := ledger.Target{Stream: d.Signals.NewStream(harelbeke, meta.Command)}
	if _, err := d.Signals.Rehearse(context.Background(), creation, pickUp(), meta); err != nil {
		t.Errorf("a creation: %v", err)
	}
	_, err := d.Signals.Rehearse(t.Context(), creation, signal.Resume{}, d.meta())
	d.refused(ledger.ErrUnknown, err)
	meta.On = today + 1
	_, err = d.Signals.Rehearse(t.Context(), creation, pickUp(), meta)
	d.refused(ledger.ErrFuture, err)
	if after := len(d.events()); after != before {
		t.Errorf("%d events were recorded", after-before)
	}
}

// BenchmarkText500 is a command with a text of 500 characters, as far as sealing it. What the guard takes of that is
// BenchmarkCheck500 of package guard.
func BenchmarkText500(b *testing.B) {
	d := newDesk(b)
	id, text := d.pickedUp(), strings.Repeat("De bus rijdt niet na zes uur in de week. ", 13)[:500]
	took := make([]time.Duration, 0, b.N)
	for b.Loop() {
		began := time.Now()
		_, err := d.Signals.Rehearse(b.Context(), ledger.Target{Stream: id}, signal.Park{Reason: text}, d.meta())
		if took = append(took, time.Since(began)); err != nil {
			b.Fatal(err)
		}
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Nanoseconds()), "p99-ns")
}
