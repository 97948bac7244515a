package api

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// A page is packed for whoever unpacks it; but not for another site, and not when packing is worth nothing.
func TestAnswersArePacked(t *testing.T) {
	v := opened(t).visitor()
	style := v.open("/").root
	tests := map[string]struct {
		path   string
		header http.Header
		packed bool
	}{
		"a page":              {"/signalen", http.Header{"Accept-Encoding": {"gzip, br"}}, true},
		"the style":           {stylesheet(seen{root: style}), http.Header{"Accept-Encoding": {"gzip"}}, true},
		"from our own page":   {"/signalen", http.Header{"Accept-Encoding": {"gzip"}, "Sec-Fetch-Site": {"same-origin"}}, true},
		"from another site":   {"/signalen", http.Header{"Accept-Encoding": {"gzip"}, "Sec-Fetch-Site": {"cross-site"}}, false},
		"who does not unpack": {"/signalen", http.Header{"Accept-Encoding": {"br"}}, false},
		"who refuses to":      {"/signalen", http.Header{"Accept-Encoding": {"gzip;q=0"}}, false},
		"who says nothing":    {"/signalen", nil, false},
		"two letters":         {"/livez", http.Header{"Accept-Encoding": {"gzip"}}, false},
		"the contract":        {contractPath, http.Header{"Accept-Encoding": {"gzip"}}, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			plain, answer := v.fetch(test.path, nil), v.fetch(test.path, test.header)
			if packed := answer.Header.Get("Content-Encoding") == "gzip"; packed != test.packed {
				t.Fatalf("packed: %t", packed)
			}
			body := io.Reader(answer.Body)
			if test.packed {
				if answer.Header.Get("Content-Length") != "" || !strings.Contains(answer.Header.Get("Vary"), "Accept-Encoding") {
					t.Errorf("headers are %v", answer.Header)
				}
				body, _ = gzip.NewReader(answer.Body)
			}
			want, _ := io.ReadAll(plain.Body)
			if got, err := io.ReadAll(body); err != nil || len(got) != len(want) || len(want) == 0 {
				t.Errorf("%d bytes came out, not %d: %v", len(got), len(want), err)
			}
		})
	}
}

// An ETag is of the bytes that it came with: packed, they would be others.
func TestWhatHasATagIsNotPacked(t *testing.T) {
	if packable(http.Header{"Content-Type": {"application/json"}, "Etag": {`"3"`}}) {
		t.Error("an answer with a tag may be packed")
	}
}

// fetch asks for an address as it is, with headers.
func (v visitor) fetch(address string, header http.Header) *http.Response {
	v.Helper()
	r := httptest.NewRequest(http.MethodGet, address, nil)
	for name, values := range header {
		r.Header[name] = values
	}
	r.AddCookie(&http.Cookie{Name: plainCookie, Value: v.session})
	w := httptest.NewRecorder()
	v.ServeHTTP(w, r)
	return w.Result()
}

func stylesheet(page seen) string {
	for node := range page.root.Descendants() {
		if node.Data == "link" && attribute(node, "rel") == "stylesheet" {
			return attribute(node, "href")
		}
	}
	return ""
}
