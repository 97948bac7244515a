package projections

import (
	"testing"

	"signaalboek/domain"
	"signaalboek/domain/bundle"
	"signaalboek/domain/practice"
)

// A signal that turned out to be several was heard once: its parts are picked up to be pursued, not because somebody
// said something new.
func TestPartsOfASplitSignalAreNotHeardAgain(t *testing.T) {
	d := newDiary(t)
	d.write(day(1), practice.StreamOf(harelbeke), practice.Opened{Name: "Harelbeke", Defaults: "harelbeke-2022"})
	for n := range uint32(3) {
		d.write(day(int(n)+2), signalNo(n+1), picked(partner("caw"), "mobiliteit"))
	}
	count := func() (figure, heard, funnel int) {
		set := d.set()
		for _, value := range set.Figures.Year(harelbeke, day(1).Year()) {
			if value.Figure.Code == "signalen" {
				figure = value.Value
			}
		}
		overview := set.Overviews.of(harelbeke, YearPeriod(day(1).Year()))
		for _, step := range overview.Funnel {
			if step.Step == FunnelSignals {
				funnel = step.Count
			}
		}
		return figure, overview.Heard.Signals, funnel
	}
	if figure, heard, funnel := count(); figure != 3 || heard != 3 || funnel != 3 {
		t.Errorf("three signals read %d, %d and %d", figure, heard, funnel)
	}
	d.write(day(9), bundles, bundle.Split{Signal: signalNo(1), Into: []domain.StreamID{signalNo(2), signalNo(3)}})
	if figure, heard, funnel := count(); figure != 1 || heard != 1 || funnel != 1 {
		t.Errorf("one signal in two parts reads %d, %d and %d", figure, heard, funnel)
	}
}
