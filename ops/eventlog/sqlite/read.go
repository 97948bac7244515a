package sqlite

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"time"

	"github.com/ncruces/go-sqlite3"

	"signaalboek/domain"
)

// A read goes in steps: a connection is taken, a chunk of rows is copied out of it, the connection is given back, and
// only then the consumer sees them. So a slow consumer, or one that appends while it reads, holds nothing, and no
// transaction stays open for longer than a chunk. The first chunk is small, because most streams are; that of a stream
// which is not read from its beginning is one row, because whoever begins elsewhere mostly wants that event.
const (
	oneEvent     = 1
	firstChunk   = 32
	largestChunk = 1024
	chunkBytes   = 1 << 20
)

const columns = `position, revision, id, recorded, name, payload, metadata, stream`

// They have no limit: a chunk stops stepping when it is full. A limit that is a parameter would have SQLite prepare the
// statement anew whenever it is bound, which takes longer than reading an event.
var queries = [...]string{
	forward:    `SELECT ` + columns + ` FROM event WHERE stream = ? AND revision >= ? ORDER BY revision`,
	backward:   `SELECT ` + columns + ` FROM event WHERE stream = ? AND revision <= ? ORDER BY revision DESC`,
	everything: `SELECT ` + columns + ` FROM event WHERE position BETWEEN ? AND ? ORDER BY position`,
}

const (
	forward = iota
	backward
	everything
)

// history is the events of a log as they are read, whoever writes them.
type history struct {
	readers *readers
	ready   func(context.Context) error          // why the log cannot be used, if it cannot
	last    func(context.Context) (int64, error) // position of the last event that is durable
}

// End implements domain.Store.
func (h *history) End(ctx context.Context) (domain.Position, error) {
	if err := h.ready(ctx); err != nil {
		return domain.Position{}, err
	}
	last, err := h.last(ctx)
	return positionOf(last), err
}

// reader is a connection that reads, with its statements.
type reader struct {
	conn  *sqlite3.Conn
	stmts [len(queries)]*sqlite3.Stmt
	names map[string]string // of events, so that each is kept once; there are a few hundred
}

func newReader(name string, beside bool) (*reader, error) {
	conn, err := connectToRead(name, beside)
	if err != nil {
		return nil, explain("open", err)
	}
	r := &reader{conn: conn, names: map[string]string{}}
	for i, query := range queries {
		if err == nil {
			r.stmts[i], _, err = conn.PrepareFlags(query, sqlite3.PREPARE_PERSISTENT)
		}
	}
	if err != nil {
		return nil, errors.Join(explain("open", err), r.close())
	}
	return r, nil
}

func (r *reader) close() error {
	for _, stmt := range r.stmts {
		stmt.Close() // says again what its last step said
	}
	return r.conn.Close()
}

// readers is a pool of them, opened when first needed.
type readers struct {
	name   string
	idle   chan *reader // nil stands for one that is not open yet
	closed chan struct{}
	beside bool // a writer in another process: see connectToRead
}

func newReaders(name string, n int) *readers {
	if n <= 0 {
		n = 4
	}
	pool := &readers{name: name, idle: make(chan *reader, n), closed: make(chan struct{})}
	for range n {
		pool.idle <- nil
	}
	return pool
}

// use lends a reader to f.
func (p *readers) use(ctx context.Context, f func(*reader) error) (err error) {
	var r *reader
	select {
	case r = <-p.idle:
	case <-ctx.Done():
		return ctx.Err()
	case <-p.closed:
		return ErrClosed
	}
	defer func() { p.idle <- r }()
	if r == nil {
		if r, err = newReader(p.name, p.beside); err != nil {
			return err
		}
	}
	r.conn.SetInterrupt(ctx)
	defer r.conn.SetInterrupt(context.Background())
	if err = f(r); ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

// close waits for the readers that are lent, and closes all.
func (p *readers) close() (err error) {
	for range cap(p.idle) {
		if r := <-p.idle; r != nil {
			err = errors.Join(err, r.close())
		}
	}
	close(p.closed)
	return err
}

// ReadStream implements domain.Store.
func (h *history) ReadStream(
	ctx context.Context, stream domain.StreamID, from domain.Revision,
) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		next, first := max(from, 0), firstChunk
		if next > 0 {
			first = oneEvent
		}
		h.read(ctx, yield, first, func(c *chunk, r *reader) error {
			err := c.fill(r, r.stmts[forward], func(s *sqlite3.Stmt) error {
				return errors.Join(s.BindText(1, string(stream)), s.BindInt64(2, int64(next)))
			})
			next, err = c.followRevisions(next, +1, err)
			return err
		})
	}
}

// ReadStreamBackward implements domain.Store.
func (h *history) ReadStreamBackward(ctx context.Context, stream domain.StreamID) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		next := domain.Revision(math.MaxInt64)
		h.read(ctx, yield, firstChunk, func(c *chunk, r *reader) error {
			err := c.fill(r, r.stmts[backward], func(s *sqlite3.Stmt) error {
				return errors.Join(s.BindText(1, string(stream)), s.BindInt64(2, int64(next)))
			})
			if next == math.MaxInt64 && len(c.events) > 0 {
				next = c.events[0].Revision
			}
			next, err = c.followRevisions(next, -1, err)
			if err == nil && c.ended && next != math.MaxInt64 && next != -1 {
				err = fmt.Errorf("%w: %s begins at revision %d", ErrDamaged, stream, next+1)
			}
			return err
		})
	}
}

