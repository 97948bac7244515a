package api

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"
	"golang.org/x/net/html"
)

// visitor is somebody at a browser without script: opens pages, fills in the forms that stand on them, and is led on.
type visitor struct {
	*bench
	session string
}

// visitor signs a coordinator in.
func (b *bench) visitor() visitor { return b.visitorAs(ours) }

// visitorAs signs somebody in, by their token.
func (b *bench) visitorAs(token string) visitor {
	b.Helper()
	session := uuid.NewString()
	b.gate.mu.Lock()
	defer b.gate.mu.Unlock()
	b.gate.sessions[session] = b.gate.tokens[token]
	return visitor{b, session}
}

// seen is a page as a visitor sees it.
type seen struct {
	testing.TB
	status  int
	address string
	root    *html.Node
}

func (v visitor) ask(method, address string, fields url.Values) seen {
	v.Helper()
	v.catchUp()
	address, _, _ = strings.Cut(address, "#") // no browser sends it
	r := httptest.NewRequest(method, address, strings.NewReader(fields.Encode()))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r.AddCookie(&http.Cookie{Name: plainCookie, Value: v.session})
	w := httptest.NewRecorder()
	v.ServeHTTP(w, r)
	if next := w.Result().Header.Get("Location"); next != "" {
		return v.ask(http.MethodGet, next, nil)
	}
	root, err := html.Parse(w.Body)
	if err != nil {
		v.Fatal(err)
	}
	return seen{v.TB, w.Code, address, root}
}

// catchUp waits until pages show everything that was recorded, also what was not recorded through a page.
func (v visitor) catchUp() {
	v.Helper()
	end, err := v.store.End(context.Background())
	if err == nil {
		err = v.Set.Wait(context.Background(), end)
	}
	if err != nil {
		v.Fatal(err)
	}
}

// open opens a page, which must be there.
func (v visitor) open(address string) seen {
	v.Helper()
	page := v.ask(http.MethodGet, address, nil)
	if page.status != http.StatusOK {
		v.Fatalf("%s answered %d: %s\n%s", address, page.status, page.words(), v.log)
	}
	return page
}

// fill sends the form of a page that has an action, with what stands in it and what is filled in besides.
func (v visitor) fill(page seen, action string, filled url.Values) seen {
	v.Helper()
	form := page.form(action)
	if form == nil {
		v.Fatalf("%s has no form %s", page.address, action)
	}
	fields := standing(form)
	for name, values := range filled {
		fields[name] = values
	}
	return v.ask(http.MethodPost, action, fields)
}

func (p seen) form(action string) *html.Node {
	for node := range p.root.Descendants() {
		if node.Data == "form" && attribute(node, "action") == action && attribute(node, "method") == "post" {
			return node
		}
	}
	return nil
}

// standing is what a browser would send of a form that nobody touched.
func standing(form *html.Node) url.Values {
	fields := url.Values{}
	for node := range form.Descendants() {
		name := attribute(node, "name")
		switch {
		case node.Type != html.ElementNode || name == "" || node.Data == "button":
		case node.Data == "select":
			for option := range node.Descendants() {
				if has(option, "selected") {
					fields.Add(name, attribute(option, "value"))
				}
			}
		case node.Data == "textarea":
			fields.Add(name, words(node))
		case attribute(node, "type") == "checkbox", attribute(node, "type") == "radio":
			if has(node, "checked") {
				fields.Add(name, attribute(node, "value"))
			}
		default:
			fields.Add(name, attribute(node, "value"))
		}
	}
	return fields
}

// words is all that a page or a part of it says, each word after one space.
func words(root *html.Node) string {
	var all []string
	for node := range root.Descendants() {
		if node.Type == html.TextNode {
			all = append(all, strings.Fields(node.Data)...)
		}
	}
	return strings.Join(all, " ")
}

func (p seen) words() string { return words(p.root) }

// says holds that a page says sentences.
func (p seen) says(sentences ...string) {
	p.Helper()
	for _, sentence := range sentences {
		if !strings.Contains(p.words(), sentence) {
			p.Errorf("%s (%d) does not say %q:\n%s", p.address, p.status, sentence, p.words())
		}
	}
}

// link is the address of the first link that begins so.
func (p seen) link(beginning string) string {
	p.Helper()
	for node := range p.root.Descendants() {
		if href := attribute(node, "href"); node.Data == "a" && strings.HasPrefix(href, beginning) {
			return href
		}
	}
	p.Fatalf("%s has no link that begins with %s", p.address, beginning)
	return ""
}

func attribute(node *html.Node, name string) string {
	for _, a := range node.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(node *html.Node, name string) bool {
	for _, a := range node.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}
