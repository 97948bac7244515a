package api

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"signaalboek/api/export"
	"signaalboek/domain"
	"signaalboek/domain/release"
	"signaalboek/projections"
)

const harelbeke = domain.PracticeID("harelbeke-centrum")

// asSecond is the other coordinator.
var asSecond = with{"Authorization", "Bearer " + seconds}

// publishing is a practice that was open last year, with forty people in two activities, and a signal.
func publishing(t testing.TB) *bench {
	t.Helper()
	b := opened(t)
	for i := range 40 {
		card := b.must(b.post("/cards", fmt.Sprintf(`{"nickname": "kaart %d", "earlierYear": "no"}`, i)), 201).field(t, "id")
		activity := []string{"huisbezoek", "sociale-kruidenier"}[i%2]
		b.must(b.post("/contacts", fmt.Sprintf(`{"on": "2025-05-%02d", "activity": %q, "known": "yes", "card": %q,
			"requests": [{"themes": ["huisvesting"]}]}`, 1+i%28, activity, card)), 201)
	}
	signal := b.must(b.post("/signals", strings.Replace(strings.Replace(pickUp, "2026", "2025", 1), "{", `{"on": "2025-06-01", `, 1)), 201).field(t, "id")
	b.must(b.post("/signals/"+signal+"/word", `{"on": "2025-06-02", "statement": "`+cleanText+`"}`), 200)
	return b
}

