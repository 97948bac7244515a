package projections

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/catalog"
	"signaalboek/domain/domaintest"
	"signaalboek/domain/practice"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/signal"
	"signaalboek/domain/vocabulary"
)

// manySignals is half a million events about fifty thousand signals of one practice, in batches as a replay makes them.
// Texts are boxes of noise with the words beside them, so that no time goes into sealing.
const manySignals = 50_000

type generator struct {
	rng       *rand.Rand
	readings  []Reading
	revisions map[domain.StreamID]domain.Revision
	events    int
	textBytes int // of boxes, keys, places and folded words: what texts take however they are kept
	apply     func([]Reading)
}

func (g *generator) emit(on domain.Date, stream domain.StreamID, event domain.Event) {
	g.events++
	position := domain.Position{Commit: uint64(g.events), Prepare: uint64(g.events)}
	id := uuid.UUID{8: 0x80}
	for i := range 8 {
		id[i], id[8+i] = byte(g.rng.Uint32()), byte(g.rng.Uint32())
	}
	reading := Reading{Entry: domain.Entry{
		ID: id, Stream: stream, Revision: g.revisions[stream], Position: position,
		Meta: domain.Meta{Practice: here, On: on, At: on.Time().Add(20 * time.Hour)},
	}}
	g.revisions[stream]++
	var err error
	reading.Event, err = catalog.Default.EachText(event, func(field string, text domain.Sealed) (domain.Sealed, error) {
		plain, _ := text.Plain()
		if plain == "" {
			return text, nil
		}
		g.textBytes += len(plain)
		closed := domain.Sealed{Key: id, Box: string(make([]byte, len(plain)+28)), Place: domain.Place{Event: id, Field: field}}
		reading.Texts = append(reading.Texts, ReadText{field, foldedWords(plain)})
		return closed, nil
	})
	if err != nil {
		panic(err)
	}
	g.readings = append(g.readings, reading)
	if len(g.readings) == batchSize {
		g.flush()
	}
}

func (g *generator) flush() {
	g.apply(g.readings)
	g.readings = g.readings[:0]
}

func (g *generator) text() domain.Sealed {
	return domain.ToSeal(fmt.Sprintf("Wie weinig verdient vindt geen woning %d; de wachtlijst groeit en niemand zegt waarom.", g.rng.IntN(10_000)))
}

func (g *generator) newStream(category string) domain.StreamID {
	var id uuid.UUID
	for i := range id {
		id[i] = byte(g.rng.Uint32())
	}
	id[6], id[8] = 0x40|id[6]&15, 0x80|id[8]&63
	return domain.NewStreamID(category, id.String())
}

// signals has signals walk the chain, a hundred of them at a time side by side.
func (g *generator) signals(count int) {
	g.emit(date(2019, 1, 1), practice.StreamOf(here), practice.Opened{Name: "Harelbeke", Defaults: vocabulary.Harelbeke2022})
	book, _ := vocabulary.Defaults(vocabulary.Harelbeke2022)
	forums, themes, services := book.Forums(), book.Terms(vocabulary.Themes), book.Terms(vocabulary.Services)
	for first := 0; first < count; first += 100 {
		type walk struct {
			stream  domain.StreamID
			setting pursuit.Setting
			forum   domain.Code
		}
		on := date(2019, 1, 2) + domain.Date(first*5*365/count)
		walks := make([]walk, 100)
		for i := range walks {
			setting := pursuit.Setting{Kind: pursuit.AtPartner, Code: services[g.rng.IntN(len(services))].Code}
			if i%4 == 0 {
				setting = pursuit.Setting{Kind: pursuit.ByVolunteers, Year: on.Year()}
			}
			walks[i] = walk{g.newStream("signal"), setting, forums[g.rng.IntN(len(forums))].Code}
		}
		for i, w := range walks {
			evidence := signal.Evidence{Setting: w.setting}
			if i%3 == 0 {
				evidence.Contact, evidence.Request = g.newStream("contact"), 1
			}
			g.emit(on, w.stream, signal.PickedUp{From: signal.FromPartner, Evidence: evidence, Themes: []domain.Code{themes[g.rng.IntN(len(themes))].Code}})
		}
		for step := range 9 {
			for i, w := range walks {
				g.step(on+domain.Date(10*(step+1)), i, step, w.stream, w.setting, w.forum)
			}
		}
	}
	g.flush()
}

