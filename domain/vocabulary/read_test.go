package vocabulary

import (
	"reflect"
	"strings"
	"testing"

	"signaalboek/domain"
)

// Embedded files that are written wrongly are found when the program is built and tested, not later.
func TestReadRefusesWhatIsWrittenWrongly(t *testing.T) {
	few := Book{}.WithTerm(ForumLevels, Term{Code: "stad", Label: "Stad"}).
		WithTerm(ReportThemes, Term{Code: "verslag", Label: "Verslag"}).WithTerm(Themes, Term{Code: "werk", Label: "Werk"})
	if _, err := read(few, strings.NewReader("f;t\nwerk;verslag\n"), addPair); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		add  func(Book, []string) (Book, error)
		text string
	}{
		"no header":             {addTerm, ""},
		"too few columns":       {addTerm, "a;b\ntheme;werk\n"},
		"no code":               {addTerm, "l;c;l;a;r\ntheme;;Werk;;\n"},
		"capitals in a code":    {addTerm, "l;c;l;a;r\ntheme;Werk;Werk;;\n"},
		"term twice":            {addTerm, "l;c;l;a;r\ntheme;nt2;Nt2;;\ntheme;nt2;Werk;;\n"},
		"no label":              {addTerm, "l;c;l;a;r\ntheme;nt2;;;\n"},
		"capitals in a list":    {addTerm, "l;c;l;a;r\nTheme;werk;Werk;;\n"},
		"stray quote":           {addTerm, "l;c;l;a;r\ntheme;werk;Werk\";;\n"},
		"forum of no kind":      {addForum, "c;l;a;k;l;c;r\nraad;Raad;;feest;stad;;\n"},
		"forum of no level":     {addForum, "c;l;a;k;l;c;r\nraad;Raad;;team;wereld;;\n"},
		"forum without label":   {addForum, "c;l;a;k;l;c;r\nraad;;;team;stad;;\n"},
		"forum without code":    {addForum, "c;l;a;k;l;c;r\n;Raad;;team;stad;;\n"},
		"forum twice":           {addForum, "c;l;a;k;l;c;r\nraad;Raad;;team;stad;;\nraad;Raad;;team;stad;;\n"},
		"pair from no theme":    {addPair, "f;t\nweg;verslag\n"},
		"pair to no group":      {addPair, "f;t\nwerk;weg\n"},
		"figure without code":   {addFigure, "c;v;l;u;o;w;y;d\n;1;X;contacts;;;2020;X.\n"},
		"second version first":  {addFigure, "c;v;l;u;o;w;y;d\nx;2;X;contacts;;;2020;X.\n"},
		"figure of no unit":     {addFigure, "c;v;l;u;o;w;y;d\nx;1;X;apples;;;2020;X.\n"},
		"version is no number":  {addFigure, "c;v;l;u;o;w;y;d\nx;y;X;contacts;;;2020;X.\n"},
		"first year not a year": {addFigure, "c;v;l;u;o;w;y;d\nx;1;X;contacts;;;y;X.\n"},
	} {
		if _, err := read(few, strings.NewReader(test.text), test.add); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

func TestReadTakesEveryColumn(t *testing.T) {
	from := func(text string) *strings.Reader { return strings.NewReader(text) }
	book := Book{}.WithTerm(ForumLevels, Term{Code: "stad", Label: "Stad"})
	for _, step := range []struct {
		add  func(Book, []string) (Book, error)
		text string
	}{
		{addTerm, "l;c;l;a;r\ntheme;werk;Werk;arbeid|job;Een opmerking.\n"},
		{addForum, "c;l;a;k;l;c;r\nraad;Raad;GR|de raad;team;stad;maandelijks;Nog een.\n"},
		{addFigure, "c;v;l;u;o;w;y;d\nx;1;X;contacts;a|b;c;2020;Wat telt.\n"},
	} {
		var err error
		if book, err = read(book, from(step.text), step.add); err != nil {
			t.Fatal(err)
		}
	}
	term, _ := book.Term("theme", "werk")
	if want := (Term{Code: "werk", Label: "Werk", Aliases: []string{"arbeid", "job"}, Remark: "Een opmerking."}); !reflect.DeepEqual(term, want) {
		t.Errorf("got %+v, want %+v", term, want)
	}
	forum, _ := book.Forum("raad")
	if want := (Forum{
		Code: "raad", Label: "Raad", Aliases: []string{"GR", "de raad"}, Kind: TeamForum, Level: "stad", Cadence: "maandelijks",
		Remark: "Nog een.",
	}); !reflect.DeepEqual(forum, want) {
		t.Errorf("got %+v, want %+v", forum, want)
	}
	figure, _ := book.Figure("x", 1)
	if want := (Figure{
		Code: "x", Version: 1, Label: "X", Unit: CountContacts, Only: []domain.Code{"a", "b"}, Without: []domain.Code{"c"},
		FromYear: 2020, Definition: "Wat telt.",
	}); !reflect.DeepEqual(figure, want) {
		t.Errorf("got %+v, want %+v", figure, want)
	}
}

func FuzzRead(f *testing.F) {
	f.Add("list;code;label;aliases;remark\ntheme;werk;Werk;arbeid|job;\n")
	f.Add("a;b;c;d;e\n\"x\";y;\"z;;\n")
	f.Fuzz(func(t *testing.T, text string) {
		book, err := read(Book{}, strings.NewReader(text), addTerm)
		if err != nil {
			return
		}
		for _, list := range book.Lists() {
			for _, term := range book.Terms(list) {
				if !term.Code.Valid() || term.Label == "" {
					t.Fatalf("took %+v", term)
				}
			}
		}
	})
}
