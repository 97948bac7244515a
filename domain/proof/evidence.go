package proof

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"golang.org/x/mod/sumdb/tlog"

	"signaalboek/domain"
)

// Evidence is what is put around the frozen files of a release, so that whoever has them can check them and needs nothing
// else: that the ledger recorded the release, what it recorded of it, and that the ledger is the one it was before.
//
// It holds no sentence of anybody: whatever is not proved by it does not stand in it.
type Evidence struct {
	Checkpoint []byte      // a signed note, with its cosignatures; the release is in its tree
	Key        string      // the vkey of the ledger, for convenience: whether to believe it is for the reader to say
	Events     []Shown     // first the release that was published, then what it tells of signals, in the order of the log
	Inclusions []Inclusion // of each event in the tree of the checkpoint, in the same order
	Extends    []Extension // what that tree extends
	Gate       Gate        // GateOf the first event
}

// Shown is an event that is disclosed, and by which name the release tells of it.
type Shown struct {
	Of string `json:"of,omitzero"` // "S3": as in the list of steps of release.json; none for the release itself
	Disclosed
}

// Extension proves that the tree of the checkpoint is an earlier one that was added to.
type Extension struct {
	Of          Earlier   `json:"of"`
	Root        tlog.Hash `json:"root"` // of the earlier tree, whose size is Old
	Consistency           // up to the size of the checkpoint
}

// Earlier is a tree that a reader can have seen before.
type Earlier string

// The earlier trees, in the order in which evidence has them.
const (
	OfDocument Earlier = "document" // as it stood when the release was proposed: its root is printed in the documents
	OfPrevious Earlier = "previous" // of the checkpoint in the release before this one
)

// Gate is what the gate before releases did, in brief: never by cell. All of it stands in the event of the release, so
// that none of it can be said otherwise.
type Gate struct {
	Catalogue int          `json:"catalogue"` // version of the fixed catalogue of tables
	Widths    []TableWidth `json:"widths"`
	Judged    *Judged      `json:"judged,omitzero"` // absent in a release of before this was recorded
}

// TableWidth is how wide the bands of a table are: 1, 5, 10 or 20; 0, if it is not published.
type TableWidth struct {
	Table domain.Code `json:"table"`
	Width int         `json:"width"`
}

// Judged is how much the gate looked at.
type Judged struct {
	Targets  int `json:"targets"`  // small groups that had to be hidden
	Lists    int `json:"lists"`    // activities of which somebody may hold the list of everybody
	Compared int `json:"compared"` // earlier releases that it was held against
}

// PublishedName is the name of the event by which a release is out.
const PublishedName = "releases.published.v1"

// PublishedFields reports whether a field of that event is disclosed with it: all but the keys of the texts, and who
// confirmed it.
func PublishedFields(name string) bool {
	open := []string{"@practice", "@on", "release", "period", "catalogue", "widths", "gate", "editions", "bundle"}
	return slices.Contains(open, name)
}

// GateOf is what the event of a release says of the gate, from the fields "catalogue", "widths" and "gate".
func GateOf(published Disclosed) (Gate, error) {
	var gate Gate
	judged, recorded := published.Field("gate")
	if recorded {
		gate.Judged = &Judged{}
	}
	for _, field := range []struct {
		name string
		into any
	}{{"catalogue", &gate.Catalogue}, {"widths", &gate.Widths}} {
		value, _ := published.Field(field.name)
		if err := json.Unmarshal(value, field.into, json.RejectUnknownMembers(true)); err != nil {
			return Gate{}, fmt.Errorf("read %s of event %s: %w", field.name, published.ID, ErrEvidence)
		}
	}
	if recorded && json.Unmarshal(judged, gate.Judged, json.RejectUnknownMembers(true)) != nil {
		return Gate{}, fmt.Errorf("read gate of event %s: %w", published.ID, ErrEvidence)
	}
	return gate, nil
}

// File is one file of a bundle.
type File struct {
	Name    string // see ValidName
	Content []byte
}

// The files of evidence, in the order of their names. No file of a release may begin with EvidenceFolder.
const (
	EvidenceFolder = "proof/"

	checkpointFile  = EvidenceFolder + "checkpoint.txt"
	consistencyFile = EvidenceFolder + "consistency.json"
	eventsFile      = EvidenceFolder + "events.json"
	gateFile        = EvidenceFolder + "gate.json"
	inclusionFile   = EvidenceFolder + "inclusion.json"
	keyFile         = EvidenceFolder + "key.txt"
)

