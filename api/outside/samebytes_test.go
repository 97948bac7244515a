package outside

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"
)

// These tests look at every byte on the wire, status and headers included.

// Nobody can tell what is not there from what they may not see: a proposal, a practice that never published, a file that
// was built and not published.
func TestAbsentAndForbiddenAreOneAnswer(t *testing.T) {
	o := open(t)
	server := o.served()
	proposal := uuid.New() // is in no library: see library in cmd/signaalboek
	nowhere := wire(t, server, "GET", "/nobody")
	for _, address := range []string{
		"/" + stek + "/" + proposal.String(), "/" + stek + "/" + proposal.String() + ".zip",
		"/" + stek + "/" + proposal.String() + ".sha256", "/" + stek + "/" + proposal.String() + "/method.txt",
		"/other-practice", "/other-practice/" + o.second.ID.String(), "/other-practice/" + o.second.ID.String() + ".zip",
		"/other-practice/" + o.second.ID.String() + "/method.txt", "/other-practice?as-of=2026-05-01",
		"/" + stek + "?as-of=1999-01-01", "/" + stek + "/", "/" + stek + "/" + strings.ToUpper(o.second.ID.String()),
		of(o.second, "/"), of(o.second, "/never.txt"), of(o.second, "/../method.txt"), of(o.second, "/METHOD.TXT"),
		"/signalen", "/aanmelden", "/zoeken", "/metrics", "/readyz", "/api/v1/contacts", "/api/v1/releases", "//", "/favicon.ico",
	} {
		if got := wire(t, server, "GET", address); got != nowhere {
			t.Errorf("%s is told from what is not there:\n%s\nwant\n%s", address, got, nowhere)
		}
	}
	list := wire(t, server, "GET", "/nobody/releases.json")
	for _, address := range []string{"/other-practice/releases.json", "/" + stek + "/releases.json?as-of=1999-01-01", "/api/v1/openapi.json"} {
		if got := wire(t, server, "GET", address); got != list {
			t.Errorf("%s is told from what is not there:\n%s\nwant\n%s", address, got, list)
		}
	}
}

// Nothing that a caller sends changes what they are answered; and what HEAD says is what GET says, but for the content.
func TestEverybodyGetsTheSameBytes(t *testing.T) {
	o := open(t)
	server := o.served()
	for _, address := range append(o.everything(), "/nobody") {
		want := wire(t, server, "GET", address)
		head, _, _ := strings.Cut(want, "\r\n\r\n")
		if got := wire(t, server, "HEAD", address); got != head+"\r\n\r\n" {
			t.Errorf("HEAD %s:\n%s\nwant\n%s", address, got, head)
		}
		for _, headers := range [][]string{
			{"Accept-Encoding", "gzip, br"}, {"Accept", "application/json"}, {"Accept-Language", "fr"}, {"Range", "bytes=0-3"},
			{"Cookie", "session=1"}, {"Authorization", "Bearer 1"}, {"If-Modified-Since", time.Now().UTC().Format(time.RFC1123)},
			{"Origin", "https://other.example"}, {"Signaalboek-Position", "1"}, {"X-Request-Id", "1"}, {"Prefer", "respond-async"},
		} {
			if got := wire(t, server, "GET", address, headers...); got != want {
				t.Errorf("%s with %v:\n%s\nwant\n%s", address, headers, got, want)
			}
		}
	}
}

func TestNoAnswerTellsTheTime(t *testing.T) {
	o := open(t)
	server := o.served()
	for _, address := range append(o.everything(), "/nobody", "/?q=1") {
		if got := strings.ToLower(wire(t, server, "GET", address)); strings.Contains(got, "\ndate:") || strings.Contains(got, "gmt") {
			t.Errorf("%s tells the time:\n%s", address, got)
		}
	}
}

// Whichever moment between two releases is asked for, and however, the answer is the same.
func TestMomentsBetweenReleases(t *testing.T) {
	o := open(t)
	server := o.served()
	bounds := []time.Time{day(t, "2025-02-01"), day(t, "2026-03-01"), day(t, "2030-01-01")}
	answers := map[string]string{}
	rapid.Check(t, func(r *rapid.T) {
		between := rapid.IntRange(0, 1).Draw(r, "between")
		at := bounds[between].Add(time.Duration(rapid.Int64Range(0, int64(bounds[between+1].Sub(bounds[between]))-1).Draw(r, "after")))
		at = at.In(time.FixedZone("", 3600*rapid.IntRange(-11, 11).Draw(r, "zone")))
		for _, address := range []string{"/" + stek, "/" + stek + "/releases.json"} {
			got := wire(t, server, "GET", address+"?as-of="+strings.ReplaceAll(at.Format(time.RFC3339Nano), "+", "%2B"))
			key := fmt.Sprint(address, between)
			if first, known := answers[key]; known && first != got {
				r.Fatalf("as of %s %s answers\n%s\nand else\n%s", at, address, got, first)
			}
			answers[key] = got
		}
	})
	if len(answers) != 4 {
		t.Errorf("only %d of 4 answers were seen", len(answers))
	}
}
