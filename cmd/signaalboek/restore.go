package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"slices"
	"strings"
	"time"

	"signaalboek/domain/proof"
	"signaalboek/ops/accounts"
	"signaalboek/ops/backup"
	"signaalboek/ops/eventlog/sqlite"
	"signaalboek/ops/migrate"
	"signaalboek/ops/transparency"
	"signaalboek/ops/vault"
	vaultdb "signaalboek/ops/vault/postgres"
	vaultfile "signaalboek/ops/vault/sqlite"
)

// reading is how backups are opened.
type reading struct{ identities list }

func (f *flags) takesIdentity(r *reading) {
	f.Var(&r.identities, "identity", "`bestand` met een geheime sleutel die een reservekopie opent; mag meer dan één keer")
}

// open opens backups: at most one of each kind, none that has expired.
func (r reading) open(paths []string, now time.Time) (map[backup.Kind]*backup.File, error) {
	if len(paths) == 0 || len(paths) > 2 {
		return nil, mistake("Noem één reservekopie van het logboek, één van de kluis, of allebei.")
	}
	if len(r.identities) == 0 {
		return nil, mistake("Geef met --identity het bestand met de geheime sleutel die de reservekopie opent.")
	}
	for _, path := range slices.Concat(paths, r.identities) {
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return nil, mistake("Het bestand %s is er niet.", shownWord(path))
		}
	}
	by, err := backup.ReadIdentities(r.identities)
	if err != nil {
		return nil, err
	}
	opened := map[backup.Kind]*backup.File{}
	for _, path := range paths {
		file, err := backup.Open(path, by)
		if err != nil {
			return nil, err
		}
		if opened[file.Header.Kind] != nil {
			return nil, mistake("Dat zijn er twee van dezelfde soort. Noem er één van het logboek en één van de kluis.")
		}
		if err := file.Header.Usable(now); err != nil {
			return nil, err
		}
		opened[file.Header.Kind] = file
	}
	return opened, nil
}

// restore puts backups back where nothing stands yet. Killed at any moment, it may be started again: each part is there
// whole or not at all, and what is there and the same stays.
func restore(ctx context.Context, c *call) error {
	f := c.flags()
	f.takesPlace(standardData())
	f.takesJSON()
	var r reading
	f.takesIdentity(&r)
	lossy := f.Bool("accept-loss", false, "zet ook een logboek terug waarin niet alles staat wat er ondertekend was, en een kluis zonder de sleutels van de laatste teksten")
	words, err := f.parseMixed(c)
	if err != nil {
		return err
	}
	files, err := r.open(words, time.Now())
	if err != nil {
		return restoring(err)
	}
	told, err := f.place().restore(ctx, files, *lossy, c.stderr)
	if err != nil {
		return restoring(err)
	}
	return told.write(c, f.json)
}

// restored is what was put back, as it is told.
type restored struct {
	Log       *restoredLog `json:"log,omitempty"`
	Vault     bool         `json:"vault"`     // with the accounts
	Rehearsed bool         `json:"rehearsed"` // and removed again
	Folded    uint64       `json:"folded"`    // events that every projection has taken in; none without a vault or a log
	Lost      int          `json:"lost"`      // texts that are closed for ever: the vault is older than they are
	Keyless   bool         `json:"keyless"`   // no signing key is here: it is in no backup

	words []string // of the root, for people
}

// restoredLog is what was put back of a log.
type restoredLog struct {
	Events int64  `json:"events"`
	Root   string `json:"root"`
	End    string `json:"end"` // position of the last event, where the backup was made
	MadeAt string `json:"madeAt"`
}

