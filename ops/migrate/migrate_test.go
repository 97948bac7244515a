package migrate_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"signaalboek/domain"
	"signaalboek/domain/domaintest"
	"signaalboek/ops/migrate"
)

var ctx = context.Background()

// A log of anything, and a target that holds any beginning of it, become equal; what was there is not recorded again.
func TestCopyCompletesAnyBeginning(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		all := distinct(appends(30).Draw(rt, "log"))
		begun := rapid.IntRange(0, len(all)).Draw(rt, "begun")
		from, to := domaintest.NewMemStore(rt), domaintest.NewMemStore(rt)
		fill(rt, from, all)
		fill(rt, to, all[:begun])
		before := len(contents(rt, to))
		m := migrate.Migration{From: from, To: to}
		done, err := m.Copy(ctx)
		if err != nil || done.Before != before || done.Before+done.Now != len(contents(rt, from)) {
			rt.Errorf("did %+v: %v", done, err)
		}
		equal(rt, from, to)
	})
}

// Between any two of the logs that there are, both ways.
func TestCopyBetweenAllLogs(t *testing.T) {
	for _, a := range kinds() {
		for _, b := range kinds() {
			t.Run(a.name+" to "+b.name, func(t *testing.T) {
				for seed := range 4 {
					all := distinct(appends(30).Example(seed))
					from, to := a.open(t), b.open(t)
					fill(t, from, all)
					fill(t, to, all[:len(all)*seed/4])
					m := migrate.Migration{From: from, To: to}
					if _, err := m.Copy(ctx); err != nil {
						t.Fatal(err)
					}
					equal(t, from, to)
				}
			})
		}
	}
}

// A target with an event more, or with one that differs in any part, is refused as it is.
func TestOtherTargetsAreRefused(t *testing.T) {
	all := plenty(20)
	for part, change := range map[migrate.Part]func([]appended) []appended{
		migrate.Extra:    func(a []appended) []appended { return append(a, plenty(1)...) },
		migrate.ID:       func(a []appended) []appended { a[3].drafts[0].ID = uuid.New(); return a },
		migrate.Stream:   func(a []appended) []appended { return append([]appended{{"thing-x", a[0].drafts}}, a[1:]...) },
		migrate.Name:     func(a []appended) []appended { a[3].drafts[0].Name = "thing.ended.v1"; return a },
		migrate.Moment:   func(a []appended) []appended { a[3].drafts[0].At = time.UnixMicro(1).UTC(); return a },
		migrate.Payload:  func(a []appended) []appended { a[3].drafts[0].Payload = []byte("{}"); return a },
		migrate.Metadata: func(a []appended) []appended { a[3].drafts[0].Metadata = nil; return a },
	} {
		t.Run(string(part), func(t *testing.T) {
			from, to := domaintest.NewMemStore(t), domaintest.NewMemStore(t)
			fill(t, from, all)
			changed := slices.Clone(all)
			for i := range changed {
				changed[i].drafts = slices.Clone(changed[i].drafts)
			}
			if part == migrate.Extra {
				changed[len(changed)-1].stream = all[len(all)-1].stream
			}
			fillAnywhere(t, to, change(changed))
			before := contents(t, to)
			m := migrate.Migration{From: from, To: to}
			_, err := m.Copy(ctx)
			difference, found := errors.AsType[*migrate.Difference](err)
			if !errors.Is(err, migrate.ErrForeign) || !found || difference.In != part {
				t.Errorf("refused with %v", err)
			}
			if !slices.EqualFunc(before, contents(t, to), sameButPosition) {
				t.Error("the target was changed")
			}
			if _, err := m.Compare(ctx); part != migrate.Extra {
				if other, found := errors.AsType[*migrate.Difference](err); !found || other.In != part || other.Number != difference.Number {
					t.Errorf("compared with %v, copied with %v", err, difference)
				}
			}
		})
	}
}

// fillAnywhere is fill for appends whose streams may have been moved.
func fillAnywhere(t *testing.T, log domain.Store, all []appended) {
	t.Helper()
	for _, a := range all {
		expected := domain.NoStream
		for r := range log.ReadStreamBackward(ctx, a.stream) {
			expected = r.Revision
			break
		}
		if _, err := log.Append(ctx, a.stream, expected, a.drafts); err != nil {
			t.Fatal(err)
		}
	}
}

// An event that the target lacks is found, and named.
func TestCompareFindsWhatIsMissing(t *testing.T) {
	from, to, all := domaintest.NewMemStore(t), domaintest.NewMemStore(t), plenty(30)
	fill(t, from, all)
	fill(t, to, all[:len(all)-1])
	m := migrate.Migration{From: from, To: to}
	events, err := m.Compare(ctx)
	difference, found := errors.AsType[*migrate.Difference](err)
	if !found || difference.In != migrate.Missing || difference.Number != events+1 || difference.At().ID != all[len(all)-1].drafts[0].ID {
		t.Errorf("compared %d events: %v", events, err)
	}
}

