package main

import (
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"signaalboek/ops/backup"
)

// Given a program that makes backups by itself, then it makes one at its start and others later, keeps so many, tells how
// old the last are, and each comes back.
func TestBackupsAreMadeByThemselves(t *testing.T) {
	t.Parallel()
	k := newKeeper(t)
	metrics := freeAddress(t)
	launch(t, "serve", "--data", t.TempDir(), "--metrics-addr", metrics, "--backup-to", k.to, "--backup-every", "1s", "--backup-keep", "2",
		"--backup-recipient", k.forLog, "--backup-vault-recipient", k.forVault)
	for _, kind := range []backup.Kind{backup.Log, backup.Vault} {
		var first, last []backup.Kept
		eventually(t, "a backup of the "+string(kind), func() bool {
			first = listed(t, k.to, kind)
			return len(first) > 0
		})
		eventually(t, "another one", func() bool {
			last = listed(t, k.to, kind)
			return len(last) == 2 && last[0] != first[0]
		})
		k.rehearsed(last[len(last)-1].Path)
	}
	answer, err := http.Get("http://" + metrics + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	told := bodyOf(t, answer)
	for _, kind := range []string{"log", "vault"} {
		if !regexp.MustCompile(`signaalboek_backup_age_seconds\{kind="` + kind + `"\} \d+(\.\d+)?\n`).MatchString(told) {
			t.Errorf("the age of the %s is not told", kind)
		}
	}
}

func listed(t *testing.T, dir string, kind backup.Kind) []backup.Kept {
	t.Helper()
	all, err := backup.List(dir, kind)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// Given a directory in which nobody can write, then that no backup is made is told, and people are served.
func TestABackupThatFailsStopsNobody(t *testing.T) {
	t.Parallel()
	k := newKeeper(t)
	at := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(at, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	metrics := freeAddress(t)
	p := launch(t, "serve", "--data", t.TempDir(), "--metrics-addr", metrics, "--backup-to", at, "--backup-recipient", k.forLog)
	eventually(t, "that no backup was made is told", func() bool {
		return strings.Contains(p.stderr.String(), "no backup was made")
	})
	if p.tell("blijfpunt"); p.hits("blijfpunt") != 1 {
		t.Error("people are not served")
	}
	answer, err := http.Get("http://" + metrics + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	if told := bodyOf(t, answer); !strings.Contains(told, `signaalboek_backup_age_seconds{kind="log"} +Inf`) {
		t.Error("that there is none is not told")
	}
}

// When the next backup is made, depends on those that are there.
func TestBackupsWaitForTheirTime(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	both := []backup.Kind{backup.Log, backup.Vault}
	for name, c := range map[string]struct {
		made map[backup.Kind]time.Duration // before now
		want time.Duration
	}{
		"none":            {nil, 0},
		"one of the two":  {map[backup.Kind]time.Duration{backup.Log: time.Hour}, 0},
		"both":            {map[backup.Kind]time.Duration{backup.Log: time.Hour, backup.Vault: 2 * time.Hour}, 22 * time.Hour},
		"one is too old":  {map[backup.Kind]time.Duration{backup.Log: time.Hour, backup.Vault: 25 * time.Hour}, 0},
		"both are of now": {map[backup.Kind]time.Duration{backup.Log: 0, backup.Vault: 0}, 24 * time.Hour},
	} {
		b := &backups{every: 24 * time.Hour, last: map[backup.Kind]time.Time{}, plan: backupPlan{kinds: map[backup.Kind]destination{}}}
		dir := t.TempDir()
		for _, kind := range both {
			b.plan.kinds[kind] = destination{dir: dir}
			if ago, made := c.made[kind]; made {
				at := now.Add(-ago).Format("20060102T150405.000Z")
				if err := os.WriteFile(filepath.Join(dir, "signaalboek-"+at+"."+string(kind)+".age"), nil, 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
		if got := b.look(now); got != c.want {
			t.Errorf("%s: waits %v, want %v", name, got, c.want)
		}
	}
}

// What failed is tried again by itself: a log that was made each time would push out those of before.
func TestWhatIsTriedAgain(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	both := map[backup.Kind]destination{backup.Log: {dir: "a"}, backup.Vault: {dir: "b"}}
	ago := func(d time.Duration) time.Time { return now.Add(-d) }
	for name, c := range map[string]struct {
		last map[backup.Kind]time.Time
		want []backup.Kind
	}{
		"nothing was made":        {nil, []backup.Kind{backup.Log, backup.Vault}},
		"the vault failed":        {map[backup.Kind]time.Time{backup.Log: ago(time.Minute), backup.Vault: ago(25 * time.Hour)}, []backup.Kind{backup.Vault}},
		"the first vault failed":  {map[backup.Kind]time.Time{backup.Log: ago(time.Minute)}, []backup.Kind{backup.Vault}},
		"the log is due":          {map[backup.Kind]time.Time{backup.Log: ago(24 * time.Hour), backup.Vault: ago(23 * time.Hour)}, []backup.Kind{backup.Log, backup.Vault}},
		"the clock was turned on": {map[backup.Kind]time.Time{backup.Log: ago(-time.Hour), backup.Vault: ago(-time.Hour)}, []backup.Kind{backup.Log, backup.Vault}},
	} {
		b := &backups{every: 24 * time.Hour, last: c.last, plan: backupPlan{kinds: both, keep: 3}}
		due := b.due(now)
		if got := slices.Sorted(maps.Keys(due.kinds)); !slices.Equal(got, c.want) || due.keep != 3 {
			t.Errorf("%s: %v are due, of which %d stay", name, got, due.keep)
		}
	}
}
