package transparency

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/go-json-experiment/json"
	"golang.org/x/mod/sumdb/tlog"

	"signaalboek/domain"
	"signaalboek/ops/durable"
)

// kept is up to where the directory is whole. It is written as one line of JSON behind the SHA-256 of it, in hexadecimal.
type kept struct {
	Size     int64     `json:"size"` // of the tree, in events
	Root     tlog.Hash `json:"root"`
	Position string    `json:"position"` // in the log, of the last of them
	Frontier string    `json:"frontier"` // sum over them
}

func (d tileDir) keptFile() string { return filepath.Join(string(d), "edge") }

// keep says up to where the directory is whole; it is. If we die here, it says what it said before.
func (d tileDir) keep(k kept) error {
	raw, err := json.Marshal(k)
	if err != nil {
		return fmt.Errorf("keep the edge: %w", err)
	}
	return durable.Replace(d.keptFile(), durable.Bytes(sealed(raw)))
}

// kept is what keep said last: of nothing, if it said nothing.
func (d tileDir) kept() (k kept, err error) {
	raw, err := os.ReadFile(d.keptFile())
	if errors.Is(err, fs.ErrNotExist) {
		return k, nil
	}
	if err == nil {
		raw, err = unsealed(raw)
	}
	if err == nil {
		err = json.Unmarshal(raw, &k, json.RejectUnknownMembers(true))
	}
	if err != nil {
		return kept{}, fmt.Errorf("%w: edge: %w", errDamaged, err)
	}
	return k, nil
}

// at is where the tree ends in the log, and the frontier there.
func (k kept) at() (p domain.Position, f domain.Frontier, err error) {
	if k.Size == 0 {
		return p, f, nil
	}
	p, err = domain.ParsePosition(k.Position)
	sum, decoding := hex.DecodeString(k.Frontier)
	if err != nil || decoding != nil || len(sum) != len(f.Sum) {
		return p, f, fmt.Errorf("%w: edge", errDamaged)
	}
	return p, domain.Frontier{Events: uint64(k.Size), Sum: [16]byte(sum)}, nil
}

// errUnsealed is a file whose content does not fit its checksum.
var errUnsealed = errors.New("the checksum does not fit")

// sealed puts a checksum before a line, so that nobody takes a damaged file for a whole one.
func sealed(line []byte) []byte { return fmt.Appendf(nil, "%x\n%s\n", sha256.Sum256(line), line) }

func unsealed(raw []byte) ([]byte, error) {
	const before = 2*sha256.Size + 1
	if len(raw) <= before {
		return nil, errUnsealed
	}
	line := raw[before : len(raw)-1]
	if string(sealed(line)) != string(raw) {
		return nil, errUnsealed
	}
	return line, nil
}
