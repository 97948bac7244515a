package proof_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"signaalboek/domain/proof"
	"signaalboek/domain/release"
)

// widths are those of the tables below, by name.
var widths = []struct {
	table string
	width int
}{
	{"contacts", 1}, {"headline", 1}, {"meetings-of-voices", 5}, {"new-by-activity", 10}, {"requests", 1},
	{"requests-by-theme", 0}, {"unique-by-activity", 5},
}

// counts are the tables of figures: category, measure, least and most; -1 was not recorded.
var counts = map[string][]struct {
	category, measure string
	least, most       int
}{
	"contacts":           {{"", "contacts", 363, 363}},
	"headline":           {{"", "unique", 200, 200}, {"", "new", 60, 60}, {"", "known", -1, -1}},
	"meetings-of-voices": {{"focusgroep", "meetings", 3, 3}, {"focusgroep", "present", 25, 29}},
	"new-by-activity":    {{"huisbezoek", "new", 10, 19}, {"sociale-kruidenier", "new", 0, 9}},
	"requests":           {{"", "requests", 110, 110}},
	"unique-by-activity": {{"huisbezoek", "unique", 45, 49}, {"sociale-kruidenier", "unique", 5, 9}},
}

// steps is what is told of the signal: what, forum, outcome, verdict, reference.
var steps = [][5]string{
	{"scheduled", "jeugd-en-sportdienst"},
	{"discussed", "jeugd-en-sportdienst", "promised"},
	{"decided", "jeugd-en-sportdienst", "", "adopted", kept.URI},
	{"promise-kept", "jeugd-en-sportdienst"},
	{"fed-back"},
}

// frozenFiles are the files of a release, in the form of package export.
func frozenFiles(period release.Period, root tlog.Hash) []proof.File {
	var tables bytes.Buffer
	files := []proof.File{
		{Name: "council/overview.html", Content: document("Overzicht", root)},
		{Name: "method.txt", Content: []byte("Zo is er geteld.\r\n")},
		{Name: "residents/overview.html", Content: sheet(root)},
	}
	for _, w := range widths {
		table, csv := figureTable(w.table, w.width)
		files = append(files, proof.File{Name: "tables/" + w.table + ".csv", Content: csv})
		tables.WriteString(table + ",\n")
	}
	table, csv := stepTable()
	files = append(files, proof.File{Name: "tables/steps.csv", Content: csv}, proof.File{Name: "release.json", Content: fmt.Appendf(nil,
		"{\n\"format\": \"signaalboek-release-1\", \"practice\": \"STEK\", \"period\": {\"year\": %d, \"part\": %q}, \"counted\": \"2023-02-08\",\n"+
			"\"catalogue\": 1, \"widths\": [%s],\n\"tables\": [\n%s%s\n], \"method\": []}\n",
		period.Year, period.Part, printedWidths(), tables.String(), table)})
	slices.SortFunc(files, func(a, b proof.File) int { return strings.Compare(a.Name, b.Name) })
	return files
}

func document(title string, root tlog.Hash) []byte {
	return fmt.Appendf(nil, "<!doctype html><meta content=\"style-src 'sha256-%s'\"><h1>%s</h1><p>Wortel: <code>%s</code>.</p>\n",
		tlog.RecordHash([]byte("style")), title, strings.ReplaceAll(root.String(), "+", "&#43;"))
}

// sheet is a document that prints the root in words only.
func sheet(root tlog.Hash) []byte {
	return fmt.Appendf(nil, "<h1>Wat we hoorden</h1><p>Acht woorden: <strong class=\"words\">%s</strong>.</p>\n", strings.Join(proof.Words(root), "\n"))
}

func printedWidths() string {
	var printed []string
	for _, w := range slices.Backward(widths) { // the order of a catalogue is not that of names
		printed = append(printed, fmt.Sprintf("{\"table\": %q, \"width\": %d}", w.table, w.width))
	}
	return strings.Join(printed, ", ")
}

// figureTable is a table of figures, in JSON and for spreadsheets.
func figureTable(name string, width int) (table string, csv []byte) {
	lines := "\ufeffcode;rubriek;meting;minstens;hoogstens;wat is geteld\r\n"
	if width == 0 {
		said := "Deze tabel verschijnt niet."
		return fmt.Sprintf("{\"name\": %q, \"title\": \"T\", \"note\": %q, \"rows\": []}", name, said), []byte(lines + said + ";;;;;\r\n")
	}
	var rows []string
	for _, c := range counts[name] {
		least, most, words := fmt.Sprint(c.least), fmt.Sprint(c.most), [2]string{fmt.Sprint(c.least), fmt.Sprint(c.most)}
		if c.least < 0 {
			least, most, words = "null", "null", [2]string{"niet geregistreerd", "niet geregistreerd"}
		}
		rows = append(rows, fmt.Sprintf("{\"category\": %q, \"label\": \"=R\", \"measure\": %q, \"least\": %s, \"most\": %s, \"counts\": \"T\"}",
			c.category, c.measure, least, most))
		lines += fmt.Sprintf("%s;'=R;%s;%s;%s;T\r\n", c.category, c.measure, words[0], words[1])
	}
	return fmt.Sprintf("{\"name\": %q, \"title\": \"T\", \"rows\": [\n%s]}", name, strings.Join(rows, ",\n")), []byte(lines)
}

// stepTable is the list of steps, in JSON and for spreadsheets.
func stepTable() (table string, csv []byte) {
	lines := "\ufeffvan;wat;wanneer;forum;uitkomst;beslissing;bron\r\n"
	var rows []string
	for _, s := range steps {
		rows = append(rows, fmt.Sprintf("{\"of\": \"S1\", \"said\": %s, \"in\": \"2023-1\", \"forum\": %s, \"outcome\": %s, \"verdict\": %s, \"reference\": %s}",
			term(s[0]), term(s[1]), term(s[2]), term(s[3]), strings.ReplaceAll(fmt.Sprintf("%q", s[4]), `""`, "null")))
		lines += fmt.Sprintf("S1;%s;eerste helft 2023;%s;%s;%s;%s\r\n", s[0], s[1], s[2], s[3], s[4])
	}
	return fmt.Sprintf("{\"name\": \"steps\", \"title\": \"Stappen\", \"rows\": [\n%s]}", strings.Join(rows, ",\n")), []byte(lines)
}

func term(code string) string {
	if code == "" {
		return "null"
	}
	return fmt.Sprintf("{\"code\": %q, \"label\": %q}", code, code)
}
