package ledger_test

import (
	"context"
	"encoding/binary"
	"errors"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"signaalboek/domain"
	"signaalboek/domain/bundle"
	"signaalboek/domain/catalog"
	"signaalboek/domain/contact"
	"signaalboek/domain/ledger"
	"signaalboek/domain/practice"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/recommendation"
	"signaalboek/domain/signal"
)

// office is a desk at which random commands are given while everything fails that can fail.
type office struct {
	*desk
	rival   *ledger.Ledger // another process over the same store and vault
	signals []domain.StreamID
	asked   uint64
}

// errand is one command, ready to be given as often as it takes.
type errand func(context.Context, domain.Meta) (ledger.Receipt, error)

func newOffice(t *testing.T) *office {
	d := newDesk(t)
	o := &office{desk: d, rival: ledger.New(d.store, d.vault, time.UTC)}
	for range 3 {
		o.signals = append(o.signals, d.pickedUp())
	}
	return o
}

// order is the meta of the next command.
func (o *office) order() domain.Meta {
	o.asked++
	meta := o.meta()
	meta.Command = domain.CommandID{15: 1}
	binary.BigEndian.PutUint64(meta.Command[:], o.asked)
	return meta
}

// draw is any errand; many of them are refused, and many ask for what is so already.
func (o *office) draw(t *rapid.T) errand {
	one, other := rapid.SampledFrom(o.signals).Draw(t, "one"), rapid.SampledFrom(o.signals).Draw(t, "other")
	forum := rapid.SampledFrom([]domain.Code{"team-opstap", "team-intake", "gemeenteraad", "kaartclub"}).Draw(t, "forum")
	term := practice.AddTerm{List: "theme"}
	term.Term.Code, term.Term.Label = "tuinen", "Tuinen"
	ofSignal := func(c signal.Command) errand { return asking(o.Signals, one, c) }
	ofBundles := func(c bundle.Command) errand { return asking(o.Bundles, ledger.BundlesOf(harelbeke), c) }
	ofPractice := func(c practice.Command) errand { return asking(o.Practices, practice.StreamOf(harelbeke), c) }
	return rapid.SampledFrom([]errand{
		ofSignal(signal.Note{Wording: "Te ver."}),
		ofSignal(signal.Word{Statement: "Te ver, te duur."}),
		ofSignal(signal.Schedule{Schedule: pursuit.Schedule{
			Forum: forum, InNameOf: pursuit.Partnership, Through: pursuit.OwnItem,
		}}),
		ofSignal(signal.Discuss{Discuss: pursuit.Discuss{
			Forum: forum, Outcome: pursuit.TakenUp, BroughtBy: pursuit.Workers,
		}}),
		ofSignal(signal.FeedBack{FeedBack: pursuit.FeedBack{Setting: atVolunteers.Setting, Channel: "flyer"}}),
		ofSignal(signal.Park{Reason: "Later."}),
		ofSignal(signal.Close{Reason: signal.Answered}),
		ofSignal(signal.Reopen{Reason: "Opnieuw.", Evidence: atVolunteers}),
		ofBundles(bundle.Bundle{Signals: []domain.StreamID{one}, Into: other}),
		ofBundles(bundle.Unbundle{Signal: one}),
		ofPractice(term),
		ofPractice(practice.RetireTerm{List: "theme", Code: "tuinen"}),
		func(ctx context.Context, meta domain.Meta) (ledger.Receipt, error) {
			picked := pickUp()
			picked.Themes = []domain.Code{"tuinen"}
			return o.Signals.Create(ctx, picked, meta)
		},
		func(ctx context.Context, meta domain.Meta) (ledger.Receipt, error) {
			return o.Contacts.Create(ctx, contact.Register{Activity: "huisbezoek"}, meta)
		},
		func(ctx context.Context, meta domain.Meta) (ledger.Receipt, error) {
			return o.Recommendations.Create(ctx, recommendation.Draft{
				Text: "Dichterbij.", Answers: []domain.StreamID{one}, MadeBy: recommendation.ByTeam,
			}, meta)
		},
	}).Draw(t, "errand")
}

// asking is the errand of a command to a thing that is there.
func asking[S, F, C any, E domain.Event](to ledger.Aggregate[S, F, C, E], stream domain.StreamID, command C) errand {
	return func(ctx context.Context, meta domain.Meta) (ledger.Receipt, error) {
		return to.Execute(ctx, ledger.Target{Stream: stream}, command, meta)
	}
}

var errDisk = errors.New("disk")

