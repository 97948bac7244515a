package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"signaalboek/ops/atrest"
)

// sealing is how the files of a ledger stand on disk: sealed under the key in a file, under a key that this program alone
// holds, or in the clear. The zero value is in the clear.
type sealing struct {
	file atrest.KeyFile
	held *atrest.Key
}

// What files are sealed for: each has keys of its own.
const (
	sealedLog      = "log"
	sealedVault    = "vault"
	sealedAccounts = "accounts"
)

// takesSealing is for whatever opens files of a ledger.
func (f *flags) takesSealing() {
	f.StringVar(&f.atRest, "key", standardKey(), "`bestand` met de sleutel waarmee alles op de schijf versleuteld is; buiten de map")
	f.BoolVar(&f.plain, "plain", false, "niets is versleuteld op de schijf")
}

// standardKey is where the key stands if nobody says otherwise; nowhere if this user has no directory for settings.
func standardKey() string {
	settings, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	return filepath.Join(settings, "signaalboek", "key")
}

// sealing is how the ledger of these settings is sealed.
func (s settings) sealing() sealing {
	if s.plain {
		return sealing{}
	}
	return sealing{file: atrest.KeyFile(s.atRest)}
}

// checkKey refuses a key that stands with what it seals: who takes the one has the other.
func (s settings) checkKey() error {
	switch {
	case s.plain:
		return nil
	case s.atRest == "":
		return mistake("Zeg met --key in welk bestand de sleutel staat, of met --plain dat er niets versleuteld is.")
	case s.data == "":
		return nil
	}
	data, err := filepath.Abs(s.data)
	if err != nil {
		return err
	}
	key, err := filepath.Abs(s.atRest)
	if err != nil {
		return err
	}
	if within, err := filepath.Rel(data, key); err == nil && within != ".." && !strings.HasPrefix(within, ".."+string(filepath.Separator)) {
		return mistake("De sleutel mag niet in de map van het signaalboek staan: wie de map meeneemt, heeft dan ook de sleutel. Kies met --key een andere plaats.")
	}
	return nil
}

// cipher is what files of one purpose are sealed with; none if they stand in the clear. A key is made only where nothing
// stands yet that another key may have sealed.
func (p place) cipher(purpose string) (*atrest.Cipher, error) {
	if p.sealing == (sealing{}) {
		return nil, nil
	}
	if p.held != nil {
		return p.held.For(purpose), nil
	}
	key, err := p.file.Read()
	if errors.Is(err, atrest.ErrNoKey) {
		if err := p.refuseWithoutKey(err); err != nil {
			return nil, err
		}
		key, err = p.file.Make()
	}
	if err != nil {
		return nil, err
	}
	return key.For(purpose), nil
}

// refuseWithoutKey refuses a directory with files that a key which is not there has sealed, or that are in the clear.
func (p place) refuseWithoutKey(why error) error {
	for _, part := range p.dir.sealable() {
		form, err := atrest.FormOf(part.path)
		switch {
		case err != nil:
			return err
		case form == atrest.Sealed:
			return errors.Join(mistake("De sleutel is er niet: %s. Zonder die sleutel gaat niets in %s open. Zet ze terug uit een reservekopie, of wijs ze aan met --key.", p.file, p.dir), why)
		case form == atrest.Plain:
			return atrest.ErrPlain
		}
	}
	return nil
}

// sealable is one file that is sealed at rest.
type sealable struct{ path, purpose string }

// sealable is every file that is sealed at rest. Snapshots are sealed by the vault.
func (d dir) sealable() []sealable {
	return []sealable{
		{d.log(), sealedLog}, {filepath.Join(d.vault(), "vault.db"), sealedVault}, {d.accounts(), sealedAccounts},
	}
}

// form is how the files of a ledger stand on disk, where there are any. Files in two forms are of a conversion that was
// cut off.
func (d dir) form() (found atrest.Form, err error) {
	for _, part := range d.sealable() {
		form, err := atrest.FormOf(part.path)
		switch {
		case err != nil:
			return form, err
		case form != atrest.Plain && form != atrest.Sealed:
		case found != atrest.Absent && found != form:
			return form, mistake("Een deel van %s staat versleuteld op de schijf en een deel niet. Maak het af met: signaalboek encrypt", d)
		default:
			found = form
		}
	}
	return found, nil
}
