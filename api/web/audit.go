package web

import (
	"time"

	"signaalboek/domain"
	"signaalboek/domain/audit"
	"signaalboek/domain/proof"
	"signaalboek/projections"
)

// AuditPage is where an auditor begins: how things stand, and what there is to look at.
type AuditPage struct {
	Latest  *CheckpointLine // nil: nothing was signed yet
	Checked *VerifiedLine   // nil: nothing was verified yet
	Ways    []AuditWay
}

// AuditWay is one of the pages behind it.
type AuditWay struct {
	Href  string
	Title string
	Text  string
}

// CheckpointLine is a checkpoint in brief.
type CheckpointLine struct {
	At    time.Time
	Words []string // the root, for people
	Size  int64
}

// HistoryPage is the history with nobody in it, the last month first.
type HistoryPage struct {
	Filter Form
	Months []Option
	Names  []Option
	Sorts  []Option
	Shown  []HistoryMonth
	More   string
}

// HistoryMonth is the part of a month that stands on one page.
type HistoryMonth struct {
	Month   string // "maart 2026"
	Counted []CountedLine
	Shown   []EventLine
}

// CountedLine is how often something happened.
type CountedLine struct {
	Name  string
	Count int
}

// EventLine is one event that is shown by itself.
type EventLine struct {
	Name  string
	About string   // a pseudonym of the signal, the recommendation, …
	Actor string   // a pseudonym; empty: it is not shown
	Said  []string // what of it may be disclosed, in words
	Href  string   // to its proof
}

// EventProofPage is the proof of one event, in words.
type EventProofPage struct {
	Name      string
	Event     proof.Disclosed
	Opened    []OpenedLine
	Unsigned  string // why there is no proof yet; empty: there is one
	Inclusion proof.Inclusion
	Leaf      string
	Latest    CheckpointLine
	File      string // address of the proof as a file
}

// Ordinal is which event of the history it is, counted from 1.
func (p EventProofPage) Ordinal() int64 { return p.Inclusion.Index + 1 }

// Recorded is the half-year in which it was recorded: a proof shows no more.
func (p EventProofPage) Recorded() string {
	return HalfYear(projections.HalfYearOf(domain.DayOf(p.Event.At)))
}

// OpenedLine is one field that is shown, with what shows that it is what was recorded.
type OpenedLine struct {
	Label string
	Value string // in words
	Raw   string // as it was recorded: what is committed to
	Salt  string
}

// CheckpointsPage is what the ledger promises, and who saw it.
type CheckpointsPage struct {
	Latest    *CheckpointLine // nil: nothing was signed yet
	Origin    string
	Key       string
	Root      string
	Note      string
	Policy    []string // who must cosign, in sentences
	Met       bool     // and did
	Witnesses []WitnessLine
	Earlier   []EndedLine
	Add       *Form // nil: there is nothing to cosign
	Ask       Form  // for a request to another witness
}

// WitnessLine is up to where a witness cosigned.
type WitnessLine struct {
	Name   string
	At     time.Time // zero: never
	Latest bool      // the last checkpoint there is
	Href   string    // of the request to cosign that
}

// EndedLine is a history that was promised and does not go on.
type EndedLine struct {
	Origin string
	Size   int64
	Reason string // of family "loss"
	At     time.Time
}

// LineField is the field with the line of a witness, and SizeField with the size that one cosigned last.
const (
	LineField = "line"
	SizeField = "old"
)

// VerificationsPage is what was verified, when and by whom, and the button that has everything verified.
type VerificationsPage struct {
	Lines    []VerifiedLine
	State    string // of family "verifying"; empty: nothing is under way
	Done     int64  // of Total; zero while it is not known how much there is to do
	Total    int64
	Percent  int
	Underway bool
	Ask      *Form  // nil: it is under way, or there is nothing to verify
	Hold     string // address of the page as it stays; empty: it does not change by itself
	Continue string // address of the page as it goes along; empty: it does so already
}

// VerifiedLine is that something was verified.
type VerifiedLine struct {
	At   time.Time
	What string // of family "verified"
	By   string // a pseudonym; empty: whoever runs the program
	Size int64
	Good bool
}

// AuditReleasesPage is the releases that are out.
type AuditReleasesPage struct {
	Releases []AuditRelease
	Outside  string // address where everybody reads them; empty: it is not known
}

// AuditRelease is one of them.
type AuditRelease struct {
	ReleaseLine
	Bundle string // address of all files; empty: they are not there any more
}

func (AuditPage) page() string         { return "audit" }
func (HistoryPage) page() string       { return "audit-history" }
func (EventProofPage) page() string    { return "audit-proof" }
func (CheckpointsPage) page() string   { return "audit-checkpoints" }
func (VerificationsPage) page() string { return "audit-verifications" }
func (AuditReleasesPage) page() string { return "audit-releases" }

// MonthName is how a month is called: "maart 2026".
func MonthName(month audit.Month) string {
	at, is := month.Time()
	if !is {
		return string(month)
	}
	return Word("month", int(at.Month())) + " " + at.Format("2006")
}

// PolicySentences says who must cosign a checkpoint before it is believed.
func PolicySentences(rule proof.Rule) []string {
	if rule.Need == 0 {
		return []string{T("policy.nobody")}
	}
	if rule.Witness != "" {
		return []string{T("policy.witness", rule.Witness)}
	}
	var all []string
	names := make([]string, len(rule.Of))
	for i, member := range rule.Of {
		if names[i] = member.Witness; member.Witness == "" {
			names[i] = T("policy.group", member.Name)
			all = append(all, T("policy.group", member.Name)+": "+PolicySentences(member)[0])
		}
	}
	first := T("policy.some", rule.Need, join(names))
	if rule.Need == len(rule.Of) {
		first = T("policy.all", join(names))
	}
	return append([]string{first}, all...)
}

// Home is where whoever looks begins.
func (f Frame) Home() string {
	if f.Auditor {
		return "/audit"
	}
	return "/"
}
