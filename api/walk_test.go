package api

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"

	"signaalboek/domain"
	"signaalboek/domain/practice"
	"signaalboek/domain/referral"
)

// step is one command of the walk. A $name in path or body stands for what an earlier step made; made names what this
// one makes. Where matching names a thing, the revision that it has now goes along.
type step struct {
	path     string
	body     string
	made     string
	matching string
	as       string // whose token goes along; ours, if none is said
}

// theWalk gives every command there is, in an order that the rules allow: a year of a practice.
var theWalk = []step{
	{path: "/practice/open", body: `{"on": "2025-01-02", "name": "Harelbeke Centrum", "defaults": "harelbeke-2022"}`},
	{path: "/practice/add-term", body: `{"list": "theme", "term": {"code": "energie", "label": "Energie", "aliases": ["verwarming"]}}`},
	{path: "/practice/relabel-term", body: `{"list": "theme", "code": "energie", "label": "Energie en water"}`, matching: "practice-harelbeke-centrum"},
	{path: "/practice/retire-term", body: `{"list": "theme", "code": "energie"}`},
	{path: "/practice/register-forum", body: `{"code": "wijkoverleg", "label": "Wijkoverleg", "kind": "overleg", "level": "stad"}`},
	{path: "/practice/change-forum", body: `{"code": "wijkoverleg", "label": "Buurtoverleg", "kind": "overleg", "level": "stad"}`, matching: "practice-harelbeke-centrum"},
	{path: "/practice/retire-forum", body: `{"code": "wijkoverleg"}`},
	{path: "/practice/set-crosswalk", body: `{"from": "theme", "to": "report-theme", "since": "2026-01-01", "pairs": [{"from": "huisvesting", "to": "$reportTheme"}]}`},
	{path: "/practice/define-figure", body: `{"code": "straatcontacten", "version": 1, "label": "Contacten op straat", "unit": "contacts", "only": ["contact-op-straat"], "fromYear": 2026, "definition": "Contacten op straat."}`},
	{path: "/practice/close-year", body: `{"year": 2025, "figures": $figures}`},

	{path: "/practice/define-figure", body: `{"code": "vrouwen", "version": 1, "label": "Vrouwen", "unit": "unique", "where": [{"trait": "gender", "classes": ["vrouw"]}], "fromYear": 2026, "definition": "Vrouwen die we herkenden."}`},
	{path: "/cards", body: `{"nickname": "rode fiets", "earlierYear": "no", "traits": [{"trait": "gender", "class": "vrouw"}]}`, made: "card"},
	{path: "/cards", body: `{"nickname": "blauwe muts"}`, made: "blue"},
	{path: "/cards/$blue/traits", body: `{"traits": [{"trait": "gender", "class": "man"}]}`},
	{path: "/contacts", body: `{"on": "2026-01-11", "activity": "huisbezoek", "card": "$blue"}`},
	{path: "/cards/merge", body: `{"keep": "$card", "other": "$blue"}`},
	{path: "/concerns", body: `{}`},
	{path: "/contacts", body: `{"on": "2026-01-12", "activity": "huisbezoek", "known": "yes", "card": "$card", "requests": [{"themes": ["huisvesting"], "approaches": ["opgepikt-als-signaal"], "services": ["huis-van-welzijn"]}]}`, made: "contact"},
	{path: "/contacts", body: `{"activity": "contact-op-straat"}`, made: "second"},
	{path: "/contacts/$second/correct", body: `{"activity": "contact-op-straat", "requests": [{"themes": ["werk"]}], "person": "none", "reason": "incomplete"}`, matching: "$second"},
	{path: "/contacts/$second/follow-up-request", body: `{"request": 1, "services": ["stadhuis"], "settled": true}`},
	{path: "/contacts/$second/withdraw", body: `{"reason": "entered-in-error"}`},

	{path: "/sessions", body: `{"on": "2026-01-15", "activity": "sociale-kruidenier", "present": 14}`, made: "session"},
	{path: "/sessions", body: `{"on": "2026-01-16", "activity": "sociale-kruidenier", "present": 0}`, made: "empty"},
	{path: "/sessions/$empty/correct", body: `{"on": "2026-01-16", "activity": "sociale-kruidenier", "present": 4, "reason": "wrongly-entered"}`, matching: "$empty"},
	{path: "/sessions/$empty/withdraw", body: `{"reason": "entered-twice"}`},

	{path: "/referrals", body: `{"on": "2026-01-15", "service": "stadhuis", "direction": "out", "warm": "yes", "session": "$session"}`, made: "sent"},
	{path: "/referrals/$sent/lapse", body: `{}`},
	{path: "/referrals/$sent/miss", body: `{"reason": "threshold"}`},
	{path: "/referrals/$followed/arrive", body: `{"origin": {"contact": "$contact", "request": 1, "service": "huis-van-welzijn"}}`},
	{path: "/referrals/$followed/complete", body: `{"origin": {"contact": "$contact", "request": 1, "service": "huis-van-welzijn"}, "result": "waiting-list"}`},

	{path: "/focusgroep-meetings", body: `{"on": "2026-01-05", "day": "2026-01-20", "place": "De Stek"}`, made: "focusgroep"},
	{path: "/focusgroep-meetings", body: `{"on": "2026-01-05", "day": "2026-01-13"}`, made: "snowedin"},
	{path: "/focusgroep-meetings/$snowedin/cancel", body: `{}`},
	{path: "/focusgroep-meetings/$focusgroep/hold", body: `{"on": "2026-01-20", "present": 9, "newcomers": 2}`},
	{path: "/focusgroep-meetings/$focusgroep/discuss-theme", body: `{"on": "2026-01-20", "theme": "huisvesting", "weight": 4}`},
	{path: "/focusgroep-meetings/$focusgroep/close", body: `{}`},

	{path: "/signals", body: `{"on": "2026-01-20", "from": "help-request", "evidence": {"setting": {"kind": "activity", "code": "huisbezoek", "year": 2026}, "contact": "$contact", "request": 1}, "themes": ["huisvesting"]}`, made: "signal"},
	{path: "/signals", body: `{"on": "2026-01-20", "from": "focusgroep", "evidence": {"setting": {"kind": "focusgroep", "stream": "$focusgroep"}}, "themes": ["huisvesting"]}`, made: "other"},
	{path: "/signals", body: `{"from": "session", "evidence": {"setting": {"kind": "session", "stream": "$session"}}, "themes": ["werk"]}`, made: "broad"},
	{path: "/signals", body: `{"from": "volunteer", "evidence": {"setting": {"kind": "volunteers", "year": 2026}}, "themes": ["werk"]}`, made: "part"},
	{path: "/signals", body: `{"from": "survey", "evidence": {"setting": {"kind": "survey", "year": 2026}}, "themes": ["werk"]}`, made: "rest"},
	{path: "/signals/$signal/note", body: `{"on": "2026-01-21", "wording": "Wie een huurwoning zoekt, moet alles online doen."}`},
	{path: "/signals/$signal/link-evidence", body: `{"on": "2026-01-21", "evidence": {"setting": {"kind": "session", "stream": "$session"}}}`},
	{path: "/signals/$signal/word", body: `{"on": "2026-01-22", "statement": "Een huurwoning zoeken kan alleen nog online."}`},
	{path: "/signals/$signal/word", body: `{"on": "2026-01-22", "statement": "Inschrijven voor een sociale huurwoning kan alleen online."}`, matching: "$signal"},
	{path: "/signals/$signal/weigh", body: `{"on": "2026-01-23", "structural": true, "recurring": true, "beyondOnePerson": true, "needsOthers": true, "reason": "Velen haken af."}`},
	{path: "/signals/$signal/name-keeper", body: `{"on": "2026-01-23", "role": "coordinator"}`},
	{path: "/bundles/bundle", body: `{"on": "2026-01-24", "signals": ["$other"], "into": "$signal"}`},
	{path: "/bundles/unbundle", body: `{"on": "2026-01-24", "signal": "$other"}`},
	{path: "/bundles/split", body: `{"signal": "$broad", "into": ["$part", "$rest"]}`},
	{path: "/signals/$signal/recognise", body: `{"on": "2026-01-24", "meeting": "$focusgroep", "howMany": "most"}`},
	{path: "/signals/$signal/refuse-mandate", body: `{"on": "2026-01-24", "meeting": "$focusgroep"}`},
	{path: "/signals/$signal/ask-other-wording", body: `{"on": "2026-01-24", "meeting": "$focusgroep"}`},
	{path: "/signals/$signal/word", body: `{"on": "2026-01-25", "statement": "Wie geen computer heeft, raakt niet ingeschreven voor een sociale huurwoning."}`, matching: "$signal"},
	{path: "/signals/$signal/give-mandate", body: `{"on": "2026-01-25", "meeting": "$focusgroep"}`},
	{path: "/signals/$signal/schedule", body: `{"on": "2026-01-26", "forum": "departementsoverleg", "inNameOf": "partnership", "through": "own-item"}`},
	{path: "/signals/$signal/unschedule", body: `{"on": "2026-01-26", "forum": "departementsoverleg"}`},
	{path: "/signals/$signal/schedule", body: `{"on": "2026-01-26", "forum": "team-opstap", "meeting": "2026-02-03", "inNameOf": "partnership", "through": "own-item"}`},
	{path: "/forums/team-opstap/plan-meeting", body: `{"on": "2026-01-26", "day": "2026-02-03"}`},
	{path: "/forums/team-opstap/plan-meeting", body: `{"on": "2026-01-26", "day": "2026-04-07"}`},
	{path: "/forums/team-opstap/hold-meeting", body: `{"on": "2026-02-03", "meeting": "$held"}`},
	{path: "/forums/team-opstap/cancel-meeting", body: `{"meeting": "$planned"}`},
	{path: "/forums/team-opstap/link-documents", body: `{"meeting": "$held", "documents": [{"kind": "minutes", "uri": "https://example.org/verslag.pdf", "page": 2}]}`},
	{path: "/signals/$signal/go-unanswered", body: `{"on": "2026-02-03", "forum": "team-opstap", "since": "2026-02-01"}`},
	{path: "/signals/$signal/discuss", body: `{"on": "2026-02-03", "forum": "team-opstap", "outcome": "promised", "broughtBy": "both", "motivation": "Herkenbaar.", "promise": "Een inschrijfmoment op papier.", "promiseBy": "2026-02-20"}`},
	{path: "/signals/$signal/discuss", body: `{"on": "2026-02-03", "forum": "team-opstap", "outcome": "promised", "broughtBy": "workers", "promise": "Een tweede moment."}`},
	{path: "/signals/$signal/keep-promise", body: `{"on": "2026-02-20", "promise": 1}`},
	{path: "/signals/$signal/break-promise", body: `{"on": "2026-02-20", "promise": 2}`},
	{path: "/signals/$signal/decide", body: `{"on": "2026-02-21", "forum": "team-opstap", "verdict": "partly", "motivation": "Voor een jaar.", "reference": {"uri": "https://example.org/besluit"}}`},
	{path: "/signals/$signal/take-public-action", body: `{"on": "2026-02-22", "action": "testimony", "what": "Een getuigenis op de nieuwjaarsreceptie."}`},
	{path: "/signals/$signal/carry-out", body: `{"on": "2026-02-23", "what": "Elke dinsdag kan inschrijven op papier."}`},
	{path: "/signals/$signal/answer-by-own-offer", body: `{"on": "2026-02-23", "what": "Hulp bij het inschrijven in De Stek."}`},
	{path: "/signals/$signal/feed-back", body: `{"on": "2026-02-24", "setting": {"kind": "session", "stream": "$session"}, "channel": "activiteit", "present": 12, "toldWhat": "Wat beslist is."}`},
	{path: "/signals/$signal/hear-reaction", body: `{"on": "2026-02-24", "setting": {"kind": "session", "stream": "$session"}, "reaction": "recognised"}`},

	{path: "/recommendations", body: `{"on": "2026-02-25", "text": "Inschrijven kan altijd ook op papier.", "answers": ["$signal"], "madeBy": "team"}`, made: "proposal"},
	{path: "/recommendations/$proposal/reword", body: `{"on": "2026-02-25", "text": "Elke inschrijving kan ook op papier."}`, matching: "$proposal"},
	{path: "/recommendations/$proposal/adopt", body: `{"on": "2026-02-25", "meeting": "$focusgroep"}`},
	{path: "/recommendations/$proposal/schedule", body: `{"on": "2026-02-25", "forum": "huis-van-het-kind", "inNameOf": "own-organisation", "through": "own-item"}`},
	{path: "/recommendations/$proposal/unschedule", body: `{"on": "2026-02-25", "forum": "huis-van-het-kind"}`},
	{path: "/recommendations/$proposal/schedule", body: `{"on": "2026-02-25", "forum": "college", "inNameOf": "own-organisation", "through": "college-item"}`},
	{path: "/recommendations/$proposal/go-unanswered", body: `{"on": "2026-02-26", "forum": "college", "since": "2026-02-25"}`},
	{path: "/recommendations/$proposal/discuss", body: `{"on": "2026-02-26", "forum": "college", "outcome": "promised", "broughtBy": "workers", "promise": "Een proefjaar."}`},
	{path: "/recommendations/$proposal/discuss", body: `{"on": "2026-02-26", "forum": "college", "outcome": "promised", "broughtBy": "workers", "promise": "Een verslag."}`},
	{path: "/recommendations/$proposal/keep-promise", body: `{"on": "2026-02-27", "promise": 1}`},
	{path: "/recommendations/$proposal/break-promise", body: `{"on": "2026-02-27", "promise": 2}`},
	{path: "/recommendations/$proposal/decide", body: `{"on": "2026-02-27", "forum": "college", "verdict": "adopted", "motivation": "Goed voor iedereen."}`},
	{path: "/recommendations/$proposal/take-public-action", body: `{"on": "2026-02-27", "action": "press"}`},
	{path: "/recommendations/$proposal/carry-out", body: `{"on": "2026-02-28", "what": "Het staat in het reglement."}`},
	{path: "/recommendations/$proposal/feed-back", body: `{"on": "2026-02-28", "setting": {"kind": "session", "stream": "$session"}, "channel": "nieuwsbrief"}`},

	{path: "/signals/$part/park", body: `{"reason": "Eerst de zomer afwachten.", "until": "2026-09-01"}`},
	{path: "/signals/$part/resume", body: `{}`},
	{path: "/signals/$part/close", body: `{"reason": "not-a-signal"}`},
	{path: "/signals/$part/reopen", body: `{"reason": "Toch opnieuw gehoord.", "evidence": {"setting": {"kind": "partner", "code": "stadhuis"}}}`},
	{path: "/releases/propose", body: `{"period": {"year": 2024, "part": "whole-year"}}`},
	{path: "/releases/write", body: `{"release": "$release", "edition": "council", "place": "opening", "text": "Een rustig jaar."}`},
	{path: "/releases/$release/stop"},
	{path: "/releases/$release/judge"},
	{path: "/releases/publish", body: `{"release": "$release", "bundle": "$bundle"}`, as: seconds},
	{path: "/releases/withdraw", body: `{"release": "$release", "reason": "mistaken", "motivation": "Het was een oefening."}`},
	{path: "/releases/record-foreign", body: `{"period": {"year": 2024, "part": "whole-year"}, "table": "headline", "source": "caw", "document": "Het jaarverslag.", "cells": [{"measure": "unique", "least": 40, "most": 44}]}`},
	{path: "/releases/withdraw-foreign", body: `{"foreign": "$foreign", "motivation": "Dat ging over een ander jaar."}`},
	{path: "/releases/together/propose", body: `{"period": {"year": 2024, "part": "whole-year"}}`},
	{path: "/releases/together/drop", body: `{"release": "$together"}`},
	{path: "/releases/together/propose", body: `{"period": {"year": 2024, "part": "whole-year"}}`},
	{path: "/releases/publish", body: `{"release": "$together", "bundle": "$number"}`, as: seconds},
	{path: "/releases/together/withdraw", body: `{"release": "$together", "reason": "mistaken"}`},
	{path: "/releases/propose", body: `{"period": {"year": 2023, "part": "first-half"}}`},
	{path: "/releases/drop", body: `{"release": "$release", "motivation": "Liever het hele jaar."}`},
	{path: "/releases/propose", body: `{"period": {"year": 2023, "part": "whole-year"}}`},
	{path: "/releases/$release/judge"},

	{path: "/cards", body: `{"nickname": "groene jas"}`, made: "gone"},
	{path: "/erasures", body: `{"card": "$gone", "sure": true}`},
}

