package export

import (
	"archive/zip"
	"bytes"
	"cmp"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"slices"
)

// firstDay is the first of January 1980, where the time of zips begins: no file of ours says when it was made.
const firstDay = 1<<5 | 1

// zipVersion is the version of the form of zips that every program reads: 2.0.
const zipVersion = 20

// zipped is files in one zip, in the order of their names, stored. Each says its length and its sum beforehand, because
// not every program can read what is stored and says so afterwards.
func zipped(files []File) ([]byte, error) {
	var archive bytes.Buffer
	out := zip.NewWriter(&archive)
	for _, file := range slices.SortedFunc(slices.Values(files), File.compare) {
		size := uint64(len(file.Content))
		w, err := out.CreateRaw(&zip.FileHeader{
			Name: file.Name, Method: zip.Store, ModifiedDate: firstDay, CreatorVersion: zipVersion, ReaderVersion: zipVersion,
			CRC32: crc32.ChecksumIEEE(file.Content), CompressedSize64: size, UncompressedSize64: size,
		})
		if err != nil {
			return nil, fmt.Errorf("zip %s: %w", file.Name, err)
		}
		if _, err := w.Write(file.Content); err != nil {
			return nil, fmt.Errorf("zip %s: %w", file.Name, err)
		}
	}
	if err := out.Close(); err != nil {
		return nil, fmt.Errorf("close a zip: %w", err)
	}
	return archive.Bytes(), nil
}

// unzipped is the files in a zip, in its order. Each has the sum that the zip says.
func unzipped(archive []byte) ([]File, error) {
	in, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return nil, fmt.Errorf("open a zip: %w", err)
	}
	files := make([]File, len(in.File))
	for i, entry := range in.File {
		content, err := contentOf(entry)
		if err != nil {
			return nil, fmt.Errorf("unzip file %d: %w", i, err)
		}
		files[i] = File{entry.Name, content}
	}
	return files, nil
}

func contentOf(entry *zip.File) ([]byte, error) {
	r, err := entry.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

// parts collects what excelize wants zipped, and zips it as all else is when it is done.
type parts struct {
	names []string
	held  []*bytes.Buffer
	to    io.Writer
}

// Create begins a part.
func (p *parts) Create(name string) (io.Writer, error) {
	p.names, p.held = append(p.names, name), append(p.held, &bytes.Buffer{})
	return p.held[len(p.held)-1], nil
}

// AddFS would add files of a disk, of which a workbook of ours has none.
func (p *parts) AddFS(fs.FS) error { return fs.ErrInvalid }

// Close writes all parts.
func (p *parts) Close() error {
	files := make([]File, len(p.names))
	for i, name := range p.names {
		files[i] = File{name, p.held[i].Bytes()}
	}
	archive, err := zipped(files)
	if err != nil {
		return err
	}
	_, err = p.to.Write(archive)
	return err
}

func (f File) compare(other File) int { return cmp.Compare(f.Name, other.Name) }
