package projections

import (
	"context"
	"reflect"
	"slices"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/release"
	"signaalboek/domain/vocabulary"
)

// editing is editions that are being made: what the table knows, and then what is read in the log.
type editing struct {
	Edited
	set             *Set
	name            string
	book            vocabulary.Book
	from            string // the version of the defaults that the practice began with
	today           domain.Date
	signals         []*editionLine // in the order in which they are printed
	recommendations []*editionLine
	recurring       ThemeReport
	owed            map[pursuit.SettingKind]int
}

func (s *Set) editing(of Edited) *editing {
	e := &editing{Edited: of, set: s, today: of.Release.Proposed.On, owed: map[pursuit.SettingKind]int{}}
	e.recurring = s.Themes.Recurring(of.Practice, ThemeWindow{})
	s.lock.RLock()
	defer s.lock.RUnlock()
	e.book = s.Words.book(of.Practice)
	if words := s.Words.practices[of.Practice]; words != nil {
		e.name, e.from = words.name, words.defaults
	}
	e.signals, e.recommendations = s.Signals.editionLines(of.Practice, of.Release.Period)
	for _, debt := range s.Debts.chosen(of.Practice, DebtFilter{}) {
		e.owed[s.names.settingOf(debt.owing.setting).Kind]++
	}
	return e
}

// read reads the steps and the texts of every line, and puts in order those that there are by the end of the period. A
// recommendation that is still a draft is nobody's word yet.
func (e *editing) read(ctx context.Context) error {
	var texts shown
	for _, line := range slices.Concat(e.signals, e.recommendations) {
		if err := e.readSteps(ctx, line); err != nil {
			return err
		}
		texts.add(line.id, line.at, &line.text)
	}
	if err := e.set.Signals.texts.fill(ctx, texts); err != nil {
		return err
	}
	if slices.ContainsFunc(texts, func(text shownText) bool { return IsUnread(*text.in) }) {
		return domain.ErrLogAway
	}
	later := func(l *editionLine) bool { return HalfYearOf(e.Release.Period.Last()).Until(l.heard) > 0 }
	draft := func(l *editionLine) bool { return !l.adopted && len(l.steps) == 0 }
	e.signals = slices.DeleteFunc(e.signals, later)
	e.recommendations = slices.DeleteFunc(slices.DeleteFunc(e.recommendations, later), draft)
	e.arrange(e.signals, "S")
	e.arrange(e.recommendations, "A")
	return nil
}

// head is the top of an edition, all of whose texts are in it.
func (e *editing) head(edition release.Edition, of ...any) EditionHead {
	head := EditionHead{Practice: e.name, Period: e.Release.Period}
	for _, place := range release.Places(edition) {
		for _, sentence := range e.Release.Sentences {
			if sentence.Edition == edition && sentence.Place == place {
				head.Sentences = append(head.Sentences, EditionSentence{place, sentence.Text})
			}
		}
	}
	head.Texts = keysIn(append(of, head.Sentences)...)
	return head
}

// keysIn is the keys of every sealed text in some values, in their order, each once.
func keysIn(values ...any) (keys []uuid.UUID) {
	for _, value := range values {
		eachSealed(reflect.ValueOf(value), func(text domain.Sealed) {
			if !text.IsZero() {
				keys = append(keys, text.Key)
			}
		})
	}
	slices.SortFunc(keys, func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) })
	return slices.Compact(keys)
}

var sealedType = reflect.TypeFor[domain.Sealed]()

// eachSealed visits every sealed text in a value: whoever adds a text to an edition cannot forget to say so.
func eachSealed(value reflect.Value, visit func(domain.Sealed)) {
	switch {
	case value.Type() == sealedType:
		visit(value.Interface().(domain.Sealed))
	case value.Kind() == reflect.Struct:
		for i := range value.NumField() {
			eachSealed(value.Field(i), visit)
		}
	case value.Kind() == reflect.Slice:
		for i := range value.Len() {
			eachSealed(value.Index(i), visit)
		}
	}
}
