package projections

import (
	"bytes"
	"context"
	"encoding/csv"
	"os"
	"reflect"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"signaalboek/domain"
	"signaalboek/domain/contact"
	"signaalboek/domain/practice"
	"signaalboek/domain/session"
	"signaalboek/domain/vocabulary"
)

// The published figures of three years come out exactly; what was not recorded reads so, and not as zero.
func TestPublishedFigures(t *testing.T) {
	l := newLog()
	register(l)
	s := l.set(t)
	file, err := os.Open("testdata/figures.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows := csv.NewReader(file)
	rows.Comma = ';'
	all, err := rows.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range all[1:] {
		year, _ := strconv.Atoi(row[0])
		got := figure(t, s, year, domain.Code(row[1]))
		if got.Recorded != (row[2] != "") || got.Recorded && strconv.Itoa(got.Value) != row[2] {
			t.Errorf("%s %s is %d, recorded %t; published was %q", row[0], row[1], got.Value, got.Recorded, row[2])
		}
	}
}

func figure(t rapid.TB, s *Set, year int, code domain.Code) FigureValue {
	t.Helper()
	for _, value := range s.Figures.Year(here, year) {
		if value.Figure.Code == code {
			return value
		}
	}
	t.Fatalf("%d has no figure %s", year, code)
	return FigureValue{}
}

// 270, 185 and 110 are not one series: the definition changed.
func TestSeriesBreaks(t *testing.T) {
	l := newLog()
	register(l)
	var points []SeriesPoint
	for _, series := range l.set(t).Figures.Series(here, 2020, 2022) {
		if series.Code == "hulpvragen" {
			points = series.Points
		}
	}
	type point struct {
		year, value, version int
		broken               bool
	}
	var got []point
	for _, p := range points {
		got = append(got, point{p.Year, p.Value, p.Figure.Version, p.Break})
	}
	want := []point{{2020, 270, 1, false}, {2021, 185, 1, false}, {2022, 110, 2, true}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("help requests read %v, not %v", got, want)
	}
}

// What each unit counts, of a handful of contacts.
func TestFigureRules(t *testing.T) {
	visit := func(l *log, n int, on domain.Date, person uint32, earlier domain.Answer, known domain.Answer) {
		details := contact.Details{Activity: "huisbezoek", Known: known}
		l.contact(streamIn("contact", n), on, person, earlier, contact.Registered{Details: details})
	}
	const yes, no, unknown = domain.Yes, domain.No, domain.Unknown
	tests := map[string]struct {
		given func(*log)
		want  map[domain.Code]FigureValue
	}{
		"nothing at all": {
			given: func(*log) {},
			want:  map[domain.Code]FigureValue{"contacten": {}, "unieke-contacten": {}, "hulpvragen": {}, "signalen": {}},
		},
		"nobody recognised": {
			given: func(l *log) { visit(l, 1, date(2021, 1, 1), 0, "", yes) },
			want: map[domain.Code]FigureValue{
				"contacten": {Recorded: true, Value: 1}, "unieke-contacten": {}, "gekend-bij-sociale-dienst": {},
				"hulpvragen": {Recorded: true},
			},
		},
		"one person twice": {
			given: func(l *log) { visit(l, 1, date(2021, 1, 1), 7, no, no); visit(l, 2, date(2021, 2, 1), 7, no, unknown) },
			want: map[domain.Code]FigureValue{
				"contacten": {Recorded: true, Value: 2}, "unieke-contacten": {Recorded: true, Value: 1},
				"nieuwe-contacten": {Recorded: true, Value: 1, Of: 1}, "gekend-bij-sociale-dienst": {Recorded: true, Of: 1},
			},
		},
		"the latest answer by day, recorded late": {
			given: func(l *log) { visit(l, 1, date(2021, 5, 1), 7, yes, yes); visit(l, 2, date(2021, 2, 1), 7, yes, no) },
			want:  map[domain.Code]FigureValue{"gekend-bij-sociale-dienst": {Recorded: true, Value: 1, Of: 1}},
		},
		"two answers on one day": {
			given: func(l *log) { visit(l, 1, date(2021, 5, 1), 7, yes, yes); visit(l, 2, date(2021, 5, 1), 7, yes, no) },
			want:  map[domain.Code]FigureValue{"gekend-bij-sociale-dienst": {Recorded: true, Of: 1}},
		},
		"unknown is not no": {
			given: func(l *log) {
				visit(l, 1, date(2021, 5, 1), 7, unknown, unknown)
				visit(l, 2, date(2021, 5, 1), 8, no, yes)
			},
			want: map[domain.Code]FigureValue{
				"nieuwe-contacten":          {Recorded: true, Value: 1, Of: 2, Unknown: 1},
				"gekend-bij-sociale-dienst": {Recorded: true, Value: 1, Of: 2, Unknown: 1},
			},
		},
		"nobody answered": {
			given: func(l *log) { visit(l, 1, date(2021, 5, 1), 7, unknown, unknown) },
			want: map[domain.Code]FigureValue{
				"nieuwe-contacten":          {Of: 1, Unknown: 1},
				"gekend-bij-sociale-dienst": {Of: 1, Unknown: 1},
			},
		},
		"a key was destroyed": {
			given: func(l *log) {
				details := contact.Details{Activity: "huisbezoek", Known: yes, Recognition: domain.Sealed{Box: "closed"}}
				l.on(streamIn("contact", 1), date(2021, 5, 1), contact.Registered{Details: details})
			},
			want: map[domain.Code]FigureValue{
				"contacten": {Recorded: true, Value: 1}, "unieke-contacten": {Forgotten: 1}, "nieuwe-contacten": {Forgotten: 1},
			},
		},
		"a closed year": {
			given: func(l *log) {
				visit(l, 1, date(2021, 5, 1), 7, unknown, unknown)
				unique := 124.0
				l.on(practice.StreamOf(here), date(2022, 7, 1), practice.YearClosed{Year: 2021, Figures: []practice.ClosedFigure{
					{Figure: "unieke-contacten", Version: 1, Value: &unique}, {Figure: "nieuwe-contacten", Version: 1},
				}})
			},
			want: map[domain.Code]FigureValue{
				"unieke-contacten": {Recorded: true, Value: 124, Closed: true}, "nieuwe-contacten": {Closed: true},
				"contacten": {Recorded: true, Value: 1},
			},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			l := newLog()
			tt.given(l)
			s := l.set(t)
			for code, want := range tt.want {
				got := figure(t, s, 2021, code)
				if got.Figure.Definition == "" || got.Year != 2021 {
					t.Errorf("%s says neither how it was counted nor when", code)
				}
				got.Figure, got.Year, got.Period = vocabulary.Figure{}, 0, Period{}
				if !reflect.DeepEqual(got, want) {
					t.Errorf("%s reads %+v, not %+v", code, got, want)
				}
			}
		})
	}
}

