package api

import (
	"testing"

	"signaalboek/projections"
)

// What was not recorded has no value in an answer: nobody can take it for zero. A recorded zero is a zero.
func TestRule7NotRecordedHasNoValue(t *testing.T) {
	series := toldSeries([]projections.FigureSeries{{Points: []projections.SeriesPoint{
		{FigureValue: projections.FigureValue{Year: 2020}},
		{FigureValue: projections.FigureValue{Year: 2021, Recorded: true}, Break: true},
	}}})
	points := series[0].Points
	if points[0].Value != nil {
		t.Errorf("2020 was not recorded and reads %d", *points[0].Value)
	}
	if points[1].Value == nil || *points[1].Value != 0 || !points[1].Break {
		t.Errorf("2021 reads %+v, want a recorded zero after a break", points[1])
	}
}
