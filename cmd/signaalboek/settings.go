package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
)

// settings is what a run can be told: by a flag, else by the environment, else the default.
type settings struct {
	data     string // directory of the ledger
	addr     string // where the site listens
	public   bool   // it may listen to other machines than this one
	https    bool   // callers come through a proxy that speaks https
	metrics  string // where metrics are served; nowhere if empty
	practice string // id of the practice, for a new ledger
	title    string // its name, for a new ledger
	json     bool   // write for programs
}

// prefix begins the name of every setting in the environment: --metrics-addr is SIGNAALBOEK_METRICS_ADDR.
const prefix = "SIGNAALBOEK_"

// flags declares which settings a sub-command takes.
type flags struct {
	*flag.FlagSet
	settings
}

func (c *call) flags() *flags {
	f := &flags{FlagSet: flag.NewFlagSet("signaalboek "+c.name, flag.ContinueOnError)}
	f.SetOutput(c.stderr)
	return f
}

func (f *flags) takesData(standard string) {
	f.StringVar(&f.data, "data", standard, "`map` van het signaalboek")
}

func (f *flags) takesJSON() {
	f.BoolVar(&f.json, "json", false, "schrijf één regel JSON, voor programma's")
}

func (f *flags) takesAddresses() {
	f.StringVar(&f.addr, "addr", "127.0.0.1:8080", "`adres` waarop de pagina's staan")
	f.StringVar(&f.metrics, "metrics-addr", "", "`adres` voor Prometheus; geen, als het leeg is")
	f.BoolVar(&f.public, "public", false, "laat ook andere machines toe; zet er een proxy met https voor")
	f.BoolVar(&f.https, "https", false, "bezoekers komen binnen via een proxy met https")
}

// parse reads flags and environment, and returns what is left over.
func (f *flags) parse(c *call) ([]string, error) {
	if err := f.fromEnvironment(c.env); err != nil {
		return nil, err
	}
	if err := f.Parse(c.args); err != nil {
		return nil, err
	}
	return f.Args(), f.check()
}

// fromEnvironment sets flags from the environment. A name that no sub-command knows is a slip of the pen, and refused.
func (f *flags) fromEnvironment(env []string) error {
	for _, entry := range env {
		name, value, _ := strings.Cut(entry, "=")
		key, ours := strings.CutPrefix(name, prefix)
		if !ours || strings.HasPrefix(key, "TEST_") {
			continue
		}
		option := strings.ReplaceAll(strings.ToLower(key), "_", "-")
		if f.Lookup(option) == nil {
			if !known(option) {
				return mistake("De omgevingsvariabele %s is niet gekend.", name)
			}
			continue
		}
		if err := f.Set(option, value); err != nil {
			return mistake("De omgevingsvariabele %s is niet goed ingevuld.", name)
		}
	}
	return nil
}

// known reports whether some sub-command takes an option.
func known(option string) bool {
	all := &flags{FlagSet: flag.NewFlagSet("", flag.ContinueOnError)}
	all.SetOutput(io.Discard)
	all.takesData("")
	all.takesJSON()
	all.takesAddresses()
	all.takesPractice()
	return all.Lookup(option) != nil
}

func (f *flags) takesPractice() {
	f.StringVar(&f.practice, "practice", "harelbeke-centrum", "`code` van de praktijk, voor een nieuw signaalboek")
	f.StringVar(&f.title, "name", "STEK Harelbeke Centrum", "`naam` van de praktijk, voor een nieuw signaalboek")
}

// check refuses an address that other machines can reach, unless that was asked for.
func (f *flags) check() error {
	for _, addr := range []string{f.addr, f.metrics} {
		if addr == "" {
			continue
		}
		host, _, err := net.SplitHostPort(addr)
		if err != nil {
			return mistake("Het adres %q is niet goed. Schrijf het als 127.0.0.1:8080.", addr)
		}
		if ip := net.ParseIP(host); !f.public && host != "localhost" && (ip == nil || !ip.IsLoopback()) {
			return mistake("Op %s kunnen andere machines binnen. Voeg --public toe als dat de bedoeling is.", addr)
		}
	}
	return nil
}

// noMore refuses words that a sub-command does not take.
func noMore(rest []string) error {
	if len(rest) > 0 {
		return mistake("%q hoort hier niet.", rest[0])
	}
	return nil
}

// userMistake is what somebody can put right by giving the command otherwise. It is in Dutch.
type userMistake struct{ text string }

func (m userMistake) Error() string { return m.text }

func mistake(format string, args ...any) error { return userMistake{fmt.Sprintf(format, args...)} }

// standardData is where the ledger of a practice is kept if nobody says otherwise.
func standardData() string {
	if home, err := os.UserHomeDir(); err == nil {
		return filepath.Join(home, ".signaalboek")
	}
	return "signaalboek"
}

// explain is an error in the words of whoever runs the program.
func explain(err error) string {
	if m, ok := errors.AsType[userMistake](err); ok {
		return m.text
	}
	for _, known := range explanations() {
		if errors.Is(err, known.err) {
			return known.text
		}
	}
	return "Er ging iets mis: " + err.Error()
}
