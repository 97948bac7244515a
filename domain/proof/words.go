package proof

import (
	"encoding/binary"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// Sixteen consonants and four vowels make a word of five letters out of sixteen bits (the scheme is D. S. Wilkerson's
// proquint): it can be read aloud, and heard right.
const (
	consonants = "bdfghjklmnprstvz"
	vowels     = "aiou"
)

// wordsOfRoot is how many words a root is written in: 128 of its 256 bits, more than anybody can match by trying.
const wordsOfRoot = 8

// Words are the first half of a root for people: eight words of five letters, to compare by eye or over the telephone.
func Words(root tlog.Hash) []string {
	words := make([]string, wordsOfRoot)
	for i := range words {
		words[i] = word(binary.BigEndian.Uint16(root[2*i:]))
	}
	return words
}

func word(bits uint16) string {
	return string([]byte{
		consonants[bits>>12], vowels[bits>>10&3], consonants[bits>>6&15], vowels[bits>>4&3], consonants[bits&15],
	})
}

// isWord reports whether a word is one of those in which roots are written.
func isWord(word string) bool {
	if len(word) != 5 {
		return false
	}
	for i, letters := range []string{consonants, vowels, consonants, vowels, consonants} {
		if strings.IndexByte(letters, word[i]) < 0 {
			return false
		}
	}
	return true
}
