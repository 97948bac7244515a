package demonstration_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"
	_ "time/tzdata"

	"signaalboek/cmd/signaalboek/demonstration"
	"signaalboek/domain"
	"signaalboek/domain/catalog"
	"signaalboek/domain/domaintest"
	"signaalboek/domain/ledger"
	"signaalboek/domain/vocabulary"
	"signaalboek/ops/eventlog/sqlite"
	vaultfile "signaalboek/ops/vault/sqlite"
	"signaalboek/projections"
)

// today is an ordinary day; others are tried in TestOnAnyDay.
var today = time.Date(2026, time.May, 20, 12, 30, 0, 0, time.UTC)

// built is a demonstration, and what everything in it shows.
type built struct {
	t     *testing.T
	now   time.Time
	store domain.Store
	vault domain.Vault
	*projections.Set
	proofs string // directory of what proves releases; none yet
}

func brussels(t *testing.T) *time.Location {
	zone, err := time.LoadLocation("Europe/Brussels")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func build(t *testing.T, now time.Time) *built {
	t.Helper()
	b := &built{t: t, now: now, store: domaintest.NewMemStore(t), vault: domaintest.NewMemVault()}
	b.again()
	b.read()
	return b
}

func (b *built) again() {
	b.t.Helper()
	if err := demonstration.Build(b.t.Context(), b.book(b.store), b.now); err != nil {
		b.t.Fatal(err)
	}
}

// book is where a demonstration is recorded that publishes nothing: see releases_test.go.
func (b *built) book(store domain.Store) demonstration.Book {
	return demonstration.Book{Ledger: ledger.New(store, b.vault, brussels(b.t)), Vault: b.vault}
}

func (b *built) read() {
	b.t.Helper()
	var err error
	if b.Set, err = projections.AsOf(b.t.Context(), b.store, b.vault, b.now); err != nil {
		b.t.Fatal(err)
	}
}

func (b *built) day() domain.Date { return domain.DayOf(b.now.In(brussels(b.t))) }

// entries is everything that was recorded.
func (b *built) entries() (all []domain.Entry) {
	b.t.Helper()
	for recorded, err := range b.store.ReadAll(b.t.Context(), domain.Position{}) {
		if err != nil {
			b.t.Fatal(err)
		}
		entry, err := catalog.Decode(recorded)
		if err != nil {
			b.t.Fatal(err)
		}
		all = append(all, entry)
	}
	return all
}

// notRecorded is what a figure reads when nobody asked.
const notRecorded = -1

// Reference case of the domain: these figures were published.
func (b *built) checkPublished() {
	b.t.Helper()
	for year, figures := range map[int]map[domain.Code]int{
		2020: {"unieke-contacten": 137, "nieuwe-contacten": notRecorded, "gekend-bij-sociale-dienst": 72, "hulpvragen": 270},
		2021: {"unieke-contacten": 124, "nieuwe-contacten": 41, "gekend-bij-sociale-dienst": 59, "hulpvragen": 185},
		2022: {"unieke-contacten": 200, "nieuwe-contacten": 60, "gekend-bij-sociale-dienst": 88, "hulpvragen": 110,
			"soep-met-babbels-unieke-bezoekers": 43, "soep-met-babbels-deelnemers-per-moment": 8},
	} {
		got := valuesOf(b.Figures.Year(demonstration.Harelbeke, year))
		for figure, want := range figures {
			if got[figure] != want {
				b.t.Errorf("%s %d reads %d, was published as %d", figure, year, got[figure], want)
			}
		}
	}
}

func valuesOf(figures []projections.FigureValue) map[domain.Code]int {
	values := map[domain.Code]int{}
	for _, f := range figures {
		values[f.Figure.Code] = notRecorded
		if f.Recorded {
			values[f.Figure.Code] = f.Value
		}
	}
	return values
}

func TestPublishedFigures(t *testing.T) { build(t, today).checkPublished() }

// The year that was closed reads as it was closed; counted again, it comes to the same.
func TestClosedYearWasCountedRight(t *testing.T) {
	b := build(t, today)
	closed := valuesOf(b.Figures.Year(demonstration.Harelbeke, 2020))
	withEve := projections.Period{From: domain.DateOf(2019, time.December, 31), To: domain.DateOf(2020, time.December, 31)}
	counted := valuesOf(b.Figures.Period(demonstration.Harelbeke, withEve))
	if !maps.Equal(closed, counted) {
		t.Errorf("closed as %v, counted %v", closed, counted)
	}
}

// The current year and the one before are alive: every figure of theirs is recorded.
func TestLaterYearsAreAlive(t *testing.T) {
	b := build(t, today)
	for _, year := range []int{2025, 2026} {
		for figure, value := range valuesOf(b.Figures.Year(demonstration.Harelbeke, year)) {
			if value == notRecorded && figure != "signalen" {
				t.Errorf("%s %d is not recorded", figure, year)
			}
		}
	}
}

func TestBuiltTwiceRecordsNothing(t *testing.T) {
	b := build(t, today)
	before := len(b.entries())
	b.again()
	if after := len(b.entries()); after != before {
		t.Errorf("%d events became %d", before, after)
	}
}

// Two builds with the same moment tell the same: the same events in the same streams, recorded at the same moments.
// Texts, and what is said of cards, are sealed differently each time.
func TestTwoBuildsAreEqual(t *testing.T) {
	first, second := build(t, today).told(), build(t, today).told()
	for event, what := range first {
		if second[event] != what {
			t.Fatalf("%s, and then %s", what, second[event])
		}
	}
	if len(first) != len(second) {
		t.Errorf("%d events, and then %d", len(first), len(second))
	}
}

func (b *built) told() map[domain.EventID]string {
	told := map[domain.EventID]string{}
	for _, e := range b.entries() {
		event, err := catalog.Default.EachText(e.Event, func(pointer string, text domain.Sealed) (domain.Sealed, error) {
			if pointer == "/recognition" {
				return domain.Sealed{}, nil
			}
			plain, err := b.vault.Open(b.t.Context(), text)
			return domain.ToSeal(string(plain)), err
		})
		if err != nil {
			b.t.Fatal(err)
		}
		told[e.ID] = fmt.Sprintf("%s/%d %s %+v %s", e.Stream, e.Revision, e.Event.EventName(), e.Meta, shown(event))
	}
	return told
}

// shown is an event as text, whatever pointers it holds.
func shown(event domain.Event) string {
	return addresses.ReplaceAllString(fmt.Sprintf("%+v", event), "")
}

var addresses = regexp.MustCompile(`0x[0-9a-f]+`)

// A build that was cut off is completed by building again.
func TestCutOffBuildIsCompleted(t *testing.T) {
	whole := len(build(t, today).entries())
	for _, appends := range []int64{1, 400, 1700} {
		store := domaintest.NewMemStore(t)
		b := &built{t: t, now: today, store: store, vault: domaintest.NewMemVault()}
		ctx, cut := context.WithCancel(t.Context())
		cutting := &cuttingStore{Store: store, cut: cut}
		cutting.left.Store(appends)
		err := demonstration.Build(ctx, b.book(cutting), today)
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("cut off after %d: %v", appends, err)
		}
		b.again()
		b.read()
		b.checkPublished()
		if got := len(b.entries()); got != whole {
			t.Errorf("cut off after %d and completed: %d events, want %d", appends, got, whole)
		}
	}
}

