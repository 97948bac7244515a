package projections

import (
	"cmp"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/release"
)

// Release is one release of a practice: what it holds, how far it is, and who brought it there.
type Release struct {
	release.Release
	Of         domain.PracticeID // whose it is; release.Together: that of all practices together
	Counted    domain.Position   // what stands in the log up to here is what its figures count
	Proposed   Act
	Published  Act           // by whoever confirmed it; zero if it never was
	Anchored   Act           // by the program; zero if it was not yet
	Ended      Act           // when it was dropped or withdrawn; zero if it was not
	Motivation domain.Sealed // of that
}

// Act is who did something, on which day, and when that was recorded.
type Act struct {
	By domain.ActorID
	On domain.Date
	At time.Time
}

// List lists the releases of a practice, the last proposed first; also those that were dropped or withdrawn.
func (r *Releases) List(practice domain.PracticeID) []Release {
	r.lock.RLock()
	defer r.lock.RUnlock()
	all := slices.Clone(r.of(practice).rows)
	slices.Reverse(all)
	return all
}

// Release is one release. False if there is no such release in the practice.
func (r *Releases) Release(practice domain.PracticeID, id release.ID) (Release, bool) {
	r.lock.RLock()
	defer r.lock.RUnlock()
	of := r.of(practice)
	i := of.index(id)
	if i < 0 {
		return Release{}, false
	}
	return of.rows[i], true
}

// Latest is the release that outsiders saw last at a moment: the last that was published up to then. If it was withdrawn
// since, it says so: there is nothing to show. False if none was published yet.
func (r *Releases) Latest(practice domain.PracticeID, moment time.Time) (Release, bool) {
	r.lock.RLock()
	defer r.lock.RUnlock()
	for _, one := range slices.Backward(r.of(practice).rows) { // one is proposed at a time, so this is the order of publishing
		if one.WentOut() && !one.Published.At.After(moment) {
			return one, true
		}
	}
	return Release{}, false
}

// Widths is what the gate starts from for the next release of a practice: see release.State.Widths.
func (r *Releases) Widths(practice domain.PracticeID) map[domain.Code]release.Width {
	r.lock.RLock()
	defer r.lock.RUnlock()
	return r.of(practice).state.Widths()
}

// Holding lists the published releases of a practice that hold a text with one of these keys.
func (r *Releases) Holding(practice domain.PracticeID, keys ...uuid.UUID) []release.ID {
	r.lock.RLock()
	defer r.lock.RUnlock()
	return r.of(practice).state.Holding(keys...)
}

// Revision is the revision of the stream of a practice's releases: what a command about them expects. domain.NoStream if
// there is none yet.
func (r *Releases) Revision(practice domain.PracticeID) domain.Revision {
	r.lock.RLock()
	defer r.lock.RUnlock()
	return domain.Revision(len(r.of(practice).acts)) - 1
}

// Releases is what happened to the releases of each practice, folded by their own Decider. There are two a year, so the
// events are kept: a snapshot holds them, not what they fold to.
type Releases struct {
	lock      *sync.RWMutex // of the set
	practices map[domain.PracticeID]*practiceReleases
}

type practiceReleases struct {
	id      domain.PracticeID
	acts    []releaseAct
	state   release.State
	rows    []Release      // in the order of proposing
	foreign []ForeignTable // in the order of recording
}

// releaseAct is one event, and what is true of it.
type releaseAct struct {
	id    domain.EventID
	at    domain.Position
	act   Act
	event release.Event
}

func newReleases(lock *sync.RWMutex) *Releases {
	return &Releases{lock: lock, practices: map[domain.PracticeID]*practiceReleases{}}
}

func (r *Releases) name() string { return "releases" }

func (r *Releases) settle() {}

func (r *Releases) apply(reading *Reading) error {
	event, ok := reading.Event.(release.Event)
	if !ok {
		return nil
	}
	of := r.practices[reading.Meta.Practice]
	if of == nil {
		of = &practiceReleases{id: reading.Meta.Practice}
		r.practices[reading.Meta.Practice] = of
	}
	if int(reading.Revision) != len(of.acts) {
		return fmt.Errorf("releases of %s stand at %d", reading.Stream, len(of.acts)-1)
	}
	return of.take(releaseAct{
		id: reading.ID, at: reading.Position, event: event,
		act: Act{By: reading.Meta.Actor, On: reading.Meta.On, At: reading.Meta.At.UTC()},
	})
}

func (of *practiceReleases) take(act releaseAct) error {
	of.acts = append(of.acts, act)
	of.state = release.Decider.Evolve(of.state, act.event)
	switch event := act.event.(type) {
	case release.Proposed:
		of.rows = append(of.rows, Release{Release: release.Release{ID: event.Release}, Of: of.id})
		return of.change(event.Release, func(one *Release) { one.Proposed, one.Counted = act.act, of.counted(event, act.at) })
	case release.SentenceWritten:
		return of.change(event.Release, func(*Release) {})
	case release.Published:
		return of.change(event.Release, func(one *Release) { one.Published = act.act })
	case release.Anchored:
		return of.change(event.Release, func(one *Release) { one.Anchored = act.act })
	case release.Dropped:
		return of.change(event.Release, func(one *Release) { one.Ended, one.Motivation = act.act, event.Motivation })
	case release.Withdrawn:
		return of.change(event.Release, func(one *Release) { one.Ended, one.Motivation = act.act, event.Motivation })
	}
	return of.takeForeign(act)
}

// change brings the row of a release up to date.
func (of *practiceReleases) change(id release.ID, do func(*Release)) error {
	i := of.index(id)
	if i < 0 {
		return fmt.Errorf("release %s was never proposed", id)
	}
	do(&of.rows[i])
	of.rows[i].Release, _ = of.state.Release(id)
	return nil
}

// counted is where in the log the figures of a proposal were counted: right there, or where those that it repeats were.
func (of *practiceReleases) counted(event release.Proposed, at domain.Position) domain.Position {
	if first := of.index(event.Again); first >= 0 {
		return of.rows[first].Counted
	}
	return at
}

func (of *practiceReleases) index(id release.ID) int {
	return slices.IndexFunc(of.rows, func(one Release) bool { return one.ID == id })
}

// of is what happened in a practice; nothing, if nothing of it was ever read.
func (r *Releases) of(practice domain.PracticeID) *practiceReleases {
	if of := r.practices[practice]; of != nil {
		return of
	}
	return &practiceReleases{}
}

// code writes the events of each practice as the log has them, and folds them again when it reads them.
func (r *Releases) code(c *coder) { table(c, &r.practices, text, codeReleases) }

func codeReleases(c *coder, of **practiceReleases) {
	if *of == nil {
		*of = &practiceReleases{}
	}
	text(c, &(*of).id)
	acts := (*of).acts
	list(c, &acts, codeReleaseAct)
	if c.reading && c.err == nil {
		for _, act := range acts {
			c.err = cmp.Or(c.err, (*of).take(act))
		}
	}
}

func codeReleaseAct(c *coder, act *releaseAct) {
	c.id(&act.id)
	c.position(&act.at)
	c.id(&act.act.By)
	number(c, &act.act.On)
	at := act.act.At.UnixMicro()
	number(c, &at)
	act.act.At = time.UnixMicro(at).UTC()
	codeEvent(c, release.Schemas(), act.id, &act.event)
}