// theQuestions asks everything there is to ask.
var theQuestions = []string{
	"/openapi.json", "/contacts", "/contacts?activity=huisbezoek&theme=huisvesting&since=2026-01-01&until=2026-12-31&limit=1",
	"/contacts/$contact", "/help-requests/not-taken-up", "/sessions", "/sessions?activity=sociale-kruidenier", "/sessions/$session",
	"/focusgroep-meetings", "/focusgroep-meetings/$focusgroep", "/themes", "/themes?least=1&last=4", "/themes/map", "/themes/map?last=2",
	"/signals", "/signals?status=all&order=newest&theme=huisvesting&theme=werk", "/signals?phase=terugkoppelen&state=debt-ageing&next=feed-back",
	"/signals?keeper=coordinator&forum=team-opstap&owed=true", "/signals?noKeeper=true", "/signals/$signal", "/signals/$signal/trajectory",
	"/recommendations", "/recommendations?answers=$signal", "/recommendations/$proposal", "/recommendations/$proposal/trajectory",
	"/forums", "/forums/team-opstap/meetings", "/forums/team-opstap/agenda", "/forums/team-opstap/follow-up",
	"/referrals", "/referrals?direction=out&state=completed", "/referrals/by-service", "/referrals/$followed",
	"/debts", "/debts?kind=session&kind=activity&minDays=1", "/debts/setting?kind=survey&year=2026&limit=2", "/figures", "/figures?year=2025", "/figures?since=2026-01-01&until=2026-02-01",
	"/figures/years", "/figures/series", "/figures/series?sinceYear=2020&untilYear=2026", "/figures/breakdown",
	"/figures/breakdown?by=report-theme&since=2026-01-01", "/overview", "/overview?since=2026-01-01&until=2026-12-31",
	"/search?q=inschrijven", "/search?q=huurwoning&limit=1", "/practice", "/practice/lists", "/practice/lists/theme",
	"/practice/crosswalks", "/cards", "/cards?activity=huisbezoek", "/cards/traits", "/drafts",
	"/releases/together", "/releases/foreign", "/releases", "/releases/$release", "/releases/$release/judging", "/releases/$release/files", "/releases/$release/bundle",
}

