package main

import (
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// mostBytes is how long a page may be, before it is packed: on the street it comes over a phone.
const mostBytes = 100_000

var hrefs = regexp.MustCompile(`href="([^"]*)"`)

// ofARelease are its files: who wants one fetches it once, and knows that it is a document.
var ofARelease = regexp.MustCompile(`^/publicaties/[^/]+/(bestanden/|alle-bestanden)`)

// No page of the demonstration is longer than a phone should have to fetch: all that is linked, and every page of the
// menu behind it, up to a number.
func TestPagesAreShort(t *testing.T) {
	t.Parallel()
	p := launchDemo(t)
	visitor := signedIn(t, p.greeting)
	const most = 300
	seen, waiting := map[string]bool{}, pagesToSee(p)
	for len(waiting) > 0 && len(seen) < most {
		path, _, _ := strings.Cut(waiting[0], "#")
		waiting = waiting[1:]
		if seen[path] || !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "/static/") || ofARelease.MatchString(path) {
			continue
		}
		seen[path] = true
		page := fetch(t, visitor, p.greeting.Address+path)
		if len(page) > mostBytes {
			t.Errorf("%s is %d bytes long", path, len(page))
		}
		for _, href := range hrefs.FindAllStringSubmatch(page, -1) {
			waiting = append(waiting, html.UnescapeString(href[1]))
		}
	}
	if len(seen) < most {
		t.Errorf("only %d pages were found", len(seen))
	}
}

// signedIn is a client that opened the one-time link.
func signedIn(t *testing.T, hello greeting) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Jar: jar}
	_, link, _ := strings.Cut(hello.Link, "link=")
	response, err := client.PostForm(hello.Address+"/aanmelden", url.Values{"link": {link}})
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("signing in: %v, %v", response, err)
	}
	_ = response.Body.Close()
	return client
}

func fetch(t *testing.T, visitor *http.Client, address string) string {
	t.Helper()
	response, err := visitor.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	page, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s answers %d: %v", address, response.StatusCode, err)
	}
	return string(page)
}
