package guard_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"signaalboek/domain/guard"
)

// Whatever the disguise, a valid number is found and blocked.
func TestValidNumbersAreFoundInEveryDisguise(t *testing.T) {
	g := harelbeke()
	for name, kind := range map[string]func(*rapid.T) string{
		"national number":  func(t *rapid.T) string { return nationalNumber(t, 0) },
		"BIS number":       func(t *rapid.T) string { return nationalNumber(t, rapid.SampledFrom([]int{20, 40}).Draw(t, "sex")) },
		"account":          account,
		"payment message":  paymentMessage,
		"mobile telephone": mobile,
		"fixed telephone":  fixed,
	} {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				number := kind(t)
				before := rapid.SampledFrom([]string{"", "Het nummer is ", "Bel naar ", "(", "In 2022 noteerde de dienst "}).Draw(t, "before")
				after := rapid.SampledFrom([]string{"", ".", " en dat klopt niet.", ", zei men.", ") bij het loket"}).Draw(t, "after")
				text := before + disguise(t, number) + after
				found := g.Check(text)
				if !blocks(found, len(before), len(text)-len(after)) {
					t.Fatalf("%q: found %v", text, found)
				}
			})
		})
	}
}

// blocks reports whether something is blocked that covers most of a place. Its class is not asked for: by chance, part
// of a payment message may be a valid national number.
func blocks(found []guard.Finding, start, end int) bool {
	for _, f := range found {
		if f.Verdict == guard.Block && f.Class != guard.Together && 2*(min(f.End, end)-max(f.Start, start)) > end-start {
			return true
		}
	}
	return false
}

// The check digits of a national number, on either side of 2000, are computed here in another way than in the guard.
func nationalNumber(t *rapid.T, more int) string {
	year, month, day := rapid.IntRange(0, 99).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month"), rapid.IntRange(1, 28).Draw(t, "day")
	number := fmt.Sprintf("%02d%02d%02d%03d", year, month+more, day, rapid.IntRange(1, 998).Draw(t, "serial"))
	prefix := rapid.SampledFrom([]string{"", "2"}).Draw(t, "century")
	for check := 1; check <= 97; check++ {
		if (rest97(prefix+number)+check)%97 == 0 {
			return fmt.Sprintf("%s%02d", number, check)
		}
	}
	panic("97 numbers have every rest")
}

func account(t *rapid.T) string {
	number := rapid.StringMatching(`[0-9]{12}`).Draw(t, "account")
	for check := 2; check <= 98; check++ {
		if rest97(fmt.Sprintf("%s1114%02d", number, check)) == 1 {
			return fmt.Sprintf("BE%02d%s", check, number)
		}
	}
	panic("97 numbers have every rest")
}

func paymentMessage(t *rapid.T) string {
	number := rapid.StringMatching(`[0-9]{10}`).Draw(t, "message")
	rest := rest97(number)
	if rest == 0 {
		rest = 97
	}
	return fmt.Sprintf("%s%02d", number, rest)
}

func mobile(t *rapid.T) string { return "04" + rapid.StringMatching(`[5-9][0-9]{7}`).Draw(t, "mobile") }

func fixed(t *rapid.T) string {
	zone := rapid.SampledFrom([]string{"056", "051", "057", "050", "055", "059", "09", "02", "03"}).Draw(t, "zone")
	return (zone + rapid.StringMatching(`[1-9][0-9]{6}`).Draw(t, "subscriber"))[:9]
}

func rest97(digits string) int {
	rest := 0
	for _, d := range digits {
		rest = (rest*10 + int(d-'0')) % 97
	}
	return rest
}

var (
	dutch  = strings.Fields("nul een twee drie vier vijf zes zeven acht negen")
	french = strings.Fields("zéro un deux trois quatre cinq six sept huit neuf")
	tens   = strings.Fields("_ _ twintig dertig veertig vijftig zestig zeventig tachtig negentig")
	teens  = strings.Fields("tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien")
)

// disguise writes a number as somebody would who knows what a guard looks for.
func disguise(t *rapid.T, number string) string {
	each := func(write func(digit rune) string) string {
		var out strings.Builder
		for _, r := range number {
			if r < '0' || r > '9' {
				out.WriteRune(r)
				continue
			}
			out.WriteString(write(r))
		}
		return out.String()
	}
	row := func(zero rune) string { return each(func(r rune) string { return string(zero + r - '0') }) }
	switch rapid.IntRange(0, 9).Draw(t, "disguise") {
	case 0:
		return number
	case 1:
		between := rapid.SampledFrom([]string{" ", ".", "-", "/", " - ", "\u00a0", "_", " . "}).Draw(t, "between")
		return strings.TrimSuffix(each(func(r rune) string { return string(r) + between }), between)
	case 2:
		return each(func(r rune) string { return " " + dutch[r-'0'] })
	case 3:
		return each(func(r rune) string { return " " + french[r-'0'] })
	case 4:
		return row(rapid.SampledFrom([]rune{'０', '٠', '۰', '०', '০', '๐', '០', '𝟎', '𝟘', '𝟬'}).Draw(t, "script"))
	case 5:
		hidden := rapid.SampledFrom([]string{"\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u034f", "\u0301"}).Draw(t, "hidden")
		return each(func(r rune) string { return string(r) + hidden })
	case 6:
		return each(func(r rune) string {
			return []string{"⓪", "①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧", "⑨"}[r-'0']
		})
	case 7:
		return inPairs(number)
	case 8:
		return withLetters(number)
	default:
		size := rapid.IntRange(2, 5).Draw(t, "size")
		return inGroups(number, size, rapid.SampledFrom([]string{" ", ".", "-", "\u2009", "‑"}).Draw(t, "between"))
	}
}

