package projections

import (
	"context"
	"errors"
	"iter"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"signaalboek/domain"
	"signaalboek/domain/bundle"
	"signaalboek/domain/disclosure"
	"signaalboek/domain/focusgroep"
	"signaalboek/domain/practice"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/recommendation"
	"signaalboek/domain/release"
	"signaalboek/domain/session"
	"signaalboek/domain/signal"
	"signaalboek/domain/vocabulary"
)

var all2027 = release.Period{Year: 2027, Part: release.WholeYear}

// openedDiary is a diary of a practice that has its words.
func openedDiary(t interface {
	Fatalf(string, ...any)
	Errorf(string, ...any)
}) *diary {
	d := newDiary(t)
	d.write(day(1)-400, practice.StreamOf(harelbeke), practice.Opened{Name: "Harelbeke Centrum", Defaults: vocabulary.Harelbeke2022})
	return d
}

// meet holds a meeting of the focusgroep about some themes.
func (d *diary) meet(n uint32, on domain.Date, present int, themes ...domain.Code) {
	d.write(on, meetingNo(n), focusgroep.Held{Present: present})
	for _, theme := range themes {
		d.write(on, meetingNo(n), focusgroep.ThemeDiscussed{Theme: theme, Weight: 3})
	}
}

// word picks up a signal and words it.
func (d *diary) word(n uint32, on domain.Date, at pursuit.Setting, theme domain.Code, statement string) domain.StreamID {
	d.write(on, signalNo(n), picked(at, theme))
	d.write(on, signalNo(n), signal.Worded{Statement: domain.ToSeal(statement), Version: 1})
	return signalNo(n)
}

// propose proposes a release of 2027 and is what its editions are made of.
func (d *diary) propose(on domain.Date, tables ...disclosure.Published) Edited {
	d.write(on, releases, proposed(1, all2027))
	one, _ := d.set().Releases.Release(harelbeke, numbered(1))
	return Edited{Practice: harelbeke, Release: one, Catalogue: 1, Figures: []PeriodFigures{{all2027, tables}}}
}

// editions is the editions of what was proposed, as the log stands before the proposal.
func (d *diary) editions(of Edited) Editions {
	set, err := Before(context.Background(), d.store, d.vault, of.Release.Counted)
	d.check(err)
	all, err := set.Editions(context.Background(), of)
	d.check(err)
	return all
}

// busRoad is the road of one signal: raised, promised, decided against, told to both meetings that raised it.
func busRoad(d *diary) {
	d.meet(1, day(10), 9, "mobiliteit")
	id := d.word(1, day(10), inFocusgroep(1), "mobiliteit", "De bus rijdt niet op zondag.")
	d.write(day(12), id, signal.MandateGiven{Meeting: meetingNo(1)})
	d.write(day(20), id, scheduled("team-opstap", day(30)))
	d.write(day(30), id, signal.Discussed{Discussed: pursuit.Discussed{
		Forum: "team-opstap", Outcome: pursuit.Promised, BroughtBy: pursuit.Residents, Motivation: domain.ToSeal("Het is nodig."),
		Promise: domain.ToSeal("We vragen het."), PromiseBy: day(60),
	}})
	d.meet(2, day(100), 4, "mobiliteit", "werk")
	d.write(day(100), id, signal.EvidenceLinked{Evidence: signal.Evidence{Setting: inFocusgroep(2)}})
	d.write(day(150), id, scheduled("college", day(200)))
	d.write(day(200), id, signal.Decided{Decided: pursuit.Decided{
		Forum: "college", Verdict: pursuit.Rejected, Motivation: domain.ToSeal("Te duur."),
	}})
	d.write(day(210), id, fedBack(inFocusgroep(1)))
	d.write(day(211), id, fedBack(inFocusgroep(2)))
}

