package guard

// emails finds e-mail addresses, also when their signs are written out: "jan punt p at gmail punt com".
func emails(s *search) {
	for i := 1; i < len(s.text.words); i++ {
		if last, ok := s.text.domainAfterAt(i); ok && s.text.free(s.text.words[i].from, s.text.words[last].to) {
			s.addWords(Email, Block, s.text.localPart(i-1), last)
		}
	}
	for at := range s.text.glyphs {
		if s.text.glyphs[at].r == '@' && !s.text.glyphs[at].taken {
			s.handleAt(at)
		}
	}
}

var atWords = wordsOf("cues.txt", "at")
var dotWords = wordsOf("cues.txt", "dot")

var topDomains = wordsOf("cues.txt", "domain")

// domainAfterAt reports whether word i is the first of a domain that follows on an at sign or a word for it, and where
// the domain ends.
func (t *text) domainAfterAt(i int) (last int, ok bool) {
	sign := t.has(i, '@')
	if !sign && !(i >= 2 && atWords[t.words[i-1].text] && t.near(i, " ()[]{}<>*_-.")) {
		return 0, false
	}
	last = i
	for at := i + 1; at < len(t.words); at++ {
		switch {
		case t.near(at, " ()[]{}") && dotWords[t.words[at].text] && at+1 < len(t.words) && t.near(at+1, " ()[]{}"):
			at++
			last, ok = at, ok || topDomains[t.words[at].text]
		case t.has(at, '.') && t.near(at, " .") && (topDomains[t.words[at].text] || !t.has(at, ' ')):
			last, ok = at, ok || topDomains[t.words[at].text]
		case t.words[at].glued || t.near(at, "-_") && !ok:
			last = at
		default:
			return last, ok
		}
	}
	return last, ok
}

// localPart is the first word of what stands before an at sign; word i is the last of it, or the word for the sign.
func (t *text) localPart(i int) int {
	if atWords[t.words[i].text] && i > 0 && !t.has(i+1, '@') {
		i--
	}
	for i > 0 {
		switch {
		case i > 1 && dotWords[t.words[i-1].text] && t.near(i, " ") && t.near(i-1, " "):
			i -= 2
		case t.words[i].glued || t.near(i, ".-_+"), t.words[i].to-t.words[i].from == 1 && t.near(i, " ") && t.has(i+1, ' '):
			i--
		default:
			return i
		}
	}
	return i
}

// handleAt notes a name on a social medium: an at sign with a word glued to it, and none before.
func (s *search) handleAt(at int) {
	end := at + 1
	for end < len(s.text.glyphs) && (isWord(s.text.glyphs[end].r) || contains("._-", s.text.glyphs[end].r)) {
		end++
	}
	for end > at+1 && contains(".-", s.text.glyphs[end-1].r) {
		end--
	}
	if end-at < 3 {
		return
	}
	from := at
	for from > 0 && (isWord(s.text.glyphs[from-1].r) || contains("._-+", s.text.glyphs[from-1].r)) {
		from--
	}
	class := Handle
	if from < at {
		class = Email
	}
	if s.text.free(from, end) {
		s.add(class, Block, from, end)
	}
}

var media = wordsOf("cues.txt", "medium")

// handles finds the other names on social media: "instagram: fatima_e", "facebook.com/jan.p", "snap is koen99".
func handles(s *search) {
	for i := range s.text.words {
		if !media[s.text.words[i].text] {
			continue
		}
		at := i + 1
		if s.text.near(at, ".") && topDomains[s.text.word(at)] {
			if s.text.near(at+1, "/@") && s.text.has(at+1, '/') {
				s.handle(i, at+1, true)
			}
			continue
		}
		for s.text.near(at, " :-") && linking[s.text.word(at)] {
			at++
		}
		if s.text.near(at, " :-\"'(") {
			s.handle(at, at, false)
		}
	}
}

var linking = wordsOf("cues.txt", "after a medium")

// handle notes the name that begins at word i, if it looks like one: joined by dots or lines, with digits in it, or in an
// address. What is noted begins at word first.
func (s *search) handle(first, i int, address bool) {
	last := i
	for last+1 < len(s.text.words) && (s.text.words[last+1].glued || s.text.near(last+1, "._") && !s.text.words[last+1].starts ||
		s.text.near(last+1, ".") && len(s.text.gap(last+1)) == 1) {
		last++
	}
	if (address || last > i) && !s.text.words[i].digits && s.text.free(s.text.words[i].from, s.text.words[last].to) &&
		!s.text.words[i].known && (last > i || !plainWords[s.text.words[i].text]) {
		s.addWords(Handle, Block, first, last)
	}
}
