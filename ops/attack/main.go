package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "attack:", err)
		os.Exit(1)
	}
}

var errGoals = errors.New("a goal was not met")

// run attacks as many populations as it is told to, and prints the report. With a state file it goes on where an earlier
// run was stopped, and what it did itself is kept, whatever ends it.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("attack", flag.ContinueOnError)
	flags.SetOutput(stderr)
	populations := flags.Int("populations", 500, "how many to attack")
	first := flags.Uint64("first", 0, "the seed of the first; the others follow")
	file := flags.String("state", "", "the file where outcomes are kept, and a killed run goes on")
	if err := flags.Parse(args); err != nil {
		return err
	}
	program, err := thisProgram()
	if err != nil {
		return err
	}
	s, err := openState(*file, program)
	if err != nil {
		return err
	}
	defer s.close()
	outcomes, err := s.attackAll(ctx, *first, *populations, stderr)
	if err != nil {
		return err
	}
	if sum := summed(outcomes); !sum.print(stdout) {
		return errGoals
	}
	return nil
}

// attackAll is the outcome of each seed: kept ones as they were, the others by attacking.
func (s *state) attackAll(ctx context.Context, first uint64, populations int, stderr io.Writer) ([]outcome, error) {
	var all []outcome
	for seed := first; seed < first+uint64(populations); seed++ {
		o, kept := s.kept[seed]
		if !kept {
			var err error
			if o, err = attack(ctx, populate(seed), realGate); err != nil {
				return nil, err
			}
			if err := s.keep(o); err != nil {
				return nil, err
			}
		}
		all = append(all, o)
		o.complain(stderr)
	}
	return all, nil
}
