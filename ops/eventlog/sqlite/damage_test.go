package sqlite_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"testing"

	"signaalboek/domain"
	"signaalboek/ops/eventlog/sqlite"
)

const pageSize = 4096

// Given a log in which one page is damaged, when it is opened and read, then an error is met before the end, whatever
// the page: never a short history, and never an altered one.
func TestADamagedPageIsFoundOut(t *testing.T) { eachForm(t, damagePages) }

func damagePages(t *testing.T, form sqlite.Options) {
	sound := fresh(t)
	makeLog(t, sound, 40, form)
	raw := []byte(content(t, sound))
	for page := range len(raw) / pageSize {
		for _, at := range []int{20, pageSize / 2, pageSize - 4} {
			path := fresh(t)
			damaged := bytes.Clone(raw)
			damaged[page*pageSize+at] ^= 0x41
			write(t, path, string(damaged))
			if err := readEverything(t, path, form); err == nil {
				t.Errorf("page %d, byte %d: the damage was not found", page, at)
			}
		}
	}
}

// readEverything opens a log and reads it in every way. A sequence that ended well must have been whole.
func readEverything(t *testing.T, path string, form sqlite.Options) error {
	log, err := sqlite.Open(t.Context(), path, form)
	if err != nil {
		return err
	}
	defer log.Close()
	n, allErr := readAll(t, log)
	if allErr == nil && n != 400 {
		t.Errorf("%d events were given for 400", n)
	}
	var streamErr error
	for i := range 40 {
		streamErr = errors.Join(streamErr, readStream(t, log, domain.NewStreamID("thing", fmt.Sprint(i))))
	}
	return errors.Join(allErr, streamErr, log.Check(t.Context()))
}

func readStream(t *testing.T, log domain.Store, stream domain.StreamID) error {
	n := 0
	for _, err := range log.ReadStream(t.Context(), stream, 0) {
		if err != nil {
			return err
		}
		n++
	}
	if n != 10 {
		t.Errorf("%d events of %s were given for 10", n, stream)
	}
	return nil
}

func TestAMissingRowIsFoundOut(t *testing.T) { eachForm(t, loseRows) }

func loseRows(t *testing.T, form sqlite.Options) {
	for name, sql := range map[string]string{
		"in the middle":  `DELETE FROM event WHERE position = 57`,
		"the first":      `DELETE FROM event WHERE position = 1`,
		"a whole stream": `DELETE FROM event WHERE stream = 'thing-3'`,
	} {
		t.Run(name, func(t *testing.T) {
			path := fresh(t)
			makeLog(t, path, 10, form)
			execute(t, path, sql, form)
			log := open(t, path, form)
			if n, err := readAll(t, log); !errors.Is(err, sqlite.ErrDamaged) {
				t.Errorf("read %d events, error %v", n, err)
			}
			if err := log.Check(t.Context()); !errors.Is(err, sqlite.ErrDamaged) {
				t.Errorf("check: %v", err)
			}
		})
	}
}

func TestCheckOfASoundLog(t *testing.T) {
	log := open(t, fresh(t), sqlite.Options{})
	if err := log.Check(t.Context()); err != nil {
		t.Errorf("empty: %v", err)
	}
	if _, err := log.Append(t.Context(), "thing-a", domain.NoStream, drafts(10)); err != nil {
		t.Fatal(err)
	}
	if err := log.Check(t.Context()); err != nil {
		t.Errorf("with events: %v", err)
	}
}

// crashed is a log as a process leaves it that dies with all its transactions in the write-ahead log. What follows
// them there, into which it would have grown, is apart.
func crashed(t *testing.T, appends int, form sqlite.Options) (path string, wal, ahead []byte) {
	t.Helper()
	living, path := fresh(t), fresh(t)
	log := open(t, living, form)
	revision := domain.NoStream
	for range appends {
		if _, err := log.Append(t.Context(), "thing-a", revision, drafts(1)); err != nil {
			t.Fatal(err)
		}
		revision++
	}
	write(t, path, content(t, living))
	wal = []byte(content(t, living+"-wal"))
	const header, frameHeader = 32, 24
	end := header
	for end < len(wal) && !bytes.Equal(wal[end:end+frameHeader], make([]byte, frameHeader)) {
		end += frameHeader + pageSize
	}
	return path, wal[:end], wal[end:]
}

func TestATornWriteAheadLogIsRecovered(t *testing.T) { eachForm(t, tearWAL) }

func tearWAL(t *testing.T, form sqlite.Options) {
	const appends = 12
	path, wal, ahead := crashed(t, appends, form)
	for _, cut := range []int{0, 100, pageSize + 50} {
		want := appends
		if cut > 0 {
			want--
		}
		for name, rest := range map[string][]byte{
			"the file ends": nil,
			"zeros follow":  slices.Concat(make([]byte, cut), ahead),
		} {
			copied := fresh(t)
			write(t, copied, content(t, path))
			write(t, copied+"-wal", string(wal[:len(wal)-cut])+string(rest))
			if n, err := readAll(t, open(t, copied, form)); n != want || err != nil {
				t.Errorf("%d bytes short, %s: got %d events and %v, want %d", cut, name, n, err, want)
			}
		}
	}
}

// Given a log that has grown ahead of its transactions, then that is zeros up to the next whole step, and no more.
func TestTheWriteAheadLogGrowsAhead(t *testing.T) { eachForm(t, growAhead) }

func growAhead(t *testing.T, form sqlite.Options) {
	_, wal, ahead := crashed(t, 12, form)
	if len(bytes.Trim(ahead, "\x00")) > 0 {
		t.Error("what follows the transactions is not zeros")
	}
	if whole := len(wal) + len(ahead); whole != 1<<20 {
		t.Errorf("the write-ahead log has %d bytes, %d of them used", whole, len(wal))
	}
}

func TestADamagedWriteAheadLogIsFoundOut(t *testing.T) { eachForm(t, damageWAL) }

func damageWAL(t *testing.T, form sqlite.Options) {
	path, wal, ahead := crashed(t, 12, form)
	for _, at := range []int{3, 10, 20, 28, 40, 60, 5000, len(wal) / 2} {
		damaged := slices.Concat(wal, ahead)
		damaged[at] ^= 0x41
		write(t, path+"-wal", string(damaged))
		if log, err := sqlite.Open(t.Context(), path, form); !errors.Is(err, sqlite.ErrDamaged) {
			t.Errorf("byte %d: got %v, error %v", at, log, err)
		}
	}
}
