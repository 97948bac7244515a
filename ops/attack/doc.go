// Command attack looks for people in what signaalboek publishes. It makes populations up, publishes them through the gate
// and the export that releases really go through, reads the files again as anybody could who downloads them, and reckons
// what follows. `make attack-report` does it with five hundred populations and prints what was found beside the goals:
//
//	go run ./ops/attack [-populations 500] [-first 0] [-state file]
//
// # Why beside the gate
//
// Package disclosure proves each release with worlds of its own making. That proof is worth nothing if the gate does not
// see something: a table that says more than it seems, a file that is not what was judged, a rule that readers know. So
// nothing here uses how the gate reckons. From disclosure come only the rows that go in and what comes out to be
// exported. Everything else is done anew:
//
//	population.go  people who came, asked and were sent on, by chance and from a seed; shape.go makes some dangerous
//	publish.go     the gate, the export: a zip for each release
//	paper.go       reads the zips: release.json, and the tables, which must say the same
//	program.go     what follows, as sums of unknown numbers of people; dictionary.go solves them
//	attacker.go    how few and how many may be in a group
//	listholder.go  the same for those who hold a list of who was there, alone or three together
//	census.go      from the rows: the small groups that must not be found
//	outcome.go     one population, attacked; tally.go counts its cells anew, for how far bands are off
//	state.go       outcomes that are kept; report.go adds them up
//
// # What the attacker knows
//
// All files of all releases of a year; what others published of the same people; the manual: which tables there are, that
// bands nest, that a headline total is exact only if it and the rest are twenty at least, that five people stand behind
// requests that are not in the first band; and what everybody knows of membership: who is at an activity is in the
// practice, who is in the practice came somewhere and had a contact. If nothing was withdrawn between two releases, and if
// everybody answered, the attacker knows that too: then less is possible, and the attack is stronger.
//
// # What it asks
//
// A group is people with up to four attributes in common, in the practice or at one activity; in a release, new in the
// second of a year, or gone from it. Of every group of one to four people it must remain possible that nobody is in it,
// and that four people are or more. On no list of who was there may something sensitive follow of everybody but for three
// at most, who know it of themselves. No requests may be published of fewer than five people, or of which one made more
// than half. No total of contacts or requests may have grown by one to four, and that be told to fewer than five values.
//
// # How it reckons
//
// The unknowns are how many people there are of each class: what they answered, in each release. Of one activity, the
// focus, it looks for each class apart; of the others only for the answers in the year, so that programs stay small. Who
// asked what needs no unknowns: see attacker.maybeAtMost. Before a program is solved, numbers found for other questions are
// tried; so a few hundred programs answer for tens of thousands of groups. Fractions of people are allowed, which makes the
// attacker a little weaker than one who insists on whole ones.
//
// That the attacker is right is tested three ways: what really happened keeps every limit that it believes in, in every
// population; gonum finds the same optima; and gates that are not whole, of which the simplest says yes to everything, are
// found out.
package main