// A signal is told step by step, from where it was heard to who was told, by half-years.
func TestTheRoadOfASignal(t *testing.T) {
	d := openedDiary(t)
	busRoad(d)
	got := d.editions(d.propose(day(400))).Council
	if len(got.Signals) != 1 {
		t.Fatalf("there are %d signals", len(got.Signals))
	}
	one := got.Signals[0]
	if d.open(one.Statement) != "De bus rijdt niet op zondag." || one.Ref != "S1" || one.Reached != StageFedBack || !one.Recurring {
		t.Errorf("it reads %+v", one)
	}
	early, late := HalfYear{2027, 1}, HalfYear{2027, 2}
	want := []EditionStep{
		{Stage: StageRaised, Said: "scheduled", In: early, Forum: "team-opstap"},
		{Stage: StageDiscussed, Said: "discussed", In: early, Forum: "team-opstap", Outcome: pursuit.Promised, Due: early},
		{Stage: StageRaised, Said: "scheduled", In: early, Forum: "college"},
		{Stage: StageDecided, Said: "decided", In: late, Forum: "college", Verdict: pursuit.Rejected},
		{Stage: StageFedBack, Said: "fed-back", In: late},
	}
	if steps := withoutTexts(one.Steps); !reflect.DeepEqual(steps, want) {
		t.Errorf("its steps are\n%+v\nand not\n%+v", steps, want)
	}
	if d.open(one.Steps[1].Why) != "Het is nodig." || d.open(one.Steps[1].What) != "We vragen het." || d.open(one.Steps[3].Why) != "Te duur." {
		t.Error("a step does not say why")
	}
	if one.Heard != early || !reflect.DeepEqual(one.Settings, []EditionSetting{{Kind: pursuit.AtFocusgroep, In: early}}) {
		t.Errorf("it was heard in %s at %+v", one.Heard, one.Settings)
	}
}

func withoutTexts(steps []EditionStep) []EditionStep {
	bare := slices.Clone(steps)
	for i := range bare {
		bare[i].Why, bare[i].What = domain.Sealed{}, domain.Sealed{}
	}
	return bare
}

// Given signals that may not be told: not worded, refused by the focusgroep or to be worded otherwise, split, closed before
// the period, heard after it. Then none is in any edition.
func TestWhatIsNotTold(t *testing.T) {
	for name, given := range map[string]func(*diary){
		"not worded": func(d *diary) { d.write(day(5), signalNo(1), picked(partner("caw"), "werk")) },
		"mandate refused": func(d *diary) {
			d.write(day(6), d.word(1, day(5), inFocusgroep(1), "werk", "Geen werk."), signal.MandateRefused{Meeting: meetingNo(1)})
		},
		"other words asked": func(d *diary) {
			d.write(day(6), d.word(1, day(5), inFocusgroep(1), "werk", "Geen werk."), signal.OtherWordingAsked{Meeting: meetingNo(1)})
		},
		"closed before": func(d *diary) {
			d.write(day(0), d.word(1, day(-30), partner("caw"), "werk", "Geen werk."), signal.Closed{Reason: signal.Exhausted})
		},
		"of another practice": func(d *diary) {
			d.writeIn("elsewhere", day(5), signalNo(1), picked(partner("caw"), "werk"))
			d.writeIn("elsewhere", day(5), signalNo(1), signal.Worded{Statement: domain.ToSeal("Geen werk."), Version: 1})
		},
		"heard later": func(d *diary) { d.word(1, day(366), partner("caw"), "werk", "Geen werk.") },
		"a recommendation that is a draft": func(d *diary) {
			d.write(day(6), adviceNo(1), recommendation.Drafted{Text: domain.ToSeal("Doe iets."), MadeBy: recommendation.ByTeam})
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := openedDiary(t)
			given(d)
			got := d.editions(d.propose(day(400)))
			if len(got.Council.Signals)+len(got.Council.Recommendations)+len(got.Partners)+len(got.Residents.Heard) > 0 {
				t.Errorf("it is told: %+v", got.Council.Signals)
			}
			if len(got.Council.Texts) > 0 {
				t.Error("a text of it is in the edition")
			}
		})
	}
}

