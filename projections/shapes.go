package projections

import (
	"slices"

	"signaalboek/domain"
)

// shape is what one help request carries. Few different ones exist, however many requests there are, so each is kept
// once and a request is the number of its shape.
type shape struct {
	themes     listNo
	approaches listNo
	services   listNo
	followedUp bool
	settled    bool
}

// request is a shape in words.
func (n *names) request(s shape) HelpRequest {
	return HelpRequest{
		Themes: n.listOf(s.themes), Approaches: n.listOf(s.approaches), Services: n.listOf(s.services),
		FollowedUp: s.followedUp, Settled: s.settled,
	}
}

// listOf is the codes of a list.
func (n *names) listOf(list listNo) []domain.Code {
	var codes []domain.Code
	n.inList(list, func(s symbol) { codes = append(codes, n.codeOf(s)) })
	return codes
}

// matching tells of each shape whether it carries all three codes; nil, if none is asked for.
func (n *names) matching(shapes []shape, theme, approach, service symbol) []bool {
	if theme == 0 && approach == 0 && service == 0 {
		return nil
	}
	matches := make([]bool, len(shapes))
	for i, s := range shapes {
		matches[i] = n.carries(s.themes, theme) && n.carries(s.approaches, approach) && n.carries(s.services, service)
	}
	return matches
}

func (n *names) carries(list listNo, code symbol) bool {
	return code == 0 || n.listHasAny(list, []symbol{code})
}

// extended is a list with those codes at its end that are not in it yet.
func (n *names) extended(list listNo, more []domain.Code) listNo {
	codes := n.listOf(list)
	for _, code := range more {
		if !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	return n.list(codes)
}

// servicesOf is the services of a shape. They are unpacked once: every referral from a help request is found by them.
func (c *Contacts) servicesOf(number uint32) []symbol { return c.services[number] }

// unpack keeps the services of shapes that are new.
func (c *Contacts) unpack() {
	for number := len(c.services); number < len(c.shapes.values); number++ {
		var services []symbol
		c.names.inList(c.shapes.values[number].services, func(s symbol) { services = append(services, s) })
		c.services = append(c.services, services)
	}
}
