package main

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"

	"signaalboek/domain"
	"signaalboek/ops/accounts"
	"signaalboek/ops/atrest"
	"signaalboek/ops/backup"
	"signaalboek/ops/eventlog/esdb"
	"signaalboek/ops/eventlog/sqlite"
	"signaalboek/ops/postgres"
	"signaalboek/ops/transparency"
	"signaalboek/ops/vault"
)

// explained is an error that has a sentence of its own.
type explained struct {
	err  error
	text string
}

// explanations says in words what an operator can do about the errors that one may meet.
func explanations() []explained {
	return []explained{
		{sqlite.ErrForeign, "log.db is van een ander programma. Kies met --data een andere map."},
		{sqlite.ErrNewer, "log.db is van een nieuwere versie van signaalboek. Installeer die versie."},
		{sqlite.ErrLocked, "Er draait al een signaalboek op deze map. Stop dat eerst, of kies met --data een andere map."},
		{sqlite.ErrDamaged, "log.db is beschadigd. Er wordt niets getoond. Zet een reservekopie terug."},
		{atrest.ErrExposed, "Anderen kunnen de sleutel lezen. Geef alleen de eigenaar rechten: chmod 600, en dan het bestand van de sleutel."},
		{atrest.ErrBadKey, "Het bestand met de sleutel is geen sleutel: er horen 64 cijfers en letters in te staan. Zet het juiste terug, of wijs het aan met --key."},
		{atrest.ErrWrongKey, "De sleutel hoort niet bij dit signaalboek. Wijs met --key de juiste aan."},
		{atrest.ErrNoKey, "Het bestand met de sleutel is er niet. Zet het terug uit een reservekopie, of wijs het aan met --key."},
		{atrest.ErrPlain, "Dit signaalboek staat niet versleuteld op de schijf. Versleutel het met: signaalboek encrypt. Of werk ermee zoals het is, met --plain."},
		{atrest.ErrSealed, "Dit signaalboek staat versleuteld op de schijf. Laat --plain weg, en wijs met --key de sleutel aan."},
		{vault.ErrForeign, "vault.db is van een ander programma. Kies met --data een andere map."},
		{vault.ErrNewer, "vault.db is van een nieuwere versie van signaalboek. Installeer die versie."},
		{vault.ErrNoMaster, "master.key is er niet. Zonder die sleutel gaat geen tekst open. Zet ze terug in de map vault."},
		{vault.ErrNoVault, "vault.db is er niet, maar master.key wel. Zet vault.db terug uit een reservekopie."},
		{vault.ErrWrongMaster, "master.key hoort niet bij deze vault.db. Zet de juiste sleutel terug."},
		{vault.ErrNoKey, "De kluis is ouder dan het logboek: van sommige teksten heeft ze geen sleutel. Zet een nieuwere reservekopie van de kluis terug. Is er geen? Aanvaard het verlies met: signaalboek rebuild --accept-loss"},
		{vault.ErrExposed, "Anderen kunnen master.key lezen. Geef alleen de eigenaar rechten: chmod 600 master.key"},
		{transparency.ErrHeadDamaged, "Wat er laatst ondertekend werd, is beschadigd of door iemand anders geschreven (het bestand head, of de databank). Zet het nooit terug uit een kopie. Aanvaard het verlies met: signaalboek history accept damaged"},
		{transparency.ErrOtherKey, "signing.key is niet de sleutel waarmee eerder ondertekend werd. Zet de juiste terug, of kopieer ze van een andere replica. Is ze weg? Aanvaard het verlies met: signaalboek history accept"},
		{transparency.ErrNoKey, "signing.key is er niet, en er werd al mee ondertekend. Zet ze terug. Is ze weg? Aanvaard het verlies met: signaalboek history accept"},
		{transparency.ErrKeyExposed, "Anderen kunnen signing.key lezen. Geef alleen de eigenaar rechten: chmod 600 signing.key"},
		{transparency.ErrKeyDamaged, "signing.key is geen sleutel om te ondertekenen. Zet de juiste terug."},
		{domain.ErrForked, "Het logboek is niet meer wat er eerder ondertekend werd. Zet het juiste logboek terug, of aanvaard het verlies met: signaalboek history accept"},
		{accounts.ErrForeign, "accounts.db is van een ander programma of een nieuwere versie. Kies met --data een andere map."},
		{accounts.ErrAway, "De databank antwoordt niet. Kijk na of PostgreSQL draait, en of het adres klopt."},
		{postgres.ErrMalformed, "De verbinding met PostgreSQL is niet goed geschreven: postgres://naam:wachtwoord@machine/databank?sslmode=verify-full"},
		{postgres.ErrUnsafe, "De databank staat op een andere machine. Zet sslmode=verify-full in de verbinding, zodat niemand meeleest."},
		{domain.ErrVaultAway, "De databank met de kluis antwoordt niet. Kijk na of PostgreSQL draait, en of het adres klopt."},
		{esdb.ErrMalformed, "De verbinding met EventStoreDB is niet goed geschreven: esdb://naam:wachtwoord@machine:2113. Kijk ook na of de bestanden die erin staan er zijn."},
		{esdb.ErrUnknownKey, "In de verbinding met EventStoreDB staat iets dat daar niets betekent. Kijk na wat achter het vraagteken staat."},
		{esdb.ErrExposed, "De verbinding met EventStoreDB heeft een wachtwoord en tls=false: iedereen die meeluistert, leest het. Haal tls=false weg."},
		{esdb.ErrPlain, "EventStoreDB staat op een andere machine. Haal tls=false weg uit de verbinding, zodat niemand meeleest."},
		{esdb.ErrUnverified, "EventStoreDB staat op een andere machine. Haal tlsVerifyCert=false weg uit de verbinding, en geef met tlsCAFile het certificaat."},
		{esdb.ErrUnreachable, "EventStoreDB antwoordt niet. Kijk na of de machines draaien, en of het adres klopt."},
		{esdb.ErrDenied, "EventStoreDB laat deze gebruiker niet toe. Kijk naam en wachtwoord na, en of de gebruiker bij $admins hoort."},
		{esdb.ErrTooOld, "Deze EventStoreDB is te oud. Installeer versie 22.6 of later."},
		{esdb.ErrForeign, "In EventStoreDB staan gebeurtenissen van een ander programma. Geef signaalboek een eigen EventStoreDB."},
		{esdb.ErrNewer, "Het logboek is geschreven door een nieuwere versie van signaalboek. Installeer die versie."},
		{esdb.ErrDamaged, "Van het logboek in EventStoreDB is iets verwijderd. Er wordt niets getoond. Zet een reservekopie terug."},
		{esdb.ErrStopped, "De verbinding met EventStoreDB is stuk en komt niet terug. Start het programma opnieuw."},
		{backup.ErrRecipient, "Dat is geen publieke sleutel. Ze begint met age1. Een paar sleutels maak je met: signaalboek backup --new-identity BESTAND"},
		{backup.ErrIdentity, "In het bestand van --identity staat geen geheime sleutel. Ze begint met AGE-SECRET-KEY-1."},
		{backup.ErrNotForUs, "Deze geheime sleutel opent de reservekopie niet: die is voor een andere gemaakt. Wijs de juiste aan met --identity."},
		{backup.ErrNewer, "De reservekopie is gemaakt door een nieuwere versie van signaalboek. Installeer die versie."},
		{backup.ErrForked, "In het logboek staat niet alles wat er eerder ondertekend werd. Er is geen reservekopie van gemaakt, zodat de vorige blijven. Kijk na met: signaalboek verify"},
		{fs.ErrPermission, "Het programma mag niet in deze map schrijven. Kies met --data een andere map."},
		{syscall.EROFS, "In deze map kan niemand schrijven. Kies met --data een andere map."},
		{syscall.ENOTDIR, "Daar staat een bestand en geen map. Kies met --data een andere map."},
		{syscall.ENOSPC, "De schijf is vol. Maak plaats en probeer opnieuw."},
	}
}