// Every kind of event occurs, so that every page and every list has something to show.
func TestEveryKindOfEventOccurs(t *testing.T) {
	occurs := map[string]bool{}
	for _, e := range publish(t).entries() {
		occurs[e.Event.EventName()] = true
	}
	for _, schema := range catalog.Schemas() {
		if !occurs[schema.Name] {
			t.Errorf("%s never occurs", schema.Name)
		}
	}
}

// What was known on a day can only be asked if the log goes forward in time.
func TestLogFollowsTheClock(t *testing.T) {
	b := build(t, today)
	var last time.Time
	for _, e := range b.entries() {
		if e.Meta.At.Before(last) || e.Meta.At.After(b.now) {
			t.Fatalf("%s was recorded at %s, after %s", e.Event.EventName(), e.Meta.At, last)
		}
		last = e.Meta.At
	}
}

// The statements of the sources stand there to the letter: each is how a signal is worded now.
func TestStatementsAreThoseOfTheSources(t *testing.T) {
	b := build(t, today)
	worded := map[string]bool{}
	for _, e := range b.entries() {
		row, found, err := b.Signals.Signal(t.Context(), e.Meta.Practice, e.Stream, b.day())
		if err != nil {
			t.Fatal(err)
		}
		if found {
			text, err := b.vault.Open(t.Context(), row.Text)
			if err != nil {
				t.Fatal(err)
			}
			worded[string(text)] = true
		}
	}
	statements := statementsOfTheSources(t)
	for _, statement := range statements {
		if !worded[statement] {
			t.Errorf("no signal says: %s", statement)
		}
	}
	if len(statements) != 18 || len(worded) != len(statements)+2 { // one was split in two
		t.Errorf("%d signals of %d statements", len(worded), len(statements))
	}
}

