package catalog

import (
	"bytes"
	"encoding/base64"
	"time"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// quickReader takes JSON off raw part by part, in the order in which this program writes it, until something is
// otherwise. A member that does not come is left at zero, as the general decoder leaves it; nothing is taken that the
// general decoder would refuse or read as something else.
type quickReader struct {
	raw       []byte
	at        int // of what was not taken yet
	otherwise bool
}

// done reports whether everything was taken, and nothing was otherwise.
func (q *quickReader) done() bool { return !q.otherwise && q.at == len(q.raw) }

// comes reports whether text comes now, as the first or next member or element, and takes it off if it does.
func (q *quickReader) comes(text string) bool {
	if q.otherwise || q.at == 0 {
		return false
	}
	rest := q.raw[q.at:]
	if before := q.raw[q.at-1]; before != '{' && before != '[' {
		if len(rest) == 0 || rest[0] != ',' {
			return false
		}
		rest = rest[1:]
	}
	if len(rest) < len(text) || string(rest[:len(text)]) != text {
		return false
	}
	q.at = len(q.raw) - len(rest) + len(text)
	return true
}

// skip takes off what must come now.
func (q *quickReader) skip(text string) {
	if rest := q.raw[q.at:]; q.otherwise || len(rest) < len(text) || string(rest[:len(text)]) != text {
		q.otherwise = true
		return
	}
	q.at += len(text)
}

// value is everything up to the next quote, which is taken off as well.
func (q *quickReader) value() []byte {
	rest := q.raw[q.at:]
	n := bytes.IndexByte(rest, '"')
	if q.otherwise || n < 0 {
		q.otherwise = true
		return nil
	}
	q.at += n + 1
	return rest[:n]
}

func (q *quickReader) id(member string) (id uuid.UUID) {
	if q.comes(member) {
		id = q.uuid(q.value())
	}
	return id
}

// uuid reads the one form in which ids are written, of the several that can be read.
func (q *quickReader) uuid(value []byte) uuid.UUID {
	id, err := uuid.ParseBytes(value)
	q.otherwise = q.otherwise || err != nil || len(value) != 36
	return id
}

func (q *quickReader) practice(member string) (practice domain.PracticeID) {
	if q.comes(member) {
		practice = domain.PracticeID(q.value())
		q.otherwise = q.otherwise || !practice.Valid()
	}
	return practice
}

// words is the codes and answers that nearly every event is made of: they are kept once, however often they are read.
var words = func() map[string]domain.Code {
	words := map[string]domain.Code{}
	for _, answer := range []domain.Answer{domain.Yes, domain.No, domain.Unknown} {
		words[string(answer)] = domain.Code(answer)
	}
	book, _ := vocabulary.Defaults(vocabulary.Harelbeke2022)
	for _, list := range book.Lists() {
		for _, term := range book.Terms(list) {
			words[string(term.Code)] = term.Code
		}
	}
	return words
}()

func (q *quickReader) code(member string) (code domain.Code) {
	if q.comes(member) {
		code = q.word()
	}
	return code
}

func (q *quickReader) word() domain.Code {
	value := q.value()
	if code, known := words[string(value)]; known {
		return code
	}
	code := domain.Code(value)
	q.otherwise = q.otherwise || !code.Valid()
	return code
}

// codes is a list of them that is not empty.
func (q *quickReader) codes(member string) (codes []domain.Code) {
	if !q.comes(member) {
		return nil
	}
	n := bytes.IndexByte(q.raw[q.at:], ']')
	if n <= 0 {
		q.otherwise = true
		return nil
	}
	codes = make([]domain.Code, 0, 1+bytes.Count(q.raw[q.at:q.at+n], []byte{','}))
	for q.comes(`"`) {
		codes = append(codes, q.word())
	}
	q.skip(`]`)
	return codes
}

// confirmation takes off who else looked: deciders and projections do not ask.
func (q *quickReader) confirmation(member string) {
	if !q.comes(member) {
		return
	}
	q.id(`"by":"`)
	q.codes(`"classes":[`)
	q.skip(`}`)
}

func (q *quickReader) date(member string) (day domain.Date) {
	if !q.comes(member) {
		return 0
	}
	value := q.value()
	if len(value) != len(time.DateOnly) || value[4] != '-' || value[7] != '-' {
		q.otherwise = true
		return 0
	}
	year, month, in := q.number(value[:4]), time.Month(q.number(value[5:7])), q.number(value[8:])
	day = domain.DateOf(year, month, in)
	y, m, d := day.Time().Date()
	q.otherwise = q.otherwise || y != year || m != month || d != in
	return day
}

func (q *quickReader) number(digits []byte) (n int) {
	for _, c := range digits {
		q.otherwise = q.otherwise || c < '0' || c > '9'
		n = 10*n + int(c-'0')
	}
	return n
}

func (q *quickReader) sealed(member string) (text domain.Sealed) {
	if !q.comes(member) {
		return text
	}
	value := q.value()
	err := text.UnmarshalText(value)
	// Base64 may be read with lines in it, and a key in other forms: JSON has them otherwise, or not at all.
	q.otherwise = q.otherwise || err != nil || bytes.IndexByte(value, '.') != 36 || holdsLine(value)
	return text
}

func (q *quickReader) seed(member string) (seed domain.SeedID) {
	if !q.comes(member) {
		return seed
	}
	err := (*SeedName)(&seed).UnmarshalText(q.value())
	q.otherwise = q.otherwise || err != nil
	return seed
}

// base64 takes off bytes that nobody needs, after a look whether they could be read.
func (q *quickReader) base64(member string) {
	if !q.comes(member) {
		return
	}
	value := q.value()
	if len(value)%4 != 0 {
		q.otherwise = true
	}
	if q.otherwise || len(value) == 0 {
		return
	}
	last, odd := len(value)-4, byte(0)
	for _, c := range value[:last] {
		odd |= notBase64[c]
	}
	var end [3]byte
	_, err := base64.StdEncoding.Strict().Decode(end[:], value[last:])
	q.otherwise = odd != 0 || err != nil || holdsLine(value[last:])
}

func holdsLine(value []byte) bool {
	return bytes.IndexByte(value, '\n') >= 0 || bytes.IndexByte(value, '\r') >= 0
}

// notBase64 is 1 for a byte that does not stand for six bits.
var notBase64 = func() (not [256]byte) {
	for c := range not {
		not[c] = 1
	}
	for _, c := range "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/" {
		not[c] = 0
	}
	return not
}()
