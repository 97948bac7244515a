package api

import (
	"errors"
	"net/url"
	"slices"
	"testing"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/ledger"
	"signaalboek/domain/release"
	"signaalboek/projections"
)

// anchored is a release that is out and was given this bundle as its proof, as the program does.
func (b *bench) anchored(bundle string) projections.Release {
	b.Helper()
	one := b.proposed()
	b.must(b.confirm(one, b.digest(one), asSecond), 200)
	if err := b.vault.KeepBundle(b.Context(), harelbeke, one.ID, []byte(bundle)); err != nil {
		b.Fatal(err)
	}
	_, err := b.Ledger.Releases.Execute(b.Context(), ledger.Target{Stream: release.StreamOf(harelbeke)}, release.Anchor{
		Release: one.ID, Proof: release.Proof{
			Size: 1234, Bundle: domain.DigestOf([]byte(bundle)), Key: "signaalboek.example+01234567+key",
			Checkpoint: "signaalboek.example\n1234\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— signaalboek.example signature\n",
		},
	}, domain.Meta{Command: uuid.New(), Practice: harelbeke, On: b.Ledger.Today(b.Clock()), At: b.Clock().UTC().Truncate(time.Microsecond)})
	if err != nil {
		b.Fatal(err)
	}
	b.visitor().catchUp()
	return one
}

// toldProof is what programs are told of the proof of a release.
func (b *bench) toldProof(one projections.Release) map[string]any {
	b.Helper()
	var told struct {
		Proof map[string]any `json:"proof"`
	}
	if err := json.Unmarshal(b.must(b.get("/releases/"+one.ID.String()), 200).body, &told); err != nil {
		b.Fatal(err)
	}
	return told.Proof
}

const (
	emptyWords = "vavub" // the first word of the root of nothing
	provenFile = "files and proof"
)

// A release that waits for its proof says so; one that has it says how to check it in three steps, with the words, the size
// and the key of the ledger, and gives the proof away as it was made.
func TestHowAReleaseIsChecked(t *testing.T) {
	b := publishing(t)
	v := b.visitor()
	one := b.proposed()
	address, path := releaseAddress(one.ID), "/releases/"+one.ID.String()
	b.must(b.confirm(one, b.digest(one), asSecond), 200)
	v.open(address).says("Zo kijkt iedereen na of dit klopt", "wacht op getuigen")
	if p := readProblem(t, b.get(path+"/proof")); p.Code != "release-proof-awaited" || p.Status != 404 {
		t.Errorf("answered %+v", p)
	}
	if told := b.toldProof(one); told != nil {
		t.Errorf("programs are told of a proof that there is not: %v", told)
	}
}

func TestAProofIsGivenAway(t *testing.T) {
	b := publishing(t)
	one := b.anchored(provenFile)
	address, path := releaseAddress(one.ID), "/releases/"+one.ID.String()
	page := b.visitor().open(address)
	page.says("Download het bewijs.", "signaalboek-verify harelbeke-centrum-2025-whole-year-proof.zip", emptyWords, "1 234",
		"signaalboek.example+01234567+key", domain.DigestOf([]byte(provenFile)), "hoeveel er tussen twee stappen bewaard is")
	if got := b.visitor().file(page.link(address + "/bewijs.zip")); got != provenFile {
		t.Errorf("the page leads to %q", got)
	}
	answered := b.must(b.get(path+"/proof"), 200)
	if string(answered.body) != provenFile || answered.Header.Get("ETag") != `"`+domain.DigestOf([]byte(provenFile))+`"` {
		t.Errorf("programs get %q, %s", answered.body, answered.Header.Get("ETag"))
	}
	told := b.toldProof(one)
	words, _ := told["words"].([]any)
	if told["size"] != 1234.0 || len(words) != 8 || words[0] != emptyWords || told["bundle"] != domain.DigestOf([]byte(provenFile)) {
		t.Errorf("programs are told %v", told)
	}
}

// Withdrawn, a release's proof is destroyed with its files; what it was stays.
func TestAProofGoesWithItsRelease(t *testing.T) {
	b := publishing(t)
	one := b.anchored(provenFile)
	address, path := releaseAddress(one.ID), "/releases/"+one.ID.String()
	v := b.visitor()
	v.fill(v.open(address), address+"/intrekken", url.Values{"reason": {"mistaken"}}).says("De publicatie is ingetrokken.")
	if _, err := b.kept(one, domain.DigestOf([]byte(provenFile))); !errors.Is(err, domain.ErrForgotten) {
		t.Errorf("it is kept: %v", err)
	}
	if p := readProblem(t, b.get(path+"/proof")); p.Code != "release-withdrawn" {
		t.Errorf("answered %+v", p)
	}
	told := b.toldProof(one)
	if told["bundle"] != domain.DigestOf([]byte(provenFile)) {
		t.Errorf("programs are told %v", told)
	}
	if all := b.Set.Releases.List(harelbeke); !slices.ContainsFunc(all, projections.Release.IsAnchored) {
		t.Error("what was anchored did not stay")
	}
}

// Whoever withdraws may die before the vault hears of it: the log has said it, so the proof is given to nobody.
func TestAProofIsGoneWithTheLog(t *testing.T) {
	b := publishing(t)
	one := b.anchored(provenFile)
	meta := domain.Meta{Command: uuid.New(), Practice: harelbeke, On: b.Ledger.Today(b.Clock()), At: b.Clock().UTC()}
	_, err := b.Ledger.Releases.Execute(b.Context(), ledger.Target{Stream: release.StreamOf(harelbeke)},
		release.Withdraw{Release: one.ID, Reason: release.Mistaken}, meta)
	if err != nil {
		t.Fatal(err)
	}
	b.visitor().catchUp()
	if _, err := b.kept(one, domain.DigestOf([]byte(provenFile))); err != nil {
		t.Fatal(err)
	}
	if p := readProblem(t, b.get("/releases/"+one.ID.String()+"/proof")); p.Code != "release-withdrawn" {
		t.Errorf("answered %+v", p)
	}
}
