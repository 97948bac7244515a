package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"

	"signaalboek/domain/proof"
	"signaalboek/ops/backup"
	"signaalboek/ops/transparency"
	"signaalboek/ops/vault"
)

// backupSettings is what a backup can be told, by options of the command backup, or by those of serve that begin with
// backup-.
type backupSettings struct {
	to, vaultTo       string
	recipient, vaults list // public keys of age
	keep              int
	every             time.Duration // of serve
}

// list is an option that may be given more than once, or with commas.
type list []string

// String implements flag.Value.
func (l *list) String() string { return strings.Join(*l, ",") }

// Set implements flag.Value.
func (l *list) Set(text string) error {
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part != "" {
			*l = append(*l, part)
		}
	}
	return nil
}

// takesBackup is for what makes backups; the options begin with prefix.
func (f *flags) takesBackup(prefix string) {
	b := &f.backup
	f.StringVar(&b.to, prefix+"to", "", "`map` waar reservekopieën komen; geen, als het leeg is")
	f.StringVar(&b.vaultTo, prefix+"vault-to", "", "`map` waar die van de kluis komen, als het een andere is")
	f.Var(&b.recipient, prefix+"recipient", "publieke `sleutel` (age1…) van wie het logboek mag openen; mag meer dan één keer")
	f.Var(&b.vaults, prefix+"vault-recipient", "publieke `sleutel` (age1…) van wie de kluis en de accounts mag openen; zonder gaan die niet mee")
	f.IntVar(&b.keep, prefix+"keep", 30, "`aantal` reservekopieën dat blijft; van de kluis ook nooit een die ouder is dan 35 dagen")
}

// backupPlan is where backups go, and who can read them.
type backupPlan struct {
	kinds map[backup.Kind]destination // without one of the vault, it is not backed up
	keep  int
}

// destination is where the backups of one kind go, and who can read them.
type destination struct {
	dir string
	to  backup.Recipients
}

// plan reads the settings; option is how they begin, to name them.
func (b backupSettings) plan(option string) (backupPlan, error) {
	plan := backupPlan{kinds: map[backup.Kind]destination{}, keep: b.keep}
	switch {
	case b.to == "":
		return plan, mistake("Geef met --%sto de map waar de reservekopie komt.", option)
	case len(b.recipient) == 0:
		return plan, mistake("Geef met --%srecipient de publieke sleutel (age1…) van wie de reservekopie mag openen. Een paar sleutels maak je met: signaalboek backup --new-identity BESTAND", option)
	case b.keep < 1:
		return plan, mistake("--%skeep is een aantal: minstens 1.", option)
	case slices.ContainsFunc(b.vaults, func(key string) bool { return slices.Contains(b.recipient, key) }):
		return plan, mistake("Wie het logboek en de kluis kan openen, heeft alles. Geef --%srecipient en --%[1]svault-recipient een andere sleutel.", option)
	}
	to, err := backup.ParseRecipients(b.recipient)
	if err != nil {
		return plan, err
	}
	plan.kinds[backup.Log] = destination{b.to, to}
	if len(b.vaults) == 0 {
		return plan, nil
	}
	if to, err = backup.ParseRecipients(b.vaults); err != nil {
		return plan, err
	}
	plan.kinds[backup.Vault] = destination{b.vaultTo, to}
	if b.vaultTo == "" {
		plan.kinds[backup.Vault] = destination{b.to, to}
	}
	return plan, nil
}

// backUp makes a backup of a ledger, also of one that is served; or rehearses putting one back.
func backUp(ctx context.Context, c *call) error {
	f := c.flags()
	f.takesPlace(standardData())
	f.takesJSON()
	f.takesBackup("")
	var r reading
	f.takesIdentity(&r)
	rehearsing := f.Bool("rehearse", false, "zet de reservekopieën die je noemt terug op een tijdelijke plaats, kijk alles na en ruim weer op")
	identity := f.String("new-identity", "", "`bestand` waarin een nieuwe geheime sleutel komt; de publieke wordt getoond")
	words, err := f.parseMixed(c)
	switch {
	case err != nil:
		return err
	case *identity != "":
		return errors.Join(noMore(words), c.newIdentity(*identity))
	case *rehearsing:
		return c.rehearse(ctx, f, r, words)
	}
	plan, err := f.backup.plan("")
	if err := errors.Join(noMore(words), err); err != nil {
		return err
	}
	if err := f.place().mustExist(ctx); err != nil {
		return err
	}
	made, err := f.place().backUp(ctx, plan, time.Now())
	if err != nil {
		return err
	}
	return c.tellBackups(made, f.json)
}

func (c *call) newIdentity(path string) error {
	recipient, err := backup.MakeIdentity(path)
	if errors.Is(err, fs.ErrExist) {
		return mistake("Het bestand %s is er al. Kies een andere naam.", path)
	}
	if err != nil {
		return err
	}
	fmt.Fprintln(c.stdout, recipient)
	fmt.Fprintf(c.stderr, "De geheime sleutel staat in %s. Bewaar ze ver van dit signaalboek, en van de reservekopieën: wie ze heeft, opent die. Ben je ze kwijt, dan opent niemand ze.\n", path)
	return nil
}

