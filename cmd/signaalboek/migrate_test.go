package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/ops/eventlog/esdb"
	"signaalboek/ops/eventlog/esdbtest"
	"signaalboek/ops/postgrestest"
)

var moves = flag.Int("moves", 3, "how many times a migration is killed, each way")

// removal is a ledger that moves: from a directory to EventStoreDB and PostgreSQL, and back to another directory.
type removal struct {
	t                     *testing.T
	first, second         string // directories
	log, database, master string
	paths                 []string // of the pages that are looked at
}

func newRemoval(t *testing.T) *removal {
	t.Helper()
	at := t.TempDir()
	return &removal{
		t: t, first: filepath.Join(at, "first"), second: filepath.Join(at, "second"),
		log: esdbtest.Start(t).ConnectionString(), database: postgrestest.Start(t), master: filepath.Join(t.TempDir(), "master.key"),
	}
}

// there and back are the words of the two migrations.
func (r *removal) there() []string {
	return []string{"migrate", "--from", r.first, "--to", r.log, "--to-vault", r.database, "--to-vault-key", r.master}
}

func (r *removal) back() []string {
	return []string{"migrate", "--from", r.log, "--from-vault", r.database, "--from-vault-key", r.master, "--to", r.second}
}

// shared is how a replica is started on what was moved.
func (r *removal) shared() []string {
	return []string{"serve", "--data", r.t.TempDir(), "--log", r.log, "--vault", r.database, "--vault-key", r.master}
}

// demonstration makes the ledger of the demonstration the first directory, as that of a practice, and gives the token of
// its first actor.
func (r *removal) demonstration() (token string) {
	r.t.Helper()
	data, first := demoBuilt(r.t)
	if err := os.Remove(dir(data).demoMark()); err != nil {
		r.t.Fatal(err)
	}
	r.first = data
	return first.Token
}

// moved runs a migration that must end well, and reads its account.
func moved(t *testing.T, words ...string) (told account) {
	t.Helper()
	out, err := commandOutput(t, append(words, "--json")...)
	if err != nil {
		t.Fatalf("%s\n%s", explain(err), out)
	}
	if err := json.Unmarshal([]byte(out), &told); err != nil || !told.Equal || told.Difference != nil {
		t.Errorf("told %s: %v", out, err)
	}
	return told
}

// The demonstration moves from its directory to EventStoreDB and PostgreSQL and back to another directory, by a program
// that is killed at any moment, over and over, and started again. At each place its pages are the same, whoever could sign
// in still can, and the log is the same, byte for byte.
func TestMigrateThereAndBackKilledOnTheWay(t *testing.T) {
	t.Parallel()
	r := newRemoval(t)
	token := r.demonstration()
	before := r.look(token, "serve", "--data", r.first)
	events := countEvents(t, dir(r.first))

	killedOften(t, r.there())
	if told := moved(t, r.there()...); told.Before+told.Copied != events || told.Events != events || !told.Whole {
		t.Errorf("%d events: %+v", events, told)
	}
	if told := moved(t, r.there()...); told.Before != events || told.Copied != 0 {
		t.Errorf("moved again: %+v", told)
	}
	samePages(t, "in EventStoreDB and PostgreSQL", before, r.look(token, r.shared()...))

	killedOften(t, r.back())
	if told := moved(t, r.back()...); told.Before+told.Copied != events || told.Events != events || !told.Whole {
		t.Errorf("%d events back: %+v", events, told)
	}
	moved(t, "migrate", "--from", r.first, "--to", r.second, "--compare-only")
	samePages(t, "back in a directory", before, r.look(token, "serve", "--data", r.second))
	healthy(t, r.second)
}

// changing is what differs between two showings of one page: the ids that forms are made with, positions and addresses.
var changing = regexp.MustCompile(`name="(command|key|position)" value="[^"]*"|\bf[0-9a-f]{8}-|/concepten/[0-9a-f-]{36}|http://127\.0\.0\.1:\d+`)

