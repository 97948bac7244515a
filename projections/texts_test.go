package projections

import (
	"context"
	"errors"
	"iter"
	"strings"
	"sync/atomic"
	"testing"

	"signaalboek/domain"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/recommendation"
	"signaalboek/domain/signal"
)

// countedStore counts how often a stream is read, and fails to when told so.
type countedStore struct {
	domain.Store
	reads atomic.Int64
	fault error
}

func (c *countedStore) ReadStream(ctx context.Context, stream domain.StreamID, from domain.Revision) iter.Seq2[domain.Recorded, error] {
	c.reads.Add(1)
	if c.fault != nil {
		return func(yield func(domain.Recorded, error) bool) { yield(domain.Recorded{}, c.fault) }
	}
	return c.Store.ReadStream(ctx, stream, from)
}

// wordedSignals is signals with a statement each, and a set of them whose log is counted.
func wordedSignals(t *testing.T, count uint32) (*diary, *countedStore, *Set) {
	d := newDiary(t)
	for n := range count {
		d.write(day(1), signalNo(n+1), picked(partner("caw"), "mobiliteit"))
		d.write(day(2), signalNo(n+1), signal.Noted{Wording: domain.ToSeal("Er rijdt geen bus.")})
		d.write(day(3), signalNo(n+1), signal.Worded{Statement: domain.ToSeal("De bus rijdt niet op zondag."), Version: 1})
	}
	store := &countedStore{Store: d.store}
	set, err := AsOf(t.Context(), store, d.vault, moment(d.count))
	d.check(err)
	return d, store, set
}

func TestTextsAreReadOnce(t *testing.T) {
	d, store, set := wordedSignals(t, 30)
	for range 3 {
		page, err := set.Signals.Open(t.Context(), harelbeke, SignalFilter{}, day(9))
		d.check(err)
		for _, row := range page.Rows {
			if text := d.open(row.Text); text != "De bus rijdt niet op zondag." {
				t.Fatalf("%s shows %q", row.ID, text)
			}
		}
	}
	if reads := store.reads.Load(); reads != 30 {
		t.Errorf("30 texts were read %d times", reads)
	}
}

// Every answer that has texts shows them, each where it belongs.
func TestEveryAnswerShowsItsTexts(t *testing.T) {
	d := newDiary(t)
	const statement, proposal, promise = "De bus rijdt niet.", "Laat de bus rijden.", "Vanaf mei."
	promised := discussed("college", pursuit.Promised)
	promised.Promise, promised.PromiseBy, promised.Motivation = domain.ToSeal(promise), day(8), domain.ToSeal("Omdat.")
	d.write(day(1), signalNo(1), picked(partner("caw"), "mobiliteit"))
	d.write(day(2), signalNo(1), signal.Worded{Statement: domain.ToSeal(statement), Version: 1})
	d.write(day(3), signalNo(1), scheduled("college", day(4)))
	d.write(day(4), signalNo(1), promised)
	d.write(day(5), signalNo(1), scheduled("college", day(20)))
	d.write(day(6), adviceNo(1), recommendation.Drafted{
		Text: domain.ToSeal(proposal), Answers: []domain.StreamID{signalNo(1)}, MadeBy: recommendation.ByTeam,
	})
	for where, set := range map[string]*Set{"folded": d.set(), "from a snapshot": d.throughSnapshot(d.set())} {
		agenda, err1 := set.Forums.Agenda(t.Context(), harelbeke, "college", day(9))
		follow, err2 := set.Forums.FollowUp(t.Context(), harelbeke, "college", day(9))
		owed, err3 := set.Debts.Owed(t.Context(), harelbeke, DebtFilter{}, day(9))
		overview, err4 := set.Overviews.Of(t.Context(), harelbeke, YearPeriod(2027))
		advice, _, err5 := set.Signals.Recommendation(t.Context(), harelbeke, adviceNo(1), day(9))
		d.check(errors.Join(err1, err2, err3, err4, err5))
		for what, shown := range map[string]struct {
			text domain.Sealed
			want string
		}{
			"agenda":                {agenda.New[0].Text, statement},
			"promise on the agenda": {agenda.Promises[0].Promise, promise},
			"its signal":            {agenda.Promises[0].Text, statement},
			"overdue":               {follow.PromisesOverdue[0].Promise, promise},
			"debt":                  {owed.Settings[0].Debts[0].Text, statement},
			"overview":              {overview.Signals[0].Statement, statement},
			"its recommendations":   {overview.Recommendations[0].Statement, proposal},
			"recommendation":        {advice.Text, proposal},
		} {
			if got := d.open(shown.text); got != shown.want {
				t.Errorf("%s, %s shows %q", where, what, got)
			}
		}
	}
}

// What is kept stays within its bounds, however much is shown; what was shown last is kept.
func TestKeptTextsAreBounded(t *testing.T) {
	kept := newTexts(nil)
	box := strings.Repeat("x", 400)
	for n := range uint32(50_000) {
		kept.keep(textRef{signalNo(n), textIn(1, fieldStatement)}, domain.Sealed{Box: box})
		if _, last := kept.kept(textRef{signalNo(n), textIn(1, fieldStatement)}); !last {
			t.Fatal("what was kept last is gone")
		}
	}
	if most := 2 * freshTexts / len(box); len(kept.fresh)+len(kept.older) > most {
		t.Errorf("%d texts are kept, more than %d", len(kept.fresh)+len(kept.older), most)
	}
}

// A text that was forgotten shows as forgotten, whether it was shown before or not.
func TestForgottenTextsStayForgotten(t *testing.T) {
	d, _, set := wordedSignals(t, 2)
	shown := mustSignal(t, set, signalNo(1), day(9)).Text
	d.check(d.vault.Forget(t.Context(), shown.Key))
	d.check(d.vault.Forget(t.Context(), mustSignal(t, d.set(), signalNo(2), day(9)).Text.Key))
	for _, id := range []domain.StreamID{signalNo(1), signalNo(2)} {
		if _, err := d.vault.Open(t.Context(), mustSignal(t, set, id, day(9)).Text); !errors.Is(err, domain.ErrForgotten) {
			t.Errorf("%s opens with %v", id, err)
		}
	}
}

func TestLogThatCannotBeRead(t *testing.T) {
	_, store, set := wordedSignals(t, 1)
	store.fault = errors.New("damaged")
	if _, err := set.Signals.Open(t.Context(), harelbeke, SignalFilter{}, day(9)); !errors.Is(err, store.fault) {
		t.Errorf("a page of what cannot be read ends with %v", err)
	}
	store.fault = nil
	set.Signals.change(1).text = textIn(0, fieldStatement) // where a text never stood
	set.Signals.close()
	if _, _, err := set.Signals.Signal(t.Context(), harelbeke, signalNo(1), day(9)); !errors.Is(err, errNoText) {
		t.Errorf("a text that is not there ends with %v", err)
	}
}
