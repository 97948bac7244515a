package main

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"signaalboek/domain"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/signal"
	"signaalboek/projections"
)

// question is one that the domain asks, the n-th time with other words.
type question struct {
	what string
	must float64 // milliseconds, 99th percentile
	aim  float64
	ask  func(n int) error
}

// measureQuestions asks every question of the domain of the largest practice. The figure is the median over the rounds
// of the 99th percentiles.
func measureQuestions(ctx context.Context, w world, set *projections.Set) ([]row, error) {
	all := questionsOf(ctx, w, set)
	p99 := make([][]float64, len(all))
	middle := make([][]float64, len(all))
	for range w.rounds {
		for i, q := range all {
			took, err := asked(q, w.asks)
			if err != nil {
				return nil, fmt.Errorf("ask for %s: %w", q.what, err)
			}
			p99[i], middle[i] = append(p99[i], quantile(took, 0.99)), append(middle[i], median(took))
		}
	}
	var rows []row
	for i, q := range all {
		rows = append(rows, row{
			what: q.what + ", p99, ms", ours: fmt.Sprintf("%.3g ms", median(p99[i])),
			peer: fmt.Sprintf("median %.3g ms", median(middle[i])), ratio: median(p99[i]),
			must: q.must, aim: q.aim, atMost: true,
		})
	}
	cold, err := measureCold(ctx, w)
	return append(rows, cold), err
}

func asked(q question, times int) ([]float64, error) {
	runtime.GC()
	took := make([]float64, times)
	for n := range took {
		start := time.Now()
		if err := q.ask(n); err != nil {
			return nil, err
		}
		took[n] = time.Since(start).Seconds() * 1e3
	}
	return took, nil
}

// questionsOf lists the questions. Those of figures may take longer.
func questionsOf(ctx context.Context, w world, set *projections.Set) []question {
	var (
		today  = w.today
		forums = set.Words.Book(largest).Forums()
		themes = set.Words.Book(largest).Terms("theme")
		ids    = someSignals(ctx, set, today)
		forum  = func(n int) domain.Code { return forums[n%len(forums)].Code }
		theme  = func(n int) []domain.Code { return []domain.Code{themes[n%len(themes)].Code} }
	)
	period := func(n int) projections.Period { // any, of weeks up to years
		from := w.first + domain.Date(n*97%1500)
		return projections.Period{From: from, To: from + domain.Date(10+n*53%700)}
	}
	open := func(filter func(n int) projections.SignalFilter) func(int) error {
		return func(n int) error { _, err := set.Signals.Open(ctx, largest, filter(n), today); return err }
	}
	words := []string{"vakantiewerking", "bus", "woning wachtlijst", "toelage", "brieven moeilijke", "particip", "xyz"}
	return []question{
		{"open signals, all", 5, 1, open(func(int) projections.SignalFilter { return projections.SignalFilter{} })},
		{"open signals by theme", 5, 1, open(func(n int) projections.SignalFilter { return projections.SignalFilter{Themes: theme(n)} })},
		{"open signals, waiting or promise overdue, silent first", 5, 1, open(func(int) projections.SignalFilter {
			return projections.SignalFilter{
				States: []projections.State{projections.Waiting, projections.PromiseOverdue}, Order: projections.SilentFirst,
			}
		})},
		{"open signals at a forum", 5, 1, open(func(n int) projections.SignalFilter { return projections.SignalFilter{Forum: forum(n)} })},
		{"all signals, from the focusgroep, newest first", 5, 1, open(func(int) projections.SignalFilter {
			return projections.SignalFilter{
				Status: projections.AllSignals, From: []signal.Origin{signal.FromFocusgroep}, Order: projections.NewestFirst,
			}
		})},
		{"trajectory of a signal", 5, 1, func(n int) error {
			_, _, err := set.Signals.Trajectory(ctx, w.log, largest, ids[n%len(ids)], today)
			return err
		}},
		{"recurring themes", 5, 1, func(n int) error { set.Themes.Recurring(largest, projections.ThemeWindow{Last: 3 + n%9}); return nil }},
		{"agenda of a forum", 5, 1, func(n int) error { _, err := set.Forums.Agenda(ctx, largest, forum(n), today); return err }},
		{"follow-up by a forum", 5, 1, func(n int) error { _, err := set.Forums.FollowUp(ctx, largest, forum(n), today); return err }},
		{"feedback debt", 5, 1, func(n int) error {
			_, err := set.Debts.Owed(ctx, largest, projections.DebtFilter{MinDays: n % 100}, today)
			return err
		}},
		{"feedback debt to the focusgroep", 5, 1, func(int) error {
			_, err := set.Debts.Owed(ctx, largest, projections.DebtFilter{Kinds: []pursuit.SettingKind{pursuit.AtFocusgroep}}, today)
			return err
		}},
		{"referrals of a period by service", 20, 5, func(n int) error { set.Referrals.ByService(largest, period(n)); return nil }},
		{"figures of a year", 20, 5, func(n int) error { set.Figures.Year(largest, firstYear+n%5); return nil }},
		{"figures of any period", 20, 5, func(n int) error { set.Figures.Period(largest, period(n)); return nil }},
		{"contacts by theme in any period", 20, 5, func(n int) error {
			set.Figures.Breakdown(largest, projections.ByTheme, period(n))
			return nil
		}},
		{"series of all figures over all years", 20, 5, func(int) error { set.Figures.Series(largest, firstYear, firstYear+4); return nil }},
		{"overview of any period", 20, 5, func(n int) error { _, err := set.Overviews.Of(ctx, largest, period(n)); return err }},
		{"search", 5, 1, func(n int) error {
			_, err := set.Search.Find(ctx, largest, words[n%len(words)], 20)
			return err
		}},
		{"contacts of a period by theme, a page", 5, 1, func(n int) error {
			_, err := set.Contacts.List(largest, projections.ContactFilter{Theme: theme(n)[0], Period: period(n)})
			return err
		}},
	}
}

// someSignals is a page of signals, open and closed.
func someSignals(ctx context.Context, set *projections.Set, today domain.Date) (ids []domain.StreamID) {
	filter := projections.SignalFilter{Status: projections.AllSignals, Limit: 200}
	page, err := set.Signals.Open(ctx, largest, filter, today)
	if err != nil {
		return nil
	}
	for _, row := range page.Rows {
		ids = append(ids, row.ID)
	}
	return ids
}
