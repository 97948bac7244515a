package vocabulary

import (
	"strings"
	"testing"
)

// Embedded files that are written wrongly are found when the program is built and tested, not later.
func TestReadRefusesWhatIsWrittenWrongly(t *testing.T) {
	for name, test := range map[string]struct {
		add  func(Book, []string) (Book, error)
		text string
	}{
		"no header":             {addTerm, ""},
		"too few columns":       {addTerm, "a;b\ntheme;werk\n"},
		"no code":               {addTerm, "l;c;l;a;r\ntheme;;Werk;;\n"},
		"capitals in a code":    {addTerm, "l;c;l;a;r\ntheme;Werk;Werk;;\n"},
		"term twice":            {addTerm, "l;c;l;a;r\ntheme;werk;Werk;;\ntheme;werk;Werk;;\n"},
		"forum of no kind":      {addForum, "c;l;a;k;l;c;r\nraad;Raad;;feest;stad;;\n"},
		"pair without terms":    {addPair, "f;t\nwerk;werk\n"},
		"second version first":  {addFigure, "c;v;l;u;o;w;y;d\nx;2;X;contacts;;;2020;X.\n"},
		"figure of no unit":     {addFigure, "c;v;l;u;o;w;y;d\nx;1;X;apples;;;2020;X.\n"},
		"version is no number":  {addFigure, "c;v;l;u;o;w;y;d\nx;y;X;contacts;;;2020;X.\n"},
		"first year not a year": {addFigure, "c;v;l;u;o;w;y;d\nx;1;X;contacts;;;y;X.\n"},
	} {
		if _, err := read(Book{}, strings.NewReader(test.text), test.add); err == nil {
			t.Errorf("%s: taken", name)
		}
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
