package main

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// Whoever did not sign in may ask whether the program is there and whether it is ready, and reads the pages that explain
// it. What they are answered must not tell that people were at work, nor how much they did.

// explaining is every address that anybody may open, and some that nobody may who did not sign in.
var explaining = []string{
	"/livez", "/readyz", "/aanmelden", "/over", "/privacy", "/privacy/cijfers", "/toegankelijkheid", "/toetsen", "/problemen/stale",
	"/api/v1/openapi.json", "/", "/signalen", "/audit", "/audit/geschiedenis", "/audit/controlepunten", "/metrics", "/api/v1/contacts",
}

// passing is what every answer says otherwise: when it was given, and a random number for whoever looks for it in the log.
var passing = regexp.MustCompile(`(?m)^(Date|X-Request-Id): .*\n|[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}`)

// strangers is what whoever did not sign in is answered, headers included.
func (p *program) strangers() map[string]string {
	p.t.Helper()
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answers := map[string]string{}
	for _, path := range explaining {
		answered, err := client.Get(p.Address + path)
		if err != nil {
			p.t.Fatal(err)
		}
		var head strings.Builder
		if err := answered.Header.Write(&head); err != nil {
			p.t.Fatal(err)
		}
		whole := answered.Status + "\n" + strings.ReplaceAll(head.String(), "\r\n", "\n") + bodyOf(p.t, answered)
		answers[path] = passing.ReplaceAllString(whole, "")
	}
	return answers
}

// Given a program that is ready, when people work in every way, then nothing changes for whoever did not sign in.
func TestStrangersSeeNothingMove(t *testing.T) {
	t.Parallel()
	c := launchPublished(t)
	eventually(t, "the program is ready", func() bool { return strings.HasPrefix(c.strangers()["/readyz"], "200 ") })
	before := c.strangers()
	for name, work := range c.works() {
		work()
		for path, answer := range c.strangers() {
			if answer != before[path] {
				t.Errorf("%s: %s was\n%.600s\nand is\n%.600s", name, path, before[path], answer)
			}
		}
	}
}
