package guard

// plates finds licence plates: the Belgian forms, those of neighbours, and whatever follows on a word for plate.
func plates(s *search) {
	for i := range s.text.words {
		if plateWords[s.text.words[i].text] {
			if !s.cuedForm(i) {
				s.cuedCode(i, Plate, 2)
			}
			continue
		}
		for _, form := range plateForms {
			if s.plateOf(form, i) {
				break
			}
		}
	}
}

var plateWords = wordsOf("cues.txt", "plate")

// plateForm is how many letters (a) or digits (9) each part of a plate has. An open one may be written with spaces.
type plateForm struct {
	parts []string
	open  bool
}

var plateForms = []plateForm{
	{[]string{"9", "aaa", "999"}, true},
	{[]string{"aaa", "999"}, false}, {[]string{"999", "aaa"}, false},
	{[]string{"aa", "999", "aa"}, true}, {[]string{"aa", "99", "99"}, false},
	{[]string{"99", "aa", "aa"}, false}, {[]string{"aa", "aa", "99"}, false}, {[]string{"9", "aaa", "99"}, false},
	{[]string{"99", "aaa", "9"}, false}, {[]string{"a", "999", "aa"}, false}, {[]string{"aa", "9999", "aa"}, false},
}

// plateOf notes a plate of one form that begins at word i. Written with dashes or in one piece it may be in small
// letters; with spaces it must be in capitals.
func (s *search) plateOf(form plateForm, i int) bool {
	last := i + len(form.parts) - 1
	if last >= len(s.text.words) || s.text.words[i].glued || !s.text.fits(form, i) ||
		last+1 < len(s.text.words) && s.text.words[last+1].glued || !s.text.free(s.text.words[i].from, s.text.words[last].to) {
		return false
	}
	spaced := false
	for at := i + 1; at <= last; at++ {
		spaced = spaced || s.text.has(at, ' ')
	}
	capitals, glued := s.plateLetters(i, last), s.text.words[last].glued
	if !capitals && (spaced || !form.open) || !form.open && (spaced || glued) || !capitals && glued && len(form.parts[0]) > 1 {
		return false
	}
	s.addWords(Plate, Block, i, last)
	return true
}

// plateLetters reports whether all letters of words first to last are capitals, and no word of the practice.
func (s *search) plateLetters(first, last int) bool {
	for _, w := range s.text.words[first : last+1] {
		if !w.digits && (!w.upper || !s.text.glyphs[w.to-1].upper || w.known) {
			return false
		}
	}
	return true
}

// cuedForm notes a plate of any form, also in small letters and with spaces, after a word for plate.
func (s *search) cuedForm(i int) bool {
	for at := i + 1; at < len(s.text.words) && at <= i+4; at++ {
		for _, form := range plateForms {
			last := at + len(form.parts) - 1
			if last < len(s.text.words) && s.text.fits(form, at) && s.text.free(s.text.words[at].from, s.text.words[last].to) {
				s.addWords(Plate, Block, at, last)
				return true
			}
		}
	}
	return false
}

func (t *text) fits(form plateForm, i int) bool {
	for n, part := range form.parts {
		w := t.words[i+n]
		if w.to-w.from != len(part) || w.digits != (part[0] == '9') || n > 0 && !t.near(i+n, "-. /") {
			return false
		}
	}
	return true
}
