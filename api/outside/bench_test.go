package outside

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"signaalboek/domain"
)

// A published release is served in less than 5 ms: its page, its list, a file, and a bundle of a megabyte from memory.
func BenchmarkServing(b *testing.B) {
	o := open(b)
	large := make([]byte, 1<<20)
	one := &o.shop.releases[1]
	one.files.Bundle, one.Bundle = large, domain.DigestOf(large)
	for name, address := range map[string]string{
		"page": of(o.second, ""), "list": "/" + stek + "/releases.json", "file": of(o.second, "/residents/overview.html"),
		"bundle": of(o.second, ".zip"), "as-of": "/" + stek + "?as-of=2026-03-01",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				answer := httptest.NewRecorder()
				o.ServeHTTP(answer, httptest.NewRequest("GET", address, nil))
				if answer.Code != http.StatusOK {
					b.Fatal(answer.Code)
				}
				o.answered = nil
			}
		})
	}
}
