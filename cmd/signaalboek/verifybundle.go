package main

import "signaalboek/cmd/verdict"

// verifyBundle checks a release with nothing but its bundle, as the program signaalboek-verify does: no ledger is opened.
func verifyBundle(c *call) error {
	code, err := verdict.Run("signaalboek verify", c.args, c.stdout, c.stderr)
	switch {
	case err != nil:
		return ending{code, userMistake{err.Error()}}
	case code == verdict.Wrong:
		return ending{code, mistake("Er klopt iets niet.")}
	case code == verdict.Undecided:
		return ending{code, mistake("Niet alles kon nagekeken worden.")}
	}
	return nil
}