func statementsOfTheSources(t *testing.T) (all []string) {
	t.Helper()
	raw, err := os.ReadFile("signals.csv")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(raw)), "\n")[1:] {
		all = append(all, strings.Split(line, ";")[2])
	}
	return all
}

// Whenever it is built, nothing is refused, the published figures stand, and there is something to do today.
func TestOnAnyDay(t *testing.T) {
	for _, now := range []time.Time{
		time.Date(2025, time.January, 1, 0, 5, 0, 0, time.UTC),
		time.Date(2025, time.January, 16, 9, 30, 0, 0, time.UTC),
		time.Date(2025, time.September, 1, 21, 30, 0, 0, time.UTC),
		time.Date(2025, time.March, 30, 1, 30, 0, 0, time.UTC),     // summer time begins
		time.Date(2025, time.December, 31, 23, 30, 0, 0, time.UTC), // next year already, in Brussels
		time.Date(2026, time.January, 3, 9, 0, 0, 0, time.UTC),
		time.Date(2026, time.November, 22, 23, 59, 0, 0, time.UTC),
		time.Date(2028, time.February, 29, 15, 0, 0, 0, time.UTC),
		time.Date(2031, time.August, 3, 6, 0, 0, 0, time.UTC),
	} {
		t.Run(now.Format(time.DateTime), func(t *testing.T) {
			b := build(t, now)
			b.checkPublished()
			b.checkAlive()
		})
	}
}

func (b *built) checkAlive() {
	b.t.Helper()
	agenda := b.agenda("overleg-digitale-kloof")
	if len(agenda.Promises) == 0 || !agenda.Promises[0].Overdue {
		b.t.Error("no promise is overdue")
	}
	if next := b.agenda("netwerkmoment-partners"); next.Next == nil || len(next.New)+len(next.CarriedOver) == 0 {
		b.t.Error("nothing is on the agenda of the next meeting with partners")
	}
	if waits := b.agenda("overleg-vrijwilligers"); len(waits.Awaited)+len(waits.CarriedOver) == 0 {
		b.t.Error("nobody waits for an answer")
	}
	owed, err := b.Debts.Owed(b.t.Context(), demonstration.Harelbeke, projections.DebtFilter{}, b.day())
	if err != nil || len(owed.Settings) < 3 {
		b.t.Errorf("answers are owed to %d settings, %v", len(owed.Settings), err)
	}
	meetings := b.Themes.Meetings(demonstration.Harelbeke)
	if !slices.ContainsFunc(meetings, func(m projections.FocusgroepMeeting) bool { return m.Day > b.day() }) {
		b.t.Error("the focusgroep has no next meeting")
	}
	lately := meetings[:4] // newest first
	if !slices.ContainsFunc(lately, func(m projections.FocusgroepMeeting) bool { return len(m.Signals) > 0 }) {
		b.t.Error("the last meetings of the focusgroep knew no signal")
	}
	if len(b.Contacts.Untaken(demonstration.Harelbeke)) == 0 {
		b.t.Error("every help request that was taken up as a signal became one")
	}
}

func (b *built) agenda(forum domain.Code) projections.Agenda {
	b.t.Helper()
	agenda, err := b.Forums.Agenda(b.t.Context(), demonstration.Harelbeke, forum, b.day())
	if err != nil {
		b.t.Fatal(err)
	}
	return agenda
}

