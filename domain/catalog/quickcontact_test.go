package catalog

import (
	"reflect"
	"strings"
	"testing"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/contact"
)

var someID = uuid.MustParse("0195fd1c-7e1b-8c1f-8a3e-2b6f0c1d9e77")

// someContacts is contacts with every combination of members left out.
func someContacts() (events []contact.Registered) {
	requests := []contact.Request{
		{Themes: []domain.Code{"huisvesting"}},
		{Themes: []domain.Code{"huisvesting", "een-eigen-thema"}, Approaches: []domain.Code{"informatie", "advies"}},
		{Services: []domain.Code{"ocmw"}},
	}
	for left := range 1 << 5 {
		event := contact.Registered{Details: contact.Details{
			Activity: "straathoekwerk", Initiative: "worker", Relation: "new", Place: "street", Known: domain.Unknown,
			Recognition: domain.Sealed{Key: someID, Box: "\x00\xff sealed"}, Requests: requests[left%len(requests):],
		}}
		for n, leave := range []func(){
			func() { event.Initiative = "" }, func() { event.Relation = "" }, func() { event.Place = "" },
			func() { event.Recognition = domain.Sealed{} }, func() { event.Requests = nil },
		} {
			if left&(1<<n) != 0 {
				leave()
			}
		}
		events = append(events, event)
	}
	return events
}

func written(t testing.TB, event domain.Event) []byte {
	t.Helper()
	raw, err := Default.Encode(event)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// Whatever Encode writes of a contact is read the quick way, and as the general decoder reads it.
func TestWrittenContactsAreReadTheQuickWay(t *testing.T) {
	for _, event := range someContacts() {
		raw := written(t, event)
		if _, ok := quickRegistered(someID, raw); !ok {
			t.Errorf("read the general way: %s", raw)
		}
		agreeOnContact(t, raw)
	}
}

// What stands otherwise is read the general way, and refused there if it is wrong.
func TestOtherContactsAreReadTheGeneralWay(t *testing.T) {
	whole := string(written(t, someContacts()[0]))
	for name, raw := range map[string]string{
		"a space":           strings.Replace(whole, `,"place"`, `, "place"`, 1),
		"another order":     strings.Replace(whole, `"activity":"straathoekwerk","initiative":"worker"`, `"initiative":"worker","activity":"straathoekwerk"`, 1),
		"said twice":        strings.Replace(whole, `,"place"`, `,"activity":"street","place"`, 1),
		"an unknown member": strings.Replace(whole, `,"place"`, `,"weather":"rain","place"`, 1),
		"one at the end":    strings.Replace(whole, `]}]}`, `]}],"more":1}`, 1),
		"no code":           strings.Replace(whole, "een-eigen-thema", "Een eigen thema", 1),
		"an escape":         strings.Replace(whole, "street", `stree\u0074`, 1),
		"null":              strings.Replace(whole, `"street"`, `null`, 1),
		"an empty code":     strings.Replace(whole, `"street"`, `""`, 1),
		"a key in braces":   strings.Replace(whole, someID.String(), "{"+someID.String()+"}", 1),
		"no box":            strings.Replace(whole, someID.String()+".", someID.String()+"", 1),
		"a line in a box":   strings.Replace(whole, someID.String()+".", someID.String()+".\n", 1),
		"no requests":       whole[:strings.Index(whole, `[{`)] + `[]}`,
		"no themes":         strings.Replace(whole, `["huisvesting"]`, `[]`, 1),
		"a comma too many":  strings.Replace(whole, `]}]}`, `]},]}`, 1),
		"one in a list":     strings.Replace(whole, `["huisvesting"]`, `["huisvesting",]`, 1),
		"a comma too few":   strings.Replace(whole, `,"place"`, `"place"`, 1),
		"another sign":      strings.Replace(whole, `,"place"`, `;"place"`, 1),
		"cut short":         whole[:len(whole)-1],
		"something after":   whole + " ",
		"a list":            "[]",
		"nothing":           "",
	} {
		if raw == whole {
			t.Errorf("%s: the table changes nothing in %s", name, whole)
		}
		if event, ok := quickRegistered(someID, []byte(raw)); ok {
			t.Errorf("%s: read the quick way as %+v", name, event)
		}
		agreeOnContact(t, []byte(raw))
	}
}

// FuzzQuickContact holds the quick way against the general one: where it reads anything, both read the same.
func FuzzQuickContact(f *testing.F) {
	for _, event := range someContacts() {
		f.Add(written(f, event))
	}
	f.Add([]byte(`{}`))
	f.Fuzz(func(t *testing.T, raw []byte) { agreeOnContact(t, raw) })
}

func agreeOnContact(t *testing.T, raw []byte) {
	t.Helper()
	quick, ok := quickRegistered(someID, raw)
	if !ok {
		return
	}
	want, err := domain.SchemaOf[contact.Registered]().Decode(unmarshal, someID, raw)
	if err != nil || !reflect.DeepEqual(domain.Event(quick), want) {
		t.Errorf("the quick way reads %+v, the general way %+v, %v from %q", quick, want, err, raw)
	}
}

func BenchmarkDecodeContact(b *testing.B) {
	raw := written(b, someContacts()[0])
	general := domain.SchemaOf[contact.Registered]().Decode
	quick := Default.newest[contact.Registered{}.EventName()].Decode
	for name, decode := range map[string]func(domain.Unmarshal, domain.EventID, []byte) (domain.Event, error){
		"general": general, "quick": quick,
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := decode(unmarshal, someID, raw); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
