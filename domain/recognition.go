package domain

import (
	"bytes"
	"cmp"
	"fmt"
)

// Answer is what somebody said to a question of yes or no. Unknown is not no.
type Answer string

// The answers.
const (
	Yes     Answer = "yes"
	No      Answer = "no"
	Unknown Answer = "unknown"
)

// Valid reports whether a is one of the three answers.
func (a Answer) Valid() bool { return a == Yes || a == No || a == Unknown }

// known reports whether a says anything.
func (a Answer) known() bool { return a == Yes || a == No }

// Pseudonym stands for a person in the contacts of one practice in one year. In another year, and in another practice,
// the same person has another.
type Pseudonym = [16]byte

// SamePerson is two pseudonyms of a practice in one year that turned out to be one person.
type SamePerson struct {
	Year  int
	Kept  Pseudonym
	Other Pseudonym
}

// CompareSamePerson orders pairs by year, then by pseudonyms: it says nothing of who was merged when.
func CompareSamePerson(a, b SamePerson) int {
	return cmp.Or(cmp.Compare(a.Year, b.Year), bytes.Compare(a.Kept[:], b.Kept[:]), bytes.Compare(a.Other[:], b.Other[:]))
}

// Recognition is what a contact's event says, sealed, of the person recognised: a pseudonym that joins the contacts of
// one practice in one year and no others, and two answers said of card and year.
type Recognition struct {
	Pseudonym       Pseudonym
	EarlierYear     Answer // had contact in an earlier year
	EarlierYearHere Answer // had contact in an earlier year at this activity
}

const recognitionSize = 18

// MarshalBinary writes the recognition in 18 bytes, always: its length says nothing.
func (r Recognition) MarshalBinary() ([]byte, error) {
	raw := make([]byte, 0, recognitionSize)
	raw = append(raw, r.Pseudonym[:]...)
	return append(raw, answerByte(r.EarlierYear), answerByte(r.EarlierYearHere)), nil
}

// UnmarshalBinary reads what MarshalBinary wrote.
func (r *Recognition) UnmarshalBinary(raw []byte) error {
	if len(raw) != recognitionSize || raw[16] > 2 || raw[17] > 2 {
		return fmt.Errorf("recognition: not %d bytes in the known form", recognitionSize)
	}
	copy(r.Pseudonym[:], raw)
	r.EarlierYear, r.EarlierYearHere = answers[raw[16]], answers[raw[17]]
	return nil
}

var answers = [3]Answer{Unknown, Yes, No}

func answerByte(a Answer) byte {
	for i, known := range answers {
		if a == known {
			return byte(i)
		}
	}
	return 0
}
