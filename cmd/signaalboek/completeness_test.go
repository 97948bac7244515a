package main

import (
	"context"
	"errors"
	"io"
	"iter"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/ledger"
	"signaalboek/domain/session"
	"signaalboek/projections"
)

// misfed is a log of which whoever follows it hears something else than it holds.
type misfed struct {
	domain.Store
	wrong func([]domain.Recorded) []domain.Recorded
}

// Follow implements domain.Store. It gives what stands in the log now, as it hears it, and then nothing more.
func (m misfed) Follow(ctx context.Context, after domain.Position) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		var all []domain.Recorded
		for recorded, err := range m.ReadAll(ctx, after) {
			if err != nil {
				yield(recorded, err)
				return
			}
			all = append(all, recorded)
		}
		for _, recorded := range m.wrong(all) {
			if !yield(recorded, nil) {
				return
			}
		}
		<-ctx.Done()
		yield(domain.Recorded{}, ctx.Err())
	}
}

const fifth = 4 // of the six events of newCorrections: one that can be left out

// mistakes are what a set may hear instead of six events, and what doctor says of it.
var mistakes = map[string]struct {
	wrong func([]domain.Recorded) []domain.Recorded
	says  string
}{
	"one is skipped":   {func(all []domain.Recorded) []domain.Recorded { return slices.Delete(all, fifth, fifth+1) }, "5 van 6"},
	"one comes twice":  {func(all []domain.Recorded) []domain.Recorded { return slices.Insert(all, fifth, all[fifth]) }, "7 van 6"},
	"two are swapped":  {swapped, "6 gebeurtenissen, maar niet die van het logboek"},
	"one is another's": {func(all []domain.Recorded) []domain.Recorded { all[fifth].ID[0] ^= 1; return all }, "6 gebeurtenissen, maar niet die van het logboek"},
}

func swapped(all []domain.Recorded) []domain.Recorded {
	all[fifth], all[fifth-1] = all[fifth-1], all[fifth]
	return all
}

func asItIs(all []domain.Recorded) []domain.Recorded { return all }

