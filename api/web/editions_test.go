package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"signaalboek/domain"
	"signaalboek/domain/disclosure"
	"signaalboek/projections"
)

// printed is every edition of a sample, by name.
func printed(t *testing.T, p Printing) map[string][]byte {
	t.Helper()
	documents := map[string][]byte{}
	for name, print := range map[string]func() ([]byte, error){
		"council":         func() ([]byte, error) { return p.Council(sampleCouncil()) },
		"residents":       func() ([]byte, error) { return p.Residents(sampleResidents()) },
		"partners":        func() ([]byte, error) { return p.Partners(samplePartners()) },
		"empty council":   func() ([]byte, error) { return p.Council(projections.CouncilEdition{}) },
		"empty residents": func() ([]byte, error) { return p.Residents(projections.ResidentsEdition{}) },
		"empty partners":  func() ([]byte, error) { return p.Partners(projections.PartnerEdition{}) },
	} {
		document, err := print()
		if err != nil {
			t.Fatal(err)
		}
		documents[name] = document
	}
	return documents
}

// said is what a reader reads in a document, its style and head left out.
func said(t *testing.T, document []byte) string {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	var words strings.Builder
	for node := range root.Descendants() {
		if node.Type == html.TextNode && node.Parent.Data != "style" {
			words.WriteString(strings.TrimSpace(node.Data) + " ")
		}
	}
	return words.String()
}

func TestTheSameEditionIsTheSameBytes(t *testing.T) {
	again := printed(t, printing(t))
	for name, document := range printed(t, printing(t)) {
		if !bytes.Equal(document, again[name]) {
			t.Errorf("%s differs from itself", name)
		}
	}
}

func TestEveryEditionIsWholeInItself(t *testing.T) {
	for name, document := range printed(t, printing(t)) {
		t.Run(name, func(t *testing.T) { checkDocument(t, document) })
	}
}

