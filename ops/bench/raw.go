package main

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"sync"
	"syscall"
	"time"

	"signaalboek/domain"
)

// rawFile is what the disk gives: a preallocated file, written from its beginning, every write followed by fdatasync.
// No log can be faster and keep its promise.
type rawFile struct {
	file *os.File
	size int64
	at   int64
}

func newRawFile(path string) (*rawFile, error) {
	const size = 64 << 20
	file, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	_, err = file.Write(make([]byte, size))
	return &rawFile{file: file, size: size}, errors.Join(err, file.Sync())
}

func (f *rawFile) append(raw []byte) error {
	if f.at+int64(len(raw)) > f.size {
		f.at = 0
	}
	_, err := f.file.WriteAt(raw, f.at)
	f.at += int64(len(raw))
	return errors.Join(err, syscall.Fdatasync(int(f.file.Fd())))
}

// rawGroup commits what many clients write in groups: whatever waits goes to the disk at once.
type rawGroup struct {
	queue chan rawWrite
	done  chan error
}

type rawWrite struct {
	raw    []byte
	answer chan error
}

func newRawGroup(file *rawFile, clients int) *rawGroup {
	g := &rawGroup{queue: make(chan rawWrite, clients), done: make(chan error, 1)}
	go g.run(file)
	return g
}

func (g *rawGroup) run(file *rawFile) {
	var raw []byte
	var waiting []chan error
	for first := range g.queue {
		raw, waiting = append(raw[:0], first.raw...), append(waiting[:0], first.answer)
		for range len(g.queue) {
			next := <-g.queue
			raw, waiting = append(raw, next.raw...), append(waiting, next.answer)
		}
		err := file.append(raw)
		for _, answer := range waiting {
			answer <- err
		}
	}
}

func (g *rawGroup) append(raw []byte, answer chan error) error {
	g.queue <- rawWrite{raw, answer}
	return <-answer
}

// rawLog is a file of the records of a log, one after the other: a store that can only be read from its beginning.
type rawLog struct {
	domain.Store // what it cannot do
	path         string
	end          domain.Position
}

// copyRaw writes all records of a log to a file.
func copyRaw(ctx context.Context, from domain.Store, path string) (_ *rawLog, err error) {
	file, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	to, record := bufio.NewWriterSize(file, 1<<20), []byte(nil)
	log := &rawLog{path: path}
	for recorded, err := range from.ReadAll(ctx, domain.Position{}) {
		if err != nil {
			return nil, err
		}
		record = appendRecord(record[:0], recorded)
		if _, err := to.Write(record); err != nil {
			return nil, err
		}
		log.end = recorded.Position
	}
	return log, to.Flush()
}

// appendRecord writes a record: its length, numbers, id, and the lengths and bytes of name, stream, payload, metadata.
func appendRecord(to []byte, r domain.Recorded) []byte {
	start := len(to)
	to = append(to, 0, 0, 0, 0)
	to = binary.LittleEndian.AppendUint64(to, r.Position.Commit)
	to = binary.LittleEndian.AppendUint64(to, uint64(r.Revision))
	to = binary.LittleEndian.AppendUint64(to, uint64(r.At.UnixMicro()))
	to = append(to, r.ID[:]...)
	for _, part := range [][]byte{[]byte(r.Name), []byte(r.Stream), r.Payload, r.Metadata} {
		to = append(binary.LittleEndian.AppendUint32(to, uint32(len(part))), part...)
	}
	binary.LittleEndian.PutUint32(to[start:], uint32(len(to)-start-4))
	return to
}

// ReadAll implements domain.Store from the beginning of the file.
func (l *rawLog) ReadAll(context.Context, domain.Position) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		file, err := os.Open(l.path)
		if err != nil {
			yield(domain.Recorded{}, err)
			return
		}
		defer file.Close()
		names, from := map[string]string{}, bufio.NewReaderSize(file, 1<<20)
		for {
			recorded, err := readRecord(from, names)
			if errors.Is(err, io.EOF) || !yield(recorded, err) || err != nil {
				return
			}
		}
	}
}

func readRecord(from *bufio.Reader, names map[string]string) (r domain.Recorded, err error) {
	var size [4]byte
	if _, err := io.ReadFull(from, size[:]); err != nil {
		return r, err
	}
	raw := make([]byte, binary.LittleEndian.Uint32(size[:]))
	if _, err := io.ReadFull(from, raw); err != nil {
		return r, fmt.Errorf("read a record: %w", err)
	}
	r.Position.Commit = binary.LittleEndian.Uint64(raw)
	r.Revision = domain.Revision(binary.LittleEndian.Uint64(raw[8:]))
	r.At = time.UnixMicro(int64(binary.LittleEndian.Uint64(raw[16:]))).UTC()
	copy(r.ID[:], raw[24:])
	raw = raw[40:]
	part := func() []byte {
		n := binary.LittleEndian.Uint32(raw)
		taken := raw[4 : 4+n : 4+n]
		raw = raw[4+n:]
		return taken
	}
	name := part()
	known, found := names[string(name)]
	if !found {
		known = string(name)
		names[known] = known
	}
	r.Name, r.Stream = known, domain.StreamID(part())
	r.Payload, r.Metadata = part(), part()
	return r, nil
}

// together runs clients at once and returns the first error.
func together(clients int, client func(n int) error) error {
	var running sync.WaitGroup
	errs := make([]error, clients)
	for n := range clients {
		running.Go(func() { errs[n] = client(n) })
	}
	running.Wait()
	return errors.Join(errs...)
}