// A source that grows while it is copied, or after that, is found out; what was copied is right, and another run does
// the rest.
func TestMovingSourceIsFoundOut(t *testing.T) {
	all := plenty(30)
	half := len(all) / 2
	for name, arrange := range map[string]func(from *domaintest.MemStore, grow func()) (*migrate.Migration, error){
		"while it is copied": func(from *domaintest.MemStore, grow func()) (*migrate.Migration, error) {
			m := &migrate.Migration{From: from, To: domaintest.NewMemStore(t)}
			m.Watch = func(migrate.Progress) { grow() }
			_, err := m.Copy(ctx)
			return m, err
		},
		"before it is compared": func(from *domaintest.MemStore, grow func()) (*migrate.Migration, error) {
			m := &migrate.Migration{From: from, To: domaintest.NewMemStore(t)}
			if _, err := m.Copy(ctx); err != nil {
				return m, err
			}
			grow()
			_, err := m.Compare(ctx)
			return m, err
		},
		"while it is compared": func(from *domaintest.MemStore, grow func()) (*migrate.Migration, error) {
			m := &migrate.Migration{From: from, To: domaintest.NewMemStore(t)}
			if _, err := m.Copy(ctx); err != nil {
				return m, err
			}
			m.Watch = func(migrate.Progress) { grow() }
			_, err := m.Compare(ctx)
			return m, err
		},
	} {
		t.Run(name, func(t *testing.T) {
			from := domaintest.NewMemStore(t)
			fill(t, from, all[:half])
			grown := false
			m, err := arrange(from, func() {
				if !grown {
					grown = true
					fillAnywhere(t, from, all[half:])
				}
			})
			if !errors.Is(err, migrate.ErrMoving) {
				t.Fatalf("answered %v", err)
			}
			m.Watch = nil
			if _, err := m.Copy(ctx); err != nil {
				t.Error(err)
			}
			equal(t, m.From, m.To)
		})
	}
}

// Answers that are lost, appends that are lost, and conflicts with an earlier run that is still under way leave nothing
// behind: each event is recorded once, in order.
func TestFaultsOfTheTarget(t *testing.T) {
	all := plenty(40)
	for name, fail := range map[string]func(*domaintest.MemStore){
		"lost replies":   func(to *domaintest.MemStore) { to.LoseReplies(9) },
		"lost appends":   func(to *domaintest.MemStore) { to.LoseAppends(9) },
		"conflicts":      func(to *domaintest.MemStore) { to.StormConflicts(3) },
		"an earlier run": func(to *domaintest.MemStore) { to.BeforeAppend(func() { fill(t, to, all[:len(all)/3]) }) },
	} {
		t.Run(name, func(t *testing.T) {
			from, to := domaintest.NewMemStore(t), domaintest.NewMemStore(t)
			fill(t, from, all)
			fail(to)
			m := migrate.Migration{From: from, To: to}
			if done, err := m.Copy(ctx); err != nil || done.Before+done.Now != 40 {
				t.Errorf("did %+v: %v", done, err)
			}
			equal(t, from, to)
		})
	}
}

// A read that fails under way, of either log, is an error; asked again, the copying goes on.
func TestFaultsOfReading(t *testing.T) {
	torn := errors.New("torn")
	for name, fail := range map[string]func(from, to *domaintest.MemStore){
		"source": func(from, _ *domaintest.MemStore) { from.FailRead(11, torn) },
		"target": func(_, to *domaintest.MemStore) { to.FailRead(3, torn) },
	} {
		t.Run(name, func(t *testing.T) {
			from, to, all := domaintest.NewMemStore(t), domaintest.NewMemStore(t), plenty(30)
			fill(t, from, all)
			fill(t, to, all[:5])
			fail(from, to)
			m := migrate.Migration{From: from, To: to}
			if _, err := m.Copy(ctx); !errors.Is(err, torn) {
				t.Errorf("answered %v", err)
			}
			if _, err := m.Copy(ctx); err != nil {
				t.Error(err)
			}
			equal(t, from, to)
		})
	}
}

// A context that ends stops a migration between two appends.
func TestContextStopsACopy(t *testing.T) {
	from, to := domaintest.NewMemStore(t), domaintest.NewMemStore(t)
	fill(t, from, plenty(30))
	stopping, stop := context.WithCancel(ctx)
	m := migrate.Migration{From: from, To: to, Watch: func(p migrate.Progress) {
		if p.Events > 10 {
			stop()
		}
	}}
	if done, err := m.Copy(stopping); !errors.Is(err, context.Canceled) || done.Now <= 10 || done.Now > 20 {
		t.Errorf("did %+v: %v", done, err)
	}
}

// Neighbours of one stream go in one append, and no append is larger than every log takes.
func TestNeighboursGoTogether(t *testing.T) {
	from, to := domaintest.NewMemStore(t), &counting{Store: domaintest.NewMemStore(t)}
	long := appended{stream: "thing-long"}
	for _, a := range plenty(1000) {
		long.drafts = append(long.drafts, a.drafts...)
	}
	large := appended{stream: "thing-large"}
	for _, a := range plenty(40) {
		for _, d := range a.drafts {
			d.Payload = make([]byte, 100<<10)
			large.drafts = append(large.drafts, d)
		}
	}
	fill(t, from, []appended{long, large})
	m := migrate.Migration{From: from, To: to}
	if _, err := m.Copy(ctx); err != nil {
		t.Fatal(err)
	}
	equal(t, from, to)
	if to.appends != 4+8 { // 256 at a time, and five of 100 KiB
		t.Errorf("%d appends", to.appends)
	}
}

// counting counts appends.
type counting struct {
	domain.Store
	appends int
}

func (c *counting) Append(
	ctx context.Context, stream domain.StreamID, expected domain.Revision, drafts []domain.Draft,
) (domain.Position, error) {
	c.appends++
	return c.Store.Append(ctx, stream, expected, drafts)
}
