package projections

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"signaalboek/domain"
	"signaalboek/domain/practice"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/recommendation"
	"signaalboek/domain/signal"
	"signaalboek/domain/vocabulary"
)

// searchDiary is two signals and a recommendation, in words that compounds and accents hide.
func searchDiary(t *testing.T) *diary {
	d := newDiary(t)
	d.write(day(1), practice.StreamOf(harelbeke), practice.Opened{Name: "Harelbeke Centrum", Defaults: vocabulary.Harelbeke2022})
	worded := func(n uint32, first, statement string) {
		d.write(day(2), signalNo(n), picked(partner("caw"), "vrije-tijd"))
		d.write(day(3), signalNo(n), signal.Noted{Wording: domain.ToSeal(first)})
		d.write(day(4), signalNo(n), signal.Worded{Statement: domain.ToSeal(statement), Version: 1})
	}
	worded(1, "Te weinig kampen.", "Vrijetijdsparticipatie blijft duur; de financiële drempel is te hoog.")
	worded(2, "Participatie is moeilijk zonder bus.", "De bus rijdt 's avonds niet.")
	d.write(day(5), signalNo(2), signal.Decided{Decided: pursuit.Decided{
		Forum: "team-opstap", Verdict: pursuit.Rejected, Motivation: domain.ToSeal("Geen middelen voor een avondbus.")}})
	d.write(day(6), adviceNo(1), recommendation.Drafted{
		Text: domain.ToSeal("Participatie aan kampen betaalbaar maken."), Answers: []domain.StreamID{signalNo(1)}, MadeBy: recommendation.ByTeam})
	return d
}

func TestSearch(t *testing.T) {
	d := searchDiary(t)
	type hit struct {
		kind  HitKind
		id    domain.StreamID
		field HitField
		marks string
	}
	advice, one, two := adviceNo(1), signalNo(1), signalNo(2)
	tests := map[string]struct {
		query string
		want  []hit
	}{
		"the beginning of a word before its inside": {"participatie", []hit{
			{RecommendationHit, advice, InStatement, "Participatie"},
			{SignalHit, two, InWording, "Participatie"},
			{ForumHit, "", InLabel, "participatie"},
			{SignalHit, one, InStatement, "participatie"},
		}},
		"without accents":             {"financiele", []hit{{SignalHit, one, InStatement, "financiële"}}},
		"with accents where are none": {"bús rijdt", []hit{{SignalHit, two, InStatement, "bus|rijdt"}}},
		"every word in one text":      {"kampen duur", nil},
		"a motivation":                {"middelen AVONDBUS", []hit{{SignalHit, two, InMotivation, "middelen|avondbus"}}},
		"nothing":                     {" - ", nil},
	}
	sets := map[string]*Set{"from the log": d.set(), "from a snapshot": thawed(t, d.set())}
	for where, s := range sets {
		for name, tt := range tests {
			t.Run(where+"/"+name, func(t *testing.T) {
				found, err := s.Search.Find(t.Context(), harelbeke, tt.query, 10)
				if err != nil {
					t.Fatal(err)
				}
				var got []hit
				for _, h := range found {
					got = append(got, hit{h.Kind, h.ID, h.Field, marked(h)})
				}
				if !reflect.DeepEqual(got, tt.want) {
					t.Errorf("%q finds %v, not %v", tt.query, got, tt.want)
				}
			})
		}
	}
}

func marked(h Hit) string {
	var words []string
	for _, span := range h.Marks {
		words = append(words, h.Snippet[span.From:span.To])
	}
	return strings.Join(words, "|")
}

func TestSearchFindsThemesAndForums(t *testing.T) {
	s := searchDiary(t).set()
	for query, want := range map[string]Hit{
		"wonen": {Kind: ThemeHit, Code: "huisvesting", Field: InLabel, Snippet: "wonen", Marks: []Span{{0, 5}}},
		"opsta": {Kind: ForumHit, Code: "team-opstap", Field: InLabel, Snippet: "Team Opstap", Marks: []Span{{5, 10}}},
	} {
		if hits, err := s.Search.Find(t.Context(), harelbeke, query, 1); err != nil || len(hits) != 1 || !reflect.DeepEqual(hits[0], want) {
			t.Errorf("%s finds %+v, %v", query, hits, err)
		}
	}
	if hits, _ := s.Search.Find(t.Context(), "elsewhere", "participatie", 10); hits != nil {
		t.Errorf("another practice finds %v", hits)
	}
}

// A text whose key was destroyed is not found, nor is an older statement.
func TestSearchForgets(t *testing.T) {
	d := searchDiary(t)
	s := d.set()
	row := mustSignal(t, s, signalNo(1), day(9))
	if err := d.vault.Forget(context.Background(), row.Text.Key); err != nil {
		t.Fatal(err)
	}
	d.write(day(7), signalNo(2), signal.Worded{Statement: domain.ToSeal("Na 19 uur is er geen vervoer."), Version: 2})
	for where, s := range map[string]*Set{"still in memory": s, "read again": d.set(), "from a snapshot": thawed(t, d.set())} {
		for _, query := range []string{"duur", "rijdt"} {
			hits, err := s.Search.Find(t.Context(), harelbeke, query, 10)
			if where == "still in memory" && query == "rijdt" {
				continue // that set was folded before the new statement
			}
			if err != nil || hits != nil {
				t.Errorf("%s, %s finds %v, %v", where, query, hits, err)
			}
		}
	}
}

// No snapshot holds a word of what was sealed.
func TestSnapshotHoldsNoText(t *testing.T) {
	if strings.Contains(strings.ToLower(string(bytesOf(searchDiary(t).set()))), "avondbus") {
		t.Error("a sealed word stands in the open")
	}
}

// A snippet shows text as it was written, and its marks hold words as they were asked for.
func TestSnippetLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("abé ï.ﬁe\u0301ß—,x "))).Draw(t, "text")
		word := fold(rapid.StringOfN(rapid.SampledFrom([]rune("abeix")), 1, 3, -1).Draw(t, "word")).text
		shown, marks := snippet(text, []string{word})
		last := 0
		for _, mark := range marks {
			if mark.From < last || mark.To > len(shown) || mark.From >= mark.To {
				t.Fatalf("marks %v do not lie in %q", marks, shown)
			}
			last = mark.To
			if !strings.Contains(fold(shown[mark.From:mark.To]).text, word) {
				t.Fatalf("%q is marked for %q", shown[mark.From:mark.To], word)
			}
		}
		if strings.Contains(fold(text).text, word) != (len(marks) > 0) {
			t.Fatalf("%q in %q has marks %v", word, text, marks)
		}
	})
}