// explanationOf is the first sentence that belongs to an error.
func explanationOf(err error, all []explained) (string, bool) {
	for _, known := range all {
		if errors.Is(err, known.err) {
			return known.text, true
		}
	}
	return "", false
}

// sharedExplanations is what some errors mean when the vault and the accounts stand in PostgreSQL.
func sharedExplanations() []explained {
	return []explained{
		{vault.ErrForeign, "De kluis in de databank is van een ander programma. Geef met --vault een andere databank."},
		{vault.ErrNewer, "De kluis in de databank is van een nieuwere versie van signaalboek. Installeer die versie."},
		{vault.ErrNoMaster, "Het bestand van --vault-key is er niet, en de kluis wel. Kopieer het van een andere replica, of zet het terug uit een reservekopie."},
		{vault.ErrNoVault, "De databank heeft geen kluis, maar het bestand van --vault-key is er wel. Kijk na of --vault naar de juiste databank wijst, of zet de databank terug uit een reservekopie."},
		{vault.ErrWrongMaster, "Het bestand van --vault-key hoort niet bij de kluis in de databank. Kopieer het van een andere replica."},
		{vault.ErrExposed, "Anderen kunnen het bestand van --vault-key lezen. Geef alleen de eigenaar rechten, met chmod 600."},
		{accounts.ErrForeign, "De accounts in de databank zijn van een ander programma of een nieuwere versie. Geef met --vault een andere databank."},
	}
}

// databaseRefusals are what PostgreSQL answers when it is there and does not let us in: by class, or in full.
var databaseRefusals = map[string]string{
	"28":    "PostgreSQL laat deze gebruiker niet toe. Kijk naam en wachtwoord na.",
	"3D000": "Die databank bestaat niet in PostgreSQL. Maak ze, of kijk na of de naam klopt.",
	"42501": "Deze gebruiker mag in de databank geen tabellen maken. Maak hem eigenaar van de databank.",
}

// inShared is an error of what stands in PostgreSQL, with the words for it.
func inShared(err error) error {
	if text, ok := explanationOf(err, sharedExplanations()); ok {
		return fmt.Errorf("%w: %w", userMistake{text}, err)
	}
	if said, ok := errors.AsType[*pgconn.PgError](err); ok {
		for code, text := range databaseRefusals {
			if strings.HasPrefix(said.Code, code) {
				return fmt.Errorf("%w: %w", userMistake{text}, err)
			}
		}
	}
	return err
}