func checkDocument(t *testing.T, document []byte) {
	t.Helper()
	if len(document) > mostBytes {
		t.Errorf("it has %d bytes", len(document))
	}
	if bytes.Contains(document, []byte("ZgotmplZ")) {
		t.Error("the template engine found an unsafe value")
	}
	root, err := html.Parse(bytes.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	f := gather(root)
	level := 0
	for _, node := range f.elements {
		checkElement(t, node, f)
		checkAtHome(t, node, f)
		if len(node.Data) == 2 && node.Data[0] == 'h' && node.Data[1] >= '1' && node.Data[1] <= '6' {
			next := int(node.Data[1] - '0')
			if next > level+1 {
				t.Errorf("<h%d> follows <h%d>", next, level)
			}
			level = next
		}
	}
	for id, n := range f.ids {
		if n > 1 {
			t.Errorf("id %q stands %d times", id, n)
		}
	}
}

// checkAtHome looks whether an element asks for anything outside the document, and whether tables can be heard.
func checkAtHome(t *testing.T, node *html.Node, f found) {
	t.Helper()
	switch node.Data {
	case "script", "link", "img", "iframe", "form", "object", "base", "image", "use":
		t.Errorf("a <%s>", node.Data)
	case "table":
		if child := firstElement(node); child == nil || child.Data != "caption" {
			t.Error("a table without a caption")
		}
	case "th":
		if _, scoped := attribute(node, "scope"); !scoped {
			t.Error("a head of a table that does not say of what")
		}
	case "style":
		for _, away := range []string{"http:", "https:", "@import", "url("} {
			if strings.Contains(node.FirstChild.Data, away) {
				t.Errorf("the style holds %q", away)
			}
		}
	}
	if _, asks := attribute(node, "src"); asks {
		t.Errorf("<%s> asks for something", node.Data)
	}
	if to, link := attribute(node, "href"); link {
		target, within := strings.CutPrefix(to, "#")
		if rel, _ := attribute(node, "rel"); within && f.ids[target] == 0 || !within && rel != "noreferrer" {
			t.Errorf("a link leads to %q", to)
		}
	}
}

func firstElement(node *html.Node) *html.Node {
	for child := range node.ChildNodes() {
		if child.Type == html.ElementNode {
			return child
		}
	}
	return nil
}

// Whatever stands in it, an edition lets no markup through.
func TestMarkupStaysTextInEveryEdition(t *testing.T) {
	p := Printing{Book: markedBook(), Demo: true, Open: func(domain.Sealed) (string, error) { return markup, nil }}
	for _, n := range []int{0, 1, 3} {
		council, residents, partners := projections.CouncilEdition{}, projections.ResidentsEdition{}, projections.PartnerEdition{}
		for _, edition := range []any{&council, &residents, &partners} {
			fill(reflect.ValueOf(edition).Elem(), n, 0)
		}
		for name, print := range map[string]func() ([]byte, error){
			"council":   func() ([]byte, error) { return p.Council(council) },
			"residents": func() ([]byte, error) { return p.Residents(residents) },
			"partners":  func() ([]byte, error) { return p.Partners(partners) },
		} {
			document, err := print()
			if err != nil {
				t.Fatal(err)
			}
			root, err := html.Parse(bytes.NewReader(document))
			if err != nil {
				t.Fatal(err)
			}
			for node := range root.Descendants() {
				if node.Data == "script" || strings.HasPrefix(node.Data, "<script") && node.Type == html.ElementNode {
					t.Errorf("%s with %d lets markup through", name, n)
				}
			}
		}
	}
}

func TestThePolicyAllowsTheStyleOfTheDocument(t *testing.T) {
	document := printed(t, printing(t))["residents"]
	root, _ := html.Parse(bytes.NewReader(document))
	for node := range root.Descendants() {
		if node.Data == "style" {
			digest := sha256.Sum256([]byte(node.FirstChild.Data))
			if !strings.Contains(EditionPolicy(), "'sha256-"+base64.StdEncoding.EncodeToString(digest[:])+"'") {
				t.Error("the style is not the one that the policy allows")
			}
		}
		if policy, _ := attribute(node, "content"); strings.HasPrefix(policy, "default-src") && policy != EditionPolicy() {
			t.Errorf("the document has the policy %s", policy)
		}
	}
	if !bytes.Contains(document, []byte("Content-Security-Policy")) {
		t.Error("the document has no policy")
	}
}

func TestATextThatCannotBeOpenedEndsThePrinting(t *testing.T) {
	away := errors.New("away")
	p := printing(t)
	p.Open = func(domain.Sealed) (string, error) { return "", away }
	if document, err := p.Council(sampleCouncil()); !errors.Is(err, away) || document != nil {
		t.Errorf("printed %d bytes, with %v", len(document), err)
	}
}

func TestWhatEveryEditionSays(t *testing.T) {
	documents := printed(t, printing(t))
	for name, parts := range map[string][]string{
		"council": {
			"uitgave voor de raad", "STEK Harelbeke Centrum", "heel 2022", "niet geregistreerd", "20 tot 24", "minder dan 5",
			"niet gepubliceerd", "anders geteld", "De laatste 4 bijeenkomsten", "S1", "Teruggekoppeld", "Gehoord op: focusgroep",
			"gedeeltelijk aangenomen", "2 halve jaren (langste: 3 halve jaren)", "te laat", "Openstaande terugkoppeling", "A2",
			"Harelbeke: 30,7", "Kansarmoedeatlas, 2021", "differential privacy", "catalogus versie 1", "De signalen over vrije tijd",
		},
		"residents": {
			"Wat we hoorden", "Wat er beslist is, en waarom", "Wat er nu komt", "Vrije tijd en Financieel", "Betalen in schijven kan",
			"belooft:", "Dat is te laat.", "We wachten op een antwoord van Team Opstap", "Dank aan iedereen",
		},
		"partners": {"uitgave voor Gemeenteraad", "Beslist door Gemeenteraad", "tweede helft 2022", "A1"},
	} {
		text := said(t, documents[name])
		for _, part := range parts {
			if !strings.Contains(text, part) {
				t.Errorf("%s does not say %q", name, part)
			}
		}
	}
}

// Where a definition changed, the years before and after are no series: 185 requests of 2021, and 110 of 2022.
func TestABreakStandsBetweenTheYears(t *testing.T) {
	root, _ := html.Parse(bytes.NewReader(printed(t, printing(t))["council"]))
	var cut []string
	for node := range root.Descendants() {
		if class, _ := attribute(node, "class"); class == "number cut" {
			cut = append(cut, node.FirstChild.Data)
		}
	}
	if len(cut) != 1 || cut[0] != "110" {
		t.Errorf("a break stands before %q, want 110", cut)
	}
}

// Partners are told words, themes and steps. Of numbers they see years, and by what each line is called.
func TestPartnersAreToldNoCountNoSettingAndNoEvidence(t *testing.T) {
	text := said(t, printed(t, printing(t))["partners"])
	known := regexp.MustCompile(`\b(?:[SA]\d+|20\d\d|GS9)\b`)
	if rest := regexp.MustCompile(`\w*\d\w*`).FindAllString(known.ReplaceAllString(text, ""), -1); rest != nil {
		t.Errorf("partners see the numbers %q", rest)
	}
	for _, secret := range []string{"Gehoord op", "Sociale kruidenier", "minder dan", "%", "komt terug in de focusgroep"} {
		if strings.Contains(text, secret) {
			t.Errorf("partners see %q", secret)
		}
	}
}

// However much there is to tell, residents get one sheet, with something of everything.
func TestResidentsSeeOneSheet(t *testing.T) {
	long := domain.ToSeal(strings.Repeat("Een lange zin over een drempel. ", 8))
	edition := sampleResidents()
	edition.More = false
	for range 9 {
		signal, answer := edition.Heard[0], edition.Decided[0]
		signal.Statement, answer.Statement = long, long
		edition.Heard, edition.Decided = append(edition.Heard, signal), append(edition.Decided, answer)
	}
	s := &sheets{Printing: printing(t)}
	full, few := s.residents(edition), s.residents(projections.ResidentsEdition{})
	if full.Size != "plain" || full.letters() > 1300 || !full.More {
		t.Errorf("a full sheet has %d letters in %s type, more elsewhere: %v", full.letters(), full.Size, full.More)
	}
	if len(full.Heard) == 0 || len(full.Decided) == 0 || len(full.Next) == 0 || len(full.Waiting) == 0 {
		t.Error("a full sheet says nothing of something")
	}
	if few.Size != "large" || few.More {
		t.Errorf("an empty sheet has %s type, more elsewhere: %v", few.Size, few.More)
	}
}

func TestBandsInWords(t *testing.T) {
	for _, test := range []struct {
		band disclosure.Band
		want string
	}{
		{disclosure.Exact.Band(137), "137"}, {disclosure.Exact.Band(0), "0"}, {disclosure.ByFive.Band(22), "20 tot 24"},
		{disclosure.ByFive.Band(0), "minder dan 5"}, {disclosure.ByTwenty.Band(19), "minder dan 20"},
		{disclosure.Unpublished.Band(3), "niet gepubliceerd"}, {disclosure.ByTen.Band(1234), "1\u00a0230 tot 1\u00a0239"},
	} {
		if got := Band(test.band); got != test.want {
			t.Errorf("%v reads %q, want %q", test.band, got, test.want)
		}
	}
	if got := CellBand(disclosure.Cell{}); got != "niet geregistreerd" {
		t.Errorf("what was not recorded reads %q", got)
	}
}

// Inside one band rows stand by name; what has no band comes last; nothing is drawn outside its room.
func TestRowsTellNoMoreThanTheirBands(t *testing.T) {
	table := disclosure.Published{Table: disclosure.RequestsByTheme, Width: disclosure.ByFive}
	for _, row := range []struct {
		theme domain.Code
		least int
	}{{"werk", 5}, {"vrije-tijd", 20}, {"financieel", 5}, {"onderwijs", 0}, {"gezondheid", 5}} {
		table.Cells = append(table.Cells, cell(disclosure.Requests, row.theme, row.least, row.least+4))
	}
	table.Cells = append(table.Cells, disclosure.Cell{Measure: disclosure.Requests, Category: "nt2"})
	s := &sheets{Printing: printing(t)}
	drawn := s.figureTables([]disclosure.Published{table})[0]
	var order []string
	for _, row := range drawn.Rows {
		order = append(order, row.Label)
	}
	if got := strings.Join(order, ", "); got != "Vrije tijd, Financieel, Gezondheid, Werk, Onderwijs, NT2" {
		t.Errorf("rows stand as %s", got)
	}
	for _, bar := range drawn.Drawing.Placed() {
		if bar.TextX >= bar.X {
			t.Errorf("%s is said behind its bar, where a narrow screen does not reach", bar.Label)
		}
		if bar.Sure < 0 || bar.Open < 0 || bar.Sure+bar.Open > bar.Room {
			t.Errorf("%s is drawn from %d to %d in a room of %d", bar.Label, bar.Sure, bar.Sure+bar.Open, bar.Room)
		}
	}
}

// A table of services counts what was passed on; nothing is drawn where there is nothing to compare.
func TestTablesOfReferrals(t *testing.T) {
	sheet := &sheets{Printing: printing(t)}
	for name, c := range map[string]struct {
		other int // the least of the second service
		lines int
	}{"alike": {0, 0}, "apart": {10, 2}} {
		tables := []disclosure.Published{{
			Table: disclosure.Table{By: "service", Measures: []disclosure.Measure{disclosure.Requests}}, Width: disclosure.ByTen,
			Cells: []disclosure.Cell{cell(disclosure.Requests, "caw", 0, 9), cell(disclosure.Requests, "cggz", c.other, c.other+9)},
		}}
		printed := sheet.figureTables(tables)[0]
		if alike := c.lines == 0; alike != (printed.Alike == "minder dan 10") {
			t.Errorf("%s: all say %q", name, printed.Alike)
		}
		if len(printed.Drawing.Lines) != c.lines || printed.Columns[0] != "Doorverwijzingen" || len(printed.Rows) != 2 {
			t.Errorf("%s: printed %+v", name, printed)
		}
	}
}

func TestNamesThatAreTooLong(t *testing.T) {
	for _, test := range []struct{ text, first, second string }{
		{"kort", "kort", ""},
		{"Lokaal overleg vrijetijd", "Lokaal overleg", "vrijetijd"},
		{"Vrijetijdsparticipatieoverleg", "Vrijetijdsparti…", ""},
		{"Overleg met vrijwilligersorganisaties", "Overleg met", "vrijwilligersor…"},
	} {
		if first, second := folded(test.text, 16); first != test.first || second != test.second {
			t.Errorf("%q folds to %q and %q", test.text, first, second)
		}
	}
}

func TestThePrintedColoursCanBeRead(t *testing.T) {
	palette := map[string]string{"white": "fff"}
	for _, found := range colour.FindAllStringSubmatch(block.FindStringSubmatch(editionStyle)[1], -1) {
		palette[found[1]] = found[2]
	}
	for _, pair := range []struct {
		front, back string
		least       float64
	}{
		{"ink", "paper", 4.5}, {"soft", "paper", 4.5}, {"warm", "paper", 4.5},
		{"ink", "gold-pale", 4.5}, {"gold", "gold-pale", 4.5},
		{"soft", "shade", 4.5}, {"soft", "white", 4.5}, {"edge", "paper", 3}, {"leaf", "white", 3}, {"warm", "shade", 3},
	} {
		if got := contrast(palette[pair.front], palette[pair.back]); got < pair.least {
			t.Errorf("%s on %s has a contrast of %.2f, want %.1f", pair.front, pair.back, got, pair.least)
		}
	}
}
