package main

import (
	"encoding/json"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"signaalboek/domain/proof"
)

// auditor is somebody who looks with the eyes of an auditor, without script.
type auditor struct {
	*program
	client http.Client
}

// auditor adds one, and signs them in.
func (p *program) auditor(data string, form ...string) auditor {
	p.t.Helper()
	hello := p.invited("auditor", data, form...)
	jar, err := cookiejar.New(nil)
	if err != nil {
		p.t.Fatal(err)
	}
	a := auditor{p, http.Client{Jar: jar}}
	at, err := url.Parse(hello.Link)
	if err != nil {
		p.t.Fatal(err)
	}
	page := a.send("/aanmelden", url.Values{"link": {at.Query().Get("link")}})
	if !strings.Contains(page, "Nazicht") {
		p.t.Fatalf("an auditor begins at %s", page)
	}
	return a
}

// invited adds somebody of a role, and gives what they sign in with.
func (p *program) invited(role, data string, form ...string) (hello greeting) {
	p.t.Helper()
	out, err := commandOutput(p.t, append([]string{"user", "add", role, "--data", data, "--addr", strings.TrimPrefix(p.Address, "http://"), "--json"}, form...)...)
	if err == nil {
		err = json.Unmarshal([]byte(out), &hello)
	}
	if err != nil {
		p.t.Fatal(err)
	}
	return hello
}

// look opens a page, or a file.
func (a auditor) look(path string) string {
	a.t.Helper()
	return a.read(a.client.Get(a.Address + path))
}

// send sends a form.
func (a auditor) send(path string, form url.Values) string {
	a.t.Helper()
	return a.read(a.client.PostForm(a.Address+path, form))
}

func (a auditor) read(response *http.Response, err error) string {
	a.t.Helper()
	if err != nil {
		a.t.Fatal(err)
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		a.t.Fatalf("%s answered %d: %s, %v", response.Request.URL.Path, response.StatusCode, raw, err)
	}
	return string(raw)
}

// signed waits until everything that is recorded is signed, and gives the key of the ledger.
func (a auditor) signed() (key string, log note.Verifier) {
	a.t.Helper()
	written := regexp.MustCompile(`<code>(signaalboek\.local/[^<]*\+[0-9a-f]{8}\+[^<]*)</code>`)
	eventually(a.t, "something is signed", func() bool {
		found := written.FindStringSubmatch(html.UnescapeString(a.look("/audit/controlepunten")))
		if found != nil {
			key = found[1]
		}
		return found != nil
	})
	log, err := note.NewVerifier(key)
	if err != nil {
		a.t.Fatal(err)
	}
	return key, log
}

