package api

import (
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/google/uuid"
)

const pickUp = `{"from": "survey", "evidence": {"setting": {"kind": "survey", "year": 2026}}, "themes": ["huisvesting"]}`

// What is wrong with a command is said in Dutch, with the right status and place, and nothing is recorded.
func TestBadInput(t *testing.T) {
	b := opened(t)
	id := b.must(b.post("/signals", pickUp), 201).field(t, "id")
	worded := "/signals/" + id + "/word"
	b.must(b.post(worded, `{"statement": "Inschrijven kan alleen online."}`), 200)
	key := with{keyHeader, uuid.NewString()}
	b.must(b.post("/signals", pickUp, key), 201)
	before := b.recorded()

	tests := map[string]struct {
		path    string
		body    string
		headers []with
		status  int
		code    string
		pointer string
	}{
		"an unknown code":         {"/signals", strings.Replace(pickUp, "huisvesting", "vakantie", 1), nil, 422, "code-unknown", "/themes/0"},
		"a day to come":           {"/signals", `{"on": "2026-03-06", ` + pickUp[1:], nil, 422, "date-in-future", "/on"},
		"a day long ago":          {"/signals", `{"on": "0206-03-01", ` + pickUp[1:], nil, 422, "date-long-ago", "/on"},
		"an unknown member":       {"/signals", `{"naam": "iemand", ` + pickUp[1:], nil, 400, "member-unknown", "/naam"},
		"unknown, deeper":         {"/signals", strings.Replace(pickUp, `"year"`, `"jaar"`, 1), nil, 400, "member-unknown", "/evidence/setting/jaar"},
		"a member in capitals":    {"/signals", `{"FROM": "survey"}`, nil, 400, "member-unknown", "/FROM"},
		"a member twice":          {"/signals", `{"from": "survey", ` + pickUp[1:], nil, 400, "member-twice", "/from"},
		"a member missing":        {"/sessions", `{"activity": "sociale-kruidenier"}`, nil, 400, "member-missing", "/present"},
		"missing, deeper":         {"/signals", strings.Replace(pickUp, `"kind": "survey", `, "", 1), nil, 400, "member-missing", "/evidence/setting/kind"},
		"null":                    {"/signals", `{"thresholds": null, ` + pickUp[1:], nil, 400, "type-wrong", "/thresholds"},
		"another type":            {"/signals", strings.Replace(pickUp, `["huisvesting"]`, `"huisvesting"`, 1), nil, 400, "type-wrong", "/themes"},
		"a number as text":        {"/sessions", `{"activity": "sociale-kruidenier", "present": "4"}`, nil, 400, "type-wrong", "/present"},
		"a fraction":              {"/sessions", `{"activity": "sociale-kruidenier", "present": 4.5}`, nil, 400, "form-wrong", "/present"},
		"a day that is none":      {"/signals", `{"on": "gisteren", ` + pickUp[1:], nil, 400, "form-wrong", "/on"},
		"an empty day":            {"/signals", `{"on": "", ` + pickUp[1:], nil, 400, "form-wrong", "/on"},
		"an empty day to come":    {"/signals/" + id + "/park", `{"reason": "Later.", "until": ""}`, nil, 400, "form-wrong", "/until"},
		"a card that is none":     {"/contacts", `{"activity": "huisbezoek", "card": "rode fiets"}`, nil, 400, "form-wrong", "/card"},
		"malformed JSON":          {"/signals", pickUp[:len(pickUp)-1], nil, 400, "json-malformed", ""},
		"bytes after the end":     {"/signals", pickUp + "x", nil, 400, "json-malformed", ""},
		"two bodies":              {"/signals", pickUp + pickUp, nil, 400, "json-malformed", ""},
		"no body":                 {"/signals", "", nil, 400, "json-malformed", ""},
		"a list":                  {"/signals", "[]", nil, 400, "type-wrong", ""},
		"no UTF-8":                {worded, "{\"statement\": \"\xff\"}", nil, 400, "json-malformed", ""},
		"too large":               {"/signals", `{"on": "` + strings.Repeat("x", maxBody) + `"}`, nil, 413, "too-large", ""},
		"another content type":    {"/signals", pickUp, []with{{"Content-Type", "text/plain"}}, 415, "media-type", ""},
		"a form":                  {"/signals", "from=survey", []with{{"Content-Type", "application/x-www-form-urlencoded"}}, 415, "media-type", ""},
		"no key":                  {"/signals", pickUp, []with{{keyHeader, ""}}, 400, "idempotency-key", ""},
		"a key that is none":      {"/signals", pickUp, []with{{keyHeader, "1"}}, 400, "idempotency-key", ""},
		"the key, another body":   {"/signals", strings.Replace(pickUp, "huisvesting", "werk", 1), []with{key}, 422, "command-reused", ""},
		"a parameter":             {"/signals?dry=true", pickUp, nil, 400, "parameter-unknown", ""},
		"no such thing":           {"/signals/signal-" + uuid.NewString() + "/resume", `{}`, nil, 404, "unknown", ""},
		"another sort of thing":   {"/contacts/" + id + "/withdraw", `{"reason": "entered-twice"}`, nil, 404, "unknown", ""},
		"another's thing":         {worded, `{"statement": "Iets."}`, []with{{"Authorization", "Bearer " + theirs}}, 404, "unknown", ""},
		"a stale revision":        {worded, `{"statement": "Iets."}`, []with{{"If-Match", `"0"`}}, 412, "stale", ""},
		"no revision":             {worded, `{"statement": "Iets."}`, nil, 428, "if-match-missing", ""},
		"a revision that is none": {worded, `{"statement": "Iets."}`, []with{{"If-Match", `W/"1"`}}, 400, "if-match-wrong", ""},
		"a rule that says no":     {"/signals/" + id + "/schedule", `{"forum": "college", "inNameOf": "partnership", "through": "petition"}`, nil, 409, "signal-not-weighed", "/forum"},
		"nobody":                  {"/signals", pickUp, []with{{"Authorization", ""}}, 401, "token", ""},
		"nobody's token":          {"/signals", pickUp, []with{{"Authorization", "Bearer " + nobodys}}, 401, "token", ""},
		"an administrator":        {"/signals", pickUp, []with{{"Authorization", "Bearer " + adminsown}}, 403, "no-content", ""},
		"another site":            {"/signals", pickUp, []with{{"Sec-Fetch-Site", "cross-site"}}, 403, "forged", ""},
		"no such page":            {"/signalen", pickUp, nil, 404, "no-page", ""},
		"a card without a name":   {"/cards", `{"nickname": " "}`, nil, 422, "nickname", "/nickname"},
		"a concern to come":       {"/concerns", `{"on": "2027-01-01"}`, nil, 422, "date-in-future", "/on"},
		"a concern on no day":     {"/concerns", `{"on": ""}`, nil, 400, "form-wrong", "/on"},
		"a concern long ago":      {"/concerns", `{"on": "0206-01-01"}`, nil, 422, "date-long-ago", "/on"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			answered := b.post(tt.path, tt.body, tt.headers...)
			p := readProblem(t, answered)
			if answered.StatusCode != tt.status || p.Code != tt.code || p.Status != tt.status || p.Type != ProblemPath+tt.code {
				t.Errorf("answered %d %+v, not %d %s", answered.StatusCode, p, tt.status, tt.code)
			}
			if pointer := strings.Join(pointers(p), " "); pointer != tt.pointer {
				t.Errorf("points at %q and not at %q", pointer, tt.pointer)
			}
			if len(p.Detail) < 20 || p.Title == "" || strings.Contains(p.Detail, "{") {
				t.Errorf("says %q: %q", p.Title, p.Detail)
			}
		})
	}
	if after := b.recorded(); after != before {
		t.Errorf("%d events were recorded", after-before)
	}
}

