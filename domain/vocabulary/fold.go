package vocabulary

import (
	"strings"
	"unicode"

	"signaalboek/domain"
)

// Match is the term that text means: its code, its label or one of its aliases, whatever the capitals, accents and
// punctuation. A label wins from an alias; text that two terms answer to means neither. Retired terms do not answer.
func (b Book) Match(in domain.Code, text string) (domain.Code, bool) {
	var called []named
	for _, term := range b.Offered(in) {
		called = append(called, named{term.Code, term.Label, term.Aliases})
	}
	return match(called, Fold(text))
}

// MatchForum is the forum that text means, as Match for terms.
func (b Book) MatchForum(text string) (domain.Code, bool) {
	var called []named
	for _, forum := range b.forums {
		if !forum.Retired {
			called = append(called, named{forum.Code, forum.Label, forum.Aliases})
		}
	}
	return match(called, Fold(text))
}

type named struct {
	code    domain.Code
	label   string
	aliases []string
}

func match(all []named, folded string) (domain.Code, bool) {
	if folded == "" {
		return "", false
	}
	byLabel := func(n named) bool { return Fold(n.label) == folded || Fold(string(n.code)) == folded }
	if code, ok := only(all, byLabel); ok {
		return code, true
	}
	return only(all, func(n named) bool {
		for _, alias := range n.aliases {
			if Fold(alias) == folded {
				return true
			}
		}
		return false
	})
}

func only(all []named, means func(named) bool) (domain.Code, bool) {
	var found domain.Code
	for _, n := range all {
		if !means(n) {
			continue
		}
		if found != "" {
			return "", false
		}
		found = n.code
	}
	return found, found != ""
}

// Fold is text as it is compared: lower case, without the accents that Dutch and French use, and with one space for
// everything between words.
func Fold(text string) string {
	var out strings.Builder
	gap := false
	for _, r := range text {
		plain, known := unaccented[unicode.ToLower(r)]
		switch {
		case known:
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			plain = string(unicode.ToLower(r))
		case unicode.Is(unicode.Mn, r): // an accent written apart from its letter
			continue
		default:
			gap = true
			continue
		}
		if gap && out.Len() > 0 {
			out.WriteByte(' ')
		}
		gap = false
		out.WriteString(plain)
	}
	return out.String()
}

var unaccented = map[rune]string{
	'à': "a", 'á': "a", 'â': "a", 'ä': "a", 'ã': "a", 'å': "a", 'æ': "ae",
	'ç': "c", 'è': "e", 'é': "e", 'ê': "e", 'ë': "e",
	'ì': "i", 'í': "i", 'î': "i", 'ï': "i", 'ĳ': "ij", 'ñ': "n",
	'ò': "o", 'ó': "o", 'ô': "o", 'ö': "o", 'õ': "o", 'ø': "o", 'œ': "oe",
	'ù': "u", 'ú': "u", 'û': "u", 'ü': "u", 'ý': "y", 'ÿ': "y", 'ß': "ss",
}
