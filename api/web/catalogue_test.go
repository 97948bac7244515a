package web

import (
	"fmt"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// markup is what every text of a page is filled with: if any of it comes out as markup, a test fails.
const markup = `<script src=x id=injected>"'&`

// filled is a body in which every list has n entries and every text holds markup.
func filled(body Body, n int) Body {
	value := reflect.New(reflect.TypeOf(body)).Elem()
	fill(value, n, 0)
	return value.Interface().(Body)
}

// deepest ends types that hold themselves.
const deepest = 12

func fill(v reflect.Value, n, depth int) {
	if depth > deepest || !v.CanSet() {
		return
	}
	switch v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(time.Date(2027, 3, 12, 9, 30, 0, 0, time.UTC)))
		return
	case domain.Date:
		v.Set(reflect.ValueOf(domain.DateOf(2027, 3, 12)))
		return
	case url.Values:
		v.Set(reflect.ValueOf(url.Values{"on": {markup}}))
		return
	case vocabulary.Book:
		v.Set(reflect.ValueOf(markedBook()))
		return
	}
	fillKind(v, n, depth)
}

func fillKind(v reflect.Value, n, depth int) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(markup)
	case reflect.Int, reflect.Int64, reflect.Int32, reflect.Int16, reflect.Int8:
		v.SetInt(int64(n))
	case reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(uint64(n))
	case reflect.Float64:
		v.SetFloat(1.5)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n, depth+1)
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n, depth+1)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range n {
			fill(v.Index(i), n, depth+1)
		}
	case reflect.Array:
		for i := range v.Len() {
			fill(v.Index(i), n, depth+1)
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		if n == 0 {
			return
		}
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(key, n, depth+1)
		fill(value, n, depth+1)
		v.SetMapIndex(key, value)
	}
}

// markedBook is a book whose labels hold markup too.
func markedBook() vocabulary.Book {
	book := vocabulary.Book{}
	for _, list := range []domain.Code{
		vocabulary.Activities, vocabulary.Themes, vocabulary.Approaches, vocabulary.Services, vocabulary.Places,
		vocabulary.Initiatives, vocabulary.Relations, vocabulary.Thresholds, vocabulary.TargetGroups,
		vocabulary.FeedbackChannels, vocabulary.Roles, vocabulary.ReportThemes, vocabulary.Phases,
	} {
		for _, code := range []domain.Code{"one", "two"} {
			book = book.WithTerm(list, vocabulary.Term{Code: code, Label: markup, Remark: markup, Aliases: []string{markup}})
		}
	}
	return book.WithForum(vocabulary.Forum{Code: "one", Label: markup, Remark: markup})
}

// samples is every page with nothing, one and many of everything.
func samples() map[string]View {
	views := map[string]View{}
	for _, body := range bodies {
		for _, n := range []int{0, 1, 3} {
			var frame Frame
			fill(reflect.ValueOf(&frame).Elem(), n, 0)
			view := View{Frame: frame, Body: filled(body, n)}
			if n == 0 {
				view.Body = body
			}
			views[fmt.Sprintf("%T with %d", body, n)] = view
		}
	}
	for _, step := range StepNames() {
		for _, n := range []int{0, 1, 3} {
			views[fmt.Sprintf("step %s with %d", step, n)] = openStep(step, n)
		}
	}
	return views
}

// openStep is a signal with the form of one step open: with nothing, one or many to choose from, and with something wrong.
func openStep(open string, n int) View {
	var frame Frame
	fill(reflect.ValueOf(&frame).Elem(), n, 0)
	var choices Choices
	fill(reflect.ValueOf(&choices).Elem(), n, 0)
	page := filled(SignalPage{}, 1).(SignalPage)
	group := StepGroup{Name: "words"}
	for i, name := range StepNames() {
		form := NewForm("/signalen/1/"+name, domain.CommandID{byte(i), byte(i + 1)}).With("on", markup)
		group.Steps = append(group.Steps, StepForm{
			Name: name, Form: form.Refused("/on", markup).Refused("/evidence/setting/kind", markup).Placed(), Choices: &choices,
			Open: name == open, Href: markup,
		})
	}
	page.Groups = []StepGroup{group}
	return View{Frame: frame, Body: page}
}

