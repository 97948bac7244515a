package main

import (
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/disclosure"
	"signaalboek/domain/vocabulary"
)

// truth is what stands behind one published count: counted anew from rows, apart from the tabulation that publishes.
type truth struct {
	value   int
	people  int // who add to it
	largest int // the most that one of them adds
}

// behind counts one cell.
func behind(c disclosure.Count, asked cell) truth {
	var t truth
	for _, p := range c.People {
		t.add(adds(p, asked))
	}
	if asked.measure == contacts || asked.measure == requests {
		t.add(adds(c.Nobody, asked))
	}
	for _, voice := range c.Voices {
		switch {
		case string(voice.Group) != asked.category:
		case asked.measure == "meetings":
			t.value = voice.Meetings
		case asked.measure == "present":
			t.value = voice.Present
		}
	}
	return t
}

func (t *truth) add(n int) {
	if n > 0 {
		t.value, t.people, t.largest = t.value+n, t.people+1, max(t.largest, n)
	}
}

// adds is what a person adds to a cell.
func adds(p disclosure.Person, asked cell) int {
	in := domain.Code(asked.category)
	switch asked.table {
	case requests:
		return p.Requests
	case contacts:
		return sumOf(p.Contacts)
	case ofList[vocabulary.Themes]:
		return p.Themes[in]
	case ofList[vocabulary.Approaches]:
		return p.Approaches[in]
	case ofList[vocabulary.Services]:
		return p.Services[in]
	}
	is := func(m measure) bool { return m.name == asked.measure && m.counts(answersOf(&p)) }
	if !slices.ContainsFunc(measures, is) || in != "" && p.Contacts[in] == 0 {
		return 0
	}
	return 1
}

func sumOf(counts map[domain.Code]int) int {
	sum := 0
	for _, n := range counts {
		sum += n
	}
	return sum
}

// restsOnFew reports whether a count that cannot be nothing is of requests of too few people, or half of them of one.
func (t truth) restsOnFew(asked cell, told band) bool {
	return asked.measure == requests && told.least > 0 && (t.people < behindCounts || 2*t.largest > t.value)
}