func TestTooEarly(t *testing.T) {
	early := demonstration.Earliest.Time().Add(-2 * time.Hour)
	b := &built{t: t, store: domaintest.NewMemStore(t), vault: domaintest.NewMemVault()}
	if err := demonstration.Build(t.Context(), b.book(b.store), early); err == nil {
		t.Error("built before its own history was over")
	}
}

// properNames is every word with a capital that may stand inside a sentence: places, organisations, offers. Nobody.
var properNames = []string{
	"UiTPAS", "Harelbeke", "Digipunt", "GS9", "CC", "Spoor", "Zorgbedrijf", "Rap", "Stap", "Huis", "Kind", "Soep",
	"Babbels",
}

// No text holds what could be a name, a telephone number or an address.
func TestNoTextNamesAnybody(t *testing.T) {
	nameNobody(t, build(t, today))
}

func nameNobody(t *testing.T, b *built) {
	t.Helper()
	capital := regexp.MustCompile(`[^.?!]\s+(\p{Lu}[\p{L}\d]*)`)
	contact := regexp.MustCompile(`\d{4,}|@|\+\d`)
	for _, text := range b.texts() {
		for _, found := range capital.FindAllStringSubmatch(text, -1) {
			if !slices.Contains(properNames, found[1]) {
				t.Errorf("%q may be a name, in: %s", found[1], text)
			}
		}
		if found := contact.FindString(strings.ReplaceAll(text, "2023", "")); found != "" {
			t.Errorf("%q may lead to somebody, in: %s", found, text)
		}
	}
}

// noTexts is where events hold bytes that are sealed and no text: recognitions, and pairs of pseudonyms.
var noTexts = []string{"/recognition", "/same"}

// texts is every sealed text of the ledger, opened.
func (b *built) texts() (all []string) {
	for _, e := range b.entries() {
		_, err := catalog.Default.EachText(e.Event, func(pointer string, text domain.Sealed) (domain.Sealed, error) {
			plain, err := b.vault.Open(b.t.Context(), text)
			if len(plain) > 0 && !slices.Contains(noTexts, pointer) {
				all = append(all, string(plain))
			}
			return text, err
		})
		if err != nil {
			b.t.Fatal(err)
		}
	}
	return all
}

func TestNicknamesAreDistinct(t *testing.T) {
	cards, err := build(t, today).vault.Cards(t.Context(), demonstration.Harelbeke)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, card := range cards {
		if seen[card.Nickname] {
			t.Errorf("two cards say %s", card.Nickname)
		}
		seen[card.Nickname] = true
	}
}

// A forum changed as the sources tell.
func TestStuurgroepBecameInternal(t *testing.T) {
	b := build(t, today)
	stuurgroep, found := b.Words.Book(demonstration.Harelbeke).Forum("stuurgroep")
	if !found || stuurgroep.Kind != vocabulary.InternalForum {
		t.Errorf("stuurgroep %+v", stuurgroep)
	}
}

// The same over the parts that the program really uses.
func TestOverTheEmbeddedLog(t *testing.T) {
	log, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "log.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	keys, err := vaultfile.Open(t.Context(), filepath.Join(t.TempDir(), "vault"))
	if err != nil {
		t.Fatal(err)
	}
	defer keys.Close()
	b := &built{t: t, now: today, store: log, vault: keys}
	start := time.Now()
	b.again()
	t.Logf("built %d events in %s", len(b.entries()), time.Since(start))
	b.read()
	b.checkPublished()
}

// cuttingStore cuts the build off after so many appends.
type cuttingStore struct {
	domain.Store
	left atomic.Int64
	cut  context.CancelFunc
}

// Append cuts off when its time has come; what it was asked for then is still recorded, as when a program is killed.
func (c *cuttingStore) Append(
	ctx context.Context, stream domain.StreamID, expected domain.Revision, drafts []domain.Draft,
) (domain.Position, error) {
	if c.left.Add(-1) == 0 {
		c.cut()
		ctx = context.WithoutCancel(ctx)
	}
	return c.Store.Append(ctx, stream, expected, drafts)
}
