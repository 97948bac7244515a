// Package outside is what everybody may see: the releases of practices, on a listener of their own, and nothing else. It
// has no sign-in, no cookie and no search, and takes no command.
//
//	request → method → route → parameters → Library → answer, the same bytes for the same releases
//
// What it cannot show it cannot reach. A Library is all that it is given: of releases that went out, what the log says of
// them in the clear, and their files as they were frozen. The architecture lets it import the nouns of releases and
// nothing of ours besides: no projection, no ledger, no vault, no clock and no logger; a test holds that.
//
// # The same bytes
//
// Whoever asks every minute learns when something changed, and how much, unless nothing does. So between one release and
// the next an answer is the same to the byte, length, ETag and every other header included: what is shown follows from
// releases and from nothing else, no header tells the time, nothing is compressed, and no answer has an id of its own. A
// moment that somebody asks for (as-of) finds the latest release up to then, which is shown without that moment.
//
// What never was, what is only proposed, what was dropped and a practice that never published get one and the same
// answer: not found. That a release was withdrawn is known, because it was out: its page says so, why, and what its
// digests were, without the day, which could point at whoever asked for it. Its files are gone.
//
// # What is served
//
// Every file of a release, also the documents for the partners in a forum. They tell less than the edition for the council
// does of the same signals, so keeping them back would hide nothing; and then nobody could check the digest of the
// whole, which the log has, because the whole could not be given away. What a coordinator says to partners is looked at
// before it goes out like all else, and is public like all else.
//
// Caches may keep a file for a day, not longer: a text that is erased must be gone everywhere within that. All else they
// must ask for again.
//
// Its proof comes after a release (package anchoring, of the program). When, follows from who signs and who cosigns, and not
// from what people of a practice do; from then on it moves no more. Withdrawn, its files go with the others, and what they
// were stays.
package outside

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/google/uuid"
	"github.com/gorilla/mux"

	"signaalboek/domain"
	"signaalboek/domain/release"
)

// Library is everything that outsiders can reach. It may be asked by several goroutines at once.
type Library interface {
	// Practices lists the practices that ever published something, by name; at the end, if they did, all together
	// (release.Together).
	Practices() []Practice

	// Releases lists what a practice ever published, also what was withdrawn since, in the order of publishing. A practice
	// that there is not published nothing.
	Releases(domain.PracticeID) []Release

	// Latest is the last release of a practice that was published up to a moment, also if it was withdrawn since.
	Latest(domain.PracticeID, time.Time) (Release, bool)

	// Files is what was published. It fails with domain.ErrForgotten if that was destroyed, and with domain.ErrVaultAway
	// if it cannot be read now.
	Files(context.Context, domain.PracticeID, Release) (Files, error)
}

// Practice is a practice and what it is called.
type Practice struct {
	ID   domain.PracticeID `json:"practice"`
	Name string            `json:"name"`
}

// Release is what everybody may know of a release. Who proposed, worded or confirmed it has no field here.
type Release struct {
	ID          uuid.UUID                `json:"id"`
	Period      release.Period           `json:"period"`
	PublishedOn domain.Date              `json:"publishedOn"`
	Withdrawn   release.WithdrawalReason `json:"withdrawn,omitzero"` // why it is not shown any more; none: it is
	Bundle      string                   `json:"bundle"`             // SHA-256 of everything together, in hexadecimal
	Editions    []release.EditionFiles   `json:"editions"`
	Proof       *Proof                   `json:"proof,omitzero"` // none: it waits for witnesses
}

// Proof is by what everybody can check a release without us.
type Proof struct {
	Bundle string   `json:"bundle"` // SHA-256 of everything together, with the proof, in hexadecimal
	Size   int64    `json:"size"`   // of the ledger that the checkpoint promises, in events
	Words  []string `json:"words"`  // of its root
	Key    string   `json:"key"`    // of the ledger
}

// Files is what was published: the whole, each file in it by its name, and the whole with its proof.
type Files struct {
	Bundle []byte
	Named  map[string][]byte
	Proven []byte // nothing, if there is no proof yet
}

