package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// settings is what a run can be told: by a flag, else by the environment, else the default.
type settings struct {
	data    string // directory of the ledger
	log     secret // connection string of EventStoreDB, if the log is not in data
	vault   secret // connection string of PostgreSQL, if vault and accounts are not in data
	key     string // file with the vault's master key, if it is not in data
	signing string // file with the signing key, if it is not beside that one

	witnesses string // file with who must cosign

	addr     string // where the site listens
	public   bool   // it may listen to other machines than this one
	https    bool   // callers come through a proxy that speaks https
	metrics  string // where metrics are served; nowhere if empty
	releases string // where outsiders see releases, and nothing else; nowhere if empty
	practice string // id of the practice, for a new ledger
	title    string // its name, for a new ledger
	json     bool   // write for programs
	atRest   string // file with the key that seals the files in data
	plain    bool   // they are not sealed

	releasesURL string // where outsiders find the releases, if not at the address where they are served

	backup backupSettings // of backups that are made

	mostBehind time.Duration // how old what is shown may be before the program is not ready
}

// prefix begins the name of every setting in the environment: --metrics-addr is SIGNAALBOEK_METRICS_ADDR.
const prefix = "SIGNAALBOEK_"

// flags declares which settings a sub-command takes.
type flags struct {
	*flag.FlagSet
	settings
	paired bool // log and vault are given together or not at all
}

func (c *call) flags() *flags {
	return &flags{FlagSet: c.options()}
}

func (f *flags) takesData(standard string) {
	f.StringVar(&f.data, "data", standard, "`map` van het signaalboek")
	f.takesSealing()
}

// takesPlace is for what works on a whole ledger, also one that replicas share.
func (f *flags) takesPlace(standard string) {
	f.takesData(standard)
	f.takesLog()
	f.takesVault()
	f.StringVar(&f.key, "vault-key", "", "`bestand` met de sleutel van de kluis, als het niet in de map staat")
	f.StringVar(&f.signing, "signing-key", "", "`bestand` met de sleutel die de geschiedenis ondertekent, als het niet bij die van de kluis staat")
	f.paired = true
}

func (f *flags) takesLog() {
	f.log.take(f.FlagSet, "log", "`verbinding` met EventStoreDB, voor een logboek dat replica's delen")
}

func (f *flags) takesVault() {
	f.vault.take(f.FlagSet, "vault", "`verbinding` met PostgreSQL, voor een kluis die replica's delen")
}

// place is where the ledger is kept.
func (s settings) place() place {
	return place{dir: dir(s.data), sealing: s.sealing(), logConn: s.log.value, vaultConn: s.vault.value, key: s.key, signing: s.signing}
}

// secret is a setting that holds a password. It can also stand in a file, which --name-file names: what is given on the
// command line, everybody on the machine may see. It is in no help, error or log.
type secret struct{ value, file string }

func (s *secret) take(flags *flag.FlagSet, name, usage string) {
	flags.StringVar(&s.value, name, "", usage)
	flags.StringVar(&s.file, name+"-file", "", "`bestand` met die verbinding, zodat niemand het wachtwoord ziet")
}

// read fills in what stands in the file.
func (s *secret) read(name string) error {
	switch {
	case s.file == "":
		return nil
	case s.value != "":
		return mistake("Geef --%s of --%[1]s-file, niet allebei.", name)
	}
	raw, err := os.ReadFile(s.file)
	s.value = strings.TrimSpace(string(raw))
	if err != nil || s.value == "" {
		return mistake("Het bestand %s is leeg, of niet leesbaar. Er moet een verbinding in staan.", s.file)
	}
	s.file = "" // it is read, whoever asks again
	return nil
}

func (f *flags) takesJSON() {
	f.BoolVar(&f.json, "json", false, "schrijf één regel JSON, voor programma's")
}

