package release_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/domaintest"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/release"
)

var (
	coordinator, colleague = uuid.UUID{15: 1}, uuid.UUID{15: 2}
	first, second, third   = release.ID{15: 11}, release.ID{15: 12}, release.ID{15: 13}
	theme, opening         = uuid.UUID{15: 21}, uuid.UUID{15: 22} // keys of texts
	half                   = release.Period{Year: 2026, Part: release.FirstHalf}
	whole                  = release.Period{Year: 2026, Part: release.WholeYear}
	later                  = domain.DateOf(2027, time.March, 1)
)

type spec = domaintest.Spec[release.State, release.Facts, release.Command, release.Event]

// by is what somebody may know on a day long after, with the id of what they propose.
func by(actor domain.ActorID) release.Facts {
	return release.Facts{Release: third, Actor: actor, On: later}
}

// given begins a sentence of the coordinator; confirming one of the colleague.
func given(t testing.TB, events ...release.Event) spec {
	t.Helper()
	return domaintest.Given(t, release.Decider, by(coordinator), events...)
}

func confirming(t testing.TB, events ...release.Event) spec {
	t.Helper()
	return domaintest.Given(t, release.Decider, by(colleague), events...)
}

func proposed(id release.ID, period release.Period) release.Proposed {
	return release.Proposed{Release: id, Period: period, By: coordinator}
}

func written(id release.ID, key uuid.UUID) release.SentenceWritten {
	return release.SentenceWritten{Release: id, Edition: release.Council, Place: release.Opening, Text: domain.Sealed{Key: key, Box: "box"}}
}

// built is a release of two tables, of a width each, that holds some texts.
func built(headline, themes release.Width, texts ...uuid.UUID) release.Built {
	digest := strings.Repeat("0123456789abcdef", 4)
	return release.Built{
		Catalogue: 1,
		Widths:    []release.TableWidth{{Table: "headline", Width: headline}, {Table: "themes", Width: themes}},
		Editions: []release.EditionFiles{
			{Edition: release.Council, Files: []release.File{{Name: "council/overview.html", Digest: digest}}},
		},
		Bundle: digest, Texts: texts,
	}
}

// published is a release of the half; publishedWhole one of the whole year.
func published(id release.ID, b release.Built) release.Published {
	return release.Published{Release: id, Period: half, Built: b}
}

func publishedWhole(id release.ID, b release.Built) release.Published {
	return release.Published{Release: id, Period: whole, Built: b}
}

func TestProposing(t *testing.T) {
	ask := release.Propose{Period: half}
	given(t).When(ask).Then(proposed(third, half))
	given(t, proposed(first, half)).When(ask).Nothing()
	confirming(t, proposed(first, half)).When(ask).Refused(release.ErrOpen)
	given(t, proposed(first, whole)).When(ask).Refused(release.ErrOpen)
	given(t, proposed(first, half), release.Dropped{Release: first}).When(ask).Then(proposed(third, half))
	given(t, proposed(first, half), published(first, built(1, 5))).When(ask).Refused(release.ErrOut)
	given(t, proposed(first, half), published(first, built(1, 5))).When(release.Propose{Period: whole}).Then(proposed(third, whole))
	refusal := given(t, proposed(first, whole), publishedWhole(first, built(1, 5))).When(ask).Refused(release.ErrYearOut)
	if refusal.With["period"] != "2026-whole-year" {
		t.Errorf("the refusal names %v", refusal.With)
	}
	for _, odd := range []release.Period{{}, {Year: 2026}, {Year: 2026, Part: "second-half"}, {Year: 1999, Part: release.WholeYear}} {
		given(t).When(release.Propose{Period: odd}).Refused(release.ErrPeriod)
	}
}

