package domain_test

import (
	"net/url"
	"strings"
	"testing"

	"signaalboek/domain"
)

func TestCheckLink(t *testing.T) {
	good := []string{
		"https://harelbeke.be",
		"https://raadpleegomgeving.harelbeke.be/zittingen/2022-03-14?punt=3&x=%C3%A9#blz-4",
		"http://localhost:8080/",
		"https://www.harelbeke.be/file(1)/a,b;c=d",
		"https://AZ-az-09.be:65535/AZaz09%09%aF%Af", "https://" + strings.Repeat("x", 63) + ".be",
		"https://a.be/" + strings.Repeat("x", domain.MaxLink-len("https://a.be/")),
	}
	bad := []string{
		"", "harelbeke.be", "ftp://harelbeke.be", "HTTPS://harelbeke.be", "javascript:alert(1)", "https://",
		"https:///pad", "https://u:p@harelbeke.be/", "https://iemand@harelbeke.be", "https://harelbeke..be",
		"https://-a.be", "https://a.be:", "https://a.be:123456", "https://a.be:8x", "https://a.be/een twee",
		"https://a.be/<script>", "https://a.be/\"", "https://a.be/%zz", "https://a.be/%2", "https://a.be/#a#b",
		"https://a-.be", "https://" + strings.Repeat("x", 64) + ".be", "https://a[b.be", "https://a`b.be", "https://a{b.be",
		"https://a.be/%g0", "https://a.be/%0g", "https://a.be/%/0", "https://a.be/%0:", "https://a.be/%@0", "https://a.be/%0`",
		"https://a.be/%G0", "https://a.be/<ab", "https://a.be/" + strings.Repeat("x", domain.MaxLink-len("https://a.be/")+1),
		"https://a.be/\\b", "https://é.be/", "https://a.be/é", "https://a.be/\n", "https://[::1]/",
		"https://a.be/" + strings.Repeat("x", domain.MaxLink),
	}
	for _, link := range good {
		if err := domain.CheckLink(link); err != nil {
			t.Errorf("%q: %v", link, err)
		}
	}
	for _, link := range bad {
		if domain.CheckLink(link) == nil {
			t.Errorf("%q: taken for a link", link)
		}
	}
}

func TestCheckDigest(t *testing.T) {
	if err := domain.CheckDigest(strings.Repeat("0f", 32)); err != nil {
		t.Error(err)
	}
	for _, digest := range []string{"", "0f", strings.Repeat("0F", 32), strings.Repeat("0g", 32), strings.Repeat("0f", 33)} {
		if domain.CheckDigest(digest) == nil {
			t.Errorf("%q: taken for a digest", digest)
		}
	}
}

// Whatever is taken for a link, the standard library reads the same way: a web address with a host and nobody's name.
func FuzzCheckLink(f *testing.F) {
	f.Add("https://harelbeke.be/a?b=c#d")
	f.Add("https://a@b.be")
	f.Add("http://a.be:80/%41")
	f.Fuzz(func(t *testing.T, link string) {
		if domain.CheckLink(link) != nil {
			return
		}
		read, err := url.Parse(link)
		if err != nil {
			t.Fatalf("%q: %v", link, err)
		}
		if read.Scheme != "https" && read.Scheme != "http" || read.Hostname() == "" || read.User != nil {
			t.Fatalf("%q: read as %#v", link, read)
		}
	})
}
