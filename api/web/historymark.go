package web

import (
	"fmt"
	"html/template"
	"strings"

	"signaalboek/domain/proof"
)

// historyMark is what a document bears of the history that it follows from: whoever keeps it can show later that nothing in
// that history was changed.
type historyMark struct {
	Events int // that stood in the log
	Words  string
	Root   string
	QR     template.HTML
}

// mark is what documents bear; nil, if there is nothing.
func (s *sheets) mark() *historyMark {
	if s.Counted.Size == 0 {
		return nil
	}
	code, err := QR(markText(s.Counted))
	if err != nil && s.err == nil {
		s.err = err
	}
	return &historyMark{int(s.Counted.Size), strings.Join(proof.Words(s.Counted.Root), " "), s.Counted.Root.String(), code}
}

// markText is what the QR code holds: the last two lines of a checkpoint, under the name of the program.
func markText(c proof.Checkpoint) string { return fmt.Sprintf("signaalboek\n%d\n%s\n", c.Size, c.Root) }
