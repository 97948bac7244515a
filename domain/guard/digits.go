package guard

import "strings"

// number is digits that stand together, whatever stands between them: spaces, dots, dashes, or nothing because they
// were spelled. It is the raw material of everything that consists of digits.
type number struct {
	values []byte  // 0 to 9
	groups []group // in which they were written
}

// group is digits of a number that were written together.
type group struct {
	first, word int  // its first digit, and the word it stands in
	from, to    int  // glyphs
	listed      bool // a comma goes before it, and it is not spelled
	spelled     bool
}

// between are the characters that may part the digits of one number, and longestGap how many may.
const (
	between    = " .,-/\\():_*+|'\";=~#\n\r\t[]<>"
	longestGap = 4
)

// fillers are words that are read out between digits.
var fillers = wordsOf("cues.txt", "between digits")

// readNumbers finds the numbers of a text, from left to right.
func readNumbers(t *text) []number {
	var all []number
	last := -3 // the word in which the last number ended
	for i := 0; i < len(t.words); {
		digits, next := digitsAt(t, i)
		if digits == "" {
			i++
			continue
		}
		joins := t.near(i, between) && (i == last+1 || i == last+2 && t.near(i-1, between) && t.readsOn(i))
		if !joins {
			all = append(all, number{})
		}
		all[len(all)-1].grow(digits, group{
			word: i, from: t.words[i].from, to: t.words[next-1].to,
			listed: joins && t.words[i].digits && t.has(i, ','), spelled: !t.words[i].digits,
		})
		last, i = next-1, next
	}
	return all
}

// grow adds a group of digits to a number.
func (n *number) grow(digits string, g group) {
	g.first = len(n.values)
	n.groups = append(n.groups, g)
	for _, d := range digits {
		n.values = append(n.values, byte(d-'0'))
	}
}

// readsOn reports whether the word before word i was read out between digits; "12 en 15" are two numbers.
func (t *text) readsOn(i int) bool {
	return fillers[t.words[i-1].text] && (t.words[i-1].text != "en" || !t.words[i].digits)
}

// before is the last character that is no space before word i; after is the first one after it.
func (t *text) before(i int) rune {
	for at := t.words[i].from - 1; at >= 0; at-- {
		if r := t.glyphs[at].r; r != ' ' {
			return r
		}
	}
	return 0
}

func (t *text) after(i int) rune {
	for at := t.words[i].to; at < len(t.glyphs); at++ {
		if r := t.glyphs[at].r; r != ' ' {
			return r
		}
	}
	return 0
}

// digitsAt is the digits that word i stands for, and the word after them: written, spelled in Dutch or French, or
// letters that look like digits and are glued to some.
func digitsAt(t *text, i int) (digits string, next int) {
	w := t.words[i]
	if w.digits {
		return w.text, i + 1
	}
	if shown, ok := shownAs(w.text); ok && (w.glued && t.words[i-1].digits || t.gluedDigits(i+1) || t.amidDigits(i)) {
		return shown, i + 1
	}
	if digits, next = frenchAt(t, i); digits != "" {
		return digits, next
	}
	if digits = spelled[w.text]; digits != "" {
		return dutchAt(t, i, digits)
	}
	return unglue(w.text), i + 1
}

// amidDigits reports whether digits stand before and after word i, close by.
func (t *text) amidDigits(i int) bool {
	return i > 0 && i+1 < len(t.words) && t.words[i-1].digits && t.words[i+1].digits && t.near(i, " ./-") && t.near(i+1, " ./-")
}

func (t *text) gluedDigits(i int) bool {
	return i < len(t.words) && t.words[i].glued && t.words[i].digits
}

// shownAs is letters that somebody typed for the digits that they look like.
func shownAs(letters string) (string, bool) {
	if len(letters) > 3 {
		return "", false
	}
	for _, r := range letters {
		if !contains("oli", r) {
			return "", false
		}
	}
	return strings.NewReplacer("o", "0", "l", "1", "i", "1").Replace(letters), true
}

// spelled is the Dutch numbers from nul to negenhonderdnegenennegentig, in words.
var spelled = func() map[string]string {
	said := belowHundred()
	units := strings.Fields("honderd tweehonderd driehonderd vierhonderd vijfhonderd zeshonderd zevenhonderd achthonderd negenhonderd")
	for words, digits := range belowHundred() {
		for i, hundred := range units {
			said[hundred+words] = string(rune('1'+i)) + twoDigits(digits)
		}
	}
	for i, hundred := range units {
		said[hundred] = string(rune('1'+i)) + "00"
	}
	return said
}()