// A term of the practice's own counts as the default term that it says.
func TestFigureOfOwnTerm(t *testing.T) {
	l := newLog()
	l.on(practice.StreamOf(here), date(2022, 1, 1), practice.TermAdded{List: vocabulary.Activities,
		Term: vocabulary.Term{Code: "soep-zillebeke", Label: "Soep in Zillebeke", Core: "soep-met-babbels"}})
	details := contact.Details{Activity: "soep-zillebeke", Requests: []contact.Request{{}}}
	l.contact(streamIn("contact", 1), date(2022, 3, 1), 5, domain.No, contact.Registered{Details: details})
	s := l.set(t)
	if got := figure(t, s, 2022, "soep-met-babbels-unieke-bezoekers"); got.Value != 1 {
		t.Errorf("one visitor of an activity that counts as soup reads %d", got.Value)
	}
	if got := figure(t, s, 2022, "hulpvragen"); got.Value != 0 || got.Recorded {
		t.Errorf("its request is left out, and reads %d", got.Value)
	}
}

// A free period over two years cannot tell whether somebody came in both, and says so.
func TestPeriodAddsYears(t *testing.T) {
	l := newLog()
	register(l)
	period := Period{date(2021, 1, 1), date(2022, 12, 31)}
	for _, value := range l.set(t).Figures.Period(here, period) {
		if value.Figure.Code == "unieke-contacten" && (value.Value != 324 || !value.AddsYears) {
			t.Errorf("two years read %d, adding years: %t", value.Value, value.AddsYears)
		}
	}
}

