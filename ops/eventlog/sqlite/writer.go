package sqlite

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"time"

	"github.com/ncruces/go-sqlite3"

	"signaalboek/domain"
)

// writer is the one connection that writes. Only its goroutine touches it.
type writer struct {
	conn *sqlite3.Conn
	begin, commit, rollback,
	head, idAt, known, insert, withdraw *sqlite3.Stmt

	last  int64                               // position of the last event, those of the open transaction included
	heads map[domain.StreamID]domain.Revision // last revisions, the same; what is missing is looked up
	pages int                                 // in the write-ahead log, after the last commit
}

// maxHeads bounds the memory of heads; beyond it, everything is looked up once more.
const maxHeads = 1 << 16

// checkpointPages is how far the write-ahead log grows before its pages are put in their place in the file, each once
// however often it changed: 32 MB.
const checkpointPages = 8000

// writerCache is the writer's page cache in KiB. After a batch has split a page in the middle of an index, SQLite looks
// through the whole cache when it commits; what is written next to what was written last needs little of it.
const writerCache = 4096

// readerHolds is far longer than a reader ever holds the lock of writing: one that sees the index of the write-ahead log
// change while it reads it takes that lock, to look once more. Nobody else writes.
const readerHolds = time.Minute

func newWriter(ctx context.Context, name string) (_ *writer, err error) {
	conn, err := sqlite3.OpenContext(ctx, name)
	if err != nil {
		return nil, err
	}
	w := &writer{conn: conn, heads: map[domain.StreamID]domain.Revision{}}
	if err := errors.Join(conn.BusyTimeout(readerHolds), w.prepare()); err != nil {
		return nil, errors.Join(err, w.close())
	}
	conn.WALHook(func(_ *sqlite3.Conn, _ string, pages int) error {
		w.pages = pages
		return nil
	})
	return w, nil
}

