package guard

import "strings"

// ages finds how old somebody is. The ages of groups ("kinderen van 6 tot 12 jaar", "65-plussers", "de 12-jarigen") and
// how long something lasts ("al 10 jaar") are no ages.
func ages(s *search) {
	for i := range s.text.words {
		if !s.text.free(s.text.words[i].from, s.text.words[i].to) {
			continue
		}
		if age, ok := strings.CutSuffix(s.text.words[i].text, "jarige"); ok && spelled[age] != "" {
			s.addWords(Age, Ask, i, i)
			continue
		}
		digits, next := digitsAt(s.text, i)
		if digits == "" || len(digits) > 3 || atoi(digits) > oldest {
			continue
		}
		if last, ok := s.ageOf(i, next, digits); ok && s.text.free(s.text.words[i].from, s.text.words[last].to) {
			s.addWords(Age, Ask, i, last)
		}
	}
}

// oldest is older than anybody is.
const oldest = 115

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
	aged     = wordsOf("ages.txt", "of whom a number alone")
	ageUnits = wordsOf("ages.txt", "units")
	ageVerbs = wordsOf("ages.txt", "verbs")
	lasting  = wordsOf("ages.txt", "lasting")
	limits   = wordsOf("ages.txt", "limits")
	afterAge = wordsOf("ages.txt", "after")
	pronouns = wordsOf("ages.txt", "pronouns")
)
