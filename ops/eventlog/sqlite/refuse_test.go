package sqlite_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/ncruces/go-sqlite3"

	"signaalboek/domain"
	"signaalboek/ops/atrest"
	"signaalboek/ops/eventlog/sqlite"
)

func TestOpenRefuses(t *testing.T) {
	for name, given := range map[string]struct {
		file func(t *testing.T, path string)
		want error
		says string
	}{
		"a text file": {
			func(t *testing.T, path string) { write(t, path, strings.Repeat("Beste buren, ", 500)) },
			sqlite.ErrForeign, "not a signaalboek log",
		},
		"a short file that is no database": {
			func(t *testing.T, path string) { write(t, path, "hallo") },
			sqlite.ErrForeign, "not a signaalboek log",
		},
		"a database of another program": {
			func(t *testing.T, path string) {
				execute(t, path, `CREATE TABLE address (street TEXT)`, sqlite.Options{})
			},
			sqlite.ErrForeign, "not a signaalboek log",
		},
		"a database of another program that names itself": {
			func(t *testing.T, path string) {
				execute(t, path, `PRAGMA application_id = 1196444487`, sqlite.Options{})
			},
			sqlite.ErrForeign, "not a signaalboek log",
		},
		"a newer format": {
			func(t *testing.T, path string) {
				makeLog(t, path, 3, sqlite.Options{})
				execute(t, path, `PRAGMA user_version = 2`, sqlite.Options{})
			},
			sqlite.ErrNewer, "newer version",
		},
		"another table": {
			func(t *testing.T, path string) {
				makeLog(t, path, 3, sqlite.Options{})
				execute(t, path, `ALTER TABLE event ADD COLUMN extra TEXT`, sqlite.Options{})
			},
			sqlite.ErrDamaged, "damaged",
		},
		"a directory": {
			func(t *testing.T, path string) {
				if err := os.Mkdir(path, 0o700); err != nil {
					t.Fatal(err)
				}
			},
			sqlite3.CANTOPEN, "unable to open",
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := fresh(t)
			given.file(t, path)
			if raw := content(t, path); raw != "" && !strings.HasPrefix(raw, "SQLite") {
				sealed := sqlite.Options{Cipher: atrest.NewKey().For("log")}
				if _, err := sqlite.Open(t.Context(), path, sealed); !errors.Is(err, given.want) {
					t.Errorf("under a key: got error %v, want %v", err, given.want)
				}
			}
			before := content(t, path)
			log, err := sqlite.Open(t.Context(), path, sqlite.Options{})
			if err == nil {
				t.Fatal("it was opened", log.Close())
			}
			if !errors.Is(err, given.want) || !strings.Contains(err.Error(), given.says) {
				t.Errorf("got error %q, want %v, saying %q", err, given.want, given.says)
			}
			if content(t, path) != before {
				t.Error("the file was changed")
			}
		})
	}
}

func TestOpenRefusesALogInUse(t *testing.T) {
	path := fresh(t)
	open(t, path, sqlite.Options{})
	if _, err := sqlite.Open(t.Context(), path, sqlite.Options{}); !errors.Is(err, sqlite.ErrLocked) {
		t.Errorf("got error %v, want %v", err, sqlite.ErrLocked)
	}
}

func TestOpenSaysWhatTheOperatingSystemSays(t *testing.T) {
	directory := t.TempDir()
	write(t, filepath.Join(directory, "file"), "")
	for where, want := range map[string]error{"absent": fs.ErrNotExist, "file": syscall.ENOTDIR} { // for root, too
		path := filepath.Join(directory, where, "log.db")
		if _, err := sqlite.Open(t.Context(), path, sqlite.Options{}); !errors.Is(err, want) {
			t.Errorf("in %s: got error %v, want %v", where, err, want)
		}
	}
}

func TestOpenFinishesAFileThatWasLeftEmpty(t *testing.T) {
	eachForm(t, func(t *testing.T, form sqlite.Options) {
		path := fresh(t)
		write(t, path, "")
		makeLog(t, path, 1, form)
	})
}

func TestClosedLogSaysSo(t *testing.T) {
	log := open(t, fresh(t), sqlite.Options{})
	following := make(chan error)
	go func() {
		for _, err := range log.Follow(t.Context(), domain.Position{}) {
			following <- err
		}
	}()
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-following; !errors.Is(err, sqlite.ErrClosed) {
		t.Errorf("a follower ended with %v", err)
	}
	if _, err := log.Append(t.Context(), "thing-a", domain.NoStream, drafts(1)); !errors.Is(err, sqlite.ErrClosed) {
		t.Errorf("append: got error %v", err)
	}
	if _, err := readAll(t, log); !errors.Is(err, sqlite.ErrClosed) {
		t.Errorf("read: got error %v", err)
	}
}

// makeLog makes a log of n streams of ten events each, and closes it.
func makeLog(t *testing.T, path string, n int, form sqlite.Options) {
	t.Helper()
	log := open(t, path, form)
	for i := range n {
		stream := domain.NewStreamID("thing", fmt.Sprint(i))
		if _, err := log.Append(t.Context(), stream, domain.NoStream, drafts(10)); err != nil {
			t.Fatal(err)
		}
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
}

func readAll(t *testing.T, log domain.Store) (n int, err error) {
	t.Helper()
	for _, err = range log.ReadAll(t.Context(), domain.Position{}) {
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

func execute(t *testing.T, path, sql string, form sqlite.Options) {
	t.Helper()
	conn, err := sqlite3.Open("file:" + path + "?vfs=unmapped-" + form.Cipher.Register(""))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(conn.Exec(sql), conn.Close()); err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func content(t *testing.T, path string) string {
	t.Helper()
	if stat, err := os.Stat(path); err != nil || stat.IsDir() {
		return ""
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
