package atrest_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/ncruces/go-sqlite3"

	"signaalboek/ops/atrest"
)

const word = "een zin die nergens mag staan"

// aDatabase makes a database in the clear that keeps a write-ahead log, with rows of many sizes.
func aDatabase(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.db")
	execute(t, path, nil, `PRAGMA journal_mode = WAL; CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT) STRICT;
		PRAGMA application_id = 7; PRAGMA user_version = 3;
		WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < 300)
		INSERT INTO note SELECT 3*i, printf('%s %d %s', '`+word+`', i, hex(zeroblob(i*i % 9000))) FROM n`)
	return path
}

func execute(t *testing.T, path string, c *atrest.Cipher, sql string) {
	t.Helper()
	conn := connect(t, path, c)
	if err := errors.Join(conn.Exec(sql), conn.Close()); err != nil {
		t.Fatal(err)
	}
}

func connect(t *testing.T, path string, c *atrest.Cipher) *sqlite3.Conn {
	t.Helper()
	conn, err := tryToConnect(path, c)
	if err != nil {
		t.Fatal(err)
	}
	return conn
}

func tryToConnect(path string, c *atrest.Cipher) (*sqlite3.Conn, error) {
	conn, err := sqlite3.Open(c.Name(path))
	if err != nil {
		return nil, err
	}
	return conn, conn.Exec(`PRAGMA temp_store = MEMORY`)
}

// sumOf is a mark of all that stands in a database.
func sumOf(t *testing.T, path string, c *atrest.Cipher) (sum string, err error) {
	t.Helper()
	conn, err := tryToConnect(path, c)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	stmt, _, err := conn.Prepare(`SELECT (SELECT application_id FROM pragma_application_id) || '/' ||
		(SELECT user_version FROM pragma_user_version) || '/' || count(*) || '/' || sum(id) || '/' || sum(length(text)) FROM note`)
	if err != nil {
		return "", err
	}
	defer stmt.Close()
	for stmt.Step() {
		sum = stmt.ColumnText(0)
	}
	return sum, stmt.Err()
}

// Given a database in the clear, when it is converted and converted back, then it holds the same, and the word stands on
// disk only while it is in the clear.
func TestConvertThereAndBack(t *testing.T) {
	path, c := aDatabase(t), atrest.NewKey().For("test")
	before, err := sumOf(t, path, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, turn := range []struct {
		from, to *atrest.Cipher
		reserve  int
		form     atrest.Form
	}{
		{nil, c, atrest.Reserve, atrest.Sealed}, {nil, c, atrest.Reserve, atrest.Sealed}, {c, nil, 0, atrest.Plain},
	} {
		if err := atrest.Convert(t.Context(), path, turn.from, turn.to, turn.reserve); err != nil {
			t.Fatal(err)
		}
		if form, err := atrest.FormOf(path); form != turn.form || err != nil {
			t.Fatalf("form %d, error %v", form, err)
		}
		if after, err := sumOf(t, path, turn.to); after != before || err != nil {
			t.Errorf("it holds %s, not %s: %v", after, before, err)
		}
		if found := holds(t, filepath.Dir(path), word); found != (turn.form == atrest.Plain) {
			t.Errorf("form %d: the word was found: %v", turn.form, found)
		}
	}
}

func holds(t *testing.T, dir, word string) (found bool) {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(filepath.Join(dir, file.Name()))
		if err != nil {
			t.Fatal(err)
		}
		found = found || bytes.Contains(raw, []byte(word))
	}
	return found
}

