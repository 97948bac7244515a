package main

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"signaalboek/domain"
	"signaalboek/ops/accounts"
)

// user adds an actor and prints the token of its programs and a link for its browser; or makes a new link for the first
// actor. It works while the program serves.
func user(ctx context.Context, c *call) error {
	f := c.flags()
	f.takesData(standardData())
	f.takesVault()
	f.takesPractice()
	f.takesJSON()
	f.StringVar(&f.addr, "addr", "127.0.0.1:8080", "`adres` waarop de pagina's staan, voor de link")
	f.BoolVar(&f.public, "public", false, "dat adres is voor andere machines")
	words, err := f.parseMixed(c)
	if err != nil {
		return err
	}
	book, err := f.book(ctx)
	if err != nil {
		return err
	}
	hello, err := f.invite(ctx, book, words)
	if err := errors.Join(err, book.Close()); err != nil {
		return err
	}
	return hello.write(c, f.json)
}

// book is the accounts of a ledger that exists. For those in PostgreSQL no log is needed: they stand in a database of
// their own, which the first replica makes.
func (f *flags) book(ctx context.Context) (*accounts.Accounts, error) {
	at := f.place()
	if at.vaultConn == "" {
		if err := at.mustExist(ctx); err != nil {
			return nil, err
		}
	}
	return at.openAccounts(ctx)
}

func (f *flags) invite(ctx context.Context, book *accounts.Accounts, words []string) (greeting, error) {
	hello := greeting{Address: "http://" + f.addr}
	if err := isPractice(domain.PracticeID(f.practice)); err != nil {
		return hello, err
	}
	var actor accounts.Actor
	var err error
	switch {
	case slices.Equal(words, []string{"link"}):
		actor, err = book.First(ctx)
	case len(words) == 2 && words[0] == "add":
		actor, hello.Token, err = book.Add(ctx, domain.PracticeID(f.practice), accounts.Role(words[1]))
	default:
		return hello, mistake("Schrijf: user add ROL, of: user link")
	}
	switch {
	case errors.Is(err, accounts.ErrNoRole):
		return hello, mistake("De rol %q bestaat niet. Kies een van: %s.", words[1], roleNames())
	case errors.Is(err, accounts.ErrNobody):
		return hello, mistake("Er is nog niemand. Start eerst het programma, of gebruik user add ROL.")
	case err != nil:
		return hello, err
	}
	link, err := book.NewLink(ctx, actor.ID, time.Now())
	hello.Link = hello.Address + signInPath + link
	return hello, err
}

func roleNames() string {
	var names []string
	for _, role := range accounts.Roles() {
		names = append(names, string(role))
	}
	return strings.Join(names, ", ")
}

// parseMixed reads flags that stand before, between or after the words of a sub-command.
func (f *flags) parseMixed(c *call) ([]string, error) {
	var words []string
	rest, err := f.parse(c)
	for err == nil && len(rest) > 0 {
		words = append(words, rest[0])
		err = c.misused(f.FlagSet, f.Parse(rest[1:]))
		rest = f.Args()
	}
	return words, errors.Join(err, f.check())
}
