package main

import (
	"errors"
	"sync/atomic"
	"testing"

	"signaalboek/api"
	"signaalboek/ops/accounts"
	"signaalboek/ops/postgrestest"
)

// Given accounts in a database, when it is away, then the site hears that in words: it is not told that somebody is
// nobody, and it is no fault.
func TestAccountsThatAreAway(t *testing.T) {
	server := postgrestest.StartServer(t)
	conn, err := server.Database()
	if err != nil {
		t.Fatal(err)
	}
	book, err := accounts.OpenShared(t.Context(), conn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { book.Close() })
	_, token, err := book.Add(t.Context(), testPractice, accounts.Worker)
	if err != nil {
		t.Fatal(err)
	}
	r := reception{book, new(atomic.Bool)}
	if _, known, err := r.ByToken(t.Context(), token); !known || err != nil {
		t.Errorf("a token of somebody: %v, %v", known, err)
	}
	if _, known, err := r.ByToken(t.Context(), "of nobody"); known || err != nil {
		t.Errorf("a token of nobody: %v, %v", known, err)
	}
	r.away.Store(true) // though it would answer: it is not asked
	r.saysAway(t, "known to be away", token)
	r.away.Store(false)
	if err := server.Crash(); err != nil {
		t.Fatal(err)
	}
	r.saysAway(t, "crashed", token)
}

// saysAway holds that a stranger is told that the accounts are away, and that the owner of a token is known all the same.
func (r reception) saysAway(t *testing.T, when, token string) {
	t.Helper()
	_, _, byToken := r.ByToken(t.Context(), "of nobody")
	_, _, session := r.BySession(t.Context(), "of nobody")
	_, _, link := r.OpenSession(t.Context(), "of nobody")
	for asked, err := range map[string]error{
		"ByToken": byToken, "BySession": session, "OpenSession": link, "CloseSession": r.CloseSession(t.Context(), "of nobody"),
	} {
		if !errors.Is(err, api.ErrAccountsAway) {
			t.Errorf("%s, %s: %v, want %v", when, asked, err, api.ErrAccountsAway)
		}
	}
	if _, known, err := r.ByToken(t.Context(), token); !known || err != nil {
		t.Errorf("%s, who was seen before: %v, %v", when, known, err)
	}
}
