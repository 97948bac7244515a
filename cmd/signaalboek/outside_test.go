package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/google/uuid"

	"signaalboek/api/outside"
	"signaalboek/domain"
	releases "signaalboek/domain/release"
)

// thePublished is the demonstration with the last release of a whole year that is out, and a proposal of 2019 that nobody
// confirmed: made once, through the interface that coordinators use, and copied.
var thePublished struct {
	once                     sync.Once
	data                     string
	first, release, proposal string // a token, and ids
}

// counter is a program that serves outsiders, and what it shows them.
type counter struct {
	*program
	outside, observed string // where outsiders and Prometheus are served
	release, proposal string // ids
}

// launchPublished runs the demonstration with its release, for outsiders too.
func launchPublished(t *testing.T) *counter {
	t.Helper()
	thePublished.once.Do(func() { publishDemo(t) })
	if thePublished.proposal == "" {
		t.Fatal("the demonstration could not be published")
	}
	c := launchCounter(t, copyDirectory(t, thePublished.data))
	c.Token, c.release, c.proposal = thePublished.first, thePublished.release, thePublished.proposal
	return c
}

func launchCounter(t *testing.T, data string) *counter {
	t.Helper()
	c := &counter{outside: freeAddress(t), observed: freeAddress(t)}
	c.program = launch(t, "demo", "--data", data, "--releases-addr", c.outside, "--metrics-addr", c.observed)
	eventually(t, "outsiders are served", func() bool { return strings.HasPrefix(c.wire("/"), "HTTP/1.1 200 ") })
	return c
}

// The pages say where outsiders come in: by the name that was given, or where they are served, if that leads anywhere.
func TestWhereOutsidersComeIn(t *testing.T) {
	here, all := &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 8081}, &net.TCPAddr{IP: net.IPv6unspecified, Port: 8081}
	for _, tt := range []struct {
		named string
		at    net.Addr
		want  string
	}{
		{"", here, "http://127.0.0.1:8081"},
		{"", all, ""},
		{"https://publicaties.example", all, "https://publicaties.example"},
	} {
		if got := (settings{releasesURL: tt.named}).seenAt(tt.at); got != tt.want {
			t.Errorf("named %q, at %s: %q", tt.named, tt.at, got)
		}
	}
}

// publishDemo takes the proposal of the demonstration back, and makes one whose words are whose token is known.
func publishDemo(t *testing.T) {
	t.Helper()
	data, first := demoBuilt(t)
	kept := filepath.Join(os.Getenv("XDG_CONFIG_HOME"), "published")
	if err := os.Rename(data, kept); err != nil {
		t.Fatal(err)
	}
	c := launchCounter(t, kept)
	c.Token = first.Token
	thePublished.data, thePublished.first, thePublished.release = kept, first.Token, c.yearThatIs("published")
	c.give("/releases/drop", map[string]any{"release": c.yearThatIs("proposed")}) // one is proposed at a time
	thePublished.proposal = c.propose(2019)
	c.end()
}

// yearThatIs is the last proposed release of a whole year that is so far; none if there is none.
func (c *counter) yearThatIs(phase string) string {
	c.t.Helper()
	var list struct {
		Items []struct {
			ID, Phase string
			Period    struct{ Part string }
		}
	}
	c.request("GET", "/api/v1/releases", nil, &list)
	for _, one := range list.Items {
		if one.Phase == phase && one.Period.Part == string(releases.WholeYear) {
			return one.ID
		}
	}
	return ""
}

// propose proposes the release of a year, and waits until the gate let it through.
func (c *counter) propose(year int) (id string) {
	c.t.Helper()
	c.give("/releases/propose", map[string]any{"period": map[string]any{"year": year, "part": "whole-year"}})
	id = c.yearThatIs("proposed")
	eventually(c.t, "the gate judged the proposal", func() bool {
		var judging struct{ State string }
		c.request("GET", "/api/v1/releases/"+id+"/judging", nil, &judging)
		return judging.State == "judged"
	})
	return id
}

// built is the bundle of a proposal, as a coordinator sees it.
func (c *counter) built(id string) string {
	c.t.Helper()
	return bodyOf(c.t, c.request("GET", "/api/v1/releases/"+id+"/bundle", nil, nil))
}

