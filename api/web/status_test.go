package web

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"signaalboek/domain"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/vocabulary"
	"signaalboek/projections"
)

// bookView is a view with the words of Harelbeke.
func bookView(t *testing.T) View {
	t.Helper()
	book, ok := vocabulary.Defaults(vocabulary.Harelbeke2022)
	if !ok {
		t.Fatal("the defaults are gone")
	}
	return View{Frame: Frame{Book: book}}
}

func TestAStateIsASentence(t *testing.T) {
	v, on := bookView(t), domain.DateOf(2027, 3, 12)
	may := domain.DateOf(2027, 5, 1)
	for want, described := range map[string]projections.Described{
		"Besproken op Team Opstap op 12/03/2027. Uitkomst: iets toegezegd. Antwoord verwacht voor 01/05/2027.": {
			Said: "discussed", On: on, Forum: "team-opstap", Outcome: pursuit.Promised, Expected: may,
		},
		"Op de agenda van Gemeenteraad gezet op 12/03/2027. Bijeenkomst op 01/05/2027.": {
			Said: "scheduled", On: on, Forum: "gemeenteraad", Expected: may,
		},
		"Gemeenteraad nam een beslissing op 12/03/2027. Beslissing: gedeeltelijk aangenomen.": {
			Said: "decided", On: on, Forum: "gemeenteraad", Verdict: pursuit.Partly,
		},
		"Geparkeerd op 12/03/2027, tot 01/05/2027.": {Said: "parked", On: on, Expected: may},
		"Geparkeerd op 12/03/2027.":                 {Said: "parked", On: on},
		"Teruggekoppeld op 12/03/2027.":             {Said: "fed-back", On: on},
	} {
		if got := v.Described(described); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

func TestARefusedMandateIsNotStillToCome(t *testing.T) {
	row := projections.SignalRow{Mandate: projections.MandateRefused, Computed: projections.Computed{MandateMissing: true}}
	if said := bookView(t).Clock(row)[0].Sentence; said != "De focusgroep weigerde een mandaat." {
		t.Errorf("said %q", said)
	}
}

func TestTheClockSpeaksInSentences(t *testing.T) {
	day := domain.DateOf(2027, 3, 12)
	states := bookView(t).Computed(projections.Computed{
		WaitingSince: day, WaitingFor: "team-opstap", OverdueSince: day, OverdueAt: "gemeenteraad", DebtSince: day,
		SilentMonths: 7, MandateMissing: true,
	})
	want := []string{
		"Wacht op een antwoord van Team Opstap sinds 12/03/2027.",
		"Een toezegging van Gemeenteraad is te laat. Ze moest er zijn op 12/03/2027.",
		"Iemand wacht al sinds 12/03/2027 om te horen wat er gebeurde.",
		"Al 7 maanden niet besproken.",
		"De focusgroep gaf nog geen mandaat.",
	}
	for i, state := range states {
		if state.Sentence != want[i] {
			t.Errorf("got  %s\nwant %s", state.Sentence, want[i])
		}
	}
	if len(states) != len(want) {
		t.Errorf("%d states, want %d", len(states), len(want))
	}
}

func TestDurationsAreRoundedAsPeopleDo(t *testing.T) {
	for days, want := range map[int]string{
		0: "0 dagen", 1: "1 dag", 20: "20 dagen", 21: "3 weken", 95: "3 maanden", 400: "13 maanden", 730: "2 jaar",
	} {
		if got := Duration(days); got != want {
			t.Errorf("%d days: %s, want %s", days, got, want)
		}
	}
}

func TestASettingSurvivesItsForm(t *testing.T) {
	code := rapid.StringMatching(`[a-z][a-z0-9-]{0,20}`)
	rapid.Check(t, func(t *rapid.T) {
		setting := pursuit.Setting{
			Kind:   pursuit.SettingKind(code.Draw(t, "kind")),
			Stream: domain.NewStreamID("session", code.Draw(t, "key")),
			Code:   domain.Code(code.Draw(t, "code")),
			Year:   rapid.IntRange(0, 3000).Draw(t, "year"),
		}
		if got := ParseSetting(SettingText(setting)); got != setting {
			t.Errorf("%v became %v", setting, got)
		}
	})
	for _, text := range []string{"", "a", "a/b/c", "a/b/c/d", "a/b/c/1/2"} {
		if got := ParseSetting(text); got != (pursuit.Setting{}) {
			t.Errorf("%q is read as %v", text, got)
		}
	}
}

// Whatever marks a hit carries, its pieces are its snippet, whole and in order.
func TestPiecesAreTheSnippet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		place := rapid.IntRange(-2, 30)
		hit := HitLine{Hit: projections.Hit{Snippet: rapid.StringN(0, 20, 25).Draw(t, "snippet")}}
		for range rapid.IntRange(0, 4).Draw(t, "marks") {
			hit.Marks = append(hit.Marks, projections.Span{From: place.Draw(t, "from"), To: place.Draw(t, "to")})
		}
		var all strings.Builder
		for _, piece := range hit.Pieces() {
			all.WriteString(piece.Text)
		}
		if all.String() != hit.Snippet {
			t.Errorf("%q became %q", hit.Snippet, all.String())
		}
	})
}

// What is wrong with a part of a command stands at the field that it comes from.
func TestErrorsStandAtTheirFields(t *testing.T) {
	for pointer, field := range map[string]string{
		"/evidence/setting/kind": WhereField, "/evidence/setting": WhereField, "/evidence": WhereField,
		"/evidence/setting/year": WhereYearField, "/evidence/request": RequestOfField, "/evidence/contact": RequestOfField,
		"/setting/year": "setting", "/tags/0/code": "tags", "/origin": "", "/signal": "", "/reason": "reason",
	} {
		if got := (Form{}).Refused(pointer, "!").Placed().Errors[0].Field; got != field {
			t.Errorf("%s stands at %q, want %q", pointer, got, field)
		}
	}
}
