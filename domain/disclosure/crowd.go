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
	n := 0
	for w := range c.words {
		n += bits.OnesCount64(c.members(w, t, toldFirst))
	}
	return n
}

// members is 64 people: those in a target.
func (c *crowd) members(w int, t target, toldFirst []bool) uint64 {
	switch t.moment {
	case between:
		return c.word(1, w, t, nil) &^ c.word(0, w, t, toldFirst)
	case gone:
		return c.word(0, w, t, nil) &^ c.word(1, w, t, nil)
	}
	return c.word(int(t.moment), w, t, nil)
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
