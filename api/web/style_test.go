package web

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// What stands on what, and the least contrast that WCAG 2.2 AA asks of it.
var pairs = []struct {
	front, back string
	least       float64
}{
	{"ink", "paper", 4.5}, {"ink", "sheet", 4.5}, {"ink", "shade", 4.5}, {"ink", "warm-pale", 4.5},
	{"ink", "gold-pale", 4.5}, {"ink", "leaf-pale", 4.5}, {"ink", "red-pale", 4.5},
	{"soft", "paper", 4.5}, {"soft", "sheet", 4.5}, {"soft", "shade", 4.5},
	{"warm", "paper", 4.5}, {"warm", "sheet", 4.5}, {"warm", "shade", 4.5}, {"warm-deep", "warm-pale", 4.5},
	{"warm", "leaf-pale", 4.5}, {"warm", "gold-pale", 4.5},
	{"on-warm", "warm", 4.5}, {"on-warm", "warm-deep", 4.5},
	{"leaf", "leaf-pale", 4.5}, {"gold", "gold-pale", 4.5}, {"red", "red-pale", 4.5}, {"red", "paper", 4.5}, {"red", "sheet", 4.5},
	{"edge", "paper", 3}, {"edge", "sheet", 3}, {"edge", "shade", 3}, {"red", "paper", 3},
	{"on-warm", "lane-1", 4.5}, {"on-warm", "lane-2", 4.5}, {"on-warm", "lane-3", 4.5}, {"on-warm", "lane-4", 4.5},
}

var (
	block  = regexp.MustCompile(`(?s):root \{(.*?)\}`)
	colour = regexp.MustCompile(`--([a-z0-9-]+): #([0-9a-f]{3,6});`)
)

// palettes is the colours of light, dark, high contrast, and high contrast in the dark: each on top of what it changes.
func palettes(css string) map[string]map[string]string {
	blocks := block.FindAllStringSubmatch(css, -1)
	over := func(of ...int) map[string]string {
		palette := map[string]string{}
		for _, i := range of {
			for _, found := range colour.FindAllStringSubmatch(blocks[i][1], -1) {
				palette[found[1]] = found[2]
			}
		}
		return palette
	}
	return map[string]map[string]string{
		"light": over(0), "dark": over(0, 1), "more contrast": over(0, 2), "more contrast in the dark": over(0, 1, 2, 3),
	}
}

func TestEveryColourCanBeRead(t *testing.T) {
	css := string(assets["site.css"].body)
	for name, palette := range palettes(css) {
		for _, pair := range pairs {
			got := contrast(palette[pair.front], palette[pair.back])
			if got < pair.least {
				t.Errorf("%s: %s on %s has a contrast of %.2f, want %.1f", name, pair.front, pair.back, got, pair.least)
			}
		}
	}
}

func TestTheStyleStaysSmallAndAtHome(t *testing.T) {
	css := string(assets["site.css"].body)
	if len(css) > 24<<10 {
		t.Errorf("site.css has %d bytes", len(css))
	}
	for _, away := range []string{"http:", "https:", "@import", "url("} {
		if strings.Contains(css, away) {
			t.Errorf("site.css holds %q", away)
		}
	}
}

// contrast is the ratio of WCAG between two colours, written as hexadecimal digits.
func contrast(a, b string) float64 {
	one, other := luminance(a), luminance(b)
	return (max(one, other) + .05) / (min(one, other) + .05)
}

func luminance(hex string) float64 {
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	part := func(i int) float64 {
		n, _ := strconv.ParseUint(hex[i:i+2], 16, 8) // colour matches nothing else
		c := float64(n) / 255
		if c <= .04045 {
			return c / 12.92
		}
		return math.Pow((c+.055)/1.055, 2.4)
	}
	return .2126*part(0) + .7152*part(2) + .0722*part(4)
}