// restore puts backups back: the vault before the log, so that nobody ever sees events without their keys. If we die in
// between, the next time finds what is there.
func (p place) restore(
	ctx context.Context, files map[backup.Kind]*backup.File, lossy bool, progress io.Writer,
) (told restored, err error) {
	if err := os.MkdirAll(string(p.dir), 0o700); err != nil {
		return told, fmt.Errorf("make the directory: %w", err)
	}
	if file := files[backup.Vault]; file != nil {
		fmt.Fprintln(progress, "De kluis en de accounts nakijken en terugzetten …")
		if err := p.restoreVault(ctx, file); err != nil {
			return told, err
		}
		told.Vault = true
	}
	if file := files[backup.Log]; file != nil {
		fmt.Fprintln(progress, "Het logboek nakijken en terugzetten …")
		said, err := p.restoreLog(ctx, file, lossy)
		if err != nil {
			return told, err
		}
		told.Log = &restoredLog{said.Tree.Size, said.Tree.Root.String(), said.Tree.End, said.MadeAt.Format(time.RFC3339)}
		told.words = proof.Words(said.Tree.Root)
	}
	_, err = os.Stat(p.signingFile())
	told.Keyless = errors.Is(err, fs.ErrNotExist)
	return told, p.foldRestored(ctx, lossy, progress, &told)
}

// restoreVault puts a vault and its accounts back, after all of the backup was found right.
func (p place) restoreVault(ctx context.Context, file *backup.File) error {
	if _, err := file.Check(); err != nil {
		return err
	}
	original, err := vault.Dumped(func() iter.Seq2[[]byte, error] { return file.Records(backup.VaultPart) })
	if err != nil {
		return err
	}
	if err := p.makeVault(ctx, original); err != nil {
		return err
	}
	book, err := p.openAccounts(ctx)
	if err != nil {
		return err
	}
	return errors.Join(book.Fill(ctx, file.Records(backup.AccountsPart)), book.Close())
}

// makeVault makes a vault where this ledger keeps its own.
func (p place) makeVault(ctx context.Context, original vault.Original) error {
	if p.shared() {
		return inShared(vaultdb.Make(ctx, original, p.vaultConn, vault.KeyFile(p.key)))
	}
	options, err := p.vaultOptions()
	if err != nil {
		return err
	}
	return vaultfile.Make(ctx, original, p.dir.vault(), options)
}

// restoreLog puts a log back, held against what this place has signed, unless a loss is accepted.
func (p place) restoreLog(ctx context.Context, file *backup.File, lossy bool) (said backup.Manifest, err error) {
	history := file.History()
	if !lossy {
		if history.Promised, err = p.promised(ctx); err != nil {
			return said, err
		}
	}
	if p.shared() {
		err = p.copyLog(ctx, history)
	} else {
		err = p.writeLog(ctx, history)
	}
	return history.Manifest(), err
}

// writeLog makes the log in the directory. One that is there already must be the same.
func (p place) writeLog(ctx context.Context, history *backup.History) error {
	cipher, err := p.cipher(sealedLog)
	if err != nil {
		return err
	}
	err = sqlite.Write(ctx, p.log(), sqlite.Options{Cipher: cipher}, history.Events())
	if !errors.Is(err, fs.ErrExist) {
		return err
	}
	log, err := p.readLog(ctx)
	if err != nil {
		return err
	}
	_, err = (&migrate.Migration{From: history, To: log}).Compare(ctx)
	return errors.Join(err, log.Close())
}

// copyLog appends to a log elsewhere what it does not hold yet: it is empty, or the beginning of what is put back.
func (p place) copyLog(ctx context.Context, history *backup.History) error {
	log, err := p.openLog(ctx)
	if err != nil {
		return err
	}
	m := migrate.Migration{From: history, To: log}
	_, err = m.Copy(ctx) // which first reads all of the backup, to know where it ends
	if err == nil {
		_, err = m.Compare(ctx)
	}
	return errors.Join(err, log.Close())
}

