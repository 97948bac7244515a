package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"signaalboek/domain/proof"
	"signaalboek/ops/transparency"
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

// Given that the city must cosign, when a release is published, then everybody reads that it waits; and when the city has
// cosigned, it has its proof, which whoever believes the city believes.
func TestAReleaseWaitsForAWitness(t *testing.T) {
	t.Parallel()
	data, outside, named := t.TempDir(), freeAddress(t), filepath.Join(t.TempDir(), "policy")
	city, err := proof.NewWitnessKey("city.example", [32]byte{7})
	if err != nil {
		t.Fatal(err)
	}
	rule := "witness city " + city.String() + "\nquorum city\n"
	if err := os.WriteFile(named, []byte(rule), 0o600); err != nil {
		t.Fatal(err)
	}
	p := launch(t, "serve", "--data", data, "--releases-addr", outside, "--witnesses", named)
	id, _ := p.released(colleague(t, data))
	c := &counter{program: p, outside: outside, release: id}
	if page := c.body(c.at("")); !strings.Contains(page, "wacht op getuigen") {
		t.Errorf("nobody reads that it waits:\n%s", page)
	}
	if absent := c.wire(c.at("-proof.zip")); !strings.HasPrefix(absent, "HTTP/1.1 404 ") {
		t.Errorf("there is a proof that nobody cosigned: %.60s", absent)
	}
	eventually(t, "the city cosigned a checkpoint with the release in it", func() bool {
		cosignLast(t, dir(data), rule, city)
		return strings.HasPrefix(c.wire(c.at("-proof.zip")), "HTTP/1.1 200 ")
	})
	log, err := headOf(t, dir(data)).Verifier()
	if err != nil {
		t.Fatal(err)
	}
	policy, err := proof.ParsePolicy("log " + headOf(t, dir(data)).Key + "\n" + rule)
	if err != nil {
		t.Fatal(err)
	}
	verdict := proof.Verify([]byte(c.body(c.at("-proof.zip"))), proof.Reader{Policy: &policy})
	if verdict.Result() != proof.Held || len(verdict.Cosignatures) != 1 || verdict.Checkpoint.Origin != log.Name() {
		t.Errorf("%s: %+v", verdict.Result(), verdict.Findings)
	}
}

func headOf(t *testing.T, data dir) transparency.Head {
	t.Helper()
	head, err := transparency.NewHeadFile(data.head()).Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return head
}

// cosignLast has a witness cosign what was signed last, if anything was.
func cosignLast(t *testing.T, data dir, rule string, witness proof.WitnessKey) {
	t.Helper()
	head := headOf(t, data)
	last, signed := head.Last()
	if !signed {
		return
	}
	log, err := head.Verifier()
	if err != nil {
		t.Fatal(err)
	}
	with, err := witness.Cosign([]byte(last.Note), log, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	policy, err := proof.ParsePolicy(rule)
	if err != nil {
		t.Fatal(err)
	}
	if _, enough, err := transparency.Cosigned(t.Context(), transparency.NewHeadFile(data.head()), policy, with); err != nil || !enough {
		t.Errorf("the cosignature is not enough: %v", err)
	}
}
