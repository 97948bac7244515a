package ledger

import (
	"context"
	"errors"
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/catalog"
	"signaalboek/domain/guard"
	"signaalboek/domain/practice"
)

// admit has the guard read every text of an event that is still in the clear. A refusal points into the command: a text
// is called the same in a command and in its event.
func (l *Ledger) admit(ctx context.Context, event domain.Event, meta domain.Meta, confirmed guard.Override) error {
	var watch *guard.Guard // found at the first text: most events have none
	_, err := catalog.Default.EachText(event, func(pointer string, text domain.Sealed) (domain.Sealed, error) {
		plain, scope := text.Plain()
		if plain == "" || scope != "" {
			return text, nil
		}
		if watch == nil {
			var err error
			if watch, err = l.guardAtHand(ctx, meta.Practice); err != nil {
				return text, err
			}
		}
		return text, watch.Admit(text, pointer, meta.Actor, confirmed)
	})
	if err != nil {
		return err
	}
	return l.admitPrinted(ctx, event, meta)
}

// guardAtHand is the guard of a practice whose words were read just now, for the facts of the command.
func (l *Ledger) guardAtHand(ctx context.Context, id domain.PracticeID) (*guard.Guard, error) {
	if made := l.books.of(id).guard; made != nil {
		return made, nil
	}
	return l.Guard(ctx, id)
}

// Guard is the guard of a practice, with its words as they are now. It is made again when the words change only.
func (l *Ledger) Guard(ctx context.Context, id domain.PracticeID) (*guard.Guard, error) {
	mark, err := l.bookmark(ctx, id)
	return mark.guard, err
}

// printed is a word of an organisation that an event holds in the clear, and where it stands in the command.
type printed struct {
	text    string
	pointer string
	site    bool // it is where the practice itself is
}

// printedIn is the words of an organisation in an event: they are not sealed, because they are made to be printed.
func printedIn(event domain.Event) []printed {
	switch e := event.(type) {
	case practice.Opened:
		return []printed{{text: e.Name, pointer: "/name"}}
	case practice.TermAdded:
		words := namesAt("/term", e.List == guard.Sites, e.Term.Label, e.Term.Aliases)
		return append(words, printed{text: e.Term.Remark, pointer: "/term/remark"})
	case practice.TermRelabelled:
		return namesAt("", e.List == guard.Sites, e.Label, e.Aliases)
	case practice.ForumRegistered:
		return forumWords(practice.ForumChanged(e))
	case practice.ForumChanged:
		return forumWords(e)
	case practice.FigureDefined:
		return []printed{{text: e.Label, pointer: "/label"}, {text: e.Definition, pointer: "/definition"}}
	}
	return nil
}

func forumWords(e practice.ForumChanged) []printed {
	return append(namesAt("", false, e.Label, e.Aliases),
		printed{text: e.Cadence, pointer: "/cadence"}, printed{text: e.Remark, pointer: "/remark"})
}

func namesAt(under string, site bool, label string, aliases []string) []printed {
	names := []printed{{label, under + "/label", site}}
	for _, alias := range aliases {
		names = append(names, printed{alias, under + "/aliases", site})
	}
	return names
}

// admitPrinted keeps out of the words of an organisation what is by itself somebody's: a number, an address, a birth
// date. It asks nothing: names of streets, people and conditions are what such words are made of, see ADR 18.
func (l *Ledger) admitPrinted(ctx context.Context, event domain.Event, meta domain.Meta) error {
	words := printedIn(event)
	if len(words) == 0 {
		return nil
	}
	watch, err := l.Guard(ctx, meta.Practice)
	if errors.Is(err, ErrNotOpened) {
		watch, err = new(guard.Guard), nil // it is being opened: it has no words yet
	}
	if err != nil {
		return err
	}
	for _, word := range words {
		refused := watch.AdmitText(word.text, word.pointer, meta.Actor, guard.Override{})
		if refusal, is := errors.AsType[*domain.Refusal](refused); is && word.tells(guard.Found(refusal)) {
			return refusal
		}
	}
	return nil
}

// tells reports whether one of the things found cannot stand there. Circumstances together can: a definition of a figure
// is about everybody whom it counts.
func (p printed) tells(found []guard.Finding) bool {
	return slices.ContainsFunc(found, func(f guard.Finding) bool {
		return f.Verdict == guard.Block && f.Class != guard.Together && !(p.site && f.Class == guard.Address)
	})
}
