package projections

import (
	"testing"

	"pgregory.net/rapid"

	"signaalboek/domain"
	"signaalboek/domain/contact"
	"signaalboek/domain/practice"
)

// merged records that two people of a year were one.
func (l *log) merged(on domain.Date, year int, one, other uint32) {
	reading := l.on(practice.StreamOf(here), on, practice.CardsMerged{Year: year, Same: sealedPair})
	reading.Same = &domain.SamePerson{
		Year: year, Kept: recognised(year, one, "").Pseudonym, Other: recognised(year, other, "").Pseudonym,
	}
}

// sealedPair is a pair as the log holds it; what it says stands in the reading.
var sealedPair = domain.Sealed{Key: idOf(0), Box: "sealed"}

// visit records a contact with somebody, who came in an earlier year or not.
func (l *log) visit(n int, on domain.Date, person uint32, earlier, known domain.Answer) {
	details := contact.Details{Activity: "huisbezoek", Known: known}
	l.contact(streamIn("contact", n), on, person, earlier, contact.Registered{Details: details})
}

// Rule 9: unique is different cards; two cards that are one person are one. What either said of earlier years holds, and
// known is the latest answer of both.
func TestRule9MergedCardsAreOnePerson(t *testing.T) {
	for name, tt := range map[string]struct {
		one, other domain.Answer
		unique     int
		newcomers  int
		recorded   bool
	}{
		"both new":         {domain.No, domain.No, 2, 2, true},
		"one came before":  {domain.Yes, domain.No, 2, 1, true},
		"one is not known": {domain.Unknown, domain.No, 2, 2, true},
	} {
		t.Run(name, func(t *testing.T) {
			l := newLog()
			l.visit(1, date(2022, 3, 1), 1, tt.one, domain.Yes)
			l.visit(2, date(2022, 3, 2), 2, tt.other, domain.No)
			l.visit(3, date(2022, 3, 3), 3, domain.No, domain.Yes)
			before := l.set(t)
			l.merged(date(2022, 4, 1), 2022, 1, 2)
			s := l.set(t)
			if got := figure(t, before, 2022, "unieke-contacten"); got.Value != 3 {
				t.Errorf("before: %d unique", got.Value)
			}
			if got := figure(t, s, 2022, "unieke-contacten"); got.Value != tt.unique {
				t.Errorf("%d unique, want %d", got.Value, tt.unique)
			}
			if got := figure(t, s, 2022, "nieuwe-contacten"); got.Value != tt.newcomers || got.Recorded != tt.recorded {
				t.Errorf("%d new, recorded %t; want %d", got.Value, got.Recorded, tt.newcomers)
			}
			if got := figure(t, s, 2022, "gekend-bij-sociale-dienst"); got.Value != 1 {
				t.Errorf("%d known, want 1: the latest answer was no", got.Value)
			}
			if got := figure(t, s, 2022, "contacten"); got.Value != 3 {
				t.Errorf("%d contacts", got.Value)
			}
		})
	}
}

// A merging counts in its year only, and merges of people who were merged already join them all.
func TestMergingJoinsWithinAYear(t *testing.T) {
	l := newLog()
	for person := range uint32(4) {
		l.visit(int(person), date(2021, 3, 1), person+1, domain.No, domain.No)
		l.visit(int(person)+10, date(2022, 3, 1), person+1, domain.Yes, domain.No)
	}
	l.merged(date(2022, 4, 1), 2022, 1, 2)
	l.merged(date(2022, 4, 2), 2022, 3, 4)
	l.merged(date(2022, 4, 3), 2022, 2, 3)
	s := l.set(t)
	for year, want := range map[int]int{2021: 4, 2022: 1} {
		if got := figure(t, s, year, "unieke-contacten"); got.Value != want {
			t.Errorf("%d: %d unique, want %d", year, got.Value, want)
		}
	}
}

// Merging is a law to itself: whenever it happens, however often, in whatever order, the answers are the same; also
// through batches of any size and a snapshot at any place.
func TestMergingInAnyOrder(t *testing.T) {
	type step func(l *log)
	rapid.Check(t, func(t *rapid.T) {
		var contacts, merges []step
		for n := range rapid.IntRange(1, 12).Draw(t, "contacts") {
			d := drawContact(t)
			contacts = append(contacts, func(l *log) { d.record(l, n, contact.Registered{Details: d.details}) })
		}
		for range rapid.IntRange(1, 4).Draw(t, "merges") {
			year := rapid.IntRange(2021, 2022).Draw(t, "year")
			one, other := rapid.Uint32Range(1, 4).Draw(t, "one"), rapid.Uint32Range(1, 4).Draw(t, "other")
			merge := func(l *log) { l.merged(date(2022, 1, 10), year, one, other) }
			merges = append(merges, merge)
			if rapid.Bool().Draw(t, "twice") {
				merges = append(merges, func(l *log) { l.merged(date(2022, 1, 11), year, other, one) })
			}
		}
		first, last, mixed := newLog(), newLog(), newLog()
		for _, s := range append(merges[:len(merges):len(merges)], contacts...) {
			s(first)
		}
		for _, s := range append(contacts[:len(contacts):len(contacts)], merges...) {
			s(last)
		}
		done, next := 0, 0 // contacts stay in their order: the latest answer is by recording too
		for _, s := range rapid.Permutation(merges).Draw(t, "order") {
			for next = rapid.IntRange(done, len(contacts)).Draw(t, "next"); done < next; done++ {
				contacts[done](mixed)
			}
			s(mixed)
		}
		for ; done < len(contacts); done++ {
			contacts[done](mixed)
		}
		want := answers(t, last.set(t))
		same(t, answers(t, first.set(t)), want)
		same(t, answers(t, setOf(t, mixed.readings, rapid.IntRange(1, 5).Draw(t, "size"))), want)
		cut := rapid.IntRange(0, len(mixed.readings)).Draw(t, "cut")
		again := thawed(t, setOf(t, mixed.readings[:cut], 1000))
		if err := again.apply(mixed.readings[cut:], domain.Position{}); err != nil {
			t.Fatal(err)
		}
		same(t, answers(t, again), want)
	})
}

// A year that is forgotten while the set runs answers as if the log were read anew with its key destroyed.
func TestForgetYearEqualsReplay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l, forgotten := newLog(), newLog()
		for n := range rapid.IntRange(1, 12).Draw(t, "contacts") {
			d := drawContact(t)
			event := contact.Registered{Details: d.details}
			if d.person != 0 {
				event.Recognition = sealedPair
			}
			d.record(l, n, event)
			if d.on.Year() == 2021 {
				d.person = 0
			}
			d.record(forgotten, n, event)
			if rapid.Bool().Draw(t, "withdrawn") {
				l.on(streamIn("contact", n), d.on, contact.Withdrawn{Reason: contact.EnteredTwice})
				forgotten.on(streamIn("contact", n), d.on, contact.Withdrawn{Reason: contact.EnteredTwice})
			}
		}
		l.merged(date(2022, 1, 10), 2021, 1, 2)
		forgotten.on(practice.StreamOf(here), date(2022, 1, 10), practice.CardsMerged{Year: 2021, Same: sealedPair})
		s := l.set(t)
		s.ForgetYear(here, 2021)
		s.ForgetYear(here, 2021)
		s.ForgetYear("elsewhere", 2022)
		want := answers(t, forgotten.set(t))
		same(t, answers(t, s), want)
		same(t, answers(t, thawed(t, s)), want)
	})
}
