package projections

import (
	"slices"
	"testing"

	"signaalboek/domain"
	"signaalboek/domain/bundle"
	"signaalboek/domain/focusgroep"
	"signaalboek/domain/forum"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/signal"
)

func (d *diary) plan(forumCode domain.Code, n uint32, on domain.Date) {
	d.write(day(1), forum.StreamOf(harelbeke, forumCode), forum.MeetingPlanned{Meeting: numbered(n), Day: on})
}

func (d *diary) hold(forumCode domain.Code, n uint32, on domain.Date) {
	d.write(on, forum.StreamOf(harelbeke, forumCode), forum.MeetingHeld{Meeting: numbered(n)})
}

func (d *diary) pick(n uint32, on domain.Date) domain.StreamID {
	d.write(on, signalNo(n), picked(partner("caw"), "mobiliteit"))
	return signalNo(n)
}

func agendaIDs(items []AgendaItem) (ids []domain.StreamID) {
	for _, item := range items {
		ids = append(ids, item.ID)
	}
	return ids
}

func TestAgenda(t *testing.T) {
	d := newDiary(t)
	d.plan("college", 1, day(20))
	d.plan("college", 2, day(50))
	d.plan("college", 3, day(40))
	for n := range uint32(7) {
		d.pick(n+1, day(2))
	}
	d.write(day(3), signalNo(1), scheduled("college", day(20)))
	d.write(day(3), signalNo(2), scheduled("college", day(20)))
	d.write(day(3), signalNo(3), scheduled("college", day(40)))
	d.hold("college", 1, day(20))
	d.write(day(20), signalNo(2), discussed("college", pursuit.Deferred))
	d.write(day(20), signalNo(4), discussed("college", pursuit.TakenUp))
	d.write(day(25), signalNo(5), scheduled("college", 0))
	d.write(day(25), signalNo(6), scheduled("college", day(40)))
	d.write(day(26), bundles, bundle.Bundled{Signals: []domain.StreamID{signalNo(6)}, Into: signalNo(5)})
	promised := discussed("college", pursuit.Promised)
	promised.PromiseBy = day(35)
	d.write(day(20), signalNo(7), promised)

	agenda := d.set().Forums.agenda(harelbeke, "college", day(30))
	if agenda.Last == nil || agenda.Last.ID != numbered(1) || agenda.Next == nil || agenda.Next.ID != numbered(3) {
		t.Errorf("between %+v and %+v", agenda.Last, agenda.Next)
	}
	lists := []struct {
		name      string
		got, want []domain.StreamID
	}{
		{"new", agendaIDs(agenda.New), []domain.StreamID{signalNo(3), signalNo(5)}},
		{"carried over", agendaIDs(agenda.CarriedOver), []domain.StreamID{signalNo(1), signalNo(2)}},
		{"awaited", agendaIDs(agenda.Awaited), []domain.StreamID{signalNo(1), signalNo(4), signalNo(7)}},
	}
	for _, list := range lists {
		slices.Sort(list.got)
		if !slices.Equal(list.got, list.want) {
			t.Errorf("%s: %v, not %v", list.name, list.got, list.want)
		}
	}
	if len(agenda.Promises) != 1 || agenda.Promises[0].By != day(35) || agenda.Promises[0].Overdue {
		t.Errorf("promises: %+v", agenda.Promises)
	}
	if meetings := d.set().Forums.Meetings(harelbeke, ""); len(meetings) != 3 || meetings[0].Day != day(50) {
		t.Errorf("meetings: %+v", meetings)
	}
}