// Config is what the listener works with.
type Config struct {
	Library Library
	Zone    *time.Location // of the days that people ask for
	Ready   func() bool    // the library knows of every release that there is
	Watch   func() func(Answered)
	HTTPS   bool // callers come over https
	Demo    bool // everything in it is invented, and every page says so
}

// Answered is what may be told of a request to whoever watches: no path, parameter or address.
type Answered struct {
	Method string
	Route  string // its pattern; empty for what is no page
	Status int
	Bytes  int
	Fault  error // why it could not be answered; it may name ids
}

// New is the listener's handler.
func New(config Config) (*Site, error) {
	if config.Library == nil || config.Zone == nil || config.Ready == nil || config.Watch == nil {
		return nil, errors.New("outside: configuration lacks a library, zone, readiness or watch")
	}
	s := &Site{Config: config, shelf: newShelf(config.Library)}
	s.router = s.routed()
	return s, nil
}

// Site answers outsiders.
type Site struct {
	Config
	router *mux.Router
	shelf  *shelf
}

// Forget lets go of every file in memory: something was erased. A Site that there is not holds none.
func (s *Site) Forget() {
	if s != nil {
		s.shelf.clear()
	}
}

// ServeHTTP implements http.Handler.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.router.ServeHTTP(w, r) }

// route is one way in.
type route struct {
	pattern string // as package mux reads it
	asOf    bool   // a moment may be asked for; any other parameter is refused everywhere
	serve   func(*asked) (answer, error)
}

// routes is the site map. What looks like an address of a release and is none is found nowhere, like all that is not there.
func (s *Site) routes() []route {
	return []route{
		{"/", false, s.home},
		{styleAddress, false, style},
		{"/{practice}", true, s.practice},
		{"/{practice}/releases.json", true, s.list},
		{"/{practice}/{release}.sha256", false, s.digests},
		{"/{practice}/{release}" + provenZip, false, s.proven},
		{"/{practice}/{release}.zip", false, s.bundle},
		{"/{practice}/{release}", false, s.release},
		{"/{practice}/{release}/{file:.+}", false, s.file},
	}
}

func (s *Site) routed() *mux.Router {
	router := mux.NewRouter().SkipClean(true) // an address that is written otherwise is another one
	for _, rt := range s.routes() {
		router.Handle(rt.pattern, s.handle(rt))
	}
	router.NotFoundHandler = s.handle(route{serve: func(*asked) (answer, error) { return answer{}, errAbsent }})
	return router
}

// asked is a request, and what it asks for.
type asked struct {
	*http.Request
	moment time.Time // as of which it asks; zero: as of now
}

func (a *asked) practice() domain.PracticeID {
	return domain.PracticeID(mux.Vars(a.Request)["practice"])
}

// named is the practice that a request names, which published something.
func (s *Site) named(a *asked) (Practice, error) {
	for _, one := range s.Library.Practices() {
		if one.ID == a.practice() {
			return one, nil
		}
	}
	return Practice{}, errAbsent
}

// released is the release that a request names.
func (s *Site) released(a *asked) (Practice, Release, error) {
	practice, err := s.named(a)
	if err != nil {
		return practice, Release{}, err
	}
	for _, one := range s.Library.Releases(practice.ID) {
		if one.ID.String() == mux.Vars(a.Request)["release"] {
			return practice, one, nil
		}
	}
	return practice, Release{}, errAbsent
}

// shown is the releases that a request asks for, the last published first: all, or the latest up to a moment.
func (s *Site) shown(a *asked) (Practice, []Release, error) {
	practice, err := s.named(a)
	if err != nil {
		return practice, nil, err
	}
	if a.moment.IsZero() {
		return practice, newestFirst(s.Library.Releases(practice.ID)), nil
	}
	latest, found := s.Library.Latest(practice.ID, a.moment)
	if !found {
		return practice, nil, errAbsent
	}
	return practice, []Release{latest}, nil
}