// walker gives the steps of a walk, and remembers what was made.
type walker struct {
	*bench
	made map[string]string
}

var names = regexp.MustCompile(`\$[a-zA-Z]+`)

func (w *walker) named(text string) string {
	return names.ReplaceAllStringFunc(text, func(name string) string {
		value, ok := w.made[name[1:]]
		if !ok {
			w.Fatalf("nothing was made that is called %s", name)
		}
		return value
	})
}

func (w *walker) take(s step) said {
	w.Helper()
	w.lookUp(s)
	var headers []with
	if s.matching != "" {
		headers = append(headers, with{"If-Match", w.revisionOf(w.named(s.matching))})
	}
	if s.as != "" {
		headers = append(headers, with{"Authorization", "Bearer " + s.as})
	}
	answered := w.post(w.named(s.path), w.named(s.body), headers...)
	if answered.StatusCode >= 300 {
		w.Fatalf("%s %s: %d %s", s.path, w.named(s.body), answered.StatusCode, answered.body)
	}
	if s.made != "" {
		w.made[s.made] = answered.field(w, "id")
	}
	if strings.HasSuffix(s.path, "/judge") {
		w.judged()
	}
	return answered
}

func (w *walker) revisionOf(thing string) string {
	w.Helper()
	category, _, _ := strings.Cut(thing, "-")
	path := "/practice"
	if noun, ok := nounOf[category]; ok {
		path = "/" + noun + "/" + thing
	}
	return w.must(w.get(path), 200).Header.Get("ETag")
}

