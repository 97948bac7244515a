package projections

import (
	"context"
	"errors"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"signaalboek/domain"
	"signaalboek/domain/contact"
	"signaalboek/domain/disclosure"
	"signaalboek/domain/domaintest"
	"signaalboek/domain/focusgroep"
	"signaalboek/domain/practice"
	"signaalboek/domain/session"
	"signaalboek/domain/vocabulary"
)

var (
	year2021  = disclosure.Period{Year: 2021, Part: disclosure.WholeYear}
	year2022  = disclosure.Period{Year: 2022, Part: disclosure.WholeYear}
	first2022 = disclosure.Period{Year: 2022, Part: disclosure.FirstHalf}
)

func counted(t rapid.TB, s *Set, period disclosure.Period) disclosure.Count {
	t.Helper()
	count, err := s.Counted(context.Background(), here, period)
	if err != nil {
		t.Fatal(err)
	}
	return count
}

// inAll adds up what everybody in a count does, and what nobody was recognised for.
func inAll(c disclosure.Count, of func(disclosure.Person) int) int {
	sum := of(c.Nobody)
	for _, p := range c.People {
		sum += of(p)
	}
	return sum
}

func contactsOf(p disclosure.Person) (sum int) {
	for _, n := range p.Contacts {
		sum += n
	}
	return sum
}

func requestsOf(p disclosure.Person) int { return p.Requests }

// among is how many people of a count are so.
func among(c disclosure.Count, is func(disclosure.Person) bool) (n int) {
	for _, p := range c.People {
		n += btoi(is(p))
	}
	return n
}

func isNewcomer(p disclosure.Person) bool { return p.New == domain.Yes }
func isKnown(p disclosure.Person) bool    { return p.Known == domain.Yes }

func cameTo(activity domain.Code) func(disclosure.Person) bool {
	return func(p disclosure.Person) bool { return p.Contacts[activity] > 0 }
}

// The published totals of three years are what a release counts, by the definitions of each year.
func TestPublishedTotalsAreCounted(t *testing.T) {
	l := newLog()
	register(l)
	s := l.set(t)
	for _, y := range published {
		count := counted(t, s, disclosure.Period{Year: y.year, Part: disclosure.WholeYear})
		got := [...]int{len(count.People), among(count, isNewcomer), among(count, isKnown), inAll(count, requestsOf)}
		if want := [...]int{y.unique, max(0, y.newcomers), y.known, y.requests}; got != want {
			t.Errorf("%d counts %v, published were %v", y.year, got, want)
		}
	}
}

// Whatever was registered, corrected, withdrawn and merged: row by row it adds up to what the practice itself reads.
func TestCountedIsWhatFiguresSay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := someRegister(t)
		s := setOf(t, l.readings, 100)
		for _, period := range []disclosure.Period{year2021, year2022, first2022} {
			count, days := counted(t, s, period), daysIn(period)
			for _, value := range s.Figures.Period(here, days) {
				want, known := map[domain.Code]int{
					"contacten": inAll(count, contactsOf), "unieke-contacten": len(count.People), "hulpvragen": inAll(count, requestsOf),
					"nieuwe-contacten": among(count, isNewcomer), "gekend-bij-sociale-dienst": among(count, isKnown),
				}[value.Figure.Code]
				if known && value.Value != want {
					t.Errorf("%s of %v reads %d, counted were %d", value.Figure.Code, period, value.Value, want)
				}
			}
			for _, row := range s.Figures.Breakdown(here, ByActivity, days).Rows {
				at := count
				at.People = nil
				for _, p := range count.People {
					if cameTo(row.Code)(p) {
						at.People = append(at.People, p)
					}
				}
				here := func(p disclosure.Person) int { return p.Contacts[row.Code] }
				got := [...]int{inAll(count, here), len(at.People), among(at, isNewcomer), among(at, isKnown)}
				if want := [...]int{row.Contacts, row.Unique.N, row.New.N, row.Known.N}; got != want {
					t.Errorf("%s of %v reads %v, counted were %v", row.Code, period, want, got)
				}
			}
		}
	})
}

// By theme and service a release counts the requests that the total counts: 2022 leaves some activities out, 2021 none.
func TestCountedByThemeIsWhatTheBreakdownSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := setOf(t, someRegister(t).readings, 100)
		count := counted(t, s, year2021)
		for by, of := range map[Dimension]func(disclosure.Person) map[domain.Code]int{
			ByTheme:    func(p disclosure.Person) map[domain.Code]int { return p.Themes },
			ByApproach: func(p disclosure.Person) map[domain.Code]int { return p.Approaches },
			ByService:  func(p disclosure.Person) map[domain.Code]int { return p.Services },
		} {
			for _, row := range s.Figures.Breakdown(here, by, daysIn(year2021)).Rows {
				if got := inAll(count, func(p disclosure.Person) int { return of(p)[row.Code] }); got != row.Requests {
					t.Errorf("%s reads %d, counted were %d", row.Code, row.Requests, got)
				}
			}
		}
	})
}

