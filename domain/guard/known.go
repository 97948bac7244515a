package guard

// knownPhrases is what everybody knows and is nobody's name: places, organisations, months, languages.
var knownPhrases = sayingsOf("known.txt")

// markKnown marks the words of t that are no names: whole labels and aliases of the practice, single words of them, and
// what everybody knows.
func (g *Guard) markKnown(t *text) {
	for i := range t.words {
		if g.known[t.words[i].text] {
			t.words[i].known = true
		}
		if last, _, found := g.terms.at(t, i); found {
			t.mark(i, last, func(w *word) { w.ours, w.known = true, true })
		}
		if last, class, found := knownPhrases.at(t, i); found && class != "plain" && class != "titles" {
			t.mark(i, last, func(w *word) { w.known = true })
		}
	}
}

func (t *text) mark(first, last int, as func(*word)) {
	for i := first; i <= last; i++ {
		as(&t.words[i])
	}
}
