package main

import (
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"

	"signaalboek/domain/proof"
	"signaalboek/ops/transparency"
)

// witness is for partners, who cosign what a ledger promised, on their own machine and with no ledger at hand: they make a
// key, and cosign what they are asked. What they then give back, whoever runs the ledger adds with witness add.
func witness(ctx context.Context, c *call) error {
	doing := map[string]func(context.Context, *call) error{"key": witnessKey, "cosign": witnessCosign, "add": witnessAdd}
	if slices.ContainsFunc(c.args, asksHelp) && doing[c.args[0]] == nil {
		return witnessHelp(ctx, c)
	}
	if len(c.args) == 0 || doing[c.args[0]] == nil {
		return mistake("Schrijf: witness key --name NAAM, witness cosign VRAAG --key BESTAND --state BESTAND --log-key SLEUTEL, of witness add REGEL")
	}
	return doing[c.args[0]](ctx, &call{name: c.name + " " + c.args[0], args: c.args[1:], env: c.env, stdout: c.stdout, stderr: c.stderr})
}

// witnessHelp says what each of the three takes.
func witnessHelp(ctx context.Context, c *call) error {
	for _, name := range []string{"key", "cosign", "add"} {
		asked := *c
		asked.args = []string{name, "--help"}
		if err := witness(ctx, &asked); !errors.Is(err, flag.ErrHelp) {
			return err
		}
		fmt.Fprintln(c.stderr)
	}
	return flag.ErrHelp
}

// words parses flags that stand before, between or after words, of a command that works on no ledger and so takes nothing
// from the environment.
func (c *call) words(flags *flag.FlagSet) (words []string, err error) {
	for rest := c.args; err == nil; {
		if err = c.misused(flags, flags.Parse(rest)); err != nil || flags.NArg() == 0 {
			break
		}
		words, rest = append(words, flags.Arg(0)), flags.Args()[1:]
	}
	return words, err
}

// witnessKey makes the key of a witness. The private half stays in a file; the public one is shown, for whoever is to
// believe what it signs.
func witnessKey(_ context.Context, c *call) error {
	flags := c.options()
	name := flags.String("name", "", "`naam` van de getuige, zonder spaties: stad-harelbeke")
	to := flags.String("key", "witness.key", "`bestand` voor de sleutel")
	words, err := c.words(flags)
	if err := errors.Join(err, noMore(words)); err != nil {
		return err
	}
	var seed [32]byte
	rand.Read(seed[:]) // never fails: see crypto/rand
	key, err := proof.NewWitnessKey(*name, seed)
	if errors.Is(err, proof.ErrWitnessName) {
		return mistake("Geef de getuige met --name een naam zonder spaties of plustekens, zoals stad-harelbeke.")
	}
	if err != nil {
		return err
	}
	if err := writeNew(*to, []byte(key.Secret()+"\n")); err != nil {
		return err
	}
	fmt.Fprintf(c.stderr, "De sleutel staat in %s. Bewaar ze zelf, en geef ze aan niemand. Bezorg de regel hieronder aan wie het signaalboek beheert.\n", *to)
	fmt.Fprintln(c.stdout, key)
	return nil
}

// witnessCosign cosigns what a ledger asks, if it extends what was cosigned last. Nothing is written before that is
// remembered.
func witnessCosign(ctx context.Context, c *call) error {
	flags := c.options()
	keyFile := flags.String("key", "witness.key", "`bestand` met de sleutel van de getuige")
	state := flags.String("state", "witness.state", "`bestand` waarin staat wat het laatst ondertekend werd; bewaar het goed")
	logKey := flags.String("log-key", "", "`sleutel` van het signaalboek, zoals je ze zelf kreeg")
	words, err := c.words(flags)
	switch {
	case err != nil:
		return err
	case len(words) != 1:
		return mistake("Schrijf: witness cosign VRAAG. De vraag is het bestand dat je van het signaalboek kreeg; met - lezen we ze van de invoer.")
	}
	log, err := note.NewVerifier(*logKey)
	if err != nil {
		return mistake("Geef met --log-key de sleutel van het signaalboek, zoals ze bij de controlepunten staat: naam+cijfers+letters.")
	}
	key, err := readWitnessKey(*keyFile)
	if err != nil {
		return err
	}
	request, err := readRequest(words[0])
	if err != nil {
		return err
	}
	file := transparency.NewWitnessFile(*state)
	line, err := file.Cosign(ctx, request, log, *logKey, key, time.Now())
	if err != nil {
		return refusedByWitness(err, file, log.Name(), *state)
	}
	fmt.Fprintln(c.stderr, "Ondertekend. Bezorg de regel hieronder aan wie het signaalboek beheert.")
	_, err = io.WriteString(c.stdout, line)
	return err
}

