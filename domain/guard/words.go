package guard

import "unicode"

// word is a run of letters or of digits in a text.
type word struct {
	text     string // in lower case, without accents; without the gaps if its letters stood apart
	from, to int    // glyphs
	digits   bool
	upper    bool // begins with a capital
	foreign  bool // wholly in another script
	glued    bool // nothing stands between it and the word before
	starts   bool // the first of a sentence
	ours     bool // part of a label or alias of the practice
	known    bool // of the practice, or a thing that everybody knows
}

// splitWords cuts glyphs into words: at everything that is no letter or digit, and between letters and digits.
func splitWords(glyphs []glyph) []word {
	var words []word
	starts := true
	for at := 0; at < len(glyphs); {
		r := glyphs[at].r
		if !isWord(r) {
			starts = starts || r == '.' || r == '!' || r == '?' || r == '\n' || r == ':' || r == ';'
			at++
			continue
		}
		end := at + 1
		for end < len(glyphs) && isWord(glyphs[end].r) && isDigit(glyphs[end].r) == isDigit(r) {
			end++
		}
		words = append(words, newWord(glyphs, at, end, starts))
		starts, at = false, end
	}
	return joinLetters(glyphs, words)
}

func newWord(glyphs []glyph, from, to int, starts bool) word {
	w := word{from: from, to: to, digits: isDigit(glyphs[from].r), upper: glyphs[from].upper, starts: starts, foreign: true}
	w.glued = from > 0 && isWord(glyphs[from-1].r)
	letters := make([]rune, 0, to-from)
	for _, g := range glyphs[from:to] {
		letters = append(letters, g.r)
		w.foreign = w.foreign && g.foreign
	}
	w.text = string(letters)
	return w
}

// joinLetters puts words together whose letters were written apart: "J a n", "F.a.t.i.m.a". Where a capital follows
// on a small letter, or the gap is wider, another word begins.
func joinLetters(glyphs []glyph, words []word) []word {
	joined := words[:0]
	for at := 0; at < len(words); {
		end := at
		for end < len(words) && words[end].lone() && (end == at || words[end].from-words[end-1].to <= 3) {
			end++
		}
		if end-at < 3 {
			joined = append(joined, words[at])
			at++
			continue
		}
		for at < end {
			w, letters := words[at], []byte(words[at].text)
			for at++; at < end && goesOn(glyphs, words[at-1], words[at]); at++ {
				letters, w.to = append(letters, words[at].text...), words[at].to
				w.foreign = w.foreign && words[at].foreign
			}
			w.text = string(letters)
			joined = append(joined, w)
		}
	}
	return joined
}

// lone reports whether w is one letter that stands apart.
func (w word) lone() bool { return w.to-w.from == 1 && !w.digits && !w.glued }

// goesOn reports whether the letter b belongs to the same word as the letter a before it.
func goesOn(glyphs []glyph, a, b word) bool {
	return b.from-a.to == 1 && glyphs[a.to].r != '\'' && !(b.upper && !a.upper)
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

func isWord(r rune) bool { return isDigit(r) || 'a' <= r && r <= 'z' || unicode.IsLetter(r) }

// texts is the words of t.
func (t *text) texts() []string {
	texts := make([]string, len(t.words))
	for i, w := range t.words {
		texts[i] = w.text
	}
	return texts
}

// joined is words first to last with one space between them.
func (t *text) joined(first, last int) string {
	whole := t.words[first].text
	for _, w := range t.words[first+1 : last+1] {
		whole += " " + w.text
	}
	return whole
}

// word is the text of word i, empty outside the text.
func (t *text) word(i int) string {
	if i < 0 || i >= len(t.words) {
		return ""
	}
	return t.words[i].text
}

// gap is the glyphs between word i and the one before it.
func (t *text) gap(i int) []glyph {
	from, to := 0, len(t.glyphs)
	if i > 0 {
		from = t.words[i-1].to
	}
	if i < len(t.words) {
		to = t.words[i].from
	}
	return t.glyphs[from:max(from, to)]
}

// near reports whether word i follows the one before it with nothing but a few of the given characters between them.
func (t *text) near(i int, between string) bool {
	if i <= 0 || i >= len(t.words) {
		return false
	}
	gap := t.gap(i)
	if len(gap) > longestGap {
		return false
	}
	for _, g := range gap {
		if !contains(between, g.r) {
			return false
		}
	}
	return true
}

func contains(among string, r rune) bool {
	for _, one := range among {
		if one == r {
			return true
		}
	}
	return false
}

// has reports whether the gap before word i holds r.
func (t *text) has(i int, r rune) bool {
	for _, g := range t.gap(i) {
		if g.r == r {
			return true
		}
	}
	return false
}
