package guard

// day is a day as it was written: words up to last, and its parts; no year is 0.
type day struct {
	last             int
	day, month, year int
}

// dates finds birth dates: a day beside a word for being born, or one so long ago that it can be nothing else here.
func dates(s *search) {
	for i := range s.text.words {
		if !s.text.free(s.text.words[i].from, s.text.words[i].to) {
			continue
		}
		d, ok := dateAt(s.text, i)
		switch {
		case ok && (d.year > 0 && d.year <= lastBirthYear || s.bornNear(i, d.last)):
			s.addWords(BirthDate, Block, i, d.last)
		case !ok && s.text.words[i].digits && s.text.words[i].to-s.text.words[i].from == 4 && s.bornNear(i, i):
			if year := atoi(s.text.words[i].text); year >= 1900 && year < 2100 {
				s.addWords(Age, Ask, i, i)
			}
		}
	}
}

// lastBirthYear is the last year whose days are taken for birth dates without a word for it. The work that is written
// about began in 2013; a child's birth date without such a word is not told from any other day.
const lastBirthYear = 2009

var bornWords = wordsOf("cues.txt", "born")

func (s *search) bornNear(first, last int) bool {
	return s.bornBefore(first) || bornWords[s.text.word(last+1)] && s.text.near(last+1, " ")
}

func (s *search) bornBefore(i int) bool {
	if s.text.before(i) == '°' {
		return true
	}
	for back := 1; back <= 5 && i-back >= 0; back++ {
		if bornWords[s.text.words[i-back].text] {
			return true
		}
		if s.text.endsBefore(i - back + 1) {
			return false
		}
	}
	return false
}

// dateAt reads the day that begins at word i: 12/03/1985, 1985-03-12, 12 maart 1985, twaalf maart.
func dateAt(t *text, i int) (day, bool) {
	if t.words[i].glued && i > 0 && t.words[i-1].digits {
		return day{}, false
	}
	if d, ok := namedDate(t, i); ok {
		return d, true
	}
	if i+2 >= len(t.words) || !t.words[i].digits || !t.words[i+1].digits || !t.words[i+2].digits ||
		!t.near(i+1, " /.-") || !t.near(i+2, " /.-") || mark(t.gap(i+1)) != mark(t.gap(i+2)) {
		return day{}, false
	}
	a, b, c := t.words[i].text, t.words[i+1].text, t.words[i+2].text
	d := day{i + 2, atoi(a), atoi(b), year(c)}
	if len(a) == 4 {
		d = day{i + 2, atoi(c), atoi(b), year(a)}
	}
	return d, len(b) <= 2 && (len(a) <= 2 && (len(c) == 2 || len(c) == 4) || len(a) == 4 && len(c) <= 2) && d.can()
}

func (d day) can() bool {
	return d.day >= 1 && d.day <= 31 && d.month >= 1 && d.month <= 12 && d.year >= 1900 && d.year < 2100
}

// namedDate reads a day whose month has a name; a year may follow.
func namedDate(t *text, i int) (day, bool) {
	digits, next := digitsAt(t, i)
	if ordinal := t.word(next); digits != "" && (ordinal == "ste" || ordinal == "de" || ordinal == "e") {
		next++
	}
	month := months[t.word(next)]
	if len(digits) > 2 || digits == "" || month == 0 || !t.near(next, " .-/") {
		return day{}, false
	}
	d := day{next, atoi(digits), month, 0}
	if written, after := yearAt(t, next+1); written > 0 {
		d.year, d.last = written, after-1
	}
	return d, d.day >= 1 && d.day <= 31
}

// yearAt is the year that stands at word i, written or spelled, and the word after it.
func yearAt(t *text, i int) (written, next int) {
	if i >= len(t.words) || !t.near(i, " ./-'") {
		return 0, i
	}
	if t.words[i].text == "negentienhonderd" || t.words[i].text == "tweeduizend" {
		century := map[string]int{"negentienhonderd": 1900, "tweeduizend": 2000}[t.words[i].text]
		if i+1 < len(t.words) && len(spelled[t.word(i+1)]) <= 2 {
			return century + atoi(spelled[t.word(i+1)]), i + 1 + min(1, len(spelled[t.word(i+1)]))
		}
		return century, i + 1
	}
	digits, next := digitsAt(t, i)
	if len(digits) == 2 && !t.words[i].digits && t.near(next, " -") { // negentien vijfentachtig
		if more, after := digitsAt(t, next); len(more) == 2 && !t.words[next].digits {
			return year(digits + more), after
		}
	}
	if y := year(digits); len(digits) == 4 && y >= 1900 && y < 2100 || len(digits) == 2 && t.words[i].digits && t.has(i, '\'') {
		return y, next
	}
	return 0, i
}

// year is a year of two or four digits; of two, those from 30 on are of the last century.
func year(digits string) int {
	y := atoi(digits)
	switch {
	case len(digits) == 2 && y >= 30:
		return 1900 + y
	case len(digits) == 2:
		return 2000 + y
	}
	return y
}

var months = map[string]int{
	"januari": 1, "jan": 1, "januar": 1, "janvier": 1, "februari": 2, "feb": 2, "fevrier": 2, "maart": 3, "mrt": 3, "mars": 3,
	"april": 4, "apr": 4, "avril": 4, "mei": 5, "mai": 5, "juni": 6, "jun": 6, "juin": 6, "juli": 7, "jul": 7, "juillet": 7,
	"augustus": 8, "aug": 8, "aout": 8, "september": 9, "sep": 9, "sept": 9, "septembre": 9, "oktober": 10, "okt": 10,
	"octobre": 10, "november": 11, "nov": 11, "novembre": 11, "december": 12, "dec": 12, "decembre": 12,
}

// atoi is the value of a few digits; 0 for anything else.
func atoi(digits string) int {
	n := 0
	for _, r := range digits {
		if !isDigit(r) || n > 99_999_999 {
			return 0
		}
		n = 10*n + int(r-'0')
	}
	return n
}
