package release_test

import (
	"strings"
	"testing"

	"signaalboek/domain"
	"signaalboek/domain/release"
)

// proven is a proof of so many events.
func proven(size int64) release.Proof {
	return release.Proof{
		Size: size, Checkpoint: "signaalboek.example\n7\nroot\n\n— signaalboek.example signature\n",
		Key: "signaalboek.example+01234567+key", Bundle: strings.Repeat("fedcba9876543210", 4),
	}
}

func TestAnchoring(t *testing.T) {
	out := []release.Event{proposed(first, half), published(first, built(1, 5))}
	ask := release.Anchor{Release: first, Proof: proven(7)}
	anchored := release.Anchored(ask)
	given(t, out...).When(ask).Then(anchored)
	given(t, append(out, anchored)...).When(ask).Nothing()
	given(t, append(out, anchored)...).When(release.Anchor{Release: first, Proof: proven(8)}).Refused(release.ErrAnchored)

	given(t).When(ask).Refused(release.ErrUnknown)
	given(t, proposed(first, half)).When(ask).Refused(release.ErrNotPublished)
	given(t, proposed(first, half), release.Dropped{Release: first}).When(ask).Refused(release.ErrNotPublished)
	gone := release.Withdrawn{Release: first, Reason: release.Mistaken}
	given(t, append(out, gone)...).When(ask).Refused(release.ErrWithdrawn)
	given(t, append(out, anchored, gone)...).When(ask).Nothing()
	given(t, append(out, anchored, gone)...).When(release.Anchor{Release: first, Proof: proven(8)}).Refused(release.ErrWithdrawn)
}

// A proof is given to one release, and stays when that is withdrawn; nothing else about it changes.
func TestTheProofStays(t *testing.T) {
	state := release.Decider.Fold(release.Decider.Initial,
		proposed(first, half), published(first, built(1, 5)), proposed(second, whole), publishedWhole(second, built(1, 5)))
	state = release.Decider.Evolve(state, release.Anchored{Release: first, Proof: proven(7)})
	one, _ := state.Release(first)
	if !one.IsAnchored() || one.Phase != release.IsPublished || one.Proof != proven(7) {
		t.Errorf("anchored, it is %+v", one)
	}
	if other, _ := state.Release(second); other.IsAnchored() {
		t.Error("another release has its proof")
	}
	state = release.Decider.Evolve(state, release.Withdrawn{Release: first, Reason: release.Mistaken})
	if one, _ := state.Release(first); one.Phase != release.IsWithdrawn || one.Proof != proven(7) {
		t.Errorf("withdrawn, it is %+v", one)
	}
}

func TestWhatProvesNothing(t *testing.T) {
	for field, spoil := range map[string]func(*release.Proof){
		"/size":                    func(p *release.Proof) { p.Size = 0 },
		"/checkpoint":              func(p *release.Proof) { p.Checkpoint = "" },
		"/checkpoint unsigned":     func(p *release.Proof) { p.Checkpoint, _, _ = strings.Cut(p.Checkpoint, "\n\n") },
		"/checkpoint of signature": func(p *release.Proof) { p.Checkpoint = "\n\n— signaalboek.example signature\n" },
		"/checkpoint that is long": func(p *release.Proof) { p.Checkpoint += strings.Repeat("a", 1<<16) },
		"/checkpoint of bytes":     func(p *release.Proof) { p.Checkpoint += "\xff" },
		"/key":                     func(p *release.Proof) { p.Key = "" },
		"/key of another":          func(p *release.Proof) { p.Key = "another.example+01234567+key" },
		"/key that is long":        func(p *release.Proof) { p.Key += strings.Repeat("a", 1<<10) },
		"/bundle":                  func(p *release.Proof) { p.Bundle = "0123" },
	} {
		p := proven(7)
		spoil(&p)
		want := release.ErrProof
		if field == "/bundle" {
			want = domain.ErrDigest
		}
		pointer, _, _ := strings.Cut(field, " ")
		refusal := given(t, proposed(first, half), published(first, built(1, 5))).
			When(release.Anchor{Release: first, Proof: p}).Refused(want)
		if refusal.Field != pointer {
			t.Errorf("%s: refused at %s", field, refusal.Field)
		}
	}
}