func readProblem(t testing.TB, s said) problem {
	t.Helper()
	var p problem
	if got := s.Header.Get("Content-Type"); got != "application/problem+json" {
		t.Fatalf("answered %d with %s: %s", s.StatusCode, got, s.body)
	}
	if err := json.Unmarshal(s.body, &p, json.RejectUnknownMembers(true)); err != nil {
		t.Fatal(err)
	}
	return p
}

func pointers(p problem) (all []string) {
	for _, at := range p.Errors {
		all = append(all, at.Pointer)
	}
	return all
}

// What a question does not understand is refused, not passed over.
func TestBadQuestions(t *testing.T) {
	b := opened(t)
	tests := map[string]struct {
		path   string
		header with
		status int
		code   string
	}{
		"an unknown parameter":    {"/signals?thema=werk", with{}, 400, "parameter-unknown"},
		"a parameter twice":       {"/signals?keeper=a&keeper=b", with{}, 400, "parameter-wrong"},
		"an unknown order":        {"/signals?order=random", with{}, 400, "parameter-wrong"},
		"an unknown phase":        {"/signals?phase=klaar", with{}, 400, "parameter-wrong"},
		"a code that is none":     {"/signals?theme=Werk%20", with{}, 400, "parameter-wrong"},
		"a limit that is none":    {"/signals?limit=many", with{}, 400, "parameter-wrong"},
		"a limit too far":         {"/signals?limit=201", with{}, 400, "parameter-wrong"},
		"a day that is none":      {"/contacts?since=gisteren", with{}, 400, "parameter-wrong"},
		"half an escape":          {"/contacts?since=%2", with{}, 400, "parameter-wrong"},
		"a cursor that is none":   {"/contacts?after=verder", with{}, 422, "cursor-unknown"},
		"a moment that is none":   {"/signals?asOf=2026", with{}, 400, "parameter-wrong"},
		"a moment to come":        {"/signals?asOf=2027-01-01T00:00:00Z", with{}, 400, "as-of-future"},
		"a position that is none": {"/signals", with{positionHeader, "far"}, 400, "position-wrong"},
		"no words to look for":    {"/search", with{}, 400, "parameter-wrong"},
		"years the wrong way":     {"/figures/series?sinceYear=2026&untilYear=2020", with{}, 400, "parameter-wrong"},
		"a period backwards":      {"/contacts?since=2026-02-01&until=2026-01-31", with{}, 400, "parameter-wrong"},
		"a year and a period":     {"/figures?year=2026&since=2026-01-01", with{}, 400, "parameter-wrong"},
		"an unknown forum":        {"/forums/kerkfabriek/agenda", with{}, 404, "no-thing"},
		"no such signal":          {"/signals/signal-1", with{}, 404, "no-thing"},
		"another's practice":      {"/practice", with{"Authorization", "Bearer " + theirs}, 404, "no-thing"},
		"a picture":               {"/signals", with{"Accept", "image/png"}, 406, "accept"},
		"a whole as CSV":          {"/overview", with{"Accept", "text/csv"}, 406, "accept"},
		"anything but JSON":       {"/overview", with{"Accept", "application/json;q=0, text/*"}, 406, "accept"},
		"an administrator":        {"/signals", with{"Authorization", "Bearer " + adminsown}, 403, "no-content"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			answered := b.get(tt.path, tt.header)
			if p := readProblem(t, answered); answered.StatusCode != tt.status || p.Code != tt.code {
				t.Errorf("answered %d %s, not %d %s", answered.StatusCode, p.Code, tt.status, tt.code)
			}
		})
	}
}

