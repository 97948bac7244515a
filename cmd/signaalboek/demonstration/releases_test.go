package demonstration_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"log/slog"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"signaalboek/api"
	"signaalboek/cmd/signaalboek/anchoring"
	"signaalboek/cmd/signaalboek/demonstration"
	"signaalboek/domain"
	"signaalboek/domain/domaintest"
	"signaalboek/domain/ledger"
	"signaalboek/domain/proof"
	"signaalboek/domain/release"
	"signaalboek/ops/transparency"
)

// publish is a demonstration that publishes too.
func publish(t *testing.T) *built {
	t.Helper()
	b := &built{t: t, now: today, store: domaintest.NewMemStore(t), vault: domaintest.NewMemVault()}
	b.publishAgain()
	b.read()
	return b
}

func (b *built) publishAgain() {
	b.t.Helper()
	book := b.book(b.store)
	book.Press = api.Press{Ledger: book.Ledger, Vault: b.vault, Store: b.store, Demo: true}
	book.Anchor = b.anchor(book.Ledger)
	if err := demonstration.Build(b.t.Context(), book, b.now); err != nil {
		b.t.Fatal(err)
	}
}

// anchor gives releases their proof, signed with a key that is kept until the test ends.
func (b *built) anchor(of *ledger.Ledger) func(context.Context, release.ID, domain.Meta) (ledger.Receipt, error) {
	b.t.Helper()
	if b.proofs == "" {
		b.proofs = b.t.TempDir()
	}
	key, err := transparency.MakeKey(filepath.Join(b.proofs, "signing.key"))
	if err != nil {
		b.t.Fatal(err)
	}
	tree, err := transparency.Open(b.t.Context(), filepath.Join(b.proofs, "tiles"), b.store)
	if err != nil {
		b.t.Fatal(err)
	}
	ground := anchoring.Ground{
		Ledger: of, Store: b.store, Vault: b.vault, Tree: tree,
		Notary: anchoring.Attested{Notary: &transparency.Notary{Notarial: transparency.Notarial{
			Tree: tree, Log: b.store, Heads: transparency.NewHeadFile(filepath.Join(b.proofs, "head")), Keys: key,
			Holder: "demonstration", Every: time.Minute, Logger: slog.New(slog.DiscardHandler),
		}}},
	}
	return func(ctx context.Context, id release.ID, meta domain.Meta) (ledger.Receipt, error) {
		if err := tree.CatchUp(ctx); err != nil {
			return ledger.Receipt{}, err
		}
		return ground.AnchorPast(ctx, id, meta)
	}
}

// published is the files of the release of a whole year, as they were kept.
func (b *built) published(year int) (files map[string][]byte) {
	b.t.Helper()
	for _, one := range b.Releases.List(demonstration.Harelbeke) {
		if one.Phase == release.IsPublished && one.Period == (release.Period{Year: year, Part: release.WholeYear}) {
			raw, err := b.vault.Bundle(b.t.Context(), demonstration.Harelbeke, one.ID, one.Built.Bundle)
			if err != nil {
				b.t.Fatal(err)
			}
			return unzip(b.t, raw)
		}
	}
	b.t.Fatalf("there is no release of %d", year)
	return nil
}

func unzip(t *testing.T, raw []byte) map[string][]byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, packed := range archive.File {
		file, err := packed.Open()
		if err != nil {
			t.Fatal(err)
		}
		if files[packed.Name], err = io.ReadAll(file); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// count is one line of a table of counts: of what, how many at least and at most.
type count struct{ table, measure, least, most string }

// exact reports whether a count is told to the last one.
func (c count) exact() bool { return c.least == c.most && c.least != notAsked }

// notAsked is what stands where nobody asked.
const notAsked = "niet geregistreerd"

// countsInTables is every count in the tables of a release.
func countsInTables(t *testing.T, files map[string][]byte) (all []count) {
	t.Helper()
	for name, content := range files {
		if path.Ext(name) != ".csv" {
			continue
		}
		reader := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(content), "\ufeff")))
		reader.Comma = ';'
		rows, err := reader.ReadAll()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		least, most := slices.Index(rows[0], "minstens"), slices.Index(rows[0], "hoogstens")
		for _, row := range rows[1:] {
			if least >= 0 {
				of := count{table: strings.TrimSuffix(path.Base(name), ".csv"), least: row[least], most: row[most]}
				if measure := slices.Index(rows[0], "code van de meting"); measure >= 0 {
					of.measure = row[measure]
				}
				all = append(all, of)
			}
		}
	}
	return all
}

// countsForPrograms is every count in release.json.
func countsForPrograms(t *testing.T, files map[string][]byte) (all []count) {
	t.Helper()
	var document struct {
		Tables []struct {
			Name string
			Rows []struct {
				Measure     string
				Least, Most *int
			}
		}
	}
	if err := json.Unmarshal(files["release.json"], &document); err != nil {
		t.Fatal(err)
	}
	said := func(n *int) string {
		if n == nil {
			return notAsked
		}
		return strconv.Itoa(*n)
	}
	for _, table := range document.Tables {
		for _, row := range table.Rows {
			if row.Measure != "" || row.Least != nil {
				all = append(all, count{table.Name, row.Measure, said(row.Least), said(row.Most)})
			}
		}
	}
	return all
}