// trouble arranges that the next calls of the store fail, and tells how to end that.
func (o *office) trouble(t *rapid.T) (end func()) {
	o.store.LoseReplies(rapid.IntRange(0, 2).Draw(t, "replies lost"))
	o.store.LoseAppends(rapid.IntRange(0, 5).Draw(t, "appends lost"))
	o.store.StormConflicts(rapid.SampledFrom([]int{0, 0, 1, 4, 5}).Draw(t, "conflicts"))
	if rapid.Bool().Draw(t, "rival") {
		id, meta := rapid.SampledFrom(o.signals).Draw(t, "of the rival"), o.order()
		o.store.BeforeAppend(func() {
			_, _ = o.rival.Signals.Execute(context.Background(), ledger.Target{Stream: id}, signal.Word{Statement: "Te laat."}, meta)
		})
	}
	failing := rapid.Bool().Draw(t, "read fails")
	if failing {
		o.store.FailRead(rapid.IntRange(0, 2).Draw(t, "after"), errDisk)
	}
	return func() {
		o.store.LoseReplies(0)
		o.store.LoseAppends(0)
		o.store.StormConflicts(0)
		o.store.BeforeAppend()
		if failing { // if nothing has met the fault yet, this does
			for range o.store.ReadStream(context.Background(), "signal-none", 0) {
			}
		}
	}
}

// caused is the events of a command, wherever they stand.
func (o *office) caused(command domain.CommandID) (caused []domain.Recorded) {
	for _, r := range o.events() {
		if trail, err := catalog.DecodeTrail(r.Metadata); err == nil && trail.Command == command {
			caused = append(caused, r)
		}
	}
	return caused
}

// deliver gives one command until somebody knows what came of it, and holds the answer against the log.
func (o *office) deliver(t *rapid.T) {
	errand, meta, end := o.draw(t), o.order(), o.trouble(t)
	receipt, err := errand(t.Context(), meta)
	end()
	refusal, refused := errors.AsType[*domain.Refusal](err)
	if err != nil && !refused && !errors.Is(err, errDisk) && !errors.Is(err, domain.ErrUnknown) {
		t.Fatalf("a fault that nobody arranged: %v", err)
	}
	if refused && len(o.caused(meta.Command)) > 0 {
		t.Fatalf("refused with %s, and recorded", refusal.Code)
	}
	if err != nil && !refused || refused && refusal.Kind == domain.Away { // nobody knows, or try again later
		if receipt, err = errand(t.Context(), meta); err != nil {
			refusal, refused = errors.AsType[*domain.Refusal](err)
		}
	}
	o.agrees(t, meta, receipt, err)
	if again, err := errand(t.Context(), meta); receipt.Events > 0 {
		if err != nil || !again.Repeated || again.Position != receipt.Position || again.Events != receipt.Events {
			t.Fatalf("given again: %+v, %v; the first time %+v", again, err, receipt)
		}
		o.agrees(t, meta, again, err)
	}
}

// agrees holds that what was acknowledged is what is stored: all of it, once, and nothing else.
func (o *office) agrees(t *rapid.T, meta domain.Meta, receipt ledger.Receipt, err error) {
	stored := o.caused(meta.Command)
	if err != nil {
		if len(stored) > 0 {
			t.Fatalf("answered with %v, and stored %d events", err, len(stored))
		}
		return
	}
	if len(stored) != receipt.Events {
		t.Fatalf("acknowledged %d events, stored %d", receipt.Events, len(stored))
	}
	for _, r := range stored {
		if r.Stream != receipt.Stream || receipt.Position.Before(r.Position) {
			t.Fatalf("%s stands in %s at %s; acknowledged %+v", r.Name, r.Stream, r.Position, receipt)
		}
	}
}

// replays holds that every event can be read for ever, that no revision is missing, that every commitment opens under the
// seed that its stream names, and that whoever starts anew knows what this ledger knows.
func (o *office) replays(t *rapid.T) {
	next := map[domain.StreamID]domain.Revision{}
	for _, r := range o.events() {
		if _, err := catalog.Decode(r); err != nil || r.Revision != next[r.Stream] {
			t.Fatalf("%s: revision %d, want %d; %v", r.Stream, r.Revision, next[r.Stream], err)
		}
		next[r.Stream]++
	}
	if err := o.allOpen(); err != nil {
		t.Fatal(err)
	}
	fresh := ledger.New(o.store, o.vault, time.UTC)
	for _, id := range o.signals {
		commands := []signal.Command{
			signal.Word{Statement: "Te ver."}, signal.Schedule{}, signal.Close{Reason: signal.Answered}, signal.Resume{},
		}
		known, err := o.Signals.Ask(t.Context(), id, o.meta(), commands...)
		anew, errAnew := fresh.Signals.Ask(t.Context(), id, o.meta(), commands...)
		if !reflect.DeepEqual(known, anew) || err != nil || errAnew != nil {
			t.Fatalf("%s is answered %v, %v; by a new ledger %v, %v", id, known, err, anew, errAnew)
		}
	}
}

// Rule 12, under every fault that a store can have: what is acknowledged is stored, what is refused is not, and a
// command that is given again is never recorded again.
func TestRule12UnderEveryFault(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		o := newOffice(t)
		for range rapid.IntRange(1, 12).Draw(rt, "errands") {
			o.deliver(rt)
		}
		o.replays(rt)
	})
}