// A method that an address does not know is answered with those that it does.
func TestOtherMethods(t *testing.T) {
	b := newBench(t)
	answered := b.must(b.send("DELETE", "/signals", ""), 405)
	if got := answered.Header.Get("Allow"); got != "POST, GET, HEAD" && got != "GET, HEAD, POST" {
		t.Errorf("Allow is %q", got)
	}
}

// A command that is sent again is recorded once, answered as before, and needs no If-Match that it did not need then.
func TestRepeats(t *testing.T) {
	b := opened(t)
	key, other := with{keyHeader, uuid.NewString()}, with{keyHeader, uuid.NewString()}
	first := b.must(b.post("/signals", pickUp, key), 201)
	id := first.field(t, "id")
	again := b.must(b.post("/signals", pickUp, key), 200)
	if again.field(t, "id") != id || again.field(t, "position") != first.field(t, "position") {
		t.Errorf("again: %s, first: %s", again.body, first.body)
	}
	word := `{"statement": "Inschrijven kan alleen online."}`
	b.must(b.post("/signals/"+id+"/word", word, other), 200)
	before := b.recorded()
	b.must(b.post("/signals/"+id+"/word", word, other), 200)
	if after := b.recorded(); after != before {
		t.Errorf("%d events were recorded by a repetition", after-before)
	}
}

// A stale sender is told the revision that there is now, and can go on with it.
func TestStaleTellsTheRevision(t *testing.T) {
	b := opened(t)
	made := b.must(b.post("/sessions", `{"activity": "sociale-kruidenier", "present": 4}`), 201)
	correct := "/sessions/" + made.field(t, "id") + "/correct"
	right := `{"activity": "sociale-kruidenier", "present": 5, "reason": "wrongly-entered"}`
	b.must(b.post(correct, right, with{"If-Match", `"0"`}), 200)
	stale := b.must(b.post(correct, strings.Replace(right, "5", "6", 1), with{"If-Match", `"0"`}), 412)
	b.must(b.post(correct, strings.Replace(right, "5", "6", 1), with{"If-Match", stale.Header.Get("ETag")}), 200)
}

// Refusals repeat nothing of what was sent but the place, and logs not even that.
func TestNothingLeaks(t *testing.T) {
	b := opened(t)
	const secret = "zeergeheim"
	b.post("/signals", `{"from": "`+secret+`", `+pickUp[1:])
	b.post("/signals/"+secret+"/word", `{"statement": "`+secret+`"}`)
	b.get("/search?q=" + secret)
	answered := b.post("/contacts", `{"activity": "`+secret+`!"}`)
	if strings.Contains(string(answered.body), secret) {
		t.Errorf("the answer repeats what was sent: %s", answered.body)
	}
	if strings.Contains(b.log.String(), secret) {
		t.Errorf("the log holds what was sent: %s", b.log)
	}
}
