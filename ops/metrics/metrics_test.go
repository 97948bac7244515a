package metrics

import (
	"math"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestMetricsAreReadAtScrape(t *testing.T) {
	events := 3.0
	handler := Handler(Observed{
		Version:   "test",
		LogBytes:  func() float64 { return 4096 },
		LogEvents: func() float64 { return events },
		Behind:    func() (time.Duration, bool) { return 1500 * time.Millisecond, false },
		Away:      func() map[string]bool { return map[string]bool{"log": false, "vault": true} },
		Consumed:  func() map[string]uint64 { return map[string]uint64{"figures": uint64(events)} },
		Compared:  func() (map[string]bool, uint64) { return map[string]bool{"figures": true, "themes": false}, 2 },
		Signed:    func() Signed { return Signed{Events: 2, Unsigned: 1, Age: 3 * time.Second, Forked: true} },
		Backups:   func() map[string]float64 { return map[string]float64{"log": 60, "vault": math.Inf(1)} },
		Ready:     func() bool { return true },
		Requests:  func() []Requests { return []Requests{{Route: "/signalen", Status: "2xx", Count: 2, Seconds: 0.5}} },
	})
	scrape := func() string {
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, httptest.NewRequest("GET", "/metrics", nil))
		return answer.Body.String()
	}
	requireLines(t, scrape(),
		`signaalboek_build_info{version="test"} 1`, `signaalboek_events_total 3`, `signaalboek_log_size_bytes 4096`,
		`signaalboek_ready 1`, `signaalboek_projections_behind 0`,
		`signaalboek_projections_behind_seconds 1.5`, `signaalboek_away{part="log"} 0`, `signaalboek_away{part="vault"} 1`,
		`signaalboek_projection_events_total{projection="figures"} 3`,
		`signaalboek_projection_complete{projection="figures"} 1`, `signaalboek_projection_complete{projection="themes"} 0`,
		`signaalboek_events_compared_total 2`,
		`signaalboek_backup_age_seconds{kind="log"} 60`, `signaalboek_backup_age_seconds{kind="vault"} +Inf`,
		`signaalboek_signed_events 2`, `signaalboek_unsigned_events 1`, `signaalboek_checkpoint_age_seconds 3`,
		`signaalboek_history_forked 1`,
		`signaalboek_http_requests_total{route="/signalen",status="2xx"} 2`,
		`signaalboek_http_request_seconds_total{route="/signalen",status="2xx"} 0.5`)
	events = 4
	requireLines(t, scrape(), `signaalboek_events_total 4`)
}

func requireLines(t *testing.T, text string, lines ...string) {
	t.Helper()
	for _, line := range lines {
		if !strings.Contains(text, line+"\n") {
			t.Errorf("not in the metrics: %s", line)
		}
	}
}
