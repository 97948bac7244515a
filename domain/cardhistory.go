package domain

import (
	"maps"
	"slices"
)

// CardHistory is what a vault remembers of a card, so that Recognise can say whether somebody is new. Every answer is
// fixed when it is first asked for: a contact that is withdrawn, or arrives late, moves nothing that was said before.
//
// It compares years, never days, and knows two things: in which years and at which activities the card was asked
// about, and what the worker said when making it. Of a year it says:
//
//	earlier year        yes      the card was asked about in an earlier year
//	                    as made  otherwise, in the first year that was ever asked about
//	                    no       otherwise (a late contact, dated before that first year), if the card was made with "no":
//	                             who never came before that year never came before this one either
//	                    unknown  otherwise: what was said of the first year does not tell when
//
//	earlier year here   no       the answer of the year is no
//	                    unknown  the answer of the year is unknown
//	                    yes      otherwise, if the card was asked about at this activity in an earlier year
//	                    no       otherwise, if the card was made with "no": all that person's years are known here
//	                    unknown  otherwise: the years before the card may have been at this activity
//
// So the answer about the activity never claims more than the answer about the year, even when a late contact has
// meanwhile shown that answer to be out of date.
//
// Its form in JSON is the storage format of vaults.
type CardHistory struct {
	Made  Answer            `json:"made"`            // NewCard.EarlierYear
	First int               `json:"first,omitzero"`  // the first year that was asked about; 0: none yet
	Years map[int]*CardYear `json:"years,omitempty"` // by year that was asked about
}

// CardYear is what was answered about a card in one year.
type CardYear struct {
	EarlierYear     Answer          `json:"earlierYear"`
	EarlierYearHere map[Code]Answer `json:"earlierYearHere"`
}

// Said is the two answers of a year and activity, and whether they were given before.
func (h *CardHistory) Said(year int, activity Code) (earlierYear, here Answer, said bool) {
	asked := h.Years[year]
	if asked == nil {
		return "", "", false
	}
	here, said = asked.EarlierYearHere[activity]
	return asked.EarlierYear, here, said
}

// Ask is the two answers of a year and activity. It fixes those that were not asked for before.
func (h *CardHistory) Ask(year int, activity Code) (earlierYear, here Answer) {
	if earlierYear, here, said := h.Said(year, activity); said {
		return earlierYear, here
	}
	asked := h.year(year)
	asked.EarlierYearHere[activity] = h.earlierHere(year, activity, asked.EarlierYear)
	return asked.EarlierYear, asked.EarlierYearHere[activity]
}

func (h *CardHistory) year(year int) *CardYear {
	if asked := h.Years[year]; asked != nil {
		return asked
	}
	if h.Years == nil {
		h.First, h.Years = year, map[int]*CardYear{}
	}
	asked := &CardYear{EarlierYear: h.earlier(year), EarlierYearHere: map[Code]Answer{}}
	h.Years[year] = asked
	return asked
}

func (h *CardHistory) earlier(year int) Answer {
	for asked := range h.Years {
		if asked < year {
			return Yes
		}
	}
	if year == h.First && h.Made.Valid() {
		return h.Made
	}
	return h.noIfMadeNew()
}

func (h *CardHistory) earlierHere(year int, activity Code, earlierYear Answer) Answer {
	if earlierYear != Yes {
		return earlierYear
	}
	for asked, answers := range h.Years {
		if _, here := answers.EarlierYearHere[activity]; here && asked < year {
			return Yes
		}
	}
	return h.noIfMadeNew()
}

func (h *CardHistory) noIfMadeNew() Answer {
	if h.Made == No {
		return No
	}
	return Unknown
}

// Merge is what is remembered of one person who had two cards, h and other. What was said of h is not said otherwise:
//
//	a year that only one was asked about    is kept as it was answered
//	a year that both were asked about       is kept as h answered; activities that only other was asked about are
//	                                        answered from what is known now
//	what was said when the card was made    stands for the person's first year, so that of the earlier first year holds;
//	                                        said of one year, yes and no are unknown together, and unknown gives way
//
// Merging is final: h and other are not changed, and the result remembers nothing of which was which.
func (h *CardHistory) Merge(other *CardHistory) *CardHistory {
	merged := &CardHistory{Made: h.madeWith(other), First: firstYear(h.First, other.First)}
	if len(h.Years)+len(other.Years) == 0 {
		return merged
	}
	merged.Years = map[int]*CardYear{}
	for year, asked := range other.Years {
		merged.Years[year] = asked.clone()
	}
	for year, asked := range h.Years {
		merged.Years[year] = asked.clone()
	}
	for _, year := range slices.Sorted(maps.Keys(other.Years)) { // an answer looks at earlier years
		for activity := range other.Years[year].EarlierYearHere {
			merged.Ask(year, activity)
		}
	}
	return merged
}

// madeWith is the answer that both cards were made with, as one.
func (h *CardHistory) madeWith(other *CardHistory) Answer {
	switch {
	case h.First != other.First && firstYear(h.First, other.First) == h.First:
		return h.Made
	case h.First != other.First:
		return other.Made
	case h.Made == other.Made || !other.Made.known():
		return h.Made
	case !h.Made.known():
		return other.Made
	default:
		return Unknown
	}
}

// firstYear is the earlier of two first years, of which 0 is none.
func firstYear(a, b int) int {
	if a == 0 || b == 0 {
		return max(a, b)
	}
	return min(a, b)
}

func (y *CardYear) clone() *CardYear {
	return &CardYear{EarlierYear: y.EarlierYear, EarlierYearHere: maps.Clone(y.EarlierYearHere)}
}
