package domain

import "strings"

// MaxLink is the longest link that an event holds, in bytes.
const MaxLink = 500

// The refusals of links to official publications. Aggregates say At which field.
var (
	ErrLink   = Refuse(Invalid, "link-invalid")
	ErrDigest = Refuse(Invalid, "digest-invalid")
)

// CheckLink refuses with ErrLink what is not a plain web address: http or https, a host of letters, digits, dots and
// dashes, perhaps a port, and then only characters that RFC 3986 lets stand in a path, query or fragment. A user name
// or password before the host is refused: events are for ever, and a link must not carry a secret or a person.
func CheckLink(link string) error {
	rest, found := strings.CutPrefix(link, "https://")
	if !found {
		rest, found = strings.CutPrefix(link, "http://")
	}
	if !found || len(link) > MaxLink {
		return ErrLink
	}
	authority, tail := rest, ""
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		authority, tail = rest[:i], rest[i:]
	}
	if !plainAuthority(authority) || !plainTail(tail) {
		return ErrLink
	}
	return nil
}

// CheckDigest refuses with ErrDigest what is not a SHA-256 digest in 64 lower-case hexadecimal digits.
func CheckDigest(digest string) error {
	if len(digest) != 64 || strings.Trim(digest, "0123456789abcdef") != "" {
		return ErrDigest
	}
	return nil
}

func plainAuthority(authority string) bool {
	host, port, found := strings.Cut(authority, ":")
	if found && (port == "" || len(port) > 5 || strings.Trim(port, "0123456789") != "") {
		return false
	}
	for label := range strings.SplitSeq(host, ".") {
		if !plainLabel(label) {
			return false
		}
	}
	return true
}

func plainLabel(label string) bool {
	if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
		return false
	}
	for i := range len(label) {
		if c := label[i]; !letterOrDigit(c) && c != '-' {
			return false
		}
	}
	return true
}

func plainTail(tail string) bool {
	path, fragment, _ := strings.Cut(tail, "#")
	for _, part := range []string{path, fragment} {
		for i := 0; i < len(part); i++ {
			switch c := part[i]; {
			case c == '%' && i+2 < len(part) && hexDigit(part[i+1]) && hexDigit(part[i+2]):
				i += 2
			case !letterOrDigit(c) && strings.IndexByte("-._~!$&'()*+,;=:@/?", c) < 0:
				return false
			}
		}
	}
	return true
}

func letterOrDigit(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

func hexDigit(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}