// withLetters puts letters in the place of some digits that they look like.
func withLetters(number string) string {
	out := []byte(number)
	for i := 1; i < len(out); i++ {
		afterDigit := out[i-1] >= '0' && out[i-1] <= '9'
		switch {
		case afterDigit && out[i] == '0':
			out[i] = 'O'
		case afterDigit && out[i] == '1':
			out[i] = 'l'
		}
	}
	return string(out)
}

// inPairs spells the digits two by two, as numbers are read out here: "nul vier zevenennegentig".
func inPairs(number string) string {
	letters := number[:len(number)-len(strings.TrimLeft(number, "BE"))]
	digits := number[len(letters):]
	said := []string{letters}
	for ; len(digits) >= 2; digits = digits[2:] {
		a, b := digits[0]-'0', digits[1]-'0'
		switch {
		case a == 0:
			said = append(said, "nul", dutch[b])
		case a == 1:
			said = append(said, teens[b])
		case b == 0:
			said = append(said, tens[a])
		default:
			said = append(said, dutch[b]+"en"+tens[a])
		}
	}
	if digits != "" {
		said = append(said, dutch[digits[0]-'0'])
	}
	return strings.TrimSpace(strings.Join(said, " "))
}

func inGroups(number string, size int, between string) string {
	var groups []string
	for ; len(number) > size; number = number[size:] {
		groups = append(groups, number[:size])
	}
	return strings.Join(append(groups, number), between)
}

// A national number with a wrong check is asked about, not blocked.
func TestFailingCheckIsAsked(t *testing.T) {
	g := harelbeke()
	rapid.Check(t, func(t *rapid.T) {
		number := nationalNumber(t, 0)
		var wrong []string
		for last := range 10 {
			if n := fmt.Sprint(number[:10], last); !validNational(n) {
				wrong = append(wrong, n)
			}
		}
		n := rapid.SampledFrom(wrong).Draw(t, "wrong")
		found := g.Check("nummer " + n[:2] + "." + n[2:4] + "." + n[4:6] + "-" + n[6:9] + "." + n[9:])
		if len(found) != 1 || found[0].Class != guard.NationalNumber || found[0].Verdict != guard.Ask {
			t.Fatalf("%s: found %v", n, found)
		}
	})
}

// validNational reports whether the check of a national number holds, on either side of 2000.
func validNational(n string) bool {
	return (rest97(n[:9])+atoi(n[9:]))%97 == 0 || (rest97("2"+n[:9])+atoi(n[9:]))%97 == 0
}

func atoi(digits string) int {
	n := 0
	for _, d := range digits {
		n = 10*n + int(d-'0')
	}
	return n
}

// Every character by itself reads as something that reads as itself: so normalising is idempotent on every text.
func TestNormaliseIsIdempotentOnEveryCharacter(t *testing.T) {
	for r := rune(0); r <= utf8.MaxRune; r++ {
		once := guard.Normalise(string(r))
		if twice := guard.Normalise(once); twice != once {
			t.Errorf("%U reads as %q, and that as %q", r, once, twice)
		}
	}
}

// Words in lower case are never names.
func TestLowerCaseIsNeverAName(t *testing.T) {
	g := harelbeke()
	for _, split := range []string{"train", "dev"} {
		for _, n := range readCorpus(t, split) {
			for _, f := range g.Check(strings.ToLower(n.text)) {
				if f.Class == guard.Name {
					t.Errorf("%q: %s", strings.ToLower(n.text), f)
				}
			}
		}
	}
}

func FuzzCheck(f *testing.F) {
	for _, seed := range []string{
		"", "rrn 85.07.30-033.28", "BE68 5390 0754 7034", "Fatima El Amrani, 34 jaar, Zuidstraat 12 bus 3", "\xff\xfe", "J a n",
		"acht vijf nul zeven", "quatre-vingt-dix-sept", "jan punt p at gmail punt com", "١٢٣ \u200b ⓪", "٠٤٧٩ ١٢ ٣٤ ٥٦", "ﷺ ĳ ½",
	} {
		f.Add(seed, uint16(3), uint8(2))
	}
	g := harelbeke()
	f.Fuzz(func(t *testing.T, text string, at uint16, hidden uint8) {
		if len(text) > 4000 {
			return
		}
		found := g.Check(text)
		for i, finding := range found {
			if finding.Start < 0 || finding.End > len(text) || finding.Start >= finding.End {
				t.Errorf("%s in %d bytes", finding, len(text))
			}
			if utf8.ValidString(text) && !utf8.ValidString(text[finding.Start:finding.End]) {
				t.Errorf("%s cuts a character", finding)
			}
			if i > 0 && finding.Start < found[i-1].Start {
				t.Errorf("out of order: %v", found)
			}
		}
		if once := guard.Normalise(text); guard.Normalise(once) != once {
			t.Errorf("normalising twice differs: %q", once)
		}
		// A number stays found wherever something invisible is put inside it, and whatever stands around it.
		number := "85.07.30-033.28"
		place := int(at) % len(number)
		invisible := []string{"\u200b", "\u200d", "\u2060", "\u00ad", "\ufe0f", "\u0301"}[hidden%6]
		around := text + "\n\nx " + number[:place] + invisible + number[place:] + " x\n"
		if !blocks(g.Check(around), len(text)+4, len(around)-3) {
			t.Errorf("a number was hidden in %q", around)
		}
	})
}