// lookUp finds what steps name and no step makes.
func (w *walker) lookUp(s step) {
	w.Helper()
	asked := s.path + s.body
	switch {
	case strings.Contains(asked, "$reportTheme"):
		w.made["reportTheme"] = firstCode(w, w.get("/practice/lists/report-theme").body, `"code":"([^"]+)"`)
	case strings.Contains(asked, "$figures"):
		w.made["figures"] = closing(w, w.get("/figures?year=2025").body)
	case strings.Contains(asked, "$followed"):
		w.made["followed"] = string(referral.Origin{Contact: domain.StreamID(w.made["contact"]), Request: 1, Service: "huis-van-welzijn"}.ID())
	case strings.Contains(asked, "$release"):
		w.made["release"] = firstCode(w, w.get("/releases").body, `"id":"([^"]+)"`)
		if strings.Contains(asked, "$bundle") {
			w.made["bundle"] = w.digest(w.judged())
		}
	case strings.Contains(asked, "$together"):
		w.made["together"] = firstCode(w, w.get("/releases/together").body, `"id":"([^"]+)"`)
		if strings.Contains(asked, "$number") {
			w.made["number"] = w.digest(w.together())
		}
	case strings.Contains(asked, "$foreign"):
		w.made["foreign"] = firstCode(w, w.get("/releases/foreign").body, `"id":"([^"]+)"`)
	case strings.Contains(asked, "$held"), strings.Contains(asked, "$planned"):
		body := w.get("/forums/team-opstap/meetings").body
		w.made["held"] = firstCode(w, body, `"id":"([^"]+)","forum":"team-opstap","day":"2026-02-03"`)
		w.made["planned"] = firstCode(w, body, `"id":"([^"]+)","forum":"team-opstap","day":"2026-04-07"`)
	}
}

