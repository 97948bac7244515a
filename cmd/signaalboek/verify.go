package main

import (
	"context"
	"fmt"
	"slices"

	"signaalboek/cmd/verdict"
)

// verify checks the file of a release, if one is named, and else the ledger itself.
func verify(ctx context.Context, c *call) error {
	switch {
	case slices.ContainsFunc(c.args, asksHelp):
		return verifyHelp(ctx, c)
	case verdict.Names(c.args):
		return verifyBundle(c)
	}
	return verifyLog(ctx, c)
}

// verifyHelp says both what verify does with a file and what it does without.
func verifyHelp(ctx context.Context, c *call) error {
	if _, err := verdict.Run("signaalboek verify", []string{"--help"}, c.stdout, c.stderr); err != nil {
		return err
	}
	fmt.Fprintln(c.stderr)
	return verifyLog(ctx, c)
}

func asksHelp(arg string) bool { return arg == "-h" || arg == "-help" || arg == "--help" }