// judged waits until nothing is under way for the only proposal.
func (b *bench) judged() projections.Release {
	b.Helper()
	b.visitor().catchUp()
	for _, one := range b.Set.Releases.List(harelbeke) {
		if one.Phase != release.IsProposed {
			continue
		}
		for {
			status, _ := b.Judging.status(harelbeke, one.ID)
			if !status.State.underway() {
				return one
			}
			if err := b.Context().Err(); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.Fatal("nothing is proposed")
	return projections.Release{}
}

// proposed is a proposal of last year that is judged, through the interface for programs.
func (b *bench) proposed() projections.Release {
	b.Helper()
	b.must(b.post("/releases/propose", `{"period": {"year": 2025, "part": "whole-year"}}`), 200)
	return b.judged()
}

// digest is that of the bundle as it would be published now.
func (b *bench) digest(one projections.Release) string {
	b.Helper()
	answered := b.must(b.get("/releases/"+one.ID.String()+"/bundle"), 200)
	digest := strings.Trim(answered.Header.Get("ETag"), `"`)
	if domain.DigestOf(answered.body) != digest {
		b.Errorf("the bundle is not what its ETag says: %s", digest)
	}
	return digest
}

func (b *bench) confirm(one projections.Release, digest string, headers ...with) said {
	b.Helper()
	return b.post("/releases/publish", fmt.Sprintf(`{"release": %q, "bundle": %q}`, one.ID, digest), headers...)
}

func (b *bench) say(one projections.Release, text string, headers ...with) said {
	b.Helper()
	return b.post("/releases/write", fmt.Sprintf(
		`{"release": %q, "edition": "residents", "place": "opening", "text": %q}`, one.ID, text), headers...)
}

// kept is what the vault keeps of a release.
func (b *bench) kept(one projections.Release, digest string) ([]byte, error) {
	return b.vault.Bundle(b.Context(), harelbeke, one.ID, digest)
}

// One coordinator proposes and words on pages; the other looks at the files, confirms, and they are out, to the byte.
func TestTwoCoordinatorsPublish(t *testing.T) {
	b := publishing(t)
	b.Outside = "https://publicaties.example"
	one, other := b.visitor(), b.visitorAs(seconds)
	page := one.fill(one.open(releasesAddress), releasesAddress, url.Values{"period": {"2025-whole-year"}})
	page.says("Het voorstel ligt klaar.", "het jaar 2025", "voorstel", "door jou")
	address := releaseAddress(b.judged().ID)
	one.open(address).says("De cijfers zijn nagekeken.", "kleine groepen nagekeken", "Bekijk wat elke lezer ziet")
	words := address + "/zinnen/residents"
	one.fill(one.open(words), words, url.Values{"opening": {"Dit hoorden we dit jaar."}}).
		says("De zinnen zijn bewaard.", "1 van de 5 plaatsen ingevuld")
	one.open(address+"/zinnen/partners").says("Iedereen kan dit lezen", "Ook deze uitgave")
	one.open(address+"/voorbeeld").says("Iemand anders bevestigt", "Iedereen kan elk bestand lezen")
	preview := other.open(address + "/voorbeeld")
	seen := other.file(preview.link(address + "/bestanden/residents/"))
	if !strings.Contains(seen, "Dit hoorden we dit jaar.") {
		t.Error("residents would not read what was said to them")
	}
	zip := other.file(preview.link(address + "/alle"))
	other.fill(preview, address+"/bevestigen", nil).says("De publicatie is verschenen.", "Trek deze publicatie in")
	if got := one.file(address + "/bestanden/residents/overview.html"); got != seen {
		t.Error("residents read something else than what was looked at")
	}
	if got := one.file(address + "/alle-bestanden.zip"); got != zip {
		t.Error("something else was published than what was looked at")
	}
	published, _ := b.Set.Releases.Release(harelbeke, b.Set.Releases.List(harelbeke)[0].ID)
	if published.Published.By != b.gate.tokens[seconds].ID || published.By != b.gate.tokens[ours].ID {
		t.Errorf("proposed by %s, confirmed by %s", published.By, published.Published.By)
	}
	for _, page := range []string{releasesAddress, address} {
		one.open(page).says("verschenen", "leest iedereen op: https://publicaties.example")
	}
}

// file is a file of a release, as it is.
func (v visitor) file(address string) string {
	v.Helper()
	answered := v.browse("GET", address, nil, &http.Cookie{Name: plainCookie, Value: v.session})
	if answered.StatusCode != http.StatusOK {
		v.Fatalf("%s answered %d", address, answered.StatusCode)
	}
	if policy := answered.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") ||
		!strings.Contains(policy, "sandbox") {
		v.Errorf("%s may do too much: %s", address, policy)
	}
	return readAll(v, answered)
}

// Whoever proposed it does not confirm it; nothing is kept of an attempt.
func TestTheProposerDoesNotConfirm(t *testing.T) {
	b := publishing(t)
	one := b.proposed()
	digest, before := b.digest(one), b.recorded()
	if p := readProblem(t, b.confirm(one, digest)); p.Code != "release-own-proposal" || p.Status != http.StatusConflict {
		t.Errorf("answered %+v", p)
	}
	if _, err := b.kept(one, digest); !errors.Is(err, domain.ErrNoBundle) || b.recorded() != before {
		t.Errorf("kept: %v; recorded %d", err, b.recorded()-before)
	}
}

// What was not looked at is not published: a sentence was changed since, or a text in it was erased.
func TestOnlyWhatWasLookedAtIsPublished(t *testing.T) {
	for name, change := range map[string]func(*bench, projections.Release){
		"another sentence": func(b *bench, one projections.Release) { b.must(b.say(one, "Iets anders."), 200) },
		"no sentence":      func(b *bench, one projections.Release) { b.must(b.say(one, ""), 200) },
		"an erased text": func(b *bench, _ projections.Release) {
			signal := b.must(b.get("/signals"), 200)
			id := firstCode(b, signal.body, `"id":"(signal-[^"]+)"`)
			b.must(b.post("/erasures", `{"thing": "`+id+`", "sure": true}`), 204)
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := publishing(t)
			one := b.proposed()
			b.must(b.say(one, "Dit hoorden we."), 200)
			seen := b.digest(one)
			change(b, one)
			before := b.recorded()
			p := readProblem(t, b.confirm(one, seen, asSecond))
			if p.Code != "release-bundle-moved" || p.Status != http.StatusConflict || b.recorded() != before {
				t.Errorf("answered %+v and recorded %d", p, b.recorded()-before)
			}
			b.must(b.confirm(one, b.digest(one), asSecond), 200)
		})
	}
}

// A form that was refused because something else was built shows that, and confirms it when it is sent once more.
func TestAPageThatMovedIsLookedAtAgain(t *testing.T) {
	b := publishing(t)
	one, other := b.proposed(), b.visitorAs(seconds)
	address := releaseAddress(one.ID)
	preview := other.open(address + "/voorbeeld")
	b.must(b.say(one, "Dit hoorden we."), 200)
	again := other.fill(preview, address+"/bevestigen", nil)
	again.says("Wat er nu zou verschijnen, is niet wat jij bekeek.")
	other.fill(again, address+"/bevestigen", nil).says("De publicatie is verschenen.")
}

// Confirmed twice, as after an answer that was lost, it is published once; with another bundle it is refused.
func TestConfirmingTwiceIsConfirmingOnce(t *testing.T) {
	b := publishing(t)
	one := b.proposed()
	digest, key := b.digest(one), with{keyHeader, uuid.NewString()}
	first := b.must(b.confirm(one, digest, asSecond, key), 200)
	before := b.recorded()
	b.visitor().catchUp()
	if again := b.must(b.confirm(one, digest, asSecond, key), 200); again.field(t, "position") != first.field(t, "position") {
		t.Errorf("first %s, then %s", first.body, again.body)
	}
	other := domain.DigestOf(nil)
	if p := readProblem(t, b.confirm(one, other, asSecond)); p.Code != "release-published" || b.recorded() != before {
		t.Errorf("answered %+v and recorded %d", p, b.recorded()-before)
	}
}

// The files of a proposal are the same whenever and wherever they are built.
func TestWhatIsBuiltTwiceIsTheSame(t *testing.T) {
	b := publishing(t)
	one := b.proposed()
	b.must(b.say(one, "Dit hoorden we."), 200)
	one = b.judged()
	first, err := b.build(t.Context(), harelbeke, one.ID)
	if err != nil {
		t.Fatal(err)
	}
	for range 10 {
		b.must(b.post("/contacts", `{"on": "2025-07-01", "activity": "huisbezoek"}`), 201)
	}
	b.Judging.forget(harelbeke, one.ID) // as on another replica
	b.must(b.post("/releases/"+one.ID.String()+"/judge", ``), 200)
	b.judged()
	second, err := b.build(t.Context(), harelbeke, one.ID)
	if err != nil || !bytes.Equal(first.Content, second.Content) {
		t.Errorf("built otherwise, %v", err)
	}
	if names := namesIn(first.Bundle); !slices.Contains(names, "council/overview.html") || !slices.Contains(names, "figures.xlsx") {
		t.Errorf("the files are %q", names)
	}
}

// What was built is kept while nothing changes that it is of. A new sentence has it built anew; an erasure also takes what was
// built out of memory, and what somebody was building meanwhile is not kept.
func TestWhatWasBuiltIsKept(t *testing.T) {
	b := publishing(t)
	one := b.proposed()
	built := func() *byte {
		t.Helper()
		b.visitor().catchUp()
		made, err := b.build(t.Context(), harelbeke, one.ID)
		if err != nil {
			t.Fatal(err)
		}
		return &made.Content[0]
	}
	first := built()
	if built() != first {
		t.Error("built again, though nothing changed")
	}
	b.must(b.say(one, "Dit hoorden we."), 200)
	worded := built()
	if worded == first {
		t.Error("not built again for a new sentence")
	}
	before := buildVersion{b.Set.Releases.Revision(harelbeke), b.Set.Forgot()}
	signal := firstCode(b, b.must(b.get("/signals"), 200).body, `"id":"(signal-[^"]+)"`)
	b.must(b.post("/erasures", `{"thing": "`+signal+`", "sure": true}`), 204)
	if b.Judging.last[harelbeke].built.Content != nil {
		t.Error("what was built before an erasure is still in memory")
	}
	b.Judging.keep(harelbeke, one.ID, before, buildOf{Bundle: export.Bundle{Content: []byte{1}}}) // somebody was building
	erased := built()
	if erased == worded || len(b.Judging.last[harelbeke].built.Content) == 1 {
		t.Error("not built again after an erasure")
	}
	if b.Judging.forget(harelbeke, one.ID); b.Judging.last[harelbeke] != nil {
		t.Error("what was built of a proposal that is none any more is still in memory")
	}
}

func namesIn(bundle export.Bundle) (names []string) {
	for _, edition := range bundle.Editions() {
		for _, file := range edition.Files {
			names = append(names, file.Name)
		}
	}
	return names
}

// What is dropped or withdrawn is destroyed; what was withdrawn can be published again with the same figures.
func TestWhatIsNotShownAnyMoreIsDestroyed(t *testing.T) {
	b := publishing(t)
	one := b.proposed()
	digest := b.digest(one)
	b.must(b.confirm(one, digest, asSecond), 200)
	if _, err := b.kept(one, digest); err != nil {
		t.Error(err)
	}
	v := b.visitor()
	address := releaseAddress(one.ID)
	v.fill(v.open(address), address+"/intrekken", nil).says("Er is nog niets bewaard.")
	v.fill(v.open(address), address+"/intrekken", url.Values{"reason": {"mistaken"}, "motivation": {"Een tabel is verwisseld."}}).
		says("De publicatie is ingetrokken.", "er staat iets in dat niet klopt", "Een tabel is verwisseld.")
	if _, err := b.kept(one, digest); !errors.Is(err, domain.ErrForgotten) {
		t.Errorf("what was withdrawn: %v", err)
	}
	if p := readProblem(t, b.get("/releases/"+one.ID.String()+"/bundle")); p.Code != "release-withdrawn" {
		t.Errorf("answered %+v", p)
	}
	b.must(b.post("/contacts", `{"on": "2025-07-01", "activity": "huisbezoek"}`), 201)
	again := b.proposed()
	if again.Again != one.ID {
		t.Errorf("it is no repetition of %s", one.ID)
	}
	b.must(b.confirm(again, b.digest(again), asSecond), 200)
}

func TestAProposalIsDropped(t *testing.T) {
	b := publishing(t)
	v := b.visitor()
	address := releaseAddress(b.proposed().ID)
	v.fill(v.open(address), address+"/vervallen", url.Values{"motivation": {"We wachten nog."}}).
		says("Het voorstel is vervallen.", "We wachten nog.")
	if page := v.ask("GET", address+"/voorbeeld", nil); page.status != http.StatusConflict {
		t.Errorf("its files are still shown: %d", page.status)
	}
	v.open(releasesAddress).says("vervallen", "Stel een publicatie voor")
}

// Sentences are written by whoever proposed; the guard reads them; if one is refused, none is recorded.
func TestSentencesAreWordedByTheProposer(t *testing.T) {
	b := publishing(t)
	one := b.proposed()
	words := releaseAddress(one.ID) + "/zinnen/council"
	v, before := b.visitor(), b.recorded()
	refused := v.fill(v.open(words), words, url.Values{"opening": {"Een goede zin."}, "closing": {blocked}})
	refused.says("Er is nog niets bewaard.", "Dit is een telefoonnummer.")
	if fields := standing(refused.form(words)); fields.Get("opening") != "Een goede zin." || b.recorded() != before {
		t.Errorf("came back as %v, recorded %d", fields, b.recorded()-before)
	}
	v.fill(refused, words, url.Values{"closing": {"Regel een.\r\nRegel twee."}}).says("2 van de 10 plaatsen ingevuld")
	v.fill(v.open(words), words, url.Values{"closing": {"Regel een.\r\nRegel twee."}})
	if b.recorded() != before+2 {
		t.Errorf("recorded %d sentences", b.recorded()-before)
	}
	other := b.visitorAs(seconds).open(words)
	other.says("Een goede zin.", "Alleen wie het voorstel maakte")
	if other.form(words) != nil {
		t.Error("the other coordinator can write")
	}
	if p := readProblem(t, b.say(one, "Van mij.", asSecond)); p.Code != "release-not-own-proposal" {
		t.Errorf("answered %+v", p)
	}
}

// Whoever is no coordinator is refused, and hears the same of what is there and of what is not.
func TestOnlyCoordinatorsHearOfReleases(t *testing.T) {
	b := publishing(t)
	there, absent := b.proposed().ID, uuid.New()
	worker := b.visitorAs(workers)
	for _, id := range []uuid.UUID{there, absent} {
		for _, rt := range b.releasePages() {
			path := strings.NewReplacer("{id}", id.String(), "{edition}", "council", "{file:.+}", "release.json").Replace(rt.pattern)
			if page := worker.ask(rt.method, path, url.Values{}); page.status != http.StatusForbidden {
				t.Errorf("%s %s answered %d", rt.method, path, page.status)
			}
		}
		for _, path := range []string{"/releases", "/releases/" + id.String(), "/releases/" + id.String() + "/files"} {
			if p := readProblem(t, b.get(path, asWorker)); p.Code != "coordinators-only" {
				t.Errorf("%s answered %+v", path, p)
			}
		}
		if p := readProblem(t, b.say(projections.Release{Release: release.Release{ID: id}}, "Iets.", asWorker)); p.Status != http.StatusForbidden {
			t.Errorf("wrote: %+v", p)
		}
	}
	if words := worker.open("/").words(); strings.Contains(words, "Publicaties") {
		t.Error("the menu tells a worker that there are releases")
	}
}

// A period that cannot be is refused in words, and the form comes back.
func TestAPeriodThatCannotBeIsRefused(t *testing.T) {
	b := publishing(t)
	v := b.visitor()
	form := v.open(releasesAddress)
	for period, want := range map[string]string{
		"":                "over de eerste helft van een jaar, of over het hele jaar",
		"2025-tweede":     "over de eerste helft van een jaar, of over het hele jaar",
		"x-whole-year":    "over de eerste helft van een jaar, of over het hele jaar",
		"1899-whole-year": "over de eerste helft van een jaar, of over het hele jaar",
		"2026-first-half": "Deze periode loopt tot en met 30/06/2026.",
	} {
		page := v.fill(form, releasesAddress, url.Values{"period": {period}})
		page.says("Er is nog niets bewaard.", want)
		if page.form(releasesAddress) == nil {
			t.Errorf("%q: the form did not come back", period)
		}
	}
	b.proposed()
	v.fill(form, releasesAddress, url.Values{"period": {"2025-first-half"}}).says("Er ligt al een voorstel klaar")
}

// What was not judged here is not shown and not published; it is judged when somebody asks.
func TestWhatIsNotJudgedIsNotShown(t *testing.T) {
	b := publishing(t)
	one := b.proposed()
	digest := b.digest(one)
	b.Judging.forget(harelbeke, one.ID) // as after a restart
	for _, answered := range []said{b.confirm(one, digest, asSecond), b.get("/releases/" + one.ID.String() + "/files")} {
		if p := readProblem(t, answered); p.Code != "release-not-judged" || p.Status != http.StatusConflict {
			t.Errorf("answered %+v", p)
		}
	}
	v, address := b.visitor(), releaseAddress(one.ID)
	page := v.open(address)
	page.says("De cijfers zijn nog niet nagekeken, of dat ging verloren toen het programma opnieuw startte.", "Kijk de cijfers na")
	v.fill(page, address+"/nakijken", nil)
	b.judged()
	if got := b.digest(one); got != digest {
		t.Errorf("judged again, it is %s and not %s", got, digest)
	}
}

// A year that was closed cannot be counted for a release any more: the page says so in words.
func TestAYearThatIsGoneIsSaid(t *testing.T) {
	b := publishing(t)
	b.must(b.post("/practice/close-year", `{"year": 2025}`), 200)
	one := b.proposed()
	b.visitor().open(releaseAddress(one.ID)).says("Het nazicht is mislukt.", "2025")
	told := b.must(b.get("/releases/"+one.ID.String()+"/judging"), 200)
	if told.field(t, "state") != "failed" || told.field(t, "failure") == "" {
		t.Errorf("told %s", told.body)
	}
}
