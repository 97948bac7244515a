package api

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/google/uuid"

	"signaalboek/domain"
)

// positionOf is the cookie of an answer that reminds of a position; nil if there is none.
func positionOf(r *http.Response) *http.Cookie {
	for _, cookie := range r.Cookies() {
		if cookie.Name == plainCookie+"-position" {
			return cookie
		}
	}
	return nil
}

// Whoever records something with a form or as a program is told where, for the questions that follow.
func TestCommandsTellTheirPosition(t *testing.T) {
	b := opened(t)
	v := b.visitor()
	session := &http.Cookie{Name: plainCookie, Value: v.session}
	form := b.browse("POST", "/focusgroep", url.Values{"command": {uuid.NewString()}, "day": {"2026-01-05"}}, session)
	command := b.must(b.post("/signals", pickUp), http.StatusCreated)
	for what, answer := range map[string]*http.Response{"a form": form, "a command": command.Response} {
		cookie, header := positionOf(answer), answer.Header.Get(positionHeader)
		if cookie == nil || header == "" || cookie.Value != header {
			t.Errorf("%s tells %q and %v", what, header, cookie)
			continue
		}
		if !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.Path != "/" || cookie.MaxAge != 120 {
			t.Errorf("%s sets %v", what, cookie)
		}
		if next := b.browse("GET", "/focusgroep", nil, session, cookie); next.StatusCode != http.StatusOK || positionOf(next) != nil {
			t.Errorf("after %s: %d %v", what, next.StatusCode, next.Cookies())
		}
	}
}

// A cookie that somebody made up, or that another log left, hinders nobody: it is ignored, and one that no log of ours
// can have reached is taken back.
func TestMadeUpPositions(t *testing.T) {
	b := opened(t)
	session := &http.Cookie{Name: plainCookie, Value: b.visitor().session}
	for value, gone := range map[string]bool{
		"":                                      false,
		"morgen":                                false,
		"-3":                                    false,
		"1.2.3":                                 false,
		"99999999999999999999999999":            false,
		"18446744073709551615":                  true,
		"18446744073709551615.1844674407370955": true,
	} {
		cookie := &http.Cookie{Name: plainCookie + "-position", Value: value}
		answer := b.browse("GET", "/signalen", nil, session, cookie)
		if answer.StatusCode != http.StatusOK {
			t.Errorf("%q: %d", value, answer.StatusCode)
		}
		if back := positionOf(answer); (back != nil && back.MaxAge < 0) != gone {
			t.Errorf("%q: taken back as %v", value, back)
		}
	}
	b.must(b.get("/signals", with{positionHeader, "morgen"}), http.StatusBadRequest)
}

// The later of header and cookie counts.
func TestHeaderAndCookie(t *testing.T) {
	b := opened(t)
	far := domain.Position{Commit: 1 << 60}
	answer := b.get("/signals", with{"Cookie", plainCookie + "-position=" + far.String()})
	b.must(answer, http.StatusOK)
	if positionOf(answer.Response) == nil {
		t.Error("the cookie was not looked at")
	}
}
