package web

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"signaalboek/domain"
	"signaalboek/projections"
)

// drawn is a drawing as a page holds it.
func drawn(t *testing.T, name string, chart any) *html.Node {
	t.Helper()
	var out strings.Builder
	if err := templates["error"].ExecuteTemplate(&out, name, chart); err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(strings.NewReader("<!doctype html><html lang=nl-BE><title>x</title>" + out.String()))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// Every drawing holds with nothing, one and many of everything, and lets no markup through.
func TestEveryDrawingHolds(t *testing.T) {
	day := func(n int) domain.Date { return domain.DateOf(2026, 1, 1) + domain.Date(40*n) }
	for _, n := range []int{0, 1, 30} {
		var heat HeatMap
		bars, hatched := Bars{ID: "b", Title: markup, Unit: markup}, Bars{ID: "h", Title: markup, Hatch: true}
		funnel, line := Funnel{ID: "f"}, Timeline{ID: "t", Lanes: []string{markup, markup}, From: day(0), Until: day(n)}
		years := Years{ID: "y", Title: markup}
		heat.ID = "w"
		for i := range n {
			heat.Columns = append(heat.Columns, HeatColumn{On: day(i), Href: markup})
			heat.Rows = append(heat.Rows, HeatRow{Label: markup, Weights: make([]int, n)})
			bars.Lines = append(bars.Lines, Bar{Label: markup, N: i * 7, Href: markup, Unknown: i%3 == 2})
			funnel.Stages = append(funnel.Stages, Stage{Label: markup, N: 900 / (i + 1), Note: markup})
			line.Marks = append(line.Marks, Mark{On: day(i), Lane: i % 2, Number: i + 1, Label: markup, Owed: i == n-1})
			years.Points = append(years.Points, YearPoint{Year: 2010 + i, N: i, Recorded: i%2 == 0, Break: i == 3, Version: 1 + i/3})
		}
		hatched.Lines = bars.Lines
		for name, charts := range map[string][]any{
			"heatmap": {heat}, "bars": {bars, hatched}, "funnel": {funnel}, "timeline": {line}, "years": {years},
		} {
			for _, chart := range charts {
				checkDrawn(t, name, n, drawn(t, name, chart))
			}
		}
	}
}

func checkDrawn(t *testing.T, name string, n int, root *html.Node) {
	t.Helper()
	found := gather(root)
	drawings := 0
	for _, node := range found.elements {
		checkElement(t, node, found)
		if node.Data == "svg" {
			drawings++
		}
		if node.Data == "script" {
			t.Errorf("%s with %d lets markup through", name, n)
		}
	}
	if want := min(n, 1); drawings != want {
		t.Errorf("%s with %d has %d drawings, want %d", name, n, drawings, want)
	}
}

// Marks stay in the order of their days, side by side, and within the drawing, however many fall on one day.
func TestMarksOfALaneStandSideBySide(t *testing.T) {
	line := Timeline{Lanes: []string{"one"}, From: 20000, Until: 20400}
	for i := range 12 {
		line.Marks = append(line.Marks, Mark{On: 20390 + domain.Date(i/6), Number: i + 1})
	}
	placed := line.Placed()
	for i, mark := range placed {
		if mark.X < timelineLeft || mark.X > timelineWidth-timelineRight+timelineRadius {
			t.Errorf("mark %d stands at %d, outside the lane", mark.Number, mark.X)
		}
		if i > 0 && mark.X < placed[i-1].X+2*timelineRadius-2 {
			t.Errorf("mark %d at %d covers the one before it at %d", mark.Number, mark.X, placed[i-1].X)
		}
	}
}

// Something is never drawn as nothing, and nothing never as something.
func TestShare(t *testing.T) {
	for _, test := range []struct{ n, whole, room, want int }{
		{0, 10, 100, 0}, {10, 10, 100, 100}, {5, 10, 100, 50}, {1, 100000, 100, 2}, {-3, 10, 100, 0}, {1, 0, 100, 100},
	} {
		if got := share(test.n, test.whole, test.room); got != test.want {
			t.Errorf("share(%d, %d, %d) is %d, want %d", test.n, test.whole, test.room, got, test.want)
		}
	}
}

func TestTicksOfALongLifeAreYears(t *testing.T) {
	short := Timeline{From: domain.DateOf(2026, 2, 1), Until: domain.DateOf(2026, 12, 1)}
	long := Timeline{From: domain.DateOf(2019, 2, 1), Until: domain.DateOf(2026, 12, 1)}
	if n := len(short.Ticks()); n != 3 {
		t.Errorf("%d quarters begin in the short one, want 3", n)
	}
	if n := len(long.Ticks()); n != 7 {
		t.Errorf("%d years begin in the long one, want 7", n)
	}
}

// A figure that has a definition since a later year stands under that year in the table of all years, not under the first.
func TestSeriesStandUnderTheirYears(t *testing.T) {
	point := func(year int) projections.SeriesPoint {
		var p projections.SeriesPoint
		p.Year, p.Value, p.Recorded = year, 1, true
		return p
	}
	page := FiguresPage{Series: []projections.FigureSeries{
		{Label: "later", Points: []projections.SeriesPoint{point(2024)}},
		{Label: "first", Points: []projections.SeriesPoint{point(2022), point(2023), point(2024)}},
	}}
	if years := page.SeriesYears(); !slices.Equal(years, []int{2022, 2023, 2024}) {
		t.Errorf("the table has the years %v", years)
	}
	if page.PointIn(0, 2022) != nil || page.PointIn(0, 2024) == nil || page.PointIn(1, 2023).Year != 2023 {
		t.Error("a point stands under another year")
	}
}
