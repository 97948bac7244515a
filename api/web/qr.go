package web

import (
	"fmt"
	"html/template"
	"strings"

	"rsc.io/qr"
)

// quiet is the white border that readers of QR codes need, in modules.
const quiet = 4

// QR is a QR code of a text, as an own drawing: one unit a module, black on white, made for print. It says nothing to a
// screen reader: what it holds stands beside it in words.
func QR(text string) (template.HTML, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return "", fmt.Errorf("draw a QR code: %w", err)
	}
	var path strings.Builder
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			from := x
			for x < code.Size && code.Black(x, y) {
				x++
			}
			if x > from {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%[3]dz", from+quiet, y+quiet, x-from)
			}
		}
	}
	side := code.Size + 2*quiet
	return template.HTML(fmt.Sprintf(`<svg class="qr" viewBox="0 0 %d %[1]d" aria-hidden="true" focusable="false">`+
		`<rect width="%[1]d" height="%[1]d" fill="#fff"/><path d="%s" fill="#000"/></svg>`, side, path.String())), nil
}
