// Package metrics shows the state of the program to Prometheus, by observation: its collector reads what there is at
// the moment it is asked. Nothing in the program counts for it, and no label tells anything about a practice, theme or
// forum.
package metrics

import (
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Observed is where the numbers come from. Each is asked for at every scrape and must be quick.
type Observed struct {
	Version   string
	LogBytes  func() float64               // size of the log on disk; nil: it stands elsewhere
	LogEvents func() float64               // events that the projections have taken in
	Behind    func() (time.Duration, bool) // how old what the projections show may be, and whether the log is known to hold more
	Consumed  func() map[string]uint64     // events each projection has taken in

	// Compared is which projections had taken in what the log holds when they were last compared with it, and how many
	// events it held then. None are named until they were compared once.
	Compared func() (whole map[string]bool, events uint64)

	Signed func() Signed // how much of the log was signed

	// Backups is how many seconds ago the last whole backup of each kind was made, +Inf if there is none; nil: this program
	// makes none.
	Backups func() map[string]float64

	Ready    func() bool
	Away     func() map[string]bool // which parts on other machines do not answer; nil: there are none
	Requests func() []Requests
}

// Signed is how much of the log was signed.
type Signed struct {
	Events   int64         // signed
	Unsigned int64         // recorded since
	Age      time.Duration // since it was signed last; zero: never
	Forked   bool          // the log contradicts what was signed
}

// Requests is how many requests were answered, by route pattern and class of status.
type Requests struct {
	Route   string
	Status  string // "2xx"
	Count   uint64
	Seconds float64 // together
}

var (
	build     = describe("build_info", "Which version runs; always 1.", "version")
	logBytes  = describe("log_size_bytes", "Size of the log on disk.")
	logEvents = describe("events_total", "Events taken in since the beginning of the log.")
	behind    = describe("projections_behind", "1 while the log is known to hold events that the projections have not taken in.")
	age       = describe("projections_behind_seconds", "How long ago the projections were last known to have taken in the whole log.")
	away      = describe("away", "1 while a part that stands on other machines does not answer.", "part")
	consumed  = describe("projection_events_total", "Events taken in by each projection since the beginning of the log.", "projection")
	complete  = describe("projection_complete", "1 when a projection had taken in what the log holds, event by event, where they were last compared.", "projection")
	compared  = describe("events_compared_total", "Events of the log up to where the projections were last compared with it.")
	signed    = describe("signed_events", "Events of the log that the last checkpoint promises.")
	unsigned  = describe("unsigned_events", "Events that were recorded since.")
	signedAge = describe("checkpoint_age_seconds", "How long ago a checkpoint was signed; 0 if never.")
	forked    = describe("history_forked", "1 while the log contradicts what was signed of it: nothing can be recorded.")
	backedUp  = describe("backup_age_seconds", "How long ago the last whole backup was made; +Inf if there is none.", "kind")
	ready     = describe("ready", "1 when the program answers questions.")
	requests  = describe("http_requests_total", "Requests answered, by route pattern and class of status.", "route", "status")
	seconds   = describe("http_request_seconds_total", "Time spent on them.", "route", "status")
)

func describe(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("signaalboek_"+name, help, labels, nil)
}

// Handler serves the metrics of what is observed, and those of the Go runtime and the process.
func Handler(observed Observed) http.Handler {
	registry := prometheus.NewPedanticRegistry()
	registry.MustRegister(collector{observed}, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return promhttp.HandlerFor(registry, promhttp.HandlerOpts{})
}

type collector struct{ observed Observed }

// Describe names every metric.
func (c collector) Describe(out chan<- *prometheus.Desc) {
	for _, desc := range []*prometheus.Desc{build, logBytes, logEvents, behind, age, away, consumed, complete, compared, backedUp, signed, unsigned, signedAge, forked, ready, requests, seconds} {
		out <- desc
	}
}

// Collect reads every metric.
func (c collector) Collect(out chan<- prometheus.Metric) {
	gauge := func(desc *prometheus.Desc, value float64, labels ...string) {
		out <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, value, labels...)
	}
	counter := func(desc *prometheus.Desc, value float64, labels ...string) {
		out <- prometheus.MustNewConstMetric(desc, prometheus.CounterValue, value, labels...)
	}
	gauge(build, 1, c.observed.Version)
	if c.observed.LogBytes != nil {
		gauge(logBytes, c.observed.LogBytes())
	}
	counter(logEvents, c.observed.LogEvents())
	since, more := c.observed.Behind()
	gauge(behind, one(more))
	gauge(age, since.Seconds())
	if c.observed.Away != nil {
		for part, gone := range c.observed.Away() {
			gauge(away, one(gone), part)
		}
	}
	history := c.observed.Signed()
	gauge(signed, float64(history.Events))
	gauge(unsigned, float64(history.Unsigned))
	gauge(signedAge, history.Age.Seconds())
	gauge(forked, one(history.Forked))
	gauge(ready, one(c.observed.Ready()))
	for projection, events := range c.observed.Consumed() {
		counter(consumed, float64(events), projection)
	}
	whole, events := c.observed.Compared()
	counter(compared, float64(events))
	for projection, is := range whole {
		gauge(complete, one(is), projection)
	}
	if c.observed.Backups != nil {
		for kind, seconds := range c.observed.Backups() {
			gauge(backedUp, seconds, kind)
		}
	}
	for _, r := range c.observed.Requests() {
		counter(requests, float64(r.Count), r.Route, r.Status)
		counter(seconds, r.Seconds, r.Route, r.Status)
	}
}

func one(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}
