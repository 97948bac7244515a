package api

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/catalog"
	"signaalboek/domain/guard"
)

// What texts of tests hold.
const (
	telephone = "0479 12 34 56"
	blocked   = "Bel haar op " + telephone + "."
	asked34   = "Een vrouw van 34 jaar raakt er niet."
	cleanText = "De bus rijdt niet na zes uur."
)

// asWorker is a colleague of whoever sends a request otherwise.
var asWorker = with{"Authorization", "Bearer " + workers}

func (b *bench) pickedUp() string {
	b.Helper()
	return b.must(b.post("/signals", pickUp), 201).field(b, "id")
}

// draftNote saves a first wording as a draft, and returns its id.
func (b *bench) draftNote(signal, text string) string {
	b.Helper()
	return b.must(b.post("/drafts/signals/"+signal+"/note", `{"wording": "`+text+`"}`), 201).field(b, "id")
}

func (b *bench) confirmDraftAt(id, revision, body string, headers ...with) said {
	b.Helper()
	return b.post("/drafts/"+id+"/confirm", body, append([]with{{"If-Match", `"` + revision + `"`}}, headers...)...)
}

// trail is the metadata of the last event.
func (b *bench) trail() catalog.Trail {
	b.Helper()
	var last domain.Recorded
	for recorded, err := range b.store.ReadAll(context.Background(), domain.Position{}) {
		if err != nil {
			b.Fatal(err)
		}
		last = recorded
	}
	trail, err := catalog.DecodeTrail(last.Metadata)
	if err != nil {
		b.Fatal(err)
	}
	return trail
}

func TestADraftIsRecordedWhenItIsConfirmed(t *testing.T) {
	b := opened(t)
	signal, author, colleague := b.pickedUp(), b.gate.tokens[ours].ID, b.gate.tokens[workers].ID
	for name, tt := range map[string]struct {
		text   string
		by     []with
		body   string
		status int
		code   string
		want   catalog.Confirmation
	}{
		"by its author":          {cleanText, nil, `{}`, 200, "", catalog.Confirmation{}},
		"by a colleague":         {cleanText, []with{asWorker}, `{}`, 200, "", catalog.Confirmation{By: colleague}},
		"asked, by its author":   {asked34, nil, `{}`, 409, "text-may-identify", catalog.Confirmation{}},
		"asked, author answers":  {asked34, nil, `{"classes": ["age"]}`, 422, "override-by-author", catalog.Confirmation{}},
		"asked, about another":   {asked34, []with{asWorker}, `{"classes": ["name"]}`, 409, "text-may-identify", catalog.Confirmation{}},
		"asked, by a colleague":  {asked34, []with{asWorker}, `{"classes": ["age"]}`, 200, "", catalog.Confirmation{By: colleague, Classes: []guard.Class{guard.Age}}},
		"asked, of another firm": {asked34, []with{{"Authorization", "Bearer " + theirs}}, `{"classes": ["age"]}`, 404, "draft-gone", catalog.Confirmation{}},
	} {
		t.Run(name, func(t *testing.T) {
			id, before := b.draftNote(signal, tt.text), b.recorded()
			answered := b.confirmDraftAt(id, "1", tt.body, tt.by...)
			if tt.code != "" {
				if p := readProblem(t, answered); p.Code != tt.code || p.Status != tt.status || b.recorded() != before {
					t.Errorf("answered %+v, and recorded %d", p, b.recorded()-before)
				}
				b.must(b.get("/drafts/"+id), 200)
				return
			}
			b.must(answered, tt.status)
			trail := b.trail()
			if trail.Command.String() != id || trail.Actor != author || trail.Confirmed.By != tt.want.By ||
				!slices.Equal(trail.Confirmed.Classes, tt.want.Classes) {
				t.Errorf("recorded as %s by %s, confirmed %+v", trail.Command, trail.Actor, trail.Confirmed)
			}
			b.must(b.get("/drafts/"+id), 404)
		})
	}
}

// A draft that was recorded, and not dropped because we died in between, is recorded no second time.
func TestADraftIsRecordedOnce(t *testing.T) {
	b := opened(t)
	signal := b.pickedUp()
	id := b.draftNote(signal, cleanText)
	b.must(b.post("/signals/"+signal+"/note", `{"wording": "`+cleanText+`"}`, with{keyHeader, id}), 200)
	before := b.recorded()
	b.must(b.confirmDraftAt(id, "1", `{}`), 200)
	if b.recorded() != before {
		t.Error("it was recorded again")
	}
	b.must(b.get("/drafts/"+id), 404)
	if p := readProblem(t, b.confirmDraftAt(id, "1", `{}`)); p.Code != "draft-gone" {
		t.Errorf("confirmed when it was gone: %+v", p)
	}
}

