package backup

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// Of the log so many are kept, of the vault none that has expired; what another program put there stays.
func TestPrune(t *testing.T) {
	dir := t.TempDir()
	day := func(n int) time.Time { return noon.AddDate(0, 0, n) }
	put := func(name string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	var logs, vaults []string
	for n := range 40 {
		logs = append(logs, put(NewHeader(Log, "", day(n)).name()))
		vaults = append(vaults, put(NewHeader(Vault, "", day(n)).name()))
	}
	foreign := []string{
		put("brief.txt"), put("signaalboek-20261122T120000.000Z.other.age"), put("signaalboek-yesterday.log.age"),
		put("signaalboek-20261122T120000.000Z.log.age.bak"),
	}
	young, old := put(logs[0]+".new"), put(logs[1]+".new")
	if err := os.Chtimes(filepath.Join(dir, old), day(37), day(37)); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(filepath.Join(dir, young), day(39), day(39)); err != nil {
		t.Fatal(err)
	}
	now := day(39).Add(time.Hour)
	if n, err := Prune(dir, Log, 30, now); n != 10 || err != nil {
		t.Errorf("%d logs were removed: %v", n, err)
	}
	if n, err := Prune(dir, Vault, 100, now); n != 5 || err != nil {
		t.Errorf("%d vaults were removed: %v", n, err)
	}
	want := slices.Concat(logs[10:], vaults[5:], foreign, []string{young})
	slices.Sort(want)
	if got := names(t, dir); !slices.Equal(got, want) {
		t.Errorf("there are %q, want %q", got, want)
	}
	if _, err := Prune(dir, Vault, 100, day(90)); err != nil {
		t.Error(err)
	}
	if n, err := Prune(dir, Log, 0, day(9000)); n != 29 || err != nil {
		t.Errorf("%d logs were removed: %v", n, err)
	}
	logged, err := List(dir, Log)
	if err != nil || len(logged) != 1 || filepath.Base(logged[0].Path) != logs[39] || !logged[0].MadeAt.Equal(day(39)) {
		t.Errorf("left are %v: %v", logged, err)
	}
	if left, err := List(dir, Vault); err != nil || len(left) != 0 {
		t.Errorf("expired ones are left: %v, %v", left, err)
	}
}

func names(t *testing.T, dir string) (all []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		all = append(all, entry.Name())
	}
	return all
}

// Where there is no directory there are no backups; a backup is never written over another.
func TestMakeWritesOverNothing(t *testing.T) {
	_, to := pair(t)
	dir := filepath.Join(t.TempDir(), "new", "place")
	if all, err := List(dir, Log); len(all) != 0 || err != nil {
		t.Errorf("there are %v: %v", all, err)
	}
	for _, want := range []error{nil, fs.ErrExist} {
		if _, err := Make(dir, NewHeader(Vault, "test", noon), to, fillVault); !errors.Is(err, want) {
			t.Errorf("made: %v, want %v", err, want)
		}
	}
	about, err := os.Stat(filepath.Join(dir, names(t, dir)[0]))
	if err != nil || about.Mode().Perm() != 0o600 {
		t.Errorf("the mode is %v: %v", about.Mode(), err)
	}
}