// look starts a program and gives every page.
func (r *removal) look(token string, words ...string) map[string]string {
	r.t.Helper()
	p := launch(r.t, words...)
	p.Token = token
	defer p.end()
	if r.paths == nil {
		r.paths = pagesToSee(p) // which leaves a draft, to move along
	}
	p.judged() // what was found of a proposal is in memory, and does not move
	pages, visitor := map[string]string{}, signedIn(r.t, p.greeting)
	for _, path := range r.paths {
		status, page := answers(r.t, visitor, p.Address+path)
		pages[path] = fmt.Sprint(status, "\n", changing.ReplaceAllString(page, ""))
	}
	return pages
}

func samePages(t *testing.T, where string, want, got map[string]string) {
	t.Helper()
	if len(want) < 40 || len(got) != len(want) {
		t.Errorf("%s there are %d pages, and %d before", where, len(got), len(want))
	}
	for path, page := range want {
		if a, b := strings.Split(page, "\n"), strings.Split(got[path], "\n"); page != got[path] {
			t.Errorf("%s %s is another page: %s", where, path, firstChange(a, b))
		}
	}
}

func firstChange(a, b []string) string {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("line %d was %q, is %q", i+1, a[i], b[i])
		}
	}
	return fmt.Sprintf("%d lines became %d", len(a), len(b))
}

// killedOften runs the program so many times, each time in a process of its own that is killed at some moment.
func killedOften(t *testing.T, words []string) {
	t.Helper()
	killed := 0
	for range *moves {
		if killedWhile(t, rand.N(1500*time.Millisecond), words) {
			killed++
		}
	}
	t.Logf("%d of %d were killed before they were through", killed, *moves)
}

