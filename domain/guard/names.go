package guard

import "strings"

// names finds people's names. A first name of the list; anything with a capital after a word that announces a name; two
// words with capitals that nobody knows, inside a sentence; words in another script, which this guard cannot read. A
// word in lower case is never a name; nor is what the practice or everybody knows, unless a first name goes before it.
func names(s *search) {
	for i := 0; i < len(s.text.words); i++ {
		if !s.text.free(s.text.words[i].from, s.text.words[i].to) {
			continue
		}
		first, last, found := s.nameAt(i)
		if found && s.text.free(s.text.words[first].from, s.text.words[last].to) {
			s.addWords(Name, Ask, first, last)
			i = last
		}
	}
}

func (s *search) nameAt(i int) (first, last int, found bool) {
	if s.text.words[i].foreign && s.text.words[i].to-s.text.words[i].from >= 2 {
		return i, s.foreignEnd(i), true
	}
	if last, _, cue := nameCues.at(s.text, i); cue {
		if first, end, ok := s.announced(last + 1); ok {
			return first, end, true
		}
	}
	if end, given := s.givenAt(i); given {
		return s.full(i, end)
	}
	switch {
	case particles[s.text.words[i].text] && s.text.words[i].upper && s.capital(i+1) && s.text.near(i+1, " ") &&
		surnames[s.text.words[i].text+s.text.words[i+1].text]:
		return i, i + 1, true
	case s.initial(i) && s.text.near(i+1, ". ") && s.text.has(i+1, '.') && s.capital(i+1) && !plainWords[s.text.word(i+1)]:
		return i, s.surname(i + 1), true
	case s.stranger(i) && s.text.near(i+1, " -") && s.pairs(i):
		return i, s.surname(i + 1), true
	}
	return 0, 0, false
}

var (
	nameCues   = sayingsOf("announce.txt")
	plainWords = wordsOf("known.txt", "plain")
	surnames   = wordsOf("surnames.txt", "surnames")
	particles  = wordsOf("surnames.txt", "particles")
	titles     = wordsOf("known.txt", "titles")
)

// givenNames is first names, each true if it is a common word, place or surname too: those are names only with another
// name, or where one is announced.
var givenNames = func() map[string]nameSort {
	sorts := map[string]nameSort{}
	for _, part := range mustRead("given.txt") {
		for _, name := range part.sayings {
			sorts[strings.ReplaceAll(name, "-", "")] = onlyName
			if part.title == "words too" || plainWords[name] {
				sorts[name] = wordToo
			}
		}
	}
	return sorts
}()

type nameSort int

const (
	onlyName nameSort = iota + 1
	wordToo
)

// foreignEnd is the last of the words in another script that begin with word i.
func (s *search) foreignEnd(i int) int {
	for i+1 < len(s.text.words) && s.text.words[i+1].foreign && s.text.near(i+1, " -'.") {
		i++
	}
	return i
}

// capital reports whether word i can be a name: a capital, letters, and not known to be something else.
func (s *search) capital(i int) bool {
	if i < 0 || i >= len(s.text.words) {
		return false
	}
	w := s.text.words[i]
	return w.upper && !w.digits && !w.known && w.to-w.from >= 2 && s.text.free(w.from, w.to) && !(w.glued && s.text.words[i-1].digits)
}

func (s *search) initial(i int) bool {
	w := s.text.words[i]
	return w.upper && w.to-w.from == 1 && !w.glued && !w.known
}

// announced is the name that begins at word i, after a word that announces one; words such as "is" may stand between.
func (s *search) announced(i int) (first, last int, ok bool) {
	for n := 0; n < 2 && linkNames[s.text.word(i)] && !s.text.words[i].upper && s.text.near(i, " :"); n++ {
		i++
	}
	if !s.text.near(i, " .:,\"'(-\n") || s.text.has(i, '.') && !shortTitles[s.text.word(i-1)] {
		return 0, 0, false
	}
	if end, given := s.givenAt(i); given {
		return s.full(i, end)
	}
	at := i
	for particles[s.text.word(at)] && at < i+3 && !(s.initial(at) && s.text.has(at+1, '.')) {
		at++
	}
	switch {
	case s.capital(at) && !plainWords[s.text.word(at)] && s.text.near(at, " .:,\"'(-\n"):
		return i, s.surname(at), true
	case at == i && s.initial(i):
		if s.text.near(i+1, ". ") && s.capital(i+1) && !plainWords[s.text.word(i+1)] {
			return i, s.surname(i + 1), true
		}
		return i, i, s.text.has(i+1, '.')
	}
	return 0, 0, false
}

var shortTitles = wordsOf("cues.txt", "short titles")

