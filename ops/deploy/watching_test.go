package deploy

import (
	"encoding/json"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"signaalboek/ops/metrics"
)

// shown are the metrics that the program shows, asked of the program's own handler, and the one that Prometheus makes of
// every target.
func shown(t *testing.T) map[string]bool {
	t.Helper()
	nothing := func() float64 { return 0 }
	answer := httptest.NewRecorder()
	metrics.Handler(metrics.Observed{
		LogBytes: nothing, LogEvents: nothing,
		Behind:   func() (time.Duration, bool) { return 0, false },
		Consumed: func() map[string]uint64 { return map[string]uint64{"any": 0} },
		Compared: func() (map[string]bool, uint64) { return map[string]bool{"any": true}, 0 },
		Signed:   func() metrics.Signed { return metrics.Signed{} },
		Backups:  func() map[string]float64 { return map[string]float64{"any": 0} },
		Ready:    func() bool { return true },
		Away:     func() map[string]bool { return map[string]bool{"any": false} },
		Requests: func() []metrics.Requests { return []metrics.Requests{{Route: "any", Status: "2xx"}} },
	}).ServeHTTP(answer, httptest.NewRequest("GET", "/metrics", nil))
	names := map[string]bool{"up": true}
	for _, found := range regexp.MustCompile(`(?m)^# TYPE (\S+)`).FindAllStringSubmatch(answer.Body.String(), -1) {
		names[found[1]] = true
	}
	if !names["signaalboek_ready"] || len(names) < 20 {
		t.Fatalf("the program shows only %d metrics", len(names))
	}
	return names
}

// What stands in a question to Prometheus and is no metric: labels and texts, how series are matched, functions, durations.
var (
	besides   = regexp.MustCompile(`\{[^}]*\}|\[[^\]]*\]|"[^"]*"|\b(by|without|on|ignoring)\s*\([^)]*\)`)
	functions = strings.Fields("sum min max count topk rate increase absent and or unless group_left group_right")
	word      = regexp.MustCompile(`[a-zA-Z_:][a-zA-Z0-9_:]*`)
)

func asked(expression string) (metrics []string) {
	for _, name := range word.FindAllString(besides.ReplaceAllString(expression, " "), -1) {
		if !slices.Contains(functions, name) {
			metrics = append(metrics, name)
		}
	}
	return metrics
}

type alerts struct {
	Groups []struct {
		Rules []struct {
			Alert       string            `yaml:"alert"`
			Expr        string            `yaml:"expr"`
			Labels      map[string]string `yaml:"labels"`
			Annotations map[string]string `yaml:"annotations"`
		} `yaml:"rules"`
	} `yaml:"groups"`
}

// Every alert asks for what the program shows, and the runbook says what to do.
func TestAlerts(t *testing.T) {
	names, runbook, count := shown(t), read(t, filepath.Join("..", "docs", "runbook.md")), 0
	for _, group := range parsed[alerts](t, "alerts.yaml").Groups {
		for _, rule := range group.Rules {
			count++
			metrics := asked(rule.Expr)
			for _, metric := range metrics {
				if !names[metric] {
					t.Errorf("%s asks for %s, which nobody shows", rule.Alert, metric)
				}
			}
			if len(metrics) == 0 || rule.Annotations["summary"] == "" || rule.Labels["severity"] == "" {
				t.Errorf("%s is not whole", rule.Alert)
			}
			if !strings.Contains(runbook, "`"+rule.Alert+"`") {
				t.Errorf("the runbook does not say what to do about %s", rule.Alert)
			}
		}
	}
	if count == 0 {
		t.Error("there are no alerts")
	}
}

type dashboard struct {
	Panels []struct {
		Title      string `json:"title"`
		Datasource struct {
			UID string `json:"uid"`
		} `json:"datasource"`
		Targets []struct {
			Expr string `json:"expr"`
		} `json:"targets"`
	} `json:"panels"`
}

type sources struct {
	Datasources []struct {
		UID string `yaml:"uid"`
		URL string `yaml:"url"`
	} `yaml:"datasources"`
}

// Every panel asks for what the program shows, of the Prometheus that there is.
func TestDashboard(t *testing.T) {
	names, source := shown(t), parsed[sources](t, "grafana/provisioning/datasources/prometheus.yaml").Datasources[0]
	var board dashboard
	if err := json.Unmarshal([]byte(read(t, "grafana/dashboards/signaalboek.json")), &board); err != nil {
		t.Fatal(err)
	}
	if len(board.Panels) == 0 {
		t.Fatal("the dashboard shows nothing")
	}
	for _, panel := range board.Panels {
		if panel.Datasource.UID != source.UID || len(panel.Targets) == 0 {
			t.Errorf("%s asks nobody, or somebody else", panel.Title)
		}
		for _, target := range panel.Targets {
			for _, metric := range asked(target.Expr) {
				if !names[metric] {
					t.Errorf("%s asks for %s, which nobody shows", panel.Title, metric)
				}
			}
		}
	}
	if where, err := url.Parse(source.URL); err != nil || compose(t).Services[where.Hostname()].Image == "" {
		t.Errorf("Grafana asks %s, which is no service", source.URL)
	}
}

type scraping struct {
	RuleFiles []string `yaml:"rule_files"`
	Scrapes   []struct {
		Job     string `yaml:"job_name"`
		Scheme  string `yaml:"scheme"`
		Targets []struct {
			Targets []string `yaml:"targets"`
		} `yaml:"static_configs"`
	} `yaml:"scrape_configs"`
}

func TestPrometheusAsksEverybody(t *testing.T) {
	c, config := compose(t), parsed[scraping](t, "prometheus.yaml")
	if !slices.Equal(config.RuleFiles, []string{"alerts.yaml"}) {
		t.Errorf("rules are read from %v", config.RuleFiles)
	}
	want := map[string][]string{
		"signaalboek": at(c.named("replica"), c.Services["replica1"].option("metrics-addr")),
		"eventstore":  at(c.named("eventstore"), ":2113"),
	}
	for _, scrape := range config.Scrapes {
		if got := scrape.Targets[0].Targets; !slices.Equal(got, want[scrape.Job]) {
			t.Errorf("%s: Prometheus asks %v, want %v", scrape.Job, got, want[scrape.Job])
		}
		delete(want, scrape.Job)
	}
	if len(want) > 0 {
		t.Errorf("Prometheus does not ask %v", want)
	}
}