// dutchAt is the Dutch number that begins at word i, whose own digits are these: hundreds may stand apart, "vier honderd
// negenenzeventig".
func dutchAt(t *text, i int, digits string) (whole string, next int) {
	if len(digits) != 1 || digits < "2" || t.word(i+1) != "honderd" || !t.near(i+1, " -") {
		return digits, i + 1
	}
	if rest := spelled[t.word(i+2)]; (len(rest) == 1 || len(rest) == 2) && rest != "0" && t.near(i+2, " -") {
		return digits + twoDigits(rest), i + 3
	}
	return digits + "00", i + 2
}

func belowHundred() map[string]string {
	said := map[string]string{"nulle": "0", "zero": "0"}
	units := strings.Fields("nul een twee drie vier vijf zes zeven acht negen")
	for value, unit := range units {
		said[unit] = decimal(value)
	}
	for i, teen := range strings.Fields("tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien") {
		said[teen] = decimal(10 + i)
	}
	for i, ten := range strings.Fields("twintig dertig veertig vijftig zestig zeventig tachtig negentig") {
		said[ten] = decimal(20 + 10*i)
		for value, unit := range units[1:] {
			said[unit+"en"+ten] = decimal(21 + 10*i + value)
		}
	}
	return said
}

func twoDigits(digits string) string {
	if len(digits) == 1 {
		return "0" + digits
	}
	return digits
}

// unglue reads digits that were spelled as one word, "nulvierzevennegen": three or more of nul to negen.
func unglue(letters string) string {
	digits := ""
	for rest := letters; rest != ""; {
		n := 0
		for n = 6; n >= 3; n-- {
			if n <= len(rest) && len(spelled[rest[:n]]) == 1 {
				break
			}
		}
		if n < 3 {
			return ""
		}
		digits, rest = digits+spelled[rest[:n]], rest[n:]
	}
	if len(digits) < 3 {
		return ""
	}
	return digits
}

var frenchUnits = map[string]int{
	"zero": 0, "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9,
	"dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16,
}

var frenchTens = map[string]int{
	"vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70, "huitante": 80,
	"octante": 80, "nonante": 90,
}

// frenchAt is the French number below thousand that begins at word i: "quatre cent septante-neuf".
func frenchAt(t *text, i int) (digits string, next int) {
	hundreds, at := "1", i
	if unit := frenchUnits[t.word(i)]; unit >= 2 && unit <= 9 && t.near(i+1, " -") {
		hundreds, at = decimal(unit), i+1
	}
	if word := t.word(at); word != "cent" && word != "cents" {
		return frenchBelow(t, i)
	}
	if rest, next := frenchBelow(t, at+1); rest != "" && rest != "0" && t.near(at+1, " -") {
		return hundreds + twoDigits(rest), next
	}
	return hundreds + "00", at + 1
}

// frenchBelow is the French number below hundred that begins at word i: "soixante-douze", "nonante sept", "vingt et un".
func frenchBelow(t *text, i int) (digits string, next int) {
	tens, isTens := frenchTens[t.word(i)]
	unit, isUnit := frenchUnits[t.word(i)]
	joined := func(n int) bool { return t.near(n, " -") }
	switch {
	case t.word(i) == "quatre" && joined(i+1) && (t.word(i+1) == "vingt" || t.word(i+1) == "vingts"):
		return frenchUnder(t, 80, i+2)
	case isTens:
		return frenchUnder(t, tens, i+1)
	case t.word(i) == "dix" && joined(i+1) && frenchUnits[t.word(i+1)] >= 7 && frenchUnits[t.word(i+1)] <= 9:
		return decimal(10 + frenchUnits[t.word(i+1)]), i + 2
	case isUnit:
		return decimal(unit), i + 1
	}
	return "", i + 1
}

// frenchUnder adds what follows on tens: a unit, or after soixante and quatre-vingt up to nineteen.
func frenchUnder(t *text, tens, i int) (digits string, next int) {
	if t.word(i) == "et" && t.near(i, " -") && (t.word(i+1) == "un" || t.word(i+1) == "une" || t.word(i+1) == "onze") {
		i++
	}
	unit, follows := frenchUnits[t.word(i)]
	most := 9
	if tens == 60 || tens == 80 {
		most = 16
	}
	if !follows || unit == 0 || unit > most || !t.near(i, " -") {
		return decimal(tens), i
	}
	if ones := frenchUnits[t.word(i+1)]; unit == 10 && ones >= 7 && ones <= 9 && t.near(i+1, " -") {
		return decimal(tens + 10 + ones), i + 2
	}
	return decimal(tens + unit), i + 1
}

func decimal(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return string(rune('0'+n/10)) + string(rune('0'+n%10))
}
