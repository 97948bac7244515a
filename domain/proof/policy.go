package proof

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// Policy says when a checkpoint is believed: which ledger signed it, and which witnesses must have cosigned it. Its text
// is that of C2SP tlog-policy:
//
//	log VKEY
//	witness city VKEY
//	witness partner VKEY
//	group both all city partner
//	quorum both
//
// A group takes "all", "any" or a number of its members, which are named above it; "quorum none" asks for nobody. A
// policy without a log line believes any ledger that the reader was told of in another way.
type Policy struct {
	Logs   []note.Verifier
	quorum string
	groups map[string]group
	seen   map[string]Witness // by name
}

// group is how many of which must have cosigned.
type group struct {
	need    int
	members []string
}

// noQuorum is the name that asks for nobody.
const noQuorum = "none"

// ErrPolicy is a text that is no policy. What is wrong is said by line.
var ErrPolicy = errors.New("proof: not a policy")

// ErrQuorum is a checkpoint that too few witnesses cosigned.
var ErrQuorum = errors.New("proof: too few witnesses cosigned")

// NoWitnesses is the policy that believes one ledger on its own word.
func NoWitnesses(log note.Verifier) Policy {
	return Policy{Logs: []note.Verifier{log}, quorum: noQuorum}
}

// ParsePolicy reads a policy.
func ParsePolicy(text string) (Policy, error) {
	p := Policy{groups: map[string]group{}, seen: map[string]Witness{}}
	for i, line := range strings.Split(text, "\n") {
		words := strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == '\t' })
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		if !p.read(words[0], words[1:]) {
			return Policy{}, fmt.Errorf("line %d: %w", i+1, ErrPolicy)
		}
	}
	if p.quorum == "" {
		return Policy{}, fmt.Errorf("without a quorum: %w", ErrPolicy)
	}
	return p, nil
}

// read takes one line in, and reports whether it is one.
func (p *Policy) read(what string, words []string) bool {
	switch what {
	case "log":
		return p.readLog(words)
	case "witness":
		return p.readWitness(words)
	case "group":
		return p.readGroup(words)
	case "quorum":
		fits := len(words) == 1 && p.quorum == "" && (words[0] == noQuorum || p.known(words[0]))
		if fits {
			p.quorum = words[0]
		}
		return fits
	}
	return false
}

func (p *Policy) readLog(words []string) bool {
	if len(words) != 1 && len(words) != 2 {
		return false
	}
	log, err := note.NewVerifier(words[0])
	if err != nil || slices.ContainsFunc(p.Logs, func(l note.Verifier) bool { return l.Name() == log.Name() }) {
		return false
	}
	p.Logs = append(p.Logs, log)
	return true
}

func (p *Policy) readWitness(words []string) bool {
	if len(words) != 2 && len(words) != 3 || !p.free(words[0]) {
		return false
	}
	witness, err := ParseWitness(words[1])
	if err != nil {
		return false
	}
	for _, other := range p.seen {
		if other.key.Equal(witness.key) || other.name == witness.name {
			return false
		}
	}
	p.seen[words[0]] = witness
	return true
}

func (p *Policy) readGroup(words []string) bool {
	if len(words) < 3 || !p.free(words[0]) {
		return false
	}
	members := words[2:]
	for i, member := range members {
		if !p.known(member) || slices.Contains(members[:i], member) || p.taken(member) {
			return false
		}
	}
	need, ok := threshold(words[1], len(members))
	if ok {
		p.groups[words[0]] = group{need, members}
	}
	return ok
}

func threshold(word string, members int) (need int, ok bool) {
	switch word {
	case "all":
		return members, true
	case "any":
		return 1, true
	}
	need, err := strconv.Atoi(word)
	return need, err == nil && need >= 1 && need <= members && strconv.Itoa(need) == word
}

func (p *Policy) known(name string) bool {
	_, witness := p.seen[name]
	_, group := p.groups[name]
	return witness || group
}

func (p *Policy) free(name string) bool { return name != noQuorum && !p.known(name) }

// taken reports whether a name counts in a group already: nobody counts twice.
func (p *Policy) taken(name string) bool {
	for _, g := range p.groups {
		if slices.Contains(g.members, name) {
			return true
		}
	}
	return false
}

// Witnesses are all whom the policy knows, by name of their keys.
func (p Policy) Witnesses() (all []Witness) {
	for _, w := range p.seen {
		all = append(all, w)
	}
	slices.SortFunc(all, func(a, b Witness) int { return strings.Compare(a.name, b.name) })
	return all
}

// Check is the checkpoint in a signed note, if the policy believes it: a ledger that it names signed it, and enough
// witnesses cosigned. It fails with ErrCheckpoint or ErrQuorum.
func (p Policy) Check(signed []byte) (Checkpoint, error) {
	for _, log := range p.Logs {
		c, err := Open(signed, log)
		if err != nil {
			continue
		}
		return c, p.CheckQuorum(signed, log)
	}
	return Checkpoint{}, ErrCheckpoint
}

// CheckQuorum fails with ErrQuorum if too few witnesses cosigned a checkpoint of log.
func (p Policy) CheckQuorum(signed []byte, log note.Verifier) error {
	if p.quorum == noQuorum {
		return nil
	}
	cosigned, err := Cosignatures(signed, log, p.Witnesses())
	if err != nil {
		return err
	}
	if !p.met(p.quorum, cosigned) {
		return ErrQuorum
	}
	return nil
}

func (p Policy) met(name string, cosigned []Cosignature) bool {
	if w, found := p.seen[name]; found {
		return slices.ContainsFunc(cosigned, func(c Cosignature) bool { return c.Witness == w.name })
	}
	g := p.groups[name]
	count := 0
	for _, member := range g.members {
		if p.met(member, cosigned) {
			count++
		}
	}
	return count >= g.need
}