// A request counts once in each theme it carries, and once only in the report theme that several of them lead to.
func TestBreakdown(t *testing.T) {
	l := newLog()
	add := func(n int, person uint32, requests ...contact.Request) {
		details := contact.Details{Activity: "huisbezoek", Known: domain.Yes, Requests: requests}
		l.contact(streamIn("contact", n), date(2022, 3, n), person, domain.No, contact.Registered{Details: details})
	}
	themes := func(codes ...domain.Code) contact.Request { return contact.Request{Themes: codes} }
	add(1, 1, themes("financieel", "dienstverlening"), themes("huisvesting"))
	add(2, 1, themes("financieel"))
	add(3, 0, themes())
	s := l.set(t)
	tests := []struct {
		by                         Dimension
		code                       domain.Code
		contacts, requests, unique int
	}{
		{ByTheme, "financieel", 2, 2, 1},
		{ByTheme, "dienstverlening", 1, 1, 1},
		{ByTheme, "werk", 0, 0, 0},
		{ByReportTheme, "administratieve-vragen", 2, 2, 1},
		{ByReportTheme, "huisvesting", 1, 1, 1},
		{ByActivity, "huisbezoek", 3, 4, 1},
	}
	for _, tt := range tests {
		all := s.Figures.Breakdown(here, tt.by, YearPeriod(2022))
		if all.Contacts != 3 || all.Requests != 4 || all.Uncoded != map[Dimension]int{ByTheme: 1, ByReportTheme: 1}[tt.by] {
			t.Errorf("by %s there are %d contacts, %d requests, %d without", tt.by, all.Contacts, all.Requests, all.Uncoded)
		}
		for _, row := range all.Rows {
			if row.Code == tt.code && (row.Contacts != tt.contacts || row.Requests != tt.requests || row.Unique.N != tt.unique) {
				t.Errorf("%s by %s: %+v", tt.code, tt.by, row)
			}
		}
	}
}

// drawn is a contact as somebody might register it.
type drawn struct {
	on      domain.Date
	person  uint32
	details contact.Details
}

func drawContact(t *rapid.T) drawn {
	activity := rapid.SampledFrom([]domain.Code{"huisbezoek", "digipunt", "soep-met-babbels"})
	answer := rapid.SampledFrom([]domain.Answer{domain.Yes, domain.No, domain.Unknown})
	theme := rapid.SliceOfNDistinct(rapid.SampledFrom([]domain.Code{"werk", "nt2", "huisvesting"}), 0, 2, rapid.ID)
	request := rapid.Custom(func(t *rapid.T) contact.Request {
		service := rapid.SliceOfNDistinct(rapid.SampledFrom([]domain.Code{"caw", "vdab"}), 0, 2, rapid.ID)
		return contact.Request{Themes: theme.Draw(t, "themes"), Services: service.Draw(t, "services")}
	})
	return drawn{
		on:     date(2021, 12, 20) + domain.Date(rapid.IntRange(0, 20).Draw(t, "day")),
		person: rapid.Uint32Range(0, 4).Draw(t, "person"),
		details: contact.Details{
			Activity: activity.Draw(t, "activity"), Known: answer.Draw(t, "known"),
			Requests: rapid.SliceOfN(request, 0, 3).Draw(t, "requests"),
		},
	}
}

// earlier is the same for one person and year, as the vault makes it.
func (d drawn) earlier() domain.Answer {
	return [...]domain.Answer{domain.Yes, domain.No, domain.Unknown}[(int(d.person)+d.on.Year())%3]
}

