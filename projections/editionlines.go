package projections

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"slices"
	"strconv"
	"strings"

	"signaalboek/domain"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/recommendation"
	"signaalboek/domain/release"
	"signaalboek/domain/signal"
	"signaalboek/domain/vocabulary"
)

// editionLine is a signal or recommendation of an edition on its way: what the table knows of it, and then its steps.
type editionLine struct {
	id       domain.StreamID
	at       textAt
	text     domain.Sealed
	themes   []domain.Code
	closed   signal.ClosingReason
	madeBy   recommendation.Maker
	maker    domain.Code // the forum that made it
	adopted  bool
	answers  []domain.StreamID // wholes
	ref      EditionRef
	heard    HalfYear
	settings []heardAt
	steps    []EditionStep
	behind   []ChainStep // the events of those, in the same order
	promises []openPromise
	waiting  []domain.Code // forums that owe an answer
}

// heardAt is a setting that raised a signal.
type heardAt struct {
	setting pursuit.Setting
	in      HalfYear
}

// editionLines is the signals and recommendations of a practice that an edition may tell of.
func (s *Signals) editionLines(practice domain.PracticeID, period release.Period) (signals, recommendations []*editionLine) {
	shelf := s.shelfOf(practice)
	for no := range s.signals(shelf) {
		if whole := s.whole(no); s.top(no) == no && mayBeTold(&whole, period) {
			signals = append(signals, s.editionLine(no))
		}
	}
	for _, no := range shelf.recommendations {
		if t := s.thing(no); stillPursued(&t, period) {
			recommendations = append(recommendations, s.editionLine(no))
		}
	}
	return signals, recommendations
}

// mayBeTold reports whether a signal may be told to everybody: it is worded, it was not split, and the focusgroep did not
// say that it may not go further, or not in these words.
func mayBeTold(whole *thing, period release.Period) bool {
	held := mandates[whole.mandate] == MandateRefused || mandates[whole.mandate] == WordingAsked
	return whole.version > 0 && !whole.is(isSplit) && !held && stillPursued(whole, period)
}

// stillPursued reports whether something was not closed before a period.
func stillPursued(t *thing, period release.Period) bool {
	return t.closedOn.IsZero() || t.closedOn >= period.First()
}

func (s *Signals) editionLine(no thingNo) *editionLine {
	t := s.thing(no)
	whose := s.whoseOf(&t)
	line := &editionLine{
		id: s.idOf(no), at: t.text, themes: s.themesOf(no), closed: signal.ClosingReason(s.names.codeOf(whose.closed)),
	}
	if t.is(isRecommendation) {
		line.madeBy, line.maker = recommendation.Maker(s.names.codeOf(whose.from)), s.names.codeOf(whose.maker)
		line.adopted = t.is(isAdopted)
		for _, answered := range s.answers[no] {
			line.answers = append(line.answers, s.idOf(s.top(answered)))
		}
	}
	return line
}

// readSteps reads what happened to a whole.
func (e *editing) readSteps(ctx context.Context, line *editionLine) error {
	route, _ := e.set.Signals.route(e.Practice, line.id)
	for _, stream := range route.streams {
		if err := route.read(ctx, e.set.store, stream); err != nil {
			return err
		}
	}
	route.finish(e.today)
	for _, step := range route.Steps {
		line.take(step)
	}
	if line.closed != "" {
		line.promises, line.waiting = nil, nil
	}
	return nil
}

// arrange puts lines in order and gives each its name: by the half-year in which they were first heard, then by the
// labels of their themes. Among those that are alike in both, the order says nothing of which came first.
func (e *editing) arrange(lines []*editionLine, mark string) {
	slices.SortFunc(lines, func(a, b *editionLine) int {
		return cmp.Or(
			a.heard.compare(b.heard), strings.Compare(e.labels(a.themes), e.labels(b.themes)), compareBlindly(a.id, b.id),
		)
	})
	for i, line := range lines {
		line.ref = EditionRef(mark + strconv.Itoa(i+1))
	}
}

// labels is what themes are called, in the order of their labels.
func (e *editing) labels(themes []domain.Code) string {
	var labels []string
	for _, theme := range themes {
		labels = append(labels, vocabulary.Fold(e.book.Label(vocabulary.Themes, theme)))
	}
	slices.Sort(labels)
	return strings.Join(labels, ", ")
}

// compareBlindly is an order of ids, always the same. Their own order may be that in which they were given.
func compareBlindly(a, b domain.StreamID) int {
	first, second := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return bytes.Compare(first[:], second[:])
}

// refOf is the name of a line; none if it is not told of.
func refOf(lines []*editionLine, id domain.StreamID) EditionRef {
	at := slices.IndexFunc(lines, func(line *editionLine) bool { return line.id == id })
	if at < 0 {
		return ""
	}
	return lines[at].ref
}
