package projections

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"reflect"
	"slices"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"signaalboek/domain"
	"signaalboek/domain/bundle"
	"signaalboek/domain/domaintest"
	"signaalboek/domain/focusgroep"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/recommendation"
	"signaalboek/domain/signal"
)

// someDiary is a log of signals that are picked up, pursued, bundled, split and answered, in any order that can be.
func someDiary(t *rapid.T) *diary {
	d := newDiary(t)
	for n := range uint32(4) {
		d.write(day(1), signalNo(n+1), picked(anySetting(t), "mobiliteit"))
	}
	into := map[domain.StreamID]domain.StreamID{}
	advices, promises := uint32(0), map[domain.StreamID]int{}
	for i := range rapid.IntRange(0, 40).Draw(t, "events") {
		on := day(2 + i + rapid.IntRange(0, 3).Draw(t, "late"))
		id := signalNo(rapid.Uint32Range(1, 4).Draw(t, "signal"))
		switch rapid.IntRange(0, 9).Draw(t, "kind") {
		case 0:
			other := signalNo(rapid.Uint32Range(1, 4).Draw(t, "other"))
			if leads(into, other, id) {
				continue
			}
			into[id] = other
			d.write(on, bundles, bundle.Bundled{Signals: []domain.StreamID{id}, Into: other})
		case 1:
			if into[id] != "" {
				delete(into, id)
				d.write(on, bundles, bundle.Unbundled{Signal: id})
			}
		case 2:
			advices++
			d.write(on, adviceNo(advices), recommendation.Drafted{Text: domain.ToSeal("voorstel"), Answers: []domain.StreamID{id}, MadeBy: recommendation.ByTeam})
		case 3:
			d.write(on, meetingNo(uint32(i+1)), focusgroep.Held{Present: 9})
			d.write(on, meetingNo(uint32(i+1)), focusgroep.ThemeDiscussed{Theme: "mobiliteit", Weight: 3})
		case 4:
			promises[id]++
			d.write(on, id, signal.Discussed{Discussed: pursuit.Discussed{
				Forum: "team-opstap", Outcome: pursuit.Promised, Promise: domain.ToSeal("bus"), PromiseBy: on + 20, BroughtBy: pursuit.Workers,
			}})
			if rapid.Bool().Draw(t, "kept") {
				d.write(on+1, id, signal.PromiseKept{PromiseKept: pursuit.PromiseKept{Promise: promises[id]}})
			}
		default:
			d.write(on, id, anyStep(t))
		}
	}
	return d
}

func leads(into map[domain.StreamID]domain.StreamID, from, to domain.StreamID) bool {
	for ; from != ""; from = into[from] {
		if from == to {
			return true
		}
	}
	return false
}

func anySetting(t *rapid.T) pursuit.Setting {
	return rapid.SampledFrom([]pursuit.Setting{partner("caw"), partner("ocmw"), inFocusgroep(1)}).Draw(t, "setting")
}

func anyStep(t *rapid.T) domain.Event {
	return rapid.SampledFrom([]domain.Event{
		signal.EvidenceLinked{Evidence: signal.Evidence{Setting: anySetting(t)}},
		signal.Worded{Statement: domain.ToSeal("drempel"), Version: 1},
		scheduled("college", day(30)),
		discussed("college", pursuit.TakenUp),
		discussed("team-opstap", pursuit.Deferred),
		signal.CarriedOut{CarriedOut: pursuit.CarriedOut{What: domain.ToSeal("bus")}},
		signal.MandateGiven{Meeting: meetingNo(1)},
		signal.MandateRefused{Meeting: meetingNo(1)},
		signal.Parked{Reason: domain.ToSeal("later"), Until: day(90)},
		signal.Closed{Reason: signal.Unreachable},
		signal.Reopened{Reason: domain.ToSeal("weer"), Evidence: signal.Evidence{Setting: anySetting(t)}},
		fedBack(anySetting(t)),
	}).Draw(t, "step")
}

// However a log is cut into batches, and wherever a snapshot is taken, what is folded is the same, to the byte, and every
// projection took in the whole log.
func TestBatchesAndSnapshotsChangeNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := someDiary(t)
		whole := d.set()
		cut := New(d.store, d.vault)
		for readings := d.readings(); len(readings) > 0; {
			size := rapid.IntRange(1, len(readings)).Draw(t, "batch")
			if err := cut.apply(readings[:size], domain.Position{}); err != nil {
				t.Fatal(err)
			}
			readings = readings[size:]
			if rapid.Bool().Draw(t, "snapshot") {
				cut = d.throughSnapshot(cut)
			}
		}
		d.requireWhole(whole)
		d.requireWhole(cut)
		if !bytes.Equal(bytesOf(whole), bytesOf(cut)) {
			t.Fatalf("the same log folds to something else")
		}
		if !slices.Equal(rowsOf(&whole.Signals.things), rowsOf(&cut.Signals.things)) ||
			!slices.Equal(rowsOf(&whole.Signals.matters), rowsOf(&cut.Signals.matters)) ||
			!slices.Equal(rowsOf(&whole.Signals.promises), rowsOf(&cut.Signals.promises)) ||
			!maps.Equal(whole.Signals.ties, cut.Signals.ties) || !slices.Equal(whole.Signals.outcomes, cut.Signals.outcomes) {
			t.Fatalf("a field was lost on the way")
		}
		if !reflect.DeepEqual(d.openRows(whole), d.openRows(cut)) {
			t.Fatalf("the same question has another answer")
		}
	})
}

