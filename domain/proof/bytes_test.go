package proof_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"signaalboek/domain/proof"
)

// Any byte of any file, changed and put together again as this program does, is found, and the file or its event named.
func TestEveryByteOfEveryFile(t *testing.T) {
	w, _, whole := halves(t)
	by := proof.Reader{Policy: w.policy()}
	for _, file := range whole.files(t) {
		step := 1 + len(file.Content)/40
		if strings.HasPrefix(file.Name, "proof/") && strings.HasSuffix(file.Name, ".txt") {
			step = 1 // all of what is read by programs of others
		}
		for at := 0; at < len(file.Content); at += step {
			files := slices.Clone(whole.files(t))
			i := slices.IndexFunc(files, func(f proof.File) bool { return f.Name == file.Name })
			files[i].Content = bytes.Clone(file.Content)
			files[i].Content[at] ^= []byte{1, 0x20}[at%2]
			verdict := proof.Verify(zipped(t, files), by)
			named := slices.ContainsFunc(verdict.Findings, func(f proof.Finding) bool { return f.Result == proof.Failed && f.Wrong == file.Name })
			if verdict.Result() != proof.Failed || !named && !strings.HasPrefix(file.Name, proof.EvidenceFolder) {
				t.Fatalf("byte %d of %s: %+v", at, file.Name, verdict.Findings)
			}
		}
	}
}

// The same in the zip itself, also where no file stands: it is the first thing that is found.
func TestEveryByteOfTheZip(t *testing.T) {
	w, _, whole := halves(t)
	by, bundle := proof.Reader{Policy: w.policy()}, whole.bundle(t)
	damaged := func(name string, content []byte) {
		if found := first(proof.Verify(content, by), proof.Failed); found.Check != proof.CheckArchive {
			t.Errorf("%s: %+v", name, found)
		}
	}
	for at := range bundle {
		if at%31 != 0 && at < len(bundle)-200 {
			continue
		}
		content := bytes.Clone(bundle)
		content[at] ^= 1
		damaged("flipped", content)
	}
	damaged("nothing", nil)
	damaged("truncated", bundle[:len(bundle)-1])
	damaged("in half", bundle[:len(bundle)/2])
	damaged("longer", append(bytes.Clone(bundle), 0))
	damaged("behind another", append([]byte("MZ"), bundle...))
	damaged("twice", append(bytes.Clone(bundle), bundle...))
}

// A byte that changed in a file of a zip is said of that file.
func TestTheFileInTheZipIsNamed(t *testing.T) {
	w, _, whole := halves(t)
	bundle := whole.bundle(t)
	bundle[bytes.Index(bundle, []byte("Zo is er geteld"))]++
	verdict := proof.Verify(bundle, proof.Reader{Policy: w.policy()})
	if found := verdict.Findings[0]; found.Reason != proof.ZipDiffers || found.Wrong != "method.txt" {
		t.Errorf("found %+v", found)
	}
	if found := verdict.Findings[slices.Index(proof.Checks(), proof.CheckFiles)]; found.Wrong != "method.txt" {
		t.Errorf("found %+v", found)
	}
}

// What no zip of ours is, is refused before anything swells.
func TestZipsOfOthers(t *testing.T) {
	write := func(method uint16, names ...string) []byte {
		var archive bytes.Buffer
		out := zip.NewWriter(&archive)
		for _, name := range names {
			w, err := out.CreateHeader(&zip.FileHeader{Name: name, Method: method})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.Write(make([]byte, 1<<20)); err != nil {
				t.Fatal(err)
			}
		}
		if err := out.Close(); err != nil {
			t.Fatal(err)
		}
		return archive.Bytes()
	}
	for name, archive := range map[string][]byte{
		"packed": write(zip.Deflate, "a.txt"), "with another date": write(zip.Store, "a.txt"),
		"twice": write(zip.Store, "a.txt", "a.txt"), "above": write(zip.Store, "../a.txt"), "of the root": write(zip.Store, "/a.txt"),
		"on another disk": write(zip.Store, `c:\a.txt`), "in capitals": write(zip.Store, "A.txt"),
		"out of order": write(zip.Store, "b.txt", "a.txt"), "too long": write(zip.Store, strings.Repeat("a", 129)),
	} {
		if files, err := proof.Unzip(archive); !errors.Is(err, proof.ErrArchive) {
			t.Errorf("%s: %d files, %v", name, len(files), err)
		}
	}
	for _, name := range []string{"../a", "/a", "a/../b", "A", "a b", `a\b`, "a/", "é", strings.Repeat("a", 129)} {
		if _, err := proof.Unzip(zipped(t, []proof.File{{Name: name}})); !errors.Is(err, proof.ErrArchive) {
			t.Errorf("%q: %v", name, err)
		}
	}
	for _, files := range [][]proof.File{{{Name: "a"}, {Name: "a"}}, {{}}} {
		if _, err := proof.Zip(files); !errors.Is(err, proof.ErrArchive) {
			t.Errorf("zipped %v", files)
		}
	}
	empty, err := proof.Zip(nil)
	if err != nil {
		t.Fatal(err)
	}
	if files, err := proof.Unzip(empty); err != nil || len(files) != 0 {
		t.Errorf("of nothing: %v, %v", files, err)
	}
}

// A frozen release without evidence is not wrong, and proves nothing.
func TestWithoutEvidence(t *testing.T) {
	w, _, whole := halves(t)
	verdict := proof.Verify(zipped(t, whole.frozen), proof.Reader{Policy: w.policy()})
	if found := first(verdict, proof.Undecided); verdict.Result() != proof.Undecided || found.Reason != proof.NoEvidence {
		t.Errorf("%+v", verdict)
	}
	for _, file := range whole.files(t) {
		if !strings.HasPrefix(file.Name, proof.EvidenceFolder) {
			continue
		}
		files := slices.DeleteFunc(whole.files(t), func(f proof.File) bool { return f.Name == file.Name })
		found := first(proof.Verify(zipped(t, files), proof.Reader{}), proof.Failed)
		if found.Reason != proof.EvidenceWrong || found.Wrong != file.Name {
			t.Errorf("without %s: %+v", file.Name, found)
		}
	}
	more := append(whole.files(t), proof.File{Name: "proof/readme.txt", Content: []byte("Alles in orde.")})
	if found := first(proof.Verify(zipped(t, more), proof.Reader{}), proof.Failed); found.Wrong != "proof/readme.txt" {
		t.Errorf("with one more: %+v", found)
	}
}