// A period that is not over would be counted twice.
func TestOnlyWhatIsOverIsPublished(t *testing.T) {
	for day, over := range map[domain.Date]bool{
		domain.DateOf(2026, time.June, 30): false, domain.DateOf(2026, time.July, 1): true, domain.DateOf(2026, time.January, 2): false,
	} {
		answer := domaintest.Given(t, release.Decider, release.Facts{Release: third, Actor: coordinator, On: day}).
			When(release.Propose{Period: half})
		if over {
			answer.Then(proposed(third, half))
		} else if refusal := answer.Refused(release.ErrNotOver); refusal.With["last"] != "2026-06-30" {
			t.Errorf("the refusal names %v", refusal.With)
		}
	}
	given(t).When(release.Propose{Period: release.Period{Year: 2027, Part: release.WholeYear}}).Refused(release.ErrNotOver)
}

func TestASecondPersonPublishes(t *testing.T) {
	ask := release.Publish{Release: first, Built: built(1, 5, theme)}
	given(t, proposed(first, half)).When(ask).Refused(release.ErrOwn)
	confirming(t, proposed(first, half)).When(ask).Then(published(ask.Release, ask.Built))
	confirming(t).When(ask).Refused(release.ErrUnknown)
	confirming(t, proposed(first, half), release.Dropped{Release: first}).When(ask).Refused(release.ErrDropped)
}

func TestFrozenOncePublished(t *testing.T) {
	out := []release.Event{proposed(first, half), published(first, built(1, 5))}
	confirming(t, out...).When(release.Publish{Release: first, Built: built(1, 5)}).Nothing()
	confirming(t, out...).When(release.Publish{Release: first, Built: built(1, 10)}).Refused(release.ErrPublished)
	given(t, out...).When(release.Drop{Release: first}).Refused(release.ErrPublished)
	given(t, out...).When(release.Write{Release: first, Edition: release.Council, Place: release.Opening, Text: "Anders."}).
		Refused(release.ErrPublished)
}

func TestOnlyTheProposerWords(t *testing.T) {
	ask := release.Write{Release: first, Edition: release.Residents, Place: release.Heard, Text: "Dank u."}
	event := release.SentenceWritten{Release: first, Edition: release.Residents, Place: release.Heard, Text: domain.ToSeal("Dank u.")}
	given(t, proposed(first, half)).When(ask).Then(event)
	confirming(t, proposed(first, half)).When(ask).Refused(release.ErrNotOwn)
	given(t).When(ask).Refused(release.ErrUnknown)

	nothing := release.Write{Release: first, Edition: release.Council, Place: release.Opening}
	given(t, proposed(first, half)).When(nothing).Nothing()
	blank := nothing
	blank.Text = " \n"
	given(t, proposed(first, half)).When(blank).Nothing()
	given(t, proposed(first, half), written(first, opening)).When(nothing).
		Then(release.SentenceWritten{Release: first, Edition: release.Council, Place: release.Opening})

	ask.Place = release.Forums
	if refusal := given(t, proposed(first, half)).When(ask).Refused(release.ErrPlace); refusal.Field != "/place" {
		t.Errorf("refused at %s", refusal.Field)
	}
	ask.Edition = "everybody"
	if refusal := given(t, proposed(first, half)).When(ask).Refused(release.ErrPlace); refusal.Field != "/edition" {
		t.Errorf("refused at %s", refusal.Field)
	}
	ask.Edition, ask.Place, ask.Text = release.Residents, release.Next, strings.Repeat("a", pursuit.MaxText+1)
	given(t, proposed(first, half)).When(ask).Refused(pursuit.ErrTextTooLong)
}

// What goes out was made with the sentences that stand: all of them, and none that stands no more.
func TestFilesHoldTheSentencesThatStand(t *testing.T) {
	without, with := built(1, 5), built(1, 5, theme, opening)
	said := []release.Event{proposed(first, half), written(first, opening)}
	confirming(t, said...).When(release.Publish{Release: first, Built: without}).Refused(release.ErrSentences)
	confirming(t, said...).When(release.Publish{Release: first, Built: with}).Then(published(first, with))

	unsaid := append(slices.Clone(said), release.SentenceWritten{Release: first, Edition: release.Council, Place: release.Opening})
	confirming(t, unsaid...).When(release.Publish{Release: first, Built: with}).Refused(release.ErrSentences)
	confirming(t, unsaid...).When(release.Publish{Release: first, Built: without}).Then(published(first, without))

	otherwise := append(slices.Clone(said), written(first, theme))
	confirming(t, otherwise...).When(release.Publish{Release: first, Built: with}).Refused(release.ErrSentences)
	only := built(1, 5, theme)
	confirming(t, otherwise...).When(release.Publish{Release: first, Built: only}).Then(published(first, only))
}

