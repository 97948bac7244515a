package disclosure

import "math/bits"

// crowd is a world turned on its side: for each feature the people who have it, one bit each, so that a group is counted
// by a few words of them.
type crowd struct {
	words   int           // of 64 people
	counted [2][]uint64   // by release
	having  [2][][]uint64 // by release and feature; nil: nobody
}

func (v *view) crowd(rows []pair) *crowd {
	words := (len(rows) + 63) / 64
	c := &crowd{words: words}
	for k := range v.releases {
		c.counted[k] = make([]uint64, words)
		c.having[k] = make([][]uint64, len(v.features))
		for i := range rows {
			if p := rows[i][k]; p != nil {
				c.counted[k][i/64] |= 1 << (i % 64)
				p.features(func(f feature) { c.mark(k, v.numbers, f, i, words) })
			}
		}
	}
	return c
}

func (c *crowd) mark(k int, numbers map[feature]int16, f feature, person, words int) {
	number, told := numbers[f]
	if !told {
		return
	}
	if c.having[k][number] == nil {
		c.having[k][number] = make([]uint64, words)
	}
	c.having[k][number][person/64] |= 1 << (person % 64)
}

// size is how many people are in a target.
func (c *crowd) size(t target, toldFirst []bool) int {
	k := int(t.moment)
	if t.moment == between {
		k = 1
	}
	n := 0
	for w := range c.words {
		in := c.word(k, w, t, nil)
		if in != 0 && t.moment == between {
			in &^= c.word(0, w, t, toldFirst)
		}
		n += bits.OnesCount64(in)
	}
	return n
}

// word is 64 people of a release: those in a target, as far as was told; nil: everything was.
func (c *crowd) word(k, w int, t target, told []bool) uint64 {
	in := c.counted[k][w]
	if t.group != whole && (told == nil || told[t.group]) {
		in &= c.bits(k, t.group, w)
	}
	for _, number := range t.attributes {
		if number == none || in == 0 {
			break
		}
		if told == nil || told[number] {
			in &= c.bits(k, number, w)
		}
	}
	return in
}

func (c *crowd) bits(k int, number int16, w int) uint64 {
	if of := c.having[k][number]; of != nil {
		return of[w]
	}
	return 0
}