func (f *flags) takesAddresses() {
	f.StringVar(&f.addr, "addr", "127.0.0.1:8080", "`adres` waarop de pagina's staan")
	f.StringVar(&f.metrics, "metrics-addr", "", "`adres` voor Prometheus; geen, als het leeg is")
	f.StringVar(&f.releases, "releases-addr", "", "`adres` waar iedereen de publicaties ziet, en niets anders; geen, als het leeg is")
	f.StringVar(&f.releasesURL, "releases-url", "", "`adres` waarop iedereen de publicaties vindt, als er een proxy voor staat; de pagina's tonen het")
	f.BoolVar(&f.public, "public", false, "laat ook andere machines toe; zet er een proxy met https voor")
	f.BoolVar(&f.https, "https", false, "bezoekers komen binnen via een proxy met https")
	f.DurationVar(&f.mostBehind, "max-behind", 30*time.Second, "`tijd` die de overzichten achter mogen zijn; daarna is /readyz niet klaar")
}

// parse reads flags and environment, and returns what is left over.
func (f *flags) parse(c *call) ([]string, error) {
	if err := f.fromEnvironment(c.env); err != nil {
		return nil, err
	}
	if err := f.Parse(c.args); err != nil {
		return nil, c.misused(f.FlagSet, err)
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
	all.takesPlace("")
	all.takesJSON()
	all.takesAddresses()
	all.takesNewPractice()
	all.takesMovement()
	all.takesBackups()
	all.takesWitnesses()
	backup := &flags{FlagSet: flag.NewFlagSet("", flag.ContinueOnError)} // its --to is not that of a movement
	backup.takesBackup("")
	backup.takesIdentity(new(reading))
	return all.Lookup(option) != nil || backup.Lookup(option) != nil
}

func (f *flags) takesPractice() {
	f.StringVar(&f.practice, "practice", "harelbeke-centrum", "`code` van de praktijk")
}

// takesNewPractice is for what opens a practice in a ledger that is new.
func (f *flags) takesNewPractice() {
	f.takesPractice()
	f.StringVar(&f.title, "name", "STEK Harelbeke Centrum", "`naam` van de praktijk, voor een nieuw signaalboek")
}

// check reads secrets, and refuses half of a place, and an address that other machines can reach, unless that was asked
// for.
func (f *flags) check() error {
	if err := errors.Join(f.log.read("log"), f.vault.read("vault")); err != nil {
		return err
	}
	if err := f.place().check(); f.paired && err != nil {
		return err
	}
	inDirectory := f.Lookup("key") != nil && f.log.value == "" && f.vault.value == ""
	if err := f.checkKey(); inDirectory && err != nil {
		return err
	}
	if f.releasesURL != "" && !isWebAddress(f.releasesURL) {
		return mistake("Het adres %q is niet goed. Schrijf het als https://publicaties.example.", f.releasesURL)
	}
	for _, addr := range []string{f.addr, f.metrics, f.releases} {
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

// isWebAddress reports whether a browser finds something at an address.
func isWebAddress(address string) bool {
	at, err := url.Parse(address)
	return err == nil && at.Host != "" && (at.Scheme == "https" || at.Scheme == "http")
}

// existing is the place of a ledger that is there, for a command that takes nothing else: looking never makes one.
func (c *call) existing(ctx context.Context) (place, error) {
	f := c.flags()
	f.takesPlace(standardData())
	rest, err := f.parse(c)
	if err := errors.Join(err, noMore(rest)); err != nil {
		return place{}, err
	}
	return f.place(), f.place().mustExist(ctx)
}

// onExisting does something with a ledger that is there, for a command whose words say what.
func (c *call) onExisting(ctx context.Context, f *flags, do func(m *machinery, words []string) error) error {
	words, err := f.parseMixed(c)
	if err != nil {
		return err
	}
	if err := f.place().mustExist(ctx); err != nil {
		return err
	}
	m, err := open(ctx, f.place())
	if err != nil {
		return err
	}
	return errors.Join(do(m, words), m.close())
}

// noMore refuses words that a sub-command does not take.
func noMore(rest []string) error {
	if len(rest) > 0 {
		return mistake("%q hoort hier niet.", shownWord(rest[0]))
	}
	return nil
}

// shownWord is a word as it may be repeated: of a connection string only what it connects to.
func shownWord(word string) string {
	if scheme, _, found := strings.Cut(word, "://"); found {
		return scheme + "://…"
	}
	return word
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
	if text, ok := explanationOf(err, explanations()); ok {
		return text
	}
	return "Er ging iets mis: " + err.Error()
}
