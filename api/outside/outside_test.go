package outside

import (
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/release"
)

func TestEverybodySeesWhatIsPublished(t *testing.T) {
	o := open(t)
	o.sees("/", 200, `<a href="/harelbeke-centrum">STEK Harelbeke</a>`)
	o.sees("/harelbeke-centrum", 200, "Het hele jaar 2024", "Gepubliceerd op 01/02/2025.", "Het hele jaar 2025")
	o.sees("/harelbeke-centrum/releases.json", 200, `{"practice":"harelbeke-centrum","name":"STEK Harelbeke","releases":[{"id":"`+
		o.second.ID.String()+`","period":{"year":2025,"part":"whole-year"},"publishedOn":"2026-03-01","bundle":"`+o.second.Bundle)
	o.sees(of(o.first, ""), 200, "Het hele jaar 2024", "Overzicht voor partners: team opstap", "Tabel: mensen",
		`href="`+of(o.first, "/residents/overview.html")+`"`, o.first.Bundle, "sha256sum --check")
	o.sees(of(o.first, ".sha256"), 200, domain.DigestOf(document("method.txt", 2024))+"  method.txt\n")
	o.sees(of(o.first, ".zip"), 200, "zip van 2024")
	o.sees(of(o.first, "/partners/team-opstap.html"), 200, "partners/team-opstap.html van 2024")
}

// A release says how to check it in three steps, with the words, the size and the key of the ledger; before it has its proof,
// that it waits for it.
func TestHowToCheckARelease(t *testing.T) {
	o := open(t)
	o.sees(of(o.second, ""), 200, "<li><strong>Download het bewijs.</strong>", `href="`+of(o.second, "-proof.zip")+`"`, o.second.Proof.Bundle,
		"signaalboek-verify harelbeke-centrum-2025-whole-year-proof.zip", "lusab babad", "12\u00a0345", "signaalboek.example&#43;01234567&#43;key",
		"Haal dat bij iemand die je vertrouwt", "hoeveel er tussen twee stappen bewaard is")
	o.sees("/"+stek+"/releases.json", 200, `"proof":{"bundle":"`+o.second.Proof.Bundle+`","size":12345,"words":["lusab","babad"],"key":"`)
	got := o.get(of(o.second, "-proof.zip"))
	if got.Code != 200 || domain.DigestOf(got.Body.Bytes()) != o.second.Proof.Bundle || got.Header().Get("ETag") != `"`+o.second.Proof.Bundle+`"` {
		t.Errorf("the proof: %d %q %s", got.Code, got.Body, got.Header().Get("ETag"))
	}
	if saved := got.Header().Get("Content-Disposition"); !strings.Contains(saved, "harelbeke-centrum-2025-whole-year-proof.zip") {
		t.Errorf("it is saved as %s", saved)
	}

	o.sees(of(o.first, ""), 200, "wacht op getuigen")
	o.sees(of(o.first, "-proof.zip"), 404)
	if page := o.get(of(o.first, "")).Body.String(); strings.Contains(page, "-proof.zip") || strings.Contains(page, "signaalboek-verify") {
		t.Errorf("the page leads to a proof that there is not:\n%s", page)
	}
}

// What was in memory before a release had its proof is read once more when it has.
func TestAProofThatComesLater(t *testing.T) {
	o := open(t)
	o.sees(of(o.first, "/method.txt"), 200)
	proven := o.prove(0)
	for range 2 {
		o.sees(of(proven, "-proof.zip"), 200, "proof van 2024")
		o.sees(of(proven, "/method.txt"), 200)
	}
	if o.read != 2 {
		t.Errorf("files were read %d times, want 2", o.read)
	}
}

// Each file is what was published, to the byte, and its tag is its digest.
func TestFilesAsTheyWerePublished(t *testing.T) {
	o := open(t)
	for _, edition := range o.second.Editions {
		for _, file := range edition.Files {
			got := o.get(of(o.second, "/"+file.Name))
			if got.Code != 200 || domain.DigestOf(got.Body.Bytes()) != file.Digest || got.Header().Get("ETag") != `"`+file.Digest+`"` {
				t.Errorf("%s: %d %q %s", file.Name, got.Code, got.Body, got.Header().Get("ETag"))
			}
			if shown := strings.HasSuffix(file.Name, ".html"); shown != (got.Header().Get("Content-Disposition") == "inline") {
				t.Errorf("%s: %s", file.Name, got.Header().Get("Content-Disposition"))
			}
		}
	}
	if o.read != 1 {
		t.Errorf("the vault was read %d times, for the files of one release", o.read)
	}
}