func TestFollowUp(t *testing.T) {
	d := newDiary(t)
	for n, wait := range []int{2, 4, 10} {
		id := d.pick(uint32(n+1), day(1))
		d.write(day(5), id, scheduled("college", 0))
		d.write(day(5+wait), id, discussed("college", pursuit.TakenUp))
	}
	d.write(day(30), signalNo(1), signal.Decided{Decided: pursuit.Decided{Forum: "college", Verdict: pursuit.Adopted, Motivation: domain.ToSeal("ja")}})
	d.write(day(45), signalNo(1), signal.CarriedOut{CarriedOut: pursuit.CarriedOut{What: domain.ToSeal("bus")}})
	promised := discussed("college", pursuit.Promised)
	promised.PromiseBy = day(40)
	for range 3 {
		d.write(day(20), signalNo(2), promised)
	}
	d.write(day(41), signalNo(2), signal.PromiseKept{PromiseKept: pursuit.PromiseKept{Promise: 1}})
	d.write(day(41), signalNo(2), signal.PromiseBroken{PromiseBroken: pursuit.PromiseBroken{Promise: 3}})
	d.write(day(42), signalNo(3), signal.WentUnanswered{WentUnanswered: pursuit.WentUnanswered{Forum: "college", Since: day(15)}})

	follow := d.set().Forums.followUp(harelbeke, "college", day(50))
	if follow.Raised != 3 || follow.Discussed != 3 || follow.Unanswered != 1 || follow.Outcomes[pursuit.TakenUp] != 3 ||
		follow.Outcomes[pursuit.Promised] != 3 || follow.Verdicts[pursuit.Adopted] != 1 {
		t.Errorf("counted %+v", follow)
	}
	if follow.ToDiscussed != (LeadTime{3, 4, 10}) || follow.ToDecided != (LeadTime{1, 25, 25}) || follow.ToCarriedOut != (LeadTime{1, 40, 40}) {
		t.Errorf("lead times %v, %v, %v", follow.ToDiscussed, follow.ToDecided, follow.ToCarriedOut)
	}
	if follow.PromisesMade != 3 || follow.PromisesKept != 1 || follow.PromisesBroken != 1 || len(follow.PromisesOverdue) != 1 ||
		follow.PromisesOverdue[0].Number != 2 {
		t.Errorf("promises %+v", follow)
	}
	d.write(day(50), bundles, bundle.Bundled{Signals: []domain.StreamID{signalNo(2), signalNo(3)}, Into: signalNo(1)})
	if raised := d.set().Forums.followUp(harelbeke, "college", day(50)).Raised; raised != 1 {
		t.Errorf("a bundle counts %d times", raised)
	}
}

func TestThemes(t *testing.T) {
	d := newDiary(t)
	weights := []map[domain.Code]int{ // by meeting; the fifth was never held
		{"mobiliteit": 5}, {"mobiliteit": 4, "huisvesting": 0}, {"huisvesting": 3}, {"mobiliteit": 0, "huisvesting": 2},
		{"financieel": 5}, {"huisvesting": 1},
	}
	for n, themes := range weights {
		meeting := meetingNo(uint32(n + 1))
		d.write(day(1), meeting, focusgroep.Planned{Day: day(30 * (n + 1))})
		if n == 4 {
			continue
		}
		d.write(day(30*(n+1)), meeting, focusgroep.Held{Present: 10, Newcomers: 1})
		for theme, weight := range themes {
			d.write(day(30*(n+1)), meeting, focusgroep.ThemeDiscussed{Theme: theme, Weight: weight})
		}
	}
	d.write(day(180), signalNo(1), picked(inFocusgroep(6), "huisvesting"))
	d.write(day(100), signalNo(2), picked(partner("caw"), "huisvesting"))
	d.write(day(180), signalNo(2), signal.Recognised{Meeting: meetingNo(6), HowMany: signal.Most})
	d.write(day(200), bundles, bundle.Bundled{Signals: []domain.StreamID{signalNo(2)}, Into: signalNo(1)})

	report := d.set().Themes.Recurring(harelbeke, ThemeWindow{})
	want := []ThemeRow{
		{Theme: "huisvesting", Recurring: true, Discussed: 4, Since: day(60), Latest: day(180), Consecutive: 4, Weight: 7, Before: 0, Trend: 7, Signals: []domain.StreamID{signalNo(1)}},
		{Theme: "mobiliteit", Recurring: true, Discussed: 2, Since: day(30), Latest: day(120), Consecutive: 0, Weight: 5, Before: 5},
	}
	if len(report.Themes) != 2 || report.Held != 4 {
		t.Fatalf("%+v", report)
	}
	for i, row := range report.Themes {
		if !slices.Equal(row.Signals, want[i].Signals) {
			t.Errorf("signals behind %s: %v", row.Theme, row.Signals)
		}
		row.Signals, want[i].Signals = nil, nil
		if got := row; got.Theme != want[i].Theme || got.Recurring != want[i].Recurring || got.Discussed != want[i].Discussed ||
			got.Since != want[i].Since || got.Latest != want[i].Latest || got.Consecutive != want[i].Consecutive ||
			got.Weight != want[i].Weight || got.Before != want[i].Before || got.Trend != want[i].Trend {
			t.Errorf("%+v, not %+v", got, want[i])
		}
	}
	heat := d.set().Themes.Map(harelbeke, 2)
	if !slices.Equal(heat.Themes, []domain.Code{"huisvesting", "mobiliteit"}) || !slices.Equal(heat.Weights[0], []int{2, 1}) ||
		!slices.Equal(heat.Weights[1], []int{1, 0}) {
		t.Errorf("heat map %+v", heat)
	}
	if meetings := d.set().Themes.Meetings(harelbeke); len(meetings) != 6 || meetings[0].ID != meetingNo(6) {
		t.Errorf("%d meetings", len(meetings))
	}
}

