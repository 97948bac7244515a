// Package bundle keeps which signals of a practice became one, or became several. All of it stands in one stream per
// practice, so that a circle is refused also when two people bundle at once.
//
// The evidence, settings and debt of a bundled signal count for the whole; its id keeps resolving, through bundles of
// bundles, to the top. A signal that was split stays readable; its parts are pursued.
package bundle

import (
	"slices"
	"strconv"

	"signaalboek/domain"
	"signaalboek/domain/pursuit"
)

// Event is something that happened to the bundles of a practice. The names below are the storage format: they live for
// ever.
type Event interface {
	domain.Event
	evolve(State) State
}

// Bundled: signals are one with another from now on.
type Bundled struct {
	Signals []domain.StreamID `json:"signals"`
	Into    domain.StreamID   `json:"into"`
}

// Unbundled: a signal stands on its own again.
type Unbundled struct {
	Signal domain.StreamID `json:"signal"`
}

// Split: a signal turned out to be several; they take its evidence and settings along.
type Split struct {
	Signal domain.StreamID   `json:"signal"`
	Into   []domain.StreamID `json:"into"`
}

func (Bundled) EventName() string   { return "bundles.bundled.v1" }
func (Unbundled) EventName() string { return "bundles.unbundled.v1" }
func (Split) EventName() string     { return "bundles.split.v1" }

// Schemas is how the events of bundles stand on disk.
func Schemas() []domain.Schema {
	return []domain.Schema{domain.SchemaOf[Bundled](), domain.SchemaOf[Unbundled](), domain.SchemaOf[Split]()}
}

// Owe has the settings and debts of the signals count for the whole.
func (e Bundled) Owe(d *pursuit.Debts, _ domain.Entry) {
	for _, signal := range e.Signals {
		d.Join(signal, e.Into)
	}
}

// Owe has the settings and debts of the signal count for itself again.
func (e Unbundled) Owe(d *pursuit.Debts, _ domain.Entry) { d.Part(e.Signal) }

// Owe has the parts owed to whoever raised the signal.
func (e Split) Owe(d *pursuit.Debts, _ domain.Entry) { d.Divide(e.Signal, e.Into) }

// The refusals. Each says at which field it is; those of a signal that is known name it.
var (
	ErrNoSignals    = domain.Refuse(domain.Invalid, "bundle-of-nothing")
	ErrFewParts     = domain.Refuse(domain.Invalid, "split-into-fewer-than-two")
	ErrNamedTwice   = domain.Refuse(domain.Invalid, "signal-named-twice")
	ErrClosed       = domain.Refuse(domain.Conflict, "bundled-signal-closed")
	ErrBundled      = domain.Refuse(domain.Conflict, "bundled-already") // into another one, which is named too
	ErrCircle       = domain.Refuse(domain.Conflict, "bundle-circle")
	ErrNotBundled   = domain.Refuse(domain.Conflict, "not-bundled")
	ErrAlreadySplit = domain.Refuse(domain.Conflict, "split-already") // a signal that was split is not pursued
)

// Facts is what a decision about bundles looks at elsewhere.
type Facts struct {
	Signals map[domain.StreamID]pursuit.SignalFact // those that exist in this practice, of those that NeedsOf names
}

// Command is asked of the bundles of a practice.
type Command interface {
	decide(State, Facts) ([]Event, error)
	needs() pursuit.Needs
}

// NeedsOf says which facts a command is decided with.
func NeedsOf(c Command) pursuit.Needs { return c.needs() }

// Bundle asks to make signals one with another.
type Bundle Bundled

// Unbundle asks to have a signal stand on its own again.
type Unbundle Unbundled

// SplitUp asks to pursue a signal as several. It has another name than the event: both are said the same way.
type SplitUp Split

// Decider is the bundles of a practice.
var Decider = domain.Decider[State, Facts, Command, Event]{
	Category: "bundles",
	Decide:   func(s State, f Facts, c Command) ([]Event, error) { return c.decide(s, f) },
	Evolve:   func(s State, e Event) State { return e.evolve(s) },
}

func (c Bundle) needs() pursuit.Needs {
	return pursuit.Needs{Signals: append([]domain.StreamID{c.Into}, c.Signals...)}
}

