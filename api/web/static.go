package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

// ContentSecurityPolicy lets a page use what comes from this server, and nothing else: no inline script or style.
const ContentSecurityPolicy = "default-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'"

//go:embed static
var staticFiles embed.FS

// asset is a file under /static, with the address that holds the digest of its bytes.
type asset struct {
	address string
	body    []byte
	kind    string // content type
}

// assets is every file under static/, by name.
var assets = fingerprint(staticFiles)

func fingerprint(files fs.FS) map[string]asset {
	found := map[string]asset{}
	entries, err := fs.ReadDir(files, "static")
	for _, entry := range entries {
		var body []byte
		body, err = fs.ReadFile(files, "static/"+entry.Name())
		if err != nil {
			break
		}
		found[entry.Name()] = newAsset(entry.Name(), body)
	}
	if err != nil {
		panic(err) // what is compiled in cannot be read
	}
	return found
}

func newAsset(name string, body []byte) asset {
	digest := sha256.Sum256(body)
	extension := path.Ext(name)
	fingerprinted := strings.TrimSuffix(name, extension) + "." + hex.EncodeToString(digest[:6]) + extension
	return asset{address: "/static/" + fingerprinted, body: body, kind: kinds[extension]}
}

// kinds is content types by extension; that of the machine would not do, because machines differ.
var kinds = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
}

// staticAddress is where a file under static/ is served now.
func staticAddress(name string) string { return assets[name].address }

// Static serves style, script and pictures, each under an address that changes when its bytes do, so that a browser may
// keep it for ever. Any other address is not found.
func Static() http.Handler {
	served := map[string]asset{}
	for _, a := range assets {
		served[a.address] = a
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a, ok := served[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", a.kind)
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Write(a.body)
	})
}
