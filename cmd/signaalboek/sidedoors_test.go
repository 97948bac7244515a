package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"golang.org/x/net/html"

	"signaalboek/domain/audit"
	"signaalboek/domain/proof"
)

// A release keeps people apart from numbers at its front door: the gate. These are the side doors, by which what the gate
// keeps could leave all the same; each is looked at in what the real program publishes. One belongs to what is not built
// yet: what a telephone keeps.
func TestSideDoors(t *testing.T) {
	t.Parallel()
	c := launchPublished(t)
	for name, closed := range map[string]func(*testing.T, *counter){
		"ranking inside equal bands is alphabetical":  rankingTellsNothing,
		"empty categories are listed":                 emptyCategoriesAreListed,
		"charts are drawn from bands only":            chartsAreOfBands,
		"metadata of files is fixed":                  metadataIsFixed,
		"absent and forbidden have one answer":        absentIsForbidden,
		"nothing is counted and nothing is paged":     nothingIsCounted,
		"ids are random, and those inside stay there": idsAreRandom,
		"nobody is searched for":                      nobodyIsSearched,
		"metrics have no label of people":             metricsTellNobody,
		"logs hold ids and codes":                     logsTellNobody,
		"proofs are of releases and decisions":        proofsAreOfPolicy,
	} {
		t.Run(name, func(t *testing.T) { closed(t, c) })
	}
}

// documents are the parsed documents of the release, by name.
func (c *counter) documents() map[string]*html.Node {
	c.t.Helper()
	documents := map[string]*html.Node{}
	for _, name := range c.files() {
		if strings.HasSuffix(name, ".html") {
			document, err := html.Parse(strings.NewReader(c.body(c.at("/" + name))))
			if err != nil {
				c.t.Fatal(err)
			}
			documents[name] = document
		}
	}
	return documents
}

// bar is one line of a chart of counts: what it is called, what is said of it, and how it is drawn.
type bar struct{ label, said, drawn string }

// charts are the charts of counts in a document, each as its lines.
func charts(document *html.Node) (all [][]bar) {
	for node := range document.Descendants() {
		if node.Data == "svg" {
			if bars := barsOf(node); len(bars) > 0 {
				all = append(all, bars)
			}
		}
	}
	return all
}

// barsOf reads the lines of a chart: a label at its left edge, what is drawn, and at the end what is said.
func barsOf(svg *html.Node) (bars []bar) {
	for node := range svg.Descendants() {
		switch {
		case node.Data == "text" && attribute(node, "x") == "0":
			bars = append(bars, bar{label: textOf(node)})
		case len(bars) == 0:
		case node.Data == "text":
			last := &bars[len(bars)-1]
			last.said = textOf(node)
			last.drawn += " said at " + attribute(node, "x")
		case node.Data == "rect" && attribute(node, "class") != "bed":
			bars[len(bars)-1].drawn += " " + attribute(node, "class") + " " + attribute(node, "x") + "+" + attribute(node, "width")
		}
	}
	return bars
}

