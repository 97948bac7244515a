package main

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"signaalboek/ops/backup"
)

// keeper is who keeps backups of a test: where they stand, and the two pairs of keys.
type keeper struct {
	t                  *testing.T
	to                 string
	log, vault         string // files of private keys
	forLog, forVault   string // public keys
	identities, giving []string
}

func newKeeper(t *testing.T) *keeper {
	t.Helper()
	at := t.TempDir()
	k := &keeper{t: t, to: filepath.Join(at, "copies"), log: filepath.Join(at, "log.key"), vault: filepath.Join(at, "vault.key")}
	for path, public := range map[string]*string{k.log: &k.forLog, k.vault: &k.forVault} {
		out, err := commandOutput(t, "backup", "--new-identity", path)
		if err != nil {
			t.Fatal(explain(err))
		}
		*public = strings.TrimSpace(out)
	}
	k.giving = []string{"--to", k.to, "--recipient", k.forLog, "--vault-recipient", k.forVault}
	k.identities = []string{"--identity", k.log, "--identity", k.vault}
	return k
}

// backUp makes backups of a ledger, and gives their files.
func (k *keeper) backUp(where ...string) (log, vault string, told []toldBackup) {
	k.t.Helper()
	out, err := commandOutput(k.t, append(append([]string{"backup", "--json"}, k.giving...), where...)...)
	if err != nil {
		k.t.Fatalf("%s\n%v", explain(err), err)
	}
	if err := json.Unmarshal([]byte(out), &told); err != nil || len(told) != 2 {
		k.t.Fatalf("told %s: %v", out, err)
	}
	return told[0].Path, told[1].Path, told
}

// restored puts backups back in a new directory, with a new key.
func (k *keeper) restored(files ...string) (where []string, told restored) {
	k.t.Helper()
	at := k.t.TempDir()
	where = []string{"--data", filepath.Join(at, "ledger"), "--key", filepath.Join(at, "key")}
	return where, k.restoredAt(where, files...)
}

func (k *keeper) restoredAt(where []string, files ...string) (told restored) {
	k.t.Helper()
	out, err := commandOutput(k.t, append(append(append([]string{"restore", "--json"}, files...), k.identities...), where...)...)
	if err != nil {
		k.t.Fatalf("%s\n%v", explain(err), err)
	}
	if err := json.Unmarshal([]byte(out), &told); err != nil {
		k.t.Fatalf("told %s: %v", out, err)
	}
	return told
}

// rehearsed rehearses putting backups back.
func (k *keeper) rehearsed(files ...string) (told restored) {
	k.t.Helper()
	out, err := commandOutput(k.t, append(append([]string{"backup", "--rehearse", "--json"}, files...), k.identities...)...)
	if err != nil {
		k.t.Fatalf("%s\n%v", explain(err), err)
	}
	if err := json.Unmarshal([]byte(out), &told); err != nil || !told.Rehearsed {
		k.t.Fatalf("told %s: %v", out, err)
	}
	return told
}

func eventsIn(t *testing.T, where ...string) string {
	t.Helper()
	out, err := commandOutput(t, append([]string{"export", "events"}, where...)...)
	if err != nil {
		t.Fatal(explain(err))
	}
	return out
}

// Given a ledger that is served, when a backup of it is made beside it, rehearsed, and put back elsewhere, then the root is
// that of the manifest, every event is the same, texts are found, and who could sign in can.
func TestABackupBesideAServerComesBack(t *testing.T) {
	t.Parallel()
	k, data := newKeeper(t), filepath.Join(t.TempDir(), "ledger")
	p := launch(t, "serve", "--data", data)
	token := p.Token
	p.tell("blijfpunt")
	log, vault, made := k.backUp("--data", data)
	told := k.rehearsed(log, vault)
	if told.Log.Root != made[0].Root || told.Log.Events != made[0].Events || told.Folded != uint64(made[0].Events) || !told.Vault {
		t.Errorf("rehearsed %+v %+v of %+v", told, told.Log, made)
	}
	if told := k.rehearsed(log); told.Log.Root != made[0].Root || told.Vault || told.Folded != uint64(made[0].Events) {
		t.Errorf("rehearsed without a vault %+v", told)
	}
	p.tell("laterpunt") // which is in no backup
	p.end()

	where, back := k.restored(vault, log)
	if back.Log.Root != made[0].Root || !back.Vault || back.Folded != uint64(made[0].Events) {
		t.Errorf("put back %+v of %+v", back, made)
	}
	if all, some := eventsIn(t, "--data", data), eventsIn(t, where...); !strings.HasPrefix(all, some) || strings.Count(some, "\n") != int(made[0].Events) {
		t.Error("other events came back")
	}
	again := launch(t, append([]string{"serve"}, where...)...)
	again.Token = token
	if again.hits("blijfpunt") != 1 || again.hits("laterpunt") != 0 {
		t.Errorf("found %d and %d", again.hits("blijfpunt"), again.hits("laterpunt"))
	}
	for _, name := range []string{filepath.Base(log), filepath.Base(vault)} {
		raw, err := os.ReadFile(filepath.Join(k.to, name))
		if err != nil || strings.Contains(string(raw), "signal") || strings.Contains(string(raw), "blijfpunt") {
			t.Errorf("%s can be read: %v", name, err)
		}
	}
}

