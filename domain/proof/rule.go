package proof

// Rule is what a policy asks for, to be told to people: one witness, or how many of some rules.
type Rule struct {
	Name    string // as the policy calls it
	Witness string // the name of the key, if it is one witness
	Need    int    // how many of Of; 1 of a witness; 0: nobody need cosign
	Of      []Rule
}

// Rule is what the policy asks for.
func (p Policy) Rule() Rule {
	if p.quorum == noQuorum || p.quorum == "" {
		return Rule{}
	}
	return p.rule(p.quorum)
}

func (p Policy) rule(name string) Rule {
	if w, found := p.seen[name]; found {
		return Rule{Name: name, Witness: w.name, Need: 1}
	}
	g := p.groups[name]
	rule := Rule{Name: name, Need: g.need}
	for _, member := range g.members {
		rule.Of = append(rule.Of, p.rule(member))
	}
	return rule
}