func attribute(node *html.Node, name string) string {
	for _, a := range node.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func textOf(node *html.Node) string {
	var text strings.Builder
	for below := range node.Descendants() {
		if below.Type == html.TextNode {
			text.WriteString(below.Data)
		}
	}
	return text.String()
}

// Of two lines that are told to be alike, the order must not tell which is more.
func rankingTellsNothing(t *testing.T, c *counter) {
	compared := 0
	for name, document := range c.documents() {
		for _, bars := range charts(document) {
			for i := 1; i < len(bars); i++ {
				if bars[i].said != bars[i-1].said || bars[i].said == "" {
					continue
				}
				compared++
				if strings.ToLower(bars[i].label) < strings.ToLower(bars[i-1].label) {
					t.Errorf("%s: %q stands before %q, and both are %s", name, bars[i-1].label, bars[i].label, bars[i].said)
				}
			}
		}
	}
	if compared < 10 {
		t.Errorf("only %d pairs were compared", compared)
	}
}

// What is drawn follows from what is said: lines that say the same are drawn the same.
func chartsAreOfBands(t *testing.T, c *counter) {
	compared := 0
	for name, document := range c.documents() {
		for _, bars := range charts(document) {
			drawn := map[string]bar{}
			for _, one := range bars {
				if one.said == "" { // no count of people: how many meetings talked about a theme
					continue
				}
				other, known := drawn[one.said]
				if known && other.drawn != one.drawn {
					t.Errorf("%s: %s is drawn as %s for %q and as %s for %q", name, one.said, other.drawn, other.label, one.drawn, one.label)
				}
				if known {
					compared++
				}
				drawn[one.said] = one
			}
		}
	}
	if compared < 10 {
		t.Errorf("only %d lines were compared", compared)
	}
}

// figures is the tables of the release, as programs read them.
func (c *counter) figures() (tables []figureTable) {
	c.t.Helper()
	var document struct{ Tables []figureTable }
	if err := json.Unmarshal([]byte(c.body(c.at("/release.json"))), &document); err != nil {
		c.t.Fatal(err)
	}
	return document.Tables
}

type figureTable struct {
	Name string
	Rows []struct {
		Category    string
		Least, Most *int
	}
}

// apart are codes that no table of people has, whoever comes: a group that is itself a voice is counted in meetings only, and
// concerns stand in no release of one practice.
var apart = []string{"focusgroep", "mogelijke-verontrusting"}

// A category that is left out had nobody; one that is there may have had.
func emptyCategoriesAreListed(t *testing.T, c *counter) {
	lists := map[string]string{
		"unique-by-activity": "activity", "new-by-activity": "activity", "known-by-activity": "activity",
		"requests-by-theme": "theme", "requests-by-approach": "approach", "referrals-by-service": "service",
	}
	empty := 0
	for _, table := range c.figures() {
		list, ok := lists[table.Name]
		if !ok {
			continue
		}
		var codes struct{ Items []struct{ Code string } }
		c.request("GET", "/api/v1/practice/lists/"+list, nil, &codes)
		rows := map[string]bool{}
		for _, row := range table.Rows {
			rows[row.Category] = true
			if row.Least != nil && *row.Least == 0 {
				empty++
			}
		}
		for _, one := range codes.Items {
			if rows[one.Code] == slices.Contains(apart, one.Code) {
				t.Errorf("table %s: %s is listed: %t", table.Name, one.Code, rows[one.Code])
			}
		}
		delete(lists, table.Name)
	}
	if len(lists) > 0 || empty == 0 {
		t.Errorf("tables that are not there: %v; %d bands begin at nobody", slices.Collect(maps.Keys(lists)), empty)
	}
}

// No file tells when, by whom or with what it was made.
func metadataIsFixed(t *testing.T, c *counter) {
	whole := zipOf(t, c.body(c.at(".zip")))
	workbook := zipOf(t, c.body(c.at("/figures.xlsx")))
	first := time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, file := range append(slices.Clone(whole.File), workbook.File...) {
		if !file.Modified.Equal(first) || file.Comment != "" || len(file.Extra) > 0 || file.Method != zip.Store || file.ExternalAttrs != 0 {
			t.Errorf("%s tells more than its content: %+v", file.Name, file.FileHeader)
		}
	}
	for _, part := range workbook.File {
		if !strings.HasPrefix(part.Name, "docProps/") {
			continue
		}
		said := contentOf(t, part)
		for _, word := range []string{"creator", "lastModifiedBy", "Application", "AppVersion", "Company", "excelize"} {
			if strings.Contains(said, word) {
				t.Errorf("%s of the workbook names a %s", part.Name, word)
			}
		}
		for _, moment := range regexp.MustCompile(`T[0-9:]{8}Z`).FindAllString(said, -1) {
			if moment != "T00:00:00Z" {
				t.Errorf("%s of the workbook tells the time: %s", part.Name, moment)
			}
		}
	}
}

func zipOf(t *testing.T, content string) *zip.Reader {
	t.Helper()
	archive, err := zip.NewReader(strings.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	return archive
}

func contentOf(t *testing.T, file *zip.File) string {
	t.Helper()
	r, err := file.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	content, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// A proposal that waits for its second person cannot be told from what never was.
func absentIsForbidden(t *testing.T, c *counter) {
	practice, never := "/"+string(publisher)+"/", uuid.NewString()
	for _, below := range []string{"", ".zip", ".sha256", "/council/overview.html", "/method.txt"} {
		if c.wire(practice+c.proposal+below) != c.wire(practice+never+below) {
			t.Errorf("%q of a proposal is answered otherwise than of nothing", below)
		}
	}
	for _, address := range []string{"/", practice[:len(practice)-1], practice + "releases.json", c.at("")} {
		if strings.Contains(c.wire(address), c.proposal) {
			t.Errorf("%s names the proposal", address)
		}
	}
	if c.wire("/elsewhere") != c.wire(practice+never) {
		t.Error("a practice that there is not is answered otherwise than a release that there is not")
	}
}

// Nothing says how much there is, or that there is more.
func nothingIsCounted(t *testing.T, c *counter) {
	var list map[string]json.RawMessage
	if err := json.Unmarshal([]byte(c.body("/"+string(publisher)+"/releases.json")), &list); err != nil {
		t.Fatal(err)
	}
	if members := slices.Sorted(maps.Keys(list)); !slices.Equal(members, []string{"name", "practice", "releases"}) {
		t.Errorf("the list says %v", members)
	}
	for address, answer := range c.everything() {
		head, _, _ := strings.Cut(strings.ToLower(answer), "\r\n\r\n")
		for _, name := range []string{"link:", "x-total", "content-range:", "signaalboek-position:", "set-cookie:", "x-request-id:", "date:", "last-modified:"} {
			if strings.Contains(head, "\n"+name) {
				t.Errorf("%s has a header %s", address, name)
			}
		}
	}
}

// inside finds ids of ours.
var inside = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)

// No id tells how many there were before it, and none of inside is outside: who gets to see both could join them. But a proof
// shows under which ids the steps were recorded that its release tells of, and the key says which ledger it is of.
func idsAreRandom(t *testing.T, c *counter) {
	if id, err := uuid.Parse(c.release); err != nil || id.Version() == 1 || id.Version() == 6 || id.Version() == 7 {
		t.Errorf("the id of the release tells of a moment, or of an order: %s", c.release)
	}
	out := map[string]bool{} // what everybody may name
	for _, one := range c.shown() {
		out[one.ID] = true
	}
	for _, event := range c.evidence().Events {
		out[event.ID.String()], out[strings.SplitN(string(event.Stream), "-", 2)[1]] = true, true
	}
	for _, id := range inside.FindAllString(c.evidence().Key, -1) {
		out[id] = true
	}
	for address, answer := range c.everything() {
		if strings.HasSuffix(address, ".xlsx") {
			_, body, _ := strings.Cut(answer, "\r\n\r\n")
			for _, part := range zipOf(t, body).File {
				answer += contentOf(t, part)
			}
		}
		for _, id := range inside.FindAllString(answer, -1) {
			if !out[id] && !strings.HasPrefix(id, "00000000-") { // by such ids a workbook names its own views
				t.Errorf("%s holds the id %s", address, id)
			}
		}
	}
}

// evidence is what proves the release.
func (c *counter) evidence() proof.Evidence {
	c.t.Helper()
	files, err := proof.Unzip([]byte(c.body(c.at("-proof.zip"))))
	if err != nil {
		c.t.Fatal(err)
	}
	evidence, err := proof.ReadEvidence(files)
	if err != nil {
		c.t.Fatal(err)
	}
	return evidence
}

// Nothing takes a word to look for: no form, and no parameter.
func nobodyIsSearched(t *testing.T, c *counter) {
	for _, address := range c.all() {
		if strings.Contains(address, "?") {
			continue
		}
		for _, query := range []string{"?q=Jan", "?search=Jan", "?zoek=Jan", "?filter=theme", "?page=2", "?from=2022-01-01"} {
			if answer := c.wire(address + query); !strings.HasPrefix(answer, "HTTP/1.1 400 ") {
				t.Errorf("%s%s: %.40s", address, query, answer)
			}
		}
		for _, input := range regexp.MustCompile(`<(?:input|select|textarea)[^>]*name="([^"]*)"`).FindAllStringSubmatch(c.wire(address), -1) {
			if input[1] != "as-of" {
				t.Errorf("%s asks for %s", address, input[1])
			}
		}
	}
	for _, address := range []string{"/zoeken", "/kaarten", "/contacten", "/api/v1/search", "/api/v1/cards", "/metrics"} {
		if answer := c.wire(address); !strings.HasPrefix(answer, "HTTP/1.1 404 ") {
			t.Errorf("%s: %.40s", address, answer)
		}
	}
}

// words are the codes and labels of what small groups are known by: the practice, themes, forums, activities.
func (c *counter) words() (all []string) {
	c.t.Helper()
	all = []string{string(publisher), "STEK"}
	for _, path := range []string{"/practice/lists/theme", "/practice/lists/activity", "/practice/lists/service", "/forums"} {
		var list struct {
			Items []struct{ Code, Label string }
		}
		c.request("GET", "/api/v1"+path, nil, &list)
		if len(list.Items) < 5 {
			c.t.Fatalf("%s lists %d words", path, len(list.Items))
		}
		for _, one := range list.Items {
			all = append(all, one.Code, one.Label)
		}
	}
	return slices.DeleteFunc(all, func(word string) bool { return len(word) < 4 })
}

// Numbers for whoever keeps the program running are of routes, parts and projections.
func metricsTellNobody(t *testing.T, c *counter) {
	c.everything()
	words := c.words()
	labels := regexp.MustCompile(`="([^"]*)"`).FindAllStringSubmatch(scraped(t, c.observed), -1)
	served := false
	for _, label := range labels {
		served = served || strings.HasPrefix(label[1], "outside /")
		for _, word := range words {
			if label[1] == word || strings.Contains(label[1], string(publisher)) || strings.Contains(label[1], c.release) {
				t.Errorf("a label names %q: %q", word, label[1])
			}
		}
	}
	if !served {
		t.Error("no number is about what outsiders were answered: the test looks in the wrong place")
	}
}

// What is logged of outsiders is which kind of page, and how it went: no address, moment or agent of theirs, and nothing of
// what a page says.
func logsTellNobody(t *testing.T, c *counter) {
	c.everything()
	lines := 0
	for line := range strings.Lines(c.stderr.String()) {
		if !strings.Contains(line, `"outside /`) {
			continue
		}
		lines++
		var said map[string]any
		if err := json.Unmarshal([]byte(line), &said); err != nil {
			t.Fatal(err)
		}
		if members := slices.Sorted(maps.Keys(said)); !slices.Equal(members, []string{"bytes", "level", "method", "msg", "route", "status", "time", "took"}) {
			t.Errorf("a line of the log says %v", members)
		}
		for _, word := range []string{string(publisher), c.release, c.proposal, "team-opstap", "overview", "as-of", "2020"} {
			if bytes.Contains([]byte(said["route"].(string)), []byte(word)) {
				t.Errorf("a line of the log names %s: %s", word, line)
			}
		}
	}
	if lines < 20 {
		t.Errorf("only %d lines of the log are about outsiders", lines)
	}
}

// proofsAreOfPolicy holds that what stands around a release proves releases and steps of policy, and shows nothing of them
// that an auditor would not see, nor when in a half-year they were recorded.
func proofsAreOfPolicy(t *testing.T, c *counter) {
	files, err := proof.Unzip([]byte(c.body(c.at("-proof.zip"))))
	if err != nil {
		t.Fatal(err)
	}
	evidence, err := proof.ReadEvidence(files)
	if err != nil {
		t.Fatal(err)
	}
	if len(evidence.Events) < 3 {
		t.Errorf("only %d events are proven", len(evidence.Events))
	}
	for _, event := range evidence.Events {
		if !audit.IsPolicy(event.Name) {
			t.Errorf("%s is proven", event.Name)
		}
		if at := event.At.Format(time.RFC3339Nano); !strings.HasSuffix(at, "-01-01T00:00:00Z") && !strings.HasSuffix(at, "-07-01T00:00:00Z") {
			t.Errorf("%s was recorded at %s", event.Name, at)
		}
		for _, field := range event.Fields {
			if !audit.Discloses(event.Name, field.Name) {
				t.Errorf("%s of %s is shown", field.Name, event.Name)
			}
		}
	}
}
