package main

import (
	"context"
	"errors"
	"maps"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/contact"
	"signaalboek/domain/ledger"
	"signaalboek/domain/practice"
	"signaalboek/projections"
)

const testPractice = domain.PracticeID("harelbeke-centrum")

// openedAt is a ledger on disk, with its projections running, until the test ends or stop is called.
func openedAt(t *testing.T, at string) (m *machinery, stop func()) {
	t.Helper()
	m, err := open(t.Context(), place{dir: dir(at)})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- m.set.Run(ctx) }()
	return m, func() {
		t.Helper()
		cancel()
		if err := <-ended; err != nil && !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		if err := errors.Join(m.keepSet(t.Context()), m.close()); err != nil {
			t.Error(err)
		}
	}
}

func metaOn(on domain.Date) domain.Meta {
	return domain.Meta{Command: uuid.New(), Actor: uuid.New(), Practice: testPractice, On: on, At: time.Now()}
}

// come records two contacts of somebody in a year.
func (m *machinery) come(t *testing.T, card domain.CardID, year int) {
	t.Helper()
	for _, month := range []time.Month{time.March, time.April} {
		meta := metaOn(domain.DateOf(year, month, 1))
		command := contact.Register{Activity: "huisbezoek", Known: domain.Yes, Card: &card}
		if _, err := m.ledger.Contacts.Create(t.Context(), command, meta); err != nil {
			t.Fatal(err)
		}
	}
}

// closeYear closes a year with its figures as they read.
func (m *machinery) closeYear(t *testing.T, year int) {
	t.Helper()
	command := practice.CloseYear{Year: year}
	for figure, value := range m.read(t, year) {
		closed := practice.ClosedFigure{Figure: figure, Version: value.Figure.Version}
		if value.Recorded {
			counted := float64(value.Value)
			closed.Value = &counted
		}
		command.Figures = append(command.Figures, closed)
	}
	target := ledger.Target{Stream: practice.StreamOf(testPractice)}
	if _, err := m.ledger.Practices.Execute(t.Context(), target, command, metaOn(m.ledger.Today(time.Now()))); err != nil {
		t.Fatal(err)
	}
}

// read is the figures of a year, up to everything that was recorded.
func (m *machinery) read(t *testing.T, year int) map[domain.Code]projections.FigureValue {
	t.Helper()
	end, err := m.log.End(t.Context())
	if err == nil {
		err = m.set.Wait(t.Context(), end)
	}
	if err != nil {
		t.Fatal(err)
	}
	values := map[domain.Code]projections.FigureValue{}
	for _, value := range m.set.Figures.Year(testPractice, year) {
		values[value.Figure.Code] = value
	}
	return values
}

func numbers(values map[domain.Code]projections.FigureValue) map[domain.Code]int {
	read := map[domain.Code]int{}
	for code, value := range values {
		if read[code] = -1; value.Recorded {
			read[code] = value.Value
		}
	}
	return read
}

// people is how many different people the contacts of a year are told to be of, and how many contacts were forgotten.
func (m *machinery) people(year int) (unique, forgotten int) {
	for _, row := range m.set.Figures.Breakdown(testPractice, projections.ByActivity, projections.YearPeriod(year)).Rows {
		unique, forgotten = unique+row.Unique.N, forgotten+row.Unique.Forgotten
	}
	return unique, forgotten
}

// A year that was closed keeps its figures when its key goes, eighteen months after its end; nobody of it can be told
// apart any more. A year that nobody closed keeps its key, however long ago it was; so does one that ended lately. After
// a stop and a start it is the same.
func TestKeysOfClosedYearsGo(t *testing.T) {
	today := time.Now().In(brussels()).Year()
	old, open, late := today-4, today-3, today-1
	at := filepath.Join(t.TempDir(), "boek")
	m, stop := openedAt(t, at)
	if err := m.openPractice(t.Context(), testPractice, "Harelbeke Centrum", time.Now()); err != nil {
		t.Fatal(err)
	}
	card, err := m.vault.AddCard(t.Context(), uuid.New(), domain.NewCard{
		Practice: testPractice, Nickname: "rode fiets", EarlierYear: domain.No,
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, year := range []int{old, open, late} {
		m.come(t, card, year)
	}
	before := numbers(m.read(t, old))
	m.closeYear(t, old)
	m.closeYear(t, late)
	if before["unieke-contacten"] != 1 || before["nieuwe-contacten"] != 1 {
		t.Fatalf("before: %v", before)
	}
	check := func(when string) {
		t.Helper()
		for range 2 { // asked again it does nothing
			if err := m.destroyDueYears(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if after := numbers(m.read(t, old)); !maps.Equal(after, before) {
			t.Errorf("%s: %v, before it was %v", when, after, before)
		}
		for year, want := range map[int][2]int{old: {0, 2}, open: {1, 0}, late: {1, 0}} {
			if unique, forgotten := m.people(year); unique != want[0] || forgotten != want[1] {
				t.Errorf("%s: %d has %d people, and %d contacts of nobody knows whom; want %v", when, year, unique, forgotten, want)
			}
		}
		if _, err := m.vault.Traits(t.Context(), testPractice, old); !errors.Is(err, domain.ErrForgotten) {
			t.Errorf("%s: the key of %d still opens: %v", when, old, err)
		}
	}
	check("at once")
	stop()
	m, stop = openedAt(t, at)
	defer stop()
	check("after a start")
	if got := m.set.Figures.ToClose(testPractice, m.ledger.Today(time.Now())); len(got) != 1 || got[0] != open {
		t.Errorf("years that wait to be closed: %v", got)
	}
}

// The program stopped after the key went and before its projections let go of the year: they do at the next start, whether
// their snapshot is of before or of after.
func TestYearIsForgottenAfterACut(t *testing.T) {
	year := time.Now().In(brussels()).Year() - 4
	at := filepath.Join(t.TempDir(), "boek")
	m, stop := openedAt(t, at)
	if err := m.openPractice(t.Context(), testPractice, "Harelbeke Centrum", time.Now()); err != nil {
		t.Fatal(err)
	}
	card, err := m.vault.AddCard(t.Context(), uuid.New(), domain.NewCard{
		Practice: testPractice, Nickname: "rode fiets", EarlierYear: domain.No,
	})
	if err != nil {
		t.Fatal(err)
	}
	m.come(t, card, year)
	m.closeYear(t, year)
	before := numbers(m.read(t, year))
	stop() // with a snapshot that tells people apart
	m, stop = openedAt(t, at)
	if err := m.vault.DestroyYear(t.Context(), testPractice, year); err != nil {
		t.Fatal(err)
	}
	stop() // the snapshot of a set that was not told is written once more, under a key that is new
	m, stop = openedAt(t, at)
	defer stop()
	if err := m.destroyDueYears(t.Context()); err != nil {
		t.Fatal(err)
	}
	if after := numbers(m.read(t, year)); !maps.Equal(after, before) {
		t.Errorf("%v, before it was %v", after, before)
	}
	if unique, forgotten := m.people(year); unique != 0 || forgotten != 2 {
		t.Errorf("%d people, %d forgotten", unique, forgotten)
	}
}
