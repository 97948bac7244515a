package vault_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"github.com/google/uuid"
	"github.com/ncruces/go-sqlite3"

	"signaalboek/domain"
	"signaalboek/domain/domaintest"
	"signaalboek/ops/postgrestest"
	"signaalboek/ops/vault"
	"signaalboek/ops/vault/postgres"
	"signaalboek/ops/vault/sqlite"
)

// place is where a vault can be.
type place struct {
	dir    string
	conn   string // empty: in dir
	dumped bool   // what is copied here comes as a dump
}

func inDirectory(t *testing.T) place { return place{dir: t.TempDir()} }

func inDatabase(t *testing.T) place { return place{dir: t.TempDir(), conn: postgrestest.Start(t)} }

func (p place) key() vault.KeyFile { return vault.KeyFile(filepath.Join(p.dir, "master.key")) }

func (p place) open(t *testing.T) *vault.Vault {
	t.Helper()
	opened, err := p.opened(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { opened.Close() })
	return opened
}

func (p place) opened(ctx context.Context) (*vault.Vault, error) {
	if p.conn != "" {
		return postgres.Open(ctx, p.conn, p.key())
	}
	return sqlite.Open(ctx, p.dir)
}

func byDump(to func(*testing.T) place) func(*testing.T) place {
	return func(t *testing.T) place {
		p := to(t)
		p.dumped = true
		return p
	}
}

func (p place) copyOf(ctx context.Context, v *vault.Vault) error {
	if p.dumped {
		return p.restoreOf(ctx, v)
	}
	if p.conn != "" {
		return postgres.Copy(ctx, v, p.conn, p.key())
	}
	return sqlite.Copy(ctx, v, p.dir, sqlite.Options{})
}

// restoreOf makes of a vault a dump, and of the dump a vault.
func (p place) restoreOf(ctx context.Context, v *vault.Vault) error {
	dump, err := dumpOf(ctx, v)
	if err != nil {
		return err
	}
	original, err := vault.Dumped(records(dump))
	switch {
	case err != nil:
		return err
	case p.conn != "":
		return postgres.Make(ctx, original, p.conn, p.key())
	}
	return sqlite.Make(ctx, original, p.dir, sqlite.Options{})
}

func dumpOf(ctx context.Context, v *vault.Vault) (dump []string, err error) {
	err = v.Lend(ctx, func(o vault.Original) error {
		dump = nil
		return o.Dump(func(record []byte) error {
			dump = append(dump, string(record))
			return nil
		})
	})
	return dump, err
}

func records(dump []string) func() iter.Seq2[[]byte, error] {
	return func() iter.Seq2[[]byte, error] {
		return func(yield func([]byte, error) bool) {
			for _, record := range dump {
				if !yield([]byte(record), nil) {
					return
				}
			}
		}
	}
}

// ways is the ways in which a vault can move.
var ways = map[string]struct{ from, to func(*testing.T) place }{
	"directory to database":  {inDirectory, inDatabase},
	"database to directory":  {inDatabase, inDirectory},
	"directory to directory": {inDirectory, inDirectory},
	"database to database":   {inDatabase, inDatabase},

	"directory to directory by a dump": {inDirectory, byDump(inDirectory)},
	"directory to database by a dump":  {inDirectory, byDump(inDatabase)},
	"database to directory by a dump":  {inDatabase, byDump(inDirectory)},
}

// What a vault answered, its copy answers too.
func TestCopyLasts(t *testing.T) {
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			from, to := way.from(t), way.to(t)
			domaintest.VaultLasts(t,
				func(t *testing.T) domain.Vault { return from.open(t) },
				func(t *testing.T, v domain.Vault) domain.Vault {
					must(t, to.copyOf(t.Context(), v.(*vault.Vault)))
					must(t, v.(*vault.Vault).Close())
					return to.open(t)
				})
		})
	}
}

// What was forgotten before a vault moved stays forgotten, and is still owed to the log; what was dropped stays dropped.
func TestCopyBringsNothingBack(t *testing.T) {
	const practice = "harelbeke-centrum"
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			ctx, from, to := t.Context(), way.from(t), way.to(t)
			v := from.open(t)
			kept, forgotten := sealed(t, v, "blijft"), sealed(t, v, "verdwijnt")
			draft := domain.DraftCommand{ID: uuid.New(), Practice: practice, Subject: "signal-1", Path: "signal/note", Body: []byte("{}")}
			_, err := v.SaveDraft(ctx, draft)
			must(t, err)
			must(t, v.DropDraft(ctx, practice, draft.ID))
			waiting := draft
			waiting.ID = uuid.New()
			_, err = v.SaveDraft(ctx, waiting)
			must(t, err)
			card, err := v.AddCard(ctx, uuid.New(), domain.NewCard{Practice: practice, Nickname: "rode fiets", EarlierYear: domain.No})
			must(t, err)
			must(t, v.ForgetCard(ctx, practice, card))
			must(t, v.ForgetTexts(ctx, practice, forgotten.Key))
			owed, err := v.Erasures(ctx, practice)
			must(t, err)

			must(t, to.copyOf(ctx, v))
			must(t, v.Close())
			moved := to.open(t)

			if text, err := moved.Open(ctx, kept); err != nil || string(text) != "blijft" {
				t.Errorf("what was kept opens as %d bytes: %v", len(text), err)
			}
			if _, err := moved.Open(ctx, forgotten); !errors.Is(err, domain.ErrForgotten) {
				t.Errorf("what was forgotten: %v", err)
			}
			if _, err := moved.SaveDraft(ctx, draft); !errors.Is(err, domain.ErrNoDraft) {
				t.Errorf("what was dropped: %v", err)
			}
			if all, err := moved.Drafts(ctx, practice); err != nil || len(all) != 1 || all[0].ID != waiting.ID {
				t.Errorf("%d drafts wait: %v", len(all), err)
			}
			if cards, err := moved.Cards(ctx, practice); err != nil || len(cards) != 0 {
				t.Errorf("%d cards came back: %v", len(cards), err)
			}
			if now, err := moved.Erasures(ctx, practice); err != nil || !slices.Equal(now, owed) || len(owed) != 2 {
				t.Errorf("%d erasures are owed, of %d: %v", len(now), len(owed), err)
			}
			must(t, moved.ForgetTexts(ctx, practice, kept.Key)) // it has all that it needs to forget
			if _, err := moved.Open(ctx, kept); !errors.Is(err, domain.ErrForgotten) {
				t.Errorf("forgotten after the move: %v", err)
			}
		})
	}
}

