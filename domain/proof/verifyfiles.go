package proof

import (
	"reflect"
	"slices"

	"github.com/go-json-experiment/json"

	"signaalboek/domain"
)

// published is what the event of a release says of its files.
type published struct {
	Bundle   string
	Editions []struct {
		Edition string      `json:"edition"`
		Files   []namedFile `json:"files"`
	}
}

type namedFile struct {
	Name   string `json:"name"`
	Digest string `json:"digest"`
}

// publishedFiles reads the fields of the event that prove files. False if one is closed, or not in its form.
func (c *checking) publishedFiles() (published, bool) {
	var said published
	bundle, _ := c.evidence.Events[0].Field("bundle")
	editions, _ := c.evidence.Events[0].Field("editions")
	read := json.Unmarshal(bundle, &said.Bundle) == nil &&
		json.Unmarshal(editions, &said.Editions, json.RejectUnknownMembers(true)) == nil
	return said, read
}

// files holds each frozen file against its digest in the event, in the order of their names.
func (c *checking) files() outcome {
	if !c.read {
		return undecided(Unread)
	}
	said, read := c.publishedFiles()
	if !read {
		return failed(FieldClosed, c.evidence.Events[0].ID.String()+" editions")
	}
	var want []File
	digests := map[string]string{}
	for _, edition := range said.Editions {
		for _, file := range edition.Files {
			want, digests[file.Name] = append(want, File{Name: file.Name}), file.Digest
		}
	}
	slices.SortFunc(want, File.compare)
	return compareFiles(c.frozen, want, digests)
}

// compareFiles holds files against those that were wanted, both in the order of their names.
func compareFiles(files, want []File, digests map[string]string) outcome {
	for i := 0; i < len(files) || i < len(want); i++ {
		switch {
		case i == len(files) || i < len(want) && want[i].Name < files[i].Name:
			return failed(FileMissing, want[i].Name)
		case i == len(want) || files[i].Name < want[i].Name:
			return failed(FileExtra, files[i].Name)
		case domain.DigestOf(files[i].Content) != digests[files[i].Name]:
			return failed(FileDiffers, files[i].Name)
		}
	}
	return held(len(files))
}

// bundle holds the zip of the frozen files against its digest in the event.
func (c *checking) bundle() outcome {
	if !c.read {
		return undecided(Unread)
	}
	said, read := c.publishedFiles()
	if !read {
		return failed(FieldClosed, c.evidence.Events[0].ID.String()+" bundle")
	}
	frozen, err := Zip(c.frozen)
	if err != nil || domain.DigestOf(frozen) != said.Bundle {
		return failed(BundleDiffers, "")
	}
	return held(0)
}

// gate holds the summary of the gate against the event.
func (c *checking) gate() outcome {
	if !c.read {
		return undecided(Unread)
	}
	said, err := GateOf(c.evidence.Events[0].Disclosed)
	if err != nil {
		return failed(FieldClosed, c.evidence.Events[0].ID.String()+" widths")
	}
	if !reflect.DeepEqual(said, c.evidence.Gate) {
		return failed(GateDiffers, gateFile)
	}
	return held(len(said.Widths))
}

// file is the content of a frozen file; nil, if there is none.
func (c *checking) file(name string) []byte {
	i, found := slices.BinarySearchFunc(c.frozen, File{Name: name}, File.compare)
	if !found {
		return nil
	}
	return c.frozen[i].Content
}