func TestTablesNeverTellMore(t *testing.T) {
	before := []release.Event{proposed(first, half), published(first, built(release.ByFive, release.ByTen)), proposed(second, whole)}
	for _, tt := range []struct {
		headline, themes release.Width
		narrower         string
	}{
		{release.ByFive, release.ByTen, ""}, {release.ByTen, release.Unpublished, ""},
		{release.Exact, release.ByTen, "headline"}, {release.ByFive, release.ByFive, "themes"},
	} {
		answer := confirming(t, before...).When(release.Publish{Release: second, Built: built(tt.headline, tt.themes)})
		if tt.narrower == "" {
			answer.Then(publishedWhole(second, built(tt.headline, tt.themes)))
		} else if refusal := answer.Refused(release.ErrNarrower); refusal.With["table"] != tt.narrower {
			t.Errorf("the refusal names %v, want %s", refusal.With, tt.narrower)
		}
	}
	never := []release.Event{proposed(first, half), published(first, built(release.ByFive, release.Unpublished)), proposed(second, whole)}
	confirming(t, never...).When(release.Publish{Release: second, Built: built(release.ByFive, release.ByTwenty)}).
		Refused(release.ErrNarrower)
}

func TestWithdrawing(t *testing.T) {
	out := []release.Event{proposed(first, half), published(first, built(1, 5))}
	gone := release.Withdrawn{Release: first, Reason: release.ErasedText}
	ask := release.Withdraw{Release: first, Reason: release.ErasedText}
	given(t, out...).When(ask).Then(gone)
	given(t, append(out, gone)...).When(ask).Nothing()
	given(t, append(out, gone)...).When(release.Withdraw{Release: first, Reason: release.Mistaken}).Refused(release.ErrWithdrawn)
	given(t, proposed(first, half)).When(ask).Refused(release.ErrNotPublished)
	given(t).When(ask).Refused(release.ErrUnknown)
	given(t, out...).When(release.Withdraw{Release: first, Reason: "sorry"}).Refused(pursuit.ErrChoiceUnknown)
	motivated := release.Withdraw{Release: first, Reason: release.Mistaken, Motivation: "Een fout."}
	given(t, out...).When(motivated).
		Then(release.Withdrawn{Release: first, Reason: release.Mistaken, Motivation: domain.ToSeal("Een fout.")})
}

func TestDropping(t *testing.T) {
	given(t, proposed(first, half)).When(release.Drop{Release: first}).Then(release.Dropped{Release: first})
	confirming(t, proposed(first, half)).When(release.Drop{Release: first, Motivation: "Nog niet."}).
		Then(release.Dropped{Release: first, Motivation: domain.ToSeal("Nog niet.")})
	given(t, proposed(first, half), release.Dropped{Release: first}).When(release.Drop{Release: first}).Nothing()
	given(t).When(release.Drop{Release: first}).Refused(release.ErrUnknown)
	given(t, proposed(first, half), release.Dropped{Release: first}).When(release.Withdraw{Release: first, Reason: release.Mistaken}).
		Refused(release.ErrNotPublished)
}

