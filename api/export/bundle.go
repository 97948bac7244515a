package export

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"signaalboek/domain"
	"signaalboek/domain/release"
)

// File is one file of a release. Its name begins with the edition that it is for ("residents/overview.html"); any other
// file ("figures.xlsx", "tables/headline.csv") is the council's.
type File struct {
	Name    string
	Content []byte
}

// Bundle is all files of a release, and the zip that holds them.
type Bundle struct {
	Content []byte // the zip
	Digest  string // its SHA-256, in hexadecimal
	files   []File // in the order of their names
}

// What a bundle may not be. Both are faults.
var (
	ErrSameName = errors.New("export: two files of a bundle have the same name, or one has none")
	ErrDamaged  = errors.New("export: a bundle is not what its digest says")
)

// Pack makes one bundle of files, whichever order they are given in.
func Pack(files []File) (Bundle, error) {
	files = slices.SortedFunc(slices.Values(files), File.compare)
	for i, file := range files {
		if file.Name == "" || i > 0 && file.Name == files[i-1].Name {
			return Bundle{}, fmt.Errorf("pack file %d: %w", i, ErrSameName)
		}
	}
	content, err := zipped(files)
	if err != nil {
		return Bundle{}, fmt.Errorf("pack a bundle: %w", err)
	}
	return Bundle{content, domain.DigestOf(content), files}, nil
}

// Read opens a bundle that Pack made, of which the log has the digest. It fails with ErrDamaged if any byte is another.
func Read(content []byte, digest string) (Bundle, error) {
	if domain.DigestOf(content) != digest {
		return Bundle{}, ErrDamaged
	}
	files, err := unzipped(content)
	if err != nil {
		return Bundle{}, fmt.Errorf("read a bundle: %w", err)
	}
	return Bundle{content, digest, files}, nil
}

// File is the content of a file, by its name. False if the bundle has no such file. The receiver may keep it, not change
// it.
func (b Bundle) File(name string) ([]byte, bool) {
	i, found := slices.BinarySearchFunc(b.files, File{Name: name}, File.compare)
	if !found {
		return nil, false
	}
	return b.files[i].Content, true
}

// Editions is the files of each edition, with their digests, as release.Built says them.
func (b Bundle) Editions() []release.EditionFiles {
	var all []release.EditionFiles
	for _, edition := range release.Editions() {
		of := release.EditionFiles{Edition: edition}
		for _, file := range b.files {
			if file.edition() == edition {
				of.Files = append(of.Files, release.File{Name: file.Name, Digest: domain.DigestOf(file.Content)})
			}
		}
		if len(of.Files) > 0 {
			all = append(all, of)
		}
	}
	return all
}

// edition is whom a file is for.
func (f File) edition() release.Edition {
	folder, _, _ := strings.Cut(f.Name, "/")
	if edition := release.Edition(folder); slices.Contains(release.Editions(), edition) {
		return edition
	}
	return release.Council
}
