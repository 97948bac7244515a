package sqlite_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"signaalboek/domain"
	"signaalboek/ops/atrest"
	"signaalboek/ops/eventlog/sqlite"
)

func openReader(t testing.TB, path string, form sqlite.Options) *sqlite.Reader {
	t.Helper()
	reader, err := sqlite.OpenReader(t.Context(), path, form)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := reader.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return reader
}

// Given a process that appends as fast as it can, when another reads beside it, over and over, then it sees a prefix of
// the log, every append in it whole, with all that was promised before it looked; and when the writer is killed the
// reader goes on, and so does the next writer.
func TestAReaderSeesAPrefixOfWhatAnotherProcessWrites(t *testing.T) {
	t.Run("in the clear", func(t *testing.T) { readBesideWriters(t, "") })
	t.Run("sealed", func(t *testing.T) { readBesideWriters(t, atrest.KeyFile(filepath.Join(t.TempDir(), "key"))) })
}

func readBesideWriters(t *testing.T, key atrest.KeyFile) {
	path := fresh(t)
	form, err := formUnder(key)
	if err != nil {
		t.Fatal(err)
	}
	var reader *sqlite.Reader
	var before []domain.Recorded
	for range 6 {
		writer := startWriter(t, path, key)
		for range 8 {
			promised := writer.promises(t, 1+rand.IntN(20))
			if reader == nil {
				reader = openReader(t, path, form)
			}
			before = checkPrefix(t, reader, before, promised)
		}
		writer.kill(t)
		before = checkPrefix(t, reader, before, nil)
	}
	if err := reader.Close(); err != nil {
		t.Fatal(err)
	}
	log := open(t, path, form)
	if err := log.Check(t.Context()); err != nil {
		t.Error(err)
	}
	checkPrefix(t, log, before, nil) // and maybe what the writer had written, and had not made known, when it was killed
}

// checkPrefix reads the log, and checks that it begins with what was read before, is whole, and holds what was promised.
func checkPrefix(
	t *testing.T, log domain.Store, before []domain.Recorded, promised map[domain.StreamID]domain.Revision,
) (read []domain.Recorded) {
	t.Helper()
	last := map[domain.StreamID]domain.Revision{}
	for r, err := range log.ReadAll(t.Context(), domain.Position{}) {
		if err != nil {
			t.Fatal(err)
		}
		read, last[r.Stream] = append(read, r), r.Revision
	}
	if len(read) < len(before) {
		t.Fatalf("%d events were read after %d", len(read), len(before))
	}
	for i := range before {
		if read[i].ID != before[i].ID || read[i].Position != before[i].Position {
			t.Fatalf("event %d was another one before", i)
		}
	}
	for stream, revision := range promised {
		if last[stream] < revision {
			t.Errorf("%s: revision %d was promised, and %d is the last that a reader sees", stream, revision, last[stream])
		}
	}
	of := map[domain.StreamID][]domain.Recorded{}
	for _, r := range read {
		of[r.Stream] = append(of[r.Stream], r)
	}
	for _, events := range of {
		checkWhole(t, events)
	}
	return read
}

// process is another process that works on a log until it is killed, and says so on its output.
type process struct {
	command *exec.Cmd
	lines   *bufio.Reader
}

func startWriter(t *testing.T, path string, key atrest.KeyFile) *process {
	t.Helper()
	return start(t, crashLog+"="+path, crashKey+"="+string(key))
}

func start(t *testing.T, environment ...string) *process {
	t.Helper()
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), environment...)
	output, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	p := &process{command, bufio.NewReader(output)}
	t.Cleanup(func() { p.command.Process.Kill() })
	return p
}

// promises waits for n lines of a writer.
func (p *process) promises(t *testing.T, n int) map[domain.StreamID]domain.Revision {
	t.Helper()
	promised := map[domain.StreamID]domain.Revision{}
	for range n {
		line, err := p.lines.ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		note(t, promised, line)
	}
	return promised
}

func (p *process) kill(t *testing.T) {
	t.Helper()
	p.command.Process.Kill()
	_, _ = io.Copy(io.Discard, p.lines)
	if err := p.command.Wait(); err == nil || err.Error() != "signal: killed" {
		t.Fatalf("the process ended by itself: %v", err)
	}
}

// Given a log that is written to, when a process that reads it is killed, over and over, then nobody waits for it, and
// nothing is harmed.
func TestAReaderThatIsKilledHarmsNobody(t *testing.T) {
	eachKey(t, func(t *testing.T, key atrest.KeyFile, form sqlite.Options) {
		path := fresh(t)
		log := open(t, path, form)
		ended := make(chan error, 1)
		go func() { ended <- appendForEver(log, "thing-a", io.Discard) }()
		for range 8 {
			reading := start(t, readLog+"="+path, crashKey+"="+string(key))
			for range 1 + rand.IntN(5) {
				if line, err := reading.lines.ReadString('\n'); err != nil || line != "read\n" {
					t.Fatalf("the process said %q, %v", line, err)
				}
			}
			reading.kill(t)
		}
		if err := log.Check(t.Context()); err != nil {
			t.Error(err)
		}
		if err := log.Close(); err != nil {
			t.Error(err)
		}
		if err := <-ended; !errors.Is(err, sqlite.ErrClosed) {
			t.Errorf("appending ended with %v", err)
		}
		if _, err := readAll(t, open(t, path, form)); err != nil {
			t.Error(err)
		}
	})
}

// eachKey is eachForm, for tests in which another process needs the key as well.
func eachKey(t *testing.T, test func(t *testing.T, key atrest.KeyFile, form sqlite.Options)) {
	for name, key := range map[string]atrest.KeyFile{
		"in the clear": "", "sealed": atrest.KeyFile(filepath.Join(t.TempDir(), "key")),
	} {
		form, err := formUnder(key)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(name, func(t *testing.T) { test(t, key, form) })
	}
}

