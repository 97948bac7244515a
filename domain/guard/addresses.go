package guard

import "strings"

// street is where a street stands in a text, with or without the number of a house.
type street struct {
	first, last int    // words of its name
	number      string // of the house
	end         int    // the last word, number and box included
}

// addresses finds streets, except those of the practice's own sites and of its code lists.
func addresses(s *search) {
	for i := 0; i < len(s.text.words); i++ {
		found, ok := streetAt(s.text, i)
		if !ok || !s.text.free(s.text.words[found.first].from, s.text.words[found.last].to) {
			continue
		}
		i = found.end
		name := s.text.joined(found.first, found.last)
		switch {
		case s.guard.sites[name] && found.number == "", s.guard.sites[name+" "+found.number]:
			s.text.take(s.text.words[found.first].from, s.text.words[found.end].to)
		case found.number != "":
			s.addWords(Address, Block, found.first, found.end)
		case s.houseBefore(found.first):
			s.addWords(Address, Block, found.first, found.last)
		case s.text.words[found.last].known:
		default:
			s.addWords(Street, Ask, found.first, found.last)
		}
	}
}

// houseBefore reports whether the number of a house stands shortly before: "op nummer 12 in de Zuidstraat".
func (s *search) houseBefore(first int) bool {
	for back := 1; back <= 4 && first-back > 0; back++ {
		digits, _ := digitsAt(s.text, first-back)
		if digits != "" && len(digits) <= 4 && numberWords[s.text.word(first-back-1)] {
			return true
		}
		if s.text.endsBefore(first - back + 1) {
			return false
		}
	}
	return false
}

var (
	streets  = sayingsOf("streets.txt")
	generic  = wordsOf("generic.txt", "generic")
	notNamed = wordsOf("generic.txt", "lower")
	frenchOf = wordsOf("generic.txt", "french")
	before   = wordsOf("generic.txt", "before")
)

// The ends of words that make a street. After a weak one a number must follow, or the word must have a capital inside
// a sentence: a "fietspad" is no street.
var (
	strongEnds = []string{
		"straat", "straatje", "laan", "dreef", "steenweg", "plein", "kaai", "singel", "gaarde", "kouter", "heerweg",
		"boulevard", "stwg", "rijselweg", "steegje", "steeg",
	}
	weakEnds = []string{
		"weg", "baan", "hof", "pad", "park", "veld", "wijk", "lei", "berg", "dorp", "hoek", "dam", "markt", "poort", "straten",
		"dijk",
	}
)

// streetAt is the street whose name begins, or is recognised, at word i.
func streetAt(t *text, i int) (street, bool) {
	w := t.words[i]
	if w.digits || w.glued && !t.words[i].upper {
		return street{}, false
	}
	s := street{first: i, last: i}
	last, class, listed := streets.at(t, i)
	switch {
	case listed && class == "street" && (w.upper || numbered(t, street{first: i, last: last}).number != ""):
		s.last = last
	case frenchOf[w.text] && frenchStreet(t, i, &s):
	case !namesStreet(t, i):
		return street{}, false
	}
	for s.first > 0 && t.near(s.first, " -.") && partOfStreet(t, s.first-1, t.has(s.first, '-')) {
		s.first--
	}
	return numbered(t, s), true
}

// namesStreet reports whether word i ends as a street does.
func namesStreet(t *text, i int) bool {
	w := t.words[i]
	numbered := numbered(t, street{first: i, last: i}).number != ""
	joined := t.near(i, "-") && len(t.gap(i)) == 1 && (t.words[i-1].upper || numbered)
	if generic[w.text] && !joined || notNamed[w.text] && !w.upper && !numbered {
		return false
	}
	if strings.HasSuffix(w.text, "str") && len(w.text) > 5 && t.has(i+1, '.') {
		return numbered
	}
	for _, end := range strongEnds {
		if rest, ok := strings.CutSuffix(w.text, end); ok && (len(rest) >= 3 || rest == "" && joined) {
			return true
		}
	}
	for _, end := range weakEnds {
		rest, ok := strings.CutSuffix(w.text, end)
		if !ok || len(rest) < 3 && !(rest == "" && joined) || w.known {
			continue
		}
		if weakPlace(w.text) && (numbered || w.upper && !w.starts) || w.upper && numbered {
			return true
		}
	}
	return false
}

// weakPlace reports whether a capital alone, or a number alone, makes a street of a word with a weak end.
func weakPlace(word string) bool {
	return strings.HasSuffix(word, "weg") || strings.HasSuffix(word, "baan") || strings.HasSuffix(word, "hof")
}

// partOfStreet reports whether word i belongs to the name of the street after it: "Jan" of Jan Breydelstraat.
func partOfStreet(t *text, i int, dashed bool) bool {
	w := t.words[i]
	return !w.digits && (dashed || w.upper && (before[w.text] || givenNames[w.text] != 0 && !w.known))
}

// frenchStreet reads "rue de la Gare", "chaussée d'Ypres".
func frenchStreet(t *text, i int, s *street) bool {
	at := i + 1
	for at < len(t.words) && (frenchLinks[t.words[at].text]) && t.near(at, " '") {
		at++
	}
	if at >= len(t.words) || !t.words[at].upper || !t.near(at, " '-") {
		return false
	}
	s.last = at
	for s.last+1 < len(t.words) && t.words[s.last+1].upper && !t.words[s.last+1].digits && t.near(s.last+1, " -") {
		s.last++
	}
	return true
}

var frenchLinks = wordsOf("generic.txt", "french links")

var numberWords = wordsOf("generic.txt", "number of a house")

// numbered adds the number of the house, with letter and box, if one follows.
func numbered(t *text, s street) street {
	s.end = s.last
	at := s.last + 1
	if numberWords[t.word(at)] && t.near(at, " ,(") {
		at++
	}
	if !t.near(at, " ,.°:(-") || t.near(at, "-") {
		return s
	}
	digits, next := digitsAt(t, at)
	if !housed(t, s, at, digits, next) {
		return s
	}
	s.number, s.end = digits, next-1
	if next < len(t.words) && t.words[next].glued && t.words[next].to-t.words[next].from == 1 {
		s.number, s.end = s.number+t.words[next].text, next
	}
	s.end = boxed(t, s.end)
	return s
}

// housed reports whether the digits at word at, up to word next, number a house: not what is counted, no year, no day.
func housed(t *text, s street, at int, digits string, next int) bool {
	year := len(digits) == 4 && (digits[:2] == "19" || digits[:2] == "20")
	if digits == "" || len(digits) > 4 || year || t.words[at].text == "een" || counted[t.word(next)] && t.near(next, " ") {
		return false
	}
	if t.endsBefore(at) && !strings.HasSuffix(t.words[s.last].text, "str") {
		return false
	}
	day, ok := dateAt(t, at)
	return !ok || day.last == at
}

// boxed is the last word of an address after box, postal code and town, if those follow on word i.
func boxed(t *text, i int) int {
	if boxes[t.word(i+1)] && t.near(i+1, " ,/") && i+2 < len(t.words) && t.near(i+2, " .") &&
		(t.words[i+2].digits || t.words[i+2].to-t.words[i+2].from == 1) {
		i += 2
	}
	postal := len(t.word(i+1)) == 4 && t.words[i+1].digits && t.near(i+1, " ,")
	if postal && t.near(i+2, " ") && t.words[i+2].upper {
		i += 2
	}
	return i
}

var boxes = wordsOf("generic.txt", "boxes")

// counted are what a number after a street counts, so that it is no house: "in de Zuidstraat 12 gezinnen".
var counted = wordsOf("generic.txt", "counted")
