package projections

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"

	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// HitKind is what sort of thing was found: where the hit leads.
type HitKind string

// The kinds of hit.
const (
	SignalHit         HitKind = "signal"
	RecommendationHit HitKind = "recommendation"
	ThemeHit          HitKind = "theme"
	ForumHit          HitKind = "forum"
)

// HitField is in which text it was found.
type HitField string

// The texts that are searched.
const (
	InStatement  HitField = "statement" // of a signal, or the text of a recommendation
	InWording    HitField = "wording"   // the first one
	InMotivation HitField = "motivation"
	InPromise    HitField = "promise"
	InReason     HitField = "reason" // of a weighing, a pause or a reopening
	InAnswer     HitField = "answer" // what was carried out, offered, done in public or told back
	InLabel      HitField = "label"  // of a theme or forum, or one of its aliases
)

// Hit is one thing in which every word asked for occurs.
type Hit struct {
	Kind    HitKind
	ID      domain.StreamID // of a signal or recommendation
	Code    domain.Code     // of a theme or forum
	Field   HitField
	On      domain.Date // the day of the text
	Snippet string
	Marks   []Span // of the words in Snippet, in order, not overlapping
}

// Span is from byte From up to byte To of a text.
type Span struct{ From, To int }

// Find is the things of a practice in which every word of a query occurs, best first. A thing is found once, by its best
// text. A query without a word finds nothing.
func (s *Search) Find(ctx context.Context, practice domain.PracticeID, query string, limit int) ([]Hit, error) {
	words := strings.Fields(fold(query).text)
	if len(words) == 0 {
		return nil, nil
	}
	if err := s.openPending(ctx); err != nil {
		return nil, err
	}
	var hits []Hit
	limit = pageSize(limit)
	for some := range slices.Chunk(s.candidates(practice, words, 2*limit), limit) { // some may have been forgotten
		if err := s.fill(ctx, some); err != nil {
			return nil, err
		}
		for i := 0; i < len(some) && len(hits) < limit; i++ {
			hit, found, err := some[i].hit(ctx, s.vault, words)
			if err != nil {
				return nil, err
			}
			if found {
				hits = append(hits, hit)
			}
		}
	}
	return hits, nil
}

// fill reads the texts of candidates.
func (s *Search) fill(ctx context.Context, candidates []candidate) error {
	var texts shown
	for i := range candidates {
		texts.add(candidates[i].shows.ID, candidates[i].text, &candidates[i].sealed)
	}
	return s.signals.texts.fill(ctx, texts)
}

// Search finds words in texts. Words are compared without accents and capitals, and are found inside others:
// "participatie" finds "vrijetijdsparticipatie". Every word asked for must occur in one text. The order is plain: texts
// in which all words begin a word come before those in which one stands inside another; labels before statements before
// first wordings before the rest; then the newest first.
//
// Only the folded texts are kept open, in memory; a snapshot holds only where they stand. They come open out of the log,
// and are read there and opened by the first query after a snapshot was read. What a hit shows is opened anew each time,
// so that a text whose key was destroyed is never shown.
type Search struct {
	lock     *sync.RWMutex // of the set
	names    *names
	words    *Words
	signals  *Signals
	vault    domain.Vault
	texts    rows[searched]
	stacks   map[symbol]*haystack       // by practice: what is searched
	newest   [lastReplaced + 1][]uint32 // by field and thing, from 1: an older statement or first wording is not searched
	closed   []uint32                   // texts that were not opened yet
	closings int                        // how often all were closed again, because something was forgotten
}

// searched is one text.
type searched struct {
	thing  thingNo
	on     domain.Date
	text   textAt
	folded strawNo // its words in the haystack of the practice; 0: not opened yet, or forgotten
}

// fieldNo is a field in the order in which hits are shown.
type fieldNo uint8

var fields = [...]HitField{InLabel, InStatement, InWording, InMotivation, InPromise, InReason, InAnswer}

