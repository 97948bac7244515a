package web

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"signaalboek/domain"
)

// Date writes a day as people do here: 05/03/2027. No day is a dash.
func Date(day domain.Date) string {
	if day.IsZero() {
		return "–"
	}
	return day.Time().Format("02/01/2006")
}

// shortDate is a month, where there is no room for a day.
func shortDate(day domain.Date) string { return day.Time().Format("01/2006") }

// ParseDay reads a day as a browser sends it (2027-03-05) or as people write it (05/03/2027, 5/3/2027). No text is no day.
func ParseDay(text string) (domain.Date, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return 0, nil
	}
	for _, form := range []string{time.DateOnly, "2/1/2006", "2-1-2006", "2.1.2006"} {
		if t, err := time.Parse(form, text); err == nil {
			return domain.DayOf(t), nil
		}
	}
	return 0, fmt.Errorf("day: not in a form that is known")
}

// moment writes a moment of recording.
func moment(at time.Time) string { return at.Format("02/01/2006 15:04") }

// number writes a number with a decimal comma and a space between thousands.
func number(value any) string {
	switch n := value.(type) {
	case float64:
		return strings.Replace(strconv.FormatFloat(n, 'f', -1, 64), ".", ",", 1)
	case int:
		return thousands(n)
	case int64:
		return thousands(int(n))
	}
	return fmt.Sprint(value)
}

func thousands(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0 && text[i-1] != '-'; i -= 3 {
		text = text[:i] + "\u00a0" + text[i:]
	}
	return text
}

// aside is what is said beside a sentence, in a few words each, as one line.
func aside(details []string) string {
	said := make([]string, len(details))
	for i, detail := range details {
		said[i] = strings.TrimSuffix(detail, ".")
	}
	line := strings.Join(said, " · ")
	if line == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(line)
	return string(unicode.ToUpper(first)) + line[size:]
}

// Plural chooses between the sentence for one and the sentence for any other number: "<key>.one" or "<key>.many". Each
// may say the number with %s.
func Plural(n int, key string) string {
	if n == 1 {
		return strings.Replace(T(key+".one"), "%s", number(n), 1)
	}
	return strings.Replace(T(key+".many"), "%s", number(n), 1)
}

// join is texts in one sentence: "a, b en c".
func join(parts []string) string {
	if len(parts) < 2 {
		return strings.Join(parts, "")
	}
	last := len(parts) - 1
	return strings.Join(parts[:last], ", ") + " " + T("and") + " " + parts[last]
}