func (d drawn) record(l *log, n int, event domain.Event) {
	l.contact(streamIn("contact", n), d.on, d.person, d.earlier(), event)
}

// Corrected contacts count as if they had never been wrong; withdrawn ones as if they had never been registered.
func TestCorrectionsUndo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		changed, plain := newLog(), newLog()
		var after []func()
		for n := range rapid.IntRange(1, 12).Draw(t, "contacts") {
			right := drawContact(t)
			switch rapid.SampledFrom([]string{"right", "corrected", "withdrawn"}).Draw(t, "fate") {
			case "right":
				right.record(changed, n, contact.Registered{Details: right.details})
				right.record(plain, n, contact.Registered{Details: right.details})
			case "corrected":
				wrong := drawContact(t)
				wrong.record(changed, n, contact.Registered{Details: wrong.details})
				right.record(plain, n, contact.Registered{Details: right.details})
				after = append(after, func() {
					right.record(changed, n, contact.Corrected{Details: right.details, Reason: contact.WronglyEntered})
				})
			case "withdrawn":
				right.record(changed, n, contact.Registered{Details: right.details})
				after = append(after, func() { right.record(changed, n, contact.Withdrawn{Reason: contact.EnteredTwice}) })
			}
		}
		for _, change := range after {
			change()
		}
		same(t, answers(t, setOf(t, changed.readings, 100)), answers(t, setOf(t, plain.readings, 100)))
	})
}

// However the log is cut into batches, and through a snapshot at any place, the answers are the same.
func TestReplayEqualsIncremental(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := newLog()
		for n := range rapid.IntRange(1, 12).Draw(t, "contacts") {
			d := drawContact(t)
			d.record(l, n, contact.Registered{Details: d.details})
			if rapid.Bool().Draw(t, "corrected") {
				again := drawContact(t)
				again.record(l, n, contact.Corrected{Details: again.details, Reason: contact.Incomplete})
			}
			held := session.Held{Details: session.Details{Activity: d.details.Activity, Present: n}}
			l.on(streamIn("session", n), d.on, held)
		}
		whole := setOf(t, l.readings, 1000)
		want := answers(t, whole)
		same(t, answers(t, setOf(t, l.readings, rapid.IntRange(1, 5).Draw(t, "size"))), want)

		cut := rapid.IntRange(0, len(l.readings)).Draw(t, "cut")
		again := thawed(t, setOf(t, l.readings[:cut], 1000))
		if cut < len(l.readings) {
			if err := again.apply(l.readings[cut:], domain.Position{}); err != nil {
				t.Fatal(err)
			}
		}
		same(t, answers(t, again), want)
	})
}

// answers is everything that can be asked of contacts that counts.
func answers(t rapid.TB, s *Set) []any {
	var all []any
	for _, year := range []int{2021, 2022} {
		all = append(all, s.Figures.Year(here, year))
	}
	period := Period{date(2021, 12, 25), date(2022, 1, 5)}
	all = append(all, s.Figures.Period(here, period), s.Referrals.ByService(here, period))
	for _, by := range []Dimension{ByActivity, ByTheme, ByService, ByReportTheme} {
		all = append(all, s.Figures.Breakdown(here, by, period))
	}
	return all
}

// thawed is a set that went through a snapshot.
func thawed(t rapid.TB, s *Set) *Set {
	t.Helper()
	var file bytes.Buffer
	if err := s.WriteSnapshot(context.Background(), &file); err != nil {
		t.Fatal(err)
	}
	again, err := ReadSnapshot(context.Background(), s.store, s.vault, &file)
	if err != nil {
		t.Fatal(err)
	}
	return again
}

func same(t *rapid.T, got, want []any) {
	for i := range want {
		if !reflect.DeepEqual(got[i], want[i]) {
			t.Fatalf("answer %d is\n%+v\nand not\n%+v", i, got[i], want[i])
		}
	}
}