// A signal that turned out to be several is told as those, one that was bundled as the whole: each with what happened to
// it before.
func TestSplitAndBundledSignalsAreToldOnce(t *testing.T) {
	d := openedDiary(t)
	d.write(day(20), d.word(1, day(5), partner("caw"), "werk", "Van alles."), discussed("college", pursuit.Noted))
	d.word(2, day(25), partner("caw"), "werk", "Geen werk.")
	d.write(day(25), bundles, bundle.Split{Signal: signalNo(1), Into: []domain.StreamID{signalNo(2)}})
	d.write(day(230), d.word(3, day(225), partner("vdab"), "nt2", "Geen les."), discussed("team-intake", pursuit.Noted))
	d.write(day(240), bundles, bundle.Bundled{Signals: []domain.StreamID{signalNo(3)}, Into: signalNo(2)})
	got := d.editions(d.propose(day(400))).Council.Signals
	if len(got) != 1 || d.open(got[0].Statement) != "Geen werk." || got[0].Heard != (HalfYear{2027, 1}) || len(got[0].Themes) != 2 {
		t.Fatalf("told is %+v", got)
	}
	if steps := got[0].Steps; len(steps) != 2 || steps[0].Forum != "college" || steps[1].Forum != "team-intake" {
		t.Errorf("its steps are %+v", steps)
	}
}

// An edition is not made of what could not be read.
func TestNoEditionWithoutTheLog(t *testing.T) {
	d := openedDiary(t)
	busRoad(d)
	of := d.propose(day(400))
	set, err := Before(t.Context(), d.store, d.vault, of.Release.Counted)
	d.check(err)
	set.Signals.texts = newTexts(awayStore{d.store})
	if _, err := set.Editions(t.Context(), of); !errors.Is(err, domain.ErrLogAway) {
		t.Errorf("an edition without its texts: %v", err)
	}
}

// awayStore is a log that cannot be read.
type awayStore struct{ domain.Store }

func (awayStore) ReadStream(context.Context, domain.StreamID, domain.Revision) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) { yield(domain.Recorded{}, domain.ErrLogAway) }
}

// What was recorded after the proposal is not told.
func TestAnEditionStandsBeforeItsProposal(t *testing.T) {
	d := openedDiary(t)
	id := d.word(1, day(5), partner("caw"), "werk", "Geen werk.")
	of := d.propose(day(370))
	d.write(day(371), id, scheduled("college", day(380)))
	d.write(day(371), id, signal.Worded{Statement: domain.ToSeal("Later gezegd."), Version: 2})
	got := d.editions(of).Council
	if len(got.Signals) != 1 || len(got.Signals[0].Steps) > 0 || d.open(got.Signals[0].Statement) != "Geen werk." {
		t.Errorf("it says what came later: %+v", got.Signals)
	}
	if _, err := d.set().Editions(t.Context(), of); !errors.Is(err, ErrNotBefore) {
		t.Errorf("editions of a set that knows more: %v", err)
	}
}

// A setting is named only if five people were part of it: as counted there, or as the figures say already.
func TestSettingsOfAnEdition(t *testing.T) {
	atSession := pursuit.Setting{Kind: pursuit.AtSession, Stream: streamIn("session", 1)}
	atActivity := pursuit.Setting{Kind: pursuit.AtActivity, Code: "digipunt", Year: 2027}
	hold := func(d *diary, present int) {
		d.write(day(4), streamIn("session", 1), session.Held{Details: session.Details{Activity: "digipunt", Present: present}})
	}
	says := func(width disclosure.Width, n int) []disclosure.Published {
		return []disclosure.Published{{Table: disclosure.UniqueByActivity, Width: width, Cells: []disclosure.Cell{
			{Measure: disclosure.Unique, Category: "digipunt", Recorded: true, Band: width.Band(n)},
		}}}
	}
	early := HalfYear{2027, 1}
	for name, tt := range map[string]struct {
		given  func(*diary)
		at     pursuit.Setting
		tables []disclosure.Published
		want   []EditionSetting
	}{
		"a meeting of five":    {func(d *diary) { d.meet(1, day(4), 5) }, inFocusgroep(1), nil, []EditionSetting{{Kind: pursuit.AtFocusgroep, In: early}}},
		"a meeting of four":    {func(d *diary) { d.meet(1, day(4), 4) }, inFocusgroep(1), nil, nil},
		"a session of five":    {func(d *diary) { hold(d, 5) }, atSession, nil, []EditionSetting{{pursuit.AtSession, "digipunt", early}}},
		"a session of four":    {func(d *diary) { hold(d, 4) }, atSession, nil, nil},
		"an activity":          {func(*diary) {}, atActivity, says(disclosure.ByFive, 5), []EditionSetting{{pursuit.AtActivity, "digipunt", HalfYear{Year: 2027}}}},
		"a small activity":     {func(*diary) {}, atActivity, says(disclosure.ByFive, 4), nil},
		"in wide bands":        {func(*diary) {}, atActivity, says(disclosure.ByTen, 9), nil},
		"not published at all": {func(*diary) {}, atActivity, nil, nil},
		"a partner":            {func(*diary) {}, partner("caw"), nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			d := openedDiary(t)
			tt.given(d)
			d.word(1, day(5), tt.at, "werk", "Geen werk.")
			got := d.editions(d.propose(day(400), tt.tables...)).Council.Signals[0].Settings
			if !reflect.DeepEqual(got, tt.want) {
				t.Errorf("it names %+v, not %+v", got, tt.want)
			}
		})
	}
}