// wire is every byte that outsiders are sent in answer to a question.
func (c *counter) wire(address string) string {
	c.t.Helper()
	connection, err := net.Dial("tcp", c.outside)
	if err != nil {
		c.t.Fatal(err)
	}
	defer connection.Close()
	fmt.Fprintf(connection, "GET %s HTTP/1.1\r\nHost: outside.example\r\nConnection: close\r\n\r\n", address)
	sent, err := io.ReadAll(bufio.NewReader(connection))
	if err != nil {
		c.t.Fatal(err)
	}
	return string(sent)
}

// body is what outsiders read of an answer, which must be there.
func (c *counter) body(address string) string {
	c.t.Helper()
	head, body, _ := strings.Cut(c.wire(address), "\r\n\r\n")
	if !strings.HasPrefix(head, "HTTP/1.1 200 ") {
		c.t.Fatalf("%s: %s", address, head)
	}
	return body
}

// at is the address of the release, or of something below it.
func (c *counter) at(below string) string { return "/" + string(publisher) + "/" + c.release + below }

// shown is what the list for programs says.
func (c *counter) shown() (all []shownRelease) {
	c.t.Helper()
	var list struct{ Releases []shownRelease }
	if err := json.Unmarshal([]byte(c.body("/"+string(publisher)+"/releases.json")), &list); err != nil {
		c.t.Fatal(err)
	}
	return list.Releases
}

type shownRelease struct {
	ID, Withdrawn, Bundle string
	Editions              []releases.EditionFiles
}

// its is what the list says of the release.
func (c *counter) its() shownRelease {
	c.t.Helper()
	for _, one := range c.shown() {
		if one.ID == c.release {
			return one
		}
	}
	c.t.Fatal("the release is not listed")
	return shownRelease{}
}

// files is the names of all files of the release.
func (c *counter) files() (names []string) {
	c.t.Helper()
	for _, edition := range c.its().Editions {
		for _, file := range edition.Files {
			names = append(names, file.Name)
		}
	}
	return names
}

// all is every address that there is for outsiders, some that there is not, and one of a proposal.
func (c *counter) all() []string {
	practice, today := "/"+string(publisher), time.Now().In(brussels()).Format(time.DateOnly)
	addresses := []string{
		"/", "/stijl.css", practice, practice + "?as-of=" + today, practice + "?as-of=2020-01-01", practice + "/releases.json",
		practice + "/releases.json?as-of=" + today, c.at(""), c.at(".sha256"), c.at(".zip"), c.at("-proof.zip"), c.at("/never.txt"),
		practice + "/" + c.proposal, practice + "/" + c.proposal + ".zip", "/elsewhere", "/signalen", "/?page=2",
	}
	for _, name := range c.files() {
		addresses = append(addresses, c.at("/"+name))
	}
	return addresses
}

func (c *counter) everything() map[string]string {
	answers := map[string]string{}
	for _, address := range c.all() {
		answers[address] = c.wire(address)
	}
	return answers
}

// Given a published release, when people go on working in every way, then no byte of any answer to outsiders changes: no
// length, tag or other header either. When the release is withdrawn, it does.
func TestOutsidersSeeNothingMoveBetweenReleases(t *testing.T) {
	t.Parallel()
	c := launchPublished(t)
	before := c.everything()
	if len(before) < 40 {
		t.Fatalf("only %d answers are compared", len(before))
	}
	for name, work := range c.works() {
		work()
		for address, answer := range c.everything() {
			if answer != before[address] {
				t.Errorf("%s: %s was\n%.600s\nand is\n%.600s", name, address, before[address], answer)
			}
		}
	}
	c.give("/releases/withdraw", map[string]any{"release": c.release, "reason": "mistaken", "motivation": "Fout geteld."})
	moved := c.everything()
	for _, address := range []string{c.at(""), c.at(".zip"), c.at("-proof.zip"), c.at("/method.txt"), "/" + string(publisher)} {
		if moved[address] == before[address] {
			t.Errorf("the release was withdrawn, and %s is what it was", address)
		}
	}
	if strings.Contains(fmt.Sprint(moved), "Fout geteld") || !strings.HasPrefix(moved[c.at("/method.txt")], "HTTP/1.1 410 ") {
		t.Error("outsiders read the motivation of a withdrawal, or a file of what was withdrawn")
	}
}

