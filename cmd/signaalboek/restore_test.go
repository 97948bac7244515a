package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"signaalboek/domain/proof"
	"signaalboek/ops/backup"
	"signaalboek/ops/transparency"
)

// saysWith runs a command that must fail in words, with a number for whoever runs it from a script.
func saysWith(t *testing.T, code int, want string, words ...string) {
	t.Helper()
	_, err := commandOutput(t, words...)
	if err == nil || !strings.Contains(explain(err), want) || exitCode(err) != code {
		t.Errorf("%s: ended with %d: %v, want %d: %s", strings.Join(words, " "), exitCode(err), err, code, want)
	}
}

// What is told wrong, is damaged, for others, expired, or would replace something, is refused in words; and nothing is
// changed.
func TestBackupRefusals(t *testing.T) {
	t.Parallel()
	k, data, other := newKeeper(t), filepath.Join(t.TempDir(), "ledger"), filepath.Join(t.TempDir(), "other")
	for _, at := range []string{data, other} {
		launch(t, "serve", "--data", at).end()
	}
	log, vault, _ := k.backUp("--data", data)
	raw, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	damaged := filepath.Join(t.TempDir(), "damaged.age")
	raw[len(raw)/2] ^= 1
	if err := os.WriteFile(damaged, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	expired := k.expired()
	demo, _ := demoBuilt(t)
	nowhere := filepath.Join(t.TempDir(), "nowhere")
	all := append(append([]string{}, k.identities...), "--data", nowhere)
	with := func(words ...string) []string { return append(words, all...) }
	for name, c := range map[string]struct {
		words []string
		code  int
		want  string
	}{
		"nowhere to":        {[]string{"backup", "--data", data}, 1, "Geef met --to de map"},
		"for nobody":        {[]string{"backup", "--data", data, "--to", k.to}, 1, "Geef met --recipient de publieke sleutel"},
		"for one person":    {[]string{"backup", "--data", data, "--to", k.to, "--recipient", k.forLog, "--vault-recipient", k.forLog}, 1, "een andere sleutel"},
		"no public key":     {[]string{"backup", "--data", data, "--to", k.to, "--recipient", "age1x"}, 1, "Dat is geen publieke sleutel"},
		"none to keep":      {[]string{"backup", "--data", data, "--to", k.to, "--recipient", k.forLog, "--keep", "0"}, 1, "--keep is een aantal"},
		"no ledger":         {append([]string{"backup", "--data", nowhere}, k.giving...), 1, "staat geen signaalboek"},
		"a demonstration":   {append([]string{"backup", "--data", demo}, k.giving...), 1, "staat een demonstratie"},
		"too many words":    {append([]string{"backup", "meer", "--data", data}, k.giving...), 1, `"meer" hoort hier niet`},
		"a key that exists": {[]string{"backup", "--new-identity", k.log}, 1, "is er al"},
		"serve for nobody":  {[]string{"serve", "--data", data, "--backup-to", k.to, "--addr", "127.0.0.1:0"}, 1, "Geef met --backup-recipient"},
		"serve too often":   {[]string{"serve", "--data", data, "--backup-to", k.to, "--backup-recipient", k.forLog, "--backup-every", "0s", "--addr", "127.0.0.1:0"}, 1, "--backup-every is een tijd"},

		"nothing to rehearse":   {[]string{"backup", "--rehearse", "--identity", k.log}, 1, "Noem één reservekopie"},
		"nothing to open with":  {[]string{"backup", "--rehearse", log}, 1, "Geef met --identity"},
		"the key of another":    {[]string{"backup", "--rehearse", log, "--identity", k.vault}, 1, "opent de reservekopie niet"},
		"no private key":        {[]string{"backup", "--rehearse", log, "--identity", damaged}, 1, "staat geen geheime sleutel"},
		"rehearsed, damaged":    {append([]string{"backup", "--rehearse", damaged}, k.identities...), 2, "is beschadigd"},
		"nothing to put back":   {with("restore"), 1, "Noem één reservekopie"},
		"none of that name":     {with("restore", log+".weg"), 1, "is er niet"},
		"two of one kind":       {with("restore", log, log), 1, "twee van dezelfde soort"},
		"damaged":               {with("restore", damaged), 2, "damaged.age"},
		"no backup":             {with("restore", k.log), 2, "is beschadigd"},
		"expired":               {with("restore", expired), 2, "ouder dan 35 dagen"},
		"another log":           {append([]string{"restore", log, "--data", other, "--accept-loss"}, k.identities...), 2, "Er staat daar al een ander logboek"},
		"another vault":         {append([]string{"restore", vault, "--data", other}, k.identities...), 2, "Er staat daar al een andere kluis"},
		"a log that is running": {append([]string{"restore", log, "--data", k.running()}, k.identities...), 1, "Er draait al een signaalboek"},
	} {
		t.Run(name, func(t *testing.T) { saysWith(t, c.code, c.want, c.words...) })
	}
	for _, at := range []string{data, other} {
		if out, err := commandOutput(t, "doctor", "--data", at); err != nil {
			t.Errorf("%s%s", out, explain(err))
		}
	}
	if left, err := filepath.Glob(filepath.Join(os.TempDir(), "signaalboek-rehearsal-*")); err == nil {
		for _, at := range left {
			t.Logf("there is %s, of this test or of one beside it", at)
		}
	}
}

// expired is a backup of a vault that may not be used any more.
func (k *keeper) expired() string {
	k.t.Helper()
	to, err := backup.ParseRecipients([]string{k.forVault})
	if err != nil {
		k.t.Fatal(err)
	}
	made, err := backup.Make(k.t.TempDir(), backup.NewHeader(backup.Vault, release, time.Now().AddDate(0, 0, -36)), to, func(w *backup.Writer) error {
		return errors.Join(w.Part(backup.VaultPart), w.Part(backup.AccountsPart))
	})
	if err != nil {
		k.t.Fatal(err)
	}
	return made.Path
}

// running is the directory of a ledger that is served.
func (k *keeper) running() string {
	data := filepath.Join(k.t.TempDir(), "running")
	launch(k.t, "serve", "--data", data)
	return data
}

// Given a ledger that signed what it recorded, when its log is lost and only a backup from before that is left, then it is
// put back only if the loss is accepted; one from after it is put back as it is. A log that was altered is not backed up.
func TestABackupIsHeldAgainstWhatWasSigned(t *testing.T) {
	t.Parallel()
	k, data := newKeeper(t), filepath.Join(t.TempDir(), "ledger")
	p := launch(t, "serve", "--data", data)
	before, _, _ := k.backUp("--data", data)
	p.tell("blijfpunt")
	_, _, grown := k.backUp("--data", data)
	eventually(t, "all of it is signed", func() bool { return promisedAt(t, data).Size == grown[0].Events })
	p.end()
	after, _, made := k.backUp("--data", data)
	if promised := promisedAt(t, data); promised.Size != made[0].Events || promised.Root.String() != made[0].Root {
		t.Errorf("%d events were signed of %d", promised.Size, made[0].Events)
	}
	lost := dir(data).log()
	remove := func() {
		for _, end := range []string{"", "-wal", "-shm"} {
			if err := os.Remove(lost + end); err != nil && !errors.Is(err, os.ErrNotExist) {
				t.Fatal(err)
			}
		}
	}
	remove()
	saysWith(t, exitDiffers, "niet alles wat dit signaalboek eerder ondertekend", append([]string{"restore", before, "--data", data}, k.identities...)...)
	if _, err := os.Stat(lost); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("an older log was put back: %v", err)
	}
	told(t, "Klaar", append([]string{"restore", after, "--data", data}, k.identities...)...)
	remove()
	told(t, "Klaar", append([]string{"restore", before, "--data", data, "--accept-loss"}, k.identities...)...)
	saysWith(t, 1, "Er is geen reservekopie van gemaakt", append([]string{"backup", "--data", data}, k.giving...)...)
}