// Asked again, a copy is found to be there. A vault that has gone its own way since, or was never a copy, is refused and
// stays as it is: copied over, it would know again what it has forgotten.
func TestCopyReplacesNothing(t *testing.T) {
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			ctx, from, to, other := t.Context(), way.from(t), way.to(t), way.to(t)
			v := from.open(t)
			text := sealed(t, v, "verdwijnt")
			for range 2 {
				must(t, to.copyOf(ctx, v))
			}
			moved := to.open(t)
			must(t, moved.ForgetTexts(ctx, "harelbeke-centrum", text.Key))
			must(t, other.open(t).Close())
			for _, there := range []place{to, other} {
				if err := there.copyOf(ctx, v); !errors.Is(err, vault.ErrOther) {
					t.Errorf("copied over: %v", err)
				}
			}
			if _, err := moved.Open(ctx, text); !errors.Is(err, domain.ErrForgotten) {
				t.Errorf("what was forgotten: %v", err)
			}
		})
	}
}

// A key file that is not that of the vault is no copy either, though the rows are.
func TestCopyLooksAtTheKey(t *testing.T) {
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			from, to := way.from(t), way.to(t)
			v := from.open(t)
			must(t, to.copyOf(t.Context(), v))
			must(t, to.key().Write(vault.NewMaster()))
			if err := to.copyOf(t.Context(), v); !errors.Is(err, vault.ErrOther) {
				t.Errorf("with another key: %v", err)
			}
		})
	}
}

// A copy takes along every column of every table that there is, but what leads from former key files.
func TestCopyTakesEverything(t *testing.T) {
	at := inDirectory(t)
	must(t, at.open(t).Close())
	db, err := sqlite3.Open(filepath.Join(at.dir, "vault.db"))
	must(t, err)
	defer db.Close()
	stmt, _, err := db.Prepare(`SELECT m.name, c.name FROM sqlite_schema m, pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name <> 'turn' ORDER BY m.name, c.cid`)
	must(t, err)
	defer stmt.Close()
	there := map[string][]string{}
	for stmt.Step() {
		there[stmt.ColumnText(0)] = append(there[stmt.ColumnText(0)], stmt.ColumnText(1))
	}
	if copied := vault.CopiedColumns(); !reflect.DeepEqual(there, copied) {
		t.Errorf("tables %v; copied are %v: %v", slices.Sorted(maps.Keys(there)), slices.Sorted(maps.Keys(copied)), there)
	}
}

// Many rows go page by page.
func TestCopyOfManyRows(t *testing.T) {
	from, to, back := inDirectory(t), inDatabase(t), inDirectory(t)
	back.dumped = true
	v := from.open(t)
	const many = 2100
	for i := range many {
		must(t, v.CountConcern(t.Context(), uuid.NewSHA1(uuid.Nil, fmt.Append(nil, i)), 2022))
	}
	release := uuid.New()
	const large = 30 // which are copied a few at a time
	for i := range large {
		must(t, v.KeepBundle(t.Context(), "harelbeke-centrum", release, fmt.Append(nil, i)))
	}
	must(t, to.copyOf(t.Context(), v))
	must(t, back.copyOf(t.Context(), to.open(t)))
	again := back.open(t)
	if concerns, err := again.Concerns(t.Context(), 2022); err != nil || concerns != many {
		t.Errorf("%d concerns came back: %v", concerns, err)
	}
	for i := range large {
		_, err := again.Bundle(t.Context(), "harelbeke-centrum", release, domain.DigestOf(fmt.Append(nil, i)))
		must(t, err)
	}
}

// A copying that was cut off before the key file had its name is finished by the next.
func TestCopyCutOff(t *testing.T) {
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			from, to := way.from(t), way.to(t)
			v := from.open(t)
			text := sealed(t, v, "blijft")
			must(t, to.copyOf(t.Context(), v))
			must(t, os.Rename(string(to.key()), string(to.key().Unfinished())))
			if to.conn == "" {
				must(t, os.Rename(filepath.Join(to.dir, "vault.db"), filepath.Join(to.dir, "vault.db.new")))
			}
			must(t, to.copyOf(t.Context(), v))
			if _, err := to.open(t).Open(t.Context(), text); err != nil {
				t.Error(err)
			}
		})
	}
}

func sealed(t *testing.T, v *vault.Vault, text string) domain.Sealed {
	t.Helper()
	s, err := v.Seal(t.Context(), domain.Place{Event: uuid.New(), Field: "/note"}, domain.ToSeal(text))
	must(t, err)
	return s
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
