package proof

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"golang.org/x/mod/sumdb/tlog"
)

// The files of a history:
//
//	checkpoint.txt   the signed note
//	history.json     HistoryAbout
//	leaves.bin       the leaves in the order of the log, 32 bytes each
//	lines.jsonl      HistoryLine, one a line
//	proofs.jsonl     ProvenEvent, one a line, in the order of the log
const (
	historySignedFile = "checkpoint.txt"
	historyAboutFile  = "history.json"
	historyLeavesFile = "leaves.bin"
	historyLinesFile  = "lines.jsonl"
	historyProofsFile = "proofs.jsonl"
)

// ErrHistory is files that are not a History. The error around it says which one.
var ErrHistory = errors.New("proof: not the history of a ledger")

// Files are the files of the history, in the order of their names: the same to the byte whenever they are made.
func (h History) Files() ([]File, error) {
	about, err := inLines([]HistoryAbout{h.About})
	if err != nil {
		return nil, err
	}
	lines, err := inLines(h.Lines)
	if err != nil {
		return nil, err
	}
	proofs, err := inLines(h.Proofs)
	if err != nil {
		return nil, err
	}
	leaves := make([]byte, 0, len(h.Leaves)*tlog.HashSize)
	for _, leaf := range h.Leaves {
		leaves = append(leaves, leaf[:]...)
	}
	return []File{
		{historySignedFile, h.Checkpoint}, {historyAboutFile, about}, {historyLeavesFile, leaves},
		{historyLinesFile, lines}, {historyProofsFile, proofs},
	}, nil
}

// inLines writes one JSON a line; no byte of a value that is shown is changed.
func inLines[T any](all []T) ([]byte, error) {
	var out bytes.Buffer
	for i, one := range all {
		if err := json.MarshalWrite(&out, one, jsontext.PreserveRawStrings(true)); err != nil {
			return nil, fmt.Errorf("write line %d: %w", i+1, err)
		}
		out.WriteByte('\n')
	}
	return out.Bytes(), nil
}

// IsHistory reports whether files look like a history, so that whoever was given them knows how to read them.
func IsHistory(files []File) bool { return slices.ContainsFunc(files, named(historyAboutFile)) }

func named(name string) func(File) bool { return func(f File) bool { return f.Name == name } }

// ReadHistory reads what Files wrote, and nothing besides. It fails with ErrHistory.
func ReadHistory(files []File) (h History, err error) {
	var about []HistoryAbout
	for _, part := range []struct {
		name string
		read func([]byte) error
	}{
		{historyAboutFile, func(raw []byte) error { return fromLines(raw, &about) }},
		{historySignedFile, func(raw []byte) error { h.Checkpoint = raw; return nil }},
		{historyLeavesFile, h.readLeaves},
		{historyLinesFile, func(raw []byte) error { return fromLines(raw, &h.Lines) }},
		{historyProofsFile, func(raw []byte) error { return fromLines(raw, &h.Proofs) }},
	} {
		i := slices.IndexFunc(files, named(part.name))
		if i < 0 {
			return History{}, fmt.Errorf("%s is missing: %w", part.name, ErrHistory)
		}
		if err := part.read(files[i].Content); err != nil {
			return History{}, fmt.Errorf("%s: %w", part.name, errors.Join(ErrHistory, err))
		}
	}
	const parts = 5
	if len(files) != parts || len(about) != 1 || about[0].Form != HistoryForm {
		return History{}, fmt.Errorf("%s: %w", historyAboutFile, ErrHistory)
	}
	h.About = about[0]
	return h, nil
}

func (h *History) readLeaves(raw []byte) error {
	if len(raw)%tlog.HashSize != 0 {
		return ErrHistory
	}
	for chunk := range slices.Chunk(raw, tlog.HashSize) {
		h.Leaves = append(h.Leaves, tlog.Hash(chunk))
	}
	return nil
}

func fromLines[T any](raw []byte, into *[]T) error {
	for line := range bytes.Lines(raw) {
		var one T
		if err := json.Unmarshal(line, &one, json.RejectUnknownMembers(true)); err != nil {
			return err
		}
		*into = append(*into, one)
	}
	return nil
}
