package api

import (
	"cmp"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/google/uuid"
	"github.com/gorilla/mux"

	"signaalboek/domain"
	"signaalboek/domain/catalog"
	"signaalboek/domain/ledger"
)

// The headers of our own.
const (
	keyHeader      = "Idempotency-Key"      // the id of the command, made by its sender
	positionHeader = "Signaalboek-Position" // in an answer: how far it sees; in a question: how far it must see
)

// verb is one command, and the path by which it is given. The verbs of a noun stand at the top of its file.
type verb[C any] struct {
	path    string // below /api/v1
	command C      // an example: its type is what a body is decoded into
	stream  addressed
	of      domain.PracticeID // in whose name it is given; none: the practice of whoever asks
	match   matched
	draft   bool                                              // on pages it is a draft first: see draft.go
	count   func(s *site, r *http.Request, sent C) (C, error) // puts in what the site counts itself; none: nothing
	then    followed[C]
}

// followed is what follows outside the log from a command that was recorded, now or when it came before; none: nothing.
type followed[C any] func(s *site, w http.ResponseWriter, r *http.Request, sent C, recorded ledger.Receipt) error

// addressed finds the stream that a request is for. None: the command creates one.
type addressed func(*http.Request) domain.StreamID

// created is for a command that creates what it is about; its stream follows from the command's id.
var created addressed

// byID is the stream that the path names.
func byID(r *http.Request) domain.StreamID { return domain.StreamID(variable(r, "id")) }

// matched decides whether a sender must say which revision they looked at. None: they may.
type matched func(s *site, r *http.Request, stream domain.StreamID, command domain.CommandID) (*domain.Revision, error)

// always asks for If-Match: what replaces something must know what it replaces.
func always(*site, *http.Request, domain.StreamID, domain.CommandID) (*domain.Revision, error) {
	return nil, errUnmatched
}

// commands is the routes of the verbs of one aggregate.
func commands[S, F, C any, E domain.Event](s *site, to ledger.Aggregate[S, F, C, E], verbs ...verb[C]) []route {
	routes := make([]route, len(verbs))
	for i, v := range verbs {
		routes[i] = route{"POST", apiPath + v.path, programs, func(w http.ResponseWriter, r *http.Request) error {
			return give(s, to, v, w, r)
		}}
	}
	return routes
}

// give is one command, from request to receipt.
func give[S, F, C any, E domain.Event](
	s *site, to ledger.Aggregate[S, F, C, E], v verb[C], w http.ResponseWriter, r *http.Request,
) error {
	order, err := readOrder(w, r, reflect.TypeOf(v.command))
	if err != nil {
		return err
	}
	command, meta := order.command.(C), s.meta(r, order.id, order.on)
	meta.Practice = cmp.Or(v.of, meta.Practice)
	if v.count != nil {
		if command, err = v.count(s, r, command); err != nil {
			return err
		}
	}
	if v.stream == nil {
		receipt, err := to.Create(r.Context(), command, meta)
		return s.answerReceipt(w, r, receipt, err, http.StatusCreated)
	}
	target := ledger.Target{Stream: v.stream(r), Revision: order.match}
	if target.Revision == nil && v.match != nil {
		if target.Revision, err = v.match(s, r, target.Stream, order.id); err != nil {
			return err
		}
	}
	receipt, err := to.Execute(r.Context(), target, command, meta)
	if err == nil && v.then != nil {
		err = v.then(s, w, r, command, receipt)
	}
	return s.answerReceipt(w, r, receipt, err, http.StatusOK)
}

// order is a command as it came in.
type order struct {
	envelope
	id    domain.CommandID
	match *domain.Revision // that its sender looked at
}

func readOrder(w http.ResponseWriter, r *http.Request, command reflect.Type) (order, error) {
	if err := knownParameters(r); err != nil {
		return order{}, err
	}
	id, err := commandID(r)
	if err != nil {
		return order{}, err
	}
	match, err := matchOf(r)
	if err != nil {
		return order{}, err
	}
	raw, err := readBody(w, r)
	if err != nil {
		return order{}, err
	}
	sent, err := decodeCommand(raw, command)
	return order{sent, id, match}, err
}

