package export

import (
	"bytes"
	"cmp"
	"io"
	"io/fs"

	"signaalboek/domain/proof"
)

// zipped is files in one zip, as whoever checks a release makes it again.
func zipped(files []File) ([]byte, error) {
	these := make([]proof.File, len(files))
	for i, file := range files {
		these[i] = proof.File(file)
	}
	return proof.Zip(these)
}

// unzipped is the files in a zip, in the order of their names.
func unzipped(archive []byte) ([]File, error) {
	these, err := proof.Unzip(archive)
	files := make([]File, len(these))
	for i, file := range these {
		files[i] = File(file)
	}
	return files, err
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