// inTheSources is the figures that were published of each year, where a release tells them.
var inTheSources = map[int]map[string]string{
	2020: {"headline/unique": "137", "headline/new": notAsked, "headline/known": "72", "requests/requests": "270"},
	2021: {"headline/unique": "124", "headline/new": "41", "headline/known": "59", "requests/requests": "185"},
	2022: {"headline/unique": "200", "headline/new": "60", "headline/known": "88", "requests/requests": "110"},
}

// The demonstration is published once for all of these: it takes a while.
func TestReleases(t *testing.T) {
	b := publish(t)
	t.Run("read as the published figures", func(t *testing.T) { readAsPublished(t, b) })
	t.Run("are out, but for the last", func(t *testing.T) { areOut(t, b) })
	t.Run("are proven", func(t *testing.T) { areProven(t, b) })
	t.Run("name nobody", func(t *testing.T) { nameNobody(t, b) })
	t.Run("are not published again", func(t *testing.T) { notAgain(t, b) })
}

// Reference case of the domain: what was published of 2020, 2021 and 2022 reads exactly so in the files, and nothing else
// about people does: the number of contacts, which is as large, and of meetings of a group that is itself a voice.
func readAsPublished(t *testing.T, b *built) {
	for year, want := range inTheSources {
		files := b.published(year)
		for from, counts := range map[string][]count{
			"tables": countsInTables(t, files), "release.json": countsForPrograms(t, files),
		} {
			told := map[string]string{}
			for _, one := range counts {
				name := one.table + "/" + one.measure
				if _, ok := want[name]; ok && one.least == one.most {
					told[name] = one.least
				} else if one.exact() && name != "contacts/contacts" && name != "meetings-of-voices/meetings" {
					t.Errorf("%d, %s: %s tells exactly %s", year, from, name, one.least)
				}
				if n, _ := strconv.Atoi(one.least); one.exact() && n < 20 && one.measure != "meetings" {
					t.Errorf("%d, %s: %s tells of %d people", year, from, name, n)
				}
			}
			if !maps.Equal(told, want) || len(counts) < 50 {
				t.Errorf("%d, %s: of %d counts %v, want %v", year, from, len(counts), told, want)
			}
		}
	}
}

// Every year up to last year is out, and of last year its first half; the whole of it waits for somebody who did not
// propose it.
func areOut(t *testing.T, b *built) {
	var out, waiting []string
	for _, one := range b.Releases.List(demonstration.Harelbeke) {
		switch one.Phase {
		case release.IsPublished:
			out = append(out, one.Period.String())
			if one.Published.By == one.By || one.Published.On <= one.Proposed.On {
				t.Errorf("%s was published by who proposed it, or at once", one.Period)
			}
		case release.IsProposed:
			waiting = append(waiting, one.Period.String())
		}
		if len(one.Sentences) < 3 {
			t.Errorf("little is said about %s", one.Period)
		}
	}
	published := []string{"2025-first-half", "2024-whole-year", "2023-whole-year", "2022-whole-year", "2021-whole-year", "2020-whole-year"}
	if !slices.Equal(out, published) || !slices.Equal(waiting, []string{"2025-whole-year"}) {
		t.Errorf("published %s, waiting %s", out, waiting)
	}
}

// Every release that is out has its proof, in which nothing fails, and in which every step that it tells of a signal was
// recorded. What nobody but a reader can decide is whose key it is, and who must have cosigned.
func areProven(t *testing.T, b *built) {
	steps := 0
	for _, one := range slices.Concat(b.Releases.List(demonstration.Harelbeke), b.Releases.List(release.Together)) {
		if one.Phase != release.IsPublished {
			continue
		}
		raw, err := b.vault.Bundle(t.Context(), one.Of, one.ID, one.Proof.Bundle)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range proof.Verify(raw, proof.Reader{}).Findings {
			decided := found.Result == proof.Held || found.Result == proof.Absent
			if open := found.Check == proof.CheckKey || found.Check == proof.CheckQuorum; decided == open {
				t.Errorf("%s of %s: %s %s: %s %s", one.Period, one.Of, found.Check, found.Result, found.Reason, found.Wrong)
			}
			if found.Check == proof.CheckSteps {
				steps += found.Count
			}
		}
	}
	if steps < 100 {
		t.Errorf("only %d steps are proven", steps)
	}
}

// Built again, a demonstration that publishes records nothing.
func notAgain(t *testing.T, b *built) {
	before := len(b.entries())
	b.publishAgain()
	if after := len(b.entries()); after != before {
		t.Errorf("built again, %d events became %d", before, after)
	}
}
