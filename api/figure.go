package api

import (
	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
	"signaalboek/projections"
)

// figureOf is a figure as programs read it: what was not recorded has no value, so that nobody takes it for zero.
type figureOf struct {
	Figure    vocabulary.Figure
	Year      int
	Period    projections.Period
	Recorded  bool
	Value     *int
	Of        int
	Unknown   int
	Forgotten int
	Closed    bool
	AddsYears bool
}

// seriesOf is one figure over the years.
type seriesOf struct {
	Code   domain.Code
	Label  string
	Points []pointOf
}

type pointOf struct {
	figureOf
	Break bool
}

func toldFigure(v projections.FigureValue) figureOf {
	told := figureOf{
		Figure: v.Figure, Year: v.Year, Period: v.Period, Recorded: v.Recorded, Of: v.Of, Unknown: v.Unknown,
		Forgotten: v.Forgotten, Closed: v.Closed, AddsYears: v.AddsYears,
	}
	if v.Recorded {
		told.Value = &v.Value
	}
	return told
}

func toldFigures(values []projections.FigureValue) []figureOf {
	told := make([]figureOf, 0, len(values))
	for _, value := range values {
		told = append(told, toldFigure(value))
	}
	return told
}

func toldSeries(all []projections.FigureSeries) []seriesOf {
	told := make([]seriesOf, 0, len(all))
	for _, series := range all {
		one := seriesOf{Code: series.Code, Label: series.Label, Points: []pointOf{}}
		for _, point := range series.Points {
			one.Points = append(one.Points, pointOf{toldFigure(point.FigureValue), point.Break})
		}
		told = append(told, one)
	}
	return told
}
