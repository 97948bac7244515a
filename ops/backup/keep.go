package backup

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// The name of a backup: when it was made, and of what.
const (
	namePrefix = "signaalboek-"
	nameTime   = "20060102T150405.000Z"
	nameSuffix = ".age"

	unfinished = ".new"
)

func (h Header) name() string {
	return namePrefix + h.MadeAt.Format(nameTime) + "." + string(h.Kind) + nameSuffix
}

// Kept is a backup in a directory, by its name.
type Kept struct {
	Path   string
	Kind   Kind
	MadeAt time.Time
}

// List is the whole backups of a kind in a directory, the oldest first. One that is not there has none.
func List(dir string, kind Kind) (all []Kept, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("list backups: %w", err)
	}
	for _, entry := range entries {
		if kept, ok := parseName(entry.Name()); ok && kept.Kind == kind {
			kept.Path = filepath.Join(dir, entry.Name())
			all = append(all, kept)
		}
	}
	slices.SortFunc(all, func(a, b Kept) int { return a.MadeAt.Compare(b.MadeAt) })
	return all, nil
}

func parseName(name string) (kept Kept, ok bool) {
	inner, prefixed := strings.CutPrefix(name, namePrefix)
	inner, suffixed := strings.CutSuffix(inner, nameSuffix)
	dot := max(strings.LastIndexByte(inner, '.'), 0)
	at, err := time.Parse(nameTime, inner[:dot])
	kept = Kept{Kind: Kind(strings.TrimPrefix(inner[dot:], ".")), MadeAt: at}
	return kept, prefixed && suffixed && err == nil && partsOf[kept.Kind] != nil
}

// abandoned is how old a file must be that a backup which was cut off has left: longer than any takes.
const abandoned = 24 * time.Hour

// Prune removes the backups of a kind that need not or may not be kept: all but the latest so many, and, of the vault, those
// that have expired; also what was cut off. It tells how many backups it removed. It never removes the latest of a log.
func Prune(dir string, kind Kind, most int, now time.Time) (removed int, err error) {
	all, err := List(dir, kind)
	if err != nil {
		return 0, err
	}
	for i, kept := range all {
		expired := kind == Vault && now.Sub(kept.MadeAt) >= VaultLife
		if !expired && i >= len(all)-max(most, 1) {
			continue
		}
		if err := os.Remove(kept.Path); err != nil {
			return removed, fmt.Errorf("remove an old backup: %w", err)
		}
		removed++
	}
	return removed, removeAbandoned(dir, now)
}

func removeAbandoned(dir string, now time.Time) error {
	left, err := filepath.Glob(filepath.Join(dir, namePrefix+"*"+nameSuffix+unfinished))
	if err != nil {
		return fmt.Errorf("look for what was cut off: %w", err)
	}
	for _, path := range left {
		about, err := os.Stat(path)
		if err == nil && now.Sub(about.ModTime()) >= abandoned {
			err = os.Remove(path)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("remove what was cut off: %w", err)
		}
	}
	return nil
}
