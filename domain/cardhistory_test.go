package domain_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
	"signaalboek/domain"
)

const (
	yes, no, unknown = domain.Yes, domain.No, domain.Unknown
)

func TestCardHistory(t *testing.T) {
	type asked struct {
		year     int
		activity domain.Code
		earlier  domain.Answer
		here     domain.Answer
	}
	tests := map[string]struct {
		made  domain.Answer
		asked []asked
	}{
		"somebody new":            {no, []asked{{2022, "soep", no, no}, {2022, "atelier", no, no}}},
		"somebody from before":    {yes, []asked{{2022, "soep", yes, unknown}, {2022, "atelier", yes, unknown}}},
		"nobody knows":            {unknown, []asked{{2022, "soep", unknown, unknown}}},
		"no answer was given":     {"", []asked{{2022, "soep", unknown, unknown}, {2021, "soep", unknown, unknown}}},
		"new, then a second year": {no, []asked{{2022, "soep", no, no}, {2023, "soep", yes, yes}, {2023, "atelier", yes, no}}},
		"from before, then a second year": {yes, []asked{
			{2022, "soep", yes, unknown}, {2023, "soep", yes, yes}, {2023, "atelier", yes, unknown}}},
		"unknown, then a second year": {unknown, []asked{
			{2022, "soep", unknown, unknown}, {2023, "soep", yes, yes}, {2023, "atelier", yes, unknown}}},
		"a late contact of a new one moves nothing": {no, []asked{
			{2022, "soep", no, no}, {2021, "atelier", no, no}, {2022, "soep", no, no}, {2022, "atelier", no, no},
			{2023, "atelier", yes, yes}}},
		"a late contact of one from before": {yes, []asked{
			{2022, "soep", yes, unknown}, {2021, "soep", unknown, unknown}, {2022, "soep", yes, unknown}}},
		"a late contact shows in what is asked later": {yes, []asked{
			{2022, "soep", yes, unknown}, {2021, "atelier", unknown, unknown}, {2022, "atelier", yes, yes}}},
		"an unknown year is not made known by a late contact": {unknown, []asked{
			{2022, "soep", unknown, unknown}, {2021, "atelier", unknown, unknown}, {2022, "atelier", unknown, unknown}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			history := domain.CardHistory{Made: tt.made}
			for i, a := range tt.asked {
				if earlier, here := history.Ask(a.year, a.activity); earlier != a.earlier || here != a.here {
					t.Errorf("asked %d, %d at %s: %s and %s, not %s and %s", i, a.year, a.activity, earlier, here, a.earlier, a.here)
				}
			}
		})
	}
}

// Whatever is asked in whatever order, what was said stays said, and the activity never claims more than the year.
func TestCardHistoryLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		history := domain.CardHistory{Made: rapid.SampledFrom([]domain.Answer{yes, no, unknown}).Draw(t, "made")}
		said := map[question][2]domain.Answer{}
		for range rapid.IntRange(1, 30).Draw(t, "questions") {
			q := questions.Draw(t, "question")
			earlier, here := history.Ask(q.year, q.activity)
			if before, again := said[q]; again && before != [2]domain.Answer{earlier, here} {
				t.Fatalf("%v said %v and then %s, %s", q, before, earlier, here)
			}
			if earlier != yes && here != earlier {
				t.Fatalf("%v: earlier year %s, here %s", q, earlier, here)
			}
			said[q] = [2]domain.Answer{earlier, here}
		}
	})
}

// question is one Ask, and a life is what was asked of a card.
type question struct {
	year     int
	activity domain.Code
}

var lives = rapid.Custom(func(t *rapid.T) *domain.CardHistory {
	history := &domain.CardHistory{Made: rapid.SampledFrom([]domain.Answer{yes, no, unknown}).Draw(t, "made")}
	for range rapid.IntRange(0, 12).Draw(t, "questions") {
		q := questions.Draw(t, "question")
		history.Ask(q.year, q.activity)
	}
	return history
})

var questions = rapid.Custom(func(t *rapid.T) question {
	return question{rapid.IntRange(2019, 2024).Draw(t, "year"),
		rapid.SampledFrom([]domain.Code{"soep", "atelier", "huisbezoek"}).Draw(t, "activity")}
})

// Whoever is merged with whom: what was said of the kept card stays said, nothing that either remembers is lost, the
// activity never claims more than the year, and neither card is touched.
func TestCardHistoryMergeLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kept, other := lives.Draw(t, "kept"), lives.Draw(t, "other")
		before := fmt.Sprint(said(kept), said(other))
		merged := kept.Merge(other)
		if fmt.Sprint(said(kept), said(other)) != before {
			t.Fatal("merging changed a card")
		}
		for q, answers := range said(kept) {
			if earlier, here, _ := merged.Said(q.year, q.activity); [2]domain.Answer{earlier, here} != answers {
				t.Fatalf("%v: said %v of the kept card, and now %s, %s", q, answers, earlier, here)
			}
		}
		for q := range said(other) {
			earlier, here, known := merged.Said(q.year, q.activity)
			if !known || earlier != yes && here != earlier {
				t.Fatalf("%v: earlier year %s, here %s, known %v", q, earlier, here, known)
			}
		}
		if merged.First != 0 && (merged.First > kept.First && kept.First != 0 || merged.First > other.First && other.First != 0) {
			t.Fatalf("first year %d, of %d and %d", merged.First, kept.First, other.First)
		}
		q := questions.Draw(t, "later")
		if earlier, here := merged.Ask(q.year, q.activity); earlier != yes && here != earlier {
			t.Fatalf("%v: earlier year %s, here %s", q, earlier, here)
		}
	})
}

func said(h *domain.CardHistory) map[question][2]domain.Answer {
	all := map[question][2]domain.Answer{}
	for year, asked := range h.Years {
		for activity, here := range asked.EarlierYearHere {
			all[question{year, activity}] = [2]domain.Answer{asked.EarlierYear, here}
		}
	}
	return all
}

func TestCardHistoryMergeMade(t *testing.T) {
	tests := map[string]struct {
		kept, other           domain.Answer
		keptFirst, otherFirst int
		want                  domain.Answer
	}{
		"the earlier first year knows":      {no, yes, 2023, 2021, yes},
		"even when it does not":             {no, unknown, 2023, 2021, unknown},
		"the kept card's, if earlier":       {no, yes, 2020, 2021, no},
		"never asked gives way":             {no, yes, 0, 2021, yes},
		"the same year, both alike":         {no, no, 2021, 2021, no},
		"the same year, one does not know":  {unknown, no, 2021, 2021, no},
		"the same year, other not":          {yes, unknown, 2021, 2021, yes},
		"the same year, yes and no":         {yes, no, 2021, 2021, unknown},
		"neither was asked, yes and no":     {yes, no, 0, 0, unknown},
		"neither was asked, one never said": {"", no, 0, 0, no},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := life(tt.kept, tt.keptFirst).Merge(life(tt.other, tt.otherFirst)).Made; got != tt.want {
				t.Errorf("made with %q, not %q", got, tt.want)
			}
		})
	}
}

func life(made domain.Answer, first int) *domain.CardHistory {
	history := &domain.CardHistory{Made: made}
	if first != 0 {
		history.Ask(first, "soep")
	}
	return history
}
