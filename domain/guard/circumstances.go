package guard

// circumstances finds what is harmless alone and tells together who somebody is: two or more of origin, family, illness,
// job, school, faith, rare event and role, said of one person or household. What is said of a group ("Oekraïense
// gezinnen") tells nobody, and does not count.
func circumstances(s *search) {
	said := s.circumstancesOfOne()
	classes := map[Class]bool{}
	for _, f := range said {
		classes[f.Class] = true
	}
	other := map[Class]bool{}
	for _, f := range s.found {
		if identifies[f.Class] && f.Verdict == Ask {
			other[f.Class] = true
		}
	}
	if len(classes) >= 2 || len(classes) == 1 && len(other) >= 2 {
		for _, f := range said {
			s.addWords(f.Class, Ask, f.Start, f.End)
		}
	}
}

// circumstancesOfOne is every circumstance in the sentences about one person, from word Start to word End.
func (s *search) circumstancesOfOne() []Finding {
	var said []Finding
	one := false // whether the sentence is about one person
	for i := 0; i < len(s.text.words); i++ {
		w := s.text.words[i]
		if i == 0 || w.starts {
			one = s.aboutOne(i, one)
		}
		if !one || !s.text.free(w.from, w.to) {
			continue
		}
		if class, last, ok := s.circumstanceAt(i); ok {
			said = append(said, Finding{Class: class, Start: i, End: last})
			i = last
		}
	}
	return said
}

var (
	circumstanceWords = sayingsOf("circumstances.txt")
	countries         = wordsOf("known.txt", "countries")
	onePerson         = wordsOf("people.txt", "one")
	manyPeople        = wordsOf("people.txt", "many")
	itself            = wordsOf("people.txt", "pronouns")
	singularVerbs     = wordsOf("people.txt", "singular verbs")
	offices           = wordsOf("people.txt", "offices")
	children          = wordsOf("people.txt", "children")
)

// aboutOne reports whether the sentence that begins at word i is about one person: it names one, or goes on about one
// with a pronoun.
func (s *search) aboutOne(i int, before bool) bool {
	for at := i; at < len(s.text.words) && (at == i || !s.text.words[at].starts); at++ {
		w := s.text.words[at]
		named := w.upper && givenNames[w.text] == onlyName && !w.known
		if named || onePerson[w.text] || before && itself[w.text] || s.text.singular(at) || s.text.somebody(at) {
			return true
		}
	}
	return false
}

// singular reports whether word i is "ze" or "zij" of one woman: beside a verb in the singular.
func (t *text) singular(i int) bool {
	return (t.words[i].text == "ze" || t.words[i].text == "zij") &&
		(t.near(i+1, " ") && singularVerbs[t.word(i+1)] || t.near(i, " ") && singularVerbs[t.word(i-1)])
}

// somebody reports whether one person is meant by what she does: "de kapster". Those who speak for an office, such as a
// doctor, are not meant themselves.
func (t *text) somebody(i int) bool {
	article := t.word(i - 1)
	if article != "de" && article != "een" && article != "onze" || offices[t.words[i].text] || t.words[i].ours {
		return false
	}
	_, class, found := circumstanceWords.at(t, i)
	return found && (class == Job || class == Role)
}

// circumstanceAt is the circumstance that begins at word i, and its last word.
func (s *search) circumstanceAt(i int) (class Class, last int, ok bool) {
	t := s.text
	if digits, next := digitsAt(t, i); digits != "" && len(digits) <= 2 && children[t.word(next)] && t.near(next, " ") &&
		digits != "1" && !manyPeople[t.word(i-2)] {
		return Family, next, true
	}
	if (t.words[i].text == "uit" || t.words[i].text == "van") && countries[t.word(i+1)] {
		return Origin, i + 1, true
	}
	last, class, ok = circumstanceWords.at(t, i)
	if !ok || t.words[i].ours {
		return "", i, false
	}
	return class, last, !manyPeople[t.word(last+1)]
}
