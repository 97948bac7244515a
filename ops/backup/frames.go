package backup

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"
	"iter"
	"slices"

	"github.com/go-json-experiment/json"
)

// magic is how a backup begins, with the number of its form.
const (
	magic     = "signaalboek backup "
	form      = "1\n"
	firstLine = magic + form
)

// The kinds of frames.
const (
	headerFrame   = 'H'
	partFrame     = 'P'
	recordFrame   = 'R'
	manifestFrame = 'M'
	sealFrame     = 'Z'
)

// frameHead is the length of what stands before a body.
const frameHead = 5

// mostBytes is the longest body that is written or read. Nothing that a ledger keeps comes near it.
const mostBytes = 256 << 20

// Writer writes what stands in a backup, part by part.
type Writer struct {
	to    *bufio.Writer
	all   hash.Hash // of everything so far
	part  hash.Hash // of the records of the part
	said  Manifest
	wrote error // the first that went wrong: then nothing is written any more
}

// newWriter begins a backup.
func newWriter(to io.Writer, header Header) *Writer {
	w := &Writer{to: bufio.NewWriterSize(to, 1<<16), all: sha256.New(), part: sha256.New(), said: Manifest{Header: header}}
	w.put([]byte(firstLine))
	w.json(headerFrame, header)
	return w
}

// Part begins a part.
func (w *Writer) Part(name string) error {
	w.endPart()
	w.said.Parts = append(w.said.Parts, Part{Name: name})
	w.frame(partFrame, []byte(name))
	return w.wrote
}

// Record adds a record to the part.
func (w *Writer) Record(record []byte) error {
	w.part.Write(w.frame(recordFrame, record))
	w.part.Write(record)
	w.said.Parts[len(w.said.Parts)-1].Records++
	return w.wrote
}

// Tree says what history the backup holds.
func (w *Writer) Tree(tree Tree) { w.said.Tree = &tree }

func (w *Writer) endPart() {
	if n := len(w.said.Parts); n > 0 {
		w.part.Sum(w.said.Parts[n-1].SHA256[:0])
	}
	w.part.Reset()
}

// finish ends the backup.
func (w *Writer) finish() (Manifest, error) {
	w.endPart()
	w.json(manifestFrame, w.said)
	w.frame(sealFrame, w.all.Sum(nil))
	if w.wrote == nil {
		w.wrote = w.to.Flush()
	}
	return w.said, w.wrote
}

func (w *Writer) json(kind byte, value any) {
	body, err := json.Marshal(value, json.Deterministic(true))
	if w.wrote == nil {
		w.wrote = err
	}
	w.frame(kind, body)
}

// frame writes a frame, and gives what stands before its body.
func (w *Writer) frame(kind byte, body []byte) []byte {
	if len(body) > mostBytes && w.wrote == nil {
		w.wrote = errors.New("backup: a record is too long")
	}
	head := binary.BigEndian.AppendUint32([]byte{kind}, uint32(len(body)))
	w.put(head)
	w.put(body)
	return head
}

func (w *Writer) put(raw []byte) {
	if w.wrote == nil {
		_, w.wrote = w.to.Write(raw)
		w.all.Write(raw)
	}
}

// reader reads what a Writer wrote.
type reader struct {
	from *bufio.Reader
	all  hash.Hash
	next frame // the one that comes
	said Manifest
}

// frame is one frame as it was read, and where.
type frame struct {
	kind byte
	body []byte
	at   int64 // the number of frames before it
}

// newReader reads how a backup begins.
func newReader(from io.Reader) (*reader, error) {
	r := &reader{from: bufio.NewReaderSize(from, 1<<16), all: sha256.New(), next: frame{at: -1}}
	line := make([]byte, len(firstLine))
	if _, err := io.ReadFull(r.from, line); err != nil {
		return nil, r.unreadable(err)
	}
	switch {
	case !bytes.HasPrefix(line, []byte(magic)):
		return nil, damaged("it does not begin as one")
	case string(line) != firstLine:
		return nil, ErrNewer
	}
	r.all.Write(line)
	if err := r.advance(); err != nil {
		return nil, err
	}
	return r, r.document(headerFrame, "header", &r.said.Header)
}