// Partners see their own agenda: no signal of another forum, and names of lines that count nothing else.
func TestPartnersSeeTheirAgenda(t *testing.T) {
	d := openedDiary(t)
	busRoad(d)
	other := d.word(2, day(2), partner("caw"), "huisvesting", "Te weinig woningen.")
	d.write(day(40), other, signal.Discussed{Discussed: pursuit.Discussed{
		Forum: "team-opstap", Outcome: pursuit.Forwarded, ForwardedTo: "gemeenteraad", BroughtBy: pursuit.Workers,
	}})
	d.write(day(50), adviceNo(1), recommendation.Drafted{
		Text: domain.ToSeal("Een bus op zondag."), Answers: []domain.StreamID{signalNo(1), other}, MadeBy: recommendation.ByFocusgroep,
	})
	d.write(day(51), adviceNo(1), recommendation.Scheduled{Scheduled: pursuit.Scheduled{
		Forum: "college", InNameOf: pursuit.Partnership, Through: pursuit.OwnItem,
	}})
	got := map[domain.Code]PartnerEdition{}
	for _, partner := range d.editions(d.propose(day(400))).Partners {
		got[partner.Forum] = partner
	}
	if len(got) != 3 || len(got["team-opstap"].Signals) != 2 || len(got["gemeenteraad"].Signals) != 1 || len(got["college"].Signals) != 1 {
		t.Fatalf("partners see %+v", got)
	}
	if ref := got["gemeenteraad"].Signals[0].Ref; ref != "S1" {
		t.Errorf("the first signal is called %s", ref)
	}
	if advice := got["college"].Recommendations; len(advice) != 1 || !slices.Equal(advice[0].Answers, []EditionRef{"S1"}) {
		t.Errorf("the college reads %+v", advice)
	}
	if len(got["team-opstap"].Recommendations) > 0 || len(got["college"].Promises) > 0 || len(got["team-opstap"].Promises) != 1 {
		t.Error("a forum sees what is of another")
	}
}

// No value in an edition for partners can be a count, a setting or evidence, and in none at all can be a day or the id of
// anything: there is no field for one.
func TestWhatHasNoFieldIsNotSaid(t *testing.T) {
	says := map[reflect.Type]bool{
		reflect.TypeFor[HalfYear](): true, reflect.TypeFor[release.Period](): true, reflect.TypeFor[uuid.UUID](): true,
		reflect.TypeFor[domain.Sealed](): true, reflect.TypeFor[pursuit.Reference](): true,
	}
	for path, of := range fieldsOf("PartnerEdition", reflect.TypeFor[PartnerEdition](), says) {
		number := of.Kind() >= reflect.Int && of.Kind() <= reflect.Complex128
		if number || of.Kind() == reflect.Map || of == reflect.TypeFor[pursuit.SettingKind]() {
			t.Errorf("partners could see %s", path)
		}
	}
	for path, of := range fieldsOf("Editions", reflect.TypeFor[Editions](), says) {
		if of == reflect.TypeFor[domain.Date]() || of == reflect.TypeFor[domain.StreamID]() || of.Kind() == reflect.Map {
			t.Errorf("anybody could see %s", path)
		}
	}
}

// fieldsOf is the type of every field that a type has, at whatever depth, without looking into some.
func fieldsOf(path string, of reflect.Type, closed map[reflect.Type]bool) map[string]reflect.Type {
	fields := map[string]reflect.Type{}
	switch {
	case closed[of]:
	case of.Kind() == reflect.Struct:
		for i := range of.NumField() {
			maps.Copy(fields, fieldsOf(path+"."+of.Field(i).Name, of.Field(i).Type, closed))
		}
	case of.Kind() == reflect.Slice || of.Kind() == reflect.Pointer:
		return fieldsOf(path, of.Elem(), closed)
	default:
		fields[path] = of
	}
	return fields
}

