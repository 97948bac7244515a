package guard_test

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"signaalboek/domain/guard"
	"signaalboek/domain/vocabulary"
)

// note is one labelled text of the corpus under testdata; the heads of its files tell the format.
type note struct {
	stratum string
	want    guard.Verdict // "clean" if there is nothing to find
	text    string
	spans   []span
}

type span struct {
	class      guard.Class
	start, end int
}

const clean guard.Verdict = "clean"

// The practice whose notes the corpus holds, with the site that its sources name.
func harelbeke() *guard.Guard {
	book, _ := vocabulary.Defaults(vocabulary.Harelbeke2022)
	return guard.New(book, "Gentsestraat 9")
}

func readCorpus(t testing.TB, split string) []note {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + split + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	var notes []note
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, "#") {
			continue
		}
		parts := strings.Split(line, "\t")
		if len(parts) != 3 {
			t.Fatalf("%s: not three columns: %q", split, line)
		}
		notes = append(notes, parseNote(t, parts[0], guard.Verdict(parts[1]), parts[2]))
	}
	return notes
}

func parseNote(t testing.TB, stratum string, want guard.Verdict, marked string) note {
	n := note{stratum: stratum, want: want}
	var text strings.Builder
	for rest := marked; rest != ""; {
		before, inside, found := strings.Cut(rest, "{")
		text.WriteString(unescape(t, before))
		if !found {
			break
		}
		label, after, _ := strings.Cut(inside, "}")
		class, labelled, ok := strings.Cut(label, ":")
		if !ok {
			t.Fatalf("a span without a class: %q", marked)
		}
		start := text.Len()
		text.WriteString(unescape(t, labelled))
		n.spans = append(n.spans, span{guard.Class(class), start, text.Len()})
		rest = after
	}
	n.text = text.String()
	return n
}

func unescape(t testing.TB, s string) string {
	if !strings.Contains(s, `\u`) {
		return s
	}
	plain, err := strconv.Unquote(`"` + strings.ReplaceAll(s, `"`, `\"`) + `"`)
	if err != nil {
		t.Fatalf("unescape %q: %v", s, err)
	}
	return plain
}

// score is what a guard makes of the notes of one split.
type score struct {
	classes map[guard.Class]share // of the labelled spans of a class, those found as such, or blocked as anything
	strata  map[string]share      // of the notes of a stratum, those with the verdict they should have, or a stricter one
	blocked share                 // of the clean notes
	asked   share                 // of the clean notes, blocked ones not counted
	missed  []string              // for whoever tunes
}

type share struct{ hits, of int }

func (s share) with(hit bool) share {
	if hit {
		s.hits++
	}
	s.of++
	return s
}

func (s share) plus(o share) share { return share{s.hits + o.hits, s.of + o.of} }

func measure(g *guard.Guard, notes []note) score {
	s := score{classes: map[guard.Class]share{}, strata: map[string]share{}}
	for _, n := range notes {
		found := g.Check(n.text)
		got := verdict(found)
		if n.want == clean {
			s.blocked, s.asked = s.blocked.with(got == guard.Block), s.asked.with(got == guard.Ask)
			s.strata[n.stratum] = s.strata[n.stratum].with(got == clean)
			s.miss(got != clean, n, found)
			continue
		}
		s.strata[n.stratum] = s.strata[n.stratum].with(got == n.want || got == guard.Block)
		s.miss(got != n.want && got != guard.Block, n, found)
		for _, labelled := range n.spans {
			hit := labelled.in(found)
			s.classes[labelled.class] = s.classes[labelled.class].with(hit)
			s.miss(!hit, n, found)
		}
	}
	return s
}

func (s *score) miss(missed bool, n note, found []guard.Finding) {
	if !missed {
		return
	}
	said := make([]string, len(found))
	for i, f := range found {
		said[i] = f.String() + "=" + n.text[f.Start:f.End]
	}
	s.missed = append(s.missed, n.stratum+" | "+n.text+" | "+strings.Join(said, "; "))
}

// in reports whether some finding covers most of s, with its class or with a block of another identifier.
func (s span) in(found []guard.Finding) bool {
	for _, f := range found {
		both := min(s.end, f.End) - max(s.start, f.Start)
		if 2*both > s.end-s.start && (f.Class == s.class || f.Verdict == guard.Block && f.Class != guard.Together) {
			return true
		}
	}
	return false
}

func verdict(found []guard.Finding) guard.Verdict {
	worst := clean
	for _, f := range found {
		if f.Verdict == guard.Block {
			return guard.Block
		}
		worst = guard.Ask
	}
	return worst
}
