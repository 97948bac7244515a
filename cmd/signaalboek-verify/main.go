// Signaalboek-verify checks a published release with nothing but the bundle in hand, and does nothing else: it knows no
// ledger and no network. It is for whoever reads releases: a council, a partner, a newspaper.
//
//	signaalboek-verify BUNDLE [--policy FILE] [--previous OLDER] [--json]
package main

import (
	"fmt"
	"os"

	"signaalboek/cmd/verdict"
)

func main() {
	code, err := verdict.Run("signaalboek-verify", os.Args[1:], os.Stdout, os.Stderr)
	if err != nil {
		fmt.Fprintln(os.Stderr, "signaalboek-verify: "+err.Error())
	}
	os.Exit(code)
}
