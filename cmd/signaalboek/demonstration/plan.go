package demonstration

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/ledger"
)

// nameSpace makes the ids of the demonstration's commands and actors out of their names.
var nameSpace = uuid.MustParse("6d1f3f3e-2a4c-5d0b-8a55-0c1f2d3e4b5a")

func named(name string) uuid.UUID { return uuid.NewSHA1(nameSpace, []byte(name)) }

// Who gives the commands: pseudonyms of nobody.
var (
	worker            = named("actor/buurtopbouwwerker")
	coordinator       = named("actor/coordinator")
	secondCoordinator = named("actor/second-coordinator")
)

// plan is everything that is going to be recorded.
type plan struct {
	book    Book
	now     time.Time
	today   domain.Date
	errands []errand
	names   map[string]bool // of errands: each is used once

	people    []*person
	contacts  []*registration
	moments   []*moment
	meetings  []meeting // of the focusgroep
	calendars map[domain.Code]calendar
	signals   map[string]*story
}

func newPlan(book Book, now time.Time) *plan {
	return &plan{
		book: book, now: now, today: book.Ledger.Today(now), names: map[string]bool{},
		calendars: map[domain.Code]calendar{}, signals: map[string]*story{},
	}
}

// rank orders what is recorded at one moment: what others lean on comes first.
type rank int

const (
	ofWords rank = iota
	ofRegister
	ofFocusgroep
	ofForums
	ofPursuits
	ofReferrals
	ofEndings
	ofReleases
)

// weekly reports whether errands are recorded at the end of their week, and may then be given side by side: each is of
// a thing of its own.
func (r rank) weekly() bool { return r == ofRegister || r == ofReferrals }

// errand is one command to be given.
type errand struct {
	name     string
	rank     rank
	on       domain.Date // the day it happened
	recorded domain.Date // the day it is recorded; if empty, the same, or the end of the week
	practice domain.PracticeID
	actor    domain.ActorID
	give     func(context.Context, domain.Meta) (recorded int, err error)
}

// desk plans commands to one kind of thing.
type desk[S, F, C any, E domain.Event] struct {
	plan *plan
	of   ledger.Aggregate[S, F, C, E]
}

func to[S, F, C any, E domain.Event](p *plan, of ledger.Aggregate[S, F, C, E]) desk[S, F, C, E] {
	return desk[S, F, C, E]{p, of}
}

// create plans the command that makes a thing, and tells its stream.
func (d desk[S, F, C, E]) create(e errand, command C) domain.StreamID {
	e.give = func(ctx context.Context, meta domain.Meta) (int, error) {
		receipt, err := d.of.Create(ctx, command, meta)
		return receipt.Events, err
	}
	d.plan.add(e)
	return d.of.NewStream(cmp.Or(e.practice, Harelbeke), named(e.name))
}

// execute plans a command to a thing.
func (d desk[S, F, C, E]) execute(stream domain.StreamID, e errand, command C) {
	e.give = func(ctx context.Context, meta domain.Meta) (int, error) {
		receipt, err := d.of.Execute(ctx, ledger.Target{Stream: stream}, command, meta)
		return receipt.Events, err
	}
	d.plan.add(e)
}

// add plans an errand. What lies after today has not happened: it is not planned at all.
func (p *plan) add(e errand) {
	if e.recorded == 0 {
		e.recorded = e.on
	}
	if e.rank.weekly() {
		e.recorded = p.weekEnd(e.on)
	}
	if e.practice == "" {
		e.practice = Harelbeke
	}
	if e.actor == (domain.ActorID{}) {
		e.actor = worker
	}
	if p.names[e.name] {
		panic("demonstration: " + e.name + " is planned twice")
	}
	p.names[e.name] = true
	if e.on <= p.today {
		p.errands = append(p.errands, e)
	}
}

// atOnce is how many commands are given side by side: the log and the vault write them as one group.
const atOnce = 32

// perform gives every command, in the order of their moments. If it is cut off, building again completes it.
func (p *plan) perform(ctx context.Context) error {
	slices.SortStableFunc(p.errands, func(a, b errand) int {
		return cmp.Or(cmp.Compare(a.recorded, b.recorded), cmp.Compare(a.rank, b.rank))
	})
	for todo := p.errands; len(todo) > 0; {
		group := sideBySide(todo)
		if err := p.giveAll(ctx, todo[:group]); err != nil {
			return err
		}
		todo = todo[group:]
	}
	return nil
}

// sideBySide is how many of the next errands may be given side by side.
func sideBySide(errands []errand) int {
	n := 1
	first := errands[0]
	for n < len(errands) && first.rank.weekly() && errands[n].rank == first.rank && errands[n].recorded == first.recorded {
		n++
	}
	return n
}

func (p *plan) giveAll(ctx context.Context, errands []errand) error {
	if len(errands) == 1 {
		return p.give(ctx, errands[0])
	}
	failed := make([]error, len(errands))
	free := make(chan struct{}, atOnce)
	var giving sync.WaitGroup
	for i, e := range errands {
		free <- struct{}{}
		giving.Go(func() {
			failed[i] = p.give(ctx, e)
			<-free
		})
	}
	giving.Wait()
	return errors.Join(failed...)
}

func (p *plan) give(ctx context.Context, e errand) error {
	recorded, err := e.give(ctx, domain.Meta{
		Command: named(e.name), Actor: e.actor, Practice: e.practice, On: e.on, At: p.moment(e.recorded),
	})
	if err == nil && recorded == 0 {
		err = errors.New("nothing was recorded")
	}
	if err != nil {
		return fmt.Errorf("demonstration: %s on %s: %w", e.name, e.on, err)
	}
	return nil
}
