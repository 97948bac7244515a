package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
)

// TestMain lets the bench run itself in a new process, as the real one does.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == remember {
		if err := answer(context.Background(), os.Args[1:]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// The bench stays true to the program that it measures: a smoke run fills a log, replays it and asks everything. Its
// figures are not looked at.
func TestQuick(t *testing.T) {
	var table bytes.Buffer
	if err := run(context.Background(), []string{"-quick", "-dir", t.TempDir()}, &table, io.Discard); err != nil {
		t.Fatal(err)
	}
	for _, what := range []string{"durable append", "64 clients", "contact: a recognition", "replay and fold", "snapshot", "live bytes", "trajectory", "search", "EventStoreDB"} {
		if !strings.Contains(table.String(), what) {
			t.Errorf("the table says nothing of %s:\n%s", what, table.String())
		}
	}
}

func TestVerdict(t *testing.T) {
	for _, c := range []struct {
		row  row
		want string
	}{
		{row{ratio: 1.1, must: 1.5, aim: 1.15, atMost: true}, "aim"},
		{row{ratio: 1.5, must: 1.5, aim: 1.15, atMost: true}, "must"},
		{row{ratio: 1.51, must: 1.5, aim: 1.15, atMost: true}, "MISSED"},
		{row{ratio: 0.4, must: 0.25, aim: 0.4}, "aim"},
		{row{ratio: 0.3, must: 0.25, aim: 0.4}, "must"},
		{row{ratio: 0.2, must: 0.25, aim: 0.4}, "MISSED"},
		{row{ratio: 3}, ""},
	} {
		if got := c.row.verdict(); got != c.want {
			t.Errorf("%+v is %q, not %q", c.row, got, c.want)
		}
	}
}
