package main

import (
	"testing"
	"time"
)

// patience is how long something may take to become so before a test says that it never will. It is no measure of how fast
// anything should be: it is far longer than a machine takes that has much else to do.
const patience = 2 * time.Minute

// became asks again until what it asks for is so, and reports false when that takes longer than anybody waits.
func became(t *testing.T, is func() bool) bool {
	t.Helper()
	for given := time.Now().Add(patience); !is(); {
		select {
		case <-time.After(20 * time.Millisecond):
		case <-t.Context().Done():
			return false
		}
		if time.Now().After(given) {
			return false
		}
	}
	return true
}

// eventually asks again until what it asks for is so.
func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	if !became(t, is) {
		t.Fatalf("it never came to this: %s", what)
	}
}