// commandID reads the id that makes a retry harmless.
func commandID(r *http.Request) (domain.CommandID, error) {
	id, err := uuid.Parse(strings.Trim(r.Header.Get(keyHeader), `"`))
	if err != nil || id == uuid.Nil {
		return domain.CommandID{}, errNoKey
	}
	return id, nil
}

// matchOf reads If-Match: one revision, in quotes, as an ETag gave it.
func matchOf(r *http.Request) (*domain.Revision, error) {
	header := r.Header.Get("If-Match")
	if header == "" {
		return nil, nil
	}
	text, quoted := strings.CutPrefix(header, `"`)
	text, closed := strings.CutSuffix(text, `"`)
	number, err := strconv.ParseInt(text, 10, 64)
	if !quoted || !closed || err != nil || number < int64(domain.NoStream) {
		return nil, errMatch
	}
	revision := domain.Revision(number)
	return &revision, nil
}

func etag(revision domain.Revision) string { return `"` + strconv.FormatInt(int64(revision), 10) + `"` }

// receipt is the answer to a command.
type receipt struct {
	ID       domain.StreamID `json:"id"`
	Revision domain.Revision `json:"revision"`
	Position string          `json:"position"`
	Events   int             `json:"events"`   // how many were recorded; 0 if it was already so
	Repeated bool            `json:"repeated"` // the same command came before
}

func (s *site) answerReceipt(w http.ResponseWriter, r *http.Request, recorded ledger.Receipt, err error, status int) error {
	if err != nil {
		return err
	}
	if recorded.Repeated {
		status = http.StatusOK
	}
	w.Header().Set("ETag", etag(recorded.Revision))
	s.tellPosition(w, recorded.Position)
	if place, ok := placeOf(recorded.Stream); ok {
		w.Header().Set("Location", place)
	}
	return answerJSON(w, status, receipt{
		recorded.Stream, recorded.Revision, recorded.Position.String(), recorded.Events, recorded.Repeated,
	})
}

// placeOf is where the thing of a stream can be read.
func placeOf(stream domain.StreamID) (string, bool) {
	noun, ok := nounOf[stream.Category()]
	return apiPath + "/" + noun + "/" + string(stream), ok
}

// nounOf is the collection of each category whose things can be read one by one.
var nounOf = map[string]string{
	"contact": "contacts", "session": "sessions", "focusgroep": "focusgroep-meetings", "signal": "signals",
	"referral": "referrals", "recommendation": "recommendations",
}

func answerJSON(w http.ResponseWriter, status int, answer any) error {
	raw, err := json.Marshal(answer, json.Deterministic(true))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(raw) // the caller left; there is nobody to tell
	return nil
}

// variable is a part of the path.
func variable(r *http.Request, name string) string { return mux.Vars(r)[name] }

// wordedBefore asks for If-Match as soon as there is something to replace. What was looked at here is what the command
// is checked against, so that two first wordings at the same time do not replace each other unseen.
func wordedBefore(event string) matched {
	return func(s *site, r *http.Request, stream domain.StreamID, command domain.CommandID) (*domain.Revision, error) {
		last, worded := domain.NoStream, false
		for recorded, err := range s.Store.ReadStream(r.Context(), stream, 0) {
			if err != nil {
				return nil, err
			}
			if answersForItself(r, recorded, command) {
				return nil, nil
			}
			last, worded = recorded.Revision, worded || recorded.Name == event
		}
		if worded {
			return nil, errUnmatched
		}
		return &last, nil
	}
}

// answersForItself reports whether the ledger has an answer whatever the revision: the command came before, or the
// stream belongs to another practice.
func answersForItself(r *http.Request, recorded domain.Recorded, command domain.CommandID) bool {
	trail, err := catalog.DecodeTrail(recorded.Metadata)
	return err != nil || trail.Command == command || trail.Practice != actorOf(r).Practice
}
