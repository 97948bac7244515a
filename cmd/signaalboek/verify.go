package main

import (
	"context"
	"flag"
	"slices"

	"signaalboek/cmd/verdict"
)

// verify checks the file of a release, if one is named, and else the ledger itself.
func verify(ctx context.Context, c *call) error {
	switch {
	case slices.ContainsFunc(c.args, asksHelp):
		_, err := verdict.Run("signaalboek verify", []string{"--help"}, c.stdout, c.stderr)
		if err != nil {
			return err
		}
		return flag.ErrHelp
	case verdict.Names(c.args):
		return verifyBundle(c)
	}
	return verifyLog(ctx, c)
}

func asksHelp(arg string) bool { return arg == "-h" || arg == "-help" || arg == "--help" }
