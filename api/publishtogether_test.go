package api

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"signaalboek/api/export"
	"signaalboek/domain"
	"signaalboek/domain/release"
	"signaalboek/projections"
)

// asOther is the coordinator of another practice.
var asOther = with{"Authorization", "Bearer " + theirs}

// worried counts so many possible concerns of last year.
func (b *bench) worried(times int) {
	b.Helper()
	for range times {
		if err := b.vault.CountConcern(b.Context(), uuid.New(), 2025); err != nil {
			b.Fatal(err)
		}
	}
}

// together is what is proposed of all practices together.
func (b *bench) together() projections.Release {
	b.Helper()
	b.visitor().catchUp()
	for _, one := range b.Set.Releases.List(release.Together) {
		if one.Phase == release.IsProposed {
			return one
		}
	}
	b.Fatal("nothing is proposed together")
	return projections.Release{}
}

// proposedTogether is a proposal of last year, of all practices together.
func (b *bench) proposedTogether() projections.Release {
	b.Helper()
	b.must(b.post("/releases/together/propose", `{"period": {"year": 2025, "part": "whole-year"}}`), 200)
	return b.together()
}

// fileIn is a file of a release as it would be published now.
func (b *bench) fileIn(one projections.Release, name string) string {
	b.Helper()
	answered := b.must(b.get("/releases/"+one.ID.String()+"/bundle"), 200)
	bundle, err := export.Read(answered.body, domain.DigestOf(answered.body))
	content, found := bundle.File(name)
	if err != nil || !found {
		b.Fatalf("no %s in %q, %v", name, namesIn(bundle), err)
	}
	return string(content)
}

// A coordinator of one practice proposes, one of another confirms, on pages; then it is out, to the byte, and shown to both.
func TestAllPracticesPublishTogether(t *testing.T) {
	b := publishing(t)
	b.worried(12)
	one, other := b.visitor(), b.visitorAs(theirs)
	one.open(releasesAddress).link(togetherAddress)
	page := one.fill(one.open(togetherAddress), togetherAddress, url.Values{"period": {"2025-whole-year"}})
	page.says("Het voorstel ligt klaar.", "het jaar 2025", "Alle praktijken samen", "De cijfers zijn nagekeken.", "Bekijk wat elke lezer ziet")
	address := releaseAddress(b.together().ID)
	if words := page.words(); strings.Contains(words, "kleine groep") || strings.Contains(words, "Cijfers van anderen") {
		t.Errorf("the page speaks of tables: %s", words)
	}
	if status := one.ask("GET", address+"/zinnen/council", nil).status; status != http.StatusNotFound {
		t.Errorf("somebody can say something in it: %d", status)
	}
	preview := other.open(address + "/voorbeeld")
	seen := other.file(preview.link(address + "/bestanden/overview.html"))
	if !strings.Contains(seen, "10 tot 19 keer") || !strings.Contains(seen, "Alle praktijken samen") {
		t.Errorf("everybody would read %s", seen)
	}
	other.fill(preview, address+"/bevestigen", nil).says("De publicatie is verschenen.")
	if got := one.file(address + "/bestanden/overview.html"); got != seen {
		t.Error("everybody reads something else than what was looked at")
	}
	one.open(togetherAddress).says("verschenen", "Er is nu geen jaar dat je kan voorstellen.")
	if list := b.Set.Releases.List(harelbeke); len(list) != 0 {
		t.Errorf("a practice published %v", list)
	}
}

// Its files hold the band, in every form, and nothing that another number could be worked out from.
func TestWhatIsPublishedTogether(t *testing.T) {
	b := publishing(t)
	b.worried(12)
	one := b.proposedTogether()
	if names := b.must(b.get("/releases/"+one.ID.String()+"/files"), 200).body; !slices.Equal(codes(b, names, `"name":"([^"]+)"`),
		[]string{"method.txt", "overview.html", "release.json", "tables/possible-concerns.csv"}) {
		t.Errorf("the files are %s", names)
	}
	for name, want := range map[string]string{
		"tables/possible-concerns.csv": "Alle praktijken samen;",
		"release.json":                 `"least": 10`,
		"method.txt":                   "Eén persoon kan meer dan één keer geteld zijn.",
	} {
		content := b.fileIn(one, name)
		if !strings.Contains(content, want) || strings.Contains(content, "12") {
			t.Errorf("%s says %s", name, content)
		}
	}
	told := b.must(b.get("/releases/"+one.ID.String()+"/judging"), 200)
	if told.field(t, "state") != "judged" || !strings.Contains(string(told.body), `"passed":true`) {
		t.Errorf("judged %s", told.body)
	}
}