func TestDebts(t *testing.T) {
	d := newDiary(t)
	d.write(day(1), signalNo(1), picked(partner("caw"), "mobiliteit"))
	d.write(day(1), signalNo(2), picked(partner("caw"), "mobiliteit"))
	d.write(day(2), signalNo(1), signal.EvidenceLinked{Evidence: signal.Evidence{Setting: inFocusgroep(1)}})
	d.write(day(10), signalNo(1), discussed("college", pursuit.Noted))
	d.write(day(20), signalNo(1), fedBack(inFocusgroep(1)))
	d.write(day(30), signalNo(1), signal.Decided{Decided: pursuit.Decided{Forum: "college", Verdict: pursuit.Rejected, Motivation: domain.ToSeal("nee")}})
	d.write(day(5), signalNo(2), signal.AnsweredByOwnOffer{What: domain.ToSeal("uitleendienst")})

	owed := func(filter DebtFilter) []SettingDebt {
		page, err := d.set().Debts.Owed(t.Context(), harelbeke, filter, day(40))
		if err != nil {
			t.Fatal(err)
		}
		return page.Settings
	}
	all := owed(DebtFilter{})
	if len(all) != 2 || all[0].Setting != partner("caw") || all[0].Days != 35 || len(all[0].Debts) != 2 || all[1].Days != 10 {
		t.Fatalf("owed: %+v", all)
	}
	if debt := all[0].Debts[1]; debt.ID != signalNo(1) || len(debt.Outcomes) != 2 || debt.Outcomes[0].Outcome != pursuit.Noted ||
		debt.Outcomes[1].Verdict != pursuit.Rejected {
		t.Errorf("what happened: %+v", debt)
	}
	if outcomes := all[1].Debts[0].Outcomes; len(outcomes) != 1 || outcomes[0].Said != "decided" {
		t.Errorf("what the focusgroep was not told: %+v", outcomes)
	}
	setting := inFocusgroep(1)
	counts := map[string]struct {
		filter DebtFilter
		want   int
	}{
		"to one":    {DebtFilter{Setting: &setting}, 1},
		"by kind":   {DebtFilter{Kinds: []pursuit.SettingKind{pursuit.AtPartner}}, 1},
		"of one":    {DebtFilter{Of: signalNo(2)}, 1},
		"old":       {DebtFilter{MinDays: 20}, 1},
		"of nobody": {DebtFilter{Of: signalNo(9)}, 0},
	}
	for name, tt := range counts {
		if got := len(owed(tt.filter)); got != tt.want {
			t.Errorf("%s: %d, not %d", name, got, tt.want)
		}
	}
	first, err := d.set().Debts.Owed(t.Context(), harelbeke, DebtFilter{Limit: 1}, day(40))
	if err != nil || len(first.Settings) != 1 || first.Next == "" {
		t.Fatalf("first page %+v, %v", first, err)
	}
	if second := owed(DebtFilter{Limit: 1, After: first.Next}); len(second) != 1 || second[0].Setting != setting {
		t.Errorf("second page %+v", second)
	}
	d.write(day(40), signalNo(1), signal.Closed{Reason: signal.Unreachable})
	d.write(day(40), signalNo(2), fedBack(partner("caw")))
	if left := owed(DebtFilter{}); len(left) != 0 {
		t.Errorf("still owed: %+v", left)
	}
	if left := owed(DebtFilter{Of: signalNo(1)}); len(left) != 0 {
		t.Errorf("still owed by what was closed: %+v", left)
	}
}
