package atrest

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/ncruces/go-sqlite3"

	"signaalboek/ops/durable"
)

// Make makes a sealed database at path by statements, in the place of an empty file or none; base is the layer under it.
// It is made beside and gets its name when it is whole: if we crash here, there is none, and what was left ends in .new.
// Of several programs that do this at once, one makes it.
func (c *Cipher) Make(ctx context.Context, path, base, statements string) error {
	file, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.new") // for its owner only
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	if err := file.Close(); err != nil {
		return err
	}
	if err := c.fill(ctx, file.Name(), base, statements); err != nil {
		return err
	}
	if err := link(file.Name(), path); err != nil {
		return err
	}
	return durable.SyncDir(filepath.Dir(path))
}

func (c *Cipher) fill(ctx context.Context, path, base, statements string) (err error) {
	conn, err := sqlite3.OpenContext(ctx, c.nameOver(path, base))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if _, err := conn.FileControl("main", sqlite3.FCNTL_RESERVE_BYTES, Reserve); err != nil {
		return err
	}
	return conn.Exec(`PRAGMA journal_mode = MEMORY; PRAGMA temp_store = MEMORY; PRAGMA synchronous = FULL;
		BEGIN; ` + statements + `; COMMIT; PRAGMA journal_mode = WAL`)
}

// link names a file, unless somebody else was first.
func link(made, path string) error {
	err := os.Link(made, path)
	if !errors.Is(err, fs.ErrExist) {
		return err
	}
	about, err := os.Stat(path)
	if err != nil || about.Size() > 0 {
		return err
	}
	return os.Rename(made, path)
}