func (c Unbundle) needs() pursuit.Needs { return pursuit.Needs{} }

func (c SplitUp) needs() pursuit.Needs {
	return pursuit.Needs{Signals: append([]domain.StreamID{c.Signal}, c.Into...)}
}

// decide bundles those that are not in it yet. What stands in another bundle must leave it first; what was split is not
// pursued, so nothing is bundled with it.
func (c Bundle) decide(s State, f Facts) ([]Event, error) {
	if err := checkNames(c.Into, c.Signals, 1, "/signals"); err != nil {
		return nil, err
	}
	fresh := slices.DeleteFunc(slices.Clone(c.Signals), func(id domain.StreamID) bool { return s.into(id) == c.Into })
	if len(fresh) == 0 {
		return nil, nil
	}
	if err := pursuit.FirstOf(f.check(s, c.Into, "/into"), f.checkAll(s, fresh, "/signals")); err != nil {
		return nil, err
	}
	for i, id := range fresh {
		if into := s.into(id); into != "" {
			return nil, at(ErrBundled, "/signals", i).Naming("signal", string(id)).Naming("into", string(into))
		}
		if s.leads(c.Into, id) {
			return nil, at(ErrCircle, "/signals", i).Naming("signal", string(id))
		}
	}
	return []Event{Bundled{Signals: fresh, Into: c.Into}}, nil
}

// decide takes a signal out of its bundle. One that was in a bundle before and is not any more is so already.
func (c Unbundle) decide(s State, _ Facts) ([]Event, error) {
	link := s.last(c.Signal)
	switch {
	case link == nil:
		return nil, ErrNotBundled.At("/signal") // it may be no signal at all, so it is not named
	case link.into == "":
		return nil, nil
	}
	return []Event{Unbundled(c)}, nil
}

// decide splits a signal that stands on its own into others that exist.
func (c SplitUp) decide(s State, f Facts) ([]Event, error) {
	if err := checkNames(c.Signal, c.Into, 2, "/into"); err != nil {
		return nil, err
	}
	if slices.Equal(s.Parts(c.Signal), c.Into) {
		return nil, nil
	}
	if err := pursuit.FirstOf(f.check(s, c.Signal, "/signal"), f.checkAll(s, c.Into, "/into")); err != nil {
		return nil, err
	}
	if into := s.into(c.Signal); into != "" {
		return nil, ErrBundled.At("/signal").Naming("signal", string(c.Signal)).Naming("into", string(into))
	}
	for i, part := range c.Into {
		if s.leads(part, c.Signal) {
			return nil, at(ErrCircle, "/into", i).Naming("signal", string(part))
		}
	}
	return []Event{Split(c)}, nil
}

// checkNames holds that there are enough signals, each named once, and not the one that they go with.
func checkNames(one domain.StreamID, others []domain.StreamID, least int, pointer string) error {
	if len(others) < least && least == 1 {
		return ErrNoSignals.At(pointer)
	}
	if len(others) < least {
		return ErrFewParts.At(pointer)
	}
	for i, id := range others {
		if id == one || slices.Contains(others[:i], id) {
			return at(ErrNamedTwice, pointer, i)
		}
	}
	return nil
}

func (f Facts) checkAll(s State, ids []domain.StreamID, pointer string) error {
	for i, id := range ids {
		if err := f.check(s, id, pointer+"/"+strconv.Itoa(i)); err != nil {
			return err
		}
	}
	return nil
}

// check refuses a signal that is not there, that nobody pursues any more, or that is pursued through its parts.
func (f Facts) check(s State, id domain.StreamID, pointer string) error {
	fact, found := f.Signals[id]
	switch {
	case !found:
		return pursuit.ErrSignalNotFound.At(pointer)
	case fact.Closed:
		return ErrClosed.At(pointer).Naming("signal", string(id))
	case len(s.Parts(id)) > 0:
		return ErrAlreadySplit.At(pointer).Naming("signal", string(id))
	}
	return nil
}

func at(refusal *domain.Refusal, pointer string, i int) *domain.Refusal {
	return refusal.At(pointer + "/" + strconv.Itoa(i))
}
