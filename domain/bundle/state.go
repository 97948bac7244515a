package bundle

import (
	"maps"
	"slices"

	"signaalboek/domain"
)

// State is every bundling, unbundling and splitting of a practice, the newest first. It is a value: what evolves it
// adds a link and leaves the chain before it untouched, however long it is. The zero State has no bundles.
type State struct {
	newest *link
}

// link says that one signal goes into others from then on: into a bundle, into parts, or into nothing.
type link struct {
	signal domain.StreamID
	into   domain.StreamID   // the bundle; none when it left
	parts  []domain.StreamID // when it was split
	older  *link
}

func (e Bundled) evolve(s State) State {
	for _, signal := range e.Signals {
		s.newest = &link{signal: signal, into: e.Into, older: s.newest}
	}
	return s
}

func (e Unbundled) evolve(s State) State {
	s.newest = &link{signal: e.Signal, older: s.newest}
	return s
}

func (e Split) evolve(s State) State {
	s.newest = &link{signal: e.Signal, parts: e.Into, older: s.newest}
	return s
}

// Top is the signal through which a signal is pursued, through bundles of bundles; itself if it is in none.
func (s State) Top(id domain.StreamID) domain.StreamID {
	for into := s.into(id); into != ""; into = s.into(id) {
		id = into
	}
	return id
}

// Into is Top for a signal that is in a bundle, and empty for one that stands on its own.
func (s State) Into(id domain.StreamID) domain.StreamID {
	if top := s.Top(id); top != id {
		return top
	}
	return ""
}

// Members is every signal that was bundled into one, through bundles of bundles, in the order of bundling.
func (s State) Members(id domain.StreamID) []domain.StreamID {
	now, order := s.now()
	var members []domain.StreamID
	for _, signal := range order {
		for into := now[signal]; into != ""; into = now[into] {
			if into == id {
				members = append(members, signal)
				break
			}
		}
	}
	return members
}

// Whole is the signal through which a signal is pursued and, after it, everything that is pursued with that: what was
// bundled into it and, when it was split, the same of its parts.
func (s State) Whole(id domain.StreamID) []domain.StreamID {
	top := s.Top(id)
	whole := append([]domain.StreamID{top}, s.Members(top)...)
	for _, part := range s.Parts(top) {
		whole = append(whole, s.Whole(part)...)
	}
	return whole
}

// Parts is what a signal was split into; none if it was not.
func (s State) Parts(id domain.StreamID) []domain.StreamID {
	for l := s.newest; l != nil; l = l.older {
		if l.signal == id && len(l.parts) > 0 {
			return slices.Clip(l.parts)
		}
	}
	return nil
}

// IsSplit reports whether a signal, or the one it was bundled into, was split: it is pursued through its parts.
func (s State) IsSplit(id domain.StreamID) bool { return len(s.Parts(s.Top(id))) > 0 }

// Kin is a signal and every other that it ever was one with, directly or through others, in order of name: the streams
// whose events, with those of the bundles, tell to whom it owes an answer.
func (s State) Kin(id domain.StreamID) []domain.StreamID {
	kin := map[domain.StreamID]bool{id: true}
	for grown := true; grown; {
		grown = false
		for l := s.newest; l != nil; l = l.older {
			grown = l.touch(kin) || grown
		}
	}
	return slices.Sorted(maps.Keys(kin))
}

// touch adds all that a link joins as soon as one of them is kin, and reports whether that added any.
func (l *link) touch(kin map[domain.StreamID]bool) bool {
	joined := append([]domain.StreamID{l.signal}, l.parts...)
	if l.into != "" {
		joined = append(joined, l.into)
	}
	if !slices.ContainsFunc(joined, func(id domain.StreamID) bool { return kin[id] }) {
		return false
	}
	before := len(kin)
	for _, id := range joined {
		kin[id] = true
	}
	return len(kin) > before
}

// last is the newest word on whether a signal is in a bundle; none if there was never any.
func (s State) last(id domain.StreamID) *link {
	for l := s.newest; l != nil; l = l.older {
		if l.signal == id && len(l.parts) == 0 {
			return l
		}
	}
	return nil
}

func (s State) into(id domain.StreamID) domain.StreamID {
	if l := s.last(id); l != nil {
		return l.into
	}
	return ""
}

// now is where each signal that ever was in a bundle stands, and in which order they were last bundled.
func (s State) now() (map[domain.StreamID]domain.StreamID, []domain.StreamID) {
	into, order := map[domain.StreamID]domain.StreamID{}, []domain.StreamID{}
	for l := s.newest; l != nil; l = l.older {
		if _, seen := into[l.signal]; !seen && len(l.parts) == 0 {
			into[l.signal] = l.into
			order = append(order, l.signal)
		}
	}
	slices.Reverse(order)
	return into, order
}

// leads reports whether a signal is pursued through another, by bundles or by parts: joining them the other way round
// would make a circle.
func (s State) leads(from, to domain.StreamID) bool {
	if from == to {
		return true
	}
	if into := s.into(from); into != "" && s.leads(into, to) {
		return true
	}
	return slices.ContainsFunc(s.Parts(from), func(part domain.StreamID) bool { return s.leads(part, to) })
}
