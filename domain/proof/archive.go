package proof

import (
	"archive/zip"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
	"strings"
)

// firstDay is the first of January 1980, where the time of zips begins: no file of ours says when it was made.
const firstDay = 1<<5 | 1

// zipVersion is the version of the form of zips that every program reads: 2.0.
const zipVersion = 20

// maxName is the longest name of a file, in bytes.
const maxName = 128

// ErrArchive is a zip that Zip did not make, or files of which it makes none.
var ErrArchive = errors.New("proof: not a zip of this program")

// Zip is files in one zip, in the order of their names, stored: its bytes follow from the files, and from no version of a
// compressor. Each says its length and its sum beforehand, because not every program can read what is stored and says so
// afterwards. It fails with ErrArchive if two files have the same name, or one has none.
func Zip(files []File) ([]byte, error) {
	var archive bytes.Buffer
	out := zip.NewWriter(&archive)
	last := ""
	for _, file := range slices.SortedFunc(slices.Values(files), File.compare) {
		if file.Name == last {
			return nil, fmt.Errorf("zip %q twice: %w", file.Name, ErrArchive)
		}
		last = file.Name
		if err := store(out, file); err != nil {
			return nil, fmt.Errorf("zip %s: %w", file.Name, err)
		}
	}
	if err := out.Close(); err != nil {
		return nil, fmt.Errorf("close a zip: %w", err)
	}
	return archive.Bytes(), nil
}

func store(out *zip.Writer, file File) error {
	size := uint64(len(file.Content))
	w, err := out.CreateRaw(&zip.FileHeader{
		Name: file.Name, Method: zip.Store, ModifiedDate: firstDay, CreatorVersion: zipVersion, ReaderVersion: zipVersion,
		CRC32: crc32.ChecksumIEEE(file.Content), CompressedSize64: size, UncompressedSize64: size,
	})
	if err != nil {
		return err
	}
	_, err = w.Write(file.Content)
	return err
}

func (f File) compare(other File) int { return cmp.Compare(f.Name, other.Name) }

// Unzip is the files of a zip, in the order of their names. It fails with ErrArchive unless Zip would make the same zip of
// them, byte for byte: nothing is packed, so nothing swells; no name occurs twice, or leads elsewhere.
func Unzip(archive []byte) ([]File, error) {
	files, wrong, err := unzip(archive)
	if err == nil && wrong != nil {
		err = fmt.Errorf("unzip %s: %w", *wrong, ErrArchive)
	}
	if err != nil {
		return nil, err
	}
	return files, nil
}

// unzip is the files of a zip also when it differs from what Zip would make, as long as they can be told: wrong is then
// the first that differs, or nothing if what differs belongs to no file.
func unzip(archive []byte) (files []File, wrong *string, err error) {
	if files, err = entries(archive); err != nil {
		return nil, nil, err
	}
	again, err := Zip(files)
	if err != nil {
		return nil, nil, err
	}
	if at := firstDifference(archive, again); at >= 0 {
		name := placeOf(files, at)
		wrong = &name
	}
	return files, wrong, nil
}

// entries is what stands in a zip, each under a name of ours, in the order of the names.
func entries(archive []byte) (files []File, err error) {
	in, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return nil, fmt.Errorf("unzip: %w", errors.Join(ErrArchive, err))
	}
	left, last := uint64(len(archive)), ""
	for _, entry := range in.File {
		if !plain(entry, left) || entry.Name <= last {
			return nil, fmt.Errorf("unzip %q: %w", entry.Name, ErrArchive)
		}
		content, err := contentOf(entry)
		if err != nil {
			return nil, fmt.Errorf("unzip %s: %w", entry.Name, errors.Join(ErrArchive, err))
		}
		left, last = left-entry.CompressedSize64, entry.Name
		files = append(files, File{entry.Name, content})
	}
	return files, nil
}

// plain reports whether an entry of a zip is stored, as it says, under a name of ours, in what is left of the zip: more
// than there is can only be read twice from one place.
func plain(entry *zip.File, left uint64) bool {
	stored := entry.Method == zip.Store && entry.CompressedSize64 == entry.UncompressedSize64 && entry.CompressedSize64 <= left
	return stored && ValidName(entry.Name)
}

// ValidName reports whether a file of a bundle can have a name: lower-case letters, digits, dashes, dots and slashes, that
// lead to no folder above.
func ValidName(name string) bool {
	odd := strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-./") != ""
	away := strings.HasPrefix(name, "/") || strings.Contains(name, "..") || strings.HasSuffix(name, "/")
	return name != "" && len(name) <= maxName && !odd && !away
}

// contentOf is what stands in the zip, also if its sum is another.
func contentOf(entry *zip.File) ([]byte, error) {
	raw, err := entry.OpenRaw()
	if err != nil {
		return nil, err
	}
	return io.ReadAll(raw)
}

// firstDifference is where two texts differ first; -1 if they do not.
func firstDifference(a, b []byte) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i
		}
	}
	if len(a) == len(b) {
		return -1
	}
	return min(len(a), len(b))
}

// What a zip says of a file beside its name: before its content, and in the list of files at the end.
const (
	beforeContent = 30
	inList        = 46
)

// placeOf is the file to which a place in the zip that Zip makes of files belongs; none, if it is behind all of them.
func placeOf(files []File, at int) string {
	end := 0
	for _, file := range files {
		if end += beforeContent + len(file.Name) + len(file.Content); at < end {
			return file.Name
		}
	}
	for _, file := range files {
		if end += inList + len(file.Name); at < end {
			return file.Name
		}
	}
	return ""
}
