package guard

// numbers finds what consists of digits: whatever stands between them, as long as it begins and ends where a group of
// digits does. What is certain is looked for before what is likely.
func numbers(s *search) {
	lettered(s)
	all := readNumbers(s.text)
	for _, sort := range []func(*search, number, window) (Class, Verdict){
		iban, national, payment, nationalFailing, company, service, telephone, companyAlone,
	} {
		for _, n := range all {
			s.slide(n, sort)
		}
	}
}

// window is some groups of a number, first up to end.
type window struct {
	first, end int
	digits     []byte
}

// The fewest and the most digits that anything has: a telephone number, and an account number in Ukraine.
const (
	leastDigits = 8
	mostDigits  = 27
)

// slide tries every window of a number, from the left, the longest first.
func (s *search) slide(n number, sort func(*search, number, window) (Class, Verdict)) {
	for first := 0; first < len(n.groups); first++ {
		start := n.groups[first].first
		end := first
		for end < len(n.groups) && n.digitsUpTo(end)-start <= mostDigits {
			end++
		}
		for ; end > first && n.digitsUpTo(end-1)-start >= leastDigits; end-- {
			w := window{first, end, n.values[start:n.digitsUpTo(end-1)]}
			from, to := n.groups[first].from, n.groups[end-1].to
			if !s.text.free(from, to) {
				continue
			}
			if class, verdict := sort(s, n, w); class == everybodys {
				s.text.take(from, to)
			} else if class != "" {
				if class == IBAN {
					from = s.text.words[n.groups[first].word-1].from
				}
				s.add(class, verdict, from, to)
				first = end - 1
				break
			}
		}
	}
}

// digitsUpTo is how many digits stand before the end of group i.
func (n number) digitsUpTo(i int) int {
	if i+1 < len(n.groups) {
		return n.groups[i+1].first
	}
	return len(n.values)
}

// shape is how many digits each group of a window has.
func (n number) shape(w window) []int {
	shape := make([]int, 0, w.end-w.first)
	for i := w.first; i < w.end; i++ {
		shape = append(shape, n.digitsUpTo(i)-n.groups[i].first)
	}
	return shape
}

// listed reports whether a window looks like figures in a row, "137, 124, 200", rather than one number.
func (n number) listed(w window) bool {
	for i := w.first + 1; i < w.end; i++ {
		if n.groups[i].listed && n.digitsUpTo(i)-n.groups[i].first >= 3 {
			return n.digitsUpTo(i-1)-n.groups[i-1].first >= 3
		}
	}
	return false
}

// even reports whether all groups are of one or two digits, as of a number that is read out; commas are for days and
// figures in a row.
func (n number) even(w window) bool {
	for i, size := range n.shape(w) {
		if size > 2 || i > 0 && n.groups[w.first+i].listed {
			return false
		}
	}
	return true
}

// laid reports whether a window is written in one of some ways, in one piece, or read out.
func (n number) laid(w window, ways ...[]int) bool {
	shape := n.shape(w)
	if len(shape) == 1 || n.even(w) {
		return true
	}
	for _, way := range ways {
		if equal(shape, way) {
			return true
		}
	}
	return false
}

func equal(a, b []int) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// value is digits as a number; they are at most eighteen.
func value(digits []byte) int64 {
	n := int64(0)
	for _, d := range digits {
		n = 10*n + int64(d)
	}
	return n
}

// national is a national or BIS number whose check holds, with or without the century.
func national(_ *search, n number, w window) (Class, Verdict) {
	digits := w.digits
	if len(digits) == 13 && (value(digits[:2]) == 19 || value(digits[:2]) == 20) {
		digits = digits[2:]
	}
	if len(digits) == 11 && !n.listed(w) && bornPlausibly(digits, 0) && checks(digits) {
		return NationalNumber, Block
	}
	return "", ""
}

// checks reports whether the last two digits are 97 less the rest modulo 97, of the number or, for who was born from
// 2000 on, of the number after a 2.
func checks(digits []byte) bool {
	number, check := value(digits[:9]), value(digits[9:])
	return check == 97-number%97 || check == 97-(2_000_000_000+number)%97
}

// bornPlausibly reports whether a number begins with a day: months are 20 or 40 higher in BIS numbers, and may be 0
// where the day of birth is not known.
func bornPlausibly(digits []byte, least int64) bool {
	month, day := value(digits[2:4]), value(digits[4:6])
	for _, more := range []int64{0, 20, 40} {
		if month >= more+least && month <= more+12 {
			return day >= least && day <= 31
		}
	}
	return false
}

