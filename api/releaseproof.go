package api

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/release"
	"signaalboek/projections"
)

// What proves a release comes after it, and no command asks for it: the program records it by itself. Here it is shown, and
// given to whoever may see the release.

// errNoProof is a release that has no proof, or not yet.
var errNoProof = obstruct(http.StatusNotFound, "release-proof-awaited")

// proofOf is the proof of a release, as programs read it.
type proofOf struct {
	AnchoredOn domain.Date `json:"anchoredOn"`
	Size       int64       `json:"size"`
	Words      []string    `json:"words"`
	Checkpoint string      `json:"checkpoint"`
	Key        string      `json:"key"`
	Bundle     string      `json:"bundle"`
}

// toldProof is nothing as long as there is none.
func toldProof(one projections.Release) *proofOf {
	if !one.IsAnchored() {
		return nil
	}
	return &proofOf{
		AnchoredOn: one.Anchored.On, Size: one.Proof.Size, Words: one.Words(), Checkpoint: one.Proof.Checkpoint,
		Key: one.Proof.Key, Bundle: one.Proof.Bundle,
	}
}

// shownProof is how a release that is out is checked.
func shownProof(one projections.Release) *web.ReleaseProof {
	if !one.IsAnchored() {
		return &web.ReleaseProof{}
	}
	return &web.ReleaseProof{
		Href: releaseAddress(one.ID) + "/bewijs.zip", Saved: provenName(one), Digest: one.Proof.Bundle,
		Words: strings.Join(one.Words(), " "), Size: int(one.Proof.Size), Key: one.Proof.Key,
	}
}

// provenName is what a release with its proof is saved as: as outsiders save it.
func provenName(one projections.Release) string {
	return fmt.Sprintf("%s-%s-proof.zip", one.Of, one.Period)
}

// provenZip is all files of a release in one, with what proves them.
func (s *site) provenZip(w http.ResponseWriter, r *http.Request) error {
	one, err := releaseIn(s.Set, r)
	if err != nil {
		return err
	}
	switch {
	case one.Phase == release.IsWithdrawn:
		return release.ErrWithdrawn
	case !one.IsAnchored():
		return errNoProof
	}
	content, err := s.Vault.Bundle(r.Context(), one.Of, one.ID, one.Proof.Bundle)
	if errors.Is(err, domain.ErrForgotten) { // a text in it was erased just now: the log will say so
		err = release.ErrWithdrawn
	}
	if err != nil {
		return err
	}
	w.Header().Set("ETag", `"`+one.Proof.Bundle+`"`)
	return answerFile(w, provenName(one), content)
}
