package api

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"signaalboek/domain"
	"signaalboek/domain/release"
	"signaalboek/domain/signal"
	"signaalboek/domain/vocabulary"
	"signaalboek/projections"
)

// commandTypes is the type of every command, by path.
func commandTypes() map[string]reflect.Type {
	types := map[string]reflect.Type{}
	addTypes(types, contactVerbs)
	addTypes(types, sessionVerbs)
	addTypes(types, focusgroepVerbs)
	addTypes(types, signalVerbs)
	addTypes(types, bundleVerbs)
	addTypes(types, recommendationVerbs)
	addTypes(types, forumVerbs)
	addTypes(types, referralVerbs)
	addTypes(types, practiceVerbs)
	addTypes(types, cardVerbs)
	addTypes(types, releaseVerbs)
	addTypes(types, foreignVerbs)
	addTypes(types, togetherVerbs)
	types["/releases/publish"] = reflect.TypeFor[publication]()
	return types
}

func addTypes[C any](types map[string]reflect.Type, verbs []verb[C]) {
	for _, v := range verbs {
		types[v.path] = reflect.TypeOf(v.command)
	}
}

// rowTypes is what a list consists of, by path; wholeTypes what any other question is answered with.
var rowTypes = map[string]any{
	"/contacts":                   projections.Contact{},
	"/help-requests/not-taken-up": projections.UntakenRequest{},
	"/sessions":                   projections.Session{},
	"/focusgroep-meetings":        projections.FocusgroepMeeting{},
	"/signals":                    projections.SignalRow{},
	"/recommendations":            projections.RecommendationRow{},
	"/forums":                     vocabulary.Forum{},
	"/forums/{forum}/meetings":    projections.ForumMeeting{},
	"/referrals":                  projections.Referral{},
	"/referrals/by-service":       projections.ServiceReferrals{},
	"/debts":                      settingDebtOf{},
	"/debts/setting":              projections.Debt{},
	"/figures":                    figureOf{},
	"/figures/years":              recordedYear{},
	"/figures/series":             seriesOf{},
	"/search":                     projections.Hit{},
	"/practice/lists":             listOf{},
	"/practice/lists/{list}":      vocabulary.Term{},
	"/practice/crosswalks":        vocabulary.Crosswalk{},
	"/cards":                      cardOf{},
	"/cards/traits":               vocabulary.Asking{},
	"/drafts":                     draftOf{},
	"/releases":                   releaseOf{},
	"/releases/together":          releaseOf{},
	"/releases/foreign":           foreignOf{},
	"/releases/{id}/files":        fileOf{},
}

var wholeTypes = map[string]any{
	"/contacts/{id}":                   projections.Contact{},
	"/sessions/{id}":                   projections.Session{},
	"/focusgroep-meetings/{id}":        projections.FocusgroepMeeting{},
	"/themes":                          projections.ThemeReport{},
	"/themes/map":                      projections.ThemeMap{},
	"/signals/{id}":                    projections.SignalRow{},
	"/signals/{id}/trajectory":         trajectoryOf{},
	"/recommendations/{id}":            projections.RecommendationRow{},
	"/recommendations/{id}/trajectory": trajectoryOf{},
	"/forums/{forum}/agenda":           projections.Agenda{},
	"/forums/{forum}/follow-up":        projections.FollowUp{},
	"/referrals/{id}":                  projections.Referral{},
	"/figures/breakdown":               projections.Breakdown{},
	"/overview":                        projections.Overview{},
	"/practice":                        projections.PracticeName{},
	"/drafts/{id}":                     draftOf{},
	"/releases/{id}":                   releaseOf{},
	"/releases/{id}/judging":           judgingOf{},
}

func theContract(t testing.TB) *openapi3.T {
	t.Helper()
	document, err := readContract()
	if err != nil {
		t.Fatal(err)
	}
	return document
}

// Every route stands in the contract, and every operation of the contract is a route.
func TestContractListsEveryRoute(t *testing.T) {
	b := newBench(t)
	served, written := map[string]bool{}, map[string]bool{}
	for _, rt := range b.routes() {
		if path, ours := strings.CutPrefix(rt.pattern, apiPath); ours {
			served[rt.method+" "+path] = true
		}
	}
	for path, item := range theContract(t).Paths.Map() {
		for method := range item.Operations() {
			written[method+" "+path] = true
		}
	}
	for _, operation := range slices.Sorted(maps.Keys(served)) {
		if !written[operation] {
			t.Errorf("%s is not in the contract", operation)
		}
	}
	for _, operation := range slices.Sorted(maps.Keys(written)) {
		if !served[operation] {
			t.Errorf("%s is in the contract and is not served", operation)
		}
	}
}

