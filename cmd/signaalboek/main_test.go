package main

import (
	"fmt"
	"os"
	"os/exec"
	"testing"
)

// asProgram in the environment has a process of these tests be the program itself: one that can be killed without taking
// the tests along.
const asProgram = "SIGNAALBOEK_TEST_AS_PROGRAM"

// programProcess is the program in a process of its own.
func programProcess(words ...string) *exec.Cmd {
	command := exec.Command(os.Args[0], words...)
	command.Env = append(os.Environ(), asProgram+"=1")
	return command
}

// TestMain keeps the keys and the demonstration of tests out of the settings of whoever runs them.
func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		return
	}
	os.Exit(withOwnSettings(m))
}

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