// A partner makes a key, is asked, cosigns on their own machine, and the page says so. The line is taken through the page
// and through the command alike.
func TestAWitnessCosigns(t *testing.T) {
	t.Parallel()
	own, data := t.TempDir(), t.TempDir()
	at := func(name string) string { return filepath.Join(own, name) }
	public, err := commandOutput(t, "witness", "key", "--name", "stad", "--key", at("key"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := commandOutput(t, "witness", "key", "--name", "stad", "--key", at("key")); err == nil {
		t.Error("a key was written over another")
	}
	if err := os.WriteFile(at("policy"), []byte("witness stad "+public+"quorum stad\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := launch(t, "serve", "--data", data, "--plain", "--witnesses", at("policy"))
	a := p.auditor(data, "--plain")
	key, _ := a.signed()
	if page := a.look("/audit/controlepunten"); !strings.Contains(page, "nog niet voldaan") {
		t.Errorf("nobody cosigned, and the page says %s", page)
	}
	if err := os.WriteFile(at("request"), []byte(a.look("/audit/controlepunten/vraag.txt?old=0")), 0o600); err != nil {
		t.Fatal(err)
	}
	cosign := func(more ...string) (string, error) {
		return commandOutput(t, append([]string{"witness", "cosign", at("request"), "--key", at("key"), "--state", at("state"), "--log-key", key}, more...)...)
	}
	line, err := cosign()
	if err != nil {
		t.Fatal(explain(err))
	}
	if page := a.send("/audit/controlepunten/getuigen", url.Values{"command": {"1"}, "line": {line}}); !strings.Contains(page, "De handtekening is toegevoegd.") {
		t.Errorf("the line was not taken: %s", page)
	}
	if out, err := commandOutput(t, "witness", "add", line, "--data", data, "--plain", "--witnesses", at("policy")); err != nil || !strings.Contains(out, "Genoeg getuigen") {
		t.Errorf("added: %s, %v", out, err)
	}
	for name, c := range map[string]struct {
		with []string
		want string
	}{
		"another ledger's key": {[]string{"--log-key", strings.TrimSpace(public)}, "Geef met --log-key de sleutel"},
		"no key":               {[]string{"--key", at("nowhere")}, "is er niet"},
		"a file that is none":  {[]string{"--key", at("request")}, "geen sleutel van een getuige"},
		"a damaged memory":     {[]string{"--state", at("policy")}, "is beschadigd"},
	} {
		if _, err := cosign(c.with...); err == nil || !strings.Contains(explain(err), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A checkpoint that does not extend what was cosigned is not, in plain words, and both stand in the witness's file.
func TestAWitnessRefusesAFork(t *testing.T) {
	t.Parallel()
	own := t.TempDir()
	at := func(name string) string { return filepath.Join(own, name) }
	if _, err := commandOutput(t, "witness", "key", "--name", "stad", "--key", at("key")); err != nil {
		t.Fatal(err)
	}
	private, key, err := note.GenerateKey(nil, "ledger.example/one")
	if err != nil {
		t.Fatal(err)
	}
	signer, err := note.NewSigner(private)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"", "de geschiedenis werd gewijzigd"} {
		signed, err := proof.Checkpoint{Origin: "ledger.example/one", Size: 5, Root: [32]byte{byte(i)}}.Sign(signer)
		if err != nil {
			t.Fatal(err)
		}
		request := proof.Request{Consistency: proof.Consistency{New: 5}, Signed: signed}
		if err := os.WriteFile(at("request"), []byte(request.Text()), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err = commandOutput(t, "witness", "cosign", at("request"), "--key", at("key"), "--state", at("state"), "--log-key", key)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(explain(err), want) {
			t.Errorf("asked for history %d: %v", i, err)
		}
	}
	if kept, err := os.ReadFile(at("state")); err != nil || strings.Count(string(kept), "ledger.example/one") < 3 {
		t.Errorf("kept is %s, %v", kept, err)
	}
}

// The proof of a decision is checked with nothing but its file; the history that is taken along is, too; and an auditor who
// has everything verified is told that it holds.
func TestAnAuditIsTakenAlong(t *testing.T) {
	t.Parallel()
	own := t.TempDir()
	data, _ := demoBuilt(t)
	p := launch(t, "demo", "--data", data)
	a := p.auditor(data)
	key, log := a.signed()
	page := a.look("/audit/geschiedenis?name=signal.decided.v1")
	at := regexp.MustCompile(`/audit/bewijs/[0-9a-f-]{36}`).FindString(page)
	taken, err := proof.ReadEventProof([]byte(a.look(at + "/bewijs.json")))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := taken.Check(log); err != nil || len(taken.Event.Fields) < 3 {
		t.Errorf("checked: %v, with %d fields", err, len(taken.Event.Fields))
	}
	a.send("/audit/nagekeken", url.Values{"command": {"1"}})
	eventually(t, "the history is verified", func() bool { return strings.Contains(a.look("/audit/nagekeken?stil=ja"), ">klopt<") })
	to := filepath.Join(own, "history.zip")
	if out, err := commandOutput(t, "audit", "export", "--data", data, "--to", to); err != nil || !strings.Contains(out, "met bewijs") {
		t.Fatalf("%s, %v", out, err)
	}
	history := readHistory(t, to)
	if checkpoint, err := history.Check(log); err != nil || checkpoint.Size != int64(len(history.Leaves)) {
		t.Errorf("the history of %s: %+v, %v", key, checkpoint, err)
	}
	policy := filepath.Join(own, "policy")
	if err := os.WriteFile(policy, []byte("log "+key+"\nquorum none\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := commandOutput(t, "verify", to, "--policy", policy); err != nil || !strings.Contains(out, "Alles klopt.") {
		t.Errorf("verified: %s, %v", out, err)
	}
	if _, err := commandOutput(t, "audit", "export", "--data", data, "--to", to); err == nil {
		t.Error("a history was written over another")
	}
	year := filepath.Join(own, "2022.zip")
	told(t, "Over praktijk elders valt er niets te vertellen", "audit", "export", "--data", data, "--to", to+".elsewhere", "--practice", "elders")
	if _, err := commandOutput(t, "audit", "export", "--data", data, "--to", year, "--year", "2022"); err != nil {
		t.Fatal(err)
	}
	if one := readHistory(t, year); len(one.Proofs) >= len(history.Proofs) || len(one.Leaves) < len(history.Leaves) { // it is served meanwhile
		t.Errorf("2022 proves %d of %d events, with %d of %d leaves", len(one.Proofs), len(history.Proofs), len(one.Leaves), len(history.Leaves))
	}
}

// A history that is taken of a ledger whose vault is lost makes no other vault: the next start would take it for that one.
func TestAnAuditMakesNoVault(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "ledger")
	p := launch(t, "serve", "--data", data)
	p.worded("De bus rijdt niet.")
	p.end()
	if err := os.RemoveAll(dir(data).vault()); err != nil {
		t.Fatal(err)
	}
	told(t, "master.key is er niet", "audit", "export", "--data", data, "--to", filepath.Join(t.TempDir(), "history.zip"))
	if _, err := os.Stat(dir(data).vault()); !os.IsNotExist(err) {
		t.Errorf("there is a vault: %v", err)
	}
}

func readHistory(t *testing.T, path string) proof.History {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	files, err := proof.Unzip(raw)
	if err != nil {
		t.Fatal(err)
	}
	history, err := proof.ReadHistory(files)
	if err != nil {
		t.Fatal(err)
	}
	return history
}

// What an auditor sees can be used like every other page.
func TestPagesOfAuditorsCanBeUsed(t *testing.T) {
	t.Parallel()
	data, _ := demoBuilt(t)
	p := launch(t, "demo", "--data", data)
	a := p.auditor(data)
	a.signed()
	a.send("/audit/nagekeken", url.Values{"command": {"1"}})
	proven := regexp.MustCompile(`/audit/bewijs/[0-9a-f-]{36}`).FindString(a.look("/audit/geschiedenis"))
	startBrowser(t, p.invited("auditor", data)).canUse([]string{
		"/audit", "/audit/geschiedenis", "/audit/geschiedenis?sort=signal", "/audit/geschiedenis?month=1999-01", proven, "/audit/controlepunten",
		"/audit/nagekeken", "/audit/nagekeken?stil=ja", "/audit/publicaties", "/audit/grenzen",
	})
}
