package api

import (
	"slices"
	"strconv"
	"strings"

	"signaalboek/projections"
)

// window is the part of a long answer that stands on one page. The entries of all lists of the answer are counted on
// after each other.
type window struct {
	from, to int
	next     string // cursor of the page after this one; empty at the end
	passed   int    // entries of lists that were cut already
}

// pageRows is how many entries stand on a page, if nobody asked for another number.
const pageRows = 50

// openWindow is the page that a cursor begins, of entries with these keys. The cursor names the last entry of the page
// before it; if that is gone by now, the page begins where it would have been.
func openWindow(keys []string, after string, limit int) (window, error) {
	if limit == 0 {
		limit = pageRows
	}
	from := 0
	if after != "" {
		at, key, found := strings.Cut(after, ".")
		number, err := strconv.Atoi(at)
		if !found || err != nil || number < 0 {
			return window{}, projections.ErrCursor
		}
		if from = slices.Index(keys, key) + 1; from == 0 {
			from = min(number, len(keys))
		}
	}
	w := window{from: from, to: min(from+limit, len(keys))}
	if w.to < len(keys) {
		w.next = strconv.Itoa(w.to) + "." + keys[w.to-1]
	}
	return w, nil
}

// cut leaves of the next list what lies in a window.
func cut[T any](w *window, list []T) []T {
	from, to := min(max(w.from-w.passed, 0), len(list)), min(max(w.to-w.passed, 0), len(list))
	w.passed += len(list)
	return list[from:to]
}

// agendaPage leaves of an agenda the items of one page. They are counted in the order in which its page shows them.
func agendaPage(agenda *projections.Agenda, after string, limit int) (window, error) {
	var keys []string
	items := func(list string, items []projections.AgendaItem) {
		for _, item := range items {
			keys = append(keys, list+"/"+item.ID.Key())
		}
	}
	items("new", agenda.New)
	items("carried", agenda.CarriedOver)
	for _, promise := range agenda.Promises {
		keys = append(keys, "promise/"+promise.Stream.Key()+"/"+strconv.Itoa(promise.Number))
	}
	items("awaited", agenda.Awaited)
	w, err := openWindow(keys, after, limit)
	cutting := w
	agenda.New, agenda.CarriedOver = cut(&cutting, agenda.New), cut(&cutting, agenda.CarriedOver)
	agenda.Promises, agenda.Awaited = cut(&cutting, agenda.Promises), cut(&cutting, agenda.Awaited)
	return w, err
}
