package web

import (
	"signaalboek/domain"
	"signaalboek/projections"
)

// CloseYearPage is a year before it is closed: every figure as it will stand, and what closing does.
type CloseYearPage struct {
	Year    int
	Values  []projections.FigureValue
	Form    *Form       // nil: it cannot be closed now
	Why     string      // and then why not
	KeyEnds domain.Date // from when the key of the year goes, once it is closed
}

// ShownField is the field with the figures that somebody looked at.
const ShownField = "figures"

// Shown is those figures.
func (p CloseYearPage) Shown() []string { return p.Form.Values[ShownField] }

func (CloseYearPage) page() string { return "close-year" }