func TestADraftIsChangedByWhoeverReadIt(t *testing.T) {
	b := opened(t)
	signal := b.pickedUp()
	id := b.draftNote(signal, asked34)
	change := func(text, revision string, headers ...with) said {
		all := append([]with{{keyHeader, id}, {"If-Match", `"` + revision + `"`}}, headers...)
		return b.post("/drafts/signals/"+signal+"/note", `{"wording": "`+text+`"}`, all...)
	}
	changed := b.must(change(asked34+" Nooit.", "1", asWorker), 200)
	if got := changed.Header.Get("ETag"); got != `"2"` {
		t.Errorf("ETag is %s", got)
	}
	stale := change("Iets anders.", "1")
	if p := readProblem(t, stale); p.Code != "draft-changed" || p.Status != 412 || stale.Header.Get("ETag") != `"2"` {
		t.Errorf("a stale change: %+v", p)
	}
	if p := readProblem(t, b.confirmDraftAt(id, "1", `{}`)); p.Code != "draft-changed" {
		t.Errorf("what was not read was confirmed: %+v", p)
	}
	if p := readProblem(t, b.post("/drafts/"+id+"/confirm", `{}`)); p.Code != "draft-unread" || p.Status != 428 {
		t.Errorf("confirmed unread: %+v", p)
	}
	// Whoever changed it is its author now, so whoever wrote it first is the second pair of eyes.
	if p := readProblem(t, b.confirmDraftAt(id, "2", `{"classes": ["age"]}`, asWorker)); p.Code != "override-by-author" {
		t.Errorf("confirmed by who changed it: %+v", p)
	}
	b.must(b.confirmDraftAt(id, "2", `{"classes": ["age"]}`), 200)
}

func TestADraftThatCannotBe(t *testing.T) {
	b := opened(t)
	signal := b.pickedUp()
	note := "/drafts/signals/" + signal + "/note"
	before := b.recorded()
	for name, tt := range map[string]struct {
		path, body string
		status     int
		code       string
	}{
		"blocked":        {note, `{"wording": "` + blocked + `"}`, 422, "text-identifies"},
		"no text":        {note, `{"wording": ""}`, 422, "text-missing"},
		"a day to come":  {note, `{"on": "2026-03-06", "wording": "x"}`, 422, "date-in-future"},
		"a rule":         {"/drafts/signals/" + signal + "/weigh", `{"structural": true, "recurring": true, "beyondOnePerson": true, "needsOthers": true, "reason": "x"}`, 409, "signal-not-worded"},
		"no such signal": {"/drafts/signals/signal-" + uuid.NewString() + "/note", `{"wording": "x"}`, 404, "unknown"},
		"no such draft":  {"/drafts/x/drop", ``, 404, "draft-gone"},
	} {
		t.Run(name, func(t *testing.T) {
			if p := readProblem(t, b.post(tt.path, tt.body)); p.Code != tt.code || p.Status != tt.status {
				t.Errorf("answered %+v", p)
			}
		})
	}
	if list := b.must(b.get("/drafts"), 200); string(list.body) != "{\"items\":[]}\n" || b.recorded() != before {
		t.Errorf("kept: %s", list.body)
	}
}

// Confirming decides anew: the signal may have moved on. The draft stays, and says why on its page.
func TestADraftWhoseSignalMovedOnStays(t *testing.T) {
	b := opened(t)
	signal := b.pickedUp()
	id := b.draftNote(signal, cleanText)
	b.must(b.post("/signals/"+signal+"/word", `{"statement": "Verwoord intussen."}`), 200)
	if p := readProblem(t, b.confirmDraftAt(id, "1", `{}`)); p.Status != http.StatusConflict {
		t.Errorf("answered %+v", p)
	}
	b.must(b.get("/drafts/"+id), 200)
	b.visitor().open(draftsAddress+"/"+id).says(cleanText, "al verwoord")
}

// A statement replaces the one that its confirmer looked at, and no other.
func TestADraftReplacesWhatWasSeen(t *testing.T) {
	b := opened(t)
	signal := b.pickedUp()
	b.must(b.post("/signals/"+signal+"/word", `{"statement": "Versie 1."}`), 200)
	id := b.must(b.post("/drafts/signals/"+signal+"/word", `{"statement": "Versie 2."}`), 201).field(t, "id")
	if p := readProblem(t, b.confirmDraftAt(id, "1", `{}`)); p.Status != http.StatusPreconditionRequired {
		t.Errorf("answered %+v", p)
	}
	if p := readProblem(t, b.confirmDraftAt(id, "1", `{"subjectRevision": 0}`)); p.Code != "stale" {
		t.Errorf("answered %+v", p)
	}
	b.must(b.confirmDraftAt(id, "1", `{"subjectRevision": 1}`), 200)
}

// A vault that is away is said in words, and loses nothing.
func TestDraftsWhileTheVaultIsAway(t *testing.T) {
	b := opened(t)
	signal := b.pickedUp()
	id := b.draftNote(signal, cleanText)
	b.vault.SetAway(true)
	for _, answered := range []said{
		b.get("/drafts"), b.get("/drafts/" + id), b.confirmDraftAt(id, "1", `{}`), b.post("/drafts/"+id+"/drop", ``),
		b.post("/drafts/signals/"+signal+"/note", `{"wording": "x"}`),
	} {
		if p := readProblem(t, answered); p.Code != "vault-away" || p.Status != http.StatusServiceUnavailable {
			t.Errorf("answered %+v", p)
		}
	}
	b.vault.SetAway(false)
	b.must(b.confirmDraftAt(id, "1", `{}`), 200)
}

