package domain_test

import (
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
	type question struct {
		year     int
		activity domain.Code
	}
	rapid.Check(t, func(t *rapid.T) {
		history := domain.CardHistory{Made: rapid.SampledFrom([]domain.Answer{yes, no, unknown}).Draw(t, "made")}
		said := map[question][2]domain.Answer{}
		for range rapid.IntRange(1, 30).Draw(t, "questions") {
			q := question{rapid.IntRange(2019, 2024).Draw(t, "year"),
				rapid.SampledFrom([]domain.Code{"soep", "atelier", "huisbezoek"}).Draw(t, "activity")}
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
