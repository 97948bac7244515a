package web

import (
	"signaalboek/domain"
	"signaalboek/domain/disclosure"
	"signaalboek/domain/release"
	"signaalboek/projections"
)

// ReleasesPage is the releases of a practice, and the form that proposes the next one.
type ReleasesPage struct {
	Releases []ReleaseLine
	Propose  *Form // nil: nothing can be proposed now
	Periods  []release.Period
	Gone     []string     // years of which nothing can be proposed any more: their people cannot be told apart
	Open     *ReleaseLine // the proposal that waits; nil: there is none
	Outside  string       // address where everybody reads releases; empty: it is not known
	OfAll    bool         // they are those of all practices together
	Together string       // address of those; empty: they are these
	Foreign  string       // address of what others published; empty: it is no matter here
}

// ReleaseLine is one release in a list.
type ReleaseLine struct {
	projections.Release
	Href string
}

// PeriodField is the field with the period that is proposed.
const PeriodField = "period"

// PeriodOptions is the periods that can be proposed, to choose from.
func (p ReleasesPage) PeriodOptions() []Option { return periodOptions(p.Periods) }

func periodOptions(periods []release.Period) []Option {
	options := make([]Option, len(periods))
	for i, period := range periods {
		options[i] = Option{Value: period.String(), Label: PeriodName(period)}
	}
	return options
}

// PeriodName is how a period is called in a sentence: "de eerste helft van 2026".
func PeriodName(period release.Period) string { return sayPeriod(period.String()) }

// On is the day on which the release became what it is.
func (l ReleaseLine) On() domain.Date {
	switch l.Phase {
	case release.IsProposed:
		return l.Proposed.On
	case release.IsPublished:
		return l.Published.On
	}
	return l.Ended.On
}

// Tag is the colour of the phase.
func (l ReleaseLine) Tag() string {
	switch l.Phase {
	case release.IsProposed:
		return "gold"
	case release.IsPublished:
		return "leaf"
	}
	return ""
}

// ReleasePage is one release: how far it is, and what can be done with it.
type ReleasePage struct {
	ReleaseLine
	Own      bool    // whoever looks proposed it
	Wordless bool    // nothing can be said in it, nor about it: it is that of all practices together
	Why      string  // it was dropped or withdrawn; may be empty
	Figures  Judging // of a proposal
	Worded   []EditionLine
	Foreign  []ForeignLine // what others published of its year, of a proposal
	Preview  string        // address of what readers will see; empty: it cannot be built yet
	Bundle   string        // address of all files; empty: it is not published
	Files    []EditionOfFiles
	Proof    *ReleaseProof // of what is published; nil: it is not
	Outside  string        // address where everybody reads it; empty: it is not published, or not known
	Drop     *Form
	Withdraw *ReasonForm
	Last     bool // once withdrawn it cannot be published again
}

// Judging is how far the figures of a proposal are counted and judged, and what came of it.
type Judging struct {
	State     string // of family "judging"
	Done      int    // of Total; zero while it is not known how much there is to do
	Total     int
	Percent   int
	Failure   string // why it failed, if it did
	Report    *disclosure.Report
	OneNumber bool   // it is about one number, and no table: see ReleasePage.Wordless
	Ask       *Form  // nil: there is nothing to ask for
	Stop      *Form  // nil: nothing is under way
	Hold      string // address of the page as it stays; empty: it does not change by itself
	Continue  string // address of the page as it goes along; empty: it does so already
}

// EditionLine is how much of one edition was worded.
type EditionLine struct {
	Edition release.Edition
	Said    int
	Places  int
	Href    string // to where it is worded; empty: not by whoever looks
}

// EditionOfFiles is the files of one edition.
type EditionOfFiles struct {
	Edition release.Edition
	Files   []FileLine
}

// FileLine is one file, as its readers get it.
type FileLine struct {
	Name string
	Href string
}

// WordingPage is where whoever proposed a release says something in an edition, or where somebody else reads it.
type WordingPage struct {
	Edition release.Edition
	Form    Form
	Places  []release.Place
	Own     bool // whoever looks may write
}

// ForPartners reports whether the edition is one that only some may seem to read.
func (p WordingPage) ForPartners() bool { return p.Edition == release.Partners }

// Sentence is what stands in one place, for who may not write there.
func (p WordingPage) Sentence(place release.Place) string { return p.Form.Value(string(place)) }

// Empty reports whether nothing is said in the edition.
func (p WordingPage) Empty() bool {
	for _, place := range p.Places {
		if p.Sentence(place) != "" {
			return false
		}
	}
	return true
}

// PreviewPage is what every reader of a proposal will see, and the form that confirms it.
type PreviewPage struct {
	Period    release.Period
	Back      string // address of the release
	Report    disclosure.Report
	OneNumber bool          // see Judging
	Foreign   []ForeignLine // that the report takes into account
	Files     []EditionOfFiles
	Bundle    string // address of all files together
	Confirm   *Form  // nil: whoever looks proposed it
}

// DigestField is the field with the digest of the bundle that somebody looked at.
const DigestField = "bundle"

func (ReleasesPage) page() string { return "releases" }
func (ReleasePage) page() string  { return "release" }
func (WordingPage) page() string  { return "release-wording" }
func (PreviewPage) page() string  { return "release-preview" }

// Widening is what the gate did to one table, in words.
func Widening(w disclosure.Widening) string {
	why := make([]string, len(w.Dangers))
	for i, danger := range w.Dangers {
		why[i] = Word("danger", danger)
	}
	return T("release.widened", Word("table", w.Table), Word("width", int(w.From)), Word("width", int(w.To)), join(why))
}