// ErrEvidence is evidence that is not in its form.
var ErrEvidence = errors.New("proof: not the evidence of a release")

// Files are the files of the evidence, in the order of their names: the same to the byte whenever they are made.
func (e Evidence) Files() ([]File, error) {
	files := []File{{checkpointFile, e.Checkpoint}}
	for _, part := range []struct {
		name string
		of   any
	}{{consistencyFile, e.Extends}, {eventsFile, e.Events}, {gateFile, e.Gate}, {inclusionFile, e.Inclusions}} {
		content, err := json.Marshal(part.of, jsontext.WithIndent("  "))
		if err != nil {
			return nil, fmt.Errorf("write %s: %w", part.name, err)
		}
		files = append(files, File{part.name, append(content, '\n')})
	}
	return append(files, File{keyFile, []byte(e.Key + "\n")}), nil
}

// ReadEvidence reads what Files wrote, among other files, and nothing that differs from it in any byte. That the
// evidence proves anything is not checked here: see Verify.
func ReadEvidence(files []File) (Evidence, error) {
	e, wrong := readEvidence(files)
	if wrong != "" {
		return Evidence{}, fmt.Errorf("%s: %w", wrong, ErrEvidence)
	}
	return e, nil
}

// readEvidence reads evidence; wrong is the first file that is not in its form, if any is.
func readEvidence(files []File) (e Evidence, wrong string) {
	e, wrong = readParts(files)
	if wrong == "" {
		wrong = e.malformed()
	}
	if wrong == "" {
		wrong = e.otherwise(files)
	}
	return e, wrong
}

// readParts reads each file, in the order of their names.
func readParts(files []File) (e Evidence, wrong string) {
	var key []byte
	for _, part := range []struct {
		name string
		read func(content []byte) error
	}{
		{checkpointFile, verbatim(&e.Checkpoint)},
		{consistencyFile, strictly(&e.Extends)},
		{eventsFile, strictly(&e.Events)},
		{gateFile, strictly(&e.Gate)},
		{inclusionFile, strictly(&e.Inclusions)},
		{keyFile, verbatim(&key)},
	} {
		i := slices.IndexFunc(files, func(f File) bool { return f.Name == part.name })
		if i < 0 || part.read(files[i].Content) != nil {
			return Evidence{}, part.name
		}
	}
	e.Key = strings.TrimSuffix(string(key), "\n")
	return e, ""
}

func verbatim(into *[]byte) func([]byte) error {
	return func(content []byte) error { *into = bytes.Clone(content); return nil }
}

func strictly[T any](into *T) func([]byte) error {
	return func(content []byte) error { return json.Unmarshal(content, into, json.RejectUnknownMembers(true)) }
}

// malformed is the first file that does not go with the others; none, if all do.
func (e Evidence) malformed() string {
	switch {
	case !e.extendsInOrder():
		return consistencyFile
	case len(e.Events) == 0 || e.Events[0].Name != PublishedName || e.Events[0].Of != "":
		return eventsFile
	case len(e.Inclusions) != len(e.Events):
		return inclusionFile
	case !plainKey(e.Key):
		return keyFile
	}
	return ""
}

// plainKey reports whether a vkey is written in the one way in which it can be: else some bits of it could change and it
// would stay the same key.
func plainKey(vkey string) bool {
	_, rest, _ := strings.Cut(vkey, "+")
	hash, key, _ := strings.Cut(rest, "+")
	_, err := base64.StdEncoding.Strict().DecodeString(key)
	return err == nil && hash == strings.ToLower(hash) && !strings.ContainsFunc(vkey, unicode.IsSpace)
}

func (e Evidence) extendsInOrder() bool {
	order := []Earlier{OfDocument, OfPrevious}
	last := -1
	for _, extension := range e.Extends {
		place := slices.Index(order, extension.Of)
		if place <= last {
			return false
		}
		last = place
	}
	return true
}

// otherwise is the first file that Files would have written otherwise, or not at all; none, if all are its own.
func (e Evidence) otherwise(files []File) string {
	wrote, err := e.Files()
	if err != nil {
		return eventsFile
	}
	for _, file := range files {
		same := func(w File) bool { return w.Name == file.Name && bytes.Equal(w.Content, file.Content) }
		if strings.HasPrefix(file.Name, EvidenceFolder) && !slices.ContainsFunc(wrote, same) {
			return file.Name
		}
	}
	return ""
}