// backUp makes one backup of each kind that is planned, and removes those that need not be kept any more. The log goes first:
// of every event in it, the vault then has the keys.
func (p place) backUp(ctx context.Context, plan backupPlan, now time.Time) (made []backup.Made, err error) {
	if p.isDemo() {
		return nil, mistake("In %s staat een demonstratie. Daarvan wordt geen reservekopie gemaakt.", p.dir)
	}
	for _, part := range []struct {
		kind backup.Kind
		fill func(context.Context, *backup.Writer) error
	}{{backup.Log, p.fillLog}, {backup.Vault, p.fillVault}} {
		to, planned := plan.kinds[part.kind]
		if !planned {
			continue
		}
		one, err := backup.Make(to.dir, backup.NewHeader(part.kind, release, now), to.to,
			func(w *backup.Writer) error { return part.fill(ctx, w) })
		if err != nil {
			return made, err
		}
		made = append(made, one)
		if _, err := backup.Prune(to.dir, part.kind, plan.keep, now); err != nil {
			return made, err
		}
	}
	return made, nil
}

// fillLog writes the log into a backup, whoever has it open. What was signed is read first, so the log must hold it.
func (p place) fillLog(ctx context.Context, w *backup.Writer) (err error) {
	promised, err := p.promised(ctx)
	if err != nil {
		return err
	}
	log, err := p.readLog(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	return w.Events(ctx, log, promised)
}

// promised is the last checkpoint that the ledger at this place signed.
func (p place) promised(ctx context.Context) (promised backup.Promised, err error) {
	heads, err := p.openHeads(ctx)
	if err != nil {
		return promised, err
	}
	defer func() { err = errors.Join(err, closeHeads(heads)) }()
	head, err := heads.Head(ctx)
	if err != nil {
		return promised, err
	}
	if last, any := head.Last(); any {
		promised.Note = last.Note
	}
	promised.Checkpoint, err = head.Promised()
	return promised, err
}

// closeHeads closes what keeps the head, if that is a database.
func closeHeads(heads transparency.Heads) error {
	if shared, ok := heads.(io.Closer); ok {
		return shared.Close()
	}
	return nil
}

// fillVault writes the vault and the accounts into a backup.
func (p place) fillVault(ctx context.Context, w *backup.Writer) error {
	records, err := p.dumpVault(ctx)
	if err != nil {
		return err
	}
	if err := w.Part(backup.VaultPart); err != nil {
		return err
	}
	for _, record := range records {
		if err := w.Record(record); err != nil {
			return err
		}
	}
	if err := w.Part(backup.AccountsPart); err != nil {
		return err
	}
	book, err := p.openAccounts(ctx)
	if err != nil {
		return err
	}
	return errors.Join(book.Dump(ctx, w.Record), book.Close())
}

// dumpVault is the vault as records, of one state of it. They are all in memory, so that the vault is read no longer than it
// must: a forgetting waits for whoever reads.
func (p place) dumpVault(ctx context.Context) (records [][]byte, err error) {
	if err := p.vaultMustExist(); err != nil {
		return nil, err
	}
	v, err := p.vaultOf(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, v.Close()) }()
	err = v.Lend(ctx, func(original vault.Original) error {
		records = nil // it may be lent more than once
		return original.Dump(func(record []byte) error {
			records = append(records, record)
			return nil
		})
	})
	return records, err
}

// toldBackup is a backup as programs are told of it.
type toldBackup struct {
	Kind    backup.Kind `json:"kind"`
	Path    string      `json:"path"`
	Bytes   int64       `json:"bytes"`
	Events  int64       `json:"events,omitempty"`
	Root    string      `json:"root,omitempty"`
	Expires string      `json:"expires,omitempty"`
}

func (c *call) tellBackups(made []backup.Made, asJSON bool) error {
	told := []toldBackup{}
	for _, m := range made {
		one := toldBackup{Kind: m.Manifest.Kind, Path: m.Path, Bytes: m.Bytes}
		if tree := m.Manifest.Tree; tree != nil {
			one.Events, one.Root = tree.Size, tree.Root.String()
		}
		if expires := m.Manifest.Expires; !expires.IsZero() {
			one.Expires = expires.Format(time.RFC3339)
		}
		told = append(told, one)
	}
	if asJSON {
		return json.NewEncoder(c.stdout).Encode(told)
	}
	for _, m := range made {
		fmt.Fprintln(c.stdout, sayBackup(m))
	}
	if len(made) == 1 {
		fmt.Fprintln(c.stderr, "De kluis en de accounts zijn niet mee: zonder de kluis gaat geen tekst open. Geef ook --vault-recipient, met een andere sleutel.")
	}
	return nil
}

func sayBackup(m backup.Made) string {
	if tree := m.Manifest.Tree; tree != nil {
		return fmt.Sprintf("Het logboek: %s, %s\n  de acht woorden: %s", inEvents(tree.Size), m.Path, inRootWords(tree))
	}
	return fmt.Sprintf("De kluis en de accounts: %s\n  te vernietigen voor %s", m.Path, m.Manifest.Expires.In(brussels()).Format("2006-01-02"))
}

// inRootWords is a root for people.
func inRootWords(tree *backup.Tree) string { return strings.Join(proof.Words(tree.Root), " ") }