var linkNames = wordsOf("cues.txt", "before a name")

// givenAt reports whether a first name stands at word i, and its last word: its syllables may stand apart, "Fa-ti-ma".
func (s *search) givenAt(i int) (last int, given bool) {
	if i >= len(s.text.words) {
		return i, false
	}
	w := s.text.words[i]
	if !w.upper || w.digits || !s.text.free(w.from, w.to) || titles[s.text.word(i-1)] && s.text.near(i, " -.") {
		return i, false
	}
	whole := w.text
	for last = i; ; last++ {
		if sort := givenNames[whole]; sort != 0 && !s.text.gluedDigits(last+1) && (!w.known || last > i) {
			return last, sort == onlyName || last > i || s.surname(i) > i
		}
		next := last + 1
		if last-i >= 4 || !s.text.near(next, "-._") || len(s.text.gap(next)) != 1 || s.text.words[next].upper || s.text.words[next].digits {
			return i, false
		}
		whole += s.text.words[next].text
	}
}

// full is a first name with what belongs to it: a surname after it, or before it inside a sentence.
func (s *search) full(first, last int) (int, int, bool) {
	last = s.surname(last)
	if s.capital(first-1) && !s.text.words[first-1].starts && s.text.near(first, " ,-") && s.stranger(first-1) {
		first--
	}
	return first, last, true
}

// surname is the last word of a name that goes on after word i: particles, capitals, an initial.
func (s *search) surname(i int) int {
	last := i
	for n := 0; n < 3; n++ {
		at := last + 1
		for at < len(s.text.words) && particles[s.text.words[at].text] && s.text.near(at, " -'.") && at < last+4 {
			at++
		}
		switch {
		case s.capital(at) && s.text.near(at, " -'") && !(n > 0 && plainWords[s.text.word(at)]):
			last = at
		case at == last+1 && at < len(s.text.words) && s.initial(at) && s.text.near(at, " ") && s.text.has(at+1, '.'):
			return at
		default:
			return last
		}
	}
	return last
}

// stranger reports whether word i has a capital and is nothing that anybody knows: no acronym, no ordinary word.
func (s *search) stranger(i int) bool {
	if !s.capital(i) || plainWords[s.text.words[i].text] || titles[s.text.words[i].text] {
		return false
	}
	w := s.text.words[i]
	return !s.text.glyphs[w.to-1].upper || surnames[w.text]
}

// pairs reports whether the stranger at word i and what follows are a name: inside a sentence any two strangers, at its
// beginning only with a surname. After an article two strangers are an organisation.
func (s *search) pairs(i int) bool {
	at := i + 1
	for particles[s.text.word(at)] && at < i+4 && s.text.near(at, " -'") {
		at++
	}
	if !s.stranger(at) || !s.text.near(at, " -'") || articles[s.text.word(i-1)] {
		return false
	}
	if at > i+1 && !s.text.words[i+1].upper && !isSurname(s.text.word(at)) {
		return false
	}
	return !s.text.words[i].starts || isSurname(s.text.word(at)) || !isNoun(s.text.word(i))
}

// isNoun reports whether a word ends as the Dutch nouns do that go before the name of an organisation: "Jeugdhuis".
func isNoun(word string) bool {
	for _, end := range nounEnds {
		if strings.HasSuffix(word, end) {
			return true
		}
	}
	return false
}

var nounEnds = []string{
	"huis", "club", "dienst", "school", "centrum", "bond", "kring", "ploeg", "groep", "loket", "punt", "stad", "wijk", "zaal",
	"ing", "ingen", "heid", "ten", "den", "ken", "gen", "pen", "ren", "len", "vzw", "markt", "bus", "winkel", "fonds",
	"plein", "feest", "lijn", "kaart", "pas", "plan", "raad", "overleg", "bureau", "kantoor", "instituut", "atelier",
	"college", "kerk", "moskee",
}

var articles = wordsOf("cues.txt", "article")

// isSurname reports whether a word is a frequent surname, or ends as one.
func isSurname(word string) bool {
	if surnames[word] {
		return true
	}
	for _, end := range surnameEnds {
		if len(word) > len(end)+2 && strings.HasSuffix(word, end) {
			return true
		}
	}
	return false
}

var surnameEnds = []string{
	"enko", "chuk", "ovych", "ova", "ska", "ski", "sky", "wicz", "escu", "oglu", "zade", "zai", "khel", "yan", "dze",
	"shvili", "ovic", "evic", "aert", "aerts", "mans", "ckx", "ynck", "inck", "ooghe", "aeghe", "ens", "iers", "aoui",
	"oui", "ouni", "idi", "ssen", "sson",
}
