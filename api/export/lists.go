package export

import (
	"cmp"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/disclosure"
	"signaalboek/domain/vocabulary"
	"signaalboek/projections"
)

// listSheets is the lists of the edition of the council: what was heard, what was done with it, and what is still owed.
func listSheets(of Release) ([]Sheet, error) {
	l := &lister{Release: of}
	sheets := []Sheet{
		l.themes(), l.signals(), l.steps(), l.forums(), l.promises(), l.debts(), l.recommendations(), l.neighbourhood(),
	}
	return sheets, l.err
}

// lister makes lists. After its first fault it makes them without texts.
type lister struct {
	Release
	err error
}

func (l *lister) themes() Sheet {
	sheet := list("themes", width("theme", 30), width("recurring", 12), width("meetings", 14), width("window", 14),
		width("since", 20), width("signals", 20))
	for _, t := range l.Edition.Themes {
		sheet.add(l.term(vocabulary.Themes, t.Theme), YesNo(t.Recurring), Number(t.Meetings), Number(t.Window),
			half(t.Since), refs(t.Signals))
	}
	return sheet
}

func (l *lister) signals() Sheet {
	sheet := list("signals", width("ref", 10), width("statement", 60), width("themes", 30), width("heard", 20),
		width("reached", 18), width("closed", 24), width("recurring", 12), width("settings", 36))
	for _, s := range l.Edition.Signals {
		sheet.add(Text(s.Ref), l.text(s.Statement), l.terms(vocabulary.Themes, s.Themes), half(s.Heard),
			word("stage", s.Reached), word("closing", s.Closed), YesNo(s.Recurring), l.settings(s.Settings))
	}
	return sheet
}

// steps is what was done with signals and recommendations, one after the other.
func (l *lister) steps() Sheet {
	sheet := list("steps", width("of", 9), width("stage", 16), width("said", 24), width("in", 18), width("forum", 26),
		width("outcome", 18), width("verdict", 18), width("why", 36), width("what", 36), width("due", 18), width("reference", 30))
	for _, s := range l.Edition.Signals {
		l.stepsOf(&sheet, s.Ref, s.Steps)
	}
	for _, r := range l.Edition.Recommendations {
		l.stepsOf(&sheet, r.Ref, r.Steps)
	}
	return sheet
}

func (l *lister) stepsOf(sheet *Sheet, ref projections.EditionRef, steps []projections.EditionStep) {
	for _, s := range steps {
		reference := Cell(Empty{})
		if s.Reference != nil {
			reference = Text(s.Reference.URI)
		}
		sheet.add(Text(ref), word("stage", s.Stage), word("told", s.Said), half(s.In), l.forum(s.Forum),
			word("outcome", s.Outcome), word("verdict", s.Verdict), l.text(s.Why), l.text(s.What), half(s.Due), reference)
	}
}

func (l *lister) forums() Sheet {
	sheet := list("forums", width("forum", 40), width("raised", 24), width("waiting", 24),
		width("discuss-median", 16), width("discuss-longest", 16), width("decide-median", 16), width("decide-longest", 16),
		width("carry-out-median", 16), width("carry-out-longest", 16))
	for _, f := range l.Edition.Forums {
		cells := []Cell{l.forum(f.Forum), refs(f.Raised), refs(f.Waiting)}
		for _, took := range []projections.EditionTime{f.ToDiscuss, f.ToDecide, f.ToCarryOut} {
			cells = append(cells, known(took, took.Median), known(took, took.Longest))
		}
		sheet.add(cells...)
	}
	return sheet
}

func (l *lister) promises() Sheet {
	sheet := list("promises", width("of", 10), width("statement", 60), width("forum", 30), width("made", 20), width("due", 20),
		width("overdue", 12), width("promise", 60))
	for _, p := range l.Edition.Promises {
		sheet.add(Text(p.Of), l.text(p.Statement), l.forum(p.Forum), half(p.Made), half(p.Due), YesNo(p.Overdue), l.text(p.Promise))
	}
	return sheet
}