// newCorrections is a ledger of six events in a directory: a session, four times corrected.
func newCorrections(t *testing.T, at dir) *machinery {
	t.Helper()
	m, err := open(t.Context(), place{dir: at})
	if err != nil {
		t.Fatal(err)
	}
	const id = domain.PracticeID("harelbeke-centrum")
	if err := m.openPractice(t.Context(), id, "STEK", time.Now()); err != nil {
		t.Fatal(err)
	}
	details, begun := session.Details{Activity: "naaiatelier", Present: 9}, uuid.New()
	_, err = m.ledger.Sessions.Create(t.Context(), session.Hold{Details: details}, m.owing(id, begun, time.Now()))
	for range 4 {
		details.Present++
		at := ledger.Target{Stream: m.ledger.Sessions.NewStream(id, begun)}
		correct := session.Correct{Details: details, Reason: session.WronglyEntered}
		_, again := m.ledger.Sessions.Execute(t.Context(), at, correct, m.owing(id, uuid.New(), time.Now()))
		err = errors.Join(err, again)
	}
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// follow runs projections that hear the log as wrong gives it, until they are at its end.
func (m *machinery) follow(t *testing.T, wrong func([]domain.Recorded) []domain.Recorded) {
	t.Helper()
	m.set = projections.New(misfed{m.log, wrong}, m.vault)
	if err := m.catchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// Given projections that heard something else than the log holds, when they are compared with it, then they are named, once,
// and doctor says what is wrong with them; nothing is kept of them.
func TestIncompleteProjectionsAreFound(t *testing.T) {
	for name, c := range mistakes {
		t.Run(name, func(t *testing.T) {
			m := newCorrections(t, dir(t.TempDir()))
			defer m.close()
			m.follow(t, asItIs)
			if err := m.keepSet(t.Context()); err != nil {
				t.Fatal(err)
			}
			m.follow(t, c.wrong)
			found, err := m.compare(t.Context())
			if _, of := m.set.Frontiers(); err != nil || len(found) != len(of) {
				t.Fatalf("found %+v, %v", found, err)
			}
			if again, err := m.compare(t.Context()); err != nil || again != nil {
				t.Errorf("found again: %+v, %v", again, err)
			}
			if names := m.complete.broken(); !slices.Contains(names, "figures") || !slices.IsSorted(names) {
				t.Errorf("broken are %q", names)
			}
			if whole, events := m.complete.seen(); whole["figures"] || events != 6 {
				t.Errorf("after %d events figures are whole: %t", events, whole["figures"])
			}
			if err := m.keepSet(t.Context()); err != nil {
				t.Fatal(err)
			}
			if _, err := os.Stat(m.place.dir.snapshot()); !os.IsNotExist(err) {
				t.Errorf("a snapshot is kept: %v", err)
			}
			m.set = projections.New(misfed{m.log, c.wrong}, m.vault)
			if err := m.examineSet(t.Context()); err == nil || !strings.Contains(explain(err), "Overzicht figures verwerkte "+c.says) {
				t.Errorf("doctor says %v", err)
			}
		})
	}
}

// Projections that heard what the log holds are whole, however much of it is read at once.
func TestCompleteProjectionsAreWhole(t *testing.T) {
	m := newCorrections(t, dir(t.TempDir()))
	defer m.close()
	if whole, _ := m.complete.seen(); whole != nil {
		t.Errorf("before anything was compared: %v", whole)
	}
	m.follow(t, asItIs)
	if found, err := m.compare(t.Context()); found != nil || err != nil {
		t.Fatalf("found %+v, %v", found, err)
	}
	whole, events := m.complete.seen()
	_, of := m.set.Frontiers()
	for name := range of {
		if !whole[name] {
			t.Errorf("%s is not whole", name)
		}
	}
	if events != 6 || len(whole) != len(of) {
		t.Errorf("of %d projections, %d were compared after %d events", len(of), len(whole), events)
	}
	m.set = projections.New(m.log, m.vault)
	if err := m.examineSet(t.Context()); err != nil {
		t.Errorf("doctor says %v", err)
	}
}

// untold is a log that does not come to an end when it is read.
type untold struct{ domain.Store }

// ReadAll implements domain.Store.
func (untold) ReadAll(context.Context, domain.Position) iter.Seq2[domain.Recorded, error] {
	return func(func(domain.Recorded, error) bool) {}
}

// Given a log that was not read through yet, when the tree over it is asked, then what it does not know is not compared, and
// what it knows is.
func TestTreeIsAskedUntilTheLogIsReadThrough(t *testing.T) {
	m := newCorrections(t, dir(t.TempDir()))
	defer m.close()
	m.follow(t, mistakes["one is skipped"].wrong)
	strays, err := m.strays(t.Context())
	if err != nil || len(strays) == 0 {
		t.Fatalf("found %+v, %v", strays, err)
	}
	for name, c := range map[string]struct {
		log   domain.Frontier
		known bool
		found int
	}{
		"the tree was not there lately":   {domain.Frontier{}, false, 0},
		"the tree has what they were fed": {strays[0].Fed, true, 0},
		"the tree has another":            {strays[0].Log, true, len(strays)},
	} {
		t.Run(name, func(t *testing.T) {
			m.complete = newCompleteness(untold{m.log})
			m.complete.tree = func(domain.Position) (domain.Frontier, bool) { return c.log, c.known }
			if found, err := m.compare(t.Context()); err != nil || len(found) != c.found {
				t.Errorf("found %+v, %v", found, err)
			}
			if whole, _ := m.complete.seen(); (whole != nil) != c.known {
				t.Errorf("compared: %v", whole)
			}
		})
	}
	m.complete = newCompleteness(m.log)
	m.complete.tree = func(domain.Position) (domain.Frontier, bool) {
		t.Error("the tree was asked")
		return domain.Frontier{}, true
	}
	if found, err := m.compare(t.Context()); err != nil || len(found) == 0 {
		t.Errorf("found %+v, %v", found, err)
	}
}

// Given a snapshot of projections that skipped an event, when the program serves from it, then /readyz and the metrics say
// so, and the next start is from the log.
func TestSnapshotThatMissedAnEventIsFound(t *testing.T) {
	at := dir(t.TempDir())
	m := newCorrections(t, at)
	m.follow(t, mistakes["one is skipped"].wrong)
	if err := m.keepSet(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := m.close(); err != nil {
		t.Fatal(err)
	}
	observed := freeAddress(t)
	p := launch(t, "serve", "--data", string(at), "--plain", "--metrics-addr", observed)
	eventually(t, "/readyz says what is not whole", func() bool {
		status, says := readyz(t, p)
		return status == http.StatusServiceUnavailable && strings.HasPrefix(says, "not ready: incomplete: ") && strings.Contains(says, "figures")
	})
	if shows := scraped(t, observed); !strings.Contains(shows, `signaalboek_projection_complete{projection="figures"} 0`) ||
		!strings.Contains(shows, "signaalboek_events_compared_total 6") {
		t.Errorf("the metrics show\n%s", shows)
	}
	p.end()
	if !strings.Contains(p.stderr.String(), "a projection is not what the log says") {
		t.Errorf("nothing was logged: %s", lastOf(p.stderr))
	}
	p = launch(t, "serve", "--data", string(at), "--plain")
	eventually(t, "/readyz says that all is well", func() bool { status, _ := readyz(t, p); return status == http.StatusOK })
}

func readyz(t *testing.T, p *program) (status int, says string) {
	t.Helper()
	answer, err := http.Get(p.Address + "/readyz")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(raw)
}
