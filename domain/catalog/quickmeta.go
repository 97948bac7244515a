package catalog

import (
	"bytes"
	"encoding/base64"

	"github.com/google/uuid"

	"signaalboek/domain"
)

// quickMeta reads metadata that stand exactly as EncodeTrail writes them, which is all that this program ever wrote. It
// is there because a replay reads them with every event: the general decoder took a third of the time of decoding, most
// of it for commitments that nobody looks at. False means: something is otherwise, so let the general decoder say what;
// nothing is taken here that it would refuse.
func quickMeta(raw []byte) (meta domain.Meta, ok bool) {
	q := quickReader{raw: raw}
	meta.Command = q.id(`{"command":"`)
	meta.Actor = q.id(`","actor":"`)
	meta.Practice = q.practice(`","practice":"`)
	meta.On = q.date(`","on":"`)
	q.base64(`","body":"`)
	q.base64(`","nonce":"`)
	q.base64(`","fields":"`)
	q.skip(`"}`)
	return meta, !q.otherwise && len(q.raw) == 0
}

// quickReader takes one part after another off raw, until something is otherwise.
type quickReader struct {
	raw       []byte
	otherwise bool
}

// skip takes off a text that must come now.
func (q *quickReader) skip(text string) {
	if q.otherwise || len(q.raw) < len(text) || string(q.raw[:len(text)]) != text {
		q.otherwise = true
		return
	}
	q.raw = q.raw[len(text):]
}

// take is the next n bytes.
func (q *quickReader) take(n int) []byte {
	if q.otherwise || n < 0 || len(q.raw) < n {
		q.otherwise = true
		return nil
	}
	taken := q.raw[:n]
	q.raw = q.raw[n:]
	return taken
}

// value is everything up to the next quote.
func (q *quickReader) value() []byte { return q.take(bytes.IndexByte(q.raw, '"')) }

func (q *quickReader) id(before string) uuid.UUID {
	q.skip(before)
	id, err := uuid.ParseBytes(q.take(36))
	q.otherwise = q.otherwise || err != nil
	return id
}

func (q *quickReader) practice(before string) domain.PracticeID {
	q.skip(before)
	practice := domain.PracticeID(q.value())
	q.otherwise = q.otherwise || !practice.Valid()
	return practice
}

func (q *quickReader) date(before string) domain.Date {
	q.skip(before)
	day, err := domain.ParseDate(string(q.value()))
	q.otherwise = q.otherwise || err != nil
	return day
}

// base64 takes off bytes that nobody needs, after a look whether they could be read.
func (q *quickReader) base64(before string) {
	q.skip(before)
	value := q.value()
	if len(value)%4 != 0 {
		q.otherwise = true
	}
	if q.otherwise || len(value) == 0 {
		return
	}
	last := len(value) - 4
	for _, c := range value[:last] {
		if !inBase64[c] {
			q.otherwise = true
			return
		}
	}
	var end [3]byte
	_, err := base64.StdEncoding.Strict().Decode(end[:], value[last:])
	q.otherwise = err != nil || bytes.ContainsAny(value[last:], "\r\n")
}

// inBase64 is which bytes stand for six bits.
var inBase64 = func() (in [256]bool) {
	for _, c := range "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/" {
		in[c] = true
	}
	return in
}()