func TestEveryPageIsListed(t *testing.T) {
	listed := map[string]bool{}
	for _, body := range bodies {
		if listed[body.page()] {
			t.Errorf("%s is listed twice", body.page())
		}
		listed[body.page()] = true
	}
	for name := range templates {
		if !listed[name] {
			t.Errorf("pages/%s.html belongs to no body in bodies", name)
		}
	}
}

func TestEveryPageHolds(t *testing.T) {
	for name, view := range samples() {
		t.Run(name, func(t *testing.T) {
			page, err := render(view)
			if err != nil {
				t.Fatal(err)
			}
			root, err := html.Parse(strings.NewReader(string(page)))
			if err != nil {
				t.Fatal(err)
			}
			checkPage(t, gather(root))
			if len(page) > mostBytes {
				t.Errorf("the page is %d bytes long", len(page))
			}
			if strings.Contains(string(page), "ZgotmplZ") {
				t.Error("the template engine found an unsafe value")
			}
		})
	}
}

// mostBytes is how long a page may be, before it is packed: on the street it comes over a phone.
const mostBytes = 100_000

// found is the elements of a page, and its ids.
type found struct {
	elements []*html.Node
	ids      map[string]int
	labelled map[string]bool // ids that a label is for
}

func gather(root *html.Node) found {
	f := found{ids: map[string]int{}, labelled: map[string]bool{}}
	for node := range root.Descendants() {
		if node.Type != html.ElementNode {
			continue
		}
		f.elements = append(f.elements, node)
		if id, ok := attribute(node, "id"); ok {
			f.ids[id]++
		}
		if target, ok := attribute(node, "for"); ok && node.Data == "label" {
			f.labelled[target] = true
		}
	}
	return f
}

func attribute(node *html.Node, name string) (string, bool) {
	for _, a := range node.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

func checkPage(t *testing.T, f found) {
	t.Helper()
	counts := map[string]int{}
	for _, node := range f.elements {
		counts[node.Data]++
		checkElement(t, node, f)
	}
	for name, want := range map[string]int{"h1": 1, "main": 1, "style": 0, "script": 1, "iframe": 0} {
		if counts[name] != want {
			t.Errorf("%d × <%s>, want %d", counts[name], name, want)
		}
	}
	for id, n := range f.ids {
		if n > 1 && !strings.Contains(id, "injected") && !strings.Contains(id, "script") {
			t.Errorf("id %q stands %d times", id, n)
		}
	}
}

func checkElement(t *testing.T, node *html.Node, f found) {
	t.Helper()
	for _, a := range node.Attr {
		if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
			t.Errorf("<%s> has an inline %s", node.Data, a.Key)
		}
	}
	switch node.Data {
	case "html":
		if lang, _ := attribute(node, "lang"); lang != "nl-BE" {
			t.Error("the page does not say its language")
		}
	case "input", "select", "textarea":
		checkLabel(t, node, f)
	case "svg":
		checkDrawing(t, node)
	case "title":
		if node.FirstChild == nil {
			t.Error("an empty title")
		}
	}
}

func checkLabel(t *testing.T, node *html.Node, f found) {
	t.Helper()
	if kind, _ := attribute(node, "type"); kind == "hidden" {
		return
	}
	id, _ := attribute(node, "id")
	if _, named := attribute(node, "aria-label"); !named && !f.labelled[id] {
		name, _ := attribute(node, "name")
		t.Errorf("<%s name=%q> has no label", node.Data, name)
	}
}

func checkDrawing(t *testing.T, node *html.Node) {
	t.Helper()
	parts := map[string]bool{}
	for child := range node.ChildNodes() {
		parts[child.Data] = true
	}
	if role, _ := attribute(node, "role"); role != "img" || !parts["title"] || !parts["desc"] {
		t.Error("a drawing without role, title or description")
	}
}
