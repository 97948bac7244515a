package export_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"signaalboek/api/export"
	"signaalboek/domain/disclosure"
	"signaalboek/domain/pursuit"
	"signaalboek/projections"
)

// rowsOf is the rows of a table for spreadsheets, the header first.
func rowsOf(t rapid.TB, file []byte) [][]string {
	t.Helper()
	text, marked := bytes.CutPrefix(file, []byte("\ufeff"))
	if !marked {
		t.Fatal("no byte order mark")
	}
	in := csv.NewReader(bytes.NewReader(text))
	in.Comma = ';'
	rows, err := in.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestNoFormula(t *testing.T) {
	for text, want := range map[string]string{
		"=1+1": "'=1+1", "+32": "'+32", "-5": "'-5", "@sum": "'@sum", "\tx": "'\tx", "\rx": "'\rx", "\nx": "'\nx",
		"＝1": "'＝1", "＋1": "'＋1", "－1": "'－1", "＠x": "'＠x",
		"": "", "a=1": "a=1", "1-2": "1-2", "'=1": "'=1", " =1": " =1", "\xff=": "\xff=",
	} {
		if got := export.NoFormula(text); got != want {
			t.Errorf("%q is written as %q, not %q", text, got, want)
		}
	}
}

// Whatever a text holds, a table gives it back; and no cell begins like a formula.
func TestTextsSurviveATable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("=+-@;\"\n\tab é|'＝"))).Draw(t, "text")
		sheet := export.Sheet{
			Columns: []export.Column{{Name: "a", Title: "a"}, {Name: "b", Title: "b"}, {Name: "c", Title: "c"}},
			Rows: [][]export.Cell{{
				export.Text(text), export.Several{export.Text(text), export.Text("x")}, export.Term{Code: "c", Label: text},
			}},
		}
		file, err := export.CSV(sheet)
		if err != nil {
			t.Fatal(err)
		}
		row := rowsOf(t, file)[1]
		for i, want := range []string{text, text + " | x", text} {
			if first, _ := utf8.DecodeRuneInString(row[i]); row[i] != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", first) {
				t.Fatalf("cell %d begins like a formula: %q", i, row[i])
			}
			if row[i] != want && row[i] != "'"+want {
				t.Fatalf("cell %d is %q, not %q", i, row[i], want)
			}
		}
	})
}

func TestATableThatIsNotPublishedSaysSo(t *testing.T) {
	// Given a year of which one table is not published; When its files are made;
	rows := rowsOf(t, filesOf(t, sample(t))["tables/new-by-activity.csv"])
	// Then that table has its header and a sentence, and no number.
	if len(rows) != 2 || rows[0][0] != "rubriek" || !strings.HasPrefix(rows[1][0], "Deze tabel is niet gepubliceerd") {
		t.Errorf("rows are %q", rows)
	}
	for _, cell := range rows[1] {
		if strings.ContainsAny(cell, "0123456789") {
			t.Errorf("a number: %q", cell)
		}
	}
}

// What nobody may know has no number: not even the one that stands for no limit.
func TestADebtThatIsNotPublishedIsEmpty(t *testing.T) {
	of := sample(t)
	of.Edition.Debts = []projections.EditionDebt{{Kind: pursuit.AtFocusgroep, Unpaid: disclosure.Unpublished.Band(7)}}
	rows := rowsOf(t, filesOf(t, of)["tables/debts.csv"])
	if want := "focusgroep;;"; strings.Join(rows[1], ";") != want {
		t.Errorf("the debt is %q, not %q", rows[1], want)
	}
}

func TestTheColumnsOfATableOfFigures(t *testing.T) {
	rows := rowsOf(t, filesOf(t, sample(t))["tables/headline.csv"])
	want := [][]string{
		{"rubriek", "meting", "minstens", "hoogstens", "code van de rubriek", "code van de meting"},
		{"hele werking", "Verschillende mensen", "60", "64", "", "unique"},
		{"hele werking", "Nieuwe mensen", "60", "64", "", "new"},
		{"hele werking", "Gekend bij de sociale dienst", "niet geregistreerd", "niet geregistreerd", "", "known"},
	}
	for i := range want {
		if got := strings.Join(rows[i], ";"); got != strings.Join(want[i], ";") {
			t.Errorf("row %d is %s", i, got)
		}
	}
}
