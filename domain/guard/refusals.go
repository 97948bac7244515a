package guard

import (
	"slices"
	"strconv"
	"strings"

	"signaalboek/domain"
)

// The refusals of a text. ErrBlocked and ErrAsked name under "found" every class and place, which Found reads back:
// never what stands there.
var (
	ErrBlocked     = domain.Refuse(domain.Invalid, "text-identifies")
	ErrAsked       = domain.Refuse(domain.Conflict, "text-may-identify")
	ErrOwnOverride = domain.Refuse(domain.Invalid, "override-by-author")
)

// Override is a second pair of eyes: somebody else than the author read the text, and says that what the guard asked
// about identifies nobody. It covers the classes that were shown, no others, and never a block.
type Override struct {
	By      domain.ActorID `json:"by"`
	Classes []Class        `json:"classes"`
}

// IsZero reports whether nobody overrides anything.
func (o Override) IsZero() bool { return o.By == domain.ActorID{} && len(o.Classes) == 0 }

// covers reports whether somebody answered for a class.
func (o Override) covers(class Class) bool {
	return o.By != domain.ActorID{} && slices.Contains(o.Classes, class)
}

// Admit lets a text through the door, or refuses it at pointer: ErrBlocked, ErrAsked for what override does not cover,
// ErrOwnOverride if the author answers for it. A text that is sealed already, and what is no text (a recognition),
// passes: the first was read when it came in.
func (g *Guard) Admit(waiting domain.Sealed, pointer string, author domain.ActorID, override Override) error {
	plain, scope := waiting.Plain()
	if plain == "" || scope != "" {
		return nil
	}
	return g.AdmitText(plain, pointer, author, override)
}

// AdmitText is Admit for a text that will not be sealed yet, such as a draft.
func (g *Guard) AdmitText(text, pointer string, author domain.ActorID, override Override) error {
	found := g.Check(text)
	if slices.ContainsFunc(found, func(f Finding) bool { return f.Verdict == Block }) {
		return ErrBlocked.At(pointer).Naming("found", sayFound(found))
	}
	open := slices.DeleteFunc(slices.Clone(found), func(f Finding) bool { return override.covers(f.Class) })
	switch {
	case len(open) > 0:
		return ErrAsked.At(pointer).Naming("found", sayFound(open))
	case len(found) > 0 && override.By == author:
		return ErrOwnOverride.At(pointer)
	}
	return nil
}

// sayFound writes findings as "iban block 12-31, age ask 40-47".
func sayFound(found []Finding) string {
	said := make([]string, len(found))
	for i, f := range found {
		said[i] = f.String()
	}
	return strings.Join(said, ", ")
}

// Found is the findings that ErrBlocked or ErrAsked names, so that a form can show where they are; none for any other
// refusal.
func Found(r *domain.Refusal) []Finding {
	var found []Finding
	for said := range strings.SplitSeq(r.With["found"], ", ") {
		if f, ok := parseFinding(said); ok {
			found = append(found, f)
		}
	}
	return found
}

func parseFinding(said string) (Finding, bool) {
	parts := strings.Fields(said)
	if len(parts) != 3 {
		return Finding{}, false
	}
	from, to, _ := strings.Cut(parts[2], "-")
	start, err := strconv.Atoi(from)
	if err != nil {
		return Finding{}, false
	}
	end, err := strconv.Atoi(to)
	return Finding{Class(parts[0]), Verdict(parts[1]), start, end}, err == nil
}