// works is what people of a practice do between two releases, each in one step.
func (c *counter) works() map[string]func() {
	year := time.Now().In(brussels()).Year()
	street := map[string]any{"kind": "activity", "code": "contact-op-straat", "year": year}
	signal := func() receipt {
		contact := c.give("/contacts", map[string]any{
			"activity": "contact-op-straat", "known": "yes",
			"requests": []map[string]any{{"themes": []string{"vrije-tijd"}, "approaches": []string{"opgepikt-als-signaal"}}},
		})
		return c.give("/signals", map[string]any{
			"from": "help-request", "themes": []string{"vrije-tijd"}, "thresholds": []string{"bekendheid"},
			"evidence": map[string]any{"setting": street, "contact": contact.ID, "request": 1},
		})
	}
	return map[string]func(){
		"one contact more": func() { c.give("/contacts", map[string]any{"activity": "contact-op-straat", "known": "yes"}) },
		"one contact more in the year of the release": func() {
			c.give("/contacts", map[string]any{"on": "2022-05-03", "activity": "contact-op-straat", "known": "yes"})
		},
		"a signal is picked up and told": func() {
			c.give("/signals/"+signal().ID+"/note", map[string]any{"wording": "Waar kan je met de UiTPAS terecht?"})
		},
		"a card is made": func() { c.give("/cards", map[string]any{"nickname": "rode fiets"}) },
		"the focusgroep met": func() {
			meeting := c.give("/focusgroep-meetings", map[string]any{"day": time.Now().In(brussels()).Format(time.DateOnly)})
			c.give("/focusgroep-meetings/"+meeting.ID+"/hold", map[string]any{"present": 10, "newcomers": 2})
		},
		"a theme and a forum are called something else": func() {
			for _, change := range []struct {
				verb string
				body map[string]any
			}{
				{"relabel-term", map[string]any{"list": "theme", "code": "vrije-tijd", "label": "Vrijetijd"}},
				{"change-forum", map[string]any{"code": "team-opstap", "label": "Opstapteam", "kind": "team", "level": "huis-van-welzijn"}},
			} {
				eventually(c.t, change.verb, func() bool { // the program records something of the practice itself, now and then
					tag := c.request("GET", "/api/v1/practice", nil, nil).Header.Get("ETag")
					changed := c.request("POST", "/api/v1/practice/"+change.verb, change.body, nil, "Idempotency-Key", uuid.NewString(), "If-Match", tag)
					if changed.StatusCode != 200 && changed.StatusCode != 412 {
						c.t.Fatalf("%s: %s %s", change.verb, changed.Status, bodyOf(c.t, changed))
					}
					return changed.StatusCode == 200
				})
			}
		},
		"what was never published is erased": func() {
			one := signal().ID
			c.give("/signals/"+one+"/note", map[string]any{"wording": "Niemand weet waar het loket is."})
			erased := c.request("POST", "/api/v1/erasures", map[string]any{"thing": one, "sure": true}, nil, "Idempotency-Key", uuid.NewString())
			if erased.StatusCode != 204 {
				c.t.Errorf("erase %s: %s", one, erased.Status)
			}
		},
		"a proposal is worded, and dropped": func() {
			c.give("/releases/write", map[string]any{
				"release": c.proposal, "edition": "residents", "place": "opening", "text": "Dit hoorden we.",
			})
			c.give("/releases/drop", map[string]any{"release": c.proposal})
		},
	}
}

// Given a release, when it is served, then each file is the one that the log says was published, and the whole is what the
// coordinators looked at.
func TestOutsidersGetWhatWasPublished(t *testing.T) {
	t.Parallel()
	c := launchPublished(t)
	shown := c.its()
	if whole := c.body(c.at(".zip")); domain.DigestOf([]byte(whole)) != shown.Bundle || whole != c.built(c.release) {
		t.Error("the whole is another one")
	}
	for _, edition := range shown.Editions {
		for _, file := range edition.Files {
			if domain.DigestOf([]byte(c.body(c.at("/"+file.Name)))) != file.Digest {
				t.Errorf("%s is another file", file.Name)
			}
		}
	}
	for _, wanted := range []string{"council/overview.html", "residents/overview.html", "figures.xlsx", "release.json"} {
		if !slices.Contains(c.files(), wanted) {
			t.Errorf("%s is not published", wanted)
		}
	}
}

