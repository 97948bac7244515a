package release

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"signaalboek/domain"
)

// Built is what was made of a proposal, by this program, from the log: what the gate let through, and what proves the
// files. Widths are in the order of their tables, editions in that of their names, files in that of theirs, texts in that
// of their keys: the same files are always said in the same way.
type Built struct {
	Catalogue int            `json:"catalogue"` // version of the fixed catalogue of tables
	Widths    []TableWidth   `json:"widths"`
	Editions  []EditionFiles `json:"editions"`
	Bundle    string         `json:"bundle"`         // SHA-256 of everything together, in hexadecimal
	Texts     []uuid.UUID    `json:"texts,omitzero"` // keys of the free texts in it: by those, erasures are known
}

// TableWidth is the width of one table, all of it.
type TableWidth struct {
	Table domain.Code `json:"table"`
	Width Width       `json:"width"`
}

// Edition is whom a document is for.
type Edition string

// The editions.
const (
	Council   Edition = "council"
	Partners  Edition = "partners"
	Residents Edition = "residents"
)

// EditionFiles is the files of one edition.
type EditionFiles struct {
	Edition Edition `json:"edition"`
	Files   []File  `json:"files"`
}

// File is one published file.
type File struct {
	Name   string `json:"name"`   // in the bundle: "council/overview.html"
	Digest string `json:"digest"` // SHA-256, in hexadecimal
}

// The most of anything in a release, and the longest name of a file in bytes: more is a mistake of whoever built it.
const (
	maxParts    = 1000
	maxFileName = 128
)

// check refuses what cannot have been built.
func (b Built) check() error {
	switch {
	case b.Catalogue < 1:
		return ErrBuilt.At("/catalogue")
	case len(b.Widths) == 0 || len(b.Widths) > maxParts || !ascending(b.Widths, TableWidth.compare):
		return ErrBuilt.At("/widths")
	case len(b.Editions) == 0 || !ascending(b.Editions, EditionFiles.compare):
		return ErrBuilt.At("/editions")
	case domain.CheckDigest(b.Bundle) != nil:
		return domain.ErrDigest.At("/bundle")
	case !ascending(b.Texts, compareKeys):
		return ErrBuilt.At("/texts")
	}
	for i, table := range b.Widths {
		if !table.Table.Valid() || !table.Width.Valid() {
			return ErrBuilt.At("/widths/" + strconv.Itoa(i))
		}
	}
	for i, edition := range b.Editions {
		if !edition.valid() {
			return ErrBuilt.At("/editions/" + strconv.Itoa(i))
		}
	}
	return nil
}

func (e EditionFiles) valid() bool {
	if places[e.Edition] == nil || len(e.Files) == 0 || len(e.Files) > maxParts || !ascending(e.Files, File.compare) {
		return false
	}
	return !slices.ContainsFunc(e.Files, func(f File) bool { return !f.valid() })
}

func (f File) valid() bool {
	plain := strings.Trim(f.Name, "abcdefghijklmnopqrstuvwxyz0123456789-./") == ""
	rooted := strings.HasPrefix(f.Name, "/") || strings.Contains(f.Name, "..")
	return f.Name != "" && len(f.Name) <= maxFileName && plain && !rooted && domain.CheckDigest(f.Digest) == nil
}

func (w TableWidth) compare(other TableWidth) int { return cmp.Compare(w.Table, other.Table) }

func (e EditionFiles) compare(other EditionFiles) int { return cmp.Compare(e.Edition, other.Edition) }

func (f File) compare(other File) int { return cmp.Compare(f.Name, other.Name) }

func compareKeys(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) }

// ascending reports whether each comes after the one before it: they are in order, and none is said twice.
func ascending[T any](all []T, compare func(T, T) int) bool {
	for i := 1; i < len(all); i++ {
		if compare(all[i-1], all[i]) >= 0 {
			return false
		}
	}
	return true
}

// holds reports whether a text with this key is in the files.
func (b Built) holds(key uuid.UUID) bool {
	_, found := slices.BinarySearchFunc(b.Texts, key, compareKeys)
	return found
}

func (b Built) equal(other Built) bool {
	sameEdition := func(a, b EditionFiles) bool { return a.Edition == b.Edition && slices.Equal(a.Files, b.Files) }
	return b.sameFigures(other) && slices.EqualFunc(b.Editions, other.Editions, sameEdition) &&
		b.Bundle == other.Bundle && slices.Equal(b.Texts, other.Texts)
}

// sameFigures reports whether both say the same of everybody: counted at one place in the log, they then show the same.
func (b Built) sameFigures(other Built) bool {
	return b.Catalogue == other.Catalogue && slices.Equal(b.Widths, other.Widths)
}
