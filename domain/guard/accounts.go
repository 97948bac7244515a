package guard

// iban is an account number: two letters, two check digits, and what the country asks. Countries whose numbers hold
// letters are read by lettered.
func iban(s *search, n number, w window) (Class, Verdict) {
	word := n.groups[w.first].word
	length := ibanLength[s.text.word(word-1)]
	if length == 0 || len(w.digits)+2 != length || !s.text.near(word, " .-:/") {
		return "", ""
	}
	rest := remainder{}
	for _, d := range w.digits[2:] {
		rest.feed(rune(d) + '0')
	}
	for _, r := range s.text.word(word - 1) {
		rest.feed(r)
	}
	for _, d := range w.digits[:2] {
		rest.feed(rune(d) + '0')
	}
	if rest.is1() {
		return IBAN, Block
	}
	return IBAN, Ask
}

// ibanLength is how many characters an account number has, by country.
var ibanLength = map[string]int{
	"be": 16, "de": 22, "es": 24, "pt": 25, "pl": 28, "hu": 28, "cz": 24, "sk": 24, "at": 20, "dk": 18, "fi": 18, "se": 24,
	"no": 15, "hr": 21, "si": 19, "ee": 20, "lt": 20, "rs": 22, "ba": 20, "me": 22, "xk": 20, "is": 26, "tr": 26, "ua": 29,
	"nl": 18, "fr": 27, "gb": 22, "it": 27, "lu": 20, "ro": 24, "bg": 22, "lv": 21, "ie": 22, "ch": 21, "gr": 27, "mt": 31,
	"md": 24, "ge": 22, "al": 28, "mk": 19, "cy": 28, "az": 28, "kz": 20,
}

// lettered finds account numbers with letters in them, whose check holds: "NL91 ABNA 0417 1643 00".
func lettered(s *search) {
	for i, w := range s.text.words {
		length := ibanLength[w.text]
		if length == 0 || !s.text.gluedDigits(i+1) {
			continue
		}
		if end, ok := s.text.ibanFrom(w.from, length); ok && s.text.free(w.from, end) {
			s.add(IBAN, Block, w.from, end)
		}
	}
}

// ibanFrom reports whether an account number of so many characters begins at a glyph, and where it ends.
func (t *text) ibanFrom(from, length int) (end int, ok bool) {
	characters := make([]rune, 0, length)
	for end = from; end < len(t.glyphs) && len(characters) < length; end++ {
		switch r := t.glyphs[end].r; {
		case isDigit(r) || 'a' <= r && r <= 'z':
			characters = append(characters, r)
		case !contains(" .-", r):
			return end, false
		}
	}
	if len(characters) < length || end < len(t.glyphs) && isWord(t.glyphs[end].r) {
		return end, false
	}
	rest := remainder{}
	for _, r := range characters[4:] {
		rest.feed(r)
	}
	for _, r := range characters[:4] {
		rest.feed(r)
	}
	return end, rest.is1()
}

// remainder is the rest modulo 97 of a row of digits, and of letters that stand for 10 to 35.
type remainder struct{ of97 int }

func (m *remainder) feed(r rune) {
	if isDigit(r) {
		m.of97 = (10*m.of97 + int(r-'0')) % 97
		return
	}
	m.of97 = (100*m.of97 + int(r-'a'+10)) % 97
}

func (m *remainder) is1() bool { return m.of97 == 1 }

// company is a company number that says to be one: after BE, or after a word for it. Its first digit, 0, may be left out.
// What reaches somebody is a telephone number, unless the check of a company number holds.
func company(s *search, n number, w window) (Class, Verdict) {
	digits := w.digits
	if len(digits) == 9 && digits[0] != 0 {
		digits = append([]byte{0}, digits...)
	}
	if len(digits) != 10 || digits[0] > 1 || !isCompany(digits) && dialsAtHome(digits) {
		return "", ""
	}
	if word := n.groups[w.first].word; s.text.ofBelgium(word-1) || s.text.cued(word, companyWords) {
		return Company, Ask
	}
	return "", ""
}

// ofBelgium reports whether word i is the country BE, not the end of a web address.
func (t *text) ofBelgium(i int) bool { return t.word(i) == "be" && !t.has(i, '.') }

// companyAlone is a company number that says nothing, but whose check holds.
func companyAlone(_ *search, n number, w window) (Class, Verdict) {
	if isCompany(w.digits) && n.laid(w, []int{4, 3, 3}) {
		return Company, Ask
	}
	return "", ""
}

// isCompany reports whether the last two of ten digits are 97 less the rest of the others.
func isCompany(digits []byte) bool {
	return len(digits) == 10 && digits[0] <= 1 && value(digits[8:]) == 97-value(digits[:8])%97
}

var companyWords = wordsOf("cues.txt", "company")

// cued reports whether one of some words stands at most three words before word i, in the same sentence.
func (t *text) cued(i int, cues map[string]bool) bool {
	for back := 1; back <= 3 && i-back >= 0; back++ {
		if cues[t.words[i-back].text] {
			return true
		}
		if t.words[i-back].starts && !t.has(i-back, ':') {
			return false
		}
	}
	return false
}
