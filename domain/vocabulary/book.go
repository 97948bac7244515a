package vocabulary

import (
	"slices"
	"strconv"

	"signaalboek/domain"
)

// The refusals of words. ErrUnknownCode is said of a code that is not in its list or not offered any more, and names
// list and code; ErrUnknownForum the same of a forum, and names its code.
var (
	ErrUnknownCode  = domain.Refuse(domain.Invalid, "code-unknown")
	ErrUnknownForum = domain.Refuse(domain.Invalid, "forum-unknown")
)

// Book is the words that a practice uses: its defaults and everything it changed since. It is a value that never
// changes: a method that changes something answers with another Book, which shares what stayed the same. The zero
// Book has no words at all.
type Book struct {
	lists      []list
	forums     []Forum
	crosswalks []Crosswalk
	figures    []Figure
}

type list struct {
	code  domain.Code
	terms []Term
}

// Lists is the codes of all lists, in the order in which they were made.
func (b Book) Lists() []domain.Code {
	codes := make([]domain.Code, 0, len(b.lists))
	for _, l := range b.lists {
		codes = append(codes, l.code)
	}
	return codes
}

// Terms is the terms of a list in order, retired ones too. The receiver may keep it, not change it.
func (b Book) Terms(of domain.Code) []Term {
	for i := range b.lists {
		if b.lists[i].code == of {
			return slices.Clip(b.lists[i].terms)
		}
	}
	return nil
}

// Offered is the terms of a list that can still be chosen, in order.
func (b Book) Offered(of domain.Code) []Term {
	return slices.DeleteFunc(slices.Clone(b.Terms(of)), func(t Term) bool { return t.Retired })
}

// Term is one entry of a list, also when it is retired.
func (b Book) Term(of, code domain.Code) (Term, bool) {
	terms := b.Terms(of)
	for i := range terms {
		if terms[i].Code == code {
			return terms[i], true
		}
	}
	return Term{}, false
}

// Label is how a term is called; a term that is not there is called by its code.
func (b Book) Label(of, code domain.Code) string {
	if term, ok := b.Term(of, code); ok {
		return term.Label
	}
	return string(code)
}

// Has reports whether a list has a code, and still offers it.
func (b Book) Has(of, code domain.Code) bool {
	term, ok := b.Term(of, code)
	return ok && !term.Retired
}

// Check refuses a code that Has does not know, with ErrUnknownCode at pointer.
func (b Book) Check(of, code domain.Code, pointer string) error {
	if b.Has(of, code) {
		return nil
	}
	return unknown(of, code, pointer)
}

// CheckOptional is Check for a field that may be left out.
func (b Book) CheckOptional(of, code domain.Code, pointer string) error {
	if code == "" {
		return nil
	}
	return b.Check(of, code, pointer)
}

// CheckAll is Check for each of codes; the refusal says which, as pointer/index.
func (b Book) CheckAll(of domain.Code, codes []domain.Code, pointer string) error {
	for i, code := range codes {
		if err := b.Check(of, code, pointer+"/"+strconv.Itoa(i)); err != nil {
			return err
		}
	}
	return nil
}

// unknown names list and code only if they are written as codes: a refusal never repeats what somebody typed.
func unknown(of, code domain.Code, pointer string) error {
	refusal := ErrUnknownCode.At(pointer)
	if of.Valid() {
		refusal = refusal.Naming("list", string(of))
	}
	if code.Valid() {
		refusal = refusal.Naming("code", string(code))
	}
	return refusal
}

// Forums is every forum in order, retired ones too. The receiver may keep it, not change it.
func (b Book) Forums() []Forum { return slices.Clip(b.forums) }

// Forum is one forum, also when it is retired.
func (b Book) Forum(code domain.Code) (Forum, bool) {
	for i := range b.forums {
		if b.forums[i].Code == code {
			return b.forums[i], true
		}
	}
	return Forum{}, false
}

// ForumLabel is how a forum is called; one that is not there is called by its code.
func (b Book) ForumLabel(code domain.Code) string {
	if forum, ok := b.Forum(code); ok {
		return forum.Label
	}
	return string(code)
}

// CheckForum refuses a forum that is not there, or retired, with ErrUnknownForum at pointer.
func (b Book) CheckForum(code domain.Code, pointer string) error {
	forum, ok := b.Forum(code)
	switch {
	case ok && !forum.Retired:
		return nil
	case code.Valid():
		return ErrUnknownForum.At(pointer).Naming("code", string(code))
	default:
		return ErrUnknownForum.At(pointer)
	}
}

// Crosswalk is how one list is reported in the groups of another on a day: the latest that began by then.
func (b Book) Crosswalk(from, to domain.Code, on domain.Date) (Crosswalk, bool) {
	var latest Crosswalk
	found := false
	for _, c := range b.crosswalks {
		if c.From == from && c.To == to && c.Since <= on && (!found || c.Since > latest.Since) {
			latest, found = c, true
		}
	}
	return latest, found
}

// Crosswalks is every crosswalk, in the order in which they were set. The receiver may keep it, not change it.
func (b Book) Crosswalks() []Crosswalk { return slices.Clip(b.crosswalks) }

// Figures is, of every figure that has a definition for a year, the version in force; in the order of first definition.
func (b Book) Figures(year int) []Figure {
	var inForce []Figure
	for _, f := range b.figures {
		if f.FromYear > year {
			continue
		}
		same := func(g Figure) bool { return g.Code == f.Code }
		if i := slices.IndexFunc(inForce, same); i >= 0 {
			inForce[i] = f
		} else {
			inForce = append(inForce, f)
		}
	}
	return inForce
}

// FigureVersions is every version of a figure, oldest first.
func (b Book) FigureVersions(code domain.Code) []Figure {
	var versions []Figure
	for _, f := range b.figures {
		if f.Code == code {
			versions = append(versions, f)
		}
	}
	return versions
}

// Figure is one version of a figure.
func (b Book) Figure(code domain.Code, version int) (Figure, bool) {
	for _, f := range b.figures {
		if f.Code == code && f.Version == version {
			return f, true
		}
	}
	return Figure{}, false
}
