package main

import (
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"
)

// Given the demonstration in a directory, when a backup of it is put back into EventStoreDB and PostgreSQL, by a program
// that is killed over and over, and one of those into a directory again, then the root and the events are the same at each
// place, and who could sign in at the first can at the last.
func TestABackupMovesBetweenPlaces(t *testing.T) {
	t.Parallel()
	k, r := newKeeper(t), newRemoval(t)
	data, first := demoBuilt(t)
	if err := os.Remove(dir(data).demoMark()); err != nil {
		t.Fatal(err)
	}
	log, vault, made := k.backUp("--data", data)
	shared := []string{"--data", t.TempDir(), "--log", r.log, "--vault", r.database, "--vault-key", r.master}
	words := append(append([]string{"restore", log, vault}, k.identities...), shared...)
	for range *moves {
		killAfter(t, rand.N(time.Second), words)
	}
	if told := k.restoredAt(shared, log, vault); told.Log.Root != made[0].Root || !told.Vault || told.Folded != uint64(made[0].Events) {
		t.Errorf("put back %+v", told)
	}
	log, vault, again := k.backUp(shared...)
	if again[0].Root != made[0].Root || again[0].Events != made[0].Events {
		t.Errorf("the backup of the replicas is of %+v, not %+v", again[0], made[0])
	}
	where, told := k.restored(log, vault)
	if told.Log.Root != made[0].Root {
		t.Errorf("put back in a directory %+v", told.Log)
	}
	if want, got := withoutPositions(eventsIn(t, "--data", data)), withoutPositions(eventsIn(t, where...)); want != got {
		t.Error("other events came back")
	}
	p := launch(t, append([]string{"serve"}, where...)...)
	p.Token = first.Token
	if answer := p.request("GET", "/api/v1/signals", nil, nil); answer.StatusCode != 200 {
		t.Errorf("who could sign in cannot: %s", answer.Status)
	}
}

// withoutPositions is exported events without where they stand.
func withoutPositions(events string) string {
	var all strings.Builder
	for line := range strings.Lines(events) {
		_, rest, _ := strings.Cut(line, ",")
		all.WriteString(rest)
	}
	return all.String()
}
