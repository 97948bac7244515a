package projections

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"signaalboek/domain/vocabulary"
)

// folded is a text as it is compared, and where each of its bytes comes from.
type folded struct {
	text string
	from []int32 // where the character of each byte begins in the original
	to   []int32 // and where it ends, with the accents that follow it
}

// fold is a text as it is compared, with where everything comes from.
func fold(text string) folded {
	var out strings.Builder
	f := folded{from: make([]int32, 0, len(text)), to: make([]int32, 0, len(text))}
	eachFolded(text, func(plain string, from, to int32) {
		if plain == "" {
			f.to[len(f.to)-1] = to
			return
		}
		out.WriteString(plain)
		for range len(plain) {
			f.from, f.to = append(f.from, from), append(f.to, to)
		}
	})
	f.text = out.String()
	return f
}

// foldedWords is a text as it is compared, and no more.
func foldedWords(text string) string {
	var out strings.Builder
	out.Grow(len(text))
	eachFolded(text, func(plain string, _, _ int32) { out.WriteString(plain) })
	return out.String()
}

// eachFolded gives a text without accents, capitals and punctuation, one space between words, as vocabulary.Fold has
// it, for every script: each character with where it begins and ends, and nothing for an accent that follows one.
func eachFolded(text string, visit func(plain string, from, to int32)) {
	begun, gap := false, false
	for at, r := range text {
		plain, mark := foldRune(r)
		end := int32(at + runeLen(text, at))
		switch {
		case mark && (gap || !begun):
			continue
		case mark:
		case plain == "":
			gap = true
			continue
		case gap && begun:
			plain = " " + plain
		}
		gap, begun = false, true
		visit(plain, int32(at), end)
	}
}

var lowerASCII = func() (plain [utf8.RuneSelf]string) {
	for r := range plain {
		plain[r] = vocabulary.Fold(string(rune(r)))
	}
	return plain
}()

// foldRune is what a character compares as: nothing, if it stands between words; a mark, if it is an accent by itself.
func foldRune(r rune) (plain string, mark bool) {
	if r < utf8.RuneSelf {
		return lowerASCII[r], false
	}
	if unicode.Is(unicode.Mn, r) {
		return "", true
	}
	if plain = vocabulary.Fold(string(r)); plain == string(unicode.ToLower(r)) {
		plain = vocabulary.Fold(norm.NFKD.String(plain))
	}
	return plain, false
}

const (
	snippetLength = 160 // bytes, about
	snippetBefore = 50  // of those, before the first mark
)

// snippet is the part of a text around the first of words, and where words stand in it.
func snippet(text string, words []string) (string, []Span) {
	marks := find(fold(text), words)
	if len(marks) == 0 {
		return shortened(text, 0, min(len(text), snippetLength), nil)
	}
	from := min(marks[0].From, wordStart(text, max(0, marks[0].From-snippetBefore)))
	return shortened(text, from, max(marks[0].To, min(len(text), from+snippetLength)), marks)
}

// find is where words stand in the original of a folded text, in order; those that overlap are one.
func find(in folded, words []string) []Span {
	var all []Span
	for _, word := range words {
		for at := 0; ; at++ {
			next := strings.Index(in.text[at:], word)
			if next < 0 {
				break
			}
			at += next
			all = append(all, Span{int(in.from[at]), int(in.to[at+len(word)-1])})
		}
	}
	slices.SortFunc(all, func(a, b Span) int { return a.From - b.From })
	var joined []Span
	for _, span := range all {
		if last := len(joined) - 1; last >= 0 && span.From <= joined[last].To {
			joined[last].To = max(joined[last].To, span.To)
			continue
		}
		joined = append(joined, span)
	}
	return joined
}

// shortened is the part of a text between two places, cut between words, with what marks it holds. Dots say that
// something was left out.
func shortened(text string, from, to int, marks []Span) (string, []Span) {
	to = wordEnd(text, to)
	before, after := "", ""
	if from > 0 {
		before = "… "
	}
	if to < len(text) {
		after = " …"
	}
	var kept []Span
	for _, mark := range marks {
		if mark.From >= from && mark.To <= to {
			kept = append(kept, Span{mark.From - from + len(before), mark.To - from + len(before)})
		}
	}
	return before + text[from:to] + after, kept
}

// wordStart is the beginning of the first word that begins at or after a place; of the text, at its beginning.
func wordStart(text string, at int) int {
	if at == 0 {
		return 0
	}
	if space := strings.IndexByte(text[at-1:], ' '); space >= 0 {
		return at + space
	}
	return 0
}

// wordEnd is the end of the word at a place.
func wordEnd(text string, at int) int {
	if space := strings.IndexByte(text[at:], ' '); space >= 0 {
		return at + space
	}
	return len(text)
}

// runeLen is the length of the character at a place, one byte if it is none.
func runeLen(text string, at int) int {
	_, size := utf8.DecodeRuneInString(text[at:])
	return size
}