// Given a vault that is older than the log, when the two are put back, then that is told; if the loss is accepted, the
// texts that have no key stay closed, and all else is served.
func TestAVaultThatIsOlderThanTheLog(t *testing.T) {
	t.Parallel()
	k, data := newKeeper(t), filepath.Join(t.TempDir(), "ledger")
	p := launch(t, "serve", "--data", data)
	token := p.Token
	p.tell("blijfpunt")
	_, vault, _ := k.backUp("--data", data)
	for n := range 400 { // more than the vault had in stock
		p.tell("dichtpunt" + string(rune('a'+n%26)))
	}
	log, _, _ := k.backUp("--data", data)
	p.end()
	at := t.TempDir()
	where := []string{"--data", filepath.Join(at, "ledger"), "--key", filepath.Join(at, "key")}
	saysWith(t, exitDiffers, "De kluis is ouder dan het logboek", append(append([]string{"restore", log, vault}, k.identities...), where...)...)
	if told := k.restoredAt(append(where, "--accept-loss"), log); told.Lost == 0 || !told.Keyless {
		t.Errorf("nothing is lost, or there is a key that signs: %+v", told)
	}
	told(t, "Van 0 teksten", append([]string{"rebuild", "--accept-loss"}, where...)...) // the next time they are forgotten
	told(t, "Klaar", append([]string{"rebuild"}, where...)...)
	again := launch(t, append([]string{"serve"}, where...)...)
	again.Token = token
	if again.hits("blijfpunt") != 1 {
		t.Errorf("found %d", again.hits("blijfpunt"))
	}
}

// promisedAt is what the ledger in a directory signed last.
func promisedAt(t *testing.T, data string) proof.Checkpoint {
	t.Helper()
	head, err := transparency.NewHeadFile(dir(data).head()).Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	promised, err := head.Promised()
	if err != nil {
		t.Fatal(err)
	}
	return promised
}
