package release

import (
	"strings"
	"unicode/utf8"

	"signaalboek/domain"
)

// Proof is what proves to outsiders that a release stands in the ledger, and that nothing before it was changed: the first
// checkpoint that includes its publication and that enough witnesses cosigned, and a bundle of the files with all that is
// needed to check them without the ledger. This program made both from the log; they never come from a sender.
type Proof struct {
	Size       int64  `json:"size"`       // of the tree of the checkpoint, in events
	Checkpoint string `json:"checkpoint"` // the signed note, with its cosignatures
	Key        string `json:"key"`        // of the ledger that signed it: a verifier key, as notes write it
	Bundle     string `json:"bundle"`     // SHA-256 of files and proof together, in hexadecimal
}

// Anchored: a release that is out was given its proof. It is recorded once, by the program itself, and stays when the
// release is withdrawn.
type Anchored struct {
	Release ID `json:"release"`
	Proof
}

// Anchor gives a release that is out its proof.
type Anchor struct {
	Release ID `json:"release"`
	Proof
}

// The refusals of anchoring.
var (
	ErrProof    = domain.Refuse(domain.Invalid, "release-proof-invalid")
	ErrAnchored = domain.Refuse(domain.Conflict, "release-anchored") // with another proof
)

func (Anchored) EventName() string { return "releases.anchored.v1" }

// More bytes than a checkpoint with all its cosignatures has, and than a key.
const (
	maxCheckpoint = 1 << 16
	maxKey        = 1 << 10
)

// decide anchors what is out, once. The same proof again is nothing.
func (c Anchor) decide(s State, _ Facts) ([]Event, error) {
	release, found := s.Release(c.Release)
	switch {
	case !found:
		return nil, ErrUnknown.At("/release")
	case release.WentOut() && release.Proof == c.Proof:
		return nil, nil
	case release.Phase == IsWithdrawn:
		return nil, ErrWithdrawn
	case release.Phase != IsPublished:
		return nil, ErrNotPublished
	case release.IsAnchored():
		return nil, ErrAnchored
	}
	if err := c.Proof.check(); err != nil {
		return nil, err
	}
	return []Event{Anchored(c)}, nil
}

// check refuses what proves nothing. Whether it proves the release, whoever made it has checked.
func (p Proof) check() error {
	body, signatures, _ := strings.Cut(p.Checkpoint, "\n\n")
	origin, _, _ := strings.Cut(body, "\n")
	whole := body != "" && signatures != "" && utf8.ValidString(p.Checkpoint) && len(p.Checkpoint) <= maxCheckpoint
	its := strings.HasPrefix(p.Key, origin+"+") && utf8.ValidString(p.Key) && len(p.Key) <= maxKey
	switch {
	case p.Size < 1:
		return ErrProof.At("/size")
	case !whole:
		return ErrProof.At("/checkpoint")
	case !its:
		return ErrProof.At("/key")
	case domain.CheckDigest(p.Bundle) != nil:
		return domain.ErrDigest.At("/bundle")
	}
	return nil
}

func (e Anchored) evolve(s State) State {
	return s.change(e.Release, func(r *Release) { r.Proof = e.Proof })
}

// IsAnchored reports whether the release has its proof, also when it is withdrawn.
func (r Release) IsAnchored() bool { return r.Proof != Proof{} }
