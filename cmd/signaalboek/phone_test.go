package main

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/google/uuid"
)

// mostTaps is how many taps a contact may take, on the street.
const mostTaps = 6

// phone is a browser on which every tap is counted.
type phone struct {
	*browser
	taps int
}

// tap touches what a selector finds, if it is large enough for a thumb.
func (p *phone) tap(selector string) {
	p.t.Helper()
	const size = `(() => {
		const found = document.querySelector(%q);
		if (!found) return "is not there";
		const box = (found.matches("input") ? found.parentElement : found).getBoundingClientRect();
		return box.width >= 44 && box.height >= 44 ? "" : "measures " + box.width + " by " + box.height;
	})()`
	if wrong := ask[string](p.browser, fmt.Sprintf(size, selector)); wrong != "" {
		p.t.Fatalf("%s %s\n%s", selector, wrong, p.seen())
	}
	p.browser.tap(selector)
	p.taps++
}

// send taps a button that sends the form, and waits for the page that follows.
func (p *phone) send(button, next string) {
	p.t.Helper()
	p.follow(next, func() { p.tap(button) })
}

// firstCard is the card that the form offers first.
func (p *phone) firstCard() (id, nickname string) {
	p.t.Helper()
	const card = `[...document.querySelectorAll(".person input[type=radio]")].find(input => input.value.length == 36)`
	id = ask[string](p.browser, card+`.value`)
	return id, ask[string](p.browser, card+`.nextElementSibling.innerText`)
}

// A contact with somebody who is recognised takes at most six taps on a phone, and no typing: also the first one of the day,
// when nothing is remembered. The next one takes four, and offers the card that was used last first.
func TestAContactOnThePhoneTakesAFewTaps(t *testing.T) {
	t.Parallel()
	program := launchDemo(t)
	p := &phone{browser: startBrowser(t, program.greeting)}
	p.open("/contacten/nieuw", 390)
	p.tap(`input[name="activity"][value="digipunt"]`)
	p.send(`button[value="look"]`, `input[name="activity"][value="digipunt"]:checked`)
	p.tap(`input[name="requests/0/themes"][value="werk"]`)
	p.tap(`input[name="requests/0/approaches"][value="advies"]`)
	card, nickname := p.firstCard()
	p.tap(fmt.Sprintf(`input[name="person"][value=%q]`, card))
	p.send(`.stick button[value="next"]`, ".alert")
	if p.taps > mostTaps {
		t.Errorf("the first contact of the day took %d taps", p.taps)
	}
	if !strings.Contains(p.text(".alert"), "bewaard") {
		t.Errorf("after saving: %s", p.text(".alert"))
	}

	p.taps = 0
	if again, name := p.firstCard(); again != card || name != nickname {
		t.Errorf("the form offers %s first, not %s, who came just now", name, nickname)
	}
	picture(t, p.browser)
	p.tap(`input[name="requests/0/themes"][value="nt2"]`)
	p.tap(`input[name="requests/0/approaches"][value="informatie"]`)
	p.tap(fmt.Sprintf(`input[name="person"][value=%q]`, card))
	p.send(`.stick button[value="save"]`, "dl.facts")
	if p.taps != 4 || !strings.Contains(p.text("dl.facts"), "Iemand herkend") {
		t.Errorf("the next contact took %d taps and reads %s", p.taps, p.text("dl.facts"))
	}
}

// picture keeps what the browser shows, where whoever looks at pages asks for it.
func picture(t *testing.T, b *browser) {
	t.Helper()
	path := os.Getenv("SIGNAALBOEK_PICTURE")
	if path == "" {
		return
	}
	raw, err := chromedp.Run(b, chromedp.FullScreenshot(100))
	if err == nil {
		err = os.WriteFile(path, raw, 0o600)
	}
	if err != nil {
		t.Error(err)
	}
}

// Nobody recognised is a choice in sight, and chosen from the start; at the focusgroep nothing of cards is offered.
func TestNobodyRecognisedIsAChoice(t *testing.T) {
	t.Parallel()
	program := launchDemo(t)
	p := &phone{browser: startBrowser(t, program.greeting)}
	p.open("/contacten/nieuw", 390)
	if !ask[bool](p.browser, `document.querySelector('input[name="person"][value="none"]').checked`) {
		t.Error("somebody is chosen from the start")
	}
	visible := func(selector string) bool {
		return ask[bool](p.browser, fmt.Sprintf(`document.querySelector(%q).offsetParent !== null`, selector))
	}
	if !visible(".person") || visible(".cardless") || visible(".when-new") {
		t.Error("the choice of a person is not in sight, or something else is")
	}
	p.tap(`input[name="person"][value="new"]`)
	if !visible(".when-new") {
		t.Error("a new card does not ask its nickname")
	}
	p.tap(`input[name="activity"][value="focusgroep"]`)
	if visible(".person") || !visible(".cardless") {
		t.Error("at the focusgroep cards are offered")
	}
}

// A card that is not among the last is found by a part of its nickname.
func TestACardIsFoundByItsNickname(t *testing.T) {
	t.Parallel()
	program := launchDemo(t)
	p := &phone{browser: startBrowser(t, program.greeting)}
	p.open("/contacten/nieuw?activity=huisbezoek", 390)
	p.write(`input[name="look"]`, "paarse br")
	p.send(`button[value="look"]`, ".look > [role=status]")
	if _, nickname := p.firstCard(); !strings.HasPrefix(nickname, "paarse br") {
		t.Errorf("found %q", nickname)
	}
}

// aCard is the id of one card.
func (p *program) aCard() string {
	p.t.Helper()
	var cards struct {
		Items []struct {
			ID uuid.UUID `json:"id"`
		} `json:"items"`
	}
	p.request("GET", "/api/v1/cards", nil, &cards)
	return cards.Items[0].ID.String()
}
