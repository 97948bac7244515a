package guard

import "strings"

// ages finds how old somebody is. The ages of groups ("kinderen van 6 tot 12 jaar", "65-plussers", "de 12-jarigen") and
// how long something lasts ("al 10 jaar") are no ages.
func ages(s *search) {
	for i := range s.text.words {
		if !s.text.free(s.text.words[i].from, s.text.words[i].to) {
			continue
		}
		if spelled[strings.TrimSuffix(s.text.words[i].text, "jarige")] != "" && strings.HasSuffix(s.text.words[i].text, "jarige") {
			s.addWords(Age, Ask, i, i)
			continue
		}
		digits, next := digitsAt(s.text, i)
		if len(digits) == 0 || len(digits) > 3 || atoi(digits) > 110 || !s.text.free(s.text.words[i].from, s.text.words[next-1].to) {
			continue
		}
		if last, ok := s.ageOf(i, next, digits); ok {
			s.addWords(Age, Ask, i, last)
		}
	}
}

// ageOf reports whether the number from word i up to next is somebody's age, and the last word of it.
func (s *search) ageOf(i, next int, digits string) (last int, ok bool) {
	t := s.text
	unit := t.near(next, " -") && ageUnits[t.word(next)]
	switch {
	case t.near(next, " -") && t.word(next) == "jarige":
		return next, true
	case t.near(next, " -") && t.word(next) == "jarig" && onePerson[t.word(next+1)]:
		return next, true
	case unit && t.near(next+1, " ") && (t.word(next+1) == "oud" || t.word(next+1) == "jong"):
		return next + 1, !s.ranged(i)
	case t.near(next, " -") && t.word(next) == "ans" && t.near(i, " '") && (t.word(i-1) == "a" || t.word(i-1) == "de"):
		return next, true
	case t.word(next) == "j" && t.near(next, " ") && t.words[i].digits:
		return next, !s.ranged(i)
	case t.word(i-1) == "leeftijd" && t.near(i, " :"), t.word(i-2) == "leeftijd" && (t.word(i-1) == "van" || t.word(i-1) == "is"):
		return max(next-1, unitEnd(unit, next)), true
	case t.word(i-1) == "van" && t.near(i, " ") && s.personBefore(i-1) && (unit || aged[t.word(i-2)] && !follows(t, next)):
		return max(next-1, unitEnd(unit, next)), !s.ranged(i) && t.word(next) != "tot"
	case ageVerbs[t.word(i-1)] && (s.personBefore(i-1) || pronouns[t.word(i-2)]) && (unit && !lasting[t.word(next+1)] ||
		!unit && len(digits) == 2 && !follows(t, next)):
		return max(next-1, unitEnd(unit, next)), true
	case unit && t.has(i, ',') && s.personBefore(i) && !lasting[t.word(next+1)]:
		return next, true
	case t.before(i) == '(' && t.after(next-1) == ')' && t.words[i].digits && s.personBefore(i):
		return next - 1, true
	}
	return 0, false
}

func unitEnd(unit bool, next int) int {
	if unit {
		return next
	}
	return next - 1
}

// follows reports whether a word follows in the same breath: "een gezin van 5 personen" tells no age.
func follows(t *text, i int) bool {
	return i < len(t.words) && t.near(i, " ") && !t.words[i].digits && !afterAge[t.words[i].text]
}

// personBefore reports whether one of the two words before word i is one person.
func (s *search) personBefore(i int) bool {
	for back := 1; back <= 2 && i-back >= 0; back++ {
		if w := s.text.words[i-back]; onePerson[w.text] || w.upper && givenNames[w.text] != 0 {
			return true
		}
	}
	return false
}

// ranged reports whether the number at word i belongs to a span or a limit.
func (s *search) ranged(i int) bool {
	return limits[s.text.word(i-1)] || s.text.near(i, "-– ") && i > 0 && s.text.words[i-1].digits
}

var (
	// of whom a number alone is the age: "een meisje van 8"; "een mama van 3" has three children
	aged = map[string]bool{
		"meisje": true, "jongen": true, "kind": true, "zoon": true, "dochter": true, "zoontje": true, "dochtertje": true, "man": true,
		"vrouw": true, "dame": true, "peuter": true, "kleuter": true, "jongeman": true, "tiener": true, "student": true, "studente": true,
	}
	ageUnits = map[string]bool{"jaar": true, "maanden": true, "maand": true, "weken": true, "jaartjes": true}
	ageVerbs = map[string]bool{"is": true, "wordt": true, "werd": true, "bijna": true, "amper": true, "net": true, "pas": true, "ongeveer": true}
	lasting  = map[string]bool{"geleden": true, "open": true, "bezig": true, "te": true, "lang": true, "later": true, "getrouwd": true}
	limits   = map[string]bool{
		"tot": true, "vanaf": true, "onder": true, "boven": true, "sinds": true, "na": true, "voor": true, "tussen": true,
		"min": true, "plus": true, "minstens": true, "hoogstens": true, "maximum": true, "minimum": true,
	}
	afterAge = map[string]bool{
		"die": true, "en": true, "met": true, "uit": true, "kan": true, "wil": true, "is": true, "heeft": true, "komt": true, "zoekt": true,
		"zit": true, "woont": true, "durft": true, "krijgt": true, "mag": true, "moet": true, "was": true, "vraagt": true,
	}
	pronouns = map[string]bool{"hij": true, "zij": true, "ze": true, "haar": true, "hem": true, "die": true, "zelf": true, "ik": true}
)