// fieldOf is the field that a JSON pointer leads to.
var fieldOf = map[string]fieldNo{
	"/statement": 1, "/text": 1, "/wording": 2, "/motivation": 3, "/promise": 4, "/reason": 5, "/what": 6, "/toldWhat": 6,
}

// The fields that rows refer to; of the first two, a thing has one.
const (
	fieldStatement fieldNo = 1
	fieldWording   fieldNo = 2
	fieldPromise   fieldNo = 4
	lastReplaced           = fieldWording
)

func newSearch(lock *sync.RWMutex, names *names, words *Words, signals *Signals, vault domain.Vault) *Search {
	return &Search{lock: lock, names: names, words: words, signals: signals, vault: vault, stacks: map[symbol]*haystack{}}
}

func (s *Search) name() string { return "search" }

func (s *Search) settle() {}

func (s *Search) apply(reading *Reading) error {
	for i := range reading.Texts {
		if err := s.take(reading, &reading.Texts[i]); err != nil {
			return err
		}
	}
	return nil
}

func (s *Search) take(reading *Reading, text *ReadText) error {
	field, known := fieldOf[text.Field]
	if !known {
		return fmt.Errorf("no field for the text at %s", text.Field)
	}
	no, err := s.signals.mustFind(reading.Stream)
	if err != nil {
		return err
	}
	s.add(searched{thing: no, on: reading.Meta.On, text: textIn(reading.Revision, field)}, text.Words)
	return nil
}

func (s *Search) add(text searched, folded string) {
	if text.text.field() <= lastReplaced {
		newest := s.newestOf(text)
		if *newest != 0 {
			s.replace(*newest-1, text, folded)
			return
		}
		if folded != "" {
			*newest = uint32(s.texts.len() + 1)
		}
	}
	if folded != "" {
		s.texts.add(text)
		s.fold(uint32(s.texts.len()-1), folded)
	}
}

func (s *Search) replace(at uint32, text searched, folded string) {
	s.stackOf(text).blank(s.texts.at(at).folded)
	*s.texts.at(at) = text
	s.fold(at, folded)
}

// newestOf is where the number stands of the newest text of the same thing and field.
func (s *Search) newestOf(text searched) *uint32 {
	of := &s.newest[text.text.field()]
	for int(text.thing) >= len(*of) {
		*of = append(*of, 0)
	}
	return &(*of)[text.thing]
}

// fold keeps the words of a text that is open.
func (s *Search) fold(at uint32, folded string) {
	s.texts.at(at).folded = s.stackOf(*s.texts.at(at)).add(at, folded)
}

// stackOf is the haystack in which a text belongs.
func (s *Search) stackOf(text searched) *haystack {
	practice := s.signals.thing(text.thing).practice
	if s.stacks[practice] == nil {
		s.stacks[practice] = &haystack{}
	}
	return s.stacks[practice]
}

// candidate is a text, or the names of a term, in which every word occurs.
type candidate struct {
	shows  Hit
	text   textAt        // where the text of the snippet stands; nowhere for a label
	sealed domain.Sealed // that text, once it was read
}

// ranked is where a candidate comes.
type ranked struct {
	rank rank
	at   int32 // in texts; of a label, -1 less its number among those found
}

// rank is the order of hits in one number, so that many are sorted quickly: whether a word stands inside another one,
// the field, the days from the newest, and the texts from the last.
type rank uint64

func rankOf(inside bool, field fieldNo, on domain.Date, at int) rank {
	const days, texts = 1<<28 - 1, 1<<32 - 1
	r := rank(field)<<60 | rank(days/2-int64(on))&days<<32 | rank(texts-at)&texts
	if inside {
		r |= 1 << 63
	}
	return r
}

