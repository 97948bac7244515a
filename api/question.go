package api

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"signaalboek/domain"
	"signaalboek/projections"
)

// apiPath is where the interface for programs begins.
const apiPath = "/api/v1"

// question is one thing that can be asked, and what finds the answer.
type question struct {
	path   string // below /api/v1
	answer func(*asked) (answer, error)
}

// answer is what a question finds.
type answer struct {
	one      any // a whole; or
	rows     any // a slice, which can be had as CSV too
	next     string
	revision *domain.Revision // of the stream behind a whole, for If-Match
}

// questions is the routes of questions about what was recorded. Each can be asked of the past, with asOf.
func (s *site) questions(list ...question) []route {
	routes := make([]route, len(list))
	for i, q := range list {
		routes[i] = route{"GET", apiPath + q.path, programs, func(w http.ResponseWriter, r *http.Request) error {
			return s.ask(q, w, r)
		}}
	}
	return routes
}

func (s *site) ask(q question, w http.ResponseWriter, r *http.Request) error {
	asked, err := s.asked(r)
	if err != nil {
		return err
	}
	found, err := q.answer(asked)
	if err == nil {
		err = asked.done()
	}
	if err != nil {
		return err
	}
	return s.answer(w, r, asked, found)
}

// asked is a question with its parameters. A parameter that nobody reads is refused: see done.
type asked struct {
	site     *site
	r        *http.Request
	set      *projections.Set // of now, or as of a moment
	practice domain.PracticeID
	today    domain.Date // that of the moment
	given    url.Values
	read     []string
	wrong    error // the first parameter that cannot be read
}

// asked finds the set that a question is about.
func (s *site) asked(r *http.Request) (*asked, error) {
	given, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, errValue
	}
	a := &asked{site: s, r: r, set: s.Set, practice: actorOf(r).Practice, today: s.today(), given: given}
	moment := a.moment("asOf")
	if a.wrong != nil || moment.IsZero() {
		return a, a.wrong
	}
	a.set, err = s.past.set(r.Context(), moment)
	a.today = domain.DayOf(moment.In(s.Zone))
	return a, err
}

// done refuses parameters that could not be read, or that the question does not know.
func (a *asked) done() error {
	if a.wrong != nil {
		return a.wrong
	}
	for name, values := range a.given {
		if !slices.Contains(a.read, name) {
			return errParameter
		}
		if len(values) > 1 && !slices.Contains(severalTimes, name) {
			return errValue.naming("parameter", name)
		}
	}
	return nil
}

// severalTimes is the parameters that may stand in a question more than once; any of their values will do.
var severalTimes = []string{"theme", "threshold", "targetGroup", "from", "phase", "state", "next", "kind"}

// knownParameters refuses every parameter: commands have none.
func knownParameters(r *http.Request) error {
	if r.URL.RawQuery != "" {
		return errParameter
	}
	return nil
}

func (a *asked) context() context.Context { return a.r.Context() }

// text is a parameter as it was given; empty if it was not.
func (a *asked) text(name string) string {
	a.read = append(a.read, name)
	return a.given.Get(name)
}

func (a *asked) refuse(name string) {
	if a.wrong == nil {
		a.wrong = errValue.naming("parameter", name)
	}
}

// code is a parameter that is a code of a list.
func (a *asked) code(name string) domain.Code {
	code := domain.Code(a.text(name))
	if code != "" && !code.Valid() {
		a.refuse(name)
	}
	return code
}

// codes is a parameter that may be given several times.
func codesOf[C ~string](a *asked, name string) []C {
	a.read = append(a.read, name)
	var codes []C
	for _, value := range a.given[name] {
		if !domain.Code(value).Valid() {
			a.refuse(name)
		}
		codes = append(codes, C(value))
	}
	return codes
}

// oneOf is a parameter that must be one of some words; the first if it was not given.
func oneOf[C ~string](a *asked, name string, known ...C) C {
	value := C(a.text(name))
	if a.given.Has(name) && (value == "" || !slices.Contains(known, value)) {
		a.refuse(name)
	}
	if value == "" {
		return known[0]
	}
	return value
}

// number is a parameter between 1 and most; 0 if it was not given.
func (a *asked) number(name string, most int) int {
	text := a.text(name)
	if text == "" {
		return 0
	}
	number, err := strconv.Atoi(text)
	if err != nil || number < 1 || number > most {
		a.refuse(name)
	}
	return number
}

// yes reports whether a parameter was given as true.
func (a *asked) yes(name string) bool { return oneOf(a, name, "false", "true") == "true" }

// day is a parameter that is a day; none if it was not given.
func (a *asked) day(name string) domain.Date {
	day, err := domain.ParseDate(a.text(name))
	if err != nil && a.given.Get(name) != "" {
		a.refuse(name)
	}
	return day
}

// moment is a parameter that is a moment of recording, RFC 3339; zero if it was not given.
func (a *asked) moment(name string) time.Time {
	text := a.text(name)
	if text == "" {
		return time.Time{}
	}
	moment, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		a.refuse(name)
	}
	return moment
}

// stream is a parameter that names a stream; empty if it was not given.
func (a *asked) stream(name string) domain.StreamID {
	stream := domain.StreamID(a.text(name))
	if stream != "" && !stream.Valid() {
		a.refuse(name)
	}
	return stream
}

// period is the parameters since and until, both counted.
func (a *asked) period() projections.Period {
	period := projections.Period{From: a.day("since"), To: a.day("until")}
	if backwards(period) {
		a.refuse("until")
	}
	return period
}

// mostRows is the longest page.
const mostRows = 200

// page is the parameters of paging.
func (a *asked) page() (string, int) {
	return a.text("after"), a.number("limit", mostRows)
}

// id is the stream that the path names.
func (a *asked) id() domain.StreamID { return byID(a.r) }

// found is a whole that is there, with the revision that If-Match can name.
func found(one any, revision domain.Revision) (answer, error) {
	return answer{one: one, revision: &revision}, nil
}

// whole is a question whose answer is put together, from no one stream.
func whole(one any) (answer, error) { return answer{one: one}, nil }