// someRegister is a log of contacts of a few people, of which some are corrected, withdrawn or merged.
func someRegister(t *rapid.T) *log {
	l := newLog()
	for n := range rapid.IntRange(1, 15).Draw(t, "contacts") {
		d := drawContact(t)
		d.record(l, n, contact.Registered{Details: d.details})
		switch rapid.IntRange(0, 4).Draw(t, "then") {
		case 0:
			again := drawContact(t)
			again.record(l, n, contact.Corrected{Details: again.details, Reason: contact.Incomplete})
		case 1:
			d.record(l, n, contact.Withdrawn{Reason: contact.EnteredTwice})
		case 2:
			l.merged(d.on, d.on.Year(), rapid.Uint32Range(1, 4).Draw(t, "one"), rapid.Uint32Range(1, 4).Draw(t, "other"))
		}
	}
	return l
}

// What is counted before a proposal is what was counted there whatever came after; and the number of a person joins the
// rows of both.
func TestNumbersJoinTheCountsOfAYear(t *testing.T) {
	l := newLog()
	l.visit(1, date(2022, 3, 1), 1, domain.No, domain.No)
	l.visit(2, date(2022, 3, 2), 2, domain.No, domain.Yes)
	before := counted(t, l.set(t), first2022)
	l.visit(3, date(2022, 2, 1), 3, domain.No, domain.No)
	l.visit(4, date(2022, 9, 1), 1, domain.No, domain.Yes)
	s := l.set(t)
	after, later := counted(t, s, year2022), counted(t, s, first2022)
	for i, p := range before.People {
		if after.People[i].Number != p.Number || later.People[i].Number != p.Number {
			t.Errorf("person %d is %d and %d later", p.Number, after.People[i].Number, later.People[i].Number)
		}
	}
	if after.People[0].Contacts["huisbezoek"] != 2 || after.People[0].Known != domain.Yes || later.People[0].Known != domain.No {
		t.Errorf("a contact of September counts in %+v, not in %+v", after.People[0], later.People[0])
	}
	if len(before.People) != 2 || len(later.People) != 3 {
		t.Errorf("who was registered late counts from then on: %d, then %d", len(before.People), len(later.People))
	}
}

// A release is counted where it was proposed: a set that is folded up to before an event does not know it.
func TestCountedBeforeAPosition(t *testing.T) {
	d := newDiary(t)
	d.write(day(1), practice.StreamOf(harelbeke), practice.Opened{Name: "Harelbeke", Defaults: vocabulary.Harelbeke2022})
	visit := func(n int) {
		d.write(day(n), streamIn("contact", n), contact.Registered{Details: contact.Details{Activity: "huisbezoek", Known: domain.Unknown}})
	}
	visit(2)
	d.write(day(3), releases, proposed(1, halfYear))
	at := d.end
	visit(4)
	whole := d.set()
	before, err := Before(t.Context(), d.store, d.vault, at)
	d.check(err)
	for set, want := range map[*Set]int{before: 1, whole: 2} {
		count, err := set.Counted(t.Context(), harelbeke, disclosure.Period{Year: 2027, Part: disclosure.WholeYear})
		if d.check(err); inAll(count, contactsOf) != want {
			t.Errorf("there are %d contacts, not %d", inAll(count, contactsOf), want)
		}
	}
}

