package vocabulary

import (
	"slices"

	"signaalboek/domain"
)

// WithTerm is b with a term at the end of a list, which is made if it is new. A code that is there already is replaced
// where it stands, and remembers its earlier names.
func (b Book) WithTerm(to domain.Code, term Term) Book {
	return b.changed(to, func(terms []Term) []Term {
		for i, old := range terms {
			if old.Code == term.Code {
				term.Aliases = remember(term.Label, term.Aliases, append([]string{old.Label}, old.Aliases...))
				terms[i] = term
				return terms
			}
		}
		return append(terms, term)
	})
}

// WithLabel is b with another label for a term. The old label stays as an alias, so that what was written with it is
// still found.
func (b Book) WithLabel(of, code domain.Code, label string, aliases []string) Book {
	term, ok := b.Term(of, code)
	if !ok {
		return b
	}
	renamed := term
	renamed.Label, renamed.Aliases = label, aliases
	return b.WithTerm(of, renamed)
}

// Retiring is b without offering a term any more.
func (b Book) Retiring(of, code domain.Code) Book { return b.retired(of, code, true) }

// Offering is b with terms offered again: what stands in a record may stay in it when the record is corrected, even
// when nobody can choose it any more.
func (b Book) Offering(of domain.Code, codes ...domain.Code) Book {
	for _, code := range codes {
		b = b.retired(of, code, false)
	}
	return b
}

func (b Book) retired(of, code domain.Code, retired bool) Book {
	if term, ok := b.Term(of, code); !ok || term.Retired == retired {
		return b
	}
	return b.changed(of, func(terms []Term) []Term {
		for i := range terms {
			if terms[i].Code == code {
				terms[i].Retired = retired
			}
		}
		return terms
	})
}

// changed is b with a copy of a list that change was let loose on.
func (b Book) changed(of domain.Code, change func([]Term) []Term) Book {
	b.lists = slices.Clone(b.lists)
	for i := range b.lists {
		if b.lists[i].code == of {
			b.lists[i].terms = change(slices.Clone(b.lists[i].terms))
			return b
		}
	}
	b.lists = append(b.lists, list{code: of, terms: change(nil)})
	return b
}

// WithForum is b with a forum at the end, or with another name, kind or level for one that is there; its old name
// stays as an alias.
func (b Book) WithForum(forum Forum) Book {
	b.forums = slices.Clone(b.forums)
	for i, old := range b.forums {
		if old.Code == forum.Code {
			forum.Aliases = remember(forum.Label, forum.Aliases, append([]string{old.Label}, old.Aliases...))
			b.forums[i] = forum
			return b
		}
	}
	b.forums = append(b.forums, forum)
	return b
}

// RetiringForum is b without offering a forum any more.
func (b Book) RetiringForum(code domain.Code) Book {
	forum, ok := b.Forum(code)
	if !ok {
		return b
	}
	forum.Retired = true
	return b.WithForum(forum)
}

// WithCrosswalk is b with a crosswalk from its day on; one of the same lists and day is replaced.
func (b Book) WithCrosswalk(crosswalk Crosswalk) Book {
	kept := slices.Clone(b.crosswalks)
	kept = slices.DeleteFunc(kept, func(c Crosswalk) bool {
		return c.From == crosswalk.From && c.To == crosswalk.To && c.Since == crosswalk.Since
	})
	b.crosswalks = append(kept, crosswalk)
	return b
}

// WithFigure is b with a version of a figure.
func (b Book) WithFigure(figure Figure) Book {
	b.figures = append(slices.Clip(b.figures), figure)
	return b
}

// remember is aliases and everything that was an alias or label before, without label itself and without repetition.
func remember(label string, aliases, before []string) []string {
	var all []string
	for _, alias := range slices.Concat(aliases, before) {
		if alias != label && !slices.Contains(all, alias) {
			all = append(all, alias)
		}
	}
	return all
}