// Given a writer that was killed, and left what it wrote last in the write-ahead log only, when a reader comes first, then
// it sees all that was promised; closed, it leaves a log that a writer opens. A damaged write-ahead log is refused.
func TestAReaderOfALogThatNobodyWritesIn(t *testing.T) {
	eachKey(t, func(t *testing.T, key atrest.KeyFile, form sqlite.Options) {
		path := fresh(t)
		writer := startWriter(t, path, key)
		promised := writer.promises(t, 40)
		writer.kill(t)
		torn := fresh(t)
		for _, end := range []string{"", "-wal"} {
			write(t, torn+end, content(t, path+end))
		}
		reader, err := sqlite.OpenReader(t.Context(), path, form)
		if err != nil {
			t.Fatal(err)
		}
		read := checkPrefix(t, reader, nil, promised)
		if err := reader.Close(); err != nil {
			t.Fatal(err)
		}
		if n, err := readAll(t, open(t, path, form)); n != len(read) || err != nil {
			t.Errorf("a writer found %d events, the reader %d: %v", n, len(read), err)
		}
		wal := []byte(content(t, torn+"-wal"))
		wal[len(wal)/4] ^= 1
		write(t, torn+"-wal", string(wal))
		if reader, err := sqlite.OpenReader(t.Context(), torn, form); !errors.Is(err, sqlite.ErrDamaged) {
			t.Errorf("a damaged write-ahead log: got %v and error %v", reader, err)
		}
		if content(t, torn+"-wal") != string(wal) {
			t.Error("what was refused was changed")
		}
	})
}

// Given several readers that have just opened a log, when a writer opens it, then it waits for them, rather than be told
// that the log is in use.
func TestReadersKeepNoWriterOut(t *testing.T) {
	path := fresh(t)
	makeLog(t, path, 1, sqlite.Options{})
	stop, opened := make(chan struct{}), make(chan error)
	for range 2 {
		go func() {
			for {
				reader, err := sqlite.OpenReader(t.Context(), path, sqlite.Options{})
				if err == nil {
					err = reader.Close()
				}
				select {
				case <-stop:
					opened <- err
					return
				default:
				}
				if err != nil {
					opened <- err
					return
				}
			}
		}()
	}
	for range 20 {
		makeLog(t, path, 0, sqlite.Options{})
	}
	close(stop)
	for range 2 {
		if err := <-opened; err != nil {
			t.Error(err)
		}
	}
}

func TestAReaderOnlyReads(t *testing.T) {
	eachForm(t, func(t *testing.T, form sqlite.Options) {
		path := fresh(t)
		if _, err := sqlite.OpenReader(t.Context(), path, form); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("no log: got error %v", err)
		}
		if files, err := filepath.Glob(filepath.Dir(path) + "/*"); len(files) > 0 || err != nil {
			t.Errorf("something was made: %q, %v", files, err)
		}
		write(t, path, "")
		if _, err := sqlite.OpenReader(t.Context(), path, form); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("an empty log: got error %v", err)
		}
		makeLog(t, path, 3, form)
		before := content(t, path)
		reader := openReader(t, path, form)
		if _, err := reader.Append(t.Context(), "thing-new", domain.NoStream, drafts(1)); !errors.Is(err, sqlite.ErrReadOnly) {
			t.Errorf("append: got error %v", err)
		}
		if n, err := readAll(t, reader); n != 30 || err != nil {
			t.Errorf("read %d events, %v", n, err)
		}
		if err := errors.Join(reader.Check(t.Context()), reader.Close()); err != nil {
			t.Error(err)
		}
		if content(t, path) != before {
			t.Error("the file was changed")
		}
		if left, err := filepath.Glob(path + "-[ws]*"); len(left) > 0 || err != nil {
			t.Errorf("it left %q, %v", left, err)
		}
		if _, err := readAll(t, reader); !errors.Is(err, sqlite.ErrClosed) {
			t.Errorf("closed: got error %v", err)
		}
	})
}

// A reader follows what another writes, and ends when it is closed.
func TestAReaderFollows(t *testing.T) {
	path := fresh(t)
	log := open(t, path, sqlite.Options{})
	reader := openReader(t, path, sqlite.Options{})
	seen := make(chan domain.Recorded)
	ended := make(chan error)
	go func() {
		for r, err := range reader.Follow(t.Context(), domain.Position{}) {
			if err != nil {
				ended <- err
				return
			}
			seen <- r
		}
	}()
	for i := range 3 {
		end, err := log.Append(t.Context(), "thing-a", domain.Revision(i-1), drafts(1))
		if err != nil {
			t.Fatal(err)
		}
		if r := <-seen; r.Position != end {
			t.Errorf("saw %v, want %v", r.Position, end)
		}
		if at, err := reader.End(t.Context()); at != end || err != nil {
			t.Errorf("the end is %v, %v, want %v", at, err, end)
		}
	}
	if err := reader.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; !errors.Is(err, sqlite.ErrClosed) {
		t.Errorf("it ended with %v", err)
	}
}

// readLog names the log that a process reads until it is killed.
const readLog = "SIGNAALBOEK_TEST_READ_LOG"

// readUntilKilled reads a log over and over, and says so.
func readUntilKilled(path string, form sqlite.Options) error {
	reader, err := sqlite.OpenReader(context.Background(), path, form)
	if err != nil {
		return err
	}
	for {
		for _, err := range reader.ReadAll(context.Background(), domain.Position{}) {
			if err != nil {
				return err
			}
		}
		fmt.Println("read")
	}
}
