// Package guard says what may not enter an event: whatever in a free text tells who it is about. It stands before every
// door through which a text comes in; what it stops is in no event, and so need not be erased from one.
//
// A text is read once, from left to right, as a person would: full-width and mathematical letters, letters that look
// like others, digits of other scripts, digits spelled in Dutch or French, zero-width characters and words split into
// letters are all taken for what they show (text.go, words.go, digits.go). Then each sort of thing is looked for:
//
//	block  national number, IBAN, payment message, telephone, e-mail, handle, licence plate, identity document or file
//	       number, birth date, street with house number; and three or more identifying things together
//	ask    national number or IBAN with a failing check, company number, street alone, age, name; and two or more
//	       circumstances of one person: origin, family, illness, job, school, faith, rare event, role
//
// What must hold. A Finding holds a class, a verdict and a place, never what stands there; so do refusals, logs and
// metrics. A word in lower case is never a name. A Guard never changes, knows no clock, and takes time in proportion
// to the length of the text.
//
// A block is final: the text must change. An ask may be overridden by somebody else than the author: see Override.
//
// Whoever stands at a door gives Admit every domain.Sealed that waits to be sealed, before it is sealed; a form calls
// Check, to show where things are. New reads all words of a practice: make a Guard for each Book, not for each text.
package guard

import (
	"cmp"
	"fmt"
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// Class is a sort of thing that tells who a text is about. Its values are stable: they stand in refusals and metrics.
type Class string

// The classes that say by themselves who somebody is, or nearly so.
const (
	NationalNumber Class = "national-number" // national number or BIS number; ask if its check fails
	IBAN           Class = "iban"            // ask if its check fails
	PaymentMessage Class = "payment-message" // structured payment message, +++ +++
	Telephone      Class = "telephone"       // except service numbers
	Email          Class = "email"
	Handle         Class = "handle" // a name on a social medium
	Plate          Class = "plate"
	Document       Class = "document" // number of an identity document, a file, a membership
	BirthDate      Class = "birth-date"
	Address        Class = "address" // street with house number, except the practice's own sites
	Company        Class = "company-number"
	Street         Class = "street" // without a number
	Age            Class = "age"
	Name           Class = "name"
)

// The circumstances of a person: harmless alone, telling together.
const (
	Origin  Class = "origin" // nationality or language
	Family  Class = "family" // the shape of a family
	Illness Class = "illness"
	Job     Class = "job"
	School  Class = "school"
	Faith   Class = "faith"
	Event   Class = "event" // something rare that happened
	Role    Class = "role"
)

// Together is three or more identifying classes in one text.
const Together Class = "together"

// Classes is every class, in the order in which pages list them.
func Classes() []Class {
	return []Class{
		NationalNumber, IBAN, PaymentMessage, Telephone, Email, Handle, Plate, Document, BirthDate, Address, Company,
		Street, Age, Name, Origin, Family, Illness, Job, School, Faith, Event, Role, Together,
	}
}

// Verdict is what has to be done about a finding.
type Verdict string

// The verdicts.
const (
	Block Verdict = "block" // the text must change
	Ask   Verdict = "ask"   // a second pair of eyes decides
)

// Finding is one thing that was found in a text: what and where, never what stands there.
type Finding struct {
	Class   Class
	Verdict Verdict
	Start   int // of the text, in bytes
	End     int // just after it, in bytes
}

// String writes class, verdict and place: "iban block 12-31".
func (f Finding) String() string {
	return fmt.Sprintf("%s %s %d-%d", f.Class, f.Verdict, f.Start, f.End)
}

// Guard finds what identifies people in the texts of one practice. Several goroutines may use it at once. The zero Guard
// works, and knows no words of a practice.
type Guard struct {
	known map[string]bool // words of the practice, which are no names by themselves
	terms phrases         // whole labels and aliases
	sites map[string]bool // "gentsestraat 9", "gentsestraat"
}

// Sites is the code list in which a practice may keep the addresses of its own sites, as "Gentsestraat 9".
const Sites domain.Code = "site"

// New is the guard of a practice with these words. Its organisations, activities, services, forums and streets are not
// taken for names; its own sites, those of list Sites and those given here, not for anybody's address.
func New(book vocabulary.Book, sites ...string) *Guard {
	g := &Guard{known: map[string]bool{}, terms: phrases{}, sites: map[string]bool{}}
	for _, list := range book.Lists() {
		for _, term := range book.Terms(list) {
			g.learn(term.Label, term.Aliases)
			if list == Sites {
				sites = append(sites, append([]string{term.Label}, term.Aliases...)...)
			}
		}
	}
	for _, forum := range book.Forums() {
		g.learn(forum.Label, forum.Aliases)
	}
	for _, site := range sites {
		g.own(site)
	}
	return g
}

func (g *Guard) learn(label string, aliases []string) {
	for _, name := range append([]string{label}, aliases...) {
		words := read(name).texts()
		g.terms.add(words, "")
		for _, word := range words {
			if _, given := givenNames[word]; !given {
				g.known[word] = true
			}
		}
	}
}

// own lets a site pass, as street with number and as street alone.
func (g *Guard) own(site string) {
	t := read(site)
	for i := range t.words {
		s, found := streetAt(t, i)
		if !found {
			continue
		}
		name := t.joined(s.first, s.last)
		g.sites[name] = true
		if s.number != "" {
			g.sites[name+" "+s.number] = true
		}
	}
}

// Check is everything in text that identifies, or may identify, somebody: in the order of the text, at most one finding
// for a place, except that Together spans what it joins.
func (g *Guard) Check(text string) []Finding {
	t := read(text)
	g.markKnown(t)
	s := &search{text: t, guard: g}
	for _, look := range []func(*search){
		emails, numbers, documents, plates, dates, addresses, handles, ages, names, circumstances,
	} {
		look(s)
	}
	s.weighTogether()
	slices.SortFunc(s.found, func(a, b Finding) int { return cmp.Or(a.Start-b.Start, b.End-a.End) })
	return s.found
}

// search is one text being looked through. What one look found, the next ones leave alone.
type search struct {
	text  *text
	guard *Guard
	found []Finding
}

// add notes what stands from glyph first up to glyph end.
func (s *search) add(class Class, verdict Verdict, first, end int) {
	s.text.take(first, end)
	s.found = append(s.found, Finding{class, verdict, s.text.glyphs[first].from, s.text.glyphs[end-1].to})
}

// addWords notes words first to last.
func (s *search) addWords(class Class, verdict Verdict, first, last int) {
	s.add(class, verdict, s.text.words[first].from, s.text.words[last].to)
}

// weighTogether blocks three or more identifying classes in one text.
func (s *search) weighTogether() {
	classes := map[Class]bool{}
	whole := Finding{Class: Together, Verdict: Block, Start: -1}
	for _, f := range s.found {
		if f.Verdict == Block || !identifies[f.Class] {
			continue
		}
		classes[f.Class] = true
		if whole.Start < 0 || f.Start < whole.Start {
			whole.Start = f.Start
		}
		whole.End = max(whole.End, f.End)
	}
	if len(classes) >= 3 {
		s.found = append(s.found, whole)
	}
}

// identifies is the classes that together block.
var identifies = map[Class]bool{
	Street: true, Age: true, Name: true,
	Origin: true, Family: true, Illness: true, Job: true, School: true, Faith: true, Event: true, Role: true,
}