// Forums are counted over the steps that the edition shows, in half-years.
func TestForumsOfAnEdition(t *testing.T) {
	d := openedDiary(t)
	busRoad(d)
	for n, talked := range []int{40, 200, 300} {
		id := d.word(uint32(n+2), day(5), partner("caw"), "werk", "Geen werk.")
		d.write(day(20), id, scheduled("team-opstap", day(30)))
		d.write(day(talked), id, discussed("team-opstap", pursuit.TakenUp))
	}
	d.write(day(320), signalNo(2), signal.CarriedOut{CarriedOut: pursuit.CarriedOut{What: domain.ToSeal("Werk.")}})
	forums := d.editions(d.propose(day(400))).Council.Forums
	if len(forums) != 2 || forums[0].Forum != "college" {
		t.Fatalf("forums are %+v", forums)
	}
	want := EditionForum{
		Forum: "team-opstap", Raised: []EditionRef{"S1", "S2", "S3", "S4"}, ToDiscuss: EditionTime{4, 0, 1}, ToCarryOut: EditionTime{1, 1, 1},
	}
	got := forums[1]
	if len(got.Waiting) != 3 { // the promise, and what was taken up and not carried out
		t.Errorf("it owes an answer to %v", got.Waiting)
	}
	if got.Waiting = nil; !reflect.DeepEqual(got, want) {
		t.Errorf("it reads %+v, not %+v", got, want)
	}
	if forums[0].ToDecide != (EditionTime{1, 1, 1}) || len(forums[0].Waiting) > 0 {
		t.Errorf("the college reads %+v", forums[0])
	}
}

// A promise is open until it is kept or broken, and overdue after its day.
func TestPromisesOfAnEdition(t *testing.T) {
	d := openedDiary(t)
	busRoad(d)
	got := d.editions(d.propose(day(400))).Council.Promises
	if len(got) != 1 || !got[0].Overdue || got[0].Of != "S1" || got[0].Due != (HalfYear{2027, 1}) || d.open(got[0].Promise) != "We vragen het." {
		t.Errorf("promises are %+v", got)
	}
	d = openedDiary(t)
	busRoad(d)
	d.write(day(220), signalNo(1), signal.PromiseKept{PromiseKept: pursuit.PromiseKept{Promise: 1}})
	if kept := d.editions(d.propose(day(400))).Council; len(kept.Promises) > 0 || kept.Signals[0].Steps[5].Forum != "team-opstap" {
		t.Errorf("a kept promise is open: %+v", kept.Promises)
	}
	d = openedDiary(t)
	busRoad(d)
	d.write(day(220), signalNo(1), signal.PromiseBroken{PromiseBroken: pursuit.PromiseBroken{Promise: 1}})
	broken := d.editions(d.propose(day(400))).Council
	step := broken.Signals[0].Steps[5]
	if len(broken.Promises) > 0 || step.Said != "promise-broken" || step.Stage != StageDiscussed {
		t.Errorf("a broken promise is open, or done: %+v", step)
	}
	d = openedDiary(t)
	busRoad(d)
	if early := d.editions(d.propose(day(60))).Council.Promises; len(early) != 1 || early[0].Overdue {
		t.Errorf("on its own day it reads %+v", early)
	}
}

// Nobody waits for what is closed.
func TestWhatIsClosedAwaitsNothing(t *testing.T) {
	d := openedDiary(t)
	busRoad(d)
	d.write(day(230), signalNo(1), signal.Closed{Reason: signal.Exhausted})
	got := d.editions(d.propose(day(400)))
	if len(got.Council.Promises) > 0 || len(got.Council.Forums[1].Waiting) > 0 || len(got.Residents.Waiting) > 0 {
		t.Errorf("something is awaited: %+v", got.Council.Promises)
	}
	if got.Council.Signals[0].Closed != signal.Exhausted {
		t.Errorf("why it was closed reads %q", got.Council.Signals[0].Closed)
	}
}