func TestAsOf(t *testing.T) {
	o := open(t)
	for asOf, want := range map[string]*Release{
		"2025-01-31":                     nil,
		"2025-02-01":                     &o.first, // a day is seen as it ended
		"2025-02-01T11:59:59Z":           nil,
		"2025-02-01T12:00:00Z":           &o.first,
		"2025-02-01T13:00:00%2B01:00":    &o.first,
		"2025-02-01T12:59:59.9%2B01:00":  nil,
		"2026-02-28":                     &o.first,
		"2026-03-01":                     &o.second,
		"2126-03-01":                     &o.second, // without a clock there is no moment to come
		"2026-03-01T11:59:59.999999999Z": &o.first,
	} {
		got := o.get("/" + stek + "?as-of=" + asOf)
		wanted := o.get("/nobody")
		if want != nil {
			wanted = o.get(of(*want, ""))
		}
		if got.Code != wanted.Code || got.Body.String() != wanted.Body.String() || !maps.EqualFunc(got.Header(), wanted.Header(), slices.Equal) {
			t.Errorf("as of %s: %d %s", asOf, got.Code, got.Body)
		}
	}
	if got, want := o.get("/"+stek+"/releases.json?as-of=2025-06-01").Body.String(), o.first.ID.String(); strings.Count(got, `"id"`) != 1 || !strings.Contains(got, want) {
		t.Errorf("the list as of a moment: %s, want %s", got, want)
	}
}

func TestWhatWasWithdrawn(t *testing.T) {
	for reason, said := range map[release.WithdrawalReason]string{
		release.ErasedText: "gewist", release.Recognisable: "herkend", release.Mistaken: "niet klopt",
	} {
		o := open(t)
		o.get(of(o.second, ".zip")) // it is in memory
		o.releases[1].Withdrawn = reason
		o.sees(of(o.second, ""), 200, "Ingetrokken", said, o.second.Bundle, o.second.Proof.Bundle, domain.DigestOf(document("method.txt", 2025)))
		o.sees("/"+stek, 200, "Ingetrokken")
		o.sees("/"+stek+"/releases.json", 200, `"withdrawn":"`+string(reason)+`"`)
		o.sees("/"+stek+"?as-of=2026-03-02", 200, "Ingetrokken")
		o.sees(of(o.second, ".sha256"), 200, "method.txt")
		o.sees(of(o.second, ".zip"), 410, "ingetrokken")
		o.sees(of(o.second, "-proof.zip"), 410, "ingetrokken")
		o.sees(of(o.second, "/method.txt"), 410, "ingetrokken")
		o.sees(of(o.second, "/never.txt"), 404)
		o.sees(of(o.first, "/method.txt"), 200)
		if page := o.get(of(o.second, "")).Body.String(); strings.Contains(page, "method.txt\"") || strings.Contains(page, ".zip\"") {
			t.Errorf("the page leads to files that are gone:\n%s", page)
		}
	}
}

func TestOnlyReading(t *testing.T) {
	o := open(t)
	for _, address := range append(o.everything(), "/nobody", "/"+stek+"?what=else") {
		for _, method := range []string{"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "DANCE"} {
			if got := o.ask(method, address); got.Code != 405 || got.Header().Get("Allow") != "GET, HEAD" {
				t.Errorf("%s %s: %d", method, address, got.Code)
			}
		}
	}
}

func TestParametersThatMeanNothing(t *testing.T) {
	o := open(t)
	for _, query := range []string{
		"page=2", "as-of=2026-05-01&page=2", "as-of=2026-05-01&as-of=2026-05-01", "as-of=", "as-of", "as-of=yesterday",
		"as-of=2026-05-32", "as-of=2026-05-01T12:00:00", "asOf=2026-05-01", "a;b", "%zz", "q=Jan",
	} {
		o.sees("/"+stek+"?"+query, 400)
	}
	for _, address := range []string{"/", styleAddress, of(o.first, ""), of(o.first, ".zip"), of(o.first, "/method.txt"), of(o.first, ".sha256"), "/x/y"} {
		o.sees(address+"?as-of=2026-05-01", 400)
	}
}

