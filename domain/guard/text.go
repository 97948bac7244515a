package guard

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// glyph is one character as it reads, and where it stands in what was written. Several glyphs may come from one
// character (a ligature), and none from another (a zero-width space).
type glyph struct {
	r        rune // in lower case, without accents
	from, to int  // bytes of the original
	upper    bool
	foreign  bool // written in another script than Latin
	taken    bool // part of something that was found
}

// text is a text as it reads.
type text struct {
	glyphs []glyph
	words  []word
}

func read(original string) *text {
	t := &text{glyphs: make([]glyph, 0, len(original))}
	for at, r := range original {
		size := utf8.RuneLen(r)
		if r == utf8.RuneError { // also a byte that is no UTF-8, of length 1
			_, size = utf8.DecodeRuneInString(original[at:])
		}
		if r < utf8.RuneSelf {
			if r >= ' ' || r == '\n' || r == '\t' || r == '\r' {
				t.glyphs = append(t.glyphs, glyph{r: lowerASCII(r), from: at, to: at + size, upper: 'A' <= r && r <= 'Z'})
			}
			continue
		}
		foreign := unicode.IsLetter(r) && !unicode.In(r, unicode.Latin, unicode.Common)
		for _, plain := range fold(r) {
			t.glyphs = append(t.glyphs, glyph{
				r: unicode.ToLower(plain), from: at, to: at + size, upper: unicode.IsUpper(plain), foreign: foreign,
			})
		}
	}
	t.words = splitWords(t.glyphs)
	return t
}

func lowerASCII(r rune) rune {
	if 'A' <= r && r <= 'Z' {
		return r + 'a' - 'A'
	}
	return r
}

// Normalise is text as the guard reads it: compatible forms taken apart, zero-width characters and accents left out,
// letters that look like Latin ones and digits of other scripts replaced. It works on each character by itself, so that
// every place in it belongs to one in the original, and normalising twice changes nothing more.
func Normalise(text string) string {
	var out strings.Builder
	for _, r := range text {
		if r < utf8.RuneSelf {
			if r >= ' ' || r == '\n' || r == '\t' || r == '\r' {
				out.WriteRune(r)
			}
			continue
		}
		out.WriteString(fold(r))
	}
	return out.String()
}

// fold is how one character reads. Taking apart (NFKD) rather than putting together (NFKC) gives the same once accents
// are gone, and needs no neighbours.
func fold(r rune) string {
	var out strings.Builder
	for _, part := range norm.NFKD.String(string(r)) {
		out.WriteString(plain(part))
	}
	return out.String()
}

func plain(r rune) string {
	switch {
	case r < utf8.RuneSelf:
		return string(r)
	case invisible(r):
		return ""
	case unicode.Is(unicode.Zs, r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r):
		return " "
	case unicode.Is(unicode.Nd, r):
		return string('0' + digitValue(r))
	case unicode.Is(unicode.Pd, r) || r == '−' || r == '⁃':
		return "-"
	}
	if looks, ok := lookalikes[r]; ok {
		return looks
	}
	return enclosed(r)
}

// invisible reports whether r takes no place: zero-width characters, fillers, accents, variation selectors, controls.
func invisible(r rune) bool {
	switch r {
	case 'ᅟ', 'ᅠ', 'ㅤ', 'ﾠ', '⁥', '⠀':
		return true
	}
	return unicode.In(r, unicode.Cf, unicode.Cc, unicode.Mn, unicode.Me) || norm.NFKD.PropertiesString(string(r)).CCC() != 0
}

// digitValue is the value of a digit: in every script they stand in a row from zero on.
func digitValue(r rune) rune {
	for _, rows := range unicode.Nd.R16 {
		if rune(rows.Lo) <= r && r <= rune(rows.Hi) {
			return (r - rune(rows.Lo)) % 10
		}
	}
	for _, rows := range unicode.Nd.R32 {
		if rune(rows.Lo) <= r && r <= rune(rows.Hi) {
			return (r - rune(rows.Lo)) % 10
		}
	}
	return 0
}

// enclosed reads the letters and digits in circles and squares that Unicode does not take apart.
func enclosed(r rune) string {
	for _, row := range []struct{ first, last, reads rune }{
		{0x1F150, 0x1F169, 'A'}, {0x1F170, 0x1F189, 'A'}, {0x1F1E6, 0x1F1FF, 'A'},
		{0x2776, 0x277E, '1'}, {0x2780, 0x2788, '1'}, {0x278A, 0x2792, '1'}, {0x24F5, 0x24FD, '1'},
	} {
		if row.first <= r && r <= row.last {
			return string(row.reads + r - row.first)
		}
	}
	return string(r)
}

// lookalikes is what characters of other alphabets, or of ours, look like.
var lookalikes = func() map[rune]string {
	looks := map[rune]string{
		'æ': "ae", 'Æ': "AE", 'œ': "oe", 'Œ': "OE", 'ß': "ss", 'ẞ': "SS", 'þ': "th", 'Þ': "TH", '⓿': "0",
	}
	for _, pair := range [][2]string{
		{"øØłŁđĐıŧħĦɡɑɩɪʟɴʀʏᴀᴄᴅᴇᴊᴋᴍᴏᴘᴛᴜᴠᴡᴢꜱɢʜʙƒɗðÐ", "oOlLdDithHgaiilnryacdejkmoptuvwzsghbfddD"},
		{"АВЕКМНОРСТУХІЈЅԚԜҮЗГЬӀЁ", "ABEKMHOPCTYXIJSQWY3rbIE"},
		{"аеокрсухіјѕԁԛԝһӏѵмтвнгп", "aeokpcyxijsdqwhlvmtbhrn"},
		{"ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορτυχϲϳ", "ABEZHIKMNOPTYXaikvoptuxcj"},
		{"սօհոցզյԼՏՕ", "uohngqjLSO"},
		{"’‘‛ʼʹ′ˈꞌ", "''''''''"},
		{"“”„«»″", `""""""`},
		{"⁄∕÷⧸", "////"},
		{"․•·∙⋅。｡・", "........"},
		{"‚،、", ",,,"},
		{"∶ː꞉", ":::"},
		{"∗⁎✱", "***"},
		{"➕", "+"},
		{"ǀ∣│┃", "||||"},
	} {
		reads := []rune(pair[1])
		for i, r := range []rune(pair[0]) {
			looks[r] = string(reads[i])
		}
	}
	return looks
}()

// take notes that what stands from glyph first up to glyph end was found.
func (t *text) take(first, end int) {
	for i := first; i < end; i++ {
		t.glyphs[i].taken = true
	}
}

// free reports whether nothing was found yet from glyph first up to glyph end.
func (t *text) free(first, end int) bool {
	for i := first; i < end; i++ {
		if t.glyphs[i].taken {
			return false
		}
	}
	return true
}
