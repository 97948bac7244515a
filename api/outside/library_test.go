package outside

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/release"
)

// shop is a library of one practice, as a test wants it.
type shop struct {
	practice Practice
	releases []published
	read     int    // how often files were
	fail     error  // what reading files fails with
	reading  func() // told when files are read
}

type published struct {
	Release
	at    time.Time
	files Files
}

func (s *shop) Practices() []Practice { return []Practice{s.practice} }

func (s *shop) Releases(practice domain.PracticeID) (all []Release) {
	for _, one := range s.releases {
		if practice == s.practice.ID {
			all = append(all, one.Release)
		}
	}
	return all
}

func (s *shop) Latest(practice domain.PracticeID, moment time.Time) (latest Release, found bool) {
	for _, one := range s.releases {
		if practice == s.practice.ID && !one.at.After(moment) {
			latest, found = one.Release, true
		}
	}
	return latest, found
}

func (s *shop) Files(_ context.Context, practice domain.PracticeID, of Release) (Files, error) {
	s.read++
	if s.reading != nil {
		s.reading()
	}
	for _, one := range s.releases {
		if s.fail == nil && practice == s.practice.ID && one.ID == of.ID {
			return one.files, nil
		}
	}
	return Files{}, s.fail
}

// day is the first moment of a day at noon, in UTC.
func day(t testing.TB, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		t.Fatal(err)
	}
	return at.Add(12 * time.Hour)
}

// document is what a file of a release says in these tests.
func document(name string, year int) []byte { return fmt.Appendf(nil, "%s van %d", name, year) }

// publish puts the release of a year into the shop.
func (s *shop) publish(t testing.TB, year int, on string) Release {
	t.Helper()
	files := Files{Bundle: document("zip", year), Named: map[string][]byte{}}
	listed := func(name string) release.File {
		files.Named[name] = document(name, year)
		return release.File{Name: name, Digest: domain.DigestOf(files.Named[name])}
	}
	at := day(t, on)
	one := Release{
		ID: uuid.NewSHA1(uuid.NameSpaceOID, fmt.Append(nil, year)), Period: release.Period{Year: year, Part: release.WholeYear},
		PublishedOn: domain.DayOf(at), Bundle: domain.DigestOf(files.Bundle),
		Editions: []release.EditionFiles{
			{Edition: release.Council, Files: []release.File{
				listed("council/overview.html"), listed("figures.xlsx"), listed("method.txt"), listed("release.json"),
				listed("tables/headline.csv"), listed("unheard.of"),
			}},
			{Edition: release.Partners, Files: []release.File{listed("partners/team-opstap.html")}},
			{Edition: release.Residents, Files: []release.File{listed("residents/overview.html")}},
		},
	}
	s.releases = append(s.releases, published{one, at, files})
	return one
}

// prove gives the n-th release in the shop its proof.
func (s *shop) prove(n int) Release {
	one := &s.releases[n]
	one.files.Proven = document("proof", one.Period.Year)
	one.Proof = &Proof{
		Bundle: domain.DigestOf(one.files.Proven), Size: 12345, Words: []string{"lusab", "babad"}, Key: "signaalboek.example+01234567+key",
	}
	return one.Release
}

const stek = "harelbeke-centrum"

// opening is a shop with two releases, and who answers for it.
type opening struct {
	*shop
	*Site
	t        testing.TB
	first    Release // of 2024, published on 1 February 2025
	second   Release // of 2025, published on 1 March 2026, with its proof
	answered []Answered
	ready    bool
}

func open(t testing.TB) *opening {
	t.Helper()
	o := &opening{t: t, ready: true, shop: &shop{practice: Practice{stek, "STEK Harelbeke"}}}
	o.first, o.second = o.publish(t, 2024, "2025-02-01"), o.publish(t, 2025, "2026-03-01")
	o.second = o.prove(1)
	zone, err := time.LoadLocation("Europe/Brussels")
	if err != nil {
		t.Fatal(err)
	}
	o.Site, err = New(Config{Library: o.shop, Zone: zone, Ready: func() bool { return o.ready }, HTTPS: true,
		Watch: func() func(Answered) { return func(told Answered) { o.answered = append(o.answered, told) } }})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// ask asks for one address, with headers.
func (o *opening) ask(method, address string, headers ...string) *httptest.ResponseRecorder {
	o.t.Helper()
	request := httptest.NewRequest(method, address, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	return o.askRequest(request)
}

func (o *opening) askRequest(request *http.Request) *httptest.ResponseRecorder {
	answer := httptest.NewRecorder()
	o.ServeHTTP(answer, request)
	return answer
}

func (o *opening) get(address string) *httptest.ResponseRecorder { return o.ask("GET", address) }

// of is the address of a release, or of something below it.
func of(one Release, below string) string { return "/" + stek + "/" + one.ID.String() + below }

// everything is one address of every route, of what is there.
func (o *opening) everything() []string {
	all := []string{
		"/", styleAddress, "/" + stek, "/" + stek + "?as-of=2026-03-01", "/" + stek + "/releases.json",
		"/" + stek + "/releases.json?as-of=2025-12-31", of(o.second, ""), of(o.second, ".sha256"), of(o.second, ".zip"),
		of(o.second, "-proof.zip"),
	}
	for _, edition := range o.second.Editions {
		for _, file := range edition.Files {
			all = append(all, of(o.second, "/"+file.Name))
		}
	}
	return all
}

// wire is every byte that a server sends in answer to a request.
func wire(t *testing.T, server *httptest.Server, method, address string, headers ...string) string {
	t.Helper()
	connection, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	fmt.Fprintf(connection, "%s %s HTTP/1.1\r\nHost: signaalboek.example\r\nConnection: close\r\n", method, address)
	for i := 0; i+1 < len(headers); i += 2 {
		fmt.Fprintf(connection, "%s: %s\r\n", headers[i], headers[i+1])
	}
	fmt.Fprint(connection, "\r\n")
	sent, err := io.ReadAll(bufio.NewReader(connection))
	if err != nil {
		t.Fatal(err)
	}
	return string(sent)
}

func (o *opening) served() *httptest.Server {
	server := httptest.NewServer(o)
	o.t.Cleanup(server.Close)
	return server
}

var errBroken = errors.New("broken")

// sees fails the test unless an answer has a status and says all of this.
func (o *opening) sees(address string, status int, said ...string) {
	o.t.Helper()
	got := o.get(address)
	if got.Code != status {
		o.t.Errorf("%s: %d, want %d", address, got.Code, status)
	}
	for _, one := range said {
		if !strings.Contains(got.Body.String(), one) {
			o.t.Errorf("%s does not say %q:\n%s", address, one, got.Body)
		}
	}
}

var _ http.Handler = (*Site)(nil)