func TestWhatCannotBeRead(t *testing.T) {
	for name, c := range map[string]struct {
		fail   error
		status int
		said   string
	}{
		"destroyed":       {domain.ErrForgotten, 410, "vernietigd"},
		"away":            {domain.ErrVaultAway, 503, "even niet bereikbaar"},
		"lost":            {domain.ErrNoBundle, 500, "ligt niet aan jou"},
		"something broke": {errBroken, 500, "ligt niet aan jou"},
	} {
		t.Run(name, func(t *testing.T) {
			o := open(t)
			o.fail = c.fail
			o.sees(of(o.second, "/method.txt"), c.status, c.said)
			o.sees(of(o.second, ""), 200) // needs no file
			told := o.answered[0]
			if fault := c.status == 500; fault != (told.Fault != nil) || fault && !errors.Is(told.Fault, c.fail) {
				t.Errorf("told %v", told.Fault)
			}
			if away := o.get(of(o.second, ".zip")); c.status == 503 && away.Header().Get("Retry-After") == "" {
				t.Error("nobody is told to come again")
			}
			o.fail = nil
			o.sees(of(o.second, "/method.txt"), 200)
			o.fail = c.fail
			o.sees(of(o.second, "/method.txt"), 200) // it is in memory
		})
	}
}

// Nothing of a release is shown if any byte of it is another than the log says.
func TestWhatIsNotWhatWasPublished(t *testing.T) {
	for name, spoil := range map[string]func(*Files){
		"the whole":  func(f *Files) { f.Bundle = []byte("another") },
		"one file":   func(f *Files) { f.Named["method.txt"] = []byte("another") },
		"the proof":  func(f *Files) { f.Proven = []byte("another") },
		"no proof":   func(f *Files) { f.Proven = nil },
		"a file off": func(f *Files) { delete(f.Named, "method.txt") },
	} {
		o := open(t)
		spoil(&o.releases[1].files)
		for _, below := range []string{".zip", "/method.txt", "/residents/overview.html"} {
			o.sees(of(o.second, below), 500)
			if told := o.answered[len(o.answered)-1]; !errors.Is(told.Fault, errDigest) {
				t.Errorf("%s: told %v", name, told.Fault)
			}
		}
	}
}

// What was erased while files were read, or since, is not in memory.
func TestForgettingFiles(t *testing.T) {
	o := open(t)
	o.get(of(o.second, ".zip"))
	o.Forget()
	o.reading = o.Forget
	o.get(of(o.second, ".zip"))
	o.get(of(o.second, ".zip"))
	if o.read != 3 {
		t.Errorf("files were read %d times, want 3", o.read)
	}
	var nobody *Site
	nobody.Forget()
}

func TestFilesOfManyReleases(t *testing.T) {
	o := open(t)
	for year := 1900; year < 1900+mostKept+1; year++ {
		o.get(of(o.publish(t, year, "2026-04-01"), ".zip"))
		o.get(of(o.second, ".zip"))
	}
	if want := mostKept + 2; o.read != want || len(o.shelf.kept) != mostKept {
		t.Errorf("read %d times, want %d; %d are kept", o.read, want, len(o.shelf.kept))
	}
}

// Until every release is known, a list would tell less than it did before a restart.
func TestNotReady(t *testing.T) {
	o := open(t)
	o.ready = false
	for _, address := range append(o.everything(), "/nobody") {
		o.sees(address, 503)
	}
}

func TestAPanicEndsOneRequest(t *testing.T) {
	o := open(t)
	o.reading = func() { panic("Jan Peeters") }
	o.sees(of(o.second, ".zip"), 500)
	if fault := o.answered[0].Fault; fault == nil || strings.Contains(fault.Error(), "Peeters") {
		t.Errorf("told %v", fault)
	}
	o.reading = nil
	o.sees(of(o.second, ".zip"), 200)
}

