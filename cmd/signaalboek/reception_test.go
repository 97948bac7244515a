package main

import (
	"errors"
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
	r := reception{book}
	if _, known, err := r.ByToken(t.Context(), "of nobody"); known || err != nil {
		t.Errorf("a token of nobody: %v, %v", known, err)
	}
	if err := server.Crash(); err != nil {
		t.Fatal(err)
	}
	_, _, token := r.ByToken(t.Context(), "of nobody")
	_, _, session := r.BySession(t.Context(), "of nobody")
	_, _, link := r.OpenSession(t.Context(), "of nobody")
	for asked, err := range map[string]error{
		"ByToken": token, "BySession": session, "OpenSession": link, "CloseSession": r.CloseSession(t.Context(), "of nobody"),
	} {
		if !errors.Is(err, api.ErrAccountsAway) {
			t.Errorf("%s: %v, want %v", asked, err, api.ErrAccountsAway)
		}
	}
}