// candidates is the best of what holds all words, each thing once.
func (s *Search) candidates(practice domain.PracticeID, words []string, most int) []candidate {
	s.lock.RLock()
	defer s.lock.RUnlock()
	called := labels(s.words.book(practice), words)
	best := bestFew{most: most}
	for i := range called {
		best.add(ranked{called[i].rank, int32(-1 - i)})
	}
	if number, known := s.names.known(string(practice)); known {
		for _, found := range s.inTexts(number, needlesOf(words)) {
			best.add(found)
		}
	}
	shown := make([]candidate, 0, len(best.ranked))
	for _, f := range best.ranked {
		if f.at < 0 {
			shown = append(shown, candidate{shows: called[-1-f.at].hit})
			continue
		}
		shown = append(shown, s.candidate(s.texts.at(uint32(f.at))))
	}
	return shown
}

// bestFew keeps the best of many, in order.
type bestFew struct {
	most   int
	ranked []ranked
}

func (b *bestFew) add(r ranked) {
	if len(b.ranked) == b.most && r.rank >= b.ranked[b.most-1].rank {
		return
	}
	at, _ := slices.BinarySearchFunc(b.ranked, r, func(a, b ranked) int { return cmp.Compare(a.rank, b.rank) })
	b.ranked = slices.Insert(b.ranked, at, r)
	b.ranked = b.ranked[:min(len(b.ranked), b.most)]
}

func (s *Search) candidate(text *searched) candidate {
	id := s.signals.idOf(text.thing)
	return candidate{
		shows: Hit{Kind: HitKind(id.Category()), ID: id, Field: fields[text.text.field()], On: text.on},
		text:  text.text,
	}
}

// inTexts is the best text of each thing that holds all words.
func (s *Search) inTexts(practice symbol, needles []needle) []ranked {
	stack := s.stacks[practice]
	if stack == nil {
		return nil
	}
	var found []ranked
	best := make([]uint32, s.signals.things.len()) // by thing: in found, from 1
	stack.each(needles, func(at uint32, inside bool) {
		text := s.texts.at(uint32(at))
		c := ranked{rankOf(inside, text.text.field(), text.on, int(at)), int32(at)}
		switch other := &best[text.thing]; {
		case *other == 0:
			found = append(found, c)
			*other = uint32(len(found))
		case c.rank < found[*other-1].rank:
			found[*other-1] = c
		}
	})
	return found
}

// called is a theme or forum that is called so.
type called struct {
	rank rank
	hit  Hit
}

// labels is the themes and forums that are called so, in the order of their lists.
func labels(book vocabulary.Book, words []string) []called {
	var found []called
	for _, term := range book.Terms(vocabulary.Themes) {
		found = appendCalled(found, Hit{Kind: ThemeHit, Code: term.Code}, term.Label, term.Aliases, words)
	}
	for _, forum := range book.Forums() {
		found = appendCalled(found, Hit{Kind: ForumHit, Code: forum.Code}, forum.Label, forum.Aliases, words)
	}
	return found
}

func appendCalled(to []called, hit Hit, label string, aliases, words []string) []called {
	for _, name := range append([]string{label}, aliases...) {
		if holds, inside := lookFor(needlesOf(words), []byte(" "+fold(name).text)); holds {
			hit.Field = InLabel
			hit.Snippet, hit.Marks = snippet(name, words)
			return append(to, called{rankOf(inside, 0, 0, math.MaxInt32-len(to)), hit})
		}
	}
	return to
}

// hit opens the text of a candidate. It is not found any more if the text was forgotten meanwhile.
func (c candidate) hit(ctx context.Context, vault domain.Vault, words []string) (Hit, bool, error) {
	if c.text == 0 {
		return c.shows, true, nil
	}
	plain, err := openText(ctx, vault, c.sealed)
	if err != nil {
		return Hit{}, false, fmt.Errorf("search: open a text of %s: %w", c.shows.ID, err)
	}
	c.shows.Snippet, c.shows.Marks = snippet(plain, words)
	return c.shows, plain != "", nil
}
