package verdict

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"signaalboek/domain/proof"
)

// Write writes what was found, for people.
func Write(out io.Writer, found proof.Verdict) error {
	var said bytes.Buffer
	for _, finding := range found.Findings {
		fmt.Fprintln(&said, marks[finding.Result]+sentence(finding))
	}
	fmt.Fprintf(&said, "\n"+text("bundle"), found.Digest)
	if c := found.Checkpoint; c != nil {
		fmt.Fprintf(&said, text("checkpoint"), plain(c.Origin), c.Size, strings.Join(proof.Words(c.Root), " "))
	}
	if c := found.Document; c != nil {
		fmt.Fprintf(&said, text("document"), c.Size, strings.Join(proof.Words(c.Root), " "))
	}
	for _, by := range found.Cosignatures {
		fmt.Fprintf(&said, text("cosignature"), by.Witness, day(by.At))
	}
	if keyInBundle(found) {
		fmt.Fprintf(&said, "\n"+text("key"), plain(found.Key))
	}
	fmt.Fprintln(&said, "\n"+conclusions[found.Result()])
	_, err := said.WriteTo(out)
	return err
}

// sentence is one finding: what was looked at, and, if it did not hold, why not and where.
func sentence(f proof.Finding) string {
	said := titles[f.Check]
	if f.Result == proof.Held {
		return said
	}
	if f.Result != proof.Failed {
		said = strings.TrimSuffix(said, ".") + "?"
	} else {
		said = "Niet waar: " + strings.ToLower(said[:1]) + said[1:]
	}
	said += " " + reasons[f.Reason]
	switch {
	case f.Wrong == "":
	case f.Result == proof.Failed:
		said += fmt.Sprintf(text("first"), plain(f.Wrong))
	default:
		said += fmt.Sprintf(text("unclear"), plain(f.Wrong))
	}
	return said
}

// keyInBundle reports whether nothing but the bundle says whose key it is.
func keyInBundle(found proof.Verdict) bool {
	return slices.ContainsFunc(found.Findings, func(f proof.Finding) bool { return f.Reason == proof.KeyInBundle })
}

// plain is a text from the bundle as it can be shown: what commands a screen, or turns the line around, is not in it.
func plain(from string) string {
	return strings.Trim(fmt.Sprintf("%+q", from), `"`)
}

func day(at time.Time) string {
	return fmt.Sprintf("%d %s %d", at.Day(), months[at.Month()-1], at.Year())
}

// written is a verdict as programs read it.
type written struct {
	Result       proof.Result         `json:"result"`
	Bundle       string               `json:"bundle"`       // SHA-256, in hexadecimal
	Key          string               `json:"key,omitzero"` // vkey, as the bundle says
	Checkpoint   *writtenCheckpoint   `json:"checkpoint"`   // null: none was found
	Document     *writtenCheckpoint   `json:"document"`     // that the documents bear; null: none
	Cosignatures []writtenCosignature `json:"cosignatures"`
	Checks       []writtenFinding     `json:"checks"`
}

type writtenCheckpoint struct {
	Origin string   `json:"origin"`
	Size   int64    `json:"size"`
	Root   string   `json:"root"` // base64
	Words  []string `json:"words"`
}

type writtenCosignature struct {
	Witness string    `json:"witness"`
	At      time.Time `json:"at"`
}

type writtenFinding struct {
	Check  proof.Check  `json:"check"`
	About  string       `json:"about,omitzero"`
	Result proof.Result `json:"result"`
	Reason proof.Reason `json:"reason,omitzero"`
	Wrong  string       `json:"wrong,omitzero"`
	Count  int          `json:"count,omitzero"`
}

// WriteJSON writes what was found as one line, for programs.
func WriteJSON(out io.Writer, found proof.Verdict) error {
	said := written{Result: found.Result(), Bundle: found.Digest, Key: found.Key}
	said.Checkpoint, said.Document = writtenOf(found.Checkpoint), writtenOf(found.Document)
	for _, by := range found.Cosignatures {
		said.Cosignatures = append(said.Cosignatures, writtenCosignature(by))
	}
	for _, finding := range found.Findings {
		said.Checks = append(said.Checks, writtenFinding(finding))
	}
	line, err := json.Marshal(said)
	if err != nil {
		return err
	}
	_, err = out.Write(append(line, '\n'))
	return err
}

func writtenOf(c *proof.Checkpoint) *writtenCheckpoint {
	if c == nil {
		return nil
	}
	return &writtenCheckpoint{c.Origin, c.Size, c.Root.String(), proof.Words(c.Root)}
}
