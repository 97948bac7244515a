package projections

import (
	"maps"
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/proof"
	"signaalboek/domain/release"
)

// Unanchored lists what is published and has no proof yet, of every practice, in the order of publishing.
func (r *Releases) Unanchored() (all []Release) {
	r.lock.RLock()
	defer r.lock.RUnlock()
	for _, practice := range slices.Sorted(maps.Keys(r.practices)) {
		for _, one := range r.of(practice).rows {
			if one.Phase == release.IsPublished && !one.IsAnchored() {
				all = append(all, one)
			}
		}
	}
	return all
}

// Anchored lists what has its proof, of every practice, also what was withdrawn since.
func (r *Releases) Anchored() (all []Release) {
	r.lock.RLock()
	defer r.lock.RUnlock()
	for _, practice := range slices.Sorted(maps.Keys(r.practices)) {
		for _, one := range r.of(practice).rows {
			if one.IsAnchored() {
				all = append(all, one)
			}
		}
	}
	return all
}

// AnchoredBefore is the last release of a practice that has its proof and was published before a release, also if it was
// withdrawn since. False if there is none.
func (r *Releases) AnchoredBefore(practice domain.PracticeID, id release.ID) (Release, bool) {
	r.lock.RLock()
	defer r.lock.RUnlock()
	of := r.of(practice)
	for i := of.index(id) - 1; i >= 0; i-- { // one is proposed at a time, so this is the order of publishing
		if of.rows[i].IsAnchored() {
			return of.rows[i], true
		}
	}
	return Release{}, false
}

// Words is the words of the root of the ledger that its proof promises; none, if it has no proof.
func (r Release) Words() []string {
	promised, err := proof.Claimed(r.Proof.Checkpoint)
	if err != nil {
		return nil
	}
	return proof.Words(promised.Root)
}