func TestHeadersOfEveryAnswer(t *testing.T) {
	o := open(t)
	for _, address := range append(o.everything(), "/nobody", "/"+stek+"?page=1") {
		header := o.get(address).Header()
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
			"Strict-Transport-Security": "max-age=", "Cross-Origin-Opener-Policy": "same-origin", "Cache-Control": "",
			"Cross-Origin-Resource-Policy": "same-origin",
		} {
			if got := header.Get(name); got == "" || !strings.HasPrefix(got, want) {
				t.Errorf("%s: %s is %q", address, name, got)
			}
		}
		for _, name := range []string{"Set-Cookie", "Last-Modified", "Vary", "X-Request-Id", "Age", "Expires", "Server", "Link"} {
			if header.Get(name) != "" {
				t.Errorf("%s: %s is %q", address, name, header.Get(name))
			}
		}
	}
	for address, want := range map[string]string{
		"/": "public, no-cache", of(o.second, ""): "public, no-cache", of(o.second, ".zip"): fileCaching,
		of(o.second, "/method.txt"): fileCaching, "/nobody": "no-store",
	} {
		if got := o.get(address).Header().Get("Cache-Control"); got != want {
			t.Errorf("%s: Cache-Control is %q, want %q", address, got, want)
		}
	}
}

func TestWhatTheCallerHasAlready(t *testing.T) {
	o := open(t)
	for _, address := range o.everything() {
		tag := o.get(address).Header().Get("ETag")
		for sent, status := range map[string]int{
			tag: 304, "W/" + tag: 304, `"other", ` + tag: 304, "*": 304, `"other"`: 200, "": 200, strings.Trim(tag, `"`): 200,
		} {
			got := o.ask("GET", address, "If-None-Match", sent)
			if got.Code != status || (got.Body.Len() == 0) != (status == 304) || got.Header().Get("ETag") != tag {
				t.Errorf("%s, having %s: %d, %d bytes", address, sent, got.Code, got.Body.Len())
			}
		}
	}
	if got := o.ask("GET", "/nobody", "If-None-Match", "*"); got.Code != 404 {
		t.Errorf("what is not there is had already: %d", got.Code)
	}
}

// What is in a name stays text, wherever it is shown.
func TestMarkupInNames(t *testing.T) {
	o := open(t)
	o.shop.practice.Name = `<script>alert(1)</script>`
	for _, address := range []string{"/", "/" + stek, of(o.first, "")} {
		if page := o.get(address).Body.String(); strings.Contains(page, "<script>") || !strings.Contains(page, "&lt;script&gt;") {
			t.Errorf("%s: %s", address, page)
		}
	}
}

func TestDemonstration(t *testing.T) {
	o := open(t)
	o.Site.Demo = true
	for _, address := range []string{"/", "/" + stek, of(o.first, ""), "/nobody"} {
		if page := o.get(address).Body.String(); !strings.Contains(page, "verzonnen") {
			t.Errorf("%s does not say that all is invented", address)
		}
	}
}

func TestEmpty(t *testing.T) {
	o := open(t)
	o.Site.Library = nothing{}
	o.sees("/", 200, "Er is nog niets gepubliceerd.")
	o.sees("/"+stek, 404)
}

type nothing struct{ Library }

func (nothing) Practices() []Practice { return nil }

func TestConfigurationThatLacksSomething(t *testing.T) {
	if _, err := New(Config{}); err == nil {
		t.Error("a site without anything was made")
	}
}

// Whatever is asked, the answer is one of ours: never a redirect, never a page that repeats what was asked.
func FuzzAddress(f *testing.F) {
	for _, seed := range []string{"/", "//", "/../x", "/harelbeke-centrum/", "/%2e%2e", "/harelbeke-centrum/" + uuid.NewString() + "/a/../b", "/?as-of=1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, address string) {
		request, err := http.NewRequest("GET", "http://x/"+strings.TrimPrefix(address, "/"), nil)
		if err != nil {
			t.Skip("no request can be made of it")
		}
		o := open(t)
		got := o.askRequest(request)
		switch got.Code {
		case 200, 400, 404:
		default:
			t.Errorf("%q: %d", address, got.Code)
		}
		if told := o.answered; len(told) != 1 || told[0].Fault != nil {
			t.Errorf("%q: told %v", address, told)
		}
	})
}
