package main

import (
	"fmt"
	"os"
	"testing"
)

// TestMain keeps the keys and the demonstration of tests out of the settings of whoever runs them.
func TestMain(m *testing.M) { os.Exit(withOwnSettings(m)) }

func withOwnSettings(m *testing.M) int {
	own, err := os.MkdirTemp("", "signaalboek-settings-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(own)
	for _, name := range []string{"XDG_CONFIG_HOME", "AppData"} {
		if err := os.Setenv(name, own); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	return m.Run()
}
