package guard

import (
	"embed"
	"strings"
)

// phrases is sayings of one or more words, each with what it means, by their first word. A saying ending in * stands
// for all words that begin so.
type phrases map[string][]phrase

type phrase struct {
	rest  []string
	class Class
}

func (p phrases) add(words []string, class Class) {
	if len(words) > 0 {
		p[words[0]] = append(p[words[0]], phrase{words[1:], class})
	}
}

// at is the longest saying that begins at word i: its last word and meaning.
func (p phrases) at(t *text, i int) (last int, class Class, found bool) {
	for _, said := range p[t.words[i].text] {
		end := i + len(said.rest)
		if end < len(t.words) && (!found || end > last) && said.follows(t, i) {
			last, class, found = end, said.class, true
		}
	}
	if !found {
		class, found = p.part(t.words[i].text)
		last = i
	}
	return last, class, found
}

func (said phrase) follows(t *text, i int) bool {
	for n, want := range said.rest {
		if t.words[i+1+n].text != want || !t.near(i+1+n, " -.'&/\n\"") {
			return false
		}
	}
	return true
}

// The beginnings and ends of words that stand for many are four to sixteen letters long.
const shortestPart, longestPart = 4, 16

// part is what the longest beginning of a word means that stands for many, or else its longest end.
func (p phrases) part(whole string) (Class, bool) {
	for n := min(len(whole), longestPart); n >= shortestPart; n-- {
		if said := p[whole[:n]+"*"]; len(said) > 0 {
			return said[0].class, true
		}
	}
	for n := min(len(whole)-1, longestPart); n >= shortestPart; n-- {
		if said := p["*"+whole[len(whole)-n:]]; len(said) > 0 {
			return said[0].class, true
		}
	}
	return "", false
}

// The lists of words that the guard knows, one saying between commas, in lower case and without accents.
//
//go:embed words
var files embed.FS

// section is one part of a list: "[title]", then sayings; "#" begins a comment.
type section struct {
	title   string
	sayings []string
}

// Read once, when the program starts; a list that is not there cannot get further than the first test.
func mustRead(name string) []section {
	raw, err := files.ReadFile("words/" + name)
	if err != nil {
		panic("guard: " + err.Error())
	}
	var sections []section
	for line := range strings.Lines(string(raw)) {
		line, _, _ = strings.Cut(strings.TrimSpace(line), "#")
		if title, ok := strings.CutPrefix(line, "["); ok {
			sections = append(sections, section{title: strings.TrimRight(title, "] ")})
			continue
		}
		for saying := range strings.SplitSeq(line, ",") {
			if saying = strings.TrimSpace(saying); saying != "" {
				last := &sections[len(sections)-1]
				last.sayings = append(last.sayings, saying)
			}
		}
	}
	return sections
}

// sayingsOf is the sayings of a list as phrases, each with its section's title for meaning.
func sayingsOf(name string) phrases {
	all := phrases{}
	for _, part := range mustRead(name) {
		for _, saying := range part.sayings {
			words := []string{saying}
			if !strings.Contains(saying, "*") {
				words = read(saying).texts()
			}
			all.add(words, Class(part.title))
		}
	}
	return all
}

// wordsOf is the sayings of one section of a list as a set.
func wordsOf(name, title string) map[string]bool {
	all := map[string]bool{}
	for _, part := range mustRead(name) {
		for _, saying := range part.sayings {
			if part.title == title {
				all[saying] = true
			}
		}
	}
	if len(all) == 0 {
		panic("guard: " + name + " has no section " + title)
	}
	return all
}