// Given a sealed database that is written in many ways while others read, then it stays sound, and the word is in no file,
// the write-ahead log included; a transaction larger than the cache, that goes into the write-ahead log before it is
// committed, is recovered or undone like any other.
func TestWritingSealed(t *testing.T) {
	path, c := aDatabase(t), atrest.NewKey().For("test")
	if err := atrest.Convert(t.Context(), path, nil, c, atrest.Reserve); err != nil {
		t.Fatal(err)
	}
	conn, reader := connect(t, path, c), connect(t, path, c)
	defer conn.Close()
	defer reader.Close()
	for i, sql := range []string{
		`PRAGMA cache_size = 5; BEGIN; UPDATE note SET text = text || text; UPDATE note SET text = '` + word + `' || id; COMMIT`,
		`BEGIN; UPDATE note SET text = text || hex(zeroblob(3000)); DELETE FROM note WHERE id % 2; ROLLBACK`,
		`SAVEPOINT a; DELETE FROM note WHERE id % 2 = 0; SAVEPOINT b; DELETE FROM note; ROLLBACK TO b; RELEASE a`,
		`PRAGMA wal_checkpoint(RESTART)`,
		`INSERT INTO note (text) SELECT hex(zeroblob(length(text)*7)) FROM note`,
		`VACUUM`, `PRAGMA wal_checkpoint(TRUNCATE)`, `INSERT INTO note (text) VALUES ('` + word + `')`,
	} {
		if err := conn.Exec(sql); err != nil {
			t.Fatalf("step %d: %v", i, err)
		}
		if err := reader.Exec(`SELECT sum(length(text)) FROM note`); err != nil {
			t.Errorf("step %d, reading: %v", i, err)
		}
		for name, who := range map[string]*sqlite3.Conn{"writer": conn, "reader": reader} {
			if said := ask(t, who, `PRAGMA integrity_check`); said != "ok" {
				t.Errorf("step %d, %s: %s", i, name, said)
			}
		}
		if holds(t, filepath.Dir(path), word) {
			t.Errorf("step %d: the word stands on disk", i)
		}
		copied := filepath.Join(t.TempDir(), "a.db") // as a crash leaves it
		for _, suffix := range []string{"", "-wal"} {
			if raw, err := os.ReadFile(path + suffix); err == nil {
				if err := os.WriteFile(copied+suffix, raw, 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
		want, err := sumOf(t, path, c)
		if got, copiedErr := sumOf(t, copied, c); got != want || copiedErr != nil || err != nil {
			t.Errorf("step %d: recovered %s, not %s: %v, %v", i, got, want, copiedErr, err)
		}
	}
}

func ask(t *testing.T, conn *sqlite3.Conn, question string) string {
	t.Helper()
	stmt, _, err := conn.Prepare(question)
	if err != nil {
		t.Fatal(err)
	}
	defer stmt.Close()
	stmt.Step()
	return stmt.ColumnText(0) + fmt.Sprint(errors.Join(stmt.Err()))[len("<nil>"):]
}

// A box opens in its own place only, and any altered bit is found out.
func TestAnAlteredOrMovedPageDoesNotOpen(t *testing.T) {
	path, c := aDatabase(t), atrest.NewKey().For("test")
	if err := atrest.Convert(t.Context(), path, nil, c, atrest.Reserve); err != nil {
		t.Fatal(err)
	}
	sound, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	page := func(raw []byte, n int) []byte { return raw[n*atrest.PageSize : (n+1)*atrest.PageSize] }
	for name, harm := range map[string]func(raw []byte){
		"a bit of a nonce": func(raw []byte) { page(raw, 5)[3] ^= 1 },
		"a bit of a box":   func(raw []byte) { page(raw, 5)[2000] ^= 16 },
		"a bit of a tag":   func(raw []byte) { page(raw, 5)[atrest.PageSize-1] ^= 128 },
		"the first page":   func(raw []byte) { raw[1000] ^= 1 },
		"two pages change": func(raw []byte) {
			five := bytes.Clone(page(raw, 5))
			copy(page(raw, 5), page(raw, 6))
			copy(page(raw, 6), five)
		},
	} {
		raw := bytes.Clone(sound)
		harm(raw)
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		if sum, err := sumOf(t, path, c); !errors.Is(err, sqlite3.IOERR_DATA) {
			t.Errorf("%s: read %s, error %v", name, sum, err)
		}
	}
}

func TestCheck(t *testing.T) {
	key := atrest.NewKey()
	plain, sealed := aDatabase(t), aDatabase(t)
	if err := atrest.Convert(t.Context(), sealed, nil, key.For("test"), atrest.Reserve); err != nil {
		t.Fatal(err)
	}
	empty := filepath.Join(t.TempDir(), "empty")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, given := range map[string]struct {
		cipher *atrest.Cipher
		path   string
		want   error
	}{
		"its key":               {key.For("test"), sealed, nil},
		"another key":           {atrest.NewKey().For("test"), sealed, atrest.ErrWrongKey},
		"a key for other files": {key.For("other"), sealed, atrest.ErrWrongKey},
		"no key":                {nil, sealed, atrest.ErrSealed},
		"a key for a plain one": {key.For("test"), plain, atrest.ErrPlain},
		"no key for a plain":    {nil, plain, nil},
		"nothing there":         {key.For("test"), sealed + "x", nil},
		"an empty file":         {key.For("test"), empty, nil},
	} {
		if err := given.cipher.Check(given.path); !errors.Is(err, given.want) {
			t.Errorf("%s: got %v, want %v", name, err, given.want)
		}
	}
}

func TestKeyFile(t *testing.T) {
	file := atrest.KeyFile(filepath.Join(t.TempDir(), "config", "key"))
	if _, err := file.Read(); !errors.Is(err, atrest.ErrNoKey) {
		t.Errorf("before there is one: %v", err)
	}
	made, err := file.Make()
	if err != nil {
		t.Fatal(err)
	}
	if again, err := file.Make(); err != nil || *again != *made {
		t.Errorf("made again: another key, or %v", err)
	}
	text, err := os.ReadFile(string(file))
	if err != nil || len(strings.TrimSpace(string(text))) != 64 {
		t.Errorf("the file has %d bytes, %v", len(text), err)
	}
	if shown := fmt.Sprintf("%v %+v %#v %s", made, made, made, made); strings.Contains(shown, string(text[:8])) {
		t.Error("a key shows itself")
	}
	if left, err := filepath.Glob(string(file) + "?*"); len(left) > 0 || err != nil {
		t.Errorf("left beside it: %q, %v", left, err)
	}
	if runtime.GOOS == "windows" {
		return
	}
	if about, err := os.Stat(string(file)); err != nil || about.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", about.Mode(), err)
	}
	if err := os.Chmod(string(file), 0o640); err != nil {
		t.Fatal(err)
	}
	if _, err := file.Read(); !errors.Is(err, atrest.ErrExposed) {
		t.Errorf("others may read it: %v", err)
	}
}

func TestAKeyFileThatIsNoKey(t *testing.T) {
	for _, text := range []string{"", "kort", strings.Repeat("g", 64), strings.Repeat("a", 63), strings.Repeat("ab", 33)} {
		file := atrest.KeyFile(filepath.Join(t.TempDir(), "key"))
		if err := os.WriteFile(string(file), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := file.Read(); !errors.Is(err, atrest.ErrBadKey) || len(text) > 8 && strings.Contains(err.Error(), text[:8]) {
			t.Errorf("%d characters: %v", len(text), err)
		}
	}
}
