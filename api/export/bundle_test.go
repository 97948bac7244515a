package export_test

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"signaalboek/api/export"
	"signaalboek/domain"
	"signaalboek/domain/release"
)

func packed(t rapid.TB, files ...export.File) export.Bundle {
	t.Helper()
	bundle, err := export.Pack(files)
	if err != nil {
		t.Fatal(err)
	}
	return bundle
}

func named(names ...string) []export.File {
	var files []export.File
	for _, name := range names {
		files = append(files, export.File{Name: name, Content: []byte("of " + name)})
	}
	return files
}

// Bundles stand in vaults for years, known by their digests: their form does not change.
func TestTheFormOfABundleIsFrozen(t *testing.T) {
	bundle := packed(t, named("residents/overview.html", "figures.xlsx")...)
	if want := "09223c82afbe9346dbb5b37eefcc5e1d8a4083befc2455bde71dcea882827291"; bundle.Digest != want {
		t.Errorf("the digest is %s, not %s", bundle.Digest, want)
	}
	if bundle.Digest != domain.DigestOf(bundle.Content) {
		t.Error("the digest is of something else")
	}
	partsOf(t, bundle.Content)
}

// Whichever order files are given in, the bundle is the same; and it gives back what went in.
func TestPackAndRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		content := rapid.MapOfN(rapid.StringMatching(`[a-z]{1,8}(/[a-z]{1,8})?\.(html|csv)`), rapid.SliceOf(rapid.Byte()), 0, 8).
			Draw(t, "files")
		var files []export.File // in the order of a map
		for name, bytes := range content {
			files = append(files, export.File{Name: name, Content: bytes})
		}
		bundle := packed(t, files...)
		slices.Reverse(files)
		if again := packed(t, files...); !bytes.Equal(again.Content, bundle.Content) {
			t.Fatal("another order, another bundle")
		}
		read, err := export.Read(bundle.Content, bundle.Digest)
		if err != nil {
			t.Fatal(err)
		}
		for name, want := range content {
			if got, found := read.File(name); !found || !bytes.Equal(got, want) {
				t.Fatalf("%s holds %q, not %q", name, got, want)
			}
		}
		if _, found := read.File("no/such.html"); found && content["no/such.html"] == nil {
			t.Fatal("a file that was never there")
		}
	})
}

func TestABundleThatIsDamagedIsNotRead(t *testing.T) {
	bundle := packed(t, named("council/overview.html", "method.txt")...)
	for i := range bundle.Content {
		damaged := slices.Clone(bundle.Content)
		damaged[i] ^= 1
		if _, err := export.Read(damaged, bundle.Digest); !errors.Is(err, export.ErrDamaged) {
			t.Fatalf("byte %d may be another: %v", i, err)
		}
	}
	for what, content := range map[string][]byte{
		"nothing": nil, "cut": bundle.Content[:len(bundle.Content)-1], "longer": append(slices.Clone(bundle.Content), 0),
	} {
		if _, err := export.Read(content, bundle.Digest); !errors.Is(err, export.ErrDamaged) {
			t.Errorf("%s: %v", what, err)
		}
	}
	noZip := []byte("no zip")
	if _, err := export.Read(noZip, domain.DigestOf(noZip)); err == nil {
		t.Error("what is no zip was read")
	}
}

func TestFilesOfOneNameAreNotPacked(t *testing.T) {
	for _, names := range [][]string{{"a.html", "b.html", "a.html"}, {""}} {
		if _, err := export.Pack(named(names...)); !errors.Is(err, export.ErrSameName) {
			t.Errorf("%q: %v", names, err)
		}
	}
}

// A file is for the edition that its folder names; what everybody shares is the council's.
func TestEditionsOfABundle(t *testing.T) {
	bundle := packed(t, named(
		"tables/headline.csv", "residents/overview.html", "partners/team-opstap.html", "council/overview.html", "figures.xlsx",
		"partners/gemeenteraad.html", "residents.txt",
	)...)
	want := map[release.Edition][]string{
		release.Council:   {"council/overview.html", "figures.xlsx", "residents.txt", "tables/headline.csv"},
		release.Partners:  {"partners/gemeenteraad.html", "partners/team-opstap.html"},
		release.Residents: {"residents/overview.html"},
	}
	editions := bundle.Editions()
	if len(editions) != len(want) {
		t.Errorf("%d editions", len(editions))
	}
	for i, edition := range editions {
		if i > 0 && editions[i-1].Edition >= edition.Edition {
			t.Errorf("%s comes after %s", edition.Edition, editions[i-1].Edition)
		}
		var names []string
		for _, file := range edition.Files {
			names = append(names, file.Name)
			if content, _ := bundle.File(file.Name); file.Digest != domain.DigestOf(content) {
				t.Errorf("%s has the digest of something else", file.Name)
			}
		}
		if !slices.Equal(names, want[edition.Edition]) {
			t.Errorf("%s has %q", edition.Edition, names)
		}
	}
	if left := packed(t, named("method.txt")...).Editions(); len(left) != 1 || left[0].Edition != release.Council {
		t.Errorf("an edition without files: %+v", left)
	}
}