// Given a backup from before an erasure, when its vault is put back under a log that says what was erased, then that is
// erased again before anybody is served.
func TestErasedStaysErasedThroughABackup(t *testing.T) {
	t.Parallel()
	k := newKeeper(t)
	where := []string{"--data", filepath.Join(t.TempDir(), "ledger")}
	p := launch(t, append([]string{"serve"}, where...)...)
	token, gone := p.Token, p.tell("verdwijnpunt")
	p.tell("blijfpunt")
	_, before, _ := k.backUp(where...)
	p.end()
	told(t, "Gewist", append([]string{"forget", "signal", gone, "--yes", "--record"}, where...)...)
	after, _, _ := k.backUp(where...)

	back, _ := k.restored(after, before)
	again := launch(t, append([]string{"serve"}, back...)...)
	again.Token = token
	if again.hits("verdwijnpunt") != 0 || again.hits("blijfpunt") != 1 {
		t.Errorf("found %d and %d", again.hits("verdwijnpunt"), again.hits("blijfpunt"))
	}
}

// Given many who write at once, when backups are made meanwhile, then each is a beginning of the log, and comes back with
// the root of its manifest.
func TestABackupUnderLoadIsAPrefix(t *testing.T) {
	t.Parallel()
	const writers = 64
	k, data := newKeeper(t), filepath.Join(t.TempDir(), "ledger")
	p := launch(t, "serve", "--data", data)
	stop, ended := make(chan struct{}), make(chan error, writers)
	for range writers {
		go func() { ended <- p.contactsUntil(stop) }()
	}
	var files []string
	for range 2 {
		log, vault, _ := k.backUp("--data", data)
		files = append(files, log)
		k.rehearsed(log, vault)
	}
	close(stop)
	for range writers {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
	p.end()
	all := eventsIn(t, "--data", data)
	for _, log := range files {
		where, told := k.restoredLog(log)
		if some := eventsIn(t, where...); !strings.HasPrefix(all, some) || strings.Count(some, "\n") != int(told.Log.Events) {
			t.Errorf("a backup of %d events is no beginning of the log", told.Log.Events)
		}
	}
}

// restoredLog puts back a log alone.
func (k *keeper) restoredLog(log string) ([]string, restored) { return k.restored(log) }

// contactsUntil registers contacts until it is stopped.
func (p *program) contactsUntil(stop <-chan struct{}) error {
	for {
		select {
		case <-stop:
			return nil
		default:
		}
		request, err := http.NewRequestWithContext(p.t.Context(), "POST", p.Address+"/api/v1/contacts",
			strings.NewReader(`{"activity":"contact-op-straat","known":"yes"}`))
		if err != nil {
			return err
		}
		request.Header.Set("Authorization", "Bearer "+p.Token)
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("Idempotency-Key", uuid.NewString())
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			return err
		}
		answer.Body.Close()
		if answer.StatusCode != http.StatusCreated {
			return errors.New(answer.Status)
		}
	}
}

// Given a program that makes a backup and is killed at some moment, then every backup that there is is whole; and given one
// that puts a backup back and is killed, over and over, then the next puts it back whole.
func TestKilledWhileBackingUpAndRestoring(t *testing.T) {
	t.Parallel()
	k := newKeeper(t)
	data, _ := demoBuilt(t)
	if err := os.Remove(dir(data).demoMark()); err != nil {
		t.Fatal(err)
	}
	log, vault, made := k.backUp("--data", data)
	words := append([]string{"backup", "--data", data}, k.giving...)
	for range *moves + 2 {
		killAfter(t, rand.N(700*time.Millisecond), words)
	}
	for _, kind := range []backup.Kind{backup.Log, backup.Vault} {
		all, err := backup.List(k.to, kind)
		if err != nil || len(all) == 0 {
			t.Fatalf("%d backups: %v", len(all), err)
		}
		for _, one := range all {
			if _, err := commandOutput(t, append([]string{"backup", "--rehearse", one.Path}, k.identities...)...); err != nil {
				t.Errorf("%s: %s", filepath.Base(one.Path), explain(err))
			}
		}
	}
	at := t.TempDir()
	where := []string{"--data", filepath.Join(at, "ledger"), "--key", filepath.Join(at, "key")}
	words = append(append([]string{"restore", log, vault}, k.identities...), where...)
	for range *moves + 2 {
		killAfter(t, rand.N(300*time.Millisecond), words)
	}
	out, err := commandOutput(t, words...)
	if err != nil && !strings.Contains(explain(err), "al gebruikt") { // all was there, and opened
		t.Fatalf("%s%s\n%v", out, explain(err), err)
	}
	if eventsIn(t, "--data", data) != eventsIn(t, where...) {
		t.Error("other events came back")
	}
	if out, err := commandOutput(t, append([]string{"doctor"}, where...)...); err != nil {
		t.Errorf("%s%s", out, explain(err))
	}
	if rest := k.rehearsed(log, vault); rest.Log.Events != made[0].Events {
		t.Errorf("rehearsed %+v", rest.Log)
	}
}

// killAfter runs the program in a process of its own, and kills it after a while, unless it is through by then.
func killAfter(t *testing.T, after time.Duration, words []string) {
	t.Helper()
	command := programProcess(words...)
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	kill := time.AfterFunc(100*time.Millisecond+after, func() { _ = command.Process.Kill() })
	defer kill.Stop()
	_ = command.Wait() // killed, or done before that
}