// Of the focusgroep only meetings are counted, also those without anybody; what is said at one, or by a card that says
// so, counts nowhere else.
func TestTheFocusgroepIsAVoice(t *testing.T) {
	l := newLog()
	l.visit(1, date(2022, 3, 1), 1, domain.No, domain.No)
	without := counted(t, l.set(t), year2022)
	details := contact.Details{
		Activity: vocabulary.ActivityFocusgroep, Known: domain.Yes, Requests: []contact.Request{{Themes: codes("werk")}},
	}
	l.contact(streamIn("contact", 2), date(2022, 3, 2), 0, "", contact.Registered{Details: details})
	for n, on := range []domain.Date{date(2022, 2, 1), date(2022, 11, 1), date(2023, 1, 5)} {
		l.on(streamIn("focusgroep", n), on, focusgroep.Held{Present: 9 + n})
	}
	l.on(practice.StreamOf(here), date(2022, 1, 1), practice.TermAdded{List: vocabulary.Activities, Term: vocabulary.Term{
		Code: "jongerenraad", Label: "Jongerenraad", Core: vocabulary.ActivityFocusgroep,
	}})
	l.on(streamIn("session", 1), date(2022, 5, 1), session.Held{Details: session.Details{Activity: "jongerenraad", Present: 6}})
	count := counted(t, l.set(t), year2022)
	if !reflect.DeepEqual(count.People, without.People) || !reflect.DeepEqual(count.Nobody, without.Nobody) {
		t.Errorf("what was said at the focusgroep is counted: %+v", count.Nobody)
	}
	want := []disclosure.Voice{{Group: "focusgroep", Meetings: 2, Present: 19}, {Group: "jongerenraad", Meetings: 1, Present: 6}}
	if !reflect.DeepEqual(count.Voices, want) {
		t.Errorf("voices are %+v", count.Voices)
	}
	if want[0].Meetings, want[0].Present = 0, 0; without.Voices[0] != want[0] {
		t.Errorf("a focusgroep that did not meet reads %+v", without.Voices)
	}
}

// A year whose people cannot be told apart any more, or whose definitions do not go together, is not counted at all.
func TestWhatCannotBeCountedIsNot(t *testing.T) {
	opened := func() *log {
		l := newLog()
		l.visit(1, date(2022, 3, 1), 1, domain.No, domain.No)
		return l
	}
	for name, tt := range map[string]struct {
		given func(*log) *Set
		want  error
	}{
		"closed": {func(l *log) *Set {
			l.on(practice.StreamOf(here), date(2023, 1, 2), practice.YearClosed{Year: 2022})
			return l.set(t)
		}, ErrYearGone},
		"let go of": {func(l *log) *Set {
			s := l.set(t)
			s.ForgetYear(here, 2022)
			return s
		}, ErrYearGone},
		"a recognition that nobody opens": {func(l *log) *Set {
			details := contact.Details{Activity: "huisbezoek", Known: domain.No, Recognition: sealedPair}
			l.on(streamIn("contact", 2), date(2022, 3, 2), contact.Registered{Details: details})
			return l.set(t)
		}, ErrYearGone},
		"its key is destroyed": {func(l *log) *Set {
			s := setOf(t, l.readings[:1], 1)
			vault := domaintest.NewMemVault()
			if err := vault.DestroyYear(t.Context(), here, 2022); err != nil {
				t.Fatal(err)
			}
			s.vault = vault
			return s
		}, ErrYearGone},
		"new people are counted elsewhere": {func(l *log) *Set {
			l.define(vocabulary.Figure{
				Code: "nieuwe-contacten", Version: 2, Label: "Nieuw", Unit: vocabulary.CountNew, Without: codes("digipunt"),
				FromYear: 2022, Definition: "Zonder Digipunt.",
			})
			return l.set(t)
		}, ErrDefinitions},
	} {
		t.Run(name, func(t *testing.T) {
			count, err := tt.given(opened()).Counted(t.Context(), here, year2022)
			if !errors.Is(err, tt.want) || len(count.People) > 0 {
				t.Errorf("counted were %d people: %v", len(count.People), err)
			}
		})
	}
	s := opened().set(t)
	s.ForgetYear(here, 2022)
	if _, err := s.Counted(t.Context(), here, year2021); err != nil {
		t.Errorf("another year is not counted: %v", err)
	}
}

// What cards say goes with the person, whichever of two cards says it.
func TestTraitsGoWithThePerson(t *testing.T) {
	l := newLog()
	l.visit(1, date(2022, 3, 1), 1, domain.No, domain.No)
	l.visit(2, date(2022, 3, 2), 2, domain.No, domain.No)
	l.visit(3, date(2022, 3, 3), 3, domain.No, domain.No)
	l.merged(date(2022, 4, 1), 2022, 1, 2)
	woman := domain.Traits{vocabulary.Gender: "vrouw"}
	count, err := l.set(t).counted(here, year2022, map[domain.Pseudonym]domain.Traits{recognised(2022, 2, "").Pseudonym: woman})
	if err != nil || len(count.People) != 2 {
		t.Fatalf("counted were %d people: %v", len(count.People), err)
	}
	if !reflect.DeepEqual(count.People[0].Traits, woman) || count.People[1].Traits != nil {
		t.Errorf("traits are %v and %v", count.People[0].Traits, count.People[1].Traits)
	}
}