// prepare reads where the log ends, which also recovers what the last process left in its write-ahead log.
func (w *writer) prepare() (err error) {
	if err := w.conn.Exec(fmt.Sprintf(`PRAGMA synchronous = FULL; PRAGMA cache_size = -%d`, writerCache)); err != nil {
		return err
	}
	if w.last, err = queryInt(w.conn, `SELECT max(position) FROM event`); err != nil {
		return err
	}
	for stmt, query := range map[**sqlite3.Stmt]string{
		&w.begin:    `BEGIN IMMEDIATE`,
		&w.commit:   `COMMIT`,
		&w.rollback: `ROLLBACK`,
		&w.head:     `SELECT max(revision) FROM event WHERE stream = ?`,
		&w.idAt:     `SELECT id, position FROM event WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?`,
		&w.known:    `SELECT 1 FROM event WHERE id = ?`,
		&w.insert:   `INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		&w.withdraw: `DELETE FROM event WHERE position > ?`,
	} {
		if *stmt, _, err = w.conn.PrepareFlags(query, sqlite3.PREPARE_PERSISTENT); err != nil {
			return err
		}
	}
	return nil
}

// close closes the connection; closing the last one also empties the write-ahead log into the file.
func (w *writer) close() error {
	for _, stmt := range []*sqlite3.Stmt{
		w.begin, w.commit, w.rollback, w.head, w.idAt, w.known, w.insert, w.withdraw,
	} {
		stmt.Close() // says again what its last step said
	}
	return w.conn.Close()
}

// write is the goroutine that writes.
func (l *Log) write() {
	defer close(l.done)
	w := l.writer
	var batch []*request
	for batch = l.queue.take(batch); len(batch) > 0; batch = l.queue.take(batch) {
		if err := l.ready(context.Background()); err != nil {
			refuse(batch, err)
			continue
		}
		if err := l.record(w, batch); err != nil {
			l.stop(err)
			l.queue.shut()
			continue
		}
		w.checkpoint()
		if len(batch) > 1 {
			runtime.Gosched() // those who got their answer may come with their next append, and share the next wait
		}
	}
}

// refuse answers requests of which nothing was recorded.
func refuse(batch []*request, err error) {
	for _, r := range batch {
		r.answer <- answer{err: err}
	}
}

// record commits a batch as one transaction, and answers it. An error means that the state is unknown.
func (l *Log) record(w *writer, batch []*request) error {
	before := w.last
	if err := w.begin.Exec(); err != nil {
		refuse(batch, explain("append", err))
		return nil
	}
	answers, err := w.recordAll(batch)
	// If the process dies here, nothing of the batch was recorded, and nobody was told that it was.
	if err != nil {
		return w.giveUp(batch, explain("append", err))
	}
	if err := w.commit.Exec(); err != nil {
		// The transaction may be in the write-ahead log, whole, and be found there after a restart; or not.
		refuse(batch, fmt.Errorf("append: %w: %w", domain.ErrUnknown, err))
		return explain("commit", err)
	}
	// If the process dies here, or lost its power, the batch is recorded, all of it, and nobody was told: they ask
	// again, with the same ids, and get the same answers.
	if w.last != before {
		l.publish(w.last)
	}
	for i, r := range batch {
		r.answer <- answers[i]
	}
	return nil
}

// giveUp undoes the open transaction after a fault that was met before its commit.
func (w *writer) giveUp(batch []*request, fault error) error {
	clear(w.heads)
	if err := w.rollback.Exec(); err != nil && !w.conn.GetAutocommit() {
		refuse(batch, fault)
		return fmt.Errorf("roll back: %w: after: %w", err, fault)
	}
	last, err := queryInt(w.conn, `SELECT max(position) FROM event`)
	refuse(batch, fault)
	if err != nil {
		return fmt.Errorf("roll back: %w: after: %w", err, fault)
	}
	w.last = last
	return nil
}

// recordAll puts a batch in the open transaction. An error is one of the disk: the transaction must be given up.
func (w *writer) recordAll(batch []*request) ([]answer, error) {
	if len(w.heads) > maxHeads {
		clear(w.heads)
	}
	answers := make([]answer, len(batch))
	for i, r := range batch {
		if !r.state.CompareAndSwap(waiting, taken) {
			continue
		}
		position, err := w.recordOne(r)
		if err != nil && !errors.Is(err, domain.ErrConflict) && !errors.Is(err, domain.ErrTaken) {
			return nil, err
		}
		answers[i] = answer{position: position, err: err}
	}
	return answers, nil
}

func (w *writer) recordOne(r *request) (domain.Position, error) {
	head, err := w.presumedHead(r)
	if err != nil {
		return domain.Position{}, err
	}
	if head != r.expected {
		return w.recordedBefore(r)
	}
	before := w.last
	for i := range r.drafts {
		switch err := w.insertOne(r.stream, head+1+domain.Revision(i), &r.drafts[i]); {
		case errors.Is(err, sqlite3.CONSTRAINT_UNIQUE):
			return w.explainTwice(r, i, before, err)
		case err != nil:
			return domain.Position{}, err
		}
	}
	w.heads[r.stream] = head + domain.Revision(len(r.drafts))
	return positionOf(w.last), nil
}

// presumedHead is the last revision of the stream of r. One that should have none is mostly new, and is not looked up: if
// it is not new, the index on revisions does not take its first event.
func (w *writer) presumedHead(r *request) (domain.Revision, error) {
	if _, known := w.heads[r.stream]; !known && r.expected == domain.NoStream {
		return domain.NoStream, nil
	}
	return w.headOf(r.stream)
}

func (w *writer) headOf(stream domain.StreamID) (domain.Revision, error) {
	if head, known := w.heads[stream]; known {
		return head, nil
	}
	w.head.BindText(1, string(stream))
	head := domain.NoStream
	if w.head.Step() && w.head.ColumnType(0) == sqlite3.INTEGER {
		head = domain.Revision(w.head.ColumnInt64(0))
	}
	if err := w.head.Reset(); err != nil {
		return head, err
	}
	w.heads[stream] = head
	return head, nil
}

// recordedBefore finds the drafts of r where a first attempt has put them; anything else is a conflict.
func (w *writer) recordedBefore(r *request) (domain.Position, error) {
	w.idAt.BindText(1, string(r.stream))
	w.idAt.BindInt64(2, int64(r.expected)+1)
	w.idAt.BindInt64(3, int64(len(r.drafts)))
	var last int64
	same := 0
	for w.idAt.Step() {
		if string(w.idAt.ColumnRawBlob(0)) == string(r.drafts[same].ID[:]) {
			last = w.idAt.ColumnInt64(1)
			same++
			continue
		}
		break
	}
	if err := w.idAt.Reset(); err != nil {
		return domain.Position{}, err
	}
	if same < len(r.drafts) {
		return domain.Position{}, fmt.Errorf("append to %s: %w", r.stream, domain.ErrConflict)
	}
	return positionOf(last), nil
}

func (w *writer) insertOne(stream domain.StreamID, revision domain.Revision, draft *domain.Draft) error {
	s := w.insert
	err := errors.Join(
		s.BindInt64(1, w.last+1),
		s.BindText(2, string(stream)),
		s.BindInt64(3, int64(revision)),
		s.BindBlob(4, draft.ID[:]),
		s.BindText(5, draft.Name),
		s.BindInt64(6, draft.At.UnixMicro()),
		s.BindBlob(7, draft.Payload),
		s.BindBlob(8, draft.Metadata),
	)
	if err == nil {
		err = s.Exec()
	}
	if err == nil {
		w.last++
	}
	return err
}

// explainTwice says what it means that a unique index does not take draft i of r: its stream was presumed new and is not,
// its id is taken, or the index contradicts the table.
func (w *writer) explainTwice(r *request, i int, before int64, twice error) (domain.Position, error) {
	if i == 0 {
		head, err := w.headOf(r.stream)
		if err != nil {
			return domain.Position{}, err
		}
		if head != r.expected {
			return w.recordedBefore(r)
		}
	}
	w.known.BindBlob(1, r.drafts[i].ID[:])
	known := w.known.Step()
	if err := w.known.Reset(); err != nil {
		return domain.Position{}, err
	}
	if !known {
		return domain.Position{}, fmt.Errorf("%w: %w", ErrDamaged, twice)
	}
	if err := w.undo(before); err != nil {
		return domain.Position{}, err
	}
	return domain.Position{}, fmt.Errorf("append to %s: event %s: %w", r.stream, r.drafts[i].ID, domain.ErrTaken)
}

// undo takes back the first drafts of an append, after a later one was refused.
func (w *writer) undo(before int64) error {
	if w.last == before {
		return nil
	}
	w.withdraw.BindInt64(1, before)
	if err := w.withdraw.Exec(); err != nil {
		return err
	}
	w.last = before
	return nil
}

// checkpoint puts the pages of the write-ahead log in their place when there are many, so that it starts again from
// its beginning. It runs after appenders were answered: only those that come meanwhile wait for it. If the process
// dies here, the pages are still in the write-ahead log. It may fail, or find a reader in its way: it is done again
// after a later commit, and what it could not do harms nobody.
func (w *writer) checkpoint() {
	if w.pages < checkpointPages {
		return
	}
	_, _, _ = w.conn.WALCheckpoint("main", sqlite3.CHECKPOINT_PASSIVE)
}
