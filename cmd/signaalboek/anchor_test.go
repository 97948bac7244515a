package main

import (
	"strings"
	"testing"

	"signaalboek/domain/proof"
)

// publishedOnce is what programs read of a release and its proof.
type publishedOnce struct {
	Phase string
	Proof *struct {
		Size                    int64
		Words                   []string
		Checkpoint, Key, Bundle string
	}
}

// anchored waits until a release has its proof.
func (p *program) anchored(id string) (one publishedOnce) {
	p.t.Helper()
	eventually(p.t, "the release has its proof", func() bool {
		p.request("GET", "/api/v1/releases/"+id, nil, &one)
		return one.Proof != nil
	})
	return one
}

// verified fails the test unless a bundle proves its release, as far as whoever has nothing else can tell.
func verified(t *testing.T, bundle string) proof.Verdict {
	t.Helper()
	verdict := proof.Verify([]byte(bundle), proof.Reader{})
	for _, found := range verdict.Findings {
		open := found.Check == proof.CheckKey || found.Check == proof.CheckQuorum
		if found.Result == proof.Failed || found.Result == proof.Undecided && !open {
			t.Errorf("%s %s: %s %s", found.Check, found.Result, found.Reason, found.Wrong)
		}
	}
	return verdict
}

// Given a release that two coordinators published on pages, when it is signed, then outsiders get it with its proof, which
// needs nothing else to be checked; and when the program starts again, the same to the byte.
func TestAReleaseIsProvenToOutsiders(t *testing.T) {
	t.Parallel()
	data, outside := t.TempDir(), freeAddress(t)
	p := launch(t, "serve", "--data", data, "--releases-addr", outside)
	token := p.Token
	id, _ := p.released(colleague(t, data))
	told := p.anchored(id)
	c := &counter{program: p, outside: outside, release: id}
	page, bundle := c.body(c.at("")), c.body(c.at("-proof.zip"))
	if !strings.Contains(page, strings.Join(told.Proof.Words, " ")) || !strings.Contains(page, c.at("-proof.zip")) {
		t.Errorf("outsiders do not read how to check it:\n%s", page)
	}
	verdict := verified(t, bundle)
	if verdict.Digest != told.Proof.Bundle || verdict.Key != told.Proof.Key || verdict.Checkpoint == nil || verdict.Checkpoint.Size != told.Proof.Size {
		t.Errorf("the proof is of %d events under %s, and not what the log says", verdict.Checkpoint.Size, verdict.Key)
	}
	if inside := bodyOf(t, p.request("GET", "/api/v1/releases/"+id+"/proof", nil, nil)); inside != bundle {
		t.Error("coordinators get another proof")
	}
	p.end()

	p = launch(t, "serve", "--data", data, "--releases-addr", outside)
	p.Token = token
	c.program = p
	if c.body(c.at("-proof.zip")) != bundle || c.body(c.at("")) != page {
		t.Error("after a restart it is another one")
	}
	p.give("/releases/withdraw", map[string]any{"release": id, "reason": "mistaken"})
	if gone := c.wire(c.at("-proof.zip")); !strings.HasPrefix(gone, "HTTP/1.1 410 ") {
		t.Errorf("withdrawn, its proof is answered %.60s", gone)
	}
	if after := p.anchored(id); after.Phase != "withdrawn" || after.Proof.Bundle != told.Proof.Bundle {
		t.Errorf("withdrawn, it is told as %+v", after)
	}
}

// The releases of the demonstration are proven: each on the one before it.
func TestTheDemonstrationIsProven(t *testing.T) {
	t.Parallel()
	c := launchPublished(t)
	proven := 0
	for _, one := range c.shown() {
		if one.Withdrawn != "" {
			continue
		}
		verdict := verified(t, c.body("/"+string(publisher)+"/"+one.ID+"-proof.zip"))
		for _, found := range verdict.Findings {
			if found.Check == proof.CheckSincePrevious && found.Result == proof.Held {
				proven++
			}
		}
	}
	if proven < 3 {
		t.Errorf("only %d releases go on from another", proven)
	}
}