// foldRestored opens what was put back as every start does, forgets again what the log says was erased, and builds every
// projection. Without a log or a vault there is nothing to open yet.
func (p place) foldRestored(ctx context.Context, lossy bool, progress io.Writer, told *restored) error {
	there, err := p.keyIsThere()
	if err != nil || !there || p.mustExist(ctx) != nil {
		return err
	}
	fmt.Fprintln(progress, "De overzichten opbouwen …")
	m, err := open(ctx, p)
	if err != nil {
		return err
	}
	if lossy {
		told.Lost, err = m.foldLacking(ctx)
	} else {
		err = m.fold(ctx)
	}
	told.Folded = m.events()
	return errors.Join(err, m.close())
}

func (r restored) write(c *call, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(c.stdout).Encode(r)
	}
	var said []string
	if r.Log != nil {
		said = append(said, fmt.Sprintf("Het logboek: %s. De acht woorden zijn die van de reservekopie:\n  %s", inEvents(r.Log.Events), strings.Join(r.words, " ")))
	}
	if r.Vault {
		said = append(said, "De kluis en de accounts: alles is er.")
	}
	if r.Folded > 0 {
		said = append(said, fmt.Sprintf("Elk overzicht heeft alles verwerkt: %s. Wat het logboek gewist noemt, is opnieuw gewist.", inEvents(int64(r.Folded))))
	}
	if r.Lost > 0 {
		said = append(said, sayLost(r.Lost))
	}
	_, err := fmt.Fprintln(c.stdout, strings.Join(append(said, r.end()), "\n"))
	return err
}

// end is what there is to do now.
func (r restored) end() string {
	switch {
	case r.Rehearsed:
		return "In orde. Alles is weer opgeruimd."
	case r.Log != nil && !r.Vault && r.Folded == 0:
		return "De kluis is er nog niet: zet ook die terug voor je start. Zonder gaat geen tekst open."
	case r.Log == nil && r.Folded == 0:
		return "Het logboek is er nog niet: zet ook dat terug voor je start."
	}
	if r.Keyless {
		return "Klaar. De sleutel die ondertekent (signing.key) is er niet: die zit in geen reservekopie. Heb je er een kopie van, zet ze dan terug voor je start. Anders wordt er een nieuwe gemaakt, en die kent niemand."
	}
	return "Klaar. Start met: signaalboek serve"
}

// restoring is an error of putting back in words, with how the program ends.
func restoring(err error) error {
	d, different := errors.AsType[*migrate.Difference](err)
	if different {
		return ending{exitDiffers, mistake("Er staat daar al een ander logboek. Er is niets aan veranderd. %s", inWords(d))}
	}
	for _, known := range []explained{
		{backup.ErrDamaged, "De reservekopie is beschadigd, of het is er geen. Gebruik een andere. Wat er scheelt: " + err.Error()},
		{backup.ErrForked, "In deze reservekopie staat niet alles wat dit signaalboek eerder ondertekend heeft. Neem een nieuwere. Is er geen? Aanvaard het verlies met --accept-loss, en na de start met: signaalboek history accept"},
		{vault.ErrNoKey, "De kluis is ouder dan het logboek: van sommige teksten heeft ze geen sleutel. Is er een nieuwere reservekopie van de kluis? Zet alles dan op een andere plaats terug. Is er geen? Aanvaard het verlies met: signaalboek rebuild --accept-loss"},
		{backup.ErrExpired, "Deze reservekopie van de kluis is ouder dan 35 dagen. Wat intussen gewist is, zou weer opengaan. Vernietig ze."},
		{vault.ErrOther, "Er staat daar al een andere kluis, of een die al gebruikt is. Er is niets aan veranderd."},
		{accounts.ErrOther, "Er staan daar al andere accounts. Er is niets aan veranderd."},
		{transparency.ErrHeadDamaged, "Wat hier ondertekend werd, is niet leesbaar: het bestand head is beschadigd. Zet terug met --accept-loss, en daarna: signaalboek history accept damaged"},
	} {
		if errors.Is(err, known.err) {
			return ending{exitDiffers, fmt.Errorf("%w: %w", userMistake{known.text}, err)}
		}
	}
	return err
}
