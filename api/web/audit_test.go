package web

import (
	"slices"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"

	"signaalboek/domain"
	"signaalboek/domain/catalog"
	"signaalboek/domain/proof"
	"signaalboek/domain/vocabulary"
)

// eventNames is every event, as EventName asks what it is called.
func eventNames() (names []string) {
	for _, schema := range catalog.Schemas() {
		name, _, _ := strings.Cut(schema.Name, ".v")
		names = append(names, name)
	}
	return names
}

func TestWhatALineTells(t *testing.T) {
	book := vocabulary.Book{}.WithForum(vocabulary.Forum{Code: "team-opstap", Label: "Team Opstap"})
	for told, want := range map[string][]string{
		``: nil,
		`{"forum":"team-opstap","outcome":"declined","tags":[]}`: {"Overleg: Team Opstap", "Uitkomst: afgewezen"},
		`{"meeting":"2027-03","withoutMandate":true}`:            {"Zitting: maart 2027", "Zonder mandaat: Ja"},
		`{"period":{"year":2026,"part":"first-half"}}`:           {"Periode: de eerste helft van 2026"},
		`{"reason":"answered"}`:                                  {"Reden: er is een antwoord"},
		`{"version":2,"unheard-of":"x"}`:                         nil,
	} {
		if got := Told(jsontext.Value(told), "signal.discussed.v1", book); !slices.Equal(got, want) {
			t.Errorf("%s is told as %q", told, got)
		}
	}
}

// Whatever is shown has its value and its salt; what there are no words for stands as it was recorded.
func TestWhatAProofOpens(t *testing.T) {
	shown := proof.Disclosed{Name: "releases.withdrawn.v1", Fields: []proof.Opened{
		{Name: "reason", Value: proof.Verbatim(`"mistaken"`), Salt: []byte{0xab}},
		{Name: "widths", Value: proof.Verbatim(`[{"width":5}]`), Salt: []byte{0xcd}},
		{Name: "@on", Value: proof.Verbatim(`"2026-03-05"`), Salt: []byte{0xef}},
	}}
	want := []OpenedLine{
		{"Reden", "er staat iets in dat niet klopt", `"mistaken"`, "ab"}, {"Breedte van de tabellen", `[{"width":5}]`, `[{"width":5}]`, "cd"},
		{"Dag", Date(domain.DateOf(2026, 3, 5)), `"2026-03-05"`, "ef"},
	}
	if got := OpenedLines(shown, vocabulary.Book{}); !slices.Equal(got, want) {
		t.Errorf("opened as %+v", got)
	}
}

func TestPolicyInWords(t *testing.T) {
	city, partner := proof.Rule{Witness: "stad", Need: 1}, proof.Rule{Witness: "saamo", Need: 1}
	for name, c := range map[string]struct {
		rule proof.Rule
		want []string
	}{
		"nobody": {proof.Rule{}, []string{"Niemand: dit signaalboek tekent alleen."}},
		"one":    {city, []string{"stad moet meetekenen."}},
		"all":    {proof.Rule{Need: 2, Of: []proof.Rule{city, partner}}, []string{"Allemaal moeten ze meetekenen: stad en saamo."}},
		"some of a group": {
			proof.Rule{Need: 1, Of: []proof.Rule{city, {Name: "partners", Need: 1, Of: []proof.Rule{partner, city}}}},
			[]string{"Minstens 1 van deze moeten meetekenen: stad en de groep partners.", "de groep partners: Minstens 1 van deze moeten meetekenen: saamo en stad."},
		},
	} {
		if got := PolicySentences(c.rule); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}