// ReadAll implements domain.Store.
func (h *history) ReadAll(ctx context.Context, after domain.Position) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		next := int64(min(after.Commit, math.MaxInt64-1)) + 1
		end, err := h.End(ctx)
		if err != nil {
			yield(domain.Recorded{}, err)
			return
		}
		if next > int64(end.Commit) {
			return
		}
		h.read(ctx, yield, firstChunk, func(c *chunk, r *reader) error {
			err := c.fill(r, r.stmts[everything], func(s *sqlite3.Stmt) error {
				return errors.Join(s.BindInt64(1, next), s.BindInt64(2, int64(end.Commit)))
			})
			next, err = c.followPositions(next, err)
			if c.ended = next > int64(end.Commit); err == nil && !c.ended && len(c.events) == 0 {
				err = fmt.Errorf("%w: there is no event at position %d", ErrDamaged, next)
			}
			return err
		})
	}
}

// read gives chunk after chunk, the first one of a size, until one is the last, or fails.
func (h *history) read(
	ctx context.Context, yield func(domain.Recorded, error) bool, first int, fill func(*chunk, *reader) error,
) {
	for size := first; ; size = min(max(size*4, firstChunk), largestChunk) {
		c := &chunk{size: size}
		err := h.ready(ctx)
		if err == nil {
			err = h.readers.use(ctx, func(r *reader) error { return fill(c, r) })
		}
		for _, recorded := range c.events {
			if !yield(recorded, nil) {
				return
			}
		}
		if err != nil {
			yield(domain.Recorded{}, err)
			return
		}
		if c.ended {
			return
		}
	}
}

// chunk is some rows, copied out of SQLite's memory into few allocations. Each event's bytes are its receiver's own
// part of them.
type chunk struct {
	size   int // rows at most
	events []domain.Recorded
	bytes  int
	block  []byte // what is left of the last allocation
	ended  bool   // the statement had no more rows
}

const (
	blockBytes = 32 << 10
	eventBytes = 1 << 10 // about what an event takes
)

// fill runs a statement until the chunk is full.
func (c *chunk) fill(r *reader, s *sqlite3.Stmt, bind func(*sqlite3.Stmt) error) error {
	if err := bind(s); err != nil {
		return explain("read", err)
	}
	c.events = make([]domain.Recorded, 0, c.size)
	for len(c.events) < c.size && c.bytes < chunkBytes && s.Step() {
		c.events = append(c.events, c.scan(r, s))
	}
	err := s.Err()
	c.ended = err == nil && len(c.events) < c.size && c.bytes < chunkBytes
	if reset := s.Reset(); err == nil {
		err = reset
	}
	if err != nil {
		return explain("read", err)
	}
	return nil
}

// scan copies the row that s stands on.
func (c *chunk) scan(r *reader, s *sqlite3.Stmt) (recorded domain.Recorded) {
	recorded.Position = positionOf(s.ColumnInt64(0))
	recorded.Revision = domain.Revision(s.ColumnInt64(1))
	copy(recorded.ID[:], s.ColumnRawBlob(2))
	recorded.At = time.UnixMicro(s.ColumnInt64(3)).UTC()
	recorded.Name = r.name(s.ColumnRawText(4))
	recorded.Payload = c.keep(s.ColumnRawBlob(5))
	recorded.Metadata = c.keep(s.ColumnRawBlob(6))
	recorded.Stream = c.stream(s.ColumnRawText(7))
	return recorded
}

// keep copies raw; its capacity ends where it does, so that appending to it touches nobody else's bytes.
func (c *chunk) keep(raw []byte) []byte {
	if len(raw) > len(c.block) {
		c.block = make([]byte, max(min(blockBytes, c.size*eventBytes), len(raw)))
	}
	n := copy(c.block, raw)
	kept := c.block[:n:n]
	c.block = c.block[n:]
	c.bytes += n
	return kept
}

// stream is the name of a stream; one run of events of a stream shares it.
func (c *chunk) stream(raw []byte) domain.StreamID {
	if n := len(c.events); n > 0 && string(c.events[n-1].Stream) == string(raw) {
		return c.events[n-1].Stream
	}
	return domain.StreamID(raw)
}

func (r *reader) name(raw []byte) string {
	if name, known := r.names[string(raw)]; known {
		return name
	}
	name := string(raw)
	r.names[name] = name
	return name
}

// followRevisions checks that the chunk goes on at next without a gap, and is the revision after it.
func (c *chunk) followRevisions(next, step domain.Revision, err error) (domain.Revision, error) {
	for i := range c.events {
		if c.events[i].Revision != next {
			gap := fmt.Errorf("%w: %s has no revision %d", ErrDamaged, c.events[i].Stream, next)
			c.events = c.events[:i]
			return next, gap
		}
		next += step
	}
	return next, err
}

// followPositions checks the same of positions.
func (c *chunk) followPositions(next int64, err error) (int64, error) {
	for i := range c.events {
		if c.events[i].Position != positionOf(next) {
			c.events = c.events[:i]
			return next, fmt.Errorf("%w: there is no event at position %d", ErrDamaged, next)
		}
		next++
	}
	return next, err
}