func (l *lister) debts() Sheet {
	sheet := list("debts", width("setting", 30), width("least", 16), width("most", 16))
	for _, d := range l.Edition.Debts {
		least, most := bandCells(disclosure.Cell{Recorded: true, Band: d.Unpaid})
		sheet.add(word("setting", d.Kind), least, most)
	}
	return sheet
}

func (l *lister) recommendations() Sheet {
	sheet := list("recommendations", width("ref", 10), width("text", 60), width("made-by", 30), width("forum", 30),
		width("adopted", 20), width("answers", 20), width("reached", 18))
	for _, r := range l.Edition.Recommendations {
		sheet.add(Text(r.Ref), l.text(r.Text), word("maker", r.MadeBy), l.forum(r.Forum), YesNo(r.Adopted), refs(r.Answers),
			word("stage", r.Reached))
	}
	return sheet
}

// neighbourhood is what others counted and published about it.
func (l *lister) neighbourhood() Sheet {
	sheet := list("neighbourhood", width("theme", 30), width("indicator", 50), width("area", 24), width("value", 12),
		width("beside-area", 24), width("beside-value", 12), width("unit", 16), width("year", 8), width("source", 60))
	for _, i := range l.Edition.Neighbourhood {
		beside := Cell(Empty{})
		if i.Beside.Area != "" {
			beside = Decimal(i.Beside.Value)
		}
		sheet.add(l.term(vocabulary.Themes, i.Theme), Text(i.Label), Text(i.Area), Decimal(i.Value), Text(i.Beside.Area), beside,
			Text(i.Unit), Number(i.Year), Text(i.Source))
	}
	return sheet
}

// settings says where a signal was heard.
func (l *lister) settings(all []projections.EditionSetting) Several {
	cells := make(Several, len(all))
	for i, s := range all {
		label := web.Word("setting", s.Kind)
		if s.Activity != "" {
			label = l.Book.Label(vocabulary.Activities, s.Activity)
		}
		if in := half(s.In).csv(); in != "" {
			label += ", " + in
		}
		cells[i] = Term{string(cmp.Or(s.Activity, domain.Code(s.Kind))), label}
	}
	return cells
}

// text opens a sealed text.
func (l *lister) text(sealed domain.Sealed) Cell {
	if sealed.IsZero() || l.err != nil {
		return Empty{}
	}
	text, err := l.Open(sealed)
	l.err = err
	return Text(text)
}

func (l *lister) term(list, code domain.Code) Cell {
	if code == "" {
		return Empty{}
	}
	return Term{string(code), l.Book.Label(list, code)}
}

func (l *lister) terms(list domain.Code, codes []domain.Code) Several {
	cells := make(Several, len(codes))
	for i, code := range codes {
		cells[i] = l.term(list, code)
	}
	return cells
}

func (l *lister) forum(code domain.Code) Cell {
	if code == "" {
		return Empty{}
	}
	return Term{string(code), l.Book.ForumLabel(code)}
}

// word is a value of the program itself, with what it is called in a family of words.
func word[V ~string](family string, value V) Cell {
	if value == "" {
		return Empty{}
	}
	return Term{string(value), web.Word(family, value)}
}

func half(h projections.HalfYear) Cell {
	if h == (projections.HalfYear{}) {
		return Empty{}
	}
	return Half(h)
}

// known is how many half-years something took, if that is known of anything.
func known(took projections.EditionTime, halves int) Cell {
	if took.Cases == 0 {
		return Empty{}
	}
	return Number(halves)
}

func refs(all []projections.EditionRef) Several {
	cells := make(Several, len(all))
	for i, ref := range all {
		cells[i] = Text(ref)
	}
	return cells
}

// list is a sheet without rows yet.
func list(name string, columns ...Column) Sheet {
	return Sheet{Name: name, Title: web.Word("table", name), Columns: columns}
}

// width is a column of a list, so many characters wide.
func width(name string, characters int) Column {
	return Column{name, web.Word("list-column", name), characters}
}

// add adds a row.
func (s *Sheet) add(cells ...Cell) { s.Rows = append(s.Rows, cells) }