// The same number gives the same files, wherever they are built. When it moves to another band before it is confirmed,
// what was looked at is not published; what moves afterwards changes nothing.
func TestANumberThatMoves(t *testing.T) {
	b := publishing(t)
	b.worried(12)
	one := b.proposedTogether()
	seen := b.digest(one)
	b.worried(1)
	if b.digest(one) != seen {
		t.Error("one more in the same band is seen")
	}
	b.worried(7)
	before := b.recorded()
	if p := readProblem(t, b.confirm(one, seen, asOther)); p.Code != "release-bundle-moved" || b.recorded() != before {
		t.Errorf("answered %+v and recorded %d", p, b.recorded()-before)
	}
	again := b.digest(one)
	b.must(b.confirm(one, again, asOther), 200)
	b.visitor().catchUp()
	b.worried(30)
	if b.digest(one) != again {
		t.Error("what is out moved")
	}
}

// Whoever proposed it does not confirm it, and of a year it is published once: also after it was withdrawn.
func TestTogetherOnceAndByTwo(t *testing.T) {
	b := publishing(t)
	one := b.proposedTogether()
	digest := b.digest(one)
	if p := readProblem(t, b.confirm(one, digest)); p.Code != "release-own-proposal" {
		t.Errorf("answered %+v", p)
	}
	b.must(b.post("/releases/together/drop", fmt.Sprintf(`{"release": %q}`, one.ID)), 200)
	one = b.proposedTogether()
	b.must(b.confirm(one, b.digest(one), asSecond), 200)
	half := `{"period": {"year": 2025, "part": "first-half"}}`
	if p := readProblem(t, b.post("/releases/together/propose", half)); p.Code != "release-together-years-only" {
		t.Errorf("answered %+v", p)
	}
	withdraw := fmt.Sprintf(`{"release": %q, "reason": "mistaken"`, one.ID)
	if p := readProblem(t, b.post("/releases/together/withdraw", withdraw+`, "motivation": "Een fout."}`)); p.Code != "release-together-wordless" {
		t.Errorf("answered %+v", p)
	}
	v, address := b.visitor(), releaseAddress(one.ID)
	page := v.open(address)
	if standing(page.form(address + "/intrekken")).Has("motivation") {
		t.Error("the page asks for words")
	}
	v.fill(page, address+"/intrekken", url.Values{"reason": {"mistaken"}}).says("De publicatie is ingetrokken.")
	if _, err := b.vault.Bundle(t.Context(), release.Together, one.ID, digest); err == nil {
		t.Error("its files are still there")
	}
	if p := readProblem(t, b.post("/releases/together/propose", `{"period": {"year": 2025, "part": "whole-year"}}`)); p.Code != "release-together-once" {
		t.Errorf("answered %+v", p)
	}
	list := b.must(b.get("/releases/together", asOther), 200).body
	if phases := codes(b, list, `"phase":"([^"]+)"`); !slices.Equal(phases, []string{"withdrawn", "dropped"}) {
		t.Errorf("listed %v", phases)
	}
}

// Nobody else than its own coordinators reach the releases of a practice by the way of all together.
func TestTogetherOpensNoOtherPractice(t *testing.T) {
	b := publishing(t)
	one := b.proposed()
	if p := readProblem(t, b.get("/releases/"+one.ID.String(), asOther)); p.Code != "release-unknown" {
		t.Errorf("answered %+v", p)
	}
	if p := readProblem(t, b.post("/releases/together/drop", fmt.Sprintf(`{"release": %q}`, one.ID))); p.Code != "release-unknown" {
		t.Errorf("answered %+v", p)
	}
	if p := readProblem(t, b.confirm(one, b.digest(one), asOther)); p.Code != "release-unknown" {
		t.Errorf("answered %+v", p)
	}
}

// The program without pages publishes it by the same hands.
func TestThePressPublishesTogether(t *testing.T) {
	b := publishing(t)
	b.worried(3)
	one := b.proposedTogether()
	meta := domain.Meta{Command: uuid.New(), Actor: uuid.New(), Practice: release.Together, On: domain.DayOf(now), At: now}
	press := Press{Ledger: b.Ledger, Vault: b.vault, Store: b.store}
	first, err := press.Publish(t.Context(), one.ID, meta)
	if err != nil || first.Events != 1 {
		t.Fatalf("%+v, %v", first, err)
	}
	b.worried(30)
	meta.At = meta.At.Add(1)
	again, err := press.Publish(t.Context(), one.ID, meta)
	if err != nil || again.Position != first.Position || !again.Repeated {
		t.Errorf("published again: %+v, %v", again, err)
	}
}

// codes is everything that a pattern finds in an answer.
func codes(b *bench, body []byte, pattern string) (all []string) {
	b.Helper()
	for _, found := range regexp.MustCompile(pattern).FindAllSubmatch(body, -1) {
		all = append(all, string(found[1]))
	}
	return all
}
