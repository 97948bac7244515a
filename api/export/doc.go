// Package export writes what leaves a practice as files: tables for spreadsheets, a workbook, JSON, and the bundle of a
// release.
//
// Everything that has rows becomes a Sheet first, and a Sheet is written three ways: so a number cannot be one thing in a
// table and another in the workbook.
//
//	disclosure.Published ─┐             ┌─► tables/<name>.csv ─┐
//	                      ├─► []Sheet ──┼─► figures.xlsx       ├─► Pack ─► one zip ─► Read
//	projections.Edition ──┘             ├─► release.json       │
//	                      []Section ────┴─► method.txt ────────┘
//	                                        documents of the editions (HTML)
//
// A release is built twice: when it is looked at, and when a second person confirms it. Both must give the same bytes, on
// any replica. So nothing here reads a clock, or follows the order of a map, and no file says by whom or with what it was
// made. Zips are stored, not compressed: their bytes follow from the files, and from no version of a compressor.
//
// # The tables
//
// A table is UTF-8 with a byte order mark, and its cells stand between semicolons: without the first, Excel takes the text
// for Windows-1252; with commas it puts a row in one cell, since the comma is what numbers have in Flanders. Programs read
// release.json. A table of figures has these columns, in this order:
//
//	rubriek              the category in words
//	meting               what was counted, in words
//	minstens, hoogstens  the band of the count, both ends included; "niet geregistreerd" if it was not recorded
//	code van de rubriek  empty: the whole practice
//	code van de meting   package disclosure, Measure
//
// A table that is not published has its header, and one row with a sentence that says so.
//
// # release.json
//
//	{
//	  "format":    "signaalboek-release-1",
//	  "practice":  "…",                                             its name
//	  "period":    {"year": 2025, "part": "whole-year"},            first-half or whole-year
//	  "counted":   "2026-01-20",                                    the day of the proposal; the log up to there
//	  "catalogue": 1,                                               version of the fixed catalogue of tables
//	  "widths":    [{"table": "headline", "width": 5}, …],          1, 5, 10 or 20 wide; 0: not published
//	  "tables":    [{
//	    "name":  "headline",                                        also the name of its file
//	    "title": "Mensen",
//	    "note":  "…",                                               only if something is said instead of rows
//	    "rows":  [{"label": "…", "counts": "…", "least": 120, "most": 124, "category": "", "measure": "unique"}, …]
//	  }, …],
//	  "method":    [{"title": "…", "lines": ["…", …]}, …]            what method.txt and the sheet "Uitleg" say
//	}
//
// least and most are null if the count was not recorded, which is not zero. After the tables of figures come the lists of
// the edition of the council (themes, signals, steps, forums, promises, debts, recommendations, neighbourhood). The members
// of their rows are the columns that lists.go names. A value with a code is {"code": "…", "label": "…"}, several are an
// array, a half-year is "2025-2", and what does not apply or did not happen is null.
package export
