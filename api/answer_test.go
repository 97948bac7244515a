package api

import (
	"context"
	"encoding/csv"
	"fmt"
	"net/http"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"

	"signaalboek/domain"
	"signaalboek/domain/catalog"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/signal"
	"signaalboek/projections"
)

// Whoever follows the links sees every row once.
func TestPaging(t *testing.T) {
	b := opened(t)
	const many = 7
	for range many {
		b.must(b.post("/signals", pickUp), 201)
	}
	seen := map[string]bool{}
	path := "/signals?limit=3&theme=huisvesting"
	for pages := 0; path != ""; pages++ {
		if pages > many {
			t.Fatal("the pages do not end")
		}
		answered := b.must(b.get(path), 200)
		for _, row := range itemsOf(t, answered) {
			seen[fmt.Sprint(row["id"])] = true
		}
		path = next(t, answered)
	}
	if len(seen) != many {
		t.Errorf("saw %d of %d", len(seen), many)
	}
}

func itemsOf(t testing.TB, s said) []map[string]any {
	t.Helper()
	var list struct {
		Items []map[string]any `json:"items"`
		Next  string           `json:"next"`
	}
	if err := json.Unmarshal(s.body, &list); err != nil {
		t.Fatalf("%v in %s", err, s.body)
	}
	return list.Items
}

var nextLink = regexp.MustCompile(`^</api/v1([^>]+)>; rel="next"$`)

func next(t testing.TB, s said) string {
	t.Helper()
	link := s.Header.Get("Link")
	if link == "" {
		return ""
	}
	found := nextLink.FindStringSubmatch(link)
	if found == nil {
		t.Fatalf("Link is %q", link)
	}
	return found[1]
}

// A text that was erased says so, in every answer; everything else stays.
func TestErasedTexts(t *testing.T) {
	w := walked(t)
	for recorded, err := range w.store.ReadAll(context.Background(), domain.Position{}) {
		if err != nil {
			t.Fatal(err)
		}
		entry, err := catalog.Decode(recorded)
		if err != nil {
			t.Fatal(err)
		}
		if worded, ok := entry.Event.(signal.Worded); ok {
			if err := w.vault.Forget(context.Background(), worded.Statement.Key); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, q := range []string{"/signals/$signal", "/signals/$signal/trajectory", "/overview", "/signals"} {
		answered := w.must(w.get(w.named(q)), 200)
		if !strings.Contains(string(answered.body), `"[gewist]"`) || strings.Contains(string(answered.body), "computer") {
			t.Errorf("%s shows %s", q, answered.body)
		}
	}
}

// What a contact says of the person is in no answer.
func TestTrajectoryTellsNothingOfPeople(t *testing.T) {
	w := walked(t)
	body := string(w.must(w.get(w.named("/signals/$signal/trajectory")), 200).body)
	if !strings.Contains(body, `"contact.registered.v1"`) {
		t.Fatalf("the contact behind it is not in %s", body)
	}
	for _, member := range []string{"recognition", "actor", "command"} {
		if strings.Contains(body, `"`+member+`"`) {
			t.Errorf("%s is in %s", member, body)
		}
	}
}

// csv is a list as rows of cells, the header first.
func (b *bench) csv(path string) [][]string {
	b.Helper()
	answered := b.must(b.get(path, with{"Accept", "text/csv, application/json;q=0.5"}), 200)
	rows, err := csv.NewReader(strings.NewReader(string(answered.body))).ReadAll()
	if err != nil {
		b.Fatal(err)
	}
	return rows
}

// A spreadsheet takes no text for a formula, and a number stays a number.
func TestCSVCells(t *testing.T) {
	b := opened(t)
	for _, nickname := range []string{"=1+1", "+32", "-5", "@", "rode fiets", `"met", aanhalingstekens`} {
		raw, err := json.Marshal(newCard{Nickname: nickname})
		if err != nil {
			t.Fatal(err)
		}
		b.must(b.post("/cards", string(raw)), 201)
	}
	var cells []string
	for _, row := range b.csv("/cards") {
		cells = append(cells, row[1])
	}
	want := `nickname|"met", aanhalingstekens|'+32|'-5|'=1+1|'@|rode fiets`
	if got := strings.Join(cells, "|"); got != want {
		t.Errorf("cells are %s, not %s", got, want)
	}
}

// A CSV row says of each thing what the JSON row says.
func TestCSVColumns(t *testing.T) {
	w := walked(t)
	rows := w.csv("/signals?status=all")
	header := " " + strings.Join(rows[0], " ") + " "
	for _, column := range []string{"id", "text", "themes", "phase", "described.said", "described.on", "computed.waitingSince", "owed"} {
		if !strings.Contains(header, " "+column+" ") {
			t.Errorf("no column %s in %s", column, header)
		}
	}
	if inJSON := itemsOf(t, w.get("/signals?status=all")); len(inJSON) != len(rows)-1 {
		t.Errorf("%d rows in CSV, %d in JSON", len(rows)-1, len(inJSON))
	}
}

// What nobody said is an empty cell, also where its type would write a number.
func TestCSVLeavesOutWhatWasNotSaid(t *testing.T) {
	rows := []projections.SettingDebt{{Setting: pursuit.Setting{Kind: pursuit.AtSession, Stream: "session-1"}, Days: 0}}
	var out strings.Builder
	if err := (&teller{}).table(&out, reflect.ValueOf(rows)); err != nil {
		t.Fatal(err)
	}
	want := "setting.kind,setting.stream,setting.code,setting.year,since,days,debts\nsession,session-1,,,,0,\n"
	if out.String() != want {
		t.Errorf("wrote %q and not %q", out.String(), want)
	}
}

func TestFormOf(t *testing.T) {
	tests := map[string]struct {
		accept string
		rows   bool
		form   string
		status int
	}{
		"nothing said":        {"", true, formJSON, 0},
		"anything":            {"*/*", true, formJSON, 0},
		"CSV":                 {"text/csv", true, formCSV, 0},
		"CSV rather":          {"application/json;q=0.2, text/csv;q=0.9", true, formCSV, 0},
		"as a browser asks":   {"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", true, formJSON, 0},
		"in capitals":         {"Text/CSV", true, formCSV, 0},
		"CSV, of a whole":     {"text/csv, */*;q=0.1", false, formJSON, 0},
		"CSV only, of whole":  {"text/csv", false, "", 406},
		"not JSON, but text":  {"application/json;q=0, text/*", true, formCSV, 0},
		"nothing that we can": {"image/png", true, "", 406},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r, err := http.NewRequest("GET", "/", nil)
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Accept", tt.accept)
			form, err := formOf(r, tt.rows)
			if form != tt.form || (err != nil) != (tt.status != 0) {
				t.Errorf("form is %q, %v", form, err)
			}
		})
	}
}

func TestSmallFirst(t *testing.T) {
	for name, want := range map[string]string{"ID": "id", "URIPage": "uriPage", "On": "on", "HowMany": "howMany", "A": "a"} {
		if got := smallFirst(name); got != want {
			t.Errorf("%s became %s, not %s", name, got, want)
		}
	}
}

// A question waits for what its asker saw recorded, but not for ever.
func TestBehind(t *testing.T) {
	b := opened(t)
	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	if err := b.wait(ctx, domain.Position{Commit: 1 << 40}); err == nil {
		t.Error("saw what was never recorded")
	}
	if _, status := refusalOf(errBehind); status != http.StatusServiceUnavailable {
		t.Errorf("being behind is answered with %d", status)
	}
}
