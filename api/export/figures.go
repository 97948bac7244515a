package export

import (
	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/disclosure"
	"signaalboek/domain/vocabulary"
)

// figureColumns is the columns of every table of figures: what people read, and then the codes for programs.
func figureColumns() []Column {
	return []Column{
		{"label", web.T("files.category"), 40},
		{"counts", web.T("files.measure"), 32},
		{"least", web.T("files.least"), 20},
		{"most", web.T("files.most"), 20},
		{"category", web.T("files.category-code"), 28},
		{"measure", web.T("files.measure-code"), 20},
	}
}

// FigureSheet is a published table: a row for each of its cells, in their order.
func FigureSheet(table disclosure.Published, book vocabulary.Book) Sheet {
	sheet := Sheet{Name: string(table.Name), Title: web.Word("table", table.Name), Columns: figureColumns()}
	if table.Width == disclosure.Unpublished {
		sheet.Note = web.T("edition.table-unpublished")
		return sheet
	}
	for _, cell := range table.Cells {
		least, most := bandCells(cell)
		sheet.Rows = append(sheet.Rows, []Cell{
			Text(categoryLabel(table.Table, cell.Category, book)), Text(web.MeasureLabel(table.Table, cell.Measure)), least, most,
			Text(cell.Category), Text(cell.Measure),
		})
	}
	return sheet
}

// bandCells is both ends of what a release says of a count; nothing, if it says nothing.
func bandCells(cell disclosure.Cell) (least, most Cell) {
	switch {
	case !cell.Recorded:
		return Unrecorded{}, Unrecorded{}
	case !cell.Band.Published():
		return Empty{}, Empty{}
	}
	return Number(cell.Band.Least), Number(cell.Band.Most)
}

// categoryLabel is how a category is called. A group that is a voice of its own is an activity in the vocabulary.
func categoryLabel(table disclosure.Table, category domain.Code, book vocabulary.Book) string {
	switch {
	case table.Name == disclosure.PossibleConcerns.Name:
		return web.T("together.name")
	case category == "":
		return web.T("files.whole-practice")
	case book.Has(table.By, category):
		return book.Label(table.By, category)
	}
	return book.Label(vocabulary.Activities, category)
}