// nationalFailing is what is written as a national number, but for its check: a slip of the pen.
func nationalFailing(s *search, n number, w window) (Class, Verdict) {
	if len(w.digits) != 11 || !bornPlausibly(w.digits, 1) {
		return "", ""
	}
	for _, way := range [][]int{{6, 5}, {6, 3, 2}, {2, 2, 2, 3, 2}, {2, 2, 2, 5}, {9, 2}} {
		if equal(n.shape(w), way) {
			return NationalNumber, Ask
		}
	}
	whole := w.first == 0 && w.end == len(n.groups)
	plus := s.text.before(n.groups[w.first].word) == '+'
	if whole && n.laid(w) && !dials(w.digits, plus) {
		return NationalNumber, Ask
	}
	return "", ""
}

// payment is a structured payment message, or an identity card or old account number, which have the same check: the
// last two of twelve digits are the rest modulo 97, and 97 for 0.
func payment(s *search, n number, w window) (Class, Verdict) {
	if len(w.digits) != 12 {
		return "", ""
	}
	opens, closes := s.text.before(n.groups[w.first].word), s.text.after(n.groups[w.end-1].word)
	if opens == closes && (opens == '+' || opens == '*') && n.laid(w, []int{3, 4, 5}) {
		return PaymentMessage, Block
	}
	rest := value(w.digits[:10]) % 97
	if rest == 0 {
		rest = 97
	}
	if rest != value(w.digits[10:]) || n.listed(w) {
		return "", ""
	}
	if equal(n.shape(w), []int{3, 7, 2}) {
		return Document, Block
	}
	return PaymentMessage, Block
}

// everybodys is a number that may stand in a text: it reaches no person.
const everybodys Class = "everybodys"

// service is the number of a service line, where a number begins.
func service(s *search, n number, w window) (Class, Verdict) {
	begins := w.first == 0 || n.groups[w.first].listed || !s.text.free(n.groups[w.first-1].from, n.groups[w.first-1].to)
	home := w.digits
	if len(home) > 9 && home[0] == 3 && home[1] == 2 {
		home = append([]byte{0}, home[2:]...)
	}
	if begins && len(home) == 9 && home[0] == 0 && serves(home) {
		return everybodys, ""
	}
	return "", ""
}

// serves reports whether nine digits are of a service line: 070, 078, 0800 and 090x.
func serves(digits []byte) bool {
	return digits[1] == 7 && (digits[2] == 0 || digits[2] == 8) || digits[1] == 8 && digits[2] == 0 && digits[3] == 0 ||
		digits[1] == 9 && digits[2] == 0
}

// telephone is a Belgian number of a fixed or mobile line, or a foreign one after + or 00.
func telephone(s *search, n number, w window) (Class, Verdict) {
	plus := s.text.before(n.groups[w.first].word) == '+'
	if n.listed(w) || n.beginsWithDate(s.text, w) || !dials(w.digits, plus) {
		return "", ""
	}
	return Telephone, Block
}

// dials reports whether digits reach somebody: not a service.
func dials(digits []byte, plus bool) bool {
	abroad := digits
	switch {
	case digits[0] == 0 && digits[1] == 0:
		abroad, plus = digits[2:], true
	case digits[0] == 0 && !plus:
		return dialsAtHome(digits)
	}
	if len(abroad) > 3 && abroad[0] == 3 && abroad[1] == 2 {
		home := abroad[2:]
		if home[0] != 0 {
			home = append([]byte{0}, home...)
		}
		return (plus || len(home) == 10) && dialsAtHome(home)
	}
	return plus && abroad[0] != 0 && len(abroad) >= 9 && len(abroad) <= 15
}

// dialsAtHome reports whether digits are a fixed (9) or mobile (10) number in Belgium.
func dialsAtHome(digits []byte) bool {
	switch len(digits) {
	case 10:
		return digits[1] == 4 && digits[2] >= 5
	case 9:
		return digits[0] == 0 && digits[1] != 0 && !serves(digits)
	}
	return false
}

// beginsWithDate reports whether the first groups are a day, "05/09/2022 3 gezinnen", and what follows is parted from
// it in another way.
func (n number) beginsWithDate(t *text, w window) bool {
	shape := n.shape(w)
	if len(shape) < 4 || shape[0] > 2 || shape[1] > 2 || shape[2] != 2 && shape[2] != 4 {
		return false
	}
	first := n.groups[w.first:]
	day, month := value(n.values[first[0].first:first[1].first]), value(n.values[first[1].first:first[2].first])
	apart := mark(t.gap(first[1].word))
	return day >= 1 && day <= 31 && month >= 1 && month <= 12 &&
		apart == mark(t.gap(first[2].word)) && apart != mark(t.gap(first[3].word)) && apart != ' '
}

// mark is what parts two groups: the character that is no space, if there is one.
func mark(gap []glyph) rune {
	for _, g := range gap {
		if g.r != ' ' {
			return g.r
		}
	}
	return ' '
}
