package web

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"signaalboek/domain/proof"
	"signaalboek/domain/release"
	"signaalboek/projections"
)

// Every document bears the root of what it counts, and none does when there is none.
func TestDocumentsBearTheRoot(t *testing.T) {
	counted := proof.Checkpoint{Size: 12345, Root: tlog.RecordHash([]byte("a"))}
	words := strings.Join(proof.Words(counted.Root), " ")
	for _, bears := range []bool{true, false} {
		p := printing(t)
		if bears {
			p.Counted = counted
		}
		residents, err := p.Residents(projections.ResidentsEdition{EditionHead: sampleHead(release.Residents)})
		if err != nil {
			t.Fatal(err)
		}
		council, err := p.Council(projections.CouncilEdition{EditionHead: sampleHead(release.Council)})
		if err != nil {
			t.Fatal(err)
		}
		root := []byte(strings.ReplaceAll(counted.Root.String(), "+", "&#43;"))
		for name, found := range map[string]bool{
			"words for residents":   bytes.Contains(residents, []byte(words)),
			"words for the council": bytes.Contains(council, []byte(words)),
			"root for the council":  bytes.Contains(council, root) && bytes.Contains(council, []byte(number(12345))),
			"code for the council":  bytes.Contains(council, []byte(`class="qr"`)),
		} {
			if found != bears {
				t.Errorf("%s: %v, want %v", name, found, bears)
			}
		}
		if bytes.Contains(residents, []byte(`class="qr"`)) {
			t.Error("residents have room for no code")
		}
	}
}

// A reader of QR codes that somebody else made reads in our drawing what a document says in words.
func TestAQRCodeIsRead(t *testing.T) {
	reader, err := exec.LookPath("zbarimg")
	if err != nil {
		t.Fatal("no zbarimg: run make tools")
	}
	counted := proof.Checkpoint{Size: 1596, Root: tlog.RecordHash([]byte("b"))}
	drawing, err := QR(markText(counted))
	if err != nil {
		t.Fatal(err)
	}
	picture := filepath.Join(t.TempDir(), "qr.png")
	if err := os.WriteFile(picture, pictured(t, string(drawing)), 0o600); err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	command := exec.Command(reader, "--quiet", "--raw", picture)
	command.Stderr = &said
	read, err := command.Output()
	if err != nil || strings.TrimSpace(string(read)) != strings.TrimSpace(markText(counted)) {
		t.Errorf("read %q, %v; %s", read, err, said.String())
	}
}

var (
	side = regexp.MustCompile(`viewBox="0 0 (\d+) `)
	bar  = regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1h-(\d+)z`)
)

// pictured is the drawing as a picture, eight pixels a module.
func pictured(t *testing.T, drawing string) []byte {
	t.Helper()
	const scale = 8
	number := func(text string) int {
		n, err := strconv.Atoi(text)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	width := scale * number(side.FindStringSubmatch(drawing)[1])
	picture := image.NewGray(image.Rect(0, 0, width, width))
	for i := range picture.Pix {
		picture.Pix[i] = 0xff
	}
	for _, b := range bar.FindAllStringSubmatch(drawing, -1) {
		x, y, length := number(b[1]), number(b[2]), number(b[3])
		for px := x * scale; px < (x+length)*scale; px++ {
			for py := y * scale; py < (y+1)*scale; py++ {
				picture.SetGray(px, py, color.Gray{})
			}
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, picture); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
