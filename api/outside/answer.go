package outside

import (
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"

	"signaalboek/domain"
)

// answer is what is answered, whole, before anything is written.
type answer struct {
	status int // zero: 200
	kind   string
	body   []byte
	digest string // SHA-256 of body, in hexadecimal; empty: worked out
	header map[string]string
}

// refusal is why somebody does not get what was asked. It says nothing of what was asked, so that it tells nothing of it.
type refusal struct {
	status int
	key    string // of its sentences: see texts
}

func (r refusal) Error() string { return "outside: " + r.key }

// What the listener refuses. What is not there and what nobody may see is refused as one thing.
var (
	errAbsent    = refusal{http.StatusNotFound, "absent"}
	errGone      = refusal{http.StatusGone, "gone"}
	errMethod    = refusal{http.StatusMethodNotAllowed, "method"}
	errParameter = refusal{http.StatusBadRequest, "parameter"}
	errMoment    = refusal{http.StatusBadRequest, "moment"}
	errNotReady  = refusal{http.StatusServiceUnavailable, "not-ready"}
	errAway      = refusal{http.StatusServiceUnavailable, "away"}
	errFault     = refusal{http.StatusInternalServerError, "fault"}
)

// refusalOf is the refusal that an error is. What is none of ours is a fault.
func refusalOf(err error) refusal {
	if own, ok := errors.AsType[refusal](err); ok {
		return own
	}
	switch {
	case errors.Is(err, domain.ErrForgotten):
		return errGone
	case errors.Is(err, domain.ErrVaultAway):
		return errAway
	}
	return errFault
}

// handle answers the requests of one route.
func (s *Site) handle(rt route) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		answered := s.Watch()
		told := Answered{Method: knownMethod(r.Method), Route: rt.pattern}
		found, err := s.answer(rt, r)
		if err != nil {
			refused := refusalOf(err)
			if refused == errFault && r.Context().Err() == nil {
				told.Fault = err
			}
			found = s.refuse(r, refused)
		}
		s.harden(w.Header())
		told.Status, told.Bytes = found.write(w, r)
		answered(told)
	}
}

// answer finds what a route answers. A fault of ours ends one request, not the program.
func (s *Site) answer(rt route, r *http.Request) (found answer, err error) {
	defer func() {
		if fault := recover(); fault != nil { // its value may hold content
			err = fmt.Errorf("outside: panic of type %T: %s", fault, debug.Stack())
		}
	}()
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return answer{}, errMethod
	}
	moment, err := s.moment(rt, r.URL.RawQuery)
	if err != nil {
		return answer{}, err
	}
	if !s.Ready() {
		return answer{}, errNotReady
	}
	return rt.serve(&asked{r, moment})
}

// knownMethod keeps what a caller made up out of the log.
func knownMethod(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead:
		return method
	}
	return "other"
}

// pagePolicy lets a page use the style of this listener, and nothing else.
const pagePolicy = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// harden sets what every answer says to a browser. It tells no time: a listener without a clock has none to tell.
func (s *Site) harden(h http.Header) {
	h["Date"] = nil
	h.Set("Content-Security-Policy", pagePolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
	if s.HTTPS {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

// write sends an answer, or says that the caller has it already.
func (a answer) write(w http.ResponseWriter, r *http.Request) (status, bytes int) {
	if a.status == 0 {
		a.status = http.StatusOK
		if a.digest == "" {
			a.digest = domain.DigestOf(a.body)
		}
	}
	header := w.Header()
	header.Set("Cache-Control", a.caching())
	for name, value := range a.header {
		header.Set(name, value)
	}
	if tag := `"` + a.digest + `"`; a.digest != "" {
		header.Set("ETag", tag)
		if matches(r.Header.Values("If-None-Match"), tag) {
			w.WriteHeader(http.StatusNotModified)
			return http.StatusNotModified, 0
		}
	}
	header.Set("Content-Type", a.kind)
	header.Set("Content-Length", strconv.Itoa(len(a.body)))
	w.WriteHeader(a.status)
	if r.Method == http.MethodHead {
		return a.status, 0
	}
	n, _ := w.Write(a.body) // the caller left; there is nobody to tell
	return a.status, n
}

// caching is how long others may keep an answer without asking again, unless it says so itself.
func (a answer) caching() string {
	if a.status == http.StatusOK {
		return "public, no-cache"
	}
	return "no-store"
}

// matches reports whether a caller has an answer with a tag.
func matches(sent []string, tag string) bool {
	for one := range strings.SplitSeq(strings.Join(sent, ","), ",") {
		if one = strings.TrimSpace(one); one == "*" || strings.TrimPrefix(one, "W/") == tag {
			return true
		}
	}
	return false
}

// problem is a refusal as programs read it, after RFC 9457.
type problem struct {
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail"`
	Code   string `json:"code"`
}

// refuse is the answer to whoever does not get what was asked: on a page, or in JSON where JSON was asked for.
func (s *Site) refuse(r *http.Request, refused refusal) answer {
	found := answer{status: refused.status, header: map[string]string{}}
	switch refused.status {
	case http.StatusMethodNotAllowed:
		found.header["Allow"] = "GET, HEAD"
	case http.StatusServiceUnavailable:
		found.header["Retry-After"] = "10"
	}
	title, detail := text("refused."+refused.key), text("refused."+refused.key+".text")
	if strings.HasSuffix(r.URL.Path, ".json") {
		found.kind = "application/problem+json"
		found.body, _ = json.Marshal(problem{title, refused.status, detail, refused.key}) // texts of ours: they can be written
		return found
	}
	page, err := s.page("refusal", view{Title: title, Lead: detail})
	if err != nil {
		page = answer{kind: "text/plain; charset=utf-8", body: []byte(title + "\n")}
	}
	found.kind, found.body = page.kind, page.body
	return found
}