// The whole walk, with every command that can be a draft saved, read and confirmed: the same happens.
func TestTheWalkInDrafts(t *testing.T) {
	straight, drafting := walked(t), &walker{newBench(t), map[string]string{}}
	used := map[string]bool{}
	for _, s := range theWalk {
		p, can := drafting.pen[generalised(s.path)]
		if !can {
			drafting.take(s)
			continue
		}
		used[p.path] = true
		drafting.lookUp(s)
		saved := drafting.must(drafting.post("/drafts"+drafting.named(s.path), drafting.named(s.body)), 201)
		id, body := saved.field(t, "id"), `{}`
		if s.matching != "" {
			body = `{"subjectRevision": ` + strings.Trim(drafting.revisionOf(drafting.named(s.matching)), `"`) + `}`
		}
		kept := drafting.must(drafting.get("/drafts/"+id), 200)
		if string(kept.body) != string(saved.body) {
			t.Errorf("%s: kept as %s, saved as %s", s.path, kept.body, saved.body)
		}
		if listed := drafting.must(drafting.get("/drafts"), 200); !strings.Contains(string(listed.body), id) {
			t.Errorf("%s: not listed in %s", s.path, listed.body)
		}
		answered := drafting.must(drafting.confirmDraftAt(id, "1", body), 200)
		if s.made != "" {
			drafting.made[s.made] = answered.field(t, "id")
		}
	}
	if len(used) != len(drafting.pen) {
		t.Errorf("%d of %d sorts of drafts were written", len(used), len(drafting.pen))
	}
	if a, b := straight.eventNames(), drafting.eventNames(); !slices.Equal(a, b) {
		t.Errorf("in drafts it became %q and not %q", b, a)
	}
	id := drafting.draftNote(drafting.pickedUp(), cleanText)
	drafting.must(drafting.post("/drafts/"+id+"/drop", ``), 204)
	drafting.must(drafting.get("/drafts/"+id), 404)
}

func (b *bench) eventNames() (all []string) {
	b.Helper()
	for recorded, err := range b.store.ReadAll(context.Background(), domain.Position{}) {
		if err != nil {
			b.Fatal(err)
		}
		all = append(all, recorded.Name)
	}
	return all
}

// What the guard finds travels as class and place, to programs and to forms, and never as what stands there: not in an
// answer, a log or a metric.
func TestWhatTheGuardFindsIsToldWithoutRepeatingIt(t *testing.T) {
	b := opened(t)
	signal := b.pickedUp()
	b.must(b.post("/signals/"+signal+"/word", `{"statement": "Te duur."}`), 200)
	text := "Wie mail stuurt naar kanarie@voorbeeld.be of belt naar " + telephone + ", krijgt geen antwoord."
	for _, path := range []string{"/signals/" + signal + "/park", "/drafts/signals/" + signal + "/park"} {
		answered := b.post(path, `{"reason": "`+text+`"}`)
		p := readProblem(t, answered)
		if p.Status != 422 || len(p.Errors) != 2 {
			t.Fatalf("answered %+v", p)
		}
		for i, want := range []string{"kanarie@voorbeeld.be", telephone} {
			e := p.Errors[i]
			if e.Pointer != "/reason" || e.Verdict != guard.Block || text[*e.Start:*e.End] != want {
				t.Errorf("found %+v, want %s", e, want)
			}
		}
		holdsNothingOf(t, string(answered.body))
	}
	v := b.visitor()
	page := v.fill(v.open("/signalen/"+strings.TrimPrefix(signal, "signal-")+"?stap=park"),
		"/signalen/"+strings.TrimPrefix(signal, "signal-")+"/park", url.Values{"reason": {text}})
	page.says("Er is nog niets bewaard.", web.FindingSentence(guard.Finding{Class: guard.Telephone, Verdict: guard.Block}),
		web.FindingSentence(guard.Finding{Class: guard.Email, Verdict: guard.Block}))
	if got := standing(page.form("/signalen/" + strings.TrimPrefix(signal, "signal-") + "/park")).Get("reason"); got != text {
		t.Errorf("the form came back with %q", got)
	}
	holdsNothingOf(t, b.log.String())
	for _, drafts := range []string{"/drafts", "/signals", "/signals/" + signal + "/trajectory"} {
		holdsNothingOf(t, string(b.must(b.get(drafts), 200).body))
	}
}

func holdsNothingOf(t *testing.T, told string) {
	t.Helper()
	for _, secret := range []string{"kanarie", "0479", "12 34"} {
		if strings.Contains(told, secret) {
			t.Errorf("%q stands in what is told: %s", secret, told)
		}
	}
}

// The forms that say that they become drafts do, and no others.
func TestFormsThatBecomeDrafts(t *testing.T) {
	b := newBench(t)
	for path, p := range b.pens() {
		step := web.StepForm{Name: kindOf(path)}
		if known := slices.Contains(web.StepNames(), step.Name); known && step.Drafts() != p.first {
			t.Errorf("%s: its form says %v", path, step.Drafts())
		}
	}
}
