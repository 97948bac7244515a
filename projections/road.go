package projections

import (
	"encoding/binary"
	"iter"

	"signaalboek/domain"
)

// roadStep is one step of a signal or recommendation.
type roadStep struct {
	thing  thingNo
	on     domain.Date
	saying sayingNo
	detail detail
}

// detail is what else a step says: the day of the promise that a discussion made, the number in refs of the
// publication of a decision, or how many people heard a feedback. No step says two of them.
type detail int32

// road is the steps of one practice, in log order. They are only ever read one after the other, so each is written as
// what differs from the one before it: about six bytes.
type road struct {
	stretches [][]byte // each can be read by itself
	last      roadStep // of the last stretch
}

const (
	stretchSize = 4 << 10
	mostStep    = 4 * binary.MaxVarintLen32
)

func (r *road) add(step roadStep) {
	at := len(r.stretches) - 1
	if at < 0 || len(r.stretches[at])+mostStep > stretchSize {
		r.stretches, r.last = append(r.stretches, nil), roadStep{}
		at++
		if at > 0 { // the first one stays small as long as it can
			r.stretches[at] = make([]byte, 0, stretchSize)
		}
	}
	to := binary.AppendVarint(r.stretches[at], int64(step.thing)-int64(r.last.thing))
	to = binary.AppendVarint(to, int64(step.on)-int64(r.last.on))
	to = binary.AppendUvarint(to, uint64(step.saying))
	r.stretches[at] = binary.AppendVarint(to, int64(step.detail))
	r.last = step
}

// all is every step, in order. A road that does not exist has none.
func (r *road) all() iter.Seq[roadStep] {
	return func(yield func(roadStep) bool) {
		if r == nil {
			return
		}
		for _, stretch := range r.stretches {
			var step roadStep
			for len(stretch) > 0 {
				stretch = step.next(stretch)
				if !yield(step) {
					return
				}
			}
		}
	}
}

// next reads the step after this one, and gives what stands behind it.
func (s *roadStep) next(from []byte) []byte {
	s.thing = thingNo(int64(s.thing) + takeVarint(&from))
	s.on = domain.Date(int64(s.on) + takeVarint(&from))
	s.saying = sayingNo(takeUvarint(&from))
	s.detail = detail(takeVarint(&from))
	return from
}

func takeUvarint(from *[]byte) uint64 {
	if raw := *from; len(raw) > 0 && raw[0] < 0x80 { // nearly all are small
		*from = raw[1:]
		return uint64(raw[0])
	}
	return takeLong(from)
}

func takeLong(from *[]byte) uint64 {
	value, size := binary.Uvarint(*from)
	*from = (*from)[max(size, 0):]
	return value
}

func takeVarint(from *[]byte) int64 { return unzigzag(takeUvarint(from)) }

// zigzag is a number that counts, of one that may be negative: small if that is near zero.
func zigzag(v int64) uint64   { return uint64(v)<<1 ^ uint64(v>>63) }
func unzigzag(v uint64) int64 { return int64(v>>1) ^ -int64(v&1) }

// codeRoad codes the steps one by one: a snapshot that was damaged must not be read as a road.
func codeRoad(c *coder, r **road) {
	if *r == nil {
		*r = &road{}
	}
	length := 0
	for range (*r).all() {
		length++
	}
	number(c, &length)
	if c.reading {
		for i := 0; i < length && c.err == nil; i++ {
			var step roadStep
			codeRoadStep(c, &step)
			(*r).add(step)
		}
		return
	}
	for step := range (*r).all() {
		codeRoadStep(c, &step)
	}
}
