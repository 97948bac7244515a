package main

import (
	"context"

	"signaalboek/cmd/verdict"
)

// verify checks the file of a release, if one is named, and else the ledger itself.
func verify(ctx context.Context, c *call) error {
	if verdict.Names(c.args) {
		return verifyBundle(c)
	}
	return verifyLog(ctx, c)
}

// verifyLog says how a release is checked: none was named.
func verifyLog(context.Context, *call) error {
	return mistake("Geef de zip van een publicatie: signaalboek verify BESTAND. De opties: signaalboek-verify --help")
}