// Residents read what was heard and decided in the period; the edition of the council tells the whole road.
func TestResidentsReadOfThePeriod(t *testing.T) {
	d := openedDiary(t)
	id := d.word(1, day(-100), partner("caw"), "werk", "Geen werk.")
	d.write(day(-50), id, signal.Decided{Decided: pursuit.Decided{
		Forum: "college", Verdict: pursuit.Adopted, Motivation: domain.ToSeal("Terecht."),
	}})
	d.write(day(40), id, discussed("team-opstap", pursuit.Deferred))
	got := d.editions(d.propose(day(400)))
	if len(got.Council.Signals) != 1 || len(got.Council.Signals[0].Steps) != 2 {
		t.Errorf("the council reads %+v", got.Council.Signals)
	}
	if len(got.Residents.Heard) > 0 {
		t.Error("residents read of a signal of last year as heard this year")
	}
	if len(got.Residents.Decided) > 0 {
		t.Errorf("residents read what is no answer of this year: %+v", got.Residents.Decided)
	}
}

// Debt is said by kind of setting, in bands, and of kinds that nothing is owed to as well.
func TestDebtsOfAnEdition(t *testing.T) {
	d := openedDiary(t)
	for n := range uint32(6) {
		id := d.word(n+1, day(5), partner("caw"), "werk", "Geen werk.")
		d.write(day(30), id, discussed("team-opstap", pursuit.Noted))
	}
	for _, debt := range d.editions(d.propose(day(400))).Council.Debts {
		want := disclosure.Band{Least: 0, Most: 4}
		if debt.Kind == pursuit.AtPartner {
			want = disclosure.Band{Least: 5, Most: 9}
		}
		if debt.Unpaid != want {
			t.Errorf("to %s are owed %+v", debt.Kind, debt.Unpaid)
		}
	}
}

// Themes that recur come first and all others by label, also those that nobody talked about: the place in the list says
// nothing of how heavy a theme was.
func TestThemesOfAnEdition(t *testing.T) {
	d := openedDiary(t)
	busRoad(d)
	d.meet(3, day(120), 8, "vrije-tijd", "mobiliteit")
	got := d.editions(d.propose(day(400))).Council.Themes
	if len(got) != len(d.set().Words.Book(harelbeke).Offered(vocabulary.Themes)) {
		t.Errorf("%d themes are listed", len(got))
	}
	want := EditionTheme{Theme: "mobiliteit", Recurring: true, Meetings: 3, Window: 3, Since: HalfYear{2027, 1}, Trend: 1, Signals: []EditionRef{"S1"}}
	if !reflect.DeepEqual(got[0], want) {
		t.Errorf("the first theme is %+v", got[0])
	}
	labels := func(a, b EditionTheme) int {
		book := d.set().Words.Book(harelbeke)
		return strings.Compare(book.Label(vocabulary.Themes, a.Theme), book.Label(vocabulary.Themes, b.Theme))
	}
	if !slices.IsSortedFunc(got[1:], labels) {
		t.Errorf("themes are not by label: %+v", got[1:])
	}
}

// Signals of one half-year and theme stand in an order that says nothing of which came first.
func TestOrderSaysNothing(t *testing.T) {
	d := openedDiary(t)
	for n := range uint32(12) {
		d.word(n+1, day(int(n)+1), partner("caw"), "werk", "Geen werk.")
	}
	d.word(20, day(250), partner("caw"), "huisvesting", "Te duur.")
	d.word(21, day(2), partner("caw"), "mobiliteit", "Geen bus.")
	set := d.set()
	e := set.editing(Edited{Practice: harelbeke, Release: Release{Release: release.Release{Period: all2027}}})
	d.check(e.read(t.Context()))
	if e.signals[0].id != signalNo(21) || e.signals[13].id != signalNo(20) {
		t.Error("half-years and labels do not come first")
	}
	byRecording := func(a, b *editionLine) int { return strings.Compare(string(a.id), string(b.id)) }
	if slices.IsSortedFunc(e.signals[1:13], byRecording) {
		t.Error("signals stand in the order of recording")
	}
}

