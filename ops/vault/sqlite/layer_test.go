package sqlite_test

import (
	"testing"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/util/vfsutil"
	"github.com/ncruces/go-sqlite3/vfs"
	"signaalboek/domain"
	"signaalboek/domain/domaintest"
	"signaalboek/ops/vault/sqlite"
)

// strict is a layer that serves databases and their write-ahead logs, and nothing else: no temporary file, in which
// something could be left, and no rollback journal.
type strict struct{ vfs.VFS }

// Open implements vfs.VFS; SQLite calls OpenFilename.
func (strict) Open(string, vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	return nil, 0, sqlite3.CANTOPEN
}

// OpenFilename implements vfs.VFSFilename.
func (s strict) OpenFilename(name *vfs.Filename, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	if flags&(vfs.OPEN_MAIN_DB|vfs.OPEN_WAL) == 0 {
		return nil, flags, sqlite3.CANTOPEN
	}
	return vfsutil.WrapOpenFilename(s.VFS, name, flags)
}

// A vault does with a layer that serves no other files, and leaves it room in every page.
func TestVaultThroughLayer(t *testing.T) {
	vfs.Register("strict", strict{vfs.Find("")})
	through := sqlite.Options{VFS: "strict", Reserve: 28}
	domaintest.VaultSuite(t, func(t *testing.T) domain.Vault { return openWith(t, t.TempDir(), through) })
	t.Run("much is wrapped anew", func(t *testing.T) {
		v := openWith(t, t.TempDir(), through)
		texts := make([]domain.Sealed, 3000)
		seal(t, v, texts)
		fatal(t, v.ForgetTexts(t.Context(), practice, texts[0].Key))
		if _, err := v.Open(t.Context(), texts[1]); err != nil {
			t.Errorf("fault: %v", err)
		}
	})
}