// refusedByWitness says why nothing was cosigned.
func refusedByWitness(err error, file *transparency.WitnessFile, origin, state string) error {
	switch {
	case errors.Is(err, transparency.ErrWitnessFork):
		return mistake("Niet ondertekend. Dit controlepunt sluit niet aan op wat je eerder ondertekende: de geschiedenis werd gewijzigd. Het bewijs staat in %s. Bewaar dat bestand, en verwittig de praktijk en de andere getuigen.", state)
	case errors.Is(err, transparency.ErrWitnessOlder):
		return mistake("Niet ondertekend. Je ondertekende al een later controlepunt. Vraag een nieuwe vraag. Kan het signaalboek er geen maken, dan is er misschien een oude kopie teruggezet.")
	case errors.Is(err, transparency.ErrWitnessKey):
		return mistake("Niet ondertekend. Dit signaalboek ondertekende vroeger met een andere sleutel. Vraag aan de praktijk waarom, en niet alleen aan wie het programma beheert.")
	case errors.Is(err, proof.ErrOtherSize):
		last, failed := file.Last(origin)
		if failed != nil {
			return failed
		}
		return mistake("Niet ondertekend. De vraag begint niet waar je gebleven was. Vraag er een vanaf %d gebeurtenissen.", last.Size)
	case errors.Is(err, proof.ErrCheckpoint):
		return mistake("Niet ondertekend. Dit controlepunt is niet ondertekend met de sleutel van --log-key.")
	case errors.Is(err, transparency.ErrWitnessDamaged):
		return mistake("%s is beschadigd. Zonder dat bestand weet je niet wat je beloofde. Zet het terug uit een kopie van jezelf.", filepath.Base(state))
	}
	return err
}

// readWitnessKey reads the key of a witness, which nobody else on this machine may read.
func readWitnessKey(path string) (proof.WitnessKey, error) {
	about, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return proof.WitnessKey{}, mistake("Het bestand %s is er niet. Maak een sleutel met: witness key --name NAAM", path)
	}
	if err != nil {
		return proof.WitnessKey{}, err
	}
	if runtime.GOOS != "windows" && about.Mode().Perm()&0o077 != 0 {
		return proof.WitnessKey{}, mistake("Anderen kunnen %s lezen. Geef alleen de eigenaar rechten: chmod 600 %s", path, path)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return proof.WitnessKey{}, err
	}
	key, err := proof.ParseWitnessKey(string(raw))
	if err != nil {
		return key, mistake("In %s staat geen sleutel van een getuige.", path)
	}
	return key, nil
}

// mostRequest is how long a request may be: far more than one of a tree that nobody ever fills.
const mostRequest = 1 << 20

// readRequest reads a request from a file, or from the input.
func readRequest(path string) (proof.Request, error) {
	from := io.NopCloser(os.Stdin)
	if path != "-" {
		file, err := os.Open(path)
		if err != nil {
			return proof.Request{}, mistake("Het bestand %s is niet te lezen.", path)
		}
		from = file
	}
	raw, err := io.ReadAll(io.LimitReader(from, mostRequest))
	if err := errors.Join(err, from.Close()); err != nil {
		return proof.Request{}, err
	}
	request, err := proof.ParseRequest(string(raw))
	if err != nil {
		return request, mistake("Dat is geen vraag aan een getuige. Haal er een op de pagina met de controlepunten.")
	}
	return request, nil
}

// witnessAdd adds what a witness gave back to the checkpoint that it is about.
func witnessAdd(ctx context.Context, c *call) (err error) {
	f := c.flags()
	f.takesPlace(standardData())
	f.takesWitnesses()
	words, err := f.parseMixed(c)
	if err != nil {
		return err
	}
	if len(words) == 0 {
		return mistake("Schrijf: witness add REGEL, met de regel die de getuige teruggaf, tussen aanhalingstekens.")
	}
	at := f.place()
	if err := at.mustExist(ctx); err != nil {
		return err
	}
	heads, err := at.openHeads(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeHeads(heads)) }()
	policy, err := f.policy()
	if err != nil {
		return err
	}
	if policy == nil {
		return mistake("Zeg met --witnesses in welk bestand staat wie getuige is.")
	}
	enough, err := cosigned(ctx, heads, *policy, strings.Join(words, " "))
	switch {
	case errors.Is(err, errNoCosignature):
		return mistake("Die regel is geen handtekening van een getuige uit --witnesses onder een van de laatste controlepunten.")
	case err != nil:
		return err
	case enough:
		fmt.Fprintln(c.stdout, "De handtekening is toegevoegd. Genoeg getuigen tekenden dat controlepunt mee.")
	default:
		fmt.Fprintln(c.stdout, "De handtekening is toegevoegd. Er moeten nog getuigen meetekenen.")
	}
	return nil
}
