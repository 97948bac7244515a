package web

import "signaalboek/domain"

// StartPage is what a day begins with: what can be registered, what waits, what comes.
type StartPage struct {
	Waiting  []Waiting
	Coming   []Coming
	Year     int
	Figures  []FigureCard
	Contacts int  // registered today
	First    bool // nothing was ever registered: say how to begin
}

// Waiting is how many of one sort of thing wait for somebody.
type Waiting struct {
	Sentence string
	Href     string
}

// Coming is a meeting to come.
type Coming struct {
	On    domain.Date
	Label string
	Href  string
}

// FigureCard is one figure, large.
type FigureCard struct {
	Label    string
	Value    int
	Recorded bool
}

func (StartPage) page() string { return "start" }
