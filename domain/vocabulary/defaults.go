package vocabulary

import (
	"embed"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"signaalboek/domain"
)

// Harelbeke2022 names the defaults taken from a final report of 2022. They never change, because events were recorded
// with them; later insight gets a name of its own.
const Harelbeke2022 = "harelbeke-2022"

//go:embed defaults
var files embed.FS

// Read once, when the program starts; files that are embedded wrongly cannot get further than the first test.
var harelbeke2022 = mustRead(Harelbeke2022)

// Defaults is the words that a practice starts with, by the name of their version.
func Defaults(version string) (Book, bool) {
	if version != Harelbeke2022 {
		return Book{}, false
	}
	return harelbeke2022, true
}

func mustRead(version string) Book {
	var book Book
	for _, step := range []struct {
		file string
		add  func(Book, []string) (Book, error)
	}{
		{"codelists.csv", addTerm},
		{"program.csv", addTerm},
		{"forums.csv", addForum},
		{"crosswalk.csv", addPair},
		{"figures.csv", addFigure},
	} {
		var err error
		if book, err = read(book, mustOpen(version, step.file), step.add); err != nil {
			panic("vocabulary: read " + version + "/" + step.file + ": " + err.Error())
		}
	}
	return book
}

func mustOpen(version, name string) io.Reader {
	file, err := files.Open("defaults/" + version + "/" + name)
	if err != nil {
		panic("vocabulary: " + err.Error())
	}
	return file
}

// read lets add take up every row but the first, which names the columns.
func read(book Book, from io.Reader, add func(Book, []string) (Book, error)) (Book, error) {
	rows := csv.NewReader(from)
	rows.Comma = ';'
	if _, err := rows.Read(); err != nil {
		return book, fmt.Errorf("header: %w", err)
	}
	for {
		row, err := rows.Read()
		if err == io.EOF {
			return book, nil
		}
		if err != nil {
			return book, err
		}
		if book, err = add(book, row); err != nil {
			line, _ := rows.FieldPos(0)
			return book, fmt.Errorf("line %d: %w", line, err)
		}
	}
}

// addTerm reads list;code;label;aliases;remark.
func addTerm(book Book, row []string) (Book, error) {
	if len(row) != 5 {
		return book, errColumns
	}
	list := domain.Code(row[0])
	term := Term{Code: domain.Code(row[1]), Label: row[2], Aliases: parts(row[3]), Remark: row[4]}
	if _, taken := book.Term(list, term.Code); taken || !list.Valid() || !term.Code.Valid() || term.Label == "" {
		return book, fmt.Errorf("term %s of %s: written wrongly or twice", term.Code, list)
	}
	return book.WithTerm(list, term), nil
}

// addForum reads code;label;aliases;kind;level;cadence;remark.
func addForum(book Book, row []string) (Book, error) {
	if len(row) != 7 {
		return book, errColumns
	}
	forum := Forum{
		Code: domain.Code(row[0]), Label: row[1], Aliases: parts(row[2]),
		Kind: ForumKind(row[3]), Level: domain.Code(row[4]), Cadence: row[5], Remark: row[6],
	}
	_, taken := book.Forum(forum.Code)
	if taken || !forum.Code.Valid() || forum.Label == "" || !forum.Kind.Valid() || !book.Has(ForumLevels, forum.Level) {
		return book, fmt.Errorf("forum %s: written wrongly or twice", forum.Code)
	}
	return book.WithForum(forum), nil
}

// addPair reads from;to: a theme and the reporting theme it counts in.
func addPair(book Book, row []string) (Book, error) {
	if len(row) != 2 {
		return book, errColumns
	}
	pair := Pair{From: domain.Code(row[0]), To: domain.Code(row[1])}
	if !book.Has(Themes, pair.From) || !book.Has(ReportThemes, pair.To) {
		return book, fmt.Errorf("pair %s to %s: no such terms", pair.From, pair.To)
	}
	crosswalk, _ := book.Crosswalk(Themes, ReportThemes, 0)
	pairs := append(slices.Clip(crosswalk.Pairs), pair)
	return book.WithCrosswalk(Crosswalk{From: Themes, To: ReportThemes, Pairs: pairs}), nil
}

// addFigure reads code;version;label;unit;only;without;from_year;definition.
func addFigure(book Book, row []string) (Book, error) {
	if len(row) != 8 {
		return book, errColumns
	}
	version, err := strconv.Atoi(row[1])
	if err != nil {
		return book, fmt.Errorf("version: %w", err)
	}
	fromYear, err := strconv.Atoi(row[6])
	if err != nil {
		return book, fmt.Errorf("first year: %w", err)
	}
	figure := Figure{
		Code: domain.Code(row[0]), Version: version, Label: row[2], Unit: Unit(row[3]),
		Only: codes(row[4]), Without: codes(row[5]), FromYear: fromYear, Definition: row[7],
	}
	if !figure.Code.Valid() || !figure.Unit.Valid() || version != len(book.FigureVersions(figure.Code))+1 {
		return book, fmt.Errorf("figure %s: written wrongly or out of order", figure.Code)
	}
	return book.WithFigure(figure), nil
}

var errColumns = fmt.Errorf("another number of columns")

func parts(field string) []string {
	if field == "" {
		return nil
	}
	return strings.Split(field, "|")
}

func codes(field string) []domain.Code {
	var all []domain.Code
	for _, part := range parts(field) {
		all = append(all, domain.Code(part))
	}
	return all
}