// What was withdrawn is published again with the figures that are out already, in their widths, and with no others; also
// when tables became wider meanwhile.
func TestOnceMoreTheSameFigures(t *testing.T) {
	history := []release.Event{
		proposed(first, half), published(first, built(release.ByFive, release.ByFive, theme)),
		proposed(second, whole), publishedWhole(second, built(release.ByTen, release.ByTen)),
		release.Withdrawn{Release: first, Reason: release.ErasedText},
	}
	again := proposed(third, half)
	again.Again = first
	given(t, history...).When(release.Propose{Period: half}).Then(again)
	history = append(history, again)
	ask := release.Publish{Release: third, Built: built(release.ByFive, release.ByFive)}
	confirming(t, history...).When(ask).Then(published(ask.Release, ask.Built))
	for _, other := range []release.Built{built(release.ByTen, release.ByTen), built(release.Exact, release.ByFive)} {
		confirming(t, history...).When(release.Publish{Release: third, Built: other}).Refused(release.ErrOtherFigures)
	}
}

func TestWhatCannotHaveBeenBuilt(t *testing.T) {
	for field, spoil := range map[string]func(*release.Built){
		"/catalogue":        func(b *release.Built) { b.Catalogue = 0 },
		"/widths":           func(b *release.Built) { b.Widths = nil },
		"/widths twice":     func(b *release.Built) { b.Widths = append(b.Widths, b.Widths[1]) },
		"/widths/1":         func(b *release.Built) { b.Widths[1].Width = 7 },
		"/widths/0":         func(b *release.Built) { b.Widths[0].Table = "A b" },
		"/editions":         func(b *release.Built) { b.Editions = nil },
		"/editions/0":       func(b *release.Built) { b.Editions[0].Edition = "all" },
		"/editions/0 none":  func(b *release.Built) { b.Editions[0].Files = nil },
		"/editions/0 up":    func(b *release.Built) { b.Editions[0].Files[0].Name = "../overview.html" },
		"/editions/0 root":  func(b *release.Built) { b.Editions[0].Files[0].Name = "/overview.html" },
		"/editions/0 sum":   func(b *release.Built) { b.Editions[0].Files[0].Digest = "0123" },
		"/editions/0 blank": func(b *release.Built) { b.Editions[0].Files[0].Name = "" },
		"/bundle":           func(b *release.Built) { b.Bundle = "" },
		"/texts":            func(b *release.Built) { b.Texts = []uuid.UUID{opening, theme} },
	} {
		b := built(1, 5)
		spoil(&b)
		want := release.ErrBuilt
		if field == "/bundle" {
			want = domain.ErrDigest
		}
		pointer, _, _ := strings.Cut(field, " ")
		refusal := confirming(t, proposed(first, half)).When(release.Publish{Release: first, Built: b}).Refused(want)
		if refusal.Field != pointer {
			t.Errorf("%s: refused at %s", field, refusal.Field)
		}
	}
}

func TestHolding(t *testing.T) {
	state := release.Decider.Fold(release.Decider.Initial,
		proposed(first, half), published(first, built(1, 5, theme, opening)),
		proposed(second, whole), publishedWhole(second, built(1, 5, theme)), proposed(third, release.Period{Year: 2025, Part: release.WholeYear}))
	for key, want := range map[uuid.UUID][]release.ID{theme: {first, second}, opening: {first}, {15: 99}: nil} {
		if got := state.Holding(uuid.UUID{15: 98}, key); !slices.Equal(got, want) {
			t.Errorf("%s is held by %v, want %v", key, got, want)
		}
	}
	state = release.Decider.Evolve(state, release.Withdrawn{Release: first, Reason: release.ErasedText})
	if got := state.Holding(theme); !slices.Equal(got, []release.ID{second}) {
		t.Errorf("after withdrawing: %v", got)
	}
	if want := map[domain.Code]release.Width{"headline": 1, "themes": 5}; !maps.Equal(state.Widths(), want) {
		t.Errorf("widths %v, want %v", state.Widths(), want)
	}
}

func TestPlacesOfEveryEdition(t *testing.T) {
	for _, edition := range release.Editions() {
		if len(release.Places(edition)) == 0 {
			t.Errorf("nothing can be said in %s", edition)
		}
	}
	release.Places(release.Council)[0] = "elsewhere"
	if release.Places(release.Council)[0] != release.Opening || release.Places("everybody") != nil {
		t.Error("the places of an edition can be changed from outside, or there are some of an edition that there is not")
	}
}
