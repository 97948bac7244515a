package projections

import (
	"fmt"
	"runtime"
	"sync"
	"testing"

	"signaalboek/domain"
	"signaalboek/domain/contact"
	"signaalboek/domain/domaintest"
	"signaalboek/domain/signal"
)

// million is a set of a million contacts in five years, of 40,000 people a year, built once.
var million = sync.OnceValue(func() *Set {
	s := New(nil, domaintest.NewMemVault())
	l := newLog()
	activities := []domain.Code{"huisbezoek", "digipunt", "soep-met-babbels", "naaiatelier", "sociale-kruidenier"}
	themes := []domain.Code{"huisvesting", "werk", "financieel", "nt2", "vrije-tijd", "gezondheid"}
	for n := range 1_000_000 {
		answer := [...]domain.Answer{domain.Yes, domain.No, domain.Unknown}[n%3]
		requests := make([]contact.Request, n%3)
		for i := range requests {
			requests[i] = request(string(themes[(n+i)%len(themes)]), "doorverwijzing", []string{"caw", "vdab", ""}[(n+i)%3])
		}
		on := date(2020, 1, 1) + domain.Date(n*5*365/1_000_000)
		details := contact.Details{Activity: activities[n%len(activities)], Known: answer, Requests: requests}
		l.contact(streamIn("contact", n), on, uint32(n*7%40_000+1), answer, contact.Registered{Details: details})
		if len(l.readings) == 1000 {
			if err := s.apply(l.readings, domain.Position{}); err != nil {
				panic(err)
			}
			l.readings = l.readings[:0]
			clear(l.revisions)
		}
	}
	return s
})

func BenchmarkReports(b *testing.B) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	s := million()
	runtime.GC()
	runtime.ReadMemStats(&after)
	five := Period{date(2020, 1, 1), date(2024, 12, 31)}
	for _, question := range []struct {
		name string
		ask  func()
	}{
		{"figures/five-years", func() { s.Figures.Period(here, Period{date(2020, 1, 2), five.To}) }},
		{"figures/year", func() { s.Figures.Year(here, 2022) }},
		{"figures/series", func() { s.Figures.Series(here, 2020, 2024) }},
		{"breakdown/theme", func() { s.Figures.Breakdown(here, ByTheme, five) }},
		{"breakdown/activity", func() { s.Figures.Breakdown(here, ByActivity, five) }},
		{"contacts/first-page", func() { s.Contacts.List(here, ContactFilter{Theme: "nt2"}) }},
		{"contacts/nothing-found", func() { s.Contacts.List(here, ContactFilter{Theme: "nt2", Service: "caw", Activity: "focusgroep"}) }},
		{"referrals/by-service", func() { s.Referrals.ByService(here, five) }},
		{"overview/year", func() { s.Overviews.of(here, YearPeriod(2022)) }},
	} {
		b.Run(question.name, func(b *testing.B) {
			for b.Loop() {
				question.ask()
			}
			b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB-in-all")
		})
	}
}

func BenchmarkSearch(b *testing.B) {
	l := newLog()
	for n := range 50_000 {
		text := fmt.Sprintf("Wie weinig verdient vindt geen woning %d; de wachtlijst voor vrijetijdsparticipatie groeit elk jaar en niemand zegt waarom.", n)
		l.on(signalNo(uint32(n)), date(2022, 1, 1), signal.PickedUp{From: signal.FromPartner, Evidence: signal.Evidence{Setting: partner("caw")}})
		noted := l.on(signalNo(uint32(n)), date(2022, 1, 2), signal.Noted{})
		noted.Texts = []ReadText{{"/wording", foldedWords(text)}}
	}
	s := l.set(b)
	for name, words := range map[string][]string{"rare": {"woning", "4242"}, "none": {"kinderopvang"}, "all": {"participatie"}} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				s.Search.candidates(here, words, 2*usualPage)
			}
		})
	}
}