// The page for residents has what was heard, decided and promised, and says when there is more.
func TestResidentsHaveOnePage(t *testing.T) {
	d := openedDiary(t)
	busRoad(d)
	page := d.editions(d.propose(day(400))).Residents
	if len(page.Heard) != 1 || len(page.Themes) != 1 || len(page.Next) != 1 || page.More {
		t.Errorf("the page reads %+v", page)
	}
	if len(page.Decided) != 1 || page.Decided[0].Step.Verdict != pursuit.Rejected || d.open(page.Decided[0].Step.Why) != "Te duur." {
		t.Errorf("it was decided that %+v", page.Decided)
	}
	if len(page.Waiting) != 1 || page.Waiting[0].Forum != "team-opstap" {
		t.Errorf("an answer is owed by %+v", page.Waiting)
	}
	d = openedDiary(t)
	for n := range uint32(6) {
		d.word(n+1, day(5), partner("caw"), "werk", "Geen werk.")
	}
	if page := d.editions(d.propose(day(400))).Residents; len(page.Heard) != mostOnAPage || !page.More {
		t.Errorf("the page has %d signals, and says %t", len(page.Heard), page.More)
	}
}

// The coordinator's sentences stand where they are read, and every edition names the keys of its own texts, and no other.
func TestTextsOfAnEdition(t *testing.T) {
	d := openedDiary(t)
	busRoad(d)
	d.word(2, day(5), partner("caw"), "werk", "Geen werk.")
	d.propose(day(400))
	for place, text := range map[release.Place]string{release.Closing: "Dank u.", release.Opening: "Dag allemaal."} {
		d.write(day(401), releases, release.SentenceWritten{
			Release: numbered(1), Edition: release.Council, Place: place, Text: domain.ToSeal(text),
		})
	}
	one, _ := d.set().Releases.Release(harelbeke, numbered(1))
	got := d.editions(Edited{Practice: harelbeke, Release: one})
	said := got.Council.Sentences
	if len(said) != 2 || d.open(said[0].Text) != "Dag allemaal." || said[1].Place != release.Closing || len(got.Residents.Sentences) > 0 {
		t.Errorf("it says %+v", said)
	}
	if len(got.Council.Texts) != 7 { // two statements, two reasons, a promise, two sentences
		t.Errorf("the edition of the council holds %d texts", len(got.Council.Texts))
	}
	for _, text := range []domain.Sealed{said[0].Text, got.Council.Signals[0].Statement, got.Council.Signals[0].Steps[0].What} {
		if !text.IsZero() && !slices.Contains(got.Council.Texts, text.Key) {
			t.Error("a text is not named")
		}
	}
	if len(got.Partners[0].Texts) != 4 || slices.Contains(got.Partners[0].Texts, said[0].Text.Key) {
		t.Errorf("that of the college holds %d texts", len(got.Partners[0].Texts))
	}
}

// The method note names widths, definitions and where a series broke.
func TestMethodOfAnEdition(t *testing.T) {
	d := openedDiary(t)
	of := d.propose(day(400))
	of.Figures = []PeriodFigures{
		{release.Period{Year: 2021, Part: release.WholeYear}, nil}, {release.Period{Year: 2022, Part: release.WholeYear}, nil},
		{all2027, []disclosure.Published{{Table: disclosure.Headline, Width: disclosure.ByTen}}},
	}
	method := d.editions(of).Council.Method
	for _, limit := range GateLimits() {
		if !slices.Contains(method.Limits, limit) {
			t.Errorf("limit %s is not told", limit)
		}
	}
	if !slices.Equal(method.Widths, []EditionWidth{{"headline", disclosure.ByTen}}) || method.Catalogue != 1 || len(method.Limits) == 0 {
		t.Errorf("it reads %+v", method)
	}
	var broken []string
	for _, definition := range method.Definitions {
		if definition.Break {
			broken = append(broken, definition.Figure.Label)
		}
	}
	if len(method.Definitions) != 6 || !slices.Equal(broken, []string{"Individuele hulpvragen"}) {
		t.Errorf("%d definitions, broken are %v", len(method.Definitions), broken)
	}
}

// However a log goes, two editions of it are the same.
func TestEditionsBuiltTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := someDiary(t)
		of := d.propose(day(rapid.IntRange(50, 400).Draw(t, "proposed")))
		if once, twice := d.editions(of), d.editions(of); !reflect.DeepEqual(once, twice) {
			t.Fatalf("the same log reads\n%+v\nand\n%+v", once, twice)
		}
	})
}
