package guard

import "strings"

// documents finds the numbers of identity documents, files and memberships: after a word that says so, or in a form that
// nothing else has.
func documents(s *search) {
	for i := range s.text.words {
		if documentWords[s.text.words[i].text] || s.text.said(i, "national register") {
			s.cuedCode(i, Document, 5)
		}
		s.cardShape(i)
	}
}

var documentWords = wordsOf("cues.txt", "document")

// said reports whether words i and following are these.
func (t *text) said(i int, words string) bool {
	n := 0
	for _, r := range words {
		if r == ' ' {
			n++
		}
	}
	return i+n < len(t.words) && t.joined(i, i+n) == words
}

// cuedCode notes the first run of letters and digits after word i that has enough digits: "dossier nr. 2023/00417". Up
// to three words may stand in between: "dossiernummer is …".
func (s *search) cuedCode(i int, class Class, digits int) {
	for at := i + 1; at < len(s.text.words) && at <= i+4 && !s.text.endsBefore(at); at++ {
		end, counted := s.text.codeFrom(at)
		if counted >= digits {
			if s.text.free(s.text.words[at].from, s.text.words[end].to) && !s.text.isDate(at, end) {
				s.addWords(class, Block, at, end)
			}
			return
		}
	}
}

// endsBefore reports whether a sentence ends before word i.
func (t *text) endsBefore(i int) bool {
	return t.words[i].starts && !t.has(i, ':') && !t.abbreviated(i)
}

// abbreviated reports whether the full stop before word i belongs to the short word before it: "nr. 12".
func (t *text) abbreviated(i int) bool {
	short := i > 0 && (len(t.words[i-1].text) <= 4 || strings.HasSuffix(t.words[i-1].text, "nr"))
	return short && !t.has(i, '\n') && !t.has(i, '!') && !t.has(i, '?')
}

// longestCode is the most words that a number of a document has, each digit by itself.
const longestCode = 24

// codeFrom is the last word of the run of letters and digits that begins at word i, and how many digits it has. Letters
// belong to it when they are capitals or glued; spaces may part digits.
func (t *text) codeFrom(i int) (last, digits int) {
	last = i
	for at := i; at < len(t.words) && at < i+longestCode; at++ {
		w := t.words[at]
		switch {
		case at > i && !t.near(at, " /.-_") || at > i && t.has(at, ' ') && !w.digits:
			return last, digits
		case w.digits:
			digits, last = digits+w.to-w.from, at
		case !w.glued && !(w.upper && w.to-w.from <= 4) && !t.gluedDigits(at+1):
			return last, digits
		}
	}
	return last, digits
}

// isDate reports whether words first to last are a day, which is no number of a document.
func (t *text) isDate(first, last int) bool {
	date, ok := dateAt(t, first)
	return ok && date.last == last
}

// cardShape notes what is written as a passport or residence card: one or two capitals, glued to six to nine digits.
func (s *search) cardShape(i int) {
	w := s.text.words[i]
	if w.digits || !w.upper || !s.text.gluedDigits(i+1) && !s.text.near(i+1, " -") {
		return
	}
	next := s.text.word(i + 1)
	letters, digits := w.to-w.from, len(next)
	if !isDigit(firstOf(next)) || !s.text.free(w.from, s.text.words[i+1].to) || s.text.glyphs[w.to-1].upper != w.upper {
		return
	}
	if letters == 2 && (digits == 6 || digits == 7) || letters == 1 && digits == 9 {
		s.addWords(Document, Block, i, i+1)
	}
}

func firstOf(text string) rune {
	for _, r := range text {
		return r
	}
	return 0
}
