// Package audit says what of the history may be shown to an auditor: all of it, and nobody in it.
//
// Every event is shown, coarsened to the month in which it was recorded. How, depends on its sort (sort.go). What was
// decided about signals and recommendations, and what was published, is shown by itself, in the order of the log, with
// the fields that may be disclosed, and can be proven (disclose.go). All else is of people, or of how the practice works:
// of that is shown how often it happened in the month, so that order tells nothing.
//
//	log ──Add──▶ History ──Lines──▶ pages of an auditor
//	                      ──Rows───▶ the file of `signaalboek audit export`
//
// What stands for a signal or for an actor is replaced by a Pseudonym, under a key that lives as long as the session or
// the export: what two of them show cannot be joined by it. An actor is shown of releases only, where two people are
// needed and an auditor must see that there were two: anything else would show how somebody works.
package audit