// killedWhile runs the program in a process of its own, and kills it some time after it began to work, unless it is
// through by then.
func killedWhile(t *testing.T, after time.Duration, words []string) bool {
	t.Helper()
	command := programProcess(words...)
	said, err := command.StderrPipe()
	if err == nil {
		err = command.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(said)
	if _, err := lines.ReadString('\n'); err == nil {
		killing := time.AfterFunc(after, func() { command.Process.Kill() })
		defer killing.Stop()
	}
	for err = error(nil); err == nil; {
		_, err = lines.ReadString('\n')
	}
	err = command.Wait()
	if err != nil && err.Error() != "signal: killed" {
		t.Errorf("it ended by itself: %v", err)
	}
	return err != nil
}

// A target that holds something else, a vault or accounts of others, half of a pair, and a directory that is in use are
// refused in words, with a number for whoever runs it from a script; nothing is changed.
func TestMigrationRefusals(t *testing.T) {
	t.Parallel()
	r := newRemoval(t)
	for _, at := range []string{r.first, r.second} {
		launch(t, "serve", "--data", at).end()
	}
	other, used := t.TempDir(), filepath.Join(t.TempDir(), "used")
	copyFile(t, dir(r.first).log(), dir(other).log()) // the same log, and no vault
	launch(t, "serve", "--data", used)
	for name, c := range map[string]struct {
		words []string
		want  string
		code  int
	}{
		"nothing said":       {[]string{}, "Geef met --from een map", 1},
		"no target":          {[]string{"--from", r.first}, "Geef met --to een map", 1},
		"the same place":     {[]string{"--from", r.first, "--to", r.first + "/"}, "zijn dezelfde plaats", 1},
		"half of a pair":     {[]string{"--from", r.log, "--from-vault", r.database, "--to", r.log + "?tls=false", "--from-vault-key", r.master}, "Geef ook --to-vault", 1},
		"no key":             {[]string{"--from", r.first, "--to", r.log, "--to-vault", r.database}, "Geef met --to-vault-key", 1},
		"a vault too many":   {[]string{"--from", r.first, "--to", r.second, "--to-vault", r.database}, "De kluis van een map staat in die map", 1},
		"no ledger":          {[]string{"--from", t.TempDir(), "--to", r.log}, "staat geen signaalboek", 1},
		"an empty log":       {[]string{"--from", r.log, "--to", r.second}, "Het logboek in EventStoreDB is leeg", 1},
		"a directory in use": {[]string{"--from", used, "--to", r.log}, "Er draait een signaalboek op " + used, 1},
		"a target in use":    {[]string{"--from", r.first, "--to", used}, "Er draait een signaalboek op " + used, 1},
		"a lost vault":       {[]string{"--from", other, "--to", filepath.Join(other, "..", "new")}, "de map vault is weg", 1},
		"another ledger":     {[]string{"--from", r.first, "--to", r.second}, "In het doel staat iets anders dan in de bron", exitDiffers},
		"compared with another": {
			[]string{"--from", r.first, "--to", r.second, "--compare-only"}, "De twee logboeken verschillen. Het eerste verschil staat in gebeurtenis 1", exitDiffers,
		},
	} {
		t.Run(name, func(t *testing.T) {
			out, err := commandOutput(t, append([]string{"migrate"}, c.words...)...)
			if err == nil || !strings.Contains(explain(err), c.want) || exitCode(err) != c.code {
				t.Errorf("told %q and %q, ends with %d", explain(err), out, exitCode(err))
			}
			if strings.Contains(explain(err)+out, "@") {
				t.Error("a connection string is shown")
			}
		})
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	raw, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, raw, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// A vault or accounts that were used since they were copied are never copied over.
func TestMigrationLeavesUsedPartsAlone(t *testing.T) {
	t.Parallel()
	r := newRemoval(t)
	launch(t, "serve", "--data", r.first).end()
	moved(t, r.there()...)
	if _, err := commandOutput(t, "user", "add", "worker", "--vault", r.database); err != nil {
		t.Fatal(err)
	}
	_, err := commandOutput(t, r.there()...)
	if err == nil || !strings.Contains(explain(err), "staan al andere accounts") || exitCode(err) != exitDiffers {
		t.Errorf("told %q", explain(err))
	}
	at := r.ends()
	v, err := at.to.vaultOf(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(v.CountConcern(t.Context(), uuid.New(), 2022), v.Close()); err != nil {
		t.Fatal(err)
	}
	_, err = commandOutput(t, r.there()...)
	if err == nil || !strings.Contains(explain(err), "een kopie die al gebruikt is") || exitCode(err) != exitDiffers {
		t.Errorf("told %q", explain(err))
	}
}

func (r *removal) ends() ends {
	return ends{to: place{logConn: r.log, vaultConn: r.database, key: r.master}}
}

// A source to which somebody still appends is told apart from a difference.
func TestMigrationOfAMovingSource(t *testing.T) {
	t.Parallel()
	r := newRemoval(t)
	launch(t, "serve", "--data", r.first).end()
	moved(t, r.there()...)
	log, err := esdb.Open(t.Context(), r.log, esdb.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	var stderr growing
	stderr.grow = func() {
		_, err := log.Append(t.Context(), domain.NewStreamID("thing", uuid.NewString()), domain.NoStream, []domain.Draft{{
			ID: uuid.New(), Name: "thing.happened.v1", At: time.UnixMicro(1).UTC(), Payload: []byte("{}"),
		}})
		if err != nil {
			t.Error(err)
		}
	}
	var out bytes.Buffer
	err = run(t.Context(), r.back(), nil, &out, &stderr)
	if err == nil || !strings.Contains(explain(err), "Er wordt nog geschreven in de bron") || exitCode(err) != exitMoving {
		t.Errorf("told %q, ends with %d", explain(err), exitCode(err))
	}
}

// growing is a standard error that has something happen when the logs are being compared.
type growing struct{ grow func() }

func (g *growing) Write(p []byte) (int, error) {
	if strings.Contains(string(p), "vergelijken") {
		g.grow()
	}
	return len(p), nil
}

// The log alone moves where no vault is named, and that is said.
func TestMigrateTheLogAlone(t *testing.T) {
	t.Parallel()
	r := newRemoval(t)
	launch(t, "serve", "--data", r.first).end()
	out, err := commandOutput(t, "migrate", "--from", r.first, "--to", r.log)
	if err != nil || !strings.Contains(out, "De kluis en de accounts zijn niet mee") {
		t.Errorf("told %q: %v", out, err)
	}
	moved(t, "migrate", "--from", r.log, "--to", r.first, "--compare-only")
}
