package api

import (
	"compress/gzip"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// packer sends an answer packed to whoever can unpack it: on the street a page comes over a phone.
//
// The length of a packed answer tells a little of what is in it, even over https: somebody who can watch the line, and
// can make a browser ask for pages with words of their own, could guess at the rest. So what a page of another site asks
// for goes as it is.
type packer struct {
	http.ResponseWriter
	wanted  bool // the asker unpacks, and no other site asked
	decided bool
	packing *gzip.Writer // none: it goes as it is
}

// leastPacked is how long an answer is before packing it is worth anything, in bytes.
const leastPacked = 1000

// packs is the kinds of content that become shorter.
var packs = map[string]bool{
	"text/html": true, "text/css": true, "text/javascript": true, "text/csv": true, "image/svg+xml": true,
	"application/json": true,
}

var gzips = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}

func newPacker(w http.ResponseWriter, r *http.Request) *packer {
	wants := readAccept(strings.Join(r.Header.Values("Accept-Encoding"), ","))
	return &packer{ResponseWriter: w, wanted: wants["gzip"] > 0 && r.Header.Get("Sec-Fetch-Site") != "cross-site"}
}

// WriteHeader implements http.ResponseWriter: here it is decided whether the answer is packed.
func (p *packer) WriteHeader(status int) {
	if header := p.Header(); !p.decided && packable(header) {
		header.Add("Vary", "Accept-Encoding, Sec-Fetch-Site")
		if p.wanted {
			header.Set("Content-Encoding", "gzip")
			header.Del("Content-Length")
			p.packing = gzips.Get().(*gzip.Writer)
			p.packing.Reset(p.ResponseWriter)
		}
	}
	p.decided = true
	p.ResponseWriter.WriteHeader(status)
}

// packable reports whether an answer with these headers may be packed. One with an ETag may not: the tag is of its bytes.
func packable(header http.Header) bool {
	kind, _, err := mime.ParseMediaType(header.Get("Content-Type"))
	if length, known := strconv.Atoi(header.Get("Content-Length")); known == nil && length < leastPacked {
		return false
	}
	return err == nil && packs[kind] && header.Get("ETag") == ""
}

// Write implements http.ResponseWriter.
func (p *packer) Write(content []byte) (int, error) {
	if !p.decided {
		p.WriteHeader(http.StatusOK)
	}
	if p.packing != nil {
		return p.packing.Write(content)
	}
	return p.ResponseWriter.Write(content)
}

// Unwrap lets http.ResponseController reach what is underneath.
func (p *packer) Unwrap() http.ResponseWriter { return p.ResponseWriter }

// close sends what is left.
func (p *packer) close() {
	if p.packing == nil {
		return
	}
	_ = p.packing.Close() // the caller left; there is nobody to tell
	p.packing.Reset(nil)
	gzips.Put(p.packing)
}
