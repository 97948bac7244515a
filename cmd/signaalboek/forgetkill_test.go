package main

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"
)

// Given a program that is killed at any moment while it erases a signal, when it is started again, then that signal reads
// as before or is gone, the other reads as before, nothing is found wrong, and erasing again finishes it.
func TestKilledWhileErasing(t *testing.T) {
	data := filepath.Join(t.TempDir(), "boek")
	where := []string{"--data", data, "--plain"}
	p := launch(t, append([]string{"serve"}, where...)...)
	token, stays := p.Token, p.tell("blijfpunt")
	var ids []string
	for n := range 6 {
		ids = append(ids, p.tell(fmt.Sprintf("verdwijnpunt%c", 'a'+n)))
	}
	p.end()
	for n, id := range ids {
		eraseUntilKilled(t, data, id, time.Duration(n)*15*time.Millisecond)
		if out, err := commandOutput(t, append([]string{"doctor"}, where...)...); err != nil {
			t.Fatalf("%s %v", out, explain(err))
		}
		word := fmt.Sprintf("verdwijnpunt%c", 'a'+n)
		p := launch(t, append([]string{"serve"}, where...)...)
		p.Token = token
		if p.hits("blijfpunt") != 1 || p.hits(word) > 1 {
			t.Errorf("found %d and %d", p.hits("blijfpunt"), p.hits(word))
		}
		answer := p.request("POST", "/api/v1/erasures", map[string]any{"thing": id, "sure": true}, nil, "Idempotency-Key", uuid.NewString())
		if answer.StatusCode != 204 || p.hits(word) != 0 || p.hits("blijfpunt") != 1 {
			t.Errorf("erased again: %s, found %d of it, and %d of the other", answer.Status, p.hits(word), p.hits("blijfpunt"))
		}
		p.end()
	}
	isForgotten(t, where, token, ids[0], stays)
}

// eraseUntilKilled starts a process that erases, and kills it after a while, if it still runs.
func eraseUntilKilled(t *testing.T, data, id string, after time.Duration) {
	t.Helper()
	command := programProcess("forget", "signal", id, "--yes", "--data", data, "--plain")
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	kill := time.AfterFunc(30*time.Millisecond+after, func() { _ = command.Process.Kill() })
	defer kill.Stop()
	_ = command.Wait() // killed, or done before that
}