// The contract says of every command and every answer exactly which members it has, of which sort, and which must be
// there: what the types say.
func TestContractSaysWhatTheTypesSay(t *testing.T) {
	document := theContract(t)
	for path, command := range commandTypes() {
		body := document.Paths.Value(path).Post.RequestBody.Value.Content["application/json"].Schema
		compareShapes(t, "POST "+path, body, shape{"on?": "day"}.and(shapeOf(command)))
	}
	for path, p := range newBench(t).pens() {
		body := document.Paths.Value("/drafts" + path).Post.RequestBody.Value.Content["application/json"].Schema
		compareShapes(t, "POST /drafts"+path, body, shape{"on?": "day"}.and(shapeOf(p.command)))
	}
	for path, row := range rowTypes {
		list := answerSchema(t, document, path)
		compareShapes(t, "GET "+path, list.Value.Properties["items"].Value.Items, shapeOf(reflect.TypeOf(row)))
	}
	for path, one := range wholeTypes {
		compareShapes(t, "GET "+path, answerSchema(t, document, path), shapeOf(reflect.TypeOf(one)))
	}
}

func answerSchema(t *testing.T, document *openapi3.T, path string) *openapi3.SchemaRef {
	t.Helper()
	item := document.Paths.Value(path)
	if item == nil || item.Get == nil {
		t.Fatalf("GET %s is not in the contract", path)
	}
	return item.Get.Responses.Value("200").Value.Content["application/json"].Schema
}

func compareShapes(t *testing.T, where string, schema *openapi3.SchemaRef, want shape) {
	t.Helper()
	got, ok := shapeOfSchema(schema).(shape)
	if !ok {
		t.Errorf("%s: the contract has no object there", where)
		return
	}
	got.compare(t, where, want)
}

// shape is the members of an object: a word for the sort of each, or the shape of an object in it. A name that ends in
// a question mark may be left out.
type shape map[string]any

func (s shape) and(more shape) shape {
	both := maps.Clone(s)
	maps.Copy(both, more)
	return both
}

func (s shape) compare(t *testing.T, where string, want shape) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if _, there := s[name]; !there {
			t.Errorf("%s: the contract lacks %s", where, name)
		} else if got, expected := fmt.Sprint(s[name]), fmt.Sprint(want[name]); got != expected {
			t.Errorf("%s: the contract says that %s is %s and not %s", where, name, got, expected)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(s)) {
		if _, there := want[name]; !there {
			t.Errorf("%s: the contract has %s, and no type does", where, name)
		}
	}
}

func shapeOf(t reflect.Type) shape {
	members := shape{}
	for _, m := range membersOf(t) {
		name := m.name
		if m.omitzero || !m.tagged && mayBeUnsaid(m.of) {
			name += "?"
		}
		members[name] = sortOf(m.of)
	}
	return members
}

func mayBeUnsaid(t reflect.Type) bool {
	return t.Kind() == reflect.Interface || unsaid(reflect.Zero(t))
}

func sortOf(t reflect.Type) any {
	switch t {
	case reflect.TypeFor[domain.Date]():
		return "day"
	case reflect.TypeFor[time.Time]():
		return "moment"
	case reflect.TypeFor[signal.Phase]():
		return "text"
	case reflect.TypeFor[release.Period](): // which has a name besides, for refusals and addresses
		return shapeOf(t)
	}
	switch t.Kind() {
	case reflect.Interface:
		return shape{}
	case reflect.Pointer:
		return sortOf(t.Elem())
	case reflect.Slice:
		return "list of " + fmt.Sprint(sortOf(t.Elem()))
	case reflect.Map:
		return "map to " + fmt.Sprint(sortOf(t.Elem()))
	case reflect.Bool:
		return "yes or no"
	case reflect.Float64:
		return "number"
	case reflect.Int, reflect.Int64, reflect.Uint64:
		return "whole number"
	case reflect.Struct:
		if !isText(t) {
			return shapeOf(t)
		}
	}
	return "text"
}

func shapeOfSchema(ref *openapi3.SchemaRef) any {
	schema := ref.Value
	switch {
	case len(schema.AllOf) == 1:
		return shapeOfSchema(schema.AllOf[0])
	case schema.Type.Is("string") && schema.Format == "date":
		return "day"
	case schema.Type.Is("string") && schema.Format == "date-time":
		return "moment"
	case schema.Type.Is("string"):
		return "text"
	case schema.Type.Is("boolean"):
		return "yes or no"
	case schema.Type.Is("integer"):
		return "whole number"
	case schema.Type.Is("number"):
		return "number"
	case schema.Type.Is("array"):
		return "list of " + fmt.Sprint(shapeOfSchema(schema.Items))
	case schema.AdditionalProperties.Schema != nil:
		return "map to " + fmt.Sprint(shapeOfSchema(schema.AdditionalProperties.Schema))
	}
	members := shape{}
	for name, property := range schema.Properties {
		if !slices.Contains(schema.Required, name) {
			name += "?"
		}
		members[name] = shapeOfSchema(property)
	}
	return members
}