// Given a release that holds a text, when the text is erased, then the release is withdrawn and no file of it is served.
func TestOutsidersLoseWhatWasErased(t *testing.T) {
	t.Parallel()
	c := launchPublished(t)
	c.body(c.at("-proof.zip")) // it is in memory
	var signals struct{ Items []struct{ ID string } }
	c.request("GET", "/api/v1/signals", nil, &signals)
	for _, one := range signals.Items {
		erased := c.request("POST", "/api/v1/erasures", map[string]any{"thing": one.ID, "sure": true}, nil, "Idempotency-Key", uuid.NewString())
		if erased.StatusCode != 204 {
			t.Fatalf("erase %s: %s", one.ID, erased.Status)
		}
	}
	eventually(t, "the files of the release are gone", func() bool {
		gone := func(below string) bool { return strings.HasPrefix(c.wire(c.at(below)), "HTTP/1.1 410 ") }
		return gone("/release.json") && gone("-proof.zip")
	})
	eventually(t, "the release is withdrawn", func() bool { return c.its().Withdrawn == string(releases.ErasedText) })
	if page := c.body(c.at("")); !strings.Contains(page, "gewist") || !strings.Contains(page, c.its().Bundle) {
		t.Errorf("the page of the release:\n%s", page)
	}
}

// shelved is a library of one release with one file, that tells how often it was read.
type shelved struct {
	outside.Library
	id   releases.ID
	read int
}

func (s *shelved) Practices() []outside.Practice {
	return []outside.Practice{{ID: publisher, Name: "STEK"}}
}

func (s *shelved) Releases(domain.PracticeID) []outside.Release {
	return []outside.Release{{ID: s.id, Bundle: domain.DigestOf(nil)}}
}

func (s *shelved) Files(context.Context, domain.PracticeID, outside.Release) (outside.Files, error) {
	s.read++
	return outside.Files{}, nil
}

// Given files that outsiders were served, when something is erased, then none stays in memory.
func TestErasingLetsGoOfFilesForOutsiders(t *testing.T) {
	p, library := newPublishing(t), &shelved{id: uuid.New()}
	var err error
	p.outside, err = outside.New(outside.Config{
		Library: library, Zone: p.zone, Ready: func() bool { return true }, Watch: func() func(outside.Answered) { return func(outside.Answered) {} },
	})
	p.check(err)
	for _, want := range []int{1, 1, 2} {
		if want == 2 {
			p.check(p.forgotten(t.Context()))
		}
		p.outside.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/"+string(publisher)+"/"+library.id.String()+".zip", nil))
		if library.read != want {
			t.Errorf("files were read %d times, want %d", library.read, want)
		}
	}
}

// Every page for outsiders can be used, at a desk and on a phone.
func TestOutsidePagesCanBeUsed(t *testing.T) {
	t.Parallel()
	c := launchPublished(t)
	b := startBrowser(t, c.greeting)
	b.site = "http://" + c.outside
	practice := "/" + string(publisher)
	pages := []string{"/", practice, practice + "?as-of=" + time.Now().In(brussels()).Format(time.DateOnly), c.at("")}
	for range 2 {
		for _, path := range pages {
			for _, width := range []int64{320, 1280} {
				b.open(path, width)
				b.do(chromedp.Evaluate[chromedp.Void](axe(t)))
				if !b.fits() {
					t.Errorf("%s scrolls sideways at %d", path, width)
				}
				for _, found := range b.audit() {
					for _, node := range found.Nodes {
						t.Errorf("%s at %d: %s: %s: %s", path, width, found.ID, found.Help, node.HTML)
					}
				}
			}
		}
		c.give("/releases/withdraw", map[string]any{"release": c.release, "reason": "recognisable"})
	}
}