// What rows say is owed is what pursuit.Debts says, for every whole, at every moment.
func TestOwedIsWhatDebtsSay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := someDiary(t)
		set := d.set()
		var debts pursuit.Debts
		for _, r := range d.readings() {
			debts.Apply(r.Entry)
		}
		for n := range uint32(4) {
			row, _ := set.Signals.signal(harelbeke, signalNo(n+1), day(60))
			want := len(debts.Owed(row.ID))
			if row.Closed != "" {
				want = 0
			}
			if row.Owed != want || row.Settings != len(debts.Standings(row.ID)) {
				t.Fatalf("%s owes %d of %d, not %d of %d", row.ID, row.Owed, row.Settings, want, len(debts.Standings(row.ID)))
			}
			if since := set.Signals.outlineOf(row.ID).owes; row.Closed == "" && since != oldestOf(debts.Owed(row.ID)) {
				t.Fatalf("%s owes since %s, not %s", row.ID, since, oldestOf(debts.Owed(row.ID)))
			}
		}
	})
}

func oldestOf(owed []pursuit.Standing) (since domain.Date) {
	for _, standing := range owed {
		since = earliest(since, standing.Oldest.On)
	}
	return since
}

func (s *Signals) outlineOf(id domain.StreamID) *outline {
	no, _ := s.ids.find(id)
	return s.outlines.at(no)
}

// What an outline says is what the row says that is worked out from everything, for every whole, on any day.
func TestOutlinesSayWhatRowsSay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := someDiary(t)
		set, today := d.set(), day(rapid.IntRange(45, 700).Draw(t, "today"))
		for n := range uint32(4) {
			row, _ := set.Signals.signal(harelbeke, signalNo(n+1), today)
			o := set.Signals.outlineOf(row.ID)
			if bundled := row.BundledInto != ""; bundled || o.is(isBundled) {
				if bundled != o.is(isBundled) {
					t.Fatalf("%s is bundled: %v", row.ID, bundled)
				}
				continue
			}
			for _, state := range []State{Waiting, PromiseOverdue, DebtAgeing, NotDiscussed, MandateMissing} {
				if says := o.has(state, Patience{}.orDefault(), today); says != row.Computed.Has(state) {
					t.Errorf("%s on %s is %s: %v", row.ID, today, state, says)
				}
			}
			if o.spoken != row.Described.On || o.phase != row.Phase || o.isOpen() != (row.Closed == "" && len(row.SplitInto) == 0) ||
				o.is(isParked) != row.Parked {
				t.Errorf("%+v stands for %+v", *o, row)
			}
		}
	})
}

func rowsOf[T any](table *packed[T]) (rows []T) {
	table.all(func(_ uint32, row *T) { rows = append(rows, *row) })
	return rows
}

func (d *diary) openRows(set *Set) []SignalRow {
	page, err := set.Signals.Open(context.Background(), harelbeke, SignalFilter{Status: AllSignals, Order: OwedFirst}, day(60))
	d.check(err)
	return page.Rows
}

func (d *diary) readings() (readings []Reading) {
	for recorded, err := range d.store.ReadAll(context.Background(), domain.Position{}) {
		d.check(err)
		reading, err := read(context.Background(), d.vault, recorded)
		d.check(err)
		readings = append(readings, reading)
	}
	return readings
}

func (d *diary) throughSnapshot(set *Set) *Set {
	var file bytes.Buffer
	d.check(set.WriteSnapshot(context.Background(), &file))
	read, err := ReadSnapshot(context.Background(), d.store, d.vault, &file)
	d.check(err)
	return read
}

// A snapshot that is not whole, not ours or not to be opened any more is stale, whatever is wrong with it.
func TestStaleSnapshots(t *testing.T) {
	d := newDiary(t)
	d.write(day(1), signalNo(1), picked(partner("caw"), "mobiliteit"))
	d.write(day(2), signalNo(1), signal.Worded{Statement: domain.ToSeal("De bus rijdt niet."), Version: 1})
	var file bytes.Buffer
	d.check(d.set().WriteSnapshot(context.Background(), &file))
	good := file.Bytes()
	if bytes.Contains(good, []byte("harelbeke")) {
		t.Error("a snapshot shows what it holds")
	}
	for at := range good {
		bad := slices.Clone(good)
		bad[at] ^= 1
		if _, err := ReadSnapshot(context.Background(), d.store, d.vault, bytes.NewReader(bad)); !errors.Is(err, ErrStale) {
			t.Fatalf("altered at %d of %d: %v", at, len(good), err)
		}
		if _, err := ReadSnapshot(context.Background(), d.store, d.vault, bytes.NewReader(good[:at])); !errors.Is(err, ErrStale) {
			t.Fatalf("cut at %d of %d: %v", at, len(good), err)
		}
	}
	key := uuid.UUID(good[len(snapshotMagic)+32+16+8:])
	d.check(d.vault.Forget(context.Background(), key))
	if _, err := ReadSnapshot(context.Background(), d.store, d.vault, bytes.NewReader(good)); !errors.Is(err, ErrStale) {
		t.Errorf("after its key was destroyed: %v", err)
	}
}

func FuzzReadSnapshot(f *testing.F) {
	vault := domaintest.NewMemVault()
	var file bytes.Buffer
	if err := New(nil, vault).WriteSnapshot(context.Background(), &file); err != nil {
		f.Fatal(err)
	}
	f.Add(file.Bytes())
	f.Fuzz(func(t *testing.T, raw []byte) {
		if _, err := ReadSnapshot(context.Background(), nil, vault, bytes.NewReader(raw)); err != nil && !errors.Is(err, ErrStale) {
			t.Errorf("neither read nor stale: %v", err)
		}
	})
}
