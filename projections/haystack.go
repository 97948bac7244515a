package projections

import (
	"bytes"
	"slices"
	"strings"
)

// haystack is the folded texts of one practice, one after another, so that a word is looked for in all of them at once:
// from one place where its rarest letter stands to the next. The texts are numbered by whoever adds them.
type haystack struct {
	bales []*bale
}

// bale is texts that lie together in memory: a space before each word of a text, an end after it.
type bale struct {
	words []byte
	texts []baled
}

// baled is a text in a bale, and where it ends there.
type baled struct{ end, text uint32 }

// strawNo is where a text lies in a haystack, counted from 1: its bale, and its number there. 0 is nowhere.
type strawNo uint32

const (
	strawBits = 15      // of the number within a bale
	baleSize  = 1 << 16 // bytes; a text takes two or more, so that strawBits are enough
	textEnd   = '\n'
)

// add adds the words of a text, if it holds any.
func (h *haystack) add(text uint32, folded string) strawNo {
	if folded == "" {
		return 0
	}
	last := len(h.bales) - 1
	if size := len(folded) + 2; last < 0 || len(h.bales[last].words)+size > baleSize {
		h.bales, last = append(h.bales, &bale{words: make([]byte, 0, max(size, baleSize))}), last+1
	}
	b := h.bales[last]
	b.words = append(append(append(b.words, ' '), folded...), textEnd)
	b.texts = append(b.texts, baled{uint32(len(b.words)), text})
	return strawNo(last<<strawBits|len(b.texts)-1) + 1
}

// blank makes that the text at a place is not found any more.
func (h *haystack) blank(at strawNo) {
	if at == 0 {
		return
	}
	b := h.bales[(at-1)>>strawBits]
	clear(b.words[b.begin(int((at-1)&(1<<strawBits-1))):b.texts[(at-1)&(1<<strawBits-1)].end])
}

// each visits every text that holds all of some words, and tells whether one of them only stands inside others.
func (h *haystack) each(needles []needle, visit func(text uint32, inside bool)) {
	rarest := slices.MinFunc(needles, func(a, b needle) int { return rarity(a.letter()) - rarity(b.letter()) })
	for _, b := range h.bales {
		b.each(rarest, needles, visit)
	}
}

func (b *bale) each(rarest needle, needles []needle, visit func(text uint32, inside bool)) {
	straw := 0
	for at := 0; ; at = int(b.texts[straw].end) {
		found := rarest.index(b.words[at:])
		if found < 0 {
			return
		}
		straw = b.strawAt(straw, uint32(at+found))
		if holds, inside := lookFor(needles, b.words[b.begin(straw):b.texts[straw].end]); holds {
			visit(b.texts[straw].text, inside)
		}
	}
}

// strawAt is the text that a byte belongs to, which is not before the text from.
func (b *bale) strawAt(from int, at uint32) int {
	for step := 1; ; step *= 2 {
		if to := from + step; to >= len(b.texts) || b.texts[to-1].end > at {
			past, _ := slices.BinarySearchFunc(b.texts[from:min(to, len(b.texts))], at+1, func(t baled, end uint32) int {
				return int(t.end) - int(end)
			})
			return from + past
		}
		from += step
	}
}

func (b *bale) begin(straw int) uint32 {
	if straw == 0 {
		return 0
	}
	return b.texts[straw-1].end
}

// needle is a word that is looked for, and the same with a space before it.
type needle struct {
	word, spaced []byte
	rare         int // where its rarest letter is
}

func needlesOf(words []string) (needles []needle) {
	for _, word := range words {
		n := needle{word: []byte(word), spaced: []byte(" " + word)}
		for at := range n.word {
			if rarity(n.word[at]) < rarity(n.letter()) {
				n.rare = at
			}
		}
		needles = append(needles, n)
	}
	return needles
}

func (n needle) letter() byte { return n.word[n.rare] }

// index is where a word first stands, as bytes.Index has it, but it stops at the rarest letter only.
func (n needle) index(in []byte) int {
	for from := n.rare; from < len(in); from++ {
		next := bytes.IndexByte(in[from:], n.letter())
		if next < 0 {
			return -1
		}
		from += next
		if bytes.HasPrefix(in[from-n.rare:], n.word) {
			return from - n.rare
		}
	}
	return -1
}

// rarity is lower for rarer letters of Dutch; lowest for what is none.
func rarity(letter byte) int { return strings.IndexByte("qxyfzcjpwbumkvhglsdoritane", letter) }

// lookFor tells whether a text holds every word, and whether one of them only stands inside others.
func lookFor(needles []needle, folded []byte) (holds, inside bool) {
	for _, n := range needles {
		at := bytes.Index(folded, n.word)
		if at < 0 {
			return false, false
		}
		inside = inside || folded[at-1] != ' ' && !bytes.Contains(folded[at:], n.spaced)
	}
	return true, inside
}