// unreadable says what it means that a backup cannot be read on, and from where.
func (r *reader) unreadable(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return damaged("it is cut off after frame %d", r.next.at)
	}
	return fmt.Errorf("after frame %d: %w", r.next.at, err)
}

// advance reads the frame that comes.
func (r *reader) advance() error {
	var head [frameHead]byte
	if _, err := io.ReadFull(r.from, head[:]); err != nil {
		return r.unreadable(err)
	}
	length := binary.BigEndian.Uint32(head[1:])
	if length > mostBytes {
		return damaged("frame %d is too long", r.next.at+1)
	}
	body, err := readBody(r.from, int(length))
	if err != nil {
		return r.unreadable(err)
	}
	if head[0] != sealFrame {
		r.all.Write(head[:])
		r.all.Write(body)
	}
	r.next = frame{head[0], body, r.next.at + 1}
	return nil
}

// readBody reads so many bytes; it takes memory only as they come.
func readBody(from io.Reader, length int) ([]byte, error) {
	const step = 1 << 20
	body := make([]byte, 0, min(length, step))
	for len(body) < length {
		n := min(step, length-len(body))
		body = slices.Grow(body, n)
		if _, err := io.ReadFull(from, body[len(body):len(body)+n]); err != nil {
			return nil, err
		}
		body = body[:len(body)+n]
	}
	return body, nil
}

// document reads the frame that comes as JSON, and what comes after it.
func (r *reader) document(kind byte, name string, into any) error {
	if r.next.kind != kind || json.Unmarshal(r.next.body, into, json.RejectUnknownMembers(true)) != nil {
		return damaged("frame %d is not its %s", r.next.at, name)
	}
	return r.advance()
}

// part gives the records of the part that comes, which must have a name. It ends with an error unless they are what the
// manifest will say; each record stays as it is until the next.
func (r *reader) part(name string) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		if r.next.kind != partFrame || string(r.next.body) != name {
			yield(nil, damaged("frame %d does not begin %s", r.next.at, name))
			return
		}
		digest, seen := sha256.New(), Part{Name: name}
		for {
			if err := r.advance(); err != nil {
				yield(nil, err)
				return
			}
			if r.next.kind != recordFrame {
				break
			}
			digest.Write(binary.BigEndian.AppendUint32([]byte{recordFrame}, uint32(len(r.next.body))))
			digest.Write(r.next.body)
			seen.Records++
			if !yield(r.next.body, nil) {
				return
			}
		}
		digest.Sum(seen.SHA256[:0])
		r.said.Parts = append(r.said.Parts, seen)
	}
}

// manifest reads the end of a backup, and fails unless it says what was read.
func (r *reader) manifest() (Manifest, error) {
	var said Manifest
	if err := r.document(manifestFrame, "manifest", &said); err != nil {
		return said, err
	}
	if r.next.kind != sealFrame || string(r.next.body) != string(r.all.Sum(nil)) {
		return said, damaged("frame %d does not seal it", r.next.at)
	}
	if _, err := r.from.ReadByte(); !errors.Is(err, io.EOF) {
		return said, damaged("something follows its end")
	}
	if said.Header != r.said.Header {
		return said, damaged("its manifest is of another backup")
	}
	return said, said.fits(r.said.Parts)
}

// fits fails if parts are not those of the manifest, and names the first that is not.
func (m Manifest) fits(parts []Part) error {
	for i := range max(len(parts), len(m.Parts)) {
		if i >= len(parts) || i >= len(m.Parts) || parts[i] != m.Parts[i] {
			return damaged("part %d is not as its manifest says", i+1)
		}
	}
	return nil
}
