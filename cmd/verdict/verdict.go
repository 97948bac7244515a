// Package verdict is what somebody reads who checks a published release with the bundle in their hand, or what an auditor
// took along: the command that two programs have, its Dutch sentences, and the same for programs. What is true is found
// by package proof.
//
//	verify BUNDLE [--policy FILE] [--previous OLDER] [--json]
//
// It reads the files that it is given, writes on standard output, and does nothing else: no network, no ledger, no
// settings.
package verdict

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"signaalboek/domain/proof"
)

// The numbers that the command ends with.
const (
	Good      = 0 // everything holds
	Wrong     = 1 // something is wrong
	Misused   = 2 // the command was not given rightly, or a file cannot be read
	Undecided = 3 // nothing is wrong, and not everything could be checked
)

// largest is more bytes than a bundle or a policy has.
const largest = 1 << 28

// request is what the command was asked.
type request struct {
	bundle, policy, previous string // files
	json                     bool
}

// Names reports whether these arguments name a bundle: then the command is this one.
func Names(args []string) bool {
	_, err := parse("", args, io.Discard)
	return err == nil
}

// Run is the command, of the program that is called so, with help written apart. It returns the number that the program
// ends with and, if it was misused, a sentence that says how.
func Run(program string, args []string, stdout, help io.Writer) (code int, err error) {
	asked, err := parse(program, args, help)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return Good, nil
	case err != nil:
		return Misused, err
	}
	bundle, by, err := asked.read()
	if err != nil {
		return Misused, err
	}
	found, taken := proof.VerifyTaken(bundle, by)
	if !taken {
		found = proof.Verify(bundle, by)
	}
	write := Write
	if asked.json {
		write = WriteJSON
	}
	if err := write(stdout, found); err != nil {
		return Misused, errors.New(text("unwritten"))
	}
	return codes[found.Result()], nil
}

var codes = map[proof.Result]int{proof.Held: Good, proof.Failed: Wrong, proof.Undecided: Undecided}

// parse reads arguments, in any order. It fails with a sentence.
func parse(program string, args []string, help io.Writer) (asked request, err error) {
	f := flag.NewFlagSet(program, flag.ContinueOnError)
	f.SetOutput(io.Discard) // what flag says of a mistake is not in Dutch
	f.Usage = func() {}
	f.StringVar(&asked.policy, "policy", "", text("policy"))
	f.StringVar(&asked.previous, "previous", "", text("previous"))
	f.BoolVar(&asked.json, "json", false, text("json"))
	var words []string
	for rest := args; ; words, rest = append(words, rest[0]), rest[1:] {
		if err := f.Parse(rest); errors.Is(err, flag.ErrHelp) {
			explain(help, program, f)
			return request{}, err
		} else if err != nil {
			return request{}, fmt.Errorf(text("option"), program)
		}
		if rest = f.Args(); len(rest) == 0 {
			break
		}
	}
	if len(words) != 1 {
		return request{}, fmt.Errorf(text("one-bundle"), program)
	}
	asked.bundle = words[0]
	return asked, nil
}

func explain(help io.Writer, program string, f *flag.FlagSet) {
	fmt.Fprintf(help, text("usage"), program)
	WriteOptions(help, f)
	fmt.Fprint(help, text("codes"))
}

// read is everything that was named. It fails with a sentence.
func (r request) read() (bundle []byte, by proof.Reader, err error) {
	if bundle, err = readFile(r.bundle); err != nil {
		return nil, by, err
	}
	if r.previous != "" {
		if by.Previous, err = readFile(r.previous); err != nil {
			return nil, by, err
		}
	}
	if r.policy == "" {
		return bundle, by, nil
	}
	said, err := readFile(r.policy)
	if err != nil {
		return nil, by, err
	}
	policy, err := proof.ParsePolicy(string(said))
	if err != nil {
		return nil, by, fmt.Errorf(text("no-policy-file"), r.policy)
	}
	by.Policy = &policy
	return bundle, by, nil
}

func readFile(name string) ([]byte, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf(text("no-file"), name)
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, largest+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf(text("no-file"), name)
	case len(content) > largest:
		return nil, fmt.Errorf(text("too-large"), name)
	}
	return content, nil
}
