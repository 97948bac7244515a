// Package disclosure decides what may leave a practice in a release: the fixed tables, how wide their bands are, and the
// gate that nothing passes from which a small group of people follows.
//
// # The attack
//
// Nobody has to break in. Two documents tell of the same people, each harmless; whoever has both subtracts:
//
//	            presentation of 2019     report of 2022      less
//	families            31                     50       →     19      a group that nobody
//	children            70                    105       →     35      decided to publish:
//	of foreign origin   85 % (26 or 27)        75 % (37 or 38)  10–12  the families that came
//	known               25 % (7 or 8)          30 % (14 to 16)   6–9   in 2019
//
// (These are real; reference_test.go does it.) With more tables it is more equations with more unknowns, and a computer
// solves them. In a practice of 200 people a year some of what comes out is a group of one.
//
// # What leaves
//
// Outside a practice counts are shown in releases only, of the first half of a year and of the whole (release.go): the
// tables of a Catalogue (catalogue.go), each count in a Band (band.go). Bands nest, 1 | 5 | 10 | 20 | not published, so a
// wider table never says anything that a narrower one did not. A table is widened as a whole, because cells that are
// hidden one by one point at what they hide; and for good, because next year's table would undo it. What a table shows is
// made by one function, Count.tabulate (table.go), from rows of people without any identity (person.go).
//
// # The gate
//
// Gate.Judge takes what was counted for a release, and every release that is out already, and widens tables until every
// target is hidden. A target (target.go) is one to four people who have up to four attributes in common, in the practice
// or at an activity: in a release, in the second release of a year and not in the first, or in the first only. It is
// hidden when the published bands fit
//
//   - a world in which nobody is in it, so that nobody can be sure that somebody is, and
//   - a world in which four people are or more, so that at least five values remain.
//
// A world is people made up (world.go): whole numbers of them, with contacts and requests. It counts only if the production
// tabulation turns it into exactly the cells of every release of the year, if what others published is true of it, and if
// people can be so: where nothing was corrected, nothing goes away (certificate.go). No solver is believed.
//
//	Count ──► targets ──► wants ──► prove ◄─── explorer: simplex ──► numbers of people ──► souls ──► deal ──► world
//	                                  │                                                                        │
//	          widen a table ◄── unmet ┴── met ◄──────────────── accounts? same cells, tabulated ◄──────────────┘
//
// Beside targets: who holds the list of everybody at an activity, alone or with up to three participants who tell each
// other what they know of themselves, must not learn something sensitive of all others on it (want.go). Behind a cell of
// requests stand five people, and nobody made more than half; nor may two exact totals leave fewer than twenty
// (support.go). Whatever cannot be proved is taken for unsafe: then the narrowest table that looks at it is widened
// (suspect.go), and the gate goes on with what is not proved yet. Nested bands only enlarge what is possible, so what was
// proved stays so. A Report (report.go) says what was widened and why, never who or how many.
//
// # The attacker's programs
//
// Unknowns (model.go) are how many people of each class there are in the practice, and at each activity. A class is what
// tables of people say of somebody in each release of the year: counted or not, new, known, and traits by which a table is
// made. Constraints are all bands of all releases of the year, what others published, and membership: who is at an activity
// is in the practice, everybody in it is at one, everybody has had a contact. As people of a class are exchangeable, and
// no table crosses two activities, whole numbers that keep the constraints are always numbers of possible people.
// Requests say little of people, who may ask once or ten times: they are not solved but dealt (deal.go), within their bands.
//
// The simplex method (simplex.go) finds the fewest and the most people in a target; fractions are then fixed one after the
// other (search.go). Targets that differ in requests only share a program, and a world that was made for one is tried on
// all others, a word of bits for 64 people (crowd.go). Targets of one group are one part; parts are shared out over the
// cores, and the verdict depends neither on their number nor on who was first (prove.go).
//
// Classes that nobody is in, but for plain ones, and numbers further than eight from the truth are left out. An attacker
// cannot leave them out; so the gate finds fewer worlds than there are, and is stricter than it must be.
//
// # Assumed, and not promised
//
// Rows join no two years, so releases of two years bind no unknown together. It is not used that a person who is not new
// came in some earlier year, that a request carries at least one code and one with a referral that approach, which
// activities' requests a figure leaves out, nor what it tells that the gate widened a table. Who holds a list holds one.
// Colluders differ from all others in one group; others are not looked for. Of requests, list holders and colluders must
// not learn who was sent to a sensitive service; what else people asked is not looked at. Of people who are gone after a
// correction, what they are is looked at, and not what they asked.
//
// This is not differential privacy. It bounds what follows from our tables, and from those of others that the gate was
// told of. It does not bound guesses, nor what somebody knows who saw people come in.
package disclosure