// closing is the figures of a year as the command that closes it takes them.
func closing(t testing.TB, body []byte) string {
	t.Helper()
	var list struct {
		Items []struct {
			Figure struct {
				Code    string `json:"code"`
				Version int    `json:"version"`
			} `json:"figure"`
		} `json:"items"`
	}
	if err := json.Unmarshal(body, &list); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	var figures []practice.ClosedFigure
	for _, item := range list.Items {
		figures = append(figures, practice.ClosedFigure{Figure: domain.Code(item.Figure.Code), Version: item.Figure.Version})
	}
	raw, err := json.Marshal(figures)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func firstCode(t testing.TB, body []byte, pattern string) string {
	t.Helper()
	found := regexp.MustCompile(pattern).FindSubmatch(body)
	if found == nil {
		t.Fatalf("no %s in %s", pattern, body)
	}
	return string(found[1])
}

func walked(t testing.TB) *walker {
	t.Helper()
	w := &walker{newBench(t), map[string]string{}}
	for _, s := range theWalk {
		w.take(s)
	}
	return w
}

// One signal is picked up, worded and seen among what is open; its texts are in the clear only in the answer.
func TestFirstSlice(t *testing.T) {
	b := opened(t)
	made := b.must(b.post("/signals", `{"from": "survey", "evidence": {"setting": {"kind": "survey", "year": 2026}}, "themes": ["huisvesting"]}`), 201)
	id := made.field(t, "id")
	if got := made.Header.Get("Location"); got != "/api/v1/signals/"+id {
		t.Errorf("Location is %q", got)
	}
	b.must(b.post("/signals/"+id+"/word", `{"statement": "Inschrijven kan alleen online."}`), 200)
	list := b.must(b.get("/signals"), 200)
	if !strings.Contains(string(list.body), `"text":"Inschrijven kan alleen online."`) {
		t.Errorf("the statement is not among the open signals: %s", list.body)
	}
}

// Every command can be given and every question asked, and all of it is as the contract says.
func TestTheWholeInterface(t *testing.T) {
	w := walked(t)
	served := map[string]bool{}
	for _, s := range theWalk {
		served["POST "+generalised(s.path)] = true
	}
	for _, q := range theQuestions {
		answered := w.get(w.named(q))
		if answered.StatusCode != 200 {
			t.Errorf("%s: %d %s", q, answered.StatusCode, answered.body)
		}
		path, _, _ := strings.Cut(q, "?")
		served["GET "+generalised(path)] = true
	}
	for path := range w.pen { // see TestTheWalkInDrafts, also for what is below
		served["POST /drafts"+path] = true
	}
	served["GET /drafts/{id}"], served["POST /drafts/{id}/confirm"], served["POST /drafts/{id}/drop"] = true, true, true
	served["GET /releases/{id}/proof"] = true // see TestAProofIsGivenAway
	for path, item := range theContract(t).Paths.Map() {
		for method := range item.Operations() {
			if !served[method+" "+path] {
				t.Errorf("no test gives %s %s", method, path)
			}
		}
	}
}

// generalised is the pattern of a path.
func generalised(path string) string {
	path = names.ReplaceAllString(path, "{id}")
	path = strings.Replace(path, "/forums/team-opstap/", "/forums/{forum}/", 1)
	return strings.Replace(path, "/practice/lists/theme", "/practice/lists/{list}", 1)
}

// Every question but those for cards, drafts, what is built of a release and the contract can be asked of the past, and
// the past holds less.
func TestAsOf(t *testing.T) {
	w := walked(t)
	for _, q := range theQuestions {
		path := w.named(q)
		if strings.HasPrefix(path, "/cards") || path == "/drafts" || path == "/openapi.json" || strings.HasPrefix(q, "/releases/$release/") {
			continue
		}
		joint := "?"
		if strings.Contains(path, "?") {
			joint = "&"
		}
		w.must(w.get(path+joint+"asOf=2026-03-04T23:30:00Z"), 200)
	}
	before := w.must(w.get("/signals?asOf=2026-03-04T23:29:59Z"), 200)
	if got := strings.TrimSpace(string(before.body)); got != `{"items":[]}` {
		t.Errorf("before anything was recorded there was %s", got)
	}
	w.must(w.get("/signals?asOf=2026-03-04T23:30:01Z"), 400)
}

// Every list can be had as CSV, with a header even when it is empty.
func TestEveryListAsCSV(t *testing.T) {
	w := walked(t)
	for _, path := range slices.Sorted(maps.Keys(rowTypes)) {
		asked := strings.NewReplacer("{forum}", "team-opstap", "{list}", "theme", "{id}", w.made["release"]).Replace(path)
		if path == "/search" {
			asked += "?q=inschrijven"
		}
		if path == "/debts/setting" {
			asked += "?kind=survey&year=2026"
		}
		answered := w.must(w.get(asked, with{"Accept", "text/csv"}), 200)
		header, _, _ := strings.Cut(string(answered.body), "\n")
		if !strings.HasPrefix(answered.Header.Get("Content-Type"), "text/csv") || header == "" || strings.Contains(header, "{") {
			t.Errorf("%s: %s, header %q", asked, answered.Header.Get("Content-Type"), header)
		}
	}
}