func (g *generator) step(on domain.Date, i, step int, stream domain.StreamID, setting pursuit.Setting, forum domain.Code) {
	switch step {
	case 0:
		g.emit(on, stream, signal.Noted{Wording: g.text()})
	case 1:
		g.emit(on, stream, signal.Worded{Statement: g.text(), Version: 1})
	case 2:
		g.emit(on, stream, signal.Weighed{Structural: true, Reason: g.text()})
	case 3:
		g.emit(on, stream, signal.KeeperNamed{Role: "buurtwerker"})
	case 4:
		g.emit(on, stream, signal.Scheduled{Scheduled: pursuit.Scheduled{Forum: forum, Meeting: on + 10, InNameOf: pursuit.Partnership, Through: pursuit.OwnItem}})
	case 5:
		if i%2 == 0 {
			g.emit(on, stream, discussed(forum, pursuit.TakenUp))
		} else {
			g.emit(on, stream, signal.EvidenceLinked{Evidence: signal.Evidence{Setting: pursuit.Setting{Kind: pursuit.InSurvey, Year: on.Year()}}})
		}
	case 6:
		if i%2 == 0 {
			g.emit(on, stream, fedBack(setting))
		} else {
			g.emit(on, stream, signal.Discussed{Discussed: pursuit.Discussed{
				Forum: forum, Outcome: pursuit.Promised, Promise: g.text(), PromiseBy: on + 60, Motivation: g.text(), BroughtBy: pursuit.Workers,
			}})
		}
	case 7:
		if i%2 == 0 {
			g.emit(on, stream, signal.Decided{Decided: pursuit.Decided{Forum: forum, Verdict: pursuit.Adopted, Motivation: g.text()}})
		} else {
			g.emit(on, stream, fedBack(setting))
		}
	case 8:
		if i%3 == 0 {
			g.emit(on, stream, fedBack(setting))
			g.emit(on, stream, signal.Closed{Reason: signal.Answered})
		}
	}
}

func generate(count int, apply func([]Reading)) *generator {
	g := &generator{rng: rand.New(rand.NewPCG(1, 2)), revisions: map[domain.StreamID]domain.Revision{}, apply: apply}
	g.signals(count)
	return g
}

// pursued is a set of many signals, built once.
var pursued = sync.OnceValue(func() *Set {
	s := New(nil, domaintest.NewMemVault())
	generate(manySignals, s.mustApply)
	return s
})

func (s *Set) mustApply(batch []Reading) {
	if err := s.apply(batch, domain.Position{}); err != nil {
		panic(err)
	}
}

// BenchmarkApply folds, and says what is live after it, and how much of that are the words that are searched.
func BenchmarkApply(b *testing.B) {
	var batches [][]Reading
	g := generate(manySignals, func(batch []Reading) { batches = append(batches, append([]Reading(nil), batch...)) })
	var s *Set
	var whole uint64
	for b.Loop() {
		b.StopTimer()
		s = nil
		before := liveHeap()
		s = New(nil, domaintest.NewMemVault())
		b.StartTimer()
		for _, batch := range batches {
			s.mustApply(batch)
		}
		b.StopTimer()
		whole = liveHeap() - before
		b.StartTimer()
	}
	runtime.KeepAlive(s)
	runtime.KeepAlive(batches)
	b.ReportMetric(float64(whole)/manySignals, "B/signal")
	b.ReportMetric(float64(g.textBytes)/manySignals, "B/signal-of-texts")
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(g.events), "ns/event")
}

func liveHeap() uint64 {
	var stats runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}

func BenchmarkSnapshot(b *testing.B) {
	s := pursued()
	var file bytes.Buffer
	b.Run("write", func(b *testing.B) {
		for b.Loop() {
			file.Reset()
			if err := s.WriteSnapshot(context.Background(), &file); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(file.Len())/manySignals, "B/signal")
	})
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			if _, err := ReadSnapshot(context.Background(), s.store, s.vault, bytes.NewReader(file.Bytes())); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkQuestions(b *testing.B) {
	s := pursued()
	book := s.Words.Book(here)
	forum := book.Forums()[0].Code
	today := date(2024, 3, 1)
	service := pursuit.Setting{Kind: pursuit.AtPartner, Code: book.Terms(vocabulary.Services)[0].Code}
	for _, question := range []struct {
		name string
		ask  func()
	}{
		{"open/all", func() { s.Signals.open(here, SignalFilter{}, nil, today) }},
		{"open/silent-waiting", func() { s.Signals.open(here, SignalFilter{States: []State{Waiting}, Order: SilentFirst}, nil, today) }},
		{"count/waiting", func() { s.Signals.Count(here, SignalFilter{States: []State{Waiting}}, today) }},
		{"count/overdue", func() { s.Signals.Count(here, SignalFilter{States: []State{PromiseOverdue}}, today) }},
		{"count/next", func() { s.Signals.Count(here, SignalFilter{Next: []NextStep{NextFeedBack}}, today) }},
		{"agenda", func() { s.Forums.agenda(here, forum, today) }},
		{"follow-up", func() { s.Forums.followUp(here, forum, today) }},
		{"debts/all", func() { s.Debts.owed(here, DebtFilter{}, nil, today) }},
		{"debts/one", func() { s.Debts.owed(here, DebtFilter{Setting: &service}, nil, today) }},
		{"overview/year", func() { s.Overviews.of(here, YearPeriod(2022)) }},
		{"overview/five-years", func() { s.Overviews.of(here, Period{date(2019, 1, 1), date(2024, 12, 31)}) }},
		{"figures/year", func() { s.Figures.Year(here, 2022) }},
	} {
		b.Run(question.name, func(b *testing.B) {
			for b.Loop() {
				question.ask()
			}
		})
	}
}
