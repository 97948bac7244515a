package main

import (
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// A run that was killed while it wrote goes on after the last whole line.
func TestAKilledRunGoesOn(t *testing.T) {
	name := filepath.Join(t.TempDir(), "state")
	kept := outcome{Seed: 3, Shape: "a crowd", Widest: map[string]int{"headline": 5}, Off: 1.5, Unsafe: []string{"group"}}
	write(t, name, "this", kept)
	tear(t, name, `{"seed":4,"sha`)
	if found := keptBy(t, name, "this"); len(found) != 1 || !reflect.DeepEqual(found[3], kept) {
		t.Fatalf("kept %+v", found)
	}
	write(t, name, "this", outcome{Seed: 4})
	if found := keptBy(t, name, "this"); len(found) != 2 {
		t.Errorf("after going on, kept %+v", found)
	}
	if found := keptBy(t, name, "another"); len(found) != 0 {
		t.Errorf("another program takes %+v for its own", found)
	}
}

func write(t *testing.T, name, program string, o outcome) {
	t.Helper()
	s, err := openState(name, program)
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	if err := s.keep(o); err != nil {
		t.Fatal(err)
	}
}

func tear(t *testing.T, name, line string) {
	t.Helper()
	file, err := os.OpenFile(name, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := file.WriteString(line); err != nil {
		t.Fatal(err)
	}
}

func keptBy(t *testing.T, name, program string) map[uint64]outcome {
	t.Helper()
	s, err := openState(name, program)
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	return s.kept
}

// What is kept is not attacked again, and comes out in the report; what is unsafe makes the run fail.
func TestRunReportsWhatIsKept(t *testing.T) {
	name := filepath.Join(t.TempDir(), "state")
	program, err := thisProgram()
	if err != nil {
		t.Fatal(err)
	}
	write(t, name, program, outcome{Seed: 7, People: 40, Groups: 12, Cells: 100, Told: 100, Unsafe: []string{"group of one"}})
	var out, complaints strings.Builder
	err = run(t.Context(), []string{"-first", "7", "-populations", "1", "-state", name}, &out, &complaints)
	complained := strings.Contains(complaints.String(), "group of one")
	if err != errGoals || !strings.Contains(out.String(), "NOT MET") || !complained {
		t.Errorf("%v\n%s\n%s", err, &out, &complaints)
	}
	if err := run(t.Context(), []string{"-never"}, io.Discard, io.Discard); err == nil {
		t.Error("an unknown flag is taken")
	}
}
