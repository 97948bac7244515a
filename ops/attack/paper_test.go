package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"maps"
	"testing"
)

const oneTable = `{"format":"signaalboek-release-1","widths":[{"table":"headline","width":5}],"tables":[{"name":"headline",
"rows":[{"category":"","measure":"unique","least":20,"most":24},{"category":"","measure":"new","least":null,"most":null}]}]}`

const itsFile = "\ufeffrubriek;meting;minstens;hoogstens;code van de rubriek;code van de meting\r\n;Mensen;20;24;;unique\r\n" +
	";Nieuw;niet geregistreerd;niet geregistreerd;;new\r\n"

func TestReadBundle(t *testing.T) {
	p, err := readBundle(zipOf(t, map[string]string{"release.json": oneTable, "tables/headline.csv": itsFile, "method.txt": "Uitleg"}))
	want := map[cell]band{{"headline", "unique", ""}: {20, 24}, {"headline", "new", ""}: unrecorded}
	if err != nil || !maps.Equal(p.cells, want) || p.widths["headline"] != 5 {
		t.Errorf("%v %v %v", p.cells, p.widths, err)
	}
	if b := p.of("contacts", "contacts", ""); b.most != endless {
		t.Errorf("what is not published is %v", b)
	}
}

func TestReadBundleRefuses(t *testing.T) {
	other := bytes.ReplaceAll([]byte(itsFile), []byte("24"), []byte("23"))
	for name, test := range map[string]struct {
		files map[string]string
		want  error
	}{
		"nothing":              {nil, errNotOurs},
		"another form":         {map[string]string{"release.json": `{"format":"signaalboek-release-2"}`}, errNotOurs},
		"no table":             {map[string]string{"release.json": oneTable}, errTwoWords},
		"a table says another": {map[string]string{"release.json": oneTable, "tables/headline.csv": string(other)}, errTwoWords},
	} {
		if _, err := readBundle(zipOf(t, test.files)); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
	if _, err := readBundle([]byte("no zip")); err == nil {
		t.Error("no zip is read as one")
	}
}

func zipOf(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var content bytes.Buffer
	archive := zip.NewWriter(&content)
	for name, text := range files {
		w, err := archive.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return content.Bytes()
}
