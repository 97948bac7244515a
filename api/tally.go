package api

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"
)

// Tally is how many requests were answered, and in how much time. The site keeps it for whoever watches; it holds
// patterns of routes, never paths. The zero Tally is empty; it may be used by several goroutines.
type Tally struct {
	mu   sync.Mutex
	rows map[kindOfAnswer]*Answered // guarded by mu, as are its rows
}

type kindOfAnswer struct{ route, status string }

// Answered is one row of a tally.
type Answered struct {
	Route  string // its pattern, empty for what is no page
	Status string // class of status: "2xx"
	Count  uint64
	Time   time.Duration // together
}

// Add counts one answer. A Tally that there is not counts nothing.
func (t *Tally) Add(route string, status int, took time.Duration) {
	if t == nil {
		return
	}
	kind := kindOfAnswer{route, strconv.Itoa(cmp.Or(status, http.StatusOK)/100) + "xx"}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.rows == nil {
		t.rows = map[kindOfAnswer]*Answered{}
	}
	row, ok := t.rows[kind]
	if !ok {
		row = &Answered{Route: kind.route, Status: kind.status}
		t.rows[kind] = row
	}
	row.Count++
	row.Time += took
}

// Rows is a copy of the tally, in order of route and status.
func (t *Tally) Rows() []Answered {
	t.mu.Lock()
	defer t.mu.Unlock()
	rows := make([]Answered, 0, len(t.rows))
	for _, row := range t.rows {
		rows = append(rows, *row)
	}
	slices.SortFunc(rows, func(a, b Answered) int { return cmp.Or(cmp.Compare(a.Route, b.Route), cmp.Compare(a.Status, b.Status)) })
	return rows
}
